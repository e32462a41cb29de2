"""Sphinx extension: what a screen reader would stumble over in the HTML that docutils and Sphinx write is mended."""

from __future__ import annotations

import re
from pathlib import Path

from sphinx.application import Sphinx

ENTRY = ('role="doc-biblioentry"', 'role="listitem"')
"""A work of the bibliography: the role is out of use, and no item of the list around it."""
LINES = re.compile(r'<dl>\s*((?:<dd><em class="sig-param">.*?</em>,?</dd>\s*)+)</dl>', flags=re.S)
"""The parameters of a long signature: definitions of nothing."""


def setup(app: Sphinx) -> dict[str, object]:
    """Once all pages are written."""
    app.connect("build-finished", mend_pages, priority=790)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def mend_pages(app: Sphinx, exception: Exception | None) -> None:
    """Mend every page that needs it."""
    if exception is not None or app.builder.format != "html":
        return
    for page in Path(app.outdir).rglob("*.html"):
        text = page.read_text(encoding="utf-8")
        if (better := mended(text)) != text:
            page.write_text(better, encoding="utf-8")


def mended(html: str) -> str:
    """A page with works as items of their list and the lines of a signature as lines."""
    return LINES.sub(_as_lines, html.replace(*ENTRY))


def _as_lines(found: re.Match) -> str:
    lines = found[1].replace("<dd>", '<span class="sig-line">').replace("</dd>", "</span>")
    return f'<span class="sig-lines">{lines}</span>'
