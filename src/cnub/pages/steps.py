"""The table of a headline number in steps: value, factor, assumption, and the command that prints it."""

from __future__ import annotations

from html import escape

import pandas as pd

from cnub.pages.numbers import format_number


def steps_table(table: pd.DataFrame, unit: str) -> str:
    """HTML of a table of :mod:`cnub.discovery.steps`, its values headed by ``unit``; a range where ``low`` differs."""
    head = "".join(f'<th scope="col">{text}</th>' for text in ("step", unit, "factor", "what is assumed", "command"))
    rows = "".join(
        f'<tr><th scope="row">{escape(row.step)}</th><td>{_range(row.low, row.value)}</td>'
        f"<td>{format_number(row.factor, 2)}</td><td>{escape(row.assumption)}</td>"
        f"<td><code>{escape(row.command)}</code></td></tr>"
        for row in table.itertuples()
    )
    return f'<table class="table steps"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>'


def _range(low: float, high: float) -> str:
    if low == high:
        return format_number(high, 3)
    return f"{format_number(low, 1)} to {format_number(high, 1)}"
