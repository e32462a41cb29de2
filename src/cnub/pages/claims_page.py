"""The page of the ledger: one table of all claims, *differs* first, that a script filters and sorts.

Without script it is a plain table. The site writes the files of the page beside it and links each function to its
listing; a notebook shows the table alone.
"""

from __future__ import annotations

import csv
import inspect
import io
import sys
from functools import cache
from html import escape
from typing import Any

from IPython.display import HTML

from cnub.claims import SOURCES, SUBJECTS, subject_claims, tally
from cnub.claims.ledger import CORRECTED, DIFFERS, Entry, dotted_name
from cnub.figures import catalogue
from cnub.pages.ledger import LETTERS, badge
from cnub.pages.sortable import SCRIPT
from cnub.pages.typeset import typeset
from cnub.terminal import json_text

MIME = "application/vnd.cnub.ledger+json"
TITLES = ("verdict", "claim", "source", "quoted", "computed", "ratio")


class Instrument:
    """The table of all claims: HTML for a notebook; for the site the same and the files that it offers."""

    def __init__(self, entries: list[Entry]):
        self.entries = sorted(entries, key=lambda entry: list(LETTERS).index(entry.verdict))
        rows = [entry.row() for entry in entries]
        self.files = {"claims.csv": _csv(rows), "claims.json": json_text(rows) + "\n"}

    @property
    def html(self) -> str:
        """The table, with the controls that its script shows."""
        known = {entry.claim.id for entry in self.entries}
        head = "".join(f'<th scope="col">{title}</th>' for title in TITLES)
        rows = "".join(_row(entry, known) for entry in self.entries)
        table = f'<table class="table ledger sortable"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>'
        return f"{_controls(self.entries)}{table}{SCRIPT}"

    def _repr_mimebundle_(self, include=None, exclude=None):
        html = self.html
        contents = {"html": html, "files": self.files}
        return {"text/plain": f"{len(self.entries)} claims", "text/html": html, MIME: contents}


def tally_table(entries: list[Entry]) -> HTML:
    """How many claims have each verdict, per source and in all."""
    groups = {**{source: [] for source in SOURCES}, "all": entries}
    for entry in entries:
        groups[entry.claim.source].append(entry)
    verdicts = [verdict for verdict in LETTERS if verdict in tally(entries)]
    head = "".join(f'<th scope="col">{cell}</th>' for cell in ("source", *map(badge, verdicts), "claims"))
    rows = "".join(
        f'<tr><th scope="row">{name}</th>'
        + "".join(f"<td>{tally(group).get(verdict, 0)}</td>" for verdict in verdicts)
        + f"<td>{len(group)}</td></tr>"
        for name, group in groups.items()
    )
    return HTML(f'<table class="table tally"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>')


@cache
def chapters() -> dict[str, str]:
    """The chapter of each claim, by the claim's id."""
    of_subject = {s: next(c for c in SUBJECTS if f"{s}_".startswith(f"{c}_")) for s in SUBJECTS}
    return {claim.id: chapter for subject, chapter in of_subject.items() for claim in subject_claims(subject)}


def figures_with(function: str, chapter: str) -> list[str]:
    """Figures of a chapter whose table calls the function of this dotted name, itself or through a helper."""
    return [id for id, figure in catalogue().items() if figure.chapter == chapter and function in _called(figure.table)]


@cache
def _called(function) -> frozenset[str]:
    """Dotted names of what a function calls, and of what its helpers in the same module call."""
    home, new = sys.modules[function.__module__], [inspect.unwrap(function)]
    found: dict[str, object] = {}
    while new:
        code = getattr(new.pop(), "__code__", None)
        names = set(_names(code)) if code else set()
        values = {value for name in names if callable(value := getattr(home, name, None))}
        rooms = [room for name in names if inspect.ismodule(room := getattr(home, name, None))]
        values |= {value for room in rooms for name in names if callable(value := getattr(room, name, None))}
        fresh = {dotted_name(value): value for value in values if hasattr(value, "__qualname__")}
        new += [value for name, value in fresh.items() if name not in found and name.startswith(f"{home.__name__}.")]
        found |= fresh
    return frozenset(found)


def _names(code):
    yield from code.co_names
    for constant in code.co_consts:
        if inspect.iscode(constant):
            yield from _names(constant)


def _controls(entries: list[Entry]) -> str:
    """The form of the filter; a script shows it, for without one it does nothing."""
    verdicts = [verdict for verdict in LETTERS if verdict in tally(entries)]
    choices = {"verdict": verdicts, "source": SOURCES, "chapter": dict.fromkeys(chapters().values())}
    fields = "".join(_choice(name, values) for name, values in choices.items())
    return (
        '<form class="ledger-filter" role="search" aria-label="filter the claims" hidden>'
        f'<label>text <input type="search" name="text" autocomplete="off"></label>{fields}'
        '<button type="reset">show all</button><output aria-live="polite"></output></form>'
    )


def _choice(name: str, values) -> str:
    options = "".join(f'<option value="{value}">{_words(value)}</option>' for value in values)
    return f'<label>{name} <select name="{name}"><option value="">any</option>{options}</select></label>'


def _row(entry: Entry, known: set[str]) -> str:
    row: dict[str, Any] = entry.row()
    chapter = chapters()[entry.claim.id]
    data = {"source": row["source"], "chapter": chapter, "verdict": entry.verdict}
    attributes = "".join(f' data-{name}="{escape(value)}"' for name, value in data.items())
    cells = (
        (f"{list(LETTERS).index(entry.verdict)}", badge(entry.verdict)),
        (row["id"], _claim(entry, known) + _links(entry, chapter)),
        (f"{row['source']} {row['place']}", f"{row['source']}, {escape(row['place'])}"),
        (entry.claim.quoted, typeset(row["quoted"])),
        *((_plain(row[name]), typeset(_shown(row[name]))) for name in ("computed", "ratio")),
    )
    shown = "".join(
        f'<td data-title="{title}" data-value="{escape(value)}">{html}</td>'
        for title, (value, html) in zip(TITLES, cells, strict=True)
    )
    return f'<tr id="{row["id"]}"{attributes}>{shown}</tr>'


def _claim(entry: Entry, known: set[str]) -> str:
    """The statement, and what there is to say of the verdict: shown where it is not plain agreement."""
    shown = typeset(entry.claim.statement, known)
    if not entry.note:
        return shown
    is_open = " open" if entry.verdict in (DIFFERS, CORRECTED) else ""
    return f"{shown}<details{is_open}><summary>why</summary>{typeset(entry.note, known)}</details>"


def _links(entry: Entry, chapter: str) -> str:
    """Permalink, chapter, figures that are drawn with the same function, and the function."""
    row: dict[str, Any] = entry.row()
    links = [
        f'<a class="permalink" href="#{row["id"]}">{row["id"]}</a>',
        f'<a href="{chapter}.html">{_words(chapter)}</a>',
    ]
    if row["function"]:
        own = figures_with(row["function"], chapter)
        links += [f'<a href="{chapter}.html#fig-{id}">figure {id}</a>' for id in own[:2]]
        links.append(f'<code data-function="{row["function"]}">{row["function"].replace(".", ".<wbr>")}</code>')
    return f'<p class="links">{" · ".join(links)}</p>'


def _words(value: str) -> str:
    return value.replace("_", " ")


def _plain(value: float | None) -> str:
    return "" if value is None else repr(float(value))


def _shown(value: float | None) -> str:
    return "" if value is None else f"{value:.4g}"


def _csv(rows: list[dict[str, object]]) -> str:
    stream = io.StringIO()
    writer = csv.DictWriter(stream, rows[0], lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return stream.getvalue()
