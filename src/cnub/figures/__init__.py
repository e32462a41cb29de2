"""Every figure of the book: parameters -> tidy table -> Matplotlib figure, under a stable id."""

from __future__ import annotations

import importlib
import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import matplotlib as mpl
import matplotlib.figure
import pandas as pd

from cnub.domain import DomainError, one_of
from cnub.figures import style
from cnub.figures.registry import REGISTRY, Figure
from cnub.output import check_writable, write_bytes, write_text

CHAPTERS: tuple[str, ...] = (
    "intro",
    "relic_neutrinos",
    "coherent_enhancement",
    "opher_reflection",
    "stodolsky_effect",
    "spherical_scattering",
    "spherical_scattering_reasons",
    "spherical_scattering_runs",
    "flattened_earth",
    "flattened_earth_patch",
    "flattened_earth_real",
    "parametric_fluorescence",
    "slow_light",
    "slow_light_scanning",
    "enhancement",
    "discovery",
    "nonlinear_optics",
)
"""The modules of figures, one per chapter, in the order of the book."""

FORMATS = ("svg", "png", "pdf")
_PLAIN_METADATA = {
    "svg": {"Date": None, "Creator": None},
    "png": {"Software": None},
    "pdf": {"CreationDate": None, "Creator": None, "Producer": None},
}

__all__ = ["CHAPTERS", "FORMATS", "Figure", "Rendered", "catalogue", "find", "save", "show"]


def catalogue() -> dict[str, Figure]:
    """All figures by id, in the order of the book."""
    for chapter in CHAPTERS:
        importlib.import_module(f"cnub.figures.{chapter}")
    return dict(REGISTRY)


def find(id: str) -> Figure:
    """The figure called ``id``; raise :class:`cnub.DomainError` naming the known ones if there is none."""
    known = catalogue()
    return known[one_of("figure", id, known)]


class Rendered:
    """A drawn figure as a notebook shows it: SVG, byte for byte the same at every build."""

    def __init__(self, svg: str, table: pd.DataFrame):
        self.svg = svg
        self.table = table

    def _repr_mimebundle_(self, include=None, exclude=None):
        return {"image/svg+xml": self.svg}


def show(id: str, **parameters: object) -> Rendered:
    """Compute and draw the figure ``id`` for a notebook; parameters as listed by ``cnub figures``."""
    chosen = find(id)
    table = chosen.compute(**parameters)
    return Rendered(_render(chosen, table, "svg").decode(), table)


def save(id: str, path: str | Path, data: str | Path | None = None, **parameters: object) -> None:
    """Write the figure ``id`` to ``path`` (.svg, .png or .pdf) and, if asked, its table to ``data`` (.csv)."""
    path = Path(path)
    kind = path.suffix.lstrip(".").lower()
    if kind not in FORMATS:
        raise DomainError(f"out must end in {', '.join('.' + f for f in FORMATS)}; got {str(path)!r}")
    check_writable("out", path)
    if data is not None:
        check_writable("data", data)
    chosen = find(id)
    table = chosen.compute(**parameters)
    write_bytes("out", path, _render(chosen, table, kind))
    if data is not None:
        write_text("data", Path(data), table.to_csv(index=False))


@contextmanager
def _style() -> Iterator[None]:
    with mpl.rc_context():
        mpl.rcdefaults()
        mpl.rcParams.update(style.SETTINGS)
        yield


def _render(chosen: Figure, table: pd.DataFrame, kind: str) -> bytes:
    with _style():
        canvas: mpl.figure.Figure = chosen.draw(table)
        stream = io.BytesIO()
        canvas.savefig(stream, format=kind, metadata=_PLAIN_METADATA[kind])
    return stream.getvalue()
