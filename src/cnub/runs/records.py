"""The published records of heavy runs, ``papermill_runs/<name>``: read one, replace one as a whole."""

from __future__ import annotations

import ctypes
import json
import os
import shutil
import sys
from pathlib import Path

from cnub.domain import DomainError
from cnub.output import check_writable

RECORDS = Path(__file__).resolve().parents[3] / "papermill_runs"
RESULTS = (
    "notebook.ipynb", "provenance.json", "ro-crate-metadata.json", "results.json", "results.schema.json", "sample.json",
    "*.npz",
)  # fmt: skip
"""The files that a run hands over; what else it writes stays behind."""
_SWAP, _HERE = 2, -100  # RENAME_EXCHANGE and AT_FDCWD of renameat2(2)


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


def result_files(folder: Path) -> list[Path]:
    """What a run has handed over in ``folder``."""
    return [path for pattern in RESULTS for path in sorted(folder.glob(pattern)) if path.is_file()]


def check_recordable(name: str) -> None:
    """Raise :class:`cnub.DomainError` if the record ``name`` could not be replaced: to be asked before a long run."""
    check_writable("papermill_runs", (RECORDS if RECORDS.exists() else RECORDS.parent) / f".{name}")


def replace_record(name: str, folder: Path) -> Path:
    """Replace the record ``name`` by the results in ``folder``, in one step; return its folder.

    Raises :class:`cnub.DomainError` if it cannot be written: the earlier record is then untouched.
    """
    record, fresh = RECORDS / name, RECORDS / f".{name}"
    try:
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.mkdir(parents=True)
        for path in result_files(folder):
            shutil.copy(path, fresh / path.name)
        _swap(fresh, record)
    except OSError as error:
        shutil.rmtree(fresh, ignore_errors=True)
        raise _refusal(error, f"; the results are in {folder}") from error
    shutil.rmtree(fresh, ignore_errors=True)
    return record


def _swap(fresh: Path, record: Path) -> None:
    """Put ``fresh`` in the place of ``record``, and what was there in that of ``fresh``."""
    if not record.exists():
        fresh.rename(record)
    elif not _exchanged(fresh, record):  # no such call here: two steps, and a moment without a record
        old = fresh.with_name(f"{fresh.name}.old")
        record.rename(old)
        fresh.rename(record)
        old.rename(fresh)


def _exchanged(one: Path, other: Path) -> bool:
    if sys.platform != "linux" or not hasattr(ctypes.CDLL(None), "renameat2"):
        return False
    return ctypes.CDLL(None).renameat2(_HERE, os.fsencode(one), _HERE, os.fsencode(other), _SWAP) == 0


def _refusal(error, more=""):
    return DomainError(f"papermill_runs must be a writable folder; {str(RECORDS)!r}: {error.strerror}{more}")
