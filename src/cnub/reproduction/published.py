"""What is published and can be compared: the data of the figures, in a few numbers each, and the printed numbers."""

from __future__ import annotations

import csv
import hashlib
import io
from ast import literal_eval
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from cnub.runs.chapters import ROOT

FOLDER = ROOT / "tests" / "reference"
FIGURES, CHAPTERS, LEDGER = (FOLDER / f"{name}.csv" for name in ("figures", "chapters", "ledger"))
SUMMARY = ("count", "finite", "mean", "root mean square", "wave", "log")
FIGURE_ERROR = 1e-6
"""Relative to the size of a column; the width of a line is a thousandth of a figure."""
_GLUED = "application/papermill.record/"


def summary(table: pd.DataFrame) -> dict[str, list[float | str]]:
    """Six numbers for each column of a figure's table, or a digest of its words.

    Entries, finite ones, their mean and root mean square, their mean with weights cos(i) that know the order, and the
    mean of their decimal logarithms, which knows small ones beside large ones.

    >>> summary(pd.DataFrame({"x": [1.0, -1.0]}))["x"][:4]
    [2.0, 2.0, 0.0, 1.0]
    """
    return {str(name): _column(column) for name, column in table.items()}


def _column(column: pd.Series) -> list[float | str]:
    if not pd.api.types.is_numeric_dtype(column) or pd.api.types.is_bool_dtype(column):
        words = "\n".join(map(str, column))
        return [float(len(column)), hashlib.sha256(words.encode()).hexdigest()[:16]]
    values = column.to_numpy(float)
    kept = values[np.isfinite(values)]
    if not kept.size:
        return [float(values.size), 0.0, 0.0, 0.0, 0.0, 0.0]
    scale = float(np.max(np.abs(kept))) or 1.0
    rms = scale * float(np.sqrt(np.mean((kept / scale) ** 2)))
    some = np.abs(kept[kept != 0.0])
    log = float(np.mean(np.log10(some))) if some.size else 0.0
    wave = scale * float(np.mean(kept / scale * np.cos(np.arange(kept.size))))
    return [float(values.size), float(kept.size), scale * float(np.mean(kept / scale)), rms, wave, log]


def apart(published: list, now: list) -> float:
    """The largest difference between two summaries of a column, relative to its size; inf where they differ in kind.

    >>> apart([2.0, 2.0, 0.0, 1.0, 0.2, 0.0], [2.0, 2.0, 0.0, 1.1, 0.2, 0.0]) < 0.11
    True
    """
    if len(published) != len(now) or len(published) < len(SUMMARY):
        return 0.0 if published == now else float("inf")
    if published[:2] != now[:2]:
        return float("inf")
    size = max(abs(published[3]), abs(now[3])) or 1.0
    moments = max(abs(a - b) / size for a, b in zip(published[2:5], now[2:5], strict=True))
    return max(moments, abs(published[5] - now[5]) * float(np.log(10.0)))


def glued(notebook: Any) -> dict[str, str]:
    """The numbers that the prose of an executed chapter has, as printed, by name."""
    found = {}
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            told = output.get("metadata", {}).get("scrapbook")
            if told:
                found[told["name"]] = literal_eval(output["data"][f"{_GLUED}text/plain"])
    return found


def read(path: Path) -> dict[str, dict[str, list[str]]]:
    """A published table: by its first two columns, the others as texts."""
    rows: dict[str, dict[str, list[str]]] = {}
    with path.open(encoding="utf-8", newline="") as stream:
        for first, second, *rest in list(csv.reader(stream))[1:]:
            rows.setdefault(first, {})[second] = rest
    return rows


def text(header: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    """A table as it is published."""
    stream = io.StringIO()
    csv.writer(stream, lineterminator="\n").writerows([header, *rows])
    return stream.getvalue()


def numbers(texts: list[str]) -> list[float | str]:
    """The entries of a row as numbers, where they are.

    >>> numbers(["2.0", "ab"])
    [2.0, 'ab']
    """
    return [_number(entry) for entry in texts if entry]


def _number(entry: str) -> float | str:
    try:
        return float(entry)
    except ValueError:
        return entry
