"""Many sets of parameters of one run: each set a task of the cluster, each result a folder written here.

A worker executes the notebook of a set in a folder of its own and sends its files back; no file system need be shared.
A set that fails leaves a report and stops no other. Sets with complete results are not executed again.
"""

from __future__ import annotations

import itertools
import json
import queue
import re
import tempfile
from collections.abc import Callable, Mapping
from contextlib import nullcontext
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from cnub.domain import DomainError
from cnub.output import write_bytes, write_text
from cnub.runs import attempt, heavy, pool
from cnub.runs.attempt import Job
from cnub.runs.records import result_files
from cnub.runs.watch import shown

REPORT = "failure.json"
_COMMA = re.compile(r",(?![^\[]*\])")


@dataclass(frozen=True)
class Outcome:
    """What became of one set: the values that were swept, the folder of its results, and why there are none."""

    values: dict[str, object]
    folder: Path
    error: str = ""
    known: bool = False


def values_of(given: list[str]) -> dict[str, list[str]]:
    """NAME=a,b,c texts as lists; raise :class:`cnub.DomainError` on anything else or a name given twice.

    >>> values_of(["samples=1,2"])
    {'samples': ['1', '2']}
    """
    from cnub.parameters import parse

    return {name: [entry.strip() for entry in _COMMA.split(text)] for name, text in parse(given).items()}


def execute(
    name: str,
    sweep: Mapping[str, list],
    values: Mapping[str, object] | None = None,
    cluster: str | None = None,
    *,
    out: str | Path | None = None,
    workers: int | None = None,
    tell: Callable[[Outcome], None] = lambda outcome: None,
) -> list[Outcome]:
    """Execute the run ``name`` for every combination of the ``sweep`` over ``values``; return what became of each.

    Every set is checked before the first one starts. ``tell`` hears of each set as it ends; the rest as in
    :func:`cnub.runs.execute`. Raises :class:`cnub.DomainError` as there, and on two sets that are the same.
    """
    fixed = dict(values or {})
    twice = sorted(fixed.keys() & sweep.keys())
    if twice:
        raise DomainError(f"parameter {twice[0]} must be given once; it is swept")
    sets = [dict(zip(sweep, chosen, strict=True)) for chosen in itertools.product(*sweep.values())]
    jobs = _jobs(name, sets, fixed)
    target = None if out is None else heavy.made(Path(out).absolute())
    with attempt.locked(heavy.WORK / name / "sweep.lock", f"a sweep of run {name}"):
        missing = {place: job for place, job in enumerate(jobs) if not job.done}
        done = [place for place in range(len(jobs)) if place not in missing]
        outcomes = {place: _outcome(jobs[place], sets[place], target, known=True) for place in done}
        for outcome in outcomes.values():
            tell(outcome)
        if missing:
            outcomes |= _spread(name, missing, sets, cluster, workers, target, tell)
    return [outcomes[place] for place in range(len(jobs))]


def _jobs(name, sets, fixed) -> list[Job]:
    first = heavy.prepared(name, fixed | sets[0])
    declared = heavy.inputs(name)
    chosen = [first.parameters | heavy.checked(f"run {name}", values, declared) for values in sets]
    texts = [json.dumps(values, sort_keys=True) for values in chosen]
    twice = next((text for text in texts if texts.count(text) > 1), None)
    if twice is not None:
        raise DomainError(f"sweep must be of different sets; one is given twice: {twice}")
    return [replace(first, parameters=values) for values in chosen]


def _spread(name, missing, sets, cluster, workers, target, tell):
    from distributed import Client

    outcomes: dict[int, Outcome] = {}
    finished: queue.SimpleQueue = queue.SimpleQueue()
    with pool.opened(cluster, workers) as address, Client(address, timeout="10s", set_as_default=False) as client:
        futures = {client.submit(_on_worker, job, pure=False): place for place, job in missing.items()}
        for future in futures:
            future.add_done_callback(finished.put)
        with shown(f"sweep of {name}", lambda: ("sets", len(outcomes), len(missing))):
            while len(outcomes) < len(missing):
                future = pool.next_finished(finished, client, pool.PATIENCE_S)
                place = futures.pop(future)
                outcomes[place] = _kept(missing[place], sets[place], target, future)
                tell(outcomes[place])
    return outcomes


def _kept(job, values, target, future) -> Outcome:
    """Write what came back of one set: its results, or a report."""
    try:
        error, files = future.result()
    except Exception as lost:  # the worker was killed again and again, or has another program
        error, files = attempt.reason(lost), {}
    job.results.mkdir(parents=True, exist_ok=True)
    for path in job.results.iterdir():
        path.unlink()
    for file, content in sorted(files.items(), key=lambda item: item[0] == attempt.DONE):
        write_bytes("output", job.results / file, content)
    if error:
        report = {"run": job.name, "parameters": job.parameters, "error": error}
        write_text("output", job.results / REPORT, json.dumps(report, indent=1) + "\n")
    return _outcome(job, values, target, error)


def _outcome(job, values, target, error="", known=False) -> Outcome:
    if target is None:
        return Outcome(values, job.results, error, known)
    folder = target / ",".join(f"{name}={value}" for name, value in values.items()).replace("/", "_")
    folder.mkdir(exist_ok=True)
    for path in [*result_files(job.results), *job.results.glob(REPORT)]:
        write_bytes("out", folder / path.name, path.read_bytes())
    return Outcome(values, folder, error, known)


def _on_worker(job: Job) -> tuple[str, dict[str, bytes]]:
    """Execute one set in a folder of this worker; return why it failed, if it did, and its files."""
    with tempfile.TemporaryDirectory(prefix="cnub-set-") as place:
        here = replace(job, home=Path(place), notebook=heavy.NOTEBOOKS / f"{job.name}.md")
        if not here.notebook.is_file():
            here = replace(here, notebook=job.notebook)
        try:
            attempt.carry_out(here, nullcontext())
        except Exception as error:
            return _why(error), _bytes([here.work / "notebook.ipynb"])
        return "", _bytes(result_files(here.results))


def _why(error: Any) -> str:
    cause = error.__cause__ if isinstance(error, attempt.RunStopped) and error.__cause__ else error
    return attempt.reason(cause)


def _bytes(paths):
    return {path.name: path.read_bytes() for path in paths if path.is_file()}
