"""The published records of heavy runs, ``papermill_runs/<name>``: read one, replace one as a whole."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from cnub.domain import DomainError

RECORDS = Path(__file__).resolve().parents[3] / "papermill_runs"
RESULTS = ("notebook.ipynb", "provenance.json", "results.json", "*.npz")
"""The files that a run hands over; what else it writes are pieces."""


def recorded(name: str, file: str = "results.json") -> Path:
    """The path of one file of a recorded run; raise :class:`cnub.DomainError` if it was never recorded.

    Source: definition of the runs.

    >>> print(recorded("patch_scan").name)
    results.json
    """
    path = RECORDS / name / file
    if not RECORDS.is_dir():
        raise DomainError(f"the record papermill_runs/{name} is in the repository, not in an installed package")
    if not path.is_file():
        raise DomainError(f"run must be one that is recorded under papermill_runs; {name!r} is not")
    return path


def results(name: str) -> dict:
    """The recorded ``results.json`` of a run; raise :class:`cnub.DomainError` if it was never recorded.

    Source: definition of the runs.

    >>> print(type(results("patch_scan")).__name__)
    dict
    """
    return json.loads(recorded(name).read_text())


def result_files(work: Path) -> list[Path]:
    """What a run has handed over in the folder ``work``."""
    return [path for pattern in RESULTS for path in sorted(work.glob(pattern))]


def replace_record(name: str, work: Path) -> Path:
    """Replace the record ``name`` by the results in ``work``, all at once; return its folder."""
    record, fresh, old = (RECORDS / prefixed for prefixed in (name, f".{name}", f".{name}.old"))
    for leftover in (fresh, old):
        shutil.rmtree(leftover, ignore_errors=True)
    fresh.mkdir(parents=True)
    for path in result_files(work):
        shutil.copy(path, fresh / path.name)
    if record.is_dir():
        record.rename(old)
    fresh.rename(record)
    shutil.rmtree(old, ignore_errors=True)
    return record
