"""What the explorers look up: answers of the package on the grids of their choices."""

from __future__ import annotations

import itertools
from functools import cache, lru_cache, partial
from typing import Any

import numpy as np
import pandas as pd

from cnub.constants import AVOGADRO, EARTH_RADIUS_M, HBAR_EV_S, METRE
from cnub.discovery.ranking import survey
from cnub.discovery.steps import fluorescence_steps
from cnub.domain import one_of
from cnub.fluorescence.channels import channel, channel_words
from cnub.fluorescence.polariton import finite_share
from cnub.fluorescence.rates import event_rate
from cnub.forces.surface import asymmetry
from cnub.matter import critical_angle, material, potential
from cnub.relic import mean_momentum, number_density_per_cm3, size_parameter
from cnub.sphere.born import unit_ball
from cnub.sphere.thermal import gas_profile

MASSES_EV = [0.01, 0.02, 0.05, 0.1, 0.15, 0.2, 0.3, 0.45]
MOMENTA = {label: float(label) * mean_momentum() for label in ("0.5", "1", "2")}
"""In eV, by what they are over the mean."""
STATES = ["nu_e", "nu_mu", "nu_1", "nu_2", "nu_3"]
GROUNDS = ["crust", "water", "iron", "lead"]
HEIGHTS_M = [1e-5, 1e-4, 1e-3, 1e-2, 0.1, 1.0, 10.0]
FLAT = {"flat, from above only": "downgoing flux", "flat, trapped empty": "empty plane"}
"""Fillings of the waves over flat ground, by the name of their state in :mod:`cnub.forces.surface`."""
LIGHTEST_EV = [0.0, 0.01, 0.03, 0.1]
LIFETIMES_S = [1e-9, 1e-8, 1e-6]
SLOPES = [0.1, 1e-3, 1e-5]
VOLUMES_M3 = [1, 27, 1000]
DENSITIES = [1e18, 1e20, 1e22, AVOGADRO]
STEPS = (
    "as printed", "D_k by definition", "f by definition", "finite size", "the gas", "slow, structured", "slow, stored",
    "with the reaction", "remains at most",
)  # fmt: skip
"""Short names of the steps of :func:`cnub.discovery.steps.fluorescence_steps`, in its order."""
SMALL_DELTA = -1e-10
"""At which shapes that do not depend on it are taken."""


def asymmetry_constants() -> dict[str, Any]:
    """What scales the shapes: potentials in eV, delta per potential, wave numbers per metre, density per cm^3."""
    potentials = {
        f"{state} {ground}": potential(material(ground), state.removeprefix("nu_"))
        for state in STATES for ground in GROUNDS
    }  # fmt: skip
    per_potential = {
        f"{mass} {label}": _refraction(mass, momentum)
        for mass in MASSES_EV for label, momentum in MOMENTA.items()
    }  # fmt: skip
    per_metre = {label: momentum * METRE for label, momentum in MOMENTA.items()}
    return {"potential": potentials, "per_potential": per_potential, "per_metre": per_metre,
            "momentum": MOMENTA, "density_per_cm3": number_density_per_cm3()}  # fmt: skip


@cache
def asymmetry_rows() -> pd.DataFrame:
    """Shapes: kind, mass, momentum p, x and f. x is a height in m or, over flat ground, in grazing units."""
    near = np.unique(np.concatenate([np.geomspace(1e-5, 1e-2, 80), np.linspace(5e-5, 1e-2, 200), HEIGHTS_M[:4]]))
    tables = []
    for label, momentum in MOMENTA.items():
        shape = unit_ball(size_parameter(EARTH_RADIUS_M, momentum), momentum * METRE * near)
        tables.append(pd.DataFrame({"kind": "round", "p": label, "x": near, "f": shape}))
    smooth = np.unique(np.concatenate([np.geomspace(1e-5, 1e-2, 80), HEIGHTS_M[:4]]))  # ten times as high, ten as slow
    for mass in MASSES_EV:
        value, _ = gas_profile(smooth, partial(_refraction, mass))
        tables.append(pd.DataFrame({"kind": "gas", "mass": mass, "x": smooth, "f": 2 * np.asarray(value)}))
    units = np.geomspace(1e-5, 20.0, 160)
    angle = critical_angle(SMALL_DELTA)
    for kind, state in FLAT.items():
        grazing = [asymmetry(state, SMALL_DELTA, unit / angle) / angle for unit in units]
        tables.append(pd.DataFrame({"kind": kind, "x": units, "f": grazing}))
    return pd.concat(tables)[["kind", "mass", "p", "x", "f"]].map(_six)


@cache
def rate_rows() -> pd.DataFrame:
    """A row for each choice: photons a year at each of :data:`STEPS`; none where the dipoles have no ground state."""
    chosen: list[tuple] = []
    for ordering, mass, lifetime, slope in itertools.product(("NO", "IO"), LIGHTEST_EV, LIFETIMES_S, SLOPES):
        thin = fluorescence_steps(ordering, mass, VOLUMES_M3[1], DENSITIES[0], lifetime, slope)["value"].to_numpy()
        speed = channel(ordering, lightest_mass=mass).final_speed
        for volume, density in itertools.product(VOLUMES_M3, DENSITIES):
            values = thin[:7] * (volume / VOLUMES_M3[1]) * (density / DENSITIES[0]) ** 2
            values[3] = values[2] * finite_share(HBAR_EV_S / lifetime, METRE * volume ** (1 / 3), speed)
            target = (ordering, mass, volume, density, lifetime)
            last = [_remains(*target, photon_slope=slope, average="thermal"), _remains(*target)]
            rounded = [value if value is None else float(f"{value:.3g}") for value in (*values, *last)]
            chosen.append((ordering, mass, lifetime, slope, volume, density, *rounded))
    return pd.DataFrame(chosen, columns=["ordering", "mass", "lifetime", "slope", "volume", "dipoles", *STEPS])


def candidate_rows(volume_m3: float = 27.0, coherence_time_s: float = 1e-8) -> pd.DataFrame:
    """Real lines that meet a channel: by a field in T, by the lightest mass in eV."""
    found = survey(volume_m3, coherence_time_s)
    tables = []
    for means, name, need in (("field", "field_channel", "field_T"), ("mass", "mass_channel", "lightest_mass_eV")):
        part = found[(found[name] != "") & found[name].notna() & found["rate_per_year"].gt(0)]
        tables.append(pd.DataFrame({
            "means": means, "species": part["species"], "line": part["transition"],
            "channel": part[name].map(channel_words), "ordering": part[name].str[:2],
            "need": part[need], "rate": part["rate_per_year"],
        }))  # fmt: skip
    return pd.concat(tables).map(_six)


def tuned_lines(
    means: str, largest: float, channel: str = "", volume_m3: float = 27.0, coherence_time_s: float = 1e-8
) -> pd.DataFrame:
    """Of :func:`candidate_rows` what needs at most ``largest`` of ``means`` for a ``channel`` ("" any), best first.

    ``means`` is "field", in T, or "mass", in eV. Raises :class:`cnub.DomainError` outside the ranges of the survey, and
    for other ``means``.
    """
    rows = _candidates(volume_m3, coherence_time_s)
    chosen = (rows["means"] == one_of("means", means, ("field", "mass"))) & (rows["need"] <= largest)
    chosen &= (rows["channel"] == channel) | (channel == "")
    return rows[chosen].sort_values("rate", ascending=False, ignore_index=True)


_candidates = lru_cache(maxsize=32)(candidate_rows)


@cache
def _remains(ordering: str, mass: float, volume: float, density: float, lifetime: float, **slow: Any) -> Any:
    """With the digits that the command prints. Kept: in vacuum it is asked again for each slope."""
    target = {"lightest_mass": mass, "volume_m3": volume, "density_per_cm3": density, "coherence_time_s": lifetime}
    return event_rate("M1", ordering, **(target | slow)).row()["remains_high_per_year"]


def _refraction(mass: float, momentum: Any) -> Any:
    """delta per potential of a Dirac neutrino of any speed v, as in `cnub.forces.ground`: E (1 + v) is E + p."""
    return -(np.hypot(mass, momentum) + momentum) / momentum**2


def _six(cell: object) -> object:
    return float(f"{cell:.6g}") if isinstance(cell, float) else cell
