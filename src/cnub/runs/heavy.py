"""Heavy runs: parameterized notebooks of ``book/runs``, executed by papermill and recorded with their provenance.

A run works in ``_build/runs/<name>/<parameters>``, into which the notebook writes its small results (``results.json``,
``*.npz``) by its parameter ``output``. Pieces that it finished before it was interrupted stay there for the next
attempt with the same parameters. The published record, ``papermill_runs/<name>``, is replaced only on demand, as a
whole, and after the notebook has succeeded.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import time
from collections.abc import Mapping
from pathlib import Path

from cnub.domain import DomainError, one_of
from cnub.output import check_writable, write_bytes, write_text
from cnub.parameters import cast
from cnub.runs import notebooks
from cnub.runs.provenance import provenance
from cnub.runs.records import replace_record, result_files

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


def parameters(name: str) -> dict[str, object]:
    """Names and defaults of the parameters of a run; raise :class:`cnub.DomainError` if there is no such run.

    Source: definition of the runs.

    >>> print(sorted(parameters("earth_direct"))[:2])
    ['delta', 'height']
    """
    one_of("run", name, names())
    declared = notebooks.declared(NOTEBOOKS / f"{name}.md")
    return {key: default for key, default in declared.items() if key not in RESERVED}


def execute(
    name: str,
    values: Mapping[str, object] | None = None,
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

    Source: definition of the runs.
    """
    chosen = cast(f"run {name}", values or {}, parameters(name))
    target = None if out is None else str(_made(Path(out).absolute()))
    if cluster is None:
        return _execute_here(name, chosen, target, record)
    return _submit(cluster, name, chosen, target, record)


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
    executed = notebooks.execute(NOTEBOOKS / f"{name}.md", chosen | {"output": str(work)}, notebook)
    seconds = time.perf_counter() - started
    _hide(executed, str(work))
    write_text("output", notebook, notebooks.as_text(executed))
    write_text("output", work / "provenance.json", provenance(name, parameters(name) | chosen, seconds))
    if out:
        for path in result_files(work):
            write_bytes("out", Path(out) / path.name, path.read_bytes())
    if record:
        return replace_record(name, work)
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
    for path in result_files(work):
        path.unlink()
    return work


def _sources(name: str) -> str:
    hasher = hashlib.sha256()
    for path in (NOTEBOOKS / f"{name}.md", *sorted(Path(__file__).parents[1].rglob("*.py"))):
        hasher.update(path.read_bytes() + b"\0")
    return hasher.hexdigest()


def _hide(notebook, work: str) -> None:
    for cell in notebook.cells:
        if "injected-parameters" in cell.metadata.get("tags", []):
            cell.metadata["tags"] = ["injected-parameters", "remove-cell"]
            cell.source = cell.source.replace(work, "results")
