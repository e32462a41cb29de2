"""Sphinx extension: a figure that a cell shows becomes a figure of the page, with number, target and foot.

Its cell carries the figure as JSON (:mod:`cnub.figures.rendered`): words, how it was made, and its files.
"""

from __future__ import annotations

import os
import subprocess
from html import escape
from pathlib import Path

from cnub_drawings import SHEET, drawing, styles
from cnub_drawings import files as shared_files
from docutils import nodes
from myst_nb.core.render import MimeData, load_mime_renders
from myst_nb.sphinx_ import NbMetadataCollector
from sphinx.application import Sphinx
from sphinx.pycode import ModuleAnalyzer

from cnub.figures.rendered import MIME

ROOT = Path(__file__).resolve().parents[2]
FOLDER = "figures"
KEY, RULES = "cnub_figures", "cnub_figure_rules"
FILES = {"csv": "CSV", "svg": "SVG"}
"""Files on the site; any other the printed command writes, by the end of the name it is given."""


def setup(app: Sphinx) -> dict[str, object]:
    """Hand the renderer to MyST-NB; the commit is a configuration value, so that a new one re-reads every page.

    The usual way, an entry point, would have to be installed before the book could be built.
    """
    if FigureRenderer not in load_mime_renders():
        load_mime_renders().append(FigureRenderer)
    app.add_config_value("cnub_commit", "", "env")
    app.connect("config-inited", note_commit)
    app.connect("build-finished", write_files)
    app.add_css_file(f"{FOLDER}/{SHEET}")
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def note_commit(app: Sphinx, config) -> None:
    """The commit that is built, empty outside a repository; "+" marks changes that are not committed."""
    commit = _git("rev-parse", "HEAD")
    config.cnub_commit = commit and commit + "+" * bool(_git("status", "--porcelain", "--", "src", "book"))


def short(commit: str) -> str:
    """A commit as it is shown."""
    return commit[:10] + "+" * commit.endswith("+")


def write_files(app: Sphinx, exception: Exception | None) -> None:
    """Write the files of the figures of all pages to ``_static/figures``; those of the others go."""
    if exception is not None or app.builder.format != "html":
        return
    target = Path(app.outdir) / "_static" / FOLDER
    target.mkdir(parents=True, exist_ok=True)
    documents = NbMetadataCollector.get_doc_data(app.env)
    known = {name: content for data in documents.values() for name, content in data.get(KEY, {}).items()}
    rules = {name: rule for data in documents.values() for name, rule in data.get(RULES, {}).items()}
    svgs = [content.decode() for name, content in sorted(known.items()) if name.endswith(".svg")]
    known |= shared_files(svgs, rules)
    for old in target.iterdir():
        if old.name not in known:
            old.unlink()
    for name, content in known.items():
        (target / name).write_bytes(content)


class FigureRenderer:
    """Renders the JSON of a figure; MyST-NB prefers it to the HTML that a notebook shows."""

    mime_priority_overrides = (("*", MIME, 1),)

    @staticmethod
    def handle_mime(renderer, data: MimeData, inline: bool) -> list[nodes.Element] | None:
        """The nodes of the figure; None for any other output."""
        if data.mime_type != MIME or inline:
            return None
        contents, page = data.content, renderer.renderer
        _keep_files(page.sphinx_env, contents)
        layouts = {"wide": contents["files"]["svg"], "narrow": contents["narrow"]}
        shown = nodes.raw("", drawing(contents["id"], layouts, contents["alt"]), format="html")
        figure = nodes.figure("", shown, names=[f"fig-{contents['id']}"])
        page.document.note_explicit_target(figure, figure)
        figure += _caption(page, contents["caption"], data.line)
        figure += nodes.legend("", *_foot(page.sphinx_env, contents))
        return [figure]


def _caption(page, text: str, line: int | None) -> nodes.caption:
    parsed = nodes.Element()
    with page.current_node_context(parsed):
        page.nested_render_text(text, line)
    (paragraph,) = parsed.children
    return nodes.caption(text, "", *paragraph.children)


def _foot(env, contents: dict) -> list[nodes.Element]:
    """What made the figure, folded away under one line; the command can be copied by its button."""
    up = "../" * env.docname.count("/")
    links = " ".join(
        f'<a href="{up}_static/{FOLDER}/{contents["id"]}.{suffix}" download>{name}</a>'
        for suffix, name in FILES.items()
    )
    before = (
        f'<details class="figure-foot"><summary><code>{contents["id"]}</code> data and code</summary>'
        f"<p>Data and image: {links}; the command below writes PDF and PNG, too, by the end of the name</p>"
        f"<p>Parameters: {escape(', '.join(contents['parameters']) or 'none')}</p>"
    )
    after = f"<p>Computed by {_source(env, contents['function'], up)}, {_version(env, contents)}</p></details>"
    command = nodes.literal_block(contents["command"], contents["command"], language="bash")
    return [nodes.raw("", before, format="html"), command, nodes.raw("", after, format="html")]


def _version(env, contents: dict) -> str:
    commit = env.config.cnub_commit
    return escape(contents["version"]) + (f", commit <code>{short(commit)}</code>" if commit else "")


def _source(env, function: str, up: str) -> str:
    """The name of the function, linked to its listing, and to the repository if its address is known."""
    module, name = function.rsplit(".", 1)
    analyzer = ModuleAnalyzer.for_module(module)
    line = analyzer.find_tags()[name][1]
    shown = f'<a id="{function}" href="{listing(env, function, up)}"><code>{function}</code></a>'
    address = os.environ.get("CNUB_REPOSITORY_URL", "").rstrip("/")
    commit = env.config.cnub_commit
    if address and commit and not commit.endswith("+"):
        file = Path(analyzer.srcname).resolve().relative_to(ROOT).as_posix()
        shown += f' (<a href="{address}/blob/{commit}/{file}#L{line}">repository</a>)'
    return shown


def listing(env, function: str, up: str) -> str:
    """Address of the listing of a function, which is made if nothing else asks for it."""
    module, name = function.rsplit(".", 1)
    analyzer = ModuleAnalyzer.for_module(module)
    analyzer.find_tags()  # the analyzer has no tags before
    _list_module(env, module, name, analyzer)
    return f"{up}_modules/{module.replace('.', '/')}.html#{name}"


def _list_module(env, module: str, name: str, analyzer: ModuleAnalyzer) -> None:
    """Have sphinx.ext.viewcode list the module: by itself it lists those that the reference documents."""
    if not hasattr(env, "_viewcode_modules"):
        env._viewcode_modules = {}
    entry = env._viewcode_modules.get(module)
    if not entry or entry[0] != analyzer.code:
        entry = env._viewcode_modules[module] = (analyzer.code, analyzer.tags, {}, module)
    entry[2][name] = env.docname


def _keep_files(env, contents: dict) -> None:
    as_bytes = {f"{contents['id']}.{suffix}": content.encode() for suffix, content in contents["files"].items()}
    rules = styles(contents["files"]["svg"]) | styles(contents["narrow"])
    for key, value in ((KEY, as_bytes), (RULES, rules)):
        kept = NbMetadataCollector.get_doc_data(env)[env.docname].get(key, {})
        NbMetadataCollector.set_doc_data(env, env.docname, key, kept | value)


def _git(*arguments: str) -> str:
    try:
        done = subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True)
    except OSError:
        return ""
    return done.stdout.strip()
