"""The report of a reproduction: what was compared, on what machine, and what differs; and what is published anew."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import Any

from cnub.output import write_text
from cnub.reproduction import everything, published
from cnub.reproduction.compared import Compared
from cnub.runs import dependence, provenance
from cnub.runs.records import RECORDS

REPORT = RECORDS / "reproduction.json"
KINDS = {
    "claim": "claims of the ledger",
    "figure": "data of figures",
    "chapter": "numbers that chapters print",
    "piece": "pieces of heavy runs",
    "run": "heavy runs, whole",
}


def counted(compared: Sequence[Compared]) -> dict[str, tuple[int, int]]:
    """How many agree, and how many there are, of each kind that there is.

    >>> counted([Compared("run", "x", 1, 0.0, 1e-9)])
    {'heavy runs, whole': (1, 1)}
    """
    found = {kind: [one.agrees for one in compared if one.kind == kind] for kind in KINDS}
    return {KINDS[kind]: (sum(some), len(some)) for kind, some in found.items() if some}


def write_report(compared: Iterable[Compared], facts: dict[str, Any], seconds: float) -> None:
    """Write the report that the page "Reproduced" shows; ``facts`` are those taken at the start."""
    rows = [asdict(one) | {"agrees": one.agrees} for one in compared]
    told = facts | {"finished": provenance.now(), "seconds": round(seconds, 1), "versions": dependence.versions()}
    write_text("report", REPORT, json.dumps(told | {"compared": rows}, indent=1) + "\n")


def reported() -> dict[str, Any]:
    """The last report; empty if there is none.

    >>> isinstance(reported(), dict)
    True
    """
    return json.loads(REPORT.read_text(encoding="utf-8")) if REPORT.is_file() else {}


def publish() -> list[str]:
    """Take the data of the figures and the printed numbers as they are computed now for the published ones.

    Returns the files written; ``git diff`` then shows what changed.
    """
    figures = [[id, name, *column] for id, columns in everything.computed_figures() for name, column in columns.items()]
    chapters = [
        [name, key, shown]
        for name, told in everything.executed_chapters()
        for key, shown in _unless_stopped(told).items()
    ]
    written = {
        published.FIGURES: published.text(("figure", "column", *published.SUMMARY), figures),
        published.CHAPTERS: published.text(("chapter", "name", "printed"), chapters),
    }
    for path, content in written.items():
        write_text("published", path, content)
    return [str(path.relative_to(published.ROOT)) for path in written]


def _unless_stopped(told: dict[str, str] | Exception) -> dict[str, str]:
    if isinstance(told, Exception):
        raise told
    return told
