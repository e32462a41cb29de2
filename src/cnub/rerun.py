"""Commands of the heavy runs: which there are, one or all or many sets of one executed, everything reproduced."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Annotated

import typer

from cnub.domain import DomainError
from cnub.parameters import parse
from cnub.remake import ListJson, Parameters, listed
from cnub.terminal import refuse

FAILED, INTERRUPTED = 1, 130


def _run_names() -> list[str]:
    from cnub import runs

    return runs.names()


def runs(as_json: ListJson = False) -> None:
    """List the heavy runs: their parameters and defaults, whether their records are fresh, and how long they took.

    Example: cnub runs --json
    """
    from cnub import runs as registry
    from cnub.runs import freshness

    rows = []
    for name in registry.names():
        kept = freshness.state(name)
        facts = {
            "state": kept.state,
            "why": "; ".join(kept.reasons),
            "seconds": kept.seconds,
            "finished": kept.finished,
        }
        rows.append({"name": name, "what": registry.title(name), **facts, "parameters": registry.parameters(name)})
    listed("Heavy runs", rows, ("name", "what", "state", "seconds", "parameters"), as_json)


def run(
    name: Annotated[str | None, typer.Argument(help="A name from `cnub runs`.", autocompletion=_run_names)] = None,
    parameter: Parameters = None,
    sweep: Annotated[
        list[str] | None, typer.Option(help="NAME=a,b,c: every value, and every combination of several; repeatable.")
    ] = None,
    every: Annotated[bool, typer.Option("--all", help="Every run whose record is not fresh.")] = False,
    force: Annotated[bool, typer.Option("--force", help="With --all: fresh records as well.")] = False,
    out: Annotated[Path | None, typer.Option(help="Folder for the results. Of --all: one folder each in it.")] = None,
    record: Annotated[bool, typer.Option("--record", help="Replace the published record in papermill_runs/.")] = False,
    cluster: Annotated[str | None, typer.Option(help="Address of a Dask scheduler to spread the pieces on.")] = None,
    workers: Annotated[int | None, typer.Option(min=1, help="Processes here; by default one a core.")] = None,
) -> None:
    """Execute a heavy run by papermill; its results go to --out, or into _build/runs.

    What finished before an interruption is kept: the same command goes on from there.

    Example: cnub run bessel_accuracy -p samples=1 -p last_decade=4 --out check
    """
    if (name is None) == (not every):
        raise DomainError("run must be one name from `cnub runs`, or --all")
    if every and (parameter or sweep):
        raise DomainError("parameter must be given with one run, not with --all")
    if sweep and record:
        raise DomainError("record must be left out beside --sweep: a record is of one set of parameters")
    with _interruptible():
        if name is None:
            _every(force, out, record, cluster, workers)
        elif sweep:
            _sets(name, sweep, parameter or [], out, cluster, workers)
        else:
            _one(name, parse(parameter or []), out, record, cluster, workers)


def reproduce(
    quick: Annotated[bool, typer.Option("--quick", help="A sample of the pieces of each heavy run, not all.")] = False,
    only: Annotated[
        list[str] | None, typer.Option(help="claims, figures, chapters, pieces or runs; repeatable. Default: all.")
    ] = None,
    record: Annotated[bool, typer.Option("--record", help="Write the report that the book shows.")] = False,
    publish: Annotated[
        bool, typer.Option("--publish", help="Take the numbers and figures of now for the published ones.")
    ] = False,
) -> None:
    """Compute everything again and compare each number and figure with the published one.

    The exit status is 1 if one differs. Compared are the claims, the data of every figure, what every chapter prints,
    and the heavy runs at their published parameters. The page "Reproduced" says how long the last time took.

    Example: cnub reproduce --only claims
    """
    from cnub.reproduction import everything, report
    from cnub.runs import provenance

    if publish and (record or quick or only):
        raise DomainError("publish must be given alone: what is published now would agree with itself")
    if record and only:
        raise DomainError("record must be left out beside --only: the report is of everything")
    if publish:
        typer.echo(f"wrote {' and '.join(report.publish())}")
        return
    started, facts = time.monotonic(), provenance.at_start("reproduction", {"quick": quick}, {})
    compared = []
    with _interruptible():
        for one in everything.reproduce(quick, only):
            compared.append(one)
            if not one.agrees:
                refuse(one.sentence)
    for kind, (agree, number) in report.counted(compared).items():
        typer.echo(f"{kind}: {agree} of {number} agree")
    if record:
        report.write_report(compared, facts, time.monotonic() - started)
    if not all(one.agrees for one in compared):
        raise typer.Exit(FAILED)


def _one(name: str, values: dict, out: Path | None, record: bool, cluster: str | None, workers: int | None) -> None:
    from cnub import runs as registry
    from cnub.runs.attempt import RunStopped

    try:
        folder = registry.execute(name, values, cluster, out=out, record=record, workers=workers)
    except RunStopped as stopped:
        refuse(str(stopped))
        raise typer.Exit(FAILED) from stopped
    typer.echo(f"wrote {folder}")


def _every(force: bool, out: Path | None, record: bool, cluster: str | None, workers: int | None) -> None:
    from cnub import runs as registry
    from cnub.runs import freshness, heavy

    states = {name: freshness.state(name).state for name in registry.names()}
    wanted = [name for name, state in states.items() if force or state != freshness.FRESH]
    for name in states.keys() - set(wanted):
        typer.echo(f"{name} is fresh")
    failed = 0
    for name, ended in heavy.execute_all(wanted, cluster, out=out, record=record, workers=workers):
        failed += isinstance(ended, Exception)
        if isinstance(ended, Exception):
            refuse(f"run {name}: {ended}")
        else:
            typer.echo(f"wrote {ended}")
    if failed:
        raise typer.Exit(FAILED)


def _sets(name: str, sweep: list[str], given: list[str], out: Path | None, cluster: str | None, workers: int | None):
    from cnub.runs import sweep as sweeps

    outcomes = sweeps.execute(
        name, sweeps.values_of(sweep), parse(given), cluster, out=out, workers=workers, tell=_teller(name)
    )
    failed = [outcome for outcome in outcomes if outcome.error]
    known = sum(outcome.known for outcome in outcomes)
    typer.echo(f"{len(outcomes) - len(failed)} sets have results, {known} of them from before; {len(failed)} failed")
    if failed:
        raise typer.Exit(FAILED)


def _teller(name: str) -> Callable:
    def tell(outcome) -> None:
        values = ", ".join(f"{key}={value}" for key, value in outcome.values.items())
        if outcome.error:
            refuse(f"run {name} with {values}: {outcome.error}")
        elif not outcome.known:
            typer.echo(f"wrote {outcome.folder} ({values})")

    return tell


@contextlib.contextmanager
def _interruptible() -> Iterator[None]:
    """End on Ctrl-C, or when a queue asks the process to, in one line."""

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    except KeyboardInterrupt as stopped:
        refuse("interrupted; finished pieces are kept in _build/runs, and the same command goes on from there")
        sys.stdout.flush()
        if threading.active_count() > 1:  # runs in other threads would be waited for
            os._exit(INTERRUPTED)
        raise typer.Exit(INTERRUPTED) from stopped
    finally:
        signal.signal(signal.SIGTERM, before)
