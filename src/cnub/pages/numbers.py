"""What a chapter shows besides its figures: tables of numbers, glued into its prose, and the box "rerun this"."""

from __future__ import annotations

import platform
import time
from dataclasses import dataclass
from html import escape
from importlib.metadata import version
from numbers import Integral, Real
from typing import Any

import psutil
from IPython import get_ipython
from IPython.display import Markdown, display

from cnub.domain import DomainError, finite, integer

_PACKAGES = ("cnub", "numpy", "scipy", "numba", "matplotlib")
_SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
_GLUED = "application/papermill.record/"
"""How MyST-NB marks what a cell hands to the prose. Its own ``glue`` is not used: a notebook runs without MyST-NB."""


@dataclass(frozen=True)
class Number:
    """A number of :func:`numbers` with a unit, digits or label of its own."""

    value: float | str
    unit: str | None = None
    digits: int | None = None
    label: str | None = None


class Numbers:
    """The table that :func:`numbers` shows: ``shown`` has the text of each name."""

    def __init__(self, shown: dict[str, str], labels: dict[str, str]):
        self.shown = shown
        self.labels = labels

    def _repr_mimebundle_(self, include=None, exclude=None):
        width = max(map(len, self.labels.values()))
        plain = "\n".join(f"{self.labels[name]:<{width}}  {text}" for name, text in self.shown.items())
        rows = "".join(
            f'<tr><th scope="row">{escape(self.labels[name])}</th><td{_wrapping(text)}>{escape(text)}</td></tr>'
            for name, text in self.shown.items()
        )
        return {"text/plain": plain, "text/html": f'<table class="table glued"><tbody>{rows}</tbody></table>'}


def numbers(*, unit: str = "", digits: int = 3, **values: object) -> Numbers:
    """Show named values in a small table and glue each under its name, for ``{glue:text}`name``` in the prose.

    A value is a number (an int is a count and shown whole), a text, or one of these with a unit of its own:
    ``(value, unit)``, ``(value, unit, digits)`` or :class:`Number`, which may have a label, too; ``unit`` and
    ``digits`` (significant, 1 to 17) are those of the others. A name is used once in a chapter; ``unit`` and
    ``digits`` are no names. Raises :class:`cnub.DomainError` on a value that is not finite or none of these.

    >>> numbers(peak=1.52e-4, gas=(3.1e-9, "per year", 2), unit="per hour").shown["gas"]
    '3.1 × 10⁻⁹ per year'
    """
    if not values:
        raise DomainError("values must be given by name, as in numbers(peak=1.0); none was")
    given = {name: _number(value) for name, value in values.items()}
    shown = {name: _shown(name, number, unit, digits) for name, number in given.items()}
    for name, text in shown.items():
        _glue(name, text)
    return Numbers(shown, {name: number.label or name.replace("_", " ") for name, number in given.items()})


def format_number(value: float, digits: int = 3, unit: str = "") -> str:
    """``value`` at ``digits`` significant digits, powers of ten written out: 1.25e-08 -> 1.25 × 10⁻⁸."""
    text = f"{value:.{digits - 1}e}"
    mantissa, exponent = text.split("e")
    power = int(exponent)
    if -3 <= power <= 4:
        shown = f"{float(text):.{max(digits - 1 - power, 0)}f}"
    else:
        shown = f"{mantissa} × 10{str(power).translate(_SUPERSCRIPTS)}"
    shown = shown.replace("-", "−")
    return f"{shown} {unit}".strip()


def glue_number(name: str, value: float | str, digits: int = 3, unit: str = "") -> None:
    """Glue ``value`` under ``name`` without showing it; chapters show what they glue: :func:`numbers`."""
    _glue(name, value if isinstance(value, str) else format_number(float(value), digits, unit))


class Rerun(Markdown):
    """The box of :func:`rerun`: a MyST admonition for the site, which prefers Markdown, and HTML for a notebook."""

    def __init__(self, command: str, facts: str):
        super().__init__(f":::{{admonition}} Rerun this\n:class: tip\n```bash\n{command}\n```\n{facts}\n:::")
        self.html = f"<p><strong>Rerun this</strong></p><pre>{escape(command)}</pre><p>{escape(facts)}</p>"

    def _repr_mimebundle_(self, include=None, exclude=None):
        return {"text/plain": "Rerun this", "text/markdown": self.data, "text/html": self.html}


def rerun(chapter: str) -> Rerun:
    """The box that closes a chapter: the command that executes it again, its run time here, the versions used."""
    seconds = time.time() - psutil.Process().create_time()
    versions = ", ".join(f"{name} {version(name)}" for name in _PACKAGES)
    return Rerun(
        f".venv/bin/cnub chapter {chapter}",
        f"Run time of this page when it was built: {seconds:.0f} s, the start of its kernel included. "
        f"Versions: Python {platform.python_version()}, {versions}.",
    )


def _wrapping(text: str) -> str:
    """A number stays on one line, a sentence does not."""
    return ' class="words"' if len(text) > 40 else ""


def _number(value: Any) -> Number:
    if isinstance(value, Number):
        return value
    return Number(*value) if isinstance(value, tuple) else Number(value)


def _shown(name: str, number: Number, unit: str, digits: int) -> str:
    value = number.value
    own = unit if number.unit is None else number.unit
    if isinstance(value, str):
        return f"{value} {number.unit or ''}".strip()
    if isinstance(value, Integral) and not isinstance(value, bool):
        return f"{value} {own}".strip().replace("-", "−", 1)
    if not isinstance(value, Real):
        raise DomainError(f"{name} must be a number or a text; got {value!r}")
    wanted = integer("digits", digits if number.digits is None else number.digits, 1, 17)
    return format_number(finite(name, value), wanted, own)


def _glue(name: str, text: str) -> None:
    if get_ipython() is None:  # outside a notebook there is no prose
        return
    marked = {"scrapbook": {"name": name, "mime_prefix": _GLUED}}
    display({f"{_GLUED}text/plain": repr(text)}, raw=True, metadata=marked)  # unquoted, MyST-NB reads 1.50 as 1.5
