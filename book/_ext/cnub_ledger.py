"""Sphinx extension: the table of all claims, with its functions linked to their listings and its files beside it."""

from __future__ import annotations

import re
from pathlib import Path

from cnub_figures import listing
from docutils import nodes
from myst_nb.core.render import MimeData, load_mime_renders
from myst_nb.sphinx_ import NbMetadataCollector
from sphinx.application import Sphinx

from cnub.pages.claims_page import MIME

KEY = "cnub_ledger"
FUNCTION = re.compile(r'<code data-function="([\w.]+)">.*?</code>', flags=re.S)
LINKS = '<p class="downloads">All claims as <a href="_static/claims.csv" download>CSV</a> and \
<a href="_static/claims.json" download>JSON</a>.</p>'


def setup(app: Sphinx) -> dict[str, object]:
    """Hand the renderer to MyST-NB, as :mod:`cnub_figures` does."""
    if LedgerRenderer not in load_mime_renders():
        load_mime_renders().append(LedgerRenderer)
    app.connect("build-finished", write_files)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def write_files(app: Sphinx, exception: Exception | None) -> None:
    """Write the files of the table to ``_static``."""
    if exception is not None or app.builder.format != "html":
        return
    for data in NbMetadataCollector.get_doc_data(app.env).values():
        for name, content in data.get(KEY, {}).items():
            (Path(app.outdir) / "_static" / name).write_text(content, encoding="utf-8")


class LedgerRenderer:
    """Renders the table; MyST-NB prefers it to the HTML that a notebook shows."""

    mime_priority_overrides = (("*", MIME, 1),)

    @staticmethod
    def handle_mime(renderer, data: MimeData, inline: bool) -> list[nodes.Element] | None:
        """The links to its files and the table; None for any other output."""
        if data.mime_type != MIME or inline:
            return None
        env = renderer.renderer.sphinx_env
        NbMetadataCollector.set_doc_data(env, env.docname, KEY, data.content["files"])
        _name_rows(env, data.content["html"])
        up = "../" * env.docname.count("/")
        html = FUNCTION.sub(
            lambda found: f'<a href="{listing(env, found[1], up)}">{found[0]}</a>', data.content["html"]
        )
        return [nodes.raw("", LINKS + html, format="html")]


def _name_rows(env, html: str) -> None:
    """Make each row a target of ``{ref}`words <id-of-the-claim>```."""
    known = env.get_domain("std")
    for id in re.findall(r'<tr id="([\w-]+)"', html):
        known.labels[id] = (env.docname, id, id)
        known.anonlabels[id] = (env.docname, id)
