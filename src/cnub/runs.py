"""Heavy runs: parameterized notebooks of ``book/runs``, executed by papermill and recorded with their provenance.

A run writes its small results (``results.json``, ``*.npz``) into the folder named by its parameter ``output``; the
record, ``papermill_runs/<name>``, is replaced as a whole after the notebook has succeeded. Pieces that a run finished
before it was interrupted stay under ``_build/runs/<name>`` and are used by the next attempt.
"""

from __future__ import annotations

import ast
import json
import platform
import shutil
import subprocess
import time
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from cnub.domain import DomainError, one_of
from cnub.output import write_text

ROOT = Path(__file__).resolve().parents[2]
NOTEBOOKS = ROOT / "book" / "runs"
RECORDS = ROOT / "papermill_runs"
WORK = ROOT / "_build" / "runs"
RESERVED = ("output",)
_PACKAGES = ("cnub", "numpy", "scipy", "numba", "papermill")


def names() -> list[str]:
    """The runs there are: the notebooks in ``book/runs``."""
    return sorted(path.stem for path in NOTEBOOKS.glob("*.md"))


def title(name: str) -> str:
    """The first heading of the notebook of a run."""
    lines = (NOTEBOOKS / f"{name}.md").read_text().splitlines()
    return next((line[2:] for line in lines if line.startswith("# ")), name)


def parameters(name: str) -> dict[str, object]:
    """Names and defaults of the parameters of a run; raise :class:`cnub.DomainError` if there is no such run."""
    one_of("run", name, names())
    inferred = _inspect(name)
    return {key: _literal(entry["default"]) for key, entry in inferred.items() if key not in RESERVED}


def execute(name: str, values: dict[str, str] | None = None, cluster: str | None = None) -> Path:
    """Execute the run ``name`` with ``values`` over its defaults and record it; return the folder of the record.

    ``cluster`` is the address of a Dask scheduler (``tcp://host:port``); without it the run is executed here.
    Raises :class:`cnub.DomainError` on an unknown run or parameter, a value of the wrong type, or a cluster that does
    not answer.
    """
    chosen = _typed(name, values or {})
    if cluster is None:
        return _execute_here(name, chosen)
    return Path(_submit(cluster, name, chosen))


def results(name: str) -> dict:
    """The recorded ``results.json`` of a run; raise :class:`cnub.DomainError` if it was never recorded."""
    path = RECORDS / name / "results.json"
    if not path.is_file():
        raise DomainError(f"run must be one that is recorded under papermill_runs; {name!r} is not")
    return json.loads(path.read_text())


def _submit(address: str, name: str, chosen: dict[str, object]) -> str:
    from distributed import Client

    try:
        client = Client(address, timeout="10s")
    except (OSError, ValueError) as error:
        raise DomainError(f"cluster must be the address of a running Dask scheduler; {address!r}: {error}") from error
    with client:
        return client.submit(_execute_here, name, chosen, pure=False).result()


def _execute_here(name: str, chosen: dict[str, object]) -> Path:
    import papermill

    work = WORK / name
    work.mkdir(parents=True, exist_ok=True)
    started = time.perf_counter()
    executed = papermill.execute_notebook(
        _read(name),
        str(work / "notebook.ipynb"),
        parameters=chosen | {"output": str(work)},
        kernel_name="python3",
        cwd=str(NOTEBOOKS),
        progress_bar=True,
        log_output=False,
    )
    seconds = time.perf_counter() - started
    _strip(executed, str(work))
    write_text("output", work / "notebook.ipynb", json.dumps(executed, indent=1, sort_keys=True) + "\n")
    write_text("output", work / "provenance.json", _provenance(name, chosen, seconds))
    return _record(name, work)


def _record(name: str, work: Path) -> Path:
    record = RECORDS / name
    fresh = RECORDS / f".{name}"
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True)
    for pattern in ("notebook.ipynb", "provenance.json", "results.json", "*.npz"):
        for path in work.glob(pattern):
            shutil.copy(path, fresh / path.name)
    shutil.rmtree(record, ignore_errors=True)
    fresh.rename(record)
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


def _typed(name: str, values: dict[str, str]) -> dict[str, object]:
    known = parameters(name)
    for key in values:
        if key not in known:
            raise DomainError(f"run {name} has no parameter {key!r}; it has {', '.join(known) or 'none'}")
    return {key: _cast(key, value, known[key]) for key, value in values.items()}


def _cast(key: str, value: object, default: object) -> object:
    kind = type(default)
    given = _literal(value) if isinstance(value, str) and kind is not str else value
    if kind is float and isinstance(given, int) and not isinstance(given, bool):
        given = float(given)
    if type(given) is not kind:
        raise DomainError(f"{key} must be a value of type {kind.__name__}, like {default!r}; got {value!r}")
    return given


def _literal(text: str) -> object:
    try:
        return ast.literal_eval(text)
    except (ValueError, SyntaxError):
        return text


def _inspect(name: str) -> dict[str, dict]:
    import papermill

    return papermill.inspect_notebook(_read(name))


def _read(name: str):
    import jupytext

    notebook = jupytext.read(NOTEBOOKS / f"{name}.md")
    notebook.metadata["kernelspec"] = {"name": "python3", "language": "python", "display_name": "Python 3"}
    return notebook


def _strip(notebook, work: str) -> None:
    notebook.metadata.pop("papermill", None)
    for cell in notebook.cells:
        cell.metadata.pop("papermill", None)
        cell.metadata.pop("execution", None)
        if "injected-parameters" in cell.metadata.get("tags", []):
            cell.metadata["tags"] = ["injected-parameters", "remove-cell"]
            cell.source = cell.source.replace(work, "results")
