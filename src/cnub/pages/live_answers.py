"""What the live explorers answer to a choice: numbers, a picture, and the command and the call that give the same.

Nothing is looked up: each choice is a call of the package. See :mod:`cnub.pages.live` for the controls.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Any

import numpy as np
import pandas as pd

from cnub.constants import METRE
from cnub.discovery.steps import fluorescence_steps
from cnub.domain import DomainError
from cnub.forces.ground import earth
from cnub.forces.surface import asymmetry
from cnub.matter import critical_angle
from cnub.pages.explorer_tables import FLAT, tuned_lines
from cnub.pages.live_pictures import NEED, as_svg, draw_lines, draw_profile, draw_steps
from cnub.pages.numbers import format_number
from cnub.pages.steps import steps_table
from cnub.relic import mean_momentum, number_density_per_cm3

SLOWEST = 7.5
"""kR |delta|^1.5 up to which the sum over a round Earth at one momentum takes milliseconds; beyond, up to minutes."""
_SPELLED = {"height_m": "height", "ground": "material", "length_m": "length", "filling_length_m": "filling-length",
            "coherence_time_s": "coherence-time", "volume_m3": "volume", "density_per_cm3": "density"}  # fmt: skip
"""Parameters that the command line calls otherwise."""
_BEST = 12
"""Lines that the table of candidates shows."""


@dataclass(frozen=True)
class Answer:
    """What a choice leads to: ``numbers`` by what they are, a ``picture`` (SVG), the command, the call, more HTML."""

    numbers: dict[str, float]
    picture: str
    command: str
    call: str
    more: str = ""


def above_ground(
    mass: float, state: str, ground: str, nature: str, waves: str, momentum: float, gas: bool,
    height_m: float, length_m: float, filling_length_m: float,
) -> Answer:  # fmt: skip
    """Neutrinos minus antineutrinos above the ground, by :func:`cnub.forces.ground.earth`.

    ``waves`` is a shape of that function or a state of :func:`cnub.forces.surface.asymmetry`; ``momentum`` is over the
    mean, and none of the ``gas``; the lengths are those of a patch. Raises :class:`cnub.DomainError` as they do, and
    where the sum at one momentum would keep its reader waiting.
    """
    asked: dict[str, Any] = {"mass": mass, "state": state, "ground": ground, "nature": nature}
    if gas:
        asked["gas"] = True
    elif momentum != 1:
        asked["momentum"] = momentum * mean_momentum()
    if waves in FLAT.values():
        return _flat(waves, asked, height_m)
    asked["shape"] = waves
    if waves == "patch":
        asked |= {"length_m": length_m, "filling_length_m": filling_length_m}
    if waves == "round" and not gas:
        _refuse_slow(asked)
    return _steady(asked, height_m)


def _refuse_slow(asked: dict[str, Any]) -> None:
    criterion = earth(**asked | {"shape": "flat"}).criterion
    if criterion > SLOWEST:
        raise DomainError(
            f"momentum must leave kR |delta|^1.5 below {SLOWEST:g} for a sum at once; got {criterion:.3g}, where waves "
            "are trapped: ask `cnub earth`, which may take minutes, or take the gas"
        )


def _steady(asked: dict[str, Any], height_m: float) -> Answer:
    chosen = asked | {"height_m": height_m}
    found = earth(**chosen)
    numbers = {
        "neutrinos − antineutrinos (cm⁻³)": found.asymmetry_per_cm3,
        "density excess of neutrinos": found.density_excess,
        "acceleration of a body (cm/s²)": found.acceleration_cm_s2,
    }
    if asked["shape"] == "patch":
        curves = {name: _filling(state, found.delta, found.momentum_eV) for name, state in _AROUND.items()}
        heights = _in_grazing_units(found.delta, found.momentum_eV)
    else:
        heights = np.geomspace(1e-5, 0.09, 24) if "gas" in asked else _in_waves(found.momentum_eV)
        curves = {"": partial(_at, tuple(asked.items()))}
    picture = as_svg(draw_profile, curves, heights, height_m, found.asymmetry_per_cm3)
    return Answer(numbers, picture, command("earth", chosen), call(earth, chosen))


@lru_cache(maxsize=4096)
def _at(asked: tuple, height_m: float) -> float:
    """Kept, so that a choice of another height does not draw its curve anew."""
    return earth(**dict(asked), height_m=height_m).asymmetry_per_cm3


_AROUND = {"flat, all filled": "filled", "flat, trapped empty": "empty plane"}
"""Flat ground between whose states a patch has its own, by the name of the curve."""


def _flat(waves: str, asked: dict[str, Any], height_m: float) -> Answer:
    if "gas" in asked:
        raise DomainError("gas must be off over flat ground that is not filled: it is computed at one momentum")
    seen = earth(**asked, shape="flat")
    delta, k = seen.delta, seen.momentum_eV * METRE
    given = {"state": waves, "delta": delta, "height": k * height_m}
    profile = _filling(waves, delta, seen.momentum_eV)
    value = profile(height_m)
    heights = _in_grazing_units(delta, seen.momentum_eV)
    picture = as_svg(draw_profile, {"": profile}, heights, height_m, value)
    code = f"{call(asymmetry, given)} * {number_density_per_cm3()!r}"
    return Answer({"neutrinos − antineutrinos (cm⁻³)": value}, picture, shell(code), code)


def _filling(state: str, delta: float, momentum: float) -> Callable[[float], float]:
    """(height in m) -> neutrinos minus antineutrinos per cm^3 over flat ground in a ``state``."""
    return lambda height: number_density_per_cm3() * asymmetry(state, delta, momentum * METRE * height)


def _in_waves(momentum: float) -> np.ndarray:
    """Heights in m, over which the density swings with twice the wave number: some periods of it."""
    return np.concatenate([np.geomspace(1e-2, 1.0, 20), np.linspace(1.1, 25.0, 150)]) / (momentum * METRE)


def _in_grazing_units(delta: float, momentum: float) -> np.ndarray:
    """Heights in m, where the waves near grazing give the scale."""
    return np.geomspace(1e-3, 20.0, 50) / (momentum * METRE * critical_angle(delta))


def rate_in_steps(
    ordering: str, lightest_mass: float, volume_m3: float, density_per_cm3: float, coherence_time_s: float,
    photon_slope: float,
) -> Answer:  # fmt: skip
    """Photons a year from Eq. (22) to what remains, by :func:`cnub.discovery.steps.fluorescence_steps`.

    Raises :class:`cnub.DomainError` as that does.
    """
    asked: dict[str, Any] = {
        "ordering": ordering, "lightest_mass": lightest_mass, "volume_m3": volume_m3,
        "density_per_cm3": density_per_cm3, "coherence_time_s": coherence_time_s, "photon_slope": photon_slope,
    }  # fmt: skip
    table = fluorescence_steps(**asked)
    numbers = dict(zip(table["step"], map(float, table["value"]), strict=True))
    words = command("rate", {"transition": "M1"} | asked | {"average": "thermal"})
    more = f"<details><summary>Each step with its command</summary>{steps_table(table, 'photons per year')}</details>"
    return Answer(numbers, as_svg(draw_steps, table), words, call(fluorescence_steps, asked), more)


def real_lines(
    means: str, channel: str, largest: float, heaviest: float, volume_m3: float, coherence_time_s: float
) -> Answer:
    """Real lines that meet a ``channel`` ("" any) by a field up to ``largest`` T or a mass up to ``heaviest`` eV.

    By :func:`cnub.discovery.ranking.survey`; raises :class:`cnub.DomainError` as that does, and where no line is left.
    """
    limit = largest if means == "field" else heaviest
    asked: dict[str, Any] = {
        "means": means, "largest": limit, "channel": channel, "volume_m3": volume_m3,
        "coherence_time_s": coherence_time_s,
    }  # fmt: skip
    found = tuned_lines(**asked)
    if found.empty:
        raise DomainError(f"{means} must reach a line of this channel; up to {limit:g} there is none")
    numbers = dict(zip(found["species"] + ", " + found["line"], map(float, found["rate"]), strict=True))
    code = call(tuned_lines, asked)
    return Answer(numbers, as_svg(draw_lines, found, means), shell(code), code, _table(found.head(_BEST), means))


def _table(found: pd.DataFrame, means: str) -> str:
    titles = ("species", "line", "channel", NEED[means], "remains (per year)")
    head = "".join(f'<th scope="col">{title}</th>' for title in titles)
    rows = "".join(
        f'<tr><th scope="row">{row.species}</th><td>{row.line}</td><td>{row.channel}</td>'
        f"<td>{format_number(row.need, 3)}</td><td>{format_number(row.rate, 2)}</td></tr>"
        for row in found.itertuples()
    )
    return f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"


def command(name: str, asked: dict[str, Any]) -> str:
    """The subcommand ``name`` that is asked with these parameters, from the root of the repository."""
    words = (
        f"--{_SPELLED.get(option, option.replace('_', '-'))}" + ("" if value is True else f" {value}")
        for option, value in asked.items()
    )
    return f".venv/bin/cnub {name} {' '.join(words)}"


def shell(code: str) -> str:
    """The command that prints what ``code`` (a line that imports, an expression) gives; its texts hold no quote."""
    printed = code.replace("\n", "; print(").replace("'", '"') + ")"
    return f".venv/bin/python -c '{printed}'"


def call(function: Callable, asked: dict[str, Any]) -> str:
    """The import and the call of a function with these arguments, on two lines."""
    given = ", ".join(f"{name}={value!r}" for name, value in asked.items() if value != math.inf)
    return f"from {function.__module__} import {function.__name__}\n{function.__name__}({given})"
