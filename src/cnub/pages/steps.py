"""The table of a headline number in steps: value, factor, assumption, and the command that prints it."""

from __future__ import annotations

import re
from html import escape

import pandas as pd

from cnub.pages.numbers import format_number


def steps_table(table: pd.DataFrame, unit: str) -> str:
    """HTML of a table of :mod:`cnub.discovery.steps`, its values headed by ``unit``; a range where ``low`` differs."""
    head = "".join(f'<th scope="col">{text}</th>' for text in ("step", unit, "factor", "what is assumed", "command"))
    rows = "".join(
        f'<tr><th scope="row">{_symbols(row.step)}</th><td>{_range(row.low, row.value)}</td>'
        f"<td>{format_number(row.factor, 2)}</td><td>{_symbols(row.assumption)}</td>"
        f"<td><code>{_words(row.command)}</code></td></tr>"
        for row in table.itertuples()
    )
    return f'<table class="table steps"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>'


def _words(command: str) -> str:
    """From the root of the repository, broken between words only."""
    return " ".join(f'<span class="word">{escape(word)}</span>' for word in f".venv/bin/{command}".split())


def _symbols(text: str) -> str:
    return re.sub(r"\b([DEe]|m)_(\w)", r"\1<sub>\2</sub>", escape(text))


def _range(low: float, high: float) -> str:
    if low == high:
        return format_number(high, 3)
    return f"{format_number(low, 1)} to {format_number(high, 1)}"
