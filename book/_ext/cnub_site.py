"""Sphinx extension of the book: no foreign host, no empty page."""

from __future__ import annotations

import os
import re
from pathlib import Path

import vl_convert
from cnub_light import copy_mathjax
from sphinx.application import Sphinx
from sphinx.errors import SphinxError
from sphinx.util import logging

from cnub.pages.explorers import VEGA_LITE

ROOT = Path(__file__).resolve().parents[2]
EMBED = "window.vegaEmbed = vegaEmbed;"
WITHOUT_FIGURES = {
    "claims", "conventions", "symbols", "glossary", "api", "bibliography", "genindex", "search", "candidates",
}  # fmt: skip

logger = logging.getLogger(__name__)


def setup(app: Sphinx) -> dict[str, object]:
    """Connect the handlers."""
    app.connect("config-inited", name_repository, priority=2)
    app.connect("builder-inited", drop_thebe)
    app.connect("autodoc-process-docstring", keep_bars)
    app.connect("build-finished", copy_scripts, priority=100)
    app.connect("build-finished", check_pages, priority=900)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def name_repository(app: Sphinx, config) -> None:
    """Show the repository's buttons only where its address is known; a guess would be a wrong link."""
    address = os.environ.get("CNUB_REPOSITORY_URL", "")
    if address:
        config.html_theme_options |= {
            "repository_url": address,
            "repository_branch": "main",
            "path_to_docs": "book",
            "use_repository_button": True,
            "use_issues_button": True,
        }


def drop_thebe(app: Sphinx) -> None:
    """Disconnect sphinx_thebe, which writes the address of a foreign host into every page."""
    for listeners in app.events.listeners.values():
        listeners[:] = [
            listener for listener in listeners if not listener.handler.__module__.startswith("sphinx_thebe")
        ]


def keep_bars(app: Sphinx, what: str, name: str, obj: object, options: object, lines: list[str]) -> None:
    """Keep the bars of an absolute value such as |delta|, which reStructuredText reads as a substitution."""
    literal = False
    for number, line in enumerate(lines):
        parts = line.split("``")
        for i in range(len(parts)):
            if not literal:
                parts[i] = parts[i].replace("|", r"\|")
                if i > 0 and parts[i].startswith(r"\|"):  # a literal must not touch it: \ is a space of no width
                    parts[i] = r"\ " + parts[i]
                if i < len(parts) - 1 and parts[i].endswith(r"\|"):
                    parts[i] += r"\ "
            literal = not literal
        literal = not literal  # as many parts as marks plus one
        lines[number] = "``".join(parts)


def copy_scripts(app: Sphinx, exception: Exception | None) -> None:
    """Put MathJax and Vega into the site, from the locked packages."""
    if exception is not None or app.builder.format != "html":
        return
    target = Path(app.outdir) / "_static"
    copy_mathjax(target)
    (target / "vega").mkdir(exist_ok=True)
    bundle = vl_convert.javascript_bundle(EMBED, VEGA_LITE)
    # of its own scope: its short names meet those of other scripts
    (target / "vega" / "vega.min.js").write_text(f"(() => {{{bundle}\n}})();", encoding="utf-8")


def check_pages(app: Sphinx, exception: Exception | None) -> None:
    """Fail the build if a page of the contents was not written, or a chapter shows no figure."""
    if exception is not None or app.builder.format != "html":
        return
    figures = 0
    for name in sorted(app.env.found_docs):
        page = Path(app.outdir) / f"{name}.html"
        if not page.is_file():
            raise SphinxError(f"page {name} was not written")
        count = len(re.findall(r"<figure\b", page.read_text(encoding="utf-8")))
        figures += count
        if count == 0 and name not in WITHOUT_FIGURES and not name.startswith(("api/", "about/")):
            raise SphinxError(f"page {name} shows no figure")
    logger.info("site: %d pages, %d figures", len(app.env.found_docs), figures)
