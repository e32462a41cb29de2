"""Commands that make again what the book shows: its figures and its chapters."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from cnub.domain import DomainError
from cnub.kept import kept
from cnub.output import is_standard_output
from cnub.parameters import parse
from cnub.sources import PACKAGE
from cnub.terminal import json_text, print_table, refuse

EVERY = "all"
SOME_FAILED = 1

ListJson = Annotated[bool, typer.Option("--json", help="Print a JSON list instead of a table.")]
Parameters = Annotated[
    list[str] | None, typer.Option("-p", "--parameter", help="NAME=VALUE, as often as needed; names are in the list.")
]


def _figure_ids() -> list[str]:
    from cnub.figures import catalogue

    return list(catalogue())


def _figure_rows() -> list[dict]:
    from cnub.figures import catalogue

    return [
        {"id": f.id, "chapter": f.chapter, "shows": f.summary, "parameters": f.parameters()}
        for f in catalogue().values()
    ]


def _figure_table() -> list[dict]:
    """The rows, without Matplotlib and all rooms, if a process before has made them from the same sources."""
    return kept("figures", (PACKAGE / "figures").glob("*.py"), _figure_rows)


def _complete_figure_id() -> list[str]:
    return [row["id"] for row in _figure_table()]


def _chapter_names() -> list[str]:
    from cnub.runs import chapters

    return chapters.names()


def figures(as_json: ListJson = False) -> None:
    """List the figures with their parameters and defaults.

    Example: cnub figures --json
    """
    listed("Figures", _figure_table(), ("id", "shows", "parameters"), as_json)


def figure(
    id: Annotated[str, typer.Argument(help="An id from `cnub figures`, or all.", autocompletion=_complete_figure_id)],
    out: Annotated[
        Path | None, typer.Option(help="Where to write it: .svg, .png or .pdf; default ID.svg. Of all: a folder.")
    ] = None,
    data: Annotated[
        Path | None,
        typer.Option(help="Where to write its numbers, as CSV, and beside it what made them. Of all: a folder."),
    ] = None,
    parameter: Parameters = None,
    narrow: Annotated[bool, typer.Option("--narrow", help="The layout for a phone.")] = False,
    dark: Annotated[bool, typer.Option("--dark", help="The colours for a dark ground.")] = False,
) -> None:
    """Compute one figure of the book and write it to a file.

    Example: cnub figure sphere-earth --out earth.pdf --data earth.csv
    """
    look = {"narrow": narrow, "dark": dark}
    if id == EVERY:
        _every_figure(out, data, parameter or [], look)
        return
    _one_figure(id, out or Path(f"{id}.svg"), data, parameter or [], look)


def _one_figure(id: str, out: Path, data: Path | None, given: list[str], look: dict[str, bool]) -> None:
    from cnub.figures import find, save

    values: dict[str, Any] = find(id).checked({**parse(given)})
    written = [str(path) for path in save(id, out, data, **look, **values)]
    if not (is_standard_output(out) or is_standard_output(data)):
        typer.echo(f"wrote {' and '.join(written)}")


def _every_figure(out: Path | None, data: Path | None, given: list[str], look: dict[str, bool]) -> None:
    if out is None:
        raise DomainError("out must be a folder for all figures; none was given")
    if given:
        raise DomainError("parameter must be given with one figure, not with all")
    for folder in filter(None, (out, data)):
        _make(folder)
    failed = 0
    for id in _figure_ids():
        try:
            _one_figure(id, out / f"{id}.svg", data and data / f"{id}.csv", [], look)
        except DomainError as error:
            refuse(f"figure {id}: {error}")
            failed += 1
    if failed:
        raise typer.Exit(SOME_FAILED)


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise DomainError(f"out must be a folder; {str(folder)!r}: {error.strerror}") from error


def chapter(
    name: Annotated[str, typer.Argument(help="A chapter: book/NAME.md.", autocompletion=_chapter_names)],
    parameter: Annotated[
        list[str] | None, typer.Option("-p", "--parameter", help="NAME=VALUE of an input of the chapter; repeatable.")
    ] = None,
    out: Annotated[Path | None, typer.Option(help="The executed notebook. Default: _build/rerun/NAME.ipynb.")] = None,
) -> None:
    """Execute a chapter of the book again, with other inputs if wanted, and write the executed notebook.

    The inputs are the variables of the chapter's cell tagged "parameters".

    Example: cnub chapter stodolsky_effect
    """
    from cnub.runs import chapters

    written = chapters.execute(name, parse(parameter or []), out)
    if not is_standard_output(out):
        typer.echo(f"wrote {written}")


def listed(title: str, rows: list[dict], columns: tuple[str, ...], as_json: bool) -> None:
    """Print ``rows`` as JSON, or as a table of ``columns`` in which parameters stand as NAME=VALUE."""
    if as_json:
        typer.echo(json_text(rows))
        return
    shown = [row | {"parameters": ", ".join(f"{k}={v}" for k, v in row["parameters"].items())} for row in rows]
    print_table(title, shown, columns)
