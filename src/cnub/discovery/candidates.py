"""Real lines against the photon energies of the neutrino channels.

The table ``candidates.csv`` holds energies and published A coefficients with their sources. For an atomic line without
one the LS-coupling value is used, which needs L, S and J only; for another with known ``magnetons`` the rate of one
dipole of that size, an order of magnitude. Radiative lifetimes are far beyond 10 ns: the surroundings set the
coherence time.

How well the numbers are known: ``source`` is the work cited for the energy, ``second_source`` where it was found once
more, to the digits named there. Where that is empty the last digit rests on the citation alone. An energy and its
published A coefficient also check each other, A ~ w^3. Crystal-field and magnon energies shift with host, doping and
temperature by a few per cent. ``dipole`` is "M1", "E1" (no line that a neutrino drives with the spin) or "none".

``magnetons`` is the largest Zeeman shift of a component over mu_B B, g'm' - g m with Lande's g for a pure term; its
lower sublevel is not always the lowest in the field. Empty where the shift is not linear or not known.
``dipole_magnetons`` is what the published A says: the root of the line strength per lower state, in mu_B.
"""

from __future__ import annotations

import math
import re
from importlib.resources import files

import numpy as np
import pandas as pd

from cnub.constants import BOHR_MAGNETON, SECOND
from cnub.discovery.scanning import zeeman_field_T
from cnub.discovery.zeeman import STRONGEST_FIELD_T, WAVENUMBER
from cnub.domain import DomainError, integer, non_negative, one_of, positive, representable, within
from cnub.fluorescence.channels import channel, open_channels
from cnub.oscillation import NUFIT_RELEASE, ORDERINGS

HEAVIEST_LIGHTEST = 1.0
"""Upper end in eV of the lightest masses that are searched; the KATRIN bound is below."""


@representable
def m1_strength(L: float, S: float, J: float) -> float:
    """Line strength of J <-> J - 1 in LS coupling, units of mu_B^2, g_s = 2.

    (J - L + S)(J + L - S)(L + S + 1 + J)(L + S + 1 - J)/(4 J) (Shortley 1940). Raises :class:`cnub.DomainError` unless
    |L - S| < J <= L + S.
    """
    L, S, J = non_negative("L", L), non_negative("S", S), positive("J", J)
    if not abs(L - S) < J <= L + S:
        raise DomainError(f"J must be > |L - S| = {abs(L - S):g} and <= L + S = {L + S:g}; got {J:g}")
    return (J - L + S) * (J + L - S) * (L + S + 1 + J) * (L + S + 1 - J) / (4 * J)


@representable
def m1_decay_rate(energy: float, strength: float, degeneracy: int) -> float:
    """A coefficient in 1/s of an M1 line of ``energy`` (eV) and ``strength`` (mu_B^2) from a ``degeneracy``-fold level.

    w^3 S/(3 pi g_k) in natural units, mu_B = e/(2 m_e) with e^2 = 4 pi alpha.
    """
    energy, strength = positive("energy", energy), positive("strength", strength)
    natural = energy**3 * strength * BOHR_MAGNETON**2 / (3 * math.pi * integer("degeneracy", degeneracy, 1))
    return natural * SECOND


def lines() -> pd.DataFrame:
    """The table: energy and lower level (meV), A coefficient (1/s), lifetime (s) and its origin, magnetons, source.

    A lower level above zero has to be populated first; the ground state of the fluorescence is then that level.

    Source: derived from the publications that each line of candidates.csv names.

    >>> print("source" in lines().columns)
    True
    """
    with (files("cnub.discovery") / "candidates.csv").open() as stream:
        table = pd.read_csv(stream)
    table.insert(3, "energy_meV", table["wavenumber_per_cm"] * WAVENUMBER * 1e3)
    table.insert(4, "lower_meV", table["lower_per_cm"] * WAVENUMBER * 1e3)
    computed = [_ls_rate(row) for row in table.itertuples()]
    table["ls_A_per_s"] = computed
    estimate = [_dipole_rate(row) for row in table.itertuples()]
    table["A_per_s"] = table["published_A_per_s"].fillna(table["ls_A_per_s"]).fillna(pd.Series(estimate))
    table["lifetime_s"] = 1 / table["A_per_s"]
    table["dipole_magnetons"] = [_dipole_magnetons(row) for row in table.itertuples()]
    published, coupled = table["published_A_per_s"].notna(), table["ls_A_per_s"].notna()
    table["lifetime_source"] = np.where(published, "published", np.where(coupled, "LS coupling", "one dipole"))
    table.loc[table["A_per_s"].isna(), "lifetime_source"] = ""
    return table


def resonant_mass(ordering: str, initial: int, final: int, energy: float, nufit: str = NUFIT_RELEASE) -> float | None:
    """Lightest mass (eV) at which ``initial`` -> ``final`` emits ``energy`` (eV), light as in vacuum; None if never.

    Searched up to 1 eV; the photon energy falls with the lightest mass. ``nufit`` is the release of the oscillation
    parameters. Raises :class:`cnub.DomainError` outside these
    ranges.

    Source: derived from the photon energy of a neutrino at rest.

    >>> mass = resonant_mass("NO", 3, 1, energy=0.02)
    >>> from cnub.fluorescence import channel
    >>> print(f'{channel("NO", 3, 1, mass).photon_energy:.4f}')
    0.0200
    """
    one_of("ordering", ordering, ORDERINGS)
    energy = positive("energy", energy)
    initial, final = integer("initial", initial, 1, 3), integer("final", final, 1, 3)

    at_rest = channel(ordering, initial, final, nufit=nufit)
    # omega = (m_i^2 - m_j^2)/(2 m_i), and m_i^2 - m_j^2 does not depend on the lightest mass.
    heavier = at_rest.photon_energy * at_rest.initial_mass / energy
    square = (heavier - at_rest.initial_mass) * (heavier + at_rest.initial_mass)
    return math.sqrt(square) if 0 <= square <= HEAVIEST_LIGHTEST**2 else None


def tuning(ordering: str, lightest_mass: float, nufit: str = NUFIT_RELEASE) -> pd.DataFrame:
    """Every line against every open channel: shift (meV) to resonance, the Zeeman field for it (T), the resonant mass.

    The field is the linear estimate from ``magnetons`` (NaN without them); the exact one of an LS term is
    :func:`cnub.discovery.zeeman.resonant_fields`.
    ``within_reach`` if the field is at most 45 T. A flat band needs no such shift: it needs its own energy on the line.
    ``lightest_mass`` in eV, in [0, 1]. Raises :class:`cnub.DomainError` outside these ranges.

    Source: derived from the photon energy of a neutrino at rest.

    >>> table = tuning("NO", lightest_mass=0.0)
    >>> print("within_reach" in table.columns)
    True
    """
    mass = within("lightest_mass", lightest_mass, 0.0, HEAVIEST_LIGHTEST)
    rows = []
    for row in lines().itertuples():
        for c in open_channels(ordering, mass, nufit):
            shift = c.photon_energy - row.energy_meV * 1e-3
            field = zeeman_field_T(max(abs(shift), 1e-30), row.magnetons) if row.magnetons > 0 else math.nan
            energy = row.energy_meV * 1e-3
            at = resonant_mass(ordering, c.initial, c.final, energy, nufit) if energy > 0 else None
            rows.append((row.species, row.transition, row.energy_meV, c.name, c.photon_energy * 1e3, shift * 1e3, field,
                         field <= STRONGEST_FIELD_T, np.nan if at is None else at))  # fmt: skip
    columns = ["species", "transition", "energy_meV", "channel", "photon_meV", "shift_meV", "field_T", "within_reach"]
    return pd.DataFrame(rows, columns=[*columns, "resonant_lightest_mass_eV"])


def transition_levels(transition: str) -> tuple[float, float]:
    """J of the lower and the upper level from a label that ends in "J-J'", such as "2P 1/2-3/2" or "N,J 1,2-3,3"."""
    found = re.findall(r"(\d+(?:/\d)?)(?=-|$)", str(transition))
    if len(found) < 2:
        raise DomainError(f"transition must end in two levels as in 2P 1/2-3/2; got {transition!r}")
    return _number(found[-2]), _number(found[-1])


def _ls_rate(row):
    if not np.isfinite(row.J_larger):
        return np.nan
    # An inverted multiplet decays from the lower J of the pair.
    lower, upper = transition_levels(row.transition)
    strength = m1_strength(row.L, row.S, max(lower, upper))
    return m1_decay_rate(row.wavenumber_per_cm * WAVENUMBER, strength, round(2 * upper + 1))


def _dipole_rate(row):
    energy = row.wavenumber_per_cm * WAVENUMBER
    return m1_decay_rate(energy, row.magnetons**2, 1) if energy > 0 and row.magnetons > 0 else np.nan


def _dipole_magnetons(row):
    if row.dipole != "M1" or not np.isfinite(row.published_A_per_s):
        return np.nan
    lower, upper = transition_levels(row.transition)
    one = m1_decay_rate(row.wavenumber_per_cm * WAVENUMBER, 1.0, round(2 * upper + 1))
    return math.sqrt(row.published_A_per_s / one / (2 * lower + 1))


def _number(text):
    top, _, bottom = text.partition("/")
    return float(top) / float(bottom or 1)
