"""The page of all figures, written from their registry: each with its title, its place in the book, and its files."""

from __future__ import annotations

from html import escape
from itertools import groupby

from cnub_drawings import thumbnail

from cnub.figures import Figure, catalogue

HEAD = """# All figures

Every figure of the book, by chapter. The title leads to its place there, where its caption says what it shows and its
foot how it was made. `cnub figure` with that name draws it again, from other parameters if wanted, for a phone with `--narrow`, on
a dark ground with `--dark`, and writes SVG, PNG or PDF.
"""


def gallery_page() -> str:
    """The page, in the order of the book."""
    parts = groupby(catalogue().values(), key=lambda figure: figure.chapter)
    return HEAD + "".join(f"\n## {{doc}}`../{chapter}`\n\n{_cards(figures)}\n" for chapter, figures in parts)


def _cards(figures) -> str:
    return '<ul class="figure-gallery">\n' + "\n".join(map(_card, figures)) + "\n</ul>\n"


def _card(figure: Figure) -> str:
    place, title = f"../{figure.chapter}.html#fig-{figure.id}", escape(figure.summary)
    files = " ".join(
        f'<a href="../_static/figures/{figure.id}.{suffix}" download>{suffix.upper()}</a>' for suffix in ("csv", "svg")
    )
    picture = thumbnail(figure.id, f"Small picture of {figure.id} in the chapter", "../")
    return (
        f'<li><a href="{place}">{picture}{title}</a><p class="figure-links"><code>{figure.id}</code> {files}</p></li>'
    )
