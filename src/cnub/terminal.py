"""What the command prints on the terminal, and what it does where the terminal cannot take it."""

from __future__ import annotations

import contextlib
import errno
import json
import math
import os
import sys
import textwrap
from collections.abc import Callable, Iterator
from typing import TextIO

import typer

_NARROWEST_COLUMN = 14
"""Characters per column below which a table cannot be read and its rows are printed one field a line."""
_FRAME = 3
"""Characters of a column that its frame takes."""


class LostOutput(OSError):
    """The standard output cannot be written: a full disk, or a reader that went away."""


class StandardOutput:
    """The standard output, whose failures can be told from those of any other file."""

    def __init__(self, stream: TextIO):
        self._stream = stream

    def __getattr__(self, name: str) -> object:
        return getattr(self._stream, name)

    def write(self, text: str) -> int:
        """Write ``text``; raise :class:`LostOutput` if it cannot be written."""
        with self._named_failure():
            return self._stream.write(text)

    def flush(self) -> None:
        """Hand over what was written; raise :class:`LostOutput` if it cannot be."""
        with self._named_failure():
            self._stream.flush()

    @contextlib.contextmanager
    def _named_failure(self):
        try:
            yield
        except OSError as error:
            raise LostOutput(error.errno, error.strerror) from error


def json_text(value: object) -> str:
    """``value`` as valid JSON, which has no word for infinity: it becomes the text "inf"."""
    return json.dumps(_plain(value), indent=1 if isinstance(value, list) else None, ensure_ascii=False, allow_nan=False)


def report(inputs: dict[str, object], answer: dict[str, object], as_json: bool) -> None:
    """Print the inputs and the answer, one per line or as one JSON object."""
    facts = inputs | answer
    typer.echo(json_text(facts) if as_json else _lines(facts))


def print_table(title: str, rows: list[dict[str, object]], columns: tuple[str, ...]) -> None:
    """Print ``columns`` of ``rows`` as a table as wide as the terminal, or field by field where it is too narrow."""
    from rich.console import Console
    from rich.table import Table

    console = Console(markup=False, highlight=False)
    room = console.width // len(columns)
    if room < _NARROWEST_COLUMN:
        typer.echo("\n\n".join(_lines({column: row[column] for column in columns}) for row in rows))
        return
    table = Table(title=title, title_justify="left")
    for column in columns:
        table.add_column(column, overflow="fold")
    for row in rows:
        first, *others = (_shown(row[column], digits=6) for column in columns)
        table.add_row(textwrap.fill(first, room - _FRAME), *others)  # a name breaks after a hyphen, as rich would not
    console.print(table)


def refuse(sentence: str) -> None:
    """One line on standard error."""
    with contextlib.suppress(OSError):
        typer.echo(f"cnub: {' '.join(sentence.split())}", err=True)


@contextlib.contextmanager
def share_done() -> Iterator[Callable[[float], None] | None]:
    """What a long computation tells its share done to: standard error, if that is a terminal."""
    if not sys.stderr.isatty():
        yield None
        return
    try:
        yield lambda share: print(f"\r{share:4.0%}", end="", file=sys.stderr, flush=True)
    finally:
        print("\r    \r", end="", file=sys.stderr, flush=True)


def give_up(lost: LostOutput) -> None:
    """Say so in one line; a reader that went away, as in ``cnub claims | head -1``, had what it wanted."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # what is left in the buffer ends here
    if lost.errno != errno.EPIPE:
        refuse(f"the standard output cannot be written: {lost.strerror}")


def _plain(value: object) -> object:
    if isinstance(value, dict):
        return {key: _plain(entry) for key, entry in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(entry) for entry in value]
    return str(value) if isinstance(value, float) and not math.isfinite(value) else value


def _lines(facts: dict[str, object]) -> str:
    width = max(map(len, facts))
    return "\n".join(f"{key:<{width}}  {_shown(value, digits=12)}".rstrip() for key, value in facts.items())


def _shown(value: object, digits: int) -> str:
    if value is None:
        return ""
    return f"{value:.{digits}g}" if isinstance(value, float) else str(value)
