"""Sphinx extension: each chapter as an executed notebook that any Jupyter reads, in the menu "download this page".

MyST roles mean nothing there. They become what the page shows: glued numbers, numbers of equations and figures, titles,
labels of citations with their entries at the end. A role that is not known here fails the build.
"""

from __future__ import annotations

import json
import re
from ast import literal_eval
from base64 import b64decode
from pathlib import Path

import nbformat
from cnub_figures import short
from jupyter_cache import get_cache
from pybtex.plugin import find_plugin
from sphinx.application import Sphinx
from sphinx.util import logging

from cnub import __version__
from cnub.figures.rendered import MIME, ROLE, html
from cnub.pages.claims_page import MIME as LEDGER

KERNEL = {"name": "python3", "language": "python", "display_name": "Python 3"}
LEFT_ALONE = re.compile(r"(^```.*?^```$)", flags=re.M | re.S)
EQUATION = re.compile(r"\$\$(.*?)\$\$ *\(([\w:-]+)\)", flags=re.S)
TARGET = re.compile(r"^\([\w-]+\)=\n", flags=re.M)
TITLED = re.compile(r"(.*?)\s*<(.*)>", flags=re.S)
LOCAL_LINK = re.compile(r'<a [^>]*href="(?!https?:|data:|#)[^"]*"[^>]*>(.*?)</a>', flags=re.S)
"""A link to another page of the site, which a notebook on its own does not have."""
PICTURE = re.compile(r"data:image/svg\+xml;base64,([\w+/=]+)")
TABLE = re.compile(r'<a download="([\w-]+\.csv)" href="data:[^"]*">CSV</a>')
"""A table within a figure: on the site it stands beside it, and a command writes it."""

logger = logging.getLogger(__name__)


def setup(app: Sphinx) -> dict[str, object]:
    """The theme links a page's notebook if its context names one."""
    app.connect("html-page-context", name_notebook)
    app.connect("build-finished", write_notebooks)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def name_notebook(app: Sphinx, pagename: str, templatename: str, context: dict, doctree) -> None:
    """Tell the theme of the page's notebook."""
    if _executed(app, pagename).is_file() and pagename in app.env.found_docs:
        context["ipynb_source"] = f"{pagename}.ipynb"


def write_notebooks(app: Sphinx, exception: Exception | None) -> None:
    """Write the notebook of every page that has one, beside the sources of the pages."""
    if exception is not None or app.builder.format != "html":
        return
    for docname in sorted(app.env.found_docs):
        if _executed(app, docname).is_file():
            _add_outputs(app, docname)
            target = Path(app.outdir) / "_sources" / f"{docname}.ipynb"
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(notebook(app, docname), encoding="utf-8")


def notebook(app: Sphinx, docname: str) -> str:
    """The executed chapter without roles, as the content of an ``.ipynb`` file."""
    page = Page(app, docname)
    executed = nbformat.read(_executed(app, docname), as_version=nbformat.NO_CONVERT)
    for number, cell in enumerate(executed.cells):
        cell.id = f"cell-{number}"
        if cell.cell_type == "markdown":
            cell.source = page.resolved(cell.source)
        if cell.cell_type == "code":
            cell.outputs = [output for output in cell.outputs if "scrapbook" not in output.get("metadata", {})]
            for output in cell.outputs:
                _plain_output(output, page)
    executed.cells.append(nbformat.v4.new_markdown_cell(page.colophon(), id="colophon"))
    executed.metadata = nbformat.from_dict({"kernelspec": KERNEL, "language_info": {"name": "python"}})
    return nbformat.writes(executed) + "\n"


def _plain_output(output, page: Page) -> None:
    data = output.get("data", {})
    data.pop(LEDGER, None)  # the site's; a notebook shows the same table
    contents = data.pop(MIME, None)
    if contents:
        whole = html(contents, page.resolved(contents["caption"]), short(page.env.config.cnub_commit))
        data["text/html"] = PICTURE.sub(_as_text, TABLE.sub(rf"<code>{contents['command']} --data \1</code>", whole))
    elif "text/html" in data:
        data["text/html"] = LOCAL_LINK.sub(r"\1", data["text/html"])
        data.pop("text/markdown", None)  # that is the site's


def _as_text(found: re.Match) -> str:
    """A picture as text, which takes less than base 64."""
    escaped = {ord(sign): f"%{ord(sign):02X}" for sign in '%#"<>&\n'}
    return f"data:image/svg+xml,{b64decode(found[1]).decode().translate(escaped)}"


def _add_outputs(app: Sphinx, docname: str) -> None:
    """Complete the notebook that MyST-NB wrote: where it takes the outputs from its cache, it leaves them there."""
    settings = app.env.mystnb_config
    if settings.execution_mode == "cache":
        path = _executed(app, docname)
        if Path(app.env.doc2path(docname)).suffix != ".md":
            return  # recorded with its outputs
        written = nbformat.read(path, as_version=nbformat.NO_CONVERT)
        _, whole = get_cache(settings.execution_cache_path).merge_match_into_notebook(written)
        path.write_text(nbformat.writes(whole), encoding="utf-8")


def _executed(app: Sphinx, docname: str) -> Path:
    return Path(app.env.mystnb_config.output_folder) / f"{docname}.ipynb"


class Page:
    """What the roles of one page refer to."""

    def __init__(self, app: Sphinx, docname: str):
        self.env = app.env
        self.docname = docname
        self.cited: dict[str, str] = {}
        glued = Path(app.env.mystnb_config.output_folder) / f"{docname}.glue.json"
        self.glued = json.loads(glued.read_text()) if glued.is_file() else {}
        self.roles = {
            "glue:text": self._glue, "eq": self._equation, "math:numref": self._equation, "numref": self._figure,
            "ref": self._section, "doc": self._title, "cite": self._citation, "cite:p": self._citation,
            "math": "${}$".format, "sub": "<sub>{}</sub>".format, "sup": "<sup>{}</sup>".format,
        }  # fmt: skip

    def resolved(self, text: str) -> str:
        """Markdown of a cell without roles, labels and targets; code blocks stay as they are."""
        parts = LEFT_ALONE.split(TARGET.sub("", text))
        parts[::2] = [ROLE.sub(self._role, EQUATION.sub(self._numbered, part)) for part in parts[::2]]
        return "".join(parts)

    def colophon(self) -> str:
        """What closes the notebook: what it needs to run, and the entries of what it cites."""
        commit = self.env.config.cnub_commit
        built = f", commit {short(commit)}" if commit else ""
        lines = [f"*Executed with cnub {__version__}{built}; to run it again, install that package in the kernel.*"]
        lines += [f"- [{label}] {entry}" for label, entry in sorted(self.cited.items())]
        return "\n".join([lines[0], *([""] if lines[1:] else []), *lines[1:]])

    def _role(self, match: re.Match) -> str:
        name, content = match.groups()
        try:
            if name.startswith("py:"):
                return f"`{content.lstrip('~')}`"
            return self.roles[name](content)
        except (KeyError, IndexError, ValueError):
            logger.warning("notebook: %s cannot be resolved", match[0], location=self.docname)
            return match[0]

    def _glue(self, content: str) -> str:
        return str(literal_eval(self.glued[content]["data"]["text/plain"]))

    def _numbered(self, match: re.Match) -> str:
        return f"$${match[1].rstrip()} \\tag{{{self._equation(match[2])[1:-1]}}}\n$$"

    def _equation(self, label: str) -> str:
        docname, number = self.env.get_domain("math").equations[label]
        numbers = self.env.toc_fignumbers.get(docname, {}).get("displaymath", {})
        return f"({'.'.join(map(str, numbers.get(f'equation-{label}', (number,))))})"

    def _figure(self, content: str) -> str:
        shown, label = _titled(content)
        docname, identifier, _ = self._label(label, "anonlabels")
        number = ".".join(map(str, self.env.toc_fignumbers[docname]["figure"][identifier]))
        return (shown or self.env.config.numfig_format["figure"]).replace("%s", number).replace("{number}", number)

    def _section(self, content: str) -> str:
        shown, label = _titled(content)
        return shown or self._label(label, "labels")[2]

    def _title(self, content: str) -> str:
        shown, name = _titled(content)
        return f"*{shown or self.env.titles[name.lstrip('/')].astext()}*"

    def _citation(self, content: str) -> str:
        entries = {c.key: c.formatted_entry for c in self.env.get_domain("cite").citations}
        backend = find_plugin("pybtex.backends", "plaintext")()
        labels = []
        for key in map(str.strip, content.split(",")):
            labels.append(entries[key].label)
            self.cited[entries[key].label] = entries[key].text.render(backend)
        return f"[{', '.join(labels)}]"

    def _label(self, label: str, kind: str) -> tuple:
        docname, identifier, *title = getattr(self.env.get_domain("std"), kind)[label.lower()]
        return docname, identifier, title[0] if title else ""


def _titled(content: str) -> tuple[str, str]:
    """(title, target) of ``title <target>``; without a title it is empty."""
    found = TITLED.fullmatch(content)
    return (found[1], found[2]) if found else ("", content)
