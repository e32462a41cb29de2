"""What the command reads from its arguments and prints on the terminal."""

from __future__ import annotations

import json

import typer

from cnub.domain import DomainError, one_of


def report(inputs: dict[str, object], answer: dict[str, object], as_json: bool) -> None:
    """Print the inputs and the answer, one per line or as one JSON object."""
    if as_json:
        typer.echo(json.dumps(inputs | answer))
        return
    from rich.console import Console
    from rich.table import Table

    table = Table(show_header=False, box=None)
    for key, value in (inputs | answer).items():
        table.add_row(key, f"{value:.12g}" if isinstance(value, float) else str(value))
    Console().print(table)


def print_table(title: str, rows: list[dict[str, object]], columns: tuple[str, ...]) -> None:
    """Print ``columns`` of ``rows`` as a table as wide as the terminal."""
    from rich.console import Console
    from rich.table import Table

    table = Table(title=title, title_justify="left")
    for column in columns:
        table.add_column(column, overflow="fold")
    for row in rows:
        table.add_row(*(f"{v:.6g}" if isinstance(v := row[c], float) else str("" if v is None else v) for c in columns))
    Console().print(table)


def pairs(arguments: list[str]) -> dict[str, str]:
    """The parameters of a run from ``-p KEY VALUE ...``; raise :class:`cnub.DomainError` on anything else."""
    values = {}
    rest = list(arguments)
    while rest:
        flag = rest.pop(0)
        if flag not in ("-p", "--parameter") or len(rest) < 2:
            raise DomainError(f"parameters of a run are given as -p KEY VALUE; got {flag!r}")
        values[rest.pop(0)] = rest.pop(0)
    return values


def figure_parameters(known: dict[str, object], given: list[str]) -> dict[str, object]:
    """NAME=VALUE texts as values of the types of the ``known`` defaults; raise :class:`cnub.DomainError` otherwise."""
    values = {}
    for item in given:
        name, equals, text = item.partition("=")
        if not equals:
            raise DomainError(f"parameter must be NAME=VALUE; got {item!r}")
        one_of("parameter", name, known)
        values[name] = _like(name, text, known[name])
    return values


def _like(name: str, text: str, default: object) -> object:
    if isinstance(default, str):
        return text
    try:
        return type(default)(text)
    except (TypeError, ValueError) as error:
        raise DomainError(f"{name} must be a {type(default).__name__}, like {default!r}; got {text!r}") from error
