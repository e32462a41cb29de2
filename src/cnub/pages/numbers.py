"""What a chapter shows besides its figures: numbers glued into the prose, and the box "rerun this"."""

from __future__ import annotations

import platform
import time
from importlib.metadata import version

import psutil
from IPython.display import Markdown
from myst_nb import glue

_PACKAGES = ("cnub", "numpy", "scipy", "numba", "matplotlib")
_SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


class _Number:
    def __init__(self, text: str):
        self.text = text

    def _repr_mimebundle_(self, include=None, exclude=None):
        return {"text/plain": self.text}


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
    """Glue ``value`` under ``name`` for ``{glue:text}`name``` in the prose: a number in the text is never typed."""
    text = value if isinstance(value, str) else format_number(float(value), digits, unit)
    glue(name, _Number(text), display=False)


def rerun(chapter: str) -> Markdown:
    """The box that closes a chapter: the command that executes it again, its run time here, the versions used."""
    seconds = time.time() - psutil.Process().create_time()
    versions = ", ".join(f"{name} {version(name)}" for name in _PACKAGES)
    return Markdown(
        f":::{{admonition}} Rerun this\n:class: tip\n"
        f"```bash\n.venv/bin/cnub chapter {chapter}\n```\n"
        f"Run time of this page when it was built: {seconds:.0f} s, the start of its kernel included. "
        f"Versions: Python {platform.python_version()}, {versions}.\n:::"
    )
