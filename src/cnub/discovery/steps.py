"""The two headline numbers in steps: from what the sources print to what remains, one assumption at a time.

Each step is one call of the package with one thing changed, and one command that prints the number it comes from.
"""

from __future__ import annotations

import math
from dataclasses import asdict
from typing import Any

import pandas as pd

from cnub.constants import AVOGADRO
from cnub.domain import DomainError, non_negative, positive, refraction, representable, within
from cnub.fluorescence.averages import SLOPES
from cnub.fluorescence.channels import channel
from cnub.fluorescence.decay import phase_space_factor
from cnub.fluorescence.form_factors import form_factor
from cnub.fluorescence.rates import event_rate
from cnub.fluorescence.target import Target
from cnub.grazing.halfspace import decay_lengths, halfspace_excess, talk_asymmetry
from cnub.sphere import density_excess
from cnub.sphere.born import unit_ball

_OPTIONS = {
    "lightest_mass": "lightest-mass", "volume_m3": "volume", "density_per_cm3": "density",
    "coherence_time_s": "coherence-time", "average": "average", "photon_slope": "photon-slope", "D_k": "D-k",
    "form_factor": "form-factor",
}  # fmt: skip
"""Parameters of ``event_rate`` as ``cnub rate`` calls them."""
_DEFAULTS = {"lightest_mass": 0.0, "volume_m3": 27.0, "coherence_time_s": 1e-8, "density_per_cm3": AVOGADRO}
"""What ``cnub rate`` takes of an M1 target when it is not told."""


@representable
def fluorescence_steps(
    ordering: str = "NO",
    lightest_mass: float = 0.0,
    volume_m3: float = 27.0,
    density_per_cm3: float = AVOGADRO,
    coherence_time_s: float = 1e-8,
    photon_slope: float = 1e-3,
) -> pd.DataFrame:
    """M1 events per year from Eq. (22) as printed to what remains, a row per step.

    Columns ``step``; ``low`` and ``value``, events per year, which differ where unit vectors and a free spin do;
    ``factor``, ``value`` over that of the row before; ``assumption``; ``command`` and the ``key`` of its JSON that has
    the number. ``lightest_mass`` in eV; ``photon_slope`` d omega/dk of the slow light, 1e-12 to 1. The gas is averaged
    over an endless target: its spread is wider than what the size does to the phases, which then takes nothing. Raises
    :class:`cnub.DomainError` outside these ranges, and where the dipoles have no such ground state.

    Source: Eqs. (22), (23) of 2507.10868v1; derived from the reaction of the emitted photon on the dipoles.

    >>> table = fluorescence_steps()
    >>> print(f"{table.value.iloc[0]:.1f} -> {table.value.iloc[-1]:.0e}")
    5.1 -> 9e-11
    """
    slope = within("photon_slope", photon_slope, SLOPES[0], 1.0)
    target = Target(volume_m3, density_per_cm3, coherence_time_s)
    chosen = channel(ordering, lightest_mass=lightest_mass)
    asked: dict[str, Any] = {"lightest_mass": non_negative("lightest_mass", lightest_mass)} | asdict(target)
    depth: dict[str, Any] = {"D_k": phase_space_factor(chosen)}
    whole = depth | {"form_factor": form_factor("M1")}
    gas, slow = {"average": "thermal"}, {"average": "thermal", "photon_slope": slope}
    slowed = whole | slow | {"D_k": phase_space_factor(chosen, slope)}
    rate, left = "rate_per_year", "remains_high_per_year"
    kept = event_rate("M1", ordering, **asked).domain.finite_share
    plan = [
        ("as printed, Eq. (23)", "every neutrino on resonance; D_k = f = 1", {}, rate, 1.0),
        ("D_k by definition", "1/[d(ω + E_j)/dk] in place of 1", depth, rate, 1.0),
        ("f by definition", "polarized spins, |σ||d| = e/m_e", whole, rate, 1.0),
        ("finite size", "a photon leaves before the coherence ends", whole, rate, kept),
        ("the gas", "Fermi-Dirac momenta; endless target", whole | gas, rate, 1.0),
        ("slow light, structured", "flat band; one harmonic has all of a photon's field", slowed, rate, 1.0),
        ("slow light, stored", "the field of a quantum falls with the slope", slowed, rate, slope),
        ("reaction of the photon", "all orders in its coupling, same slow light", slow, left, 1.0),
        ("what remains", "light as in vacuum, every neutrino on resonance", {}, left, 1.0),
    ]  # fmt: skip
    return _table([_step(ordering, asked, *planned) for planned in plan])


def _step(ordering, asked, name, assumption, changed, key, scale):
    options = asked | changed
    found = event_rate("M1", ordering, **options).row()
    if found[key] is None:
        raise DomainError(f"density_per_cm3 must leave the dipoles a ground state; got {found['density_per_cm3']:g}")
    words = [
        f"cnub rate --transition M1 --ordering {ordering}",
        *(_word(*option) for option in options.items()),
        "--json",
    ]
    low = found["remains_low_per_year"] if key.startswith("remains") else found[key]
    return name, low * scale, found[key] * scale, assumption, " ".join(filter(None, words)), key


def _word(option, value):
    """As the command line calls it, nothing for its default."""
    if _DEFAULTS.get(option) == value:
        return ""
    return f"--{_OPTIONS[option]} {value if isinstance(value, str) else f'{value:.10g}'}"


@representable
def earth_steps(kR: float = 1.7e10, delta: float = 2.5e-8) -> pd.DataFrame:
    """Size of the density excess of one species at the Earth's surface, from the flat claim to the round sum.

    Columns as in :func:`fluorescence_steps`; values are |dn/n_0|. ``kR`` of the ball, ``delta`` > 0, taken as -delta
    where one k is asked (a repelling ball has no resonances). Raises :class:`cnub.DomainError` outside these ranges.

    Source: talk, 'Enhanced asymmetry and gradient'; talk, 'Overdensity'; derived from the first Born order.

    >>> print(f"{earth_steps().value.iloc[-1]:.3e}")
    1.250e-08
    """
    size, tilt = positive("kR", kR), refraction("delta", positive("delta", delta))
    scale = math.sqrt(2 * tilt)
    grazing = f"cnub patch --kappa {1 / (math.sqrt(2) * size * tilt**1.5):.6g} --length inf"
    printed = talk_asymmetry(0.0, decay_lengths()["1/e height"]) / 2
    ball = f"cnub sphere --kR {size:.10g} --delta {-tilt:.10g}"
    plan = [
        ("flat, as printed", printed * scale, "what comes up through the ground is uniform", "cnub claims"),
        (
            "flat, no trapped waves", 2 / 3 * scale, "states trapped under the surface are empty",
            f"{grazing} --filling-length 0",
        ),
        ("flat, all states filled", abs(halfspace_excess(-tilt, 0.0)), "isotropic flux at one energy", grazing),
        ("round, exact sum", abs(density_excess(size, -tilt).density_excess), "one k, all partial waves", ball),
        ("round, closed form", tilt * abs(float(unit_ball(size, 0.0))), "first Born order", f"{ball} --method born"),
    ]  # fmt: skip
    return _table([(name, size, size, why, f"{command} --json", "density_excess") for name, size, why, command in plan])


def _table(rows) -> pd.DataFrame:
    table = pd.DataFrame(rows, columns=["step", "low", "value", "assumption", "command", "key"])
    table.insert(3, "factor", (table["value"] / table["value"].shift()).fillna(1.0))
    return table
