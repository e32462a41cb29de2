"""The search for a material: each real line at its real density, matched to a channel, and what the target then emits.

The rate is the sum rule, N times the golden rule of one dipole (:func:`cnub.fluorescence.sum_rule.single_dipole_rate`)
times |<v|2 S|g>|^2 (:mod:`cnub.discovery.matching`), times the photons per excitation
(:func:`cnub.fluorescence.reaction.target_yield`). It is what a best case emits: all dipoles in the lower sublevel of
the line, every site filled, no light absorbed. The table says where that is known to fail.
"""

from __future__ import annotations

import math
from dataclasses import replace
from functools import partial

import numpy as np
import pandas as pd

from cnub.constants import BOHR_MAGNETON, CENTIMETRE
from cnub.discovery.candidates import lines
from cnub.discovery.matching import Match, by_field, by_mass, strength_known
from cnub.discovery.materials import materials
from cnub.discovery.zeeman import WAVENUMBER
from cnub.domain import representable
from cnub.fluorescence.channels import open_channels
from cnub.fluorescence.polariton import collective_coupling
from cnub.fluorescence.reaction import MEAN_COUPLING, target_yield
from cnub.fluorescence.sum_rule import single_dipole_rate
from cnub.fluorescence.target import NOMINAL, Target
from cnub.mass_bounds import BOUNDS, mass_sum
from cnub.oscillation import NUFIT_RELEASE, ORDERINGS

EMPTY = {
    "field_channel": "",
    "field_T": math.nan,
    "field_kind": "",
    "lowest": "",
    "mass_channel": "",
    "lightest_mass_eV": math.nan,
    "mass_sum_eV": math.nan,
    "rate_per_year": math.nan,
}


@representable
def survey(volume_m3: float = 27.0, coherence_time_s: float = 1e-8, nufit: str = NUFIT_RELEASE) -> pd.DataFrame:
    """Every line, ranked by the photons per year that remain at its density in ``volume_m3``, with a verdict.

    Of the matches by field (up to 45 T, massless lightest neutrino) and by mass (no field, below KATRIN's bound) each
    the one of the highest rate; ``rate_per_year`` is the higher of the two, ``orders_short`` the powers of ten between
    it and one per year (NaN: no match, or density or strength not known); ``nufit`` is the release of the oscillation
    parameters. Raises :class:`cnub.DomainError` outside
    these ranges.

    Source: derived from the published lines in candidates.csv and the sum rule.

    >>> table = survey()
    >>> print((table.orders_short.dropna() > 0).all())
    True
    """
    bulk = Target(volume_m3, NOMINAL["M1"].density_per_cm3, coherence_time_s)
    known = lines().drop(columns="note").merge(materials(), on="species", validate="many_to_one")
    known["note"] = lines()["note"].fillna("")
    table = pd.concat([known, pd.DataFrame([_matched(row, bulk, nufit) for row in known.itertuples()])], axis=1)
    table["strength_known"] = [strength_known(row) for row in table.itertuples()]
    table["orders_short"] = -np.log10(table["rate_per_year"])
    table["verdict"] = [verdict(row) for row in table.itertuples()]
    return table.sort_values("rate_per_year", ascending=False, na_position="last", ignore_index=True)


def _matched(row, bulk: Target, nufit: str) -> dict:
    if row.dipole != "M1":
        return EMPTY
    found, rates = dict(EMPTY), []
    for matches, shown in (
        (by_field(row, nufit), _shown_field),
        (by_mass(row, nufit), partial(_shown_mass, nufit=nufit)),
    ):
        if matches:
            rated = [(remains_per_year(match, row.density_per_cm3, bulk), match) for match in matches]
            rate, best = max(rated, key=lambda one: (np.nan_to_num(one[0]), -one[1].field_T, -one[1].lightest_mass))
            found |= shown(best)
            rates.append(rate)
    return found | {"rate_per_year": max(rates, default=math.nan)}


def _shown_field(best: Match) -> dict:
    lowest = {True: "lowest", False: "raised", None: "not known"}[best.lowest]
    return {"field_channel": _named(best), "field_T": best.field_T, "field_kind": best.kind, "lowest": lowest}


def _shown_mass(best: Match, nufit: str) -> dict:
    total = mass_sum(best.chosen.ordering, best.lightest_mass, nufit)
    return {"mass_channel": _named(best), "lightest_mass_eV": best.lightest_mass, "mass_sum_eV": total}


def _named(best: Match) -> str:
    return f"{best.chosen.ordering} {best.chosen.name}"


def remains_per_year(match: Match, density_per_cm3: float, bulk: Target) -> float:
    """Photons per year of a target of ``density_per_cm3``, else like ``bulk``; NaN for NaN."""
    if not (np.isfinite(density_per_cm3) and np.isfinite(match.spin2)):
        return math.nan
    target, chosen = replace(bulk, density_per_cm3=density_per_cm3), match.chosen
    dipole = BOHR_MAGNETON * math.sqrt(match.moment2 * MEAN_COUPLING["M1"])
    coupling = collective_coupling(density_per_cm3 / CENTIMETRE**3, dipole, chosen.photon_energy)
    number = density_per_cm3 * 1e6 * target.volume_m3
    return number * single_dipole_rate(chosen) * match.spin2 * target_yield(chosen, target, coupling)


def verdict(row) -> str:
    """One line on a row of :func:`survey`: what it is short of, and what stands against it."""
    if row.dipole == "E1":
        return "electric dipole: not what a neutrino drives with the spin"
    if row.dipole == "none":
        return row.note
    if not (row.field_channel or row.mass_channel):
        return _unmatched(row)
    parts = [said for said, holds in _against(row) if holds]
    if np.isfinite(row.rate_per_year):
        return "; ".join([f"short by 10^{row.orders_short:.0f}", *parts])
    return "; ".join(["strength not known" if np.isfinite(row.density_per_cm3) else "density not known", *parts])


def _against(row) -> list[tuple[str, bool]]:
    """What stands against a matched line, and whether it does."""
    by_mass_only = not row.field_channel
    return [
        ("at most, strength not known", row.strength_known == "at most"),
        ("sublevel raised by the field, to be filled", row.lowest == "raised"),
        ("sum of masses above DESI's bound", by_mass_only and row.mass_sum_eV >= BOUNDS["DESI"].value),
        ("inverted ordering: sum above DESI's bound", row.field_channel.startswith("IO")),
        ("lower level to be filled and kept", row.lower_per_cm > 0),
        (row.transparency, row.transparency != "not known"),
    ]


def _unmatched(row) -> str:
    """How far from the nearest channel, and whether a field could help."""
    nearest = min(
        abs(c.photon_energy / WAVENUMBER - row.wavenumber_per_cm) for o in ORDERINGS for c in open_channels(o)
    )
    field = "out of reach of 45 T" if row.magnetons > 0 else "its shift in a field not known"
    return f"above every channel it could meet, the nearest {nearest:.2g} per cm away; {field}"


def shortfall(table: pd.DataFrame) -> pd.Series:
    """The row of :func:`survey` that is short of one photon a year by the fewest powers of ten."""
    return table.loc[table["orders_short"].idxmin()]
