"""The files of a figure: SVG, PNG, PDF and CSV, byte for byte the same each time; each says how it was made."""

from __future__ import annotations

import io
import json
import shlex
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING

import matplotlib as mpl
import pandas as pd
from matplotlib.figure import Figure as Canvas
from matplotlib.mathtext import MathTextParser

from cnub import __version__
from cnub.figures import style, svg
from cnub.figures.dark import GROUND, darken
from cnub.figures.narrow import make_narrow

if TYPE_CHECKING:
    from cnub.figures.registry import Figure

FORMATS = ("svg", "png", "pdf")
VERSION = f"cnub {__version__}"
ABOUT = "-metadata.json"
"""What is appended to the name of a CSV file for the file that describes it (W3C, 'Metadata Vocabulary for Tabular
Data', 2015): the table itself stays readable by anything that reads CSV."""


def command(
    chosen: Figure, parameters: dict[str, object], suffix: str = "svg", *, narrow: bool = False, dark: bool = False
) -> str:
    """The command that makes the figure again; of its ``parameters`` those that are not the defaults.

    >>> from cnub.figures import find
    >>> command(find("stodolsky-torque"), {"nucleons": 100.0, "radius_cm": 1.0})
    'cnub figure stodolsky-torque -p nucleons=100.0 --out stodolsky-torque.svg'
    """
    defaults = chosen.parameters()
    given = (f"-p {name}={shlex.quote(str(v))}" for name, v in parameters.items() if v != defaults[name])
    looks = ["--narrow"] * narrow + ["--dark"] * dark
    return " ".join((f"cnub figure {chosen.id}", *given, *looks, f"--out {chosen.id}.{suffix}"))


def render(
    chosen: Figure,
    table: pd.DataFrame,
    kind: str,
    parameters: dict[str, object] | None = None,
    *,
    narrow: bool = False,
    dark: bool = False,
) -> bytes:
    """The figure of ``table`` as ``kind`` (one of ``FORMATS``), with id, parameters and version in its metadata.

    ``narrow`` is the layout for a phone, ``dark`` the colours for a dark ground.
    """
    values = chosen.parameters() | (parameters or {})
    about = _metadata(chosen, values, command(chosen, values, narrow=narrow, dark=dark))
    stream = io.BytesIO()
    with drawn(chosen, table, values, narrow=narrow, dark=dark) as canvas:
        canvas.savefig(stream, format=kind, metadata=about[kind])
    written = stream.getvalue()
    return svg.tidy(written.decode()).encode() if kind == "svg" else written


@contextmanager
def drawn(
    chosen: Figure, table: pd.DataFrame, values: dict[str, object], *, narrow: bool = False, dark: bool = False
) -> Iterator[Canvas]:
    """The drawing of ``table`` in the one look of all figures, which holds within the context."""
    looks = style.SETTINGS | (style.ON_A_PHONE if narrow else {}) | (GROUND if dark else {})
    with mpl.rc_context(), _formulas_read_once():
        mpl.rcdefaults()
        mpl.rcParams.update(looks)
        canvas = chosen.canvas(table, values | {"narrow": narrow})
        if narrow:
            make_narrow(canvas)
        if dark:
            darken(canvas)
        yield canvas


def csv(table: pd.DataFrame) -> str:
    """The table as CSV with one line of column names."""
    return table.to_csv(index=False, lineterminator="\n")


def csv_metadata(chosen: Figure, table: pd.DataFrame, name: str, parameters: dict[str, object]) -> str:
    """The description of the CSV file called ``name``: what it shows, its columns, how it was made."""
    about = {
        "@context": "http://www.w3.org/ns/csvw",
        "url": name,
        "dc:identifier": chosen.id,
        "dc:title": chosen.summary,
        "dc:source": VERSION,
        "notes": [{"parameters": parameters, "command": command(chosen, parameters)}],
        "tableSchema": {"columns": [{"titles": str(c), "datatype": _datatype(table[c])} for c in table.columns]},
    }
    return json.dumps(about, indent=1, ensure_ascii=False) + "\n"


def _datatype(column: pd.Series) -> str:
    return {"f": "double", "i": "integer", "u": "integer", "b": "boolean"}.get(column.dtype.kind, "string")


def _metadata(chosen: Figure, values: dict[str, object], again: str) -> dict[str, dict[str, str | None]]:
    made = ", ".join(f"{name}={value}" for name, value in values.items())
    text = f"{chosen.id}({made}), {again}"
    svg = {"Date": None, "Creator": VERSION, "Title": chosen.summary, "Identifier": chosen.id, "Description": text}
    png = {"Software": VERSION, "Title": chosen.summary, "Description": text}
    pdf = {"CreationDate": None, "Producer": None, "Creator": VERSION, "Title": chosen.summary, "Subject": text}
    return {"svg": svg, "png": png, "pdf": pdf}


@contextmanager
def _formulas_read_once() -> Iterator[None]:
    """Matplotlib keeps the last 50 formulas of one drawing, and reads for a third of its time what others have, too."""
    own = getattr(MathTextParser, "_parse_cached", None)  # not public: without it figures are drawn as slowly as before
    if own is None:
        yield
        return
    MathTextParser._parse_cached = lambda parser, *formula: _read(own, parser._output_type, *formula)
    try:
        yield
    finally:
        MathTextParser._parse_cached = own


@cache
def _read(parse: Callable, output: str, *formula: object) -> object:
    """A formula in a font and size as glyphs and boxes, for drawings in "vector" or "raster"."""
    return parse(MathTextParser("path" if output == "vector" else "agg"), *formula)
