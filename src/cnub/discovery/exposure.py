"""What a discovery takes: rates over targets, the exposure for evidence, and how neutrino properties show up."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from scipy import special

from cnub.constants import AVOGADRO, KELVIN, METRE, YEAR
from cnub.domain import DomainError, finite_array, non_negative, one_of, positive, representable, within
from cnub.faces import later
from cnub.fluorescence.averages import SLOPES
from cnub.fluorescence.channels import Channel, open_channels
from cnub.fluorescence.decay import CONVENTIONS, dipole_moment
from cnub.fluorescence.rates import NATURE_FACTORS, event_rate
from cnub.fluorescence.reaction import FirstOrder, first_order
from cnub.fluorescence.target import NOMINAL, RANGES, Target
from cnub.oscillation import NATURES, ORDERINGS

brentq = later("scipy.optimize", "brentq")

RATES = (1e-100, 1e100)
"""Rates per year whose ratio a double holds."""
EDGES_M = (1e-9, 1e9)
"""Edges in m between which a target is searched: an atom's to beyond the Sun."""
FAINT = 0.01
"""Signal over background below which eight terms of a series are exact to rounding."""
MANY_COUNTS = 1e6
"""Background counts beyond which the likelihood ratio is as good as the Poisson sum (1e-3 in the exposure)."""


@dataclass(frozen=True)
class Exposure:
    """``years`` of running (exact Poisson), ``asimov_years`` (likelihood ratio), ``counts`` needed, ``method``."""

    years: float
    asimov_years: float
    counts: int
    method: str


@representable
def exposure_for_evidence(signal_per_year: float, background_per_year: float, sigma: float = 3.0) -> Exposure:
    """Years after which half of all experiments exclude background alone at ``sigma`` (one-sided).

    Counts are Poisson; the rates are per year, signal 1e-100 to 1e100, background 0 or in that range, sigma in [1, 8].
    Exact: the smallest count n with P(N >= n | b) <= p is reached with probability 1/2. Asimov:
    T = sigma^2/{2 [(s + b) ln(1 + s/b) - s]} (Cowan
    et al. 2011). Raises :class:`cnub.DomainError` outside.

    Source: G. Cowan et al., Eur. Phys. J. C 71 (2011) 1554.

    >>> print(exposure_for_evidence(signal_per_year=5.0, background_per_year=0.1).counts)
    2
    """
    s, b = within("signal_per_year", signal_per_year, *RATES), non_negative("background_per_year", background_per_year)
    if b:
        within("background_per_year", b, *RATES)
    p_value = special.ndtr(-within("sigma", sigma, 1.0, 8.0))
    asimov = sigma**2 / (2 * b * _information(s / b)) if b > 0 else 0.0

    if b * asimov > MANY_COUNTS:
        return Exposure(asimov, asimov, math.ceil((s + b) * asimov), "likelihood ratio, many counts")

    def excess(log_years):
        years = np.exp(log_years)
        return special.pdtrc(_threshold(b * years, p_value) - 1, (s + b) * years) - 0.5

    steps = np.linspace(math.log(1e-3 / (s + b)), math.log(10 * asimov + 10 / s), 800)
    first = int(np.argmax(excess(steps) >= 0))
    years = math.exp(brentq(excess, steps[first - 1], steps[first], xtol=1e-12))
    return Exposure(years, asimov, int(_threshold(b * years, p_value)), "Poisson counts, median experiment")


def _information(x):
    """(1 + x) ln(1 + x) - x, by its series where the difference cancels: sum of (-x)^k/(k (k - 1)) from k = 2."""
    if x > FAINT:
        return (1 + x) * math.log1p(x) - x
    return sum((-x) ** k / (k * (k - 1)) for k in range(2, 10))


def _threshold(mean, p_value):
    """Smallest n >= 1 with P(N >= n | mean) <= p_value."""
    mean = np.maximum(mean, 1e-300)
    n = np.fmax(1, np.ceil(special.pdtrik(1 - p_value, mean)) + 1)
    while (low := special.pdtrc(n - 1, mean) > p_value).any():  # 1 - p_value is rounded: at 8 sigma n is a few off
        n = n + low
    while (high := (n > 1) & (special.pdtrc(n - 2, mean) <= p_value)).any():
        n = n - high
    return n


@representable
def saturated_rate_per_year(
    chosen: Channel, target: Target, nature: str = "dirac", photon_slope: float = 1.0, dipole: float | None = None
) -> float:
    """Events per year on resonance with the reaction of the emitted photon (M1, free spins): what Eq. (22) leaves.

    The upper end of :func:`cnub.fluorescence.reaction.first_order`; unit vectors give half of it where first order has
    ended. ``photon_slope`` = d omega/dk at which light leaves, ``dipole`` in 1/eV (by default the paper's e/m_e).
    Raises :class:`cnub.DomainError` outside these ranges, and where the dipoles have no such ground state.

    Source: derived from the reaction of the emitted photon on the dipoles.

    >>> from cnub.fluorescence import NOMINAL, channel
    >>> print(f'{saturated_rate_per_year(channel("NO"), NOMINAL["M1"]):.0e}')
    9e-11
    """
    found = _domain(chosen, target, nature, photon_slope, dipole)
    if found.remains_high_per_year is None:
        raise DomainError(f"target must have a ground state without polarization; got {found.verdict}")
    return found.remains_high_per_year


@representable
def size_for_rate_m(
    chosen: Channel, target: Target, per_year: float = 1.0, nature: str = "dirac", photon_slope: float = 1.0
) -> float:
    """Edge in m of a cube of the matter of ``target`` that emits ``per_year`` photons, the yield taken at its size.

    The root of :func:`saturated_rate_per_year` in the edge, 1e-9 to 1e9 m: light leaves it at the rate s/L, so that the
    rate goes as L^3 while the light comes out and as L^2 beyond. Raises :class:`cnub.DomainError` outside these ranges
    and where no edge gives the rate.

    Source: derived from the reaction of the emitted photon on the dipoles.

    >>> from cnub.fluorescence import NOMINAL, Target, channel
    >>> edge_m = size_for_rate_m(channel("NO"), NOMINAL["M1"])
    >>> cube = Target(edge_m**3, NOMINAL["M1"].density_per_cm3, NOMINAL["M1"].coherence_time_s)
    >>> print(f'{edge_m:.0e}', f'{saturated_rate_per_year(channel("NO"), cube):.3f}')
    3e+05 1.000
    """
    wanted = math.log(within("per_year", per_year, *RATES))

    def excess(log_edge):
        cube = replace(target, volume_m3=math.exp(3 * log_edge))
        return math.log(saturated_rate_per_year(chosen, cube, nature, photon_slope)) - wanted

    low, high = (math.log(edge) for edge in EDGES_M)
    if excess(low) * excess(high) > 0:
        raise DomainError(
            f"per_year must be reached by an edge of {EDGES_M[0]:g} to {EDGES_M[1]:g} m; got {per_year:g}"
        )
    return math.exp(brentq(excess, low, high, xtol=1e-13))


def _domain(chosen, target, nature, photon_slope, dipole=None) -> FirstOrder:
    moment = dipole_moment("M1") if dipole is None else positive("dipole", dipole)
    factor = NATURE_FACTORS[one_of("nature", nature, NATURES)]
    return first_order("M1", chosen, target, moment, photon_slope=photon_slope, abundance=factor)


@representable
def events_table(
    volumes_m3: object, coherence_times_s: object, slopes: object, ordering: str = "NO", convention: str = "paper"
) -> pd.DataFrame:
    """Events per year of M1 fluorescence of the paper's channel, the gas average included, and what remains of them.

    One row per volume (m^3), coherence time (s) and d omega/dk; columns ``events_per_year`` (Eq. 22, thermal average)
    and ``saturated_per_year`` (:func:`saturated_rate_per_year`; NaN without such a ground state). Raises
    :class:`cnub.DomainError` unless all are > 0 and slopes <= 1.

    Source: derived from the M1 rate averaged over the gas.

    >>> table = events_table(volumes_m3=[27.0], coherence_times_s=[1e-8], slopes=[1.0])
    >>> print(len(table))
    1
    """
    one_of("convention", convention, CONVENTIONS)
    volumes = finite_array("volumes_m3", volumes_m3, *RANGES["volume_m3"]).ravel()
    rows = []
    for tau in finite_array("coherence_times_s", coherence_times_s, *RANGES["coherence_time_s"]).ravel():
        for slope in finite_array("slopes", slopes, SLOPES[0], 1.0).ravel():
            unit = event_rate(
                "M1", ordering, volume_m3=1.0, coherence_time_s=float(tau), average="thermal",
                photon_slope=float(slope), convention=convention,
            )  # fmt: skip
            for volume in volumes:
                target = Target(float(volume), AVOGADRO, float(tau))
                left = _domain(unit.channel, target, "dirac", float(slope)).remains_high_per_year
                rows.append((volume, tau, slope, unit.rate_per_year * volume, math.nan if left is None else left))
    columns = ["volume_m3", "coherence_time_s", "slope", "events_per_year", "saturated_per_year"]
    return pd.DataFrame(rows, columns=columns)


@representable
def signature_table(lightest_mass: float = 0.0, convention: str = "definition") -> pd.DataFrame:
    """Photon energy (eV), peak rate and what remains (per year, M1, nominal target) of every channel and nature.

    The peak is of first order; what remains is :func:`saturated_rate_per_year`, NaN where the dipoles have no such
    ground state. ``lightest_mass`` in eV, >= 0. What tells the hypotheses apart: which lines exist, where, and how
    strong. Raises :class:`cnub.DomainError` outside these ranges.

    Source: derived from the M1 rate on resonance.

    >>> table = signature_table()
    >>> print(len(table))
    12
    """
    rows = []
    for ordering in ORDERINGS:
        for c in open_channels(ordering, lightest_mass):
            for nature in NATURES:
                r = event_rate(
                    "M1", ordering, nature=nature, initial=c.initial, final=c.final, lightest_mass=lightest_mass,
                    convention=convention,
                )  # fmt: skip
                left = _domain(c, NOMINAL["M1"], nature, 1.0).remains_high_per_year
                rows.append((ordering, c.name, nature, c.photon_energy, c.final_speed, r.rate_per_year,
                             math.nan if left is None else left))  # fmt: skip
    columns = ["ordering", "channel", "nature", "photon_energy_eV", "final_speed", "peak_per_year", "remains_per_year"]
    return pd.DataFrame(rows, columns=columns)


@representable
def thermal_photons_per_year(energy: float, width: float, area_m2: float, temperature_K: float) -> float:
    """Black-body photons per year through ``area_m2`` within ``width`` of ``energy`` (eV) at ``temperature_K``.

    A w^2 dw/(4 pi^2) /(e^(w/T) - 1), both polarizations; all > 0. The background that no shielding removes. Raises
    :class:`cnub.DomainError` outside these ranges.

    Source: derived from Planck's law.

    >>> print(f"{thermal_photons_per_year(energy=0.025, width=6.6e-8, area_m2=54.0, temperature_K=4.9):.0f}")
    1
    """
    energy, width = positive("energy", energy), positive("width", width)
    occupation = 1 / math.expm1(min(energy / (positive("temperature_K", temperature_K) * KELVIN), 700.0))
    return _modes_per_year(energy, width, area_m2) * occupation


@representable
def coldness_needed_K(energy: float, width: float, area_m2: float, photons_per_year: float) -> float:
    """Temperature (K) of the surroundings below which at most ``photons_per_year`` (> 0) arrive.

    Inverse of :func:`thermal_photons_per_year`: ``energy`` and ``width`` in eV, ``area_m2`` in m^2. Raises
    :class:`cnub.DomainError` outside these ranges.

    Source: derived from Planck's law.

    >>> print(f"{coldness_needed_K(energy=0.025, width=6.6e-8, area_m2=54.0, photons_per_year=1.0):.1f}")
    4.9
    """
    modes = _modes_per_year(positive("energy", energy), positive("width", width), area_m2)
    return energy / KELVIN / math.log1p(modes / positive("photons_per_year", photons_per_year))


def _modes_per_year(energy, width, area_m2):
    return positive("area_m2", area_m2) * METRE**2 * energy**2 * width / (4 * math.pi**2) * YEAR
