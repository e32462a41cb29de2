"""Many cases of the ball: rows of a CSV file answered one by one, in their order, as they are computed."""

from __future__ import annotations

import csv
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any, TextIO

from cnub.domain import DomainError
from cnub.parameters import cast
from cnub.sphere import SphereSolution
from cnub.terminal import refuse

INPUTS = ("kR", "delta", "height")
ANSWERS = tuple(field.name for field in fields(SphereSolution))
_REFRESH_S = 0.5
"""Seconds between two lines of progress."""


def answer_cases(path: Path, solve: Callable[[float, float, float], SphereSolution], out: TextIO) -> int:
    """Answer the rows of the CSV file ``path`` on ``out``; return how many were bad.

    The file has the columns kR, delta, height and any others, which are kept; columns of earlier answers are replaced.
    A bad row is named on standard error and left out. Raises :class:`cnub.DomainError` if the file cannot be read or a
    column is missing.
    """
    with _opened(path) as stream, _progress(out) as tick:
        reader = csv.reader(stream)
        header = _header(reader)
        kept = [index for index, column in enumerate(header) if column not in ANSWERS]
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow([header[index] for index in kept] + list(ANSWERS))
        bad = 0
        for row in _rows(reader):
            try:
                given = _fields(header, row)
                answer = asdict(solve(*_inputs(header, given)))
            except DomainError as error:
                bad += 1
                refuse(f"line {reader.line_num} of {path}: {error}")
                continue
            writer.writerow([given[index] for index in kept] + [answer[name] for name in ANSWERS])
            out.flush()
            tick()
    return bad


@contextmanager
def _opened(path: Path) -> Iterator[TextIO]:
    try:
        stream = open(path, encoding="utf-8-sig", errors="replace", newline="")
    except OSError as error:
        raise DomainError(f"cases must be a readable CSV file; {str(path)!r}: {error.strerror}") from error
    with stream:
        yield stream


def _header(reader) -> list[str]:
    try:
        header: list[str] = next(reader, [])
    except (OSError, csv.Error) as error:
        raise DomainError(f"cases must be a readable CSV file; {error}") from error
    for column in INPUTS:
        if column not in header:
            raise DomainError(f"cases must have the columns {', '.join(INPUTS)}; {column} is missing")
    for column in header:
        if header.count(column) > 1:
            raise DomainError(f"cases must have each column once; {column!r} is there {header.count(column)} times")
    return header


def _rows(reader) -> Iterator[list[str] | csv.Error]:
    """The rows that are not empty; what is no row at all, say a field without end, as the error that says so."""
    while True:
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            row = error
        if row:
            yield row


def _fields(header: list[str], row: list[str] | csv.Error) -> list[str]:
    if isinstance(row, csv.Error):
        raise DomainError(f"a row must be CSV; {row}")
    if len(row) != len(header):
        raise DomainError(f"a row must have {len(header)} fields, as the first line has; got {len(row)}")
    return row


def _inputs(header: list[str], given: list[str]) -> list[Any]:
    texts: dict[str, object] = {name: given[header.index(name)] for name in INPUTS}
    return list(cast("a case", texts, dict.fromkeys(INPUTS, 0.0)).values())


@contextmanager
def _progress(out: TextIO) -> Iterator[Callable[[], None]]:
    """Count answers on standard error, if that is a terminal and the answers go elsewhere."""
    shown = sys.stderr.isatty() and not out.isatty()
    state = {"rows": 0, "next": time.monotonic() + _REFRESH_S}

    def tick() -> None:
        state["rows"] += 1
        if shown and time.monotonic() >= state["next"]:
            state["next"] = time.monotonic() + _REFRESH_S
            print(f"\r{state['rows']} rows", end="", file=sys.stderr, flush=True)

    try:
        yield tick
    finally:
        if shown:
            print(f"\r{state['rows']} rows", file=sys.stderr, flush=True)
