"""The ledger as a chapter shows it: what became of its own claims."""

from __future__ import annotations

from html import escape

from IPython.display import HTML

from cnub.claims import chapter_claims, judged
from cnub.claims.ledger import CORRECTED, DEFINITION, DIFFERS, NOT_COMPUTABLE, PENDING, REPRODUCED, Entry
from cnub.pages.typeset import typeset

LETTERS = {DIFFERS: "D", CORRECTED: "C", REPRODUCED: "R", DEFINITION: "I", NOT_COMPUTABLE: "N", PENDING: "P"}
"""The letter of each verdict, which says what its colour says, in the order in which the claims are listed."""


def agreement(chapter: str) -> HTML:
    """What became of the claims of one chapter, by verdict, each a link into the ledger.

    What differs, or agrees only after a correction, is listed with its numbers; what agrees is named.
    """
    entries = [judged(claim) for claim in chapter_claims(chapter)]
    groups = {verdict: [e for e in entries if e.verdict == verdict] for verdict in LETTERS}
    parts = (f"<p>{badge(verdict)} ({len(group)})</p>{_listed(group)}" for verdict, group in groups.items() if group)
    return HTML(f'<div class="agreement">{"".join(parts)}</div>')


def badge(verdict: str) -> str:
    """A verdict with its letter, to be coloured by its class."""
    letter = LETTERS[verdict]
    return f'<span class="verdict verdict-{letter}"><b aria-hidden="true">{letter}</b> {verdict}</span>'


def _listed(group: list[Entry]) -> str:
    if group[0].verdict in (REPRODUCED, DEFINITION):
        return f"<p>{'; '.join(_link(entry, entry.claim.id) for entry in group)}.</p>"
    items = (f"<li>{_link(entry, typeset(entry.claim.statement))}{_numbers(entry)}</li>" for entry in group)
    return f"<ul>{''.join(items)}</ul>"


def _link(entry: Entry, text: str) -> str:
    return f'<a href="claims.html#{escape(entry.claim.id)}" title="{escape(entry.claim.statement)}">{text}</a>'


def _numbers(entry: Entry) -> str:
    if entry.computed is None:
        return ""
    return typeset(f": {entry.row()['quoted']} in the {entry.claim.source}, {entry.computed:.3g} here")
