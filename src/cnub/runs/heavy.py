"""Heavy runs: parameterized notebooks of ``book/runs``, executed by papermill and recorded with their provenance.

The pieces of a run are spread over the processes of this machine, or over a Dask cluster; the notebook itself, and all
that is written, stays here. What an interrupted attempt finished is found again by the next with the same program and
parameters (:mod:`cnub.runs.attempt`). The published record, ``papermill_runs/<name>``, is replaced only on demand, as a
whole, and after the notebook has succeeded.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from functools import partial
from pathlib import Path

from cnub.domain import DomainError, one_of
from cnub.output import check_writable, write_bytes
from cnub.runs import notebooks, pool
from cnub.runs.attempt import Job, RunStopped, carry_out, job, locked
from cnub.runs.inputs import Input, checked
from cnub.runs.records import check_recordable, replace_record, result_files

ROOT = Path(__file__).resolve().parents[3]
NOTEBOOKS = ROOT / "book" / "runs"
WORK = ROOT / "_build" / "runs"
RESERVED = ("output",)


def names() -> list[str]:
    """The runs there are: the notebooks in ``book/runs``; raise :class:`cnub.DomainError` outside the repository.

    Source: definition of the runs.

    >>> print("patch_scan" in names())
    True
    """
    if not NOTEBOOKS.is_dir():
        raise DomainError("run must be called in a clone of the repository; an installed package has no book/runs")
    return sorted(path.stem for path in NOTEBOOKS.glob("*.md"))


def title(name: str) -> str:
    """The first heading of the notebook of a run.

    Raises :class:`cnub.DomainError` outside these ranges.

    Source: definition of the runs.

    >>> print(len(title("patch_scan")) > 0)
    True
    """
    lines = (NOTEBOOKS / f"{name}.md").read_text().splitlines()
    return next((line[2:] for line in lines if line.startswith("# ")), name)


def inputs(name: str) -> dict[str, Input]:
    """The inputs of a run with their units and ranges; raise :class:`cnub.DomainError` if there is no such run.

    Source: definition of the runs.

    >>> inputs("crossover_map")["mass"].unit
    'eV'
    """
    one_of("run", name, names())
    declared = notebooks.inputs(NOTEBOOKS / f"{name}.md")
    return {key: known for key, known in declared.items() if key not in RESERVED}


def parameters(name: str) -> dict[str, object]:
    """Names and defaults of the parameters of a run; raise :class:`cnub.DomainError` if there is no such run.

    Source: definition of the runs.

    >>> print(sorted(parameters("earth_direct"))[:2])
    ['delta', 'height']
    """
    return {key: known.default for key, known in inputs(name).items()}


def execute(
    name: str,
    values: Mapping[str, object] | None = None,
    cluster: str | None = None,
    *,
    out: str | Path | None = None,
    record: bool = False,
    workers: int | None = None,
) -> Path:
    """Execute the run ``name`` with ``values`` over its defaults; return the folder of its results.

    ``cluster`` is the address of a Dask scheduler (``tcp://host:port``); without it the pieces of the run are spread
    over ``workers`` processes of this machine, by default one a core. The results are copied into the folder
    ``out`` if there is one, and replace the published record if ``record``. Raises :class:`cnub.DomainError` on an
    unknown run or parameter, a value of the wrong type or one that the run refuses, a folder that cannot be written, a
    run that another process executes, or a cluster that does not answer; :class:`RuntimeError` if the run stops.

    Source: definition of the runs.
    """
    return _carried_out(prepared(name, values or {}), cluster, out, record, workers)


def _carried_out(wanted: Job, cluster: str | None, out: str | Path | None, record: bool, workers: int | None) -> Path:
    target = None if out is None else made(Path(out).absolute())
    with recording(wanted.name, record):
        results = carry_out(wanted, scheduler(wanted, cluster, workers), pool.PATIENCE_S)
        return handed_over(wanted, results, target, record)


def execute_all(
    wanted: Sequence[str],
    cluster: str | None = None,
    *,
    out: Path | None = None,
    record: bool = False,
    workers: int | None = None,
) -> Iterator[tuple[str, Path | Exception]]:
    """Execute several runs with their defaults on one cluster; yield each with its folder or its failure.

    Runs whose notebooks say that they must be alone, as they measure times, come last, one after the other. Parameters
    otherwise as in :func:`execute`.
    """
    alone = [name for name in wanted if notebooks.said(NOTEBOOKS / f"{name}.md").get("alone")]
    together = [name for name in wanted if name not in alone]
    jobs = [prepared(name, {}) for name in together]
    if together:
        with pool.opened(cluster, workers) as address, ThreadPoolExecutor(len(together)) as threads:
            started = {
                threads.submit(_carried_out, job, address, out and out / job.name, record, None): job.name
                for job in jobs
            }
            yield from ((started[future], _ended(future.result)) for future in as_completed(started))
    yield from ((name, _ended(partial(execute, name, None, out=out and out / name, record=record))) for name in alone)


def _ended(end):
    try:
        return end()
    except (DomainError, RunStopped) as failure:
        return failure


def prepared(name: str, values: Mapping[str, object]) -> Job:
    """The job of the run ``name`` with ``values`` over its defaults; raise :class:`cnub.DomainError` as there."""
    declared = inputs(name)
    chosen = {key: known.default for key, known in declared.items()} | checked(f"run {name}", values, declared)
    return job(name, NOTEBOOKS / f"{name}.md", chosen, WORK)


@contextlib.contextmanager
def scheduler(wanted: Job, cluster: str | None, workers: int | None) -> Iterator[str | None]:
    """Where the pieces of a run are spread; nowhere if its notebook has none."""
    if cluster is None and "tasks.run(" not in wanted.code:
        yield None
        return
    with pool.opened(cluster, workers) as address:
        yield address


@contextlib.contextmanager
def recording(name: str, record: bool) -> Iterator[None]:
    """Hold the record of a run, if it is to be replaced, so that no two processes replace it."""
    if not record:
        yield
        return
    check_recordable(name)
    with locked(WORK / name / "record.lock", f"run {name}, to be recorded,"):
        yield


def handed_over(wanted: Job, results: Path, out: Path | None, record: bool) -> Path:
    """Copy complete ``results`` to where they are wanted; return that folder."""
    if out is not None:
        for path in result_files(results):
            write_bytes("out", out / path.name, path.read_bytes())
    if record:
        return replace_record(wanted.name, results)
    return results if out is None else out


def made(folder: Path) -> Path:
    """The ``folder``, made if need be; raise :class:`cnub.DomainError` if it cannot be or is not writable."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise DomainError(f"out must be a folder; {str(folder)!r}: {error.strerror}") from error
    check_writable("out", folder / "results.json")
    return folder
