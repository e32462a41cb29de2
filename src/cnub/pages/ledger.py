"""The ledger as the book shows it."""

from __future__ import annotations

from html import escape

from IPython.display import HTML

from cnub.claims import SOURCES, chapter_claims, tally
from cnub.claims.ledger import DEFINITION, REPRODUCED, Entry, judge

_COLUMNS = ("place", "statement", "quoted", "computed", "ratio", "verdict")


def tally_table(entries: list[Entry]) -> HTML:
    """How many claims have each verdict, per source and in all."""
    groups = {**{source: [] for source in SOURCES}, "all": entries}
    for entry in entries:
        groups[entry.claim.source].append(entry)
    verdicts = list(tally(entries))
    rows = [[name, *(str(tally(group).get(v, 0)) for v in verdicts), str(len(group))] for name, group in groups.items()]
    return HTML(_table(["source", *verdicts, "claims"], [[escape(cell) for cell in row] for row in rows]))


def ledger_table(entries: list[Entry], source: str) -> HTML:
    """The rows of one source, each anchored at its id."""
    rows = [_cells(entry) for entry in entries if entry.claim.source == source]
    return HTML(_table(list(_COLUMNS), rows))


def agreement(chapter: str) -> HTML:
    """What became of the claims of one chapter, by verdict, each a link into the ledger.

    What differs, or agrees only after a correction, is listed with its numbers; what agrees is named.
    """
    entries = [judge(claim) for claim in chapter_claims(chapter)]
    groups = {verdict: [e for e in entries if e.verdict == verdict] for verdict in tally(entries)}
    parts = (f"<p><strong>{verdict} ({len(group)})</strong></p>{_listed(group)}" for verdict, group in groups.items())
    return HTML(f'<div class="agreement">{"".join(parts)}</div>')


def _listed(group: list[Entry]) -> str:
    if group[0].verdict in (REPRODUCED, DEFINITION):
        return f"<p>{'; '.join(_link(entry, entry.claim.id) for entry in group)}.</p>"
    return f"<ul>{''.join(f'<li>{_link(entry, entry.claim.statement)}{_numbers(entry)}</li>' for entry in group)}</ul>"


def _link(entry: Entry, text: str) -> str:
    return f'<a href="claims.html#{escape(entry.claim.id)}" title="{escape(entry.claim.statement)}">{escape(text)}</a>'


def _numbers(entry: Entry) -> str:
    if entry.computed is None:
        return ""
    return escape(f": {entry.row()['quoted']} in the {entry.claim.source}, {entry.computed:.3g} here")


def _cells(entry: Entry) -> list[str]:
    row = entry.row()
    cells = {column: escape(_shown(row[column])) for column in (*_COLUMNS, "function", "note")}
    details = f"<small>{cells['note']}</small>" if cells["note"] else ""
    function = f"<code>{cells['function']}</code>" if cells["function"] else ""
    cells["place"] = f'<span id="{escape(entry.claim.id)}">{cells["place"]}</span>'
    cells["statement"] = "<br>".join(filter(None, (cells["statement"], details, function)))
    return [cells[column] for column in _COLUMNS]


def _shown(value: object) -> str:
    if value is None:
        return ""
    return f"{value:.4g}" if isinstance(value, float) else str(value)


def _table(head: list[str], rows: list[list[str]]) -> str:
    header = "".join(f'<th scope="col">{escape(cell)}</th>' for cell in head)
    body = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    return f'<table class="table ledger"><thead><tr>{header}</tr></thead><tbody>{body}</tbody></table>'
