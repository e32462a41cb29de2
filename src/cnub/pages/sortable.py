"""A table that a page sorts by a click and offers as CSV: without script it is a plain table in its own order."""

from __future__ import annotations

import base64
from html import escape

import pandas as pd
from IPython.display import HTML

from cnub.pages.numbers import format_number

SCRIPT = """<script>
document.querySelectorAll('table.sortable th').forEach(function (head) {
  var button = document.createElement('button'), column = head.cellIndex, up = false;
  while (head.firstChild) { button.appendChild(head.firstChild); }
  button.type = 'button'; button.title = 'sort'; button.className = 'sort'; head.appendChild(button);
  button.addEventListener('click', function () {
    var body = head.closest('table').tBodies[0], rows = Array.from(body.rows);
    up = !up;
    function key(row) { return row.cells[column].dataset.value; }
    rows.sort(function (a, b) {
      var x = key(a), y = key(b), s = x !== '' && y !== '' && !isNaN(x) && !isNaN(y) ? x - y : x.localeCompare(y);
      if (x === '' || y === '') { return (x === '') - (y === ''); }
      return up ? s : -s;
    });
    rows.forEach(function (row) { body.appendChild(row); });
    head.parentNode.querySelectorAll('th').forEach(function (other) { other.removeAttribute('aria-sort'); });
    head.setAttribute('aria-sort', up ? 'ascending' : 'descending');
  });
});
</script>"""
"""Makes the heads of every sortable table buttons."""


def sortable_table(
    table: pd.DataFrame, titles: dict[str, str], name: str, label: str, digits: int = 3, as_given: tuple[str, ...] = ()
) -> HTML:
    """The columns ``titles`` of a table under these titles, with a link to all columns as ``name``.csv.

    ``label`` says what the table is to who does not see it; numbers are shown with ``digits``, those of the columns
    ``as_given`` with all that they have.
    """
    head = "".join(f'<th scope="col">{escape(title)}</th>' for title in titles.values())
    shown = {column: 0 if column in as_given else digits for column in titles}
    cells = ("".join(_cell(row[column], kept) for column, kept in shown.items()) for _, row in table.iterrows())
    rows = "".join(f"<tr>{line}</tr>" for line in cells)
    data = base64.b64encode(table.to_csv(index=False).encode()).decode()
    link = f'<p><a download="{escape(name)}.csv" href="data:text/csv;base64,{data}">{escape(name)}.csv</a></p>'
    opened = f'<div style="overflow-x: auto"><table class="table candidates sortable" aria-label="{escape(label)}">'
    return HTML(f"{opened}<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>{link}{SCRIPT}")


def _cell(value: object, digits: int) -> str:
    if value is None or value == "" or (isinstance(value, float) and pd.isna(value)):
        return '<td data-value="">–</td>'
    shown = value
    if isinstance(value, float):
        shown = format_number(value, digits) if value and digits else f"{value:.10g}"
    return f'<td data-value="{escape(str(value))}">{escape(str(shown))}</td>'
