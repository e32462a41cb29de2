"""A figure as a notebook shows it: image, caption, alternative text, and a foot that says how to make it again.

JupyterLab shows the HTML of the bundle. The site builds its own figure from the JSON, so that the figure has a number,
references to it work and the roles in its caption are resolved.
"""

from __future__ import annotations

import re
from base64 import b64encode
from functools import cached_property
from html import escape
from typing import TYPE_CHECKING

import pandas as pd
from markdown_it import MarkdownIt

from cnub.figures.files import ABOUT, VERSION, command, csv, csv_metadata, render
from cnub.figures.parameters import plain

if TYPE_CHECKING:
    from cnub.figures.registry import Figure

MIME = "application/vnd.cnub.figure+json"
ROLE = re.compile(r"\{([\w:]+)\}`([^`]+)`")
"""A MyST role and its content."""
MATH = re.compile(r"\$[^$]+\$")
MOST_DATA = 50_000
"""Bytes of a table that a notebook carries with the figure."""
HELD = "\ue000"
"""Stands for a formula while the words around it are read as Markdown; of Unicode's private use, so in no caption."""


class Rendered:
    """A drawn figure: ``table``, ``parameters`` (all of them), ``caption`` (MyST), ``alt``, and its files."""

    def __init__(self, chosen: Figure, table: pd.DataFrame, parameters: dict[str, object]):
        self.id = chosen.id
        self.table = table
        self.parameters = parameters
        self.caption, self.alt = chosen.words(table, parameters)
        self._chosen = chosen

    @cached_property
    def svg(self) -> str:
        """The figure as SVG, byte for byte the same at every build."""
        return render(self._chosen, self.table, "svg", self.parameters).decode()

    @cached_property
    def narrow(self) -> str:
        """The figure as SVG in the layout for a phone."""
        return render(self._chosen, self.table, "svg", self.parameters, narrow=True).decode()

    def contents(self) -> dict[str, object]:
        """All that a page needs, as JSON: words, how it was made, its files by suffix, and its layout for a phone."""
        chosen, name = self._chosen, f"{self.id}.csv"
        units = {name: p.allowed.unit for name, p in chosen.declared().items()}
        return {
            "id": self.id,
            "summary": chosen.summary,
            "caption": self.caption,
            "alt": self.alt,
            "parameters": [f"{n} = {plain(v)} {units[n]}".strip() for n, v in self.parameters.items()],
            "command": command(chosen, self.parameters),
            "function": chosen.function,
            "version": VERSION,
            "files": {
                "csv": csv(self.table),
                f"csv{ABOUT}": csv_metadata(chosen, self.table, name, self.parameters),
                "svg": self.svg,
            },
            "narrow": self.narrow,
        }

    def _repr_mimebundle_(self, include=None, exclude=None):
        if not self.caption:  # a chapter that still says the caption in the metadata of its cell
            return {"image/svg+xml": self.svg}
        contents = self.contents()
        plain_text = f"{self.id}: {self.alt}"
        return {"text/plain": plain_text, "text/html": html(contents, without_roles(self.caption)), MIME: contents}


def html(contents: dict, caption: str, commit: str = "") -> str:
    """The figure for a notebook, which resolves no roles: ``caption`` in Markdown, ``commit`` of the repository."""
    version = f"{contents['version']}, commit {commit}" if commit else contents["version"]
    facts = {
        "Parameters": escape(", ".join(contents["parameters"]) or "none"),
        "Again": f'<code style="user-select: all">{escape(contents["command"])}</code>',
        "Data": _data(contents),
        "Computed by": f"<code>{escape(contents['function'])}</code>, {escape(version)}",
    }
    foot = "<br>".join(f"{name}: {value}" for name, value in facts.items())
    image = _link("image/svg+xml", contents["files"]["svg"])
    return (
        f'<figure style="margin: 0"><img style="max-width: 100%" alt="{escape(contents["alt"])}" src="{image}">'
        f"<figcaption>{_inline(caption)}<details><summary><code>{contents['id']}</code></summary>{foot}</details>"
        "</figcaption></figure>"
    )


def _data(contents: dict) -> str:
    """A link that holds the table, or the command that writes it where it would make the notebook heavy."""
    name, table = f"{contents['id']}.csv", contents["files"]["csv"]
    if len(table) <= MOST_DATA:
        return f'<a download="{name}" href="{_link("text/csv", table)}">CSV</a>'
    return f'<code style="user-select: all">{escape(contents["command"])} --data {name}</code>'


def without_roles(text: str) -> str:
    """``text`` with MyST roles as a notebook can show them: an equation by its label, a citation by its key.

    >>> without_roles("Eq. {eq}`eq-sto-torque`, {cite}`talk`, {doc}`the claims <claims>`")
    'Eq. (eq-sto-torque), [talk], the claims'
    """
    frames = {"eq": "({})", "cite": "[{}]"}
    return ROLE.sub(lambda m: frames.get(m[1], "{}").format(m[2].partition(" <")[0]), text)


def _inline(text: str) -> str:
    """Markdown with ``$...$`` left for MathJax, as HTML."""
    formulas = MATH.findall(text)
    marked = MarkdownIt("commonmark", {"html": False}).renderInline(MATH.sub(HELD, text))
    return re.sub(HELD, lambda match: escape(formulas.pop(0)), marked)


def _link(kind: str, content: str) -> str:
    return f"data:{kind};base64,{b64encode(content.encode()).decode()}"
