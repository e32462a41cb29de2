"""Sphinx extension: what makes the site findable: descriptions, a map, a card, a page for what is not there.

The address of the site is ``CNUB_SITE_URL``, that of the repository ``CNUB_REPOSITORY_URL``; where they are not set, nothing
that needs them is written, for a guess would be a wrong link.
"""

from __future__ import annotations

import os
from html import escape
from pathlib import Path
from urllib.parse import urlparse

from docutils import nodes
from sphinx.application import Sphinx

CARD = "card.png"


def setup(app: Sphinx) -> dict[str, object]:
    """Connect the handlers."""
    app.connect("config-inited", name_site, priority=2)
    app.connect("html-page-context", describe)
    app.connect("build-finished", write_files, priority=200)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def site() -> str:
    """The address of the site without its last slash, empty if it is not known."""
    return os.environ.get("CNUB_SITE_URL", "").rstrip("/")


def repository() -> str:
    """The address of the repository without its last slash, empty if it is not known."""
    return os.environ.get("CNUB_REPOSITORY_URL", "").rstrip("/")


def name_site(app: Sphinx, config) -> None:
    """Canonical addresses, if the address of the site is known."""
    config.html_baseurl = f"{site()}/" if site() else ""


def describe(app: Sphinx, pagename: str, templatename: str, context: dict, doctree) -> None:
    """The description of a page: its first paragraph, with title and card for those who pass the address on."""
    if doctree is None:
        return
    tags = {"description": description(doctree)}
    properties = {"og:title": app.env.titles[pagename].astext(), "og:type": "article"}
    if site():
        address = f"{site()}/{pagename}.html"
        properties |= {"og:url": address, "og:image": f"{site()}/_static/{CARD}"}
    context["metatags"] = context.get("metatags", "") + "".join(
        [f'<meta name="{name}" content="{escape(text)}">\n' for name, text in tags.items() if text]
        + [f'<meta property="{name}" content="{escape(text)}">\n' for name, text in properties.items()]
    )


def description(doctree: nodes.document, longest: int = 200) -> str:
    """The first paragraph of running text, cut at the end of a word."""
    texts = (
        " ".join(p.astext().split()) for p in doctree.findall(nodes.paragraph) if isinstance(p.parent, nodes.section)
    )
    first = next((text for text in texts if text), "")
    return first if len(first) <= longest else first[:longest].rsplit(" ", 1)[0] + " …"


def write_files(app: Sphinx, exception: Exception | None) -> None:
    """The page for what is not there; with an address the map of the site and the card, too."""
    if exception is not None or app.builder.format != "html":
        return
    folder = Path(app.outdir)
    (folder / "404.html").write_text(not_found(app.config.project or app.config.html_title), encoding="utf-8")
    if site():
        (folder / "sitemap.xml").write_text(sitemap(app.env.found_docs), encoding="utf-8")
        (folder / "robots.txt").write_text(f"User-agent: *\nSitemap: {site()}/sitemap.xml\n", encoding="utf-8")
        (folder / "_static" / CARD).write_bytes(card())


def sitemap(names) -> str:
    """The addresses of all pages."""
    lines = "".join(f"<url><loc>{site()}/{name}.html</loc></url>\n" for name in sorted(names))
    space = "http://www.sitemaps.org/schemas/sitemap/0.9"
    return f'<?xml version="1.0" encoding="utf-8"?>\n<urlset xmlns="{space}">\n{lines}</urlset>\n'


def not_found(name: str) -> str:
    """The page that a server shows at any depth, hence with the path of the site in its links."""
    path = urlparse(site()).path.rstrip("/") if site() else "."
    links = {"index": "the start", "claims": "the claims", "search": "search"}
    shown = ", ".join(f'<a href="{path}/{page}.html">{words}</a>' for page, words in links.items())
    return (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Not found: {escape(name)}</title>'
        '<meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark"></head>'
        f"<body><main><h1>This page is not there</h1><p>It may have moved. Go to {shown}.</p></main></body></html>\n"
    )


def card() -> bytes:
    """The picture for who passes the address on, 1200 by 630 points: the figure of the landing page under the title."""
    import io

    import matplotlib as mpl

    from cnub.figures import find, style

    with mpl.rc_context(style.SETTINGS):
        figure = find("found")
        canvas = figure.canvas(figure.compute())
        canvas.set_size_inches(12, 6.3)
        canvas.suptitle("Coherent detection of the cosmic neutrino background", fontsize=24)
        stream = io.BytesIO()
        canvas.savefig(stream, format="png", dpi=100, metadata={"Software": None})
    return stream.getvalue()
