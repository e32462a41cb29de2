"""One attempt at a run: a notebook executed in a folder of its own, whose pieces the next attempt finds again.

The folder belongs to one program and one set of parameters: ``_build/runs/NAME/PROGRAM/PARAMETERS``. In it
``pieces`` are kept until the run has succeeded, ``results`` is made anew by each attempt, and is complete once it has
its provenance.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from cnub.domain import DomainError
from cnub.output import write_text
from cnub.runs import crate, dependence, notebooks, provenance
from cnub.runs.records import result_files
from cnub.runs.watch import elapsed, watched

KEPT = 3
"""Programs whose unfinished work is kept for each run."""
DONE = "provenance.json"


class RunStopped(RuntimeError):
    """A run ended before it was complete; says why, what is kept, and how to go on."""


@dataclass(frozen=True)
class Job:
    """A notebook with all its parameters, and the program that computes it."""

    name: str
    notebook: Path
    parameters: dict[str, Any]
    home: Path
    code: str = field(repr=False)
    files: list[str]
    program: dict[str, Any] = field(repr=False)

    @property
    def digest(self) -> str:
        """What tells one program from another."""
        return dependence.digest_of_all(self.program)

    @property
    def work(self) -> Path:
        """The folder of this program with these parameters."""
        return self.home / self.name / self.digest / dependence.digest_of_all(self.parameters)

    @property
    def results(self) -> Path:
        """Where the notebook writes, and what is handed over."""
        return self.work / "results"

    @property
    def done(self) -> bool:
        """Whether complete results of this program with these parameters are there."""
        return (self.results / DONE).is_file()


def job(name: str, notebook: Path, parameters: dict[str, Any], home: Path) -> Job:
    """The job of executing ``notebook`` as the run ``name``, with its program as it is now."""
    dependence.forget()
    code, files = notebooks.code(notebook), list(notebooks.said(notebook).get("files", []))
    return Job(name, notebook, parameters, home, code, files, dependence.program(code, files))


def carry_out(job: Job, cluster: AbstractContextManager[str | None], patience: float = 30.0) -> Path:
    """Execute ``job``, its pieces on ``cluster``; return the folder of its complete results.

    Raises :class:`cnub.DomainError` if the notebook refuses, or if another process executes it, :class:`RunStopped` if
    it fails for any other reason.
    """
    with locked(job.home / job.name / f"{job.work.name}.lock", f"run {job.name} with these parameters"):
        facts = provenance.at_start(job.name, job.parameters, job.program)
        _prepare(job)
        with _explained(job), watched(job.work, job.name), cluster as scheduler:
            executed = _execute(job, scheduler, patience)
            _finish(job, executed, facts)
        shutil.rmtree(job.work / "pieces", ignore_errors=True)
        (job.work / "elapsed.json").unlink(missing_ok=True)
    return job.results


@contextlib.contextmanager
def locked(path: Path, what: str) -> Iterator[None]:
    """Hold the lock at ``path``; raise :class:`cnub.DomainError` if another process does. It ends with the process."""
    import fcntl

    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        stream = path.open("a+")
    except OSError as error:
        raise DomainError(f"output must be a writable folder; {str(path.parent)!r}: {error.strerror}") from error
    with stream:
        try:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            stream.seek(0)
            raise DomainError(
                f"{what} is being executed by process {stream.read().strip() or 'of another'}: wait for it, or stop it"
            ) from error
        stream.truncate(0)
        stream.write(str(os.getpid()))
        stream.flush()
        yield


def _prepare(job):
    try:
        shutil.rmtree(job.results, ignore_errors=True)
        (job.work / "progress.json").unlink(missing_ok=True)
        job.results.mkdir(parents=True)
        os.utime(job.work.parent)
        programs = sorted((path for path in (job.home / job.name).iterdir() if path.is_dir()), key=os.path.getmtime)
        for old in programs[:-KEPT]:
            shutil.rmtree(old, ignore_errors=True)
    except OSError as error:
        raise DomainError(f"output must be a writable folder; {str(job.results)!r}: {error.strerror}") from error


def _execute(job, scheduler, patience):
    told = {
        "work": str(job.work), "code": job.code, "files": job.files, "digest": job.digest,
        "key": f"{job.digest}-{job.work.name}", "scheduler": scheduler, "patience": patience,
    }  # fmt: skip
    before = f"from cnub.runs import tasks as _cnub_tasks\n_cnub_tasks.begin({told!r})"
    values = job.parameters | {"output": str(job.results)}
    return notebooks.execute(job.notebook, values, job.work / "notebook.ipynb", (before, "_cnub_tasks.finish()"))


def _finish(job, executed, facts):
    dependence.forget()
    now = dependence.program(notebooks.code(job.notebook), job.files)
    if now != job.program:
        raise RuntimeError("its sources changed while it ran")
    kernel = json.loads((job.work / "kernel.json").read_text())
    facts["program"] = facts["program"] | {"versions": kernel.pop("versions")}
    facts |= {"finished": provenance.now(), **elapsed(job.work), **kernel}
    _hide(executed, str(job.results))
    write_text("output", job.results / "notebook.ipynb", notebooks.as_text(executed))
    describe(job.results, facts, _title(executed))


def describe(folder: Path, facts: dict[str, Any], title: str) -> None:
    """Write schema, RO-Crate and, last, the provenance ``facts`` beside the results in ``folder``."""
    results = folder / "results.json"
    if not results.is_file():
        raise RuntimeError("the notebook wrote no results.json into its folder `output`")
    arrays: dict[str, np.ndarray] = {}
    for path in folder.glob("*.npz"):
        with np.load(path) as tables:
            arrays |= {f"{path.name}:{name}": tables[name] for name in tables.files}
    form = crate.schema(json.loads(results.read_text()), arrays)
    write_text("output", folder / "results.schema.json", json.dumps(form, indent=1) + "\n")
    given = [path for path in result_files(folder) if path.name not in (DONE, "ro-crate-metadata.json")]
    graph = crate.metadata(facts, title, given)
    write_text("output", folder / "ro-crate-metadata.json", json.dumps(graph, indent=1) + "\n")
    write_text("output", folder / DONE, provenance.as_text(facts))


@contextlib.contextmanager
def _explained(job):
    """Say of a failure why, what is left, and what to do; a refusal is told in its own words."""
    try:
        yield
    except DomainError as refusal:
        if "must be a writable file" in str(refusal):
            raise _stopped(job, str(refusal)) from refusal
        raise
    except Exception as error:
        raise _stopped(job, reason(error)) from error


def _stopped(job, why):
    return RunStopped(
        f"run {job.name} stopped: {why.rstrip('.')}. Finished pieces and the notebook as far as it came are kept in "
        f"{job.work}; once the cause is gone, the same command goes on from there"
    )


def reason(error: Any) -> str:
    """Why a notebook failed, in a few words."""
    if type(error).__name__ == "DeadKernelError":
        return "its kernel died; it was killed, or memory ran out"
    if hasattr(error, "ename"):
        place = f" at In [{error.exec_count}]" if getattr(error, "exec_count", None) else ""
        return f"{error.ename}: {str(error.evalue).splitlines()[0][:300] if error.evalue else ''}{place}"
    if isinstance(error, OSError) and error.strerror:
        return f"{error.strerror}: {error.filename}" if error.filename else error.strerror
    return str(error).splitlines()[0][:300] if str(error) else type(error).__name__


def _title(notebook):
    lines = [line for cell in notebook.cells if cell.cell_type == "markdown" for line in cell.source.splitlines()]
    return next((line[2:] for line in lines if line.startswith("# ")), "A run")


def _hide(notebook, folder):
    for cell in notebook.cells:
        if "injected-parameters" in cell.metadata.get("tags", []):
            cell.metadata["tags"] = ["injected-parameters", "remove-cell"]
            cell.source = cell.source.replace(folder, "results")
