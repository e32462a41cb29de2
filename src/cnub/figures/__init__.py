"""Every figure of the book: parameters -> tidy table -> Matplotlib figure, under a stable id."""

from __future__ import annotations

import importlib
from pathlib import Path

import pandas as pd

from cnub.domain import DomainError, one_of
from cnub.figures.files import ABOUT, FORMATS, csv, csv_metadata, render
from cnub.figures.registry import REGISTRY, Figure
from cnub.figures.rendered import Rendered
from cnub.output import check_writable, is_standard_output, write_bytes, write_text

CHAPTERS: tuple[str, ...] = (
    "intro",
    "answer_in_steps",
    "relic_neutrinos",
    "relic_sky",
    "relic_sky_spectrum",
    "tritium_capture_sketch",
    "tritium_capture",
    "coherent_enhancement",
    "coherent_scatterers",
    "coherent_ideas",
    "opher_reflection_sketch",
    "opher_reflection",
    "stodolsky_effect",
    "sensitivity",
    "spherical_scattering_sketch",
    "spherical_scattering",
    "spherical_scattering_earth",
    "spherical_scattering_cost",
    "spherical_scattering_gas",
    "spherical_scattering_closer",
    "spherical_scattering_criterion",
    "spherical_scattering_reasons",
    "spherical_scattering_trapped",
    "spherical_scattering_tail",
    "criterion",
    "flattened_earth",
    "flattened_earth_waves",
    "flattened_earth_patch",
    "flattened_earth_switched",
    "flattened_earth_places",
    "flattened_earth_real",
    "parametric_fluorescence_sketch",
    "parametric_fluorescence",
    "parametric_fluorescence_finite",
    "parametric_fluorescence_gas",
    "slow_light",
    "slow_light_recovery",
    "slow_light_media",
    "slow_light_scanning",
    "enhancement",
    "superradiance",
    "discovery_sketch",
    "discovery",
    "discovery_lines",
    "discovery_witnesses",
    "nonlinear_optics",
    "benchmarks",
)
"""The modules of figures, one per chapter, in the order of the book."""

__all__ = ["CHAPTERS", "FORMATS", "Figure", "Rendered", "catalogue", "find", "save", "show"]


def catalogue() -> dict[str, Figure]:
    """All figures by id, in the order of the book.

    Source: definition of the figures.

    >>> print("sphere-earth" in catalogue())
    True
    """
    for chapter in CHAPTERS:
        importlib.import_module(f"cnub.figures.{chapter}")
    place = {f"cnub.figures.{chapter}": number for number, chapter in enumerate(CHAPTERS)}
    return dict(sorted(REGISTRY.items(), key=lambda entry: place[entry[1].table.__module__]))


def find(id: str) -> Figure:
    """The figure called ``id``; raise :class:`cnub.DomainError` naming the known ones if there is none.

    Source: definition of the figures.

    >>> print(find("sphere-earth").chapter)
    spherical_scattering
    """
    known = catalogue()
    return known[one_of("figure", id, known)]


def show(id: str, **parameters: object) -> Rendered:
    """Compute and draw the figure ``id`` for a notebook; parameters as listed by ``cnub figures``.

    Raises :class:`cnub.DomainError` outside these ranges.

    Source: definition of the figures.
    """
    return find(id)(**parameters)


def save(
    id: str,
    path: str | Path,
    data: str | Path | None = None,
    *,
    narrow: bool = False,
    dark: bool = False,
    **parameters: object,
) -> list[Path]:
    """Write the figure ``id`` to ``path`` (.svg, .png or .pdf) and, if asked, its table to ``data`` (.csv).

    ``narrow`` is the layout for a phone, ``dark`` the colours for a dark ground.
    Beside a ``data`` that is a regular file goes its description, ``<data>-metadata.json``: parameters and version.
    Returns the paths written. Raises :class:`cnub.DomainError` on a path that cannot be written.

    Source: definition of the figures.
    """
    path = Path(path)
    kind = path.suffix.lstrip(".").lower()
    if kind not in FORMATS:
        raise DomainError(f"out must end in {', '.join('.' + f for f in FORMATS)}; got {str(path)!r}")
    check_writable("out", path)
    if data is not None:
        check_writable("data", data)
    chosen = find(id)
    values = chosen.checked(parameters)
    table = chosen.compute(**values)
    write_bytes("out", path, render(chosen, table, kind, values, narrow=narrow, dark=dark))
    return [path] if data is None else [path, *_save_table(chosen, table, Path(data), values)]


def _save_table(chosen: Figure, table: pd.DataFrame, data: Path, parameters: dict[str, object]) -> list[Path]:
    write_text("data", data, csv(table))
    if is_standard_output(data) or not data.is_file():  # or a pipe, or a device
        return [data]
    about = data.with_name(data.name + ABOUT)
    write_text("data", about, csv_metadata(chosen, table, data.name, chosen.parameters() | parameters))
    return [data, about]
