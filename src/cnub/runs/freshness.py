"""Whether a committed record is that of the notebook, the parameters and the program as they are now."""

from __future__ import annotations

import contextlib
import json
import math
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cnub.runs import dependence, heavy, notebooks, records, tasks

FRESH, STALE, MISSING = "fresh", "stale", "missing"


@dataclass(frozen=True)
class State:
    """What is recorded of a run: fresh, stale or missing; why; and what it took when it was recorded."""

    name: str
    state: str
    reasons: tuple[str, ...] = ()
    seconds: float | None = None
    finished: str = ""
    commit: str = ""


def state(name: str) -> State:
    """The state of the record of the run ``name``; raise :class:`cnub.DomainError` if there is no such run.

    Versions of packages are recorded, and do not make a record stale.

    >>> state("patch_scan").name
    'patch_scan'
    """
    declared = heavy.parameters(name)
    path = records.RECORDS / name / "provenance.json"
    if not path.is_file():
        return State(name, MISSING)
    facts = json.loads(path.read_text())
    reasons = tuple(_reasons(name, facts, declared))
    return State(
        name, STALE if reasons else FRESH, reasons, facts.get("seconds"), facts.get("finished", ""), facts["commit"]
    )


def _reasons(name, facts, declared):
    path = heavy.NOTEBOOKS / f"{name}.md"
    now = dependence.program(notebooks.code(path), list(notebooks.said(path).get("files", [])))
    then = facts.get("program")
    if then is None:
        yield "it does not say of which program it is"
        return
    if facts["parameters"] != declared:
        yield "parameters differ from the notebook's"
    if then["code"] != now["code"]:
        yield "the code of the notebook changed"
    for kind in ("modules", "files"):
        for part in sorted(then[kind].keys() | now[kind].keys()):
            if then[kind].get(part) != now[kind].get(part):
                yield f"{part} changed"


@dataclass(frozen=True)
class Piece:
    """A recorded piece of a run computed again: both results, and the largest difference between their numbers."""

    name: str
    label: str
    piece: Any
    recorded: Any
    now: Any
    difference: float


def recomputed(name: str, most: int = tasks.SAMPLE, seconds: float = math.inf) -> list[Piece]:
    """Up to ``most`` pieces of each kind in the record of the run ``name``, computed again, cheapest first.

    Pieces that took longer than ``seconds`` are left out; a run that measures times has none.
    """
    path = records.RECORDS / name / "sample.json"
    found = []
    for label, sample in json.loads(path.read_text()).items() if path.is_file() else ():
        with _importable(notebooks.said(heavy.NOTEBOOKS / f"{name}.md").get("files", [])):
            compute = tasks.called(sample["compute"])
            cheap = sorted(sample["pieces"], key=lambda entry: entry["seconds"])[:most]
            for entry in cheap:
                if entry["seconds"] <= seconds:
                    now = json.loads(json.dumps(compute(entry["piece"])))
                    far = difference(entry["result"], now)
                    found.append(Piece(name, label, entry["piece"], entry["result"], now, far))
    return found


def difference(one: Any, other: Any) -> float:
    """Largest difference of two results' numbers relative to the largest in the same list; inf if they differ in kind.

    Seconds are left out.

    >>> difference({"a": [1.0, 2.0], "seconds": 1.0}, {"a": [1.0, 2.5], "seconds": 3.0})
    0.2
    """
    if isinstance(one, dict) and isinstance(other, dict):
        if one.keys() != other.keys():
            return math.inf
        return max((difference(one[key], other[key]) for key in one if "seconds" not in key), default=0.0)
    if isinstance(one, list) and isinstance(other, list):
        if len(one) != len(other):
            return math.inf
        if all(_is_number(value) for value in [*one, *other]):
            scale = max((abs(value) for value in [*one, *other] if math.isfinite(value)), default=1.0) or 1.0
            return max((_apart(a, b) / scale for a, b in zip(one, other, strict=True)), default=0.0)
        return max((difference(a, b) for a, b in zip(one, other, strict=True)), default=0.0)
    if _is_number(one) and _is_number(other):
        return _apart(one, other) / (max(abs(one), abs(other)) or 1.0) if one != other else 0.0
    return 0.0 if one == other else math.inf


def _apart(one, other):
    if one == other or (math.isnan(one) and math.isnan(other)):
        return 0.0
    return abs(one - other) if math.isfinite(one) and math.isfinite(other) else math.inf


def _is_number(value):
    return isinstance(value, (int, float)) and not isinstance(value, bool)


@contextlib.contextmanager
def _importable(files):
    folders = [str((dependence.ROOT / Path(name)).parent) for name in files]
    sys.path[:0] = folders
    try:
        yield
    finally:
        del sys.path[: len(folders)]
