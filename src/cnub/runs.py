"""Heavy runs: parameterized notebooks of ``book/runs``, executed by papermill and recorded with their provenance.

A run works in ``_build/runs/<name>/<parameters>``, into which the notebook writes its small results (``results.json``,
``*.npz``) by its parameter ``output``. Pieces that it finished before it was interrupted stay there for the next
attempt with the same parameters. The published record, ``papermill_runs/<name>``, is replaced only on demand, as a
whole, and after the notebook has succeeded.
"""

from __future__ import annotations

import hashlib
import json
import platform
import shutil
import subprocess
import time
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from cnub import execution
from cnub.domain import DomainError, one_of
from cnub.output import check_writable, write_bytes, write_text
from cnub.parameters import cast

ROOT = Path(__file__).resolve().parents[2]
NOTEBOOKS = ROOT / "book" / "runs"
RECORDS = ROOT / "papermill_runs"
WORK = ROOT / "_build" / "runs"
RESERVED = ("output",)
RESULTS = ("notebook.ipynb", "provenance.json", "results.json", "*.npz")
"""The files that a run hands over; what else it writes are pieces."""
_PACKAGES = ("cnub", "numpy", "scipy", "numba", "papermill")


def names() -> list[str]:
    """The runs there are: the notebooks in ``book/runs``; raise :class:`cnub.DomainError` outside the repository."""
    if not NOTEBOOKS.is_dir():
        raise DomainError("run must be called in a clone of the repository; an installed package has no book/runs")
    return sorted(path.stem for path in NOTEBOOKS.glob("*.md"))


def title(name: str) -> str:
    """The first heading of the notebook of a run."""
    lines = (NOTEBOOKS / f"{name}.md").read_text().splitlines()
    return next((line[2:] for line in lines if line.startswith("# ")), name)


def parameters(name: str) -> dict[str, object]:
    """Names and defaults of the parameters of a run; raise :class:`cnub.DomainError` if there is no such run."""
    one_of("run", name, names())
    declared = execution.declared(NOTEBOOKS / f"{name}.md")
    return {key: default for key, default in declared.items() if key not in RESERVED}


def execute(
    name: str,
    values: dict[str, object] | None = None,
    cluster: str | None = None,
    *,
    out: str | Path | None = None,
    record: bool = False,
) -> Path:
    """Execute the run ``name`` with ``values`` over its defaults; return the folder of its results.

    ``cluster`` is the address of a Dask scheduler (``tcp://host:port``); without it the run is executed here.
    The results are copied into the folder ``out`` if there is one, and replace the published record if ``record``.
    Raises :class:`cnub.DomainError` on an unknown run or parameter, a value of the wrong type or one that the run
    refuses, a folder that cannot be written, or a cluster that does not answer.
    """
    chosen = cast(f"run {name}", values or {}, parameters(name))
    target = None if out is None else str(_made(Path(out).absolute()))
    if cluster is None:
        return _execute_here(name, chosen, target, record)
    return _submit(cluster, name, chosen, target, record)


def recorded(name: str, file: str = "results.json") -> Path:
    """The path of one file of a recorded run; raise :class:`cnub.DomainError` if it was never recorded."""
    path = RECORDS / name / file
    if not RECORDS.is_dir():
        raise DomainError(f"the record papermill_runs/{name} is in the repository, not in an installed package")
    if not path.is_file():
        raise DomainError(f"run must be one that is recorded under papermill_runs; {name!r} is not")
    return path


def results(name: str) -> dict:
    """The recorded ``results.json`` of a run; raise :class:`cnub.DomainError` if it was never recorded."""
    return json.loads(recorded(name).read_text())


def _made(folder: Path) -> Path:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise DomainError(f"out must be a folder; {str(folder)!r}: {error.strerror}") from error
    check_writable("out", folder / "results.json")
    return folder


def _submit(address: str, name: str, *arguments: object) -> Path:
    from distributed import Client

    try:
        client = Client(address, timeout="10s")
    except (OSError, ValueError) as error:
        raise DomainError(f"cluster must be the address of a running Dask scheduler; {address!r}: {error}") from error
    with client:
        return client.submit(_execute_here, name, *arguments, pure=False).result()


def _execute_here(name: str, chosen: dict[str, object], out: str | None, record: bool) -> Path:
    work = _workplace(name, chosen)
    started = time.perf_counter()
    notebook = work / "notebook.ipynb"
    executed = execution.execute(NOTEBOOKS / f"{name}.md", chosen | {"output": str(work)}, notebook)
    seconds = time.perf_counter() - started
    _hide(executed, str(work))
    write_text("output", notebook, execution.as_text(executed))
    write_text("output", work / "provenance.json", _provenance(name, chosen, seconds))
    for path in _result_files(work) if out else ():
        write_bytes("out", Path(out) / path.name, path.read_bytes())
    if record:
        return _record(name, work)
    return Path(out) if out else work


def _workplace(name: str, chosen: dict[str, object]) -> Path:
    """The folder of a run with these parameters, without results that a failure could pass off.

    Pieces are kept for the next attempt unless the notebook or the package has changed since.
    """
    digest = hashlib.sha256(json.dumps(chosen, sort_keys=True).encode()).hexdigest()[:8]
    work = WORK / name / (f"with-{digest}" if chosen else "defaults")
    stamp, sources = work / "sources.digest", _sources(name)
    if not stamp.is_file() or stamp.read_text() != sources:
        shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True, exist_ok=True)
    stamp.write_text(sources)
    for path in _result_files(work):
        path.unlink()
    return work


def _sources(name: str) -> str:
    hasher = hashlib.sha256()
    for path in (NOTEBOOKS / f"{name}.md", *sorted(Path(__file__).parent.rglob("*.py"))):
        hasher.update(path.read_bytes() + b"\0")
    return hasher.hexdigest()


def _result_files(work: Path) -> list[Path]:
    return [path for pattern in RESULTS for path in sorted(work.glob(pattern))]


def _record(name: str, work: Path) -> Path:
    record, fresh, old = (RECORDS / prefixed for prefixed in (name, f".{name}", f".{name}.old"))
    for leftover in (fresh, old):
        shutil.rmtree(leftover, ignore_errors=True)
    fresh.mkdir(parents=True)
    for path in _result_files(work):
        shutil.copy(path, fresh / path.name)
    if record.is_dir():
        record.rename(old)
    fresh.rename(record)
    shutil.rmtree(old, ignore_errors=True)
    return record


def _provenance(name: str, chosen: dict[str, object], seconds: float) -> str:
    facts = {
        "run": name,
        "parameters": parameters(name) | chosen,
        "seconds": round(seconds, 2),
        "finished": datetime.now(UTC).isoformat(timespec="seconds"),
        "commit": _commit(),
        "python": platform.python_version(),
        "machine": platform.machine(),
        "packages": {package: version(package) for package in _PACKAGES},
    }
    return json.dumps(facts, indent=2) + "\n"


def _commit() -> str:
    answer = subprocess.run(["git", "rev-parse", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=False)
    return answer.stdout.strip() or "unknown"


def _hide(notebook, work: str) -> None:
    for cell in notebook.cells:
        if "injected-parameters" in cell.metadata.get("tags", []):
            cell.metadata["tags"] = ["injected-parameters", "remove-cell"]
            cell.source = cell.source.replace(work, "results")
