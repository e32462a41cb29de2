"""Claims of the paper and of the talk's slides on parametric fluorescence: rates, lifetimes, averages."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from cnub.claims.ledger import paper, talk
from cnub.claims.parametric_fluorescence import EXACT
from cnub.claims.parametric_fluorescence_factors import equal_lives
from cnub.claims.scalings import (
    coherence_exponent,
    line_peak_ratio,
    matched_group_velocity,
    photon_exponent,
    rate_exponent,
)
from cnub.constants import CENTIMETRE, FERMI_CONSTANT, METRE, YEAR
from cnub.fluorescence.amplitude import total_amplitude
from cnub.fluorescence.averages import PAPER_MOMENTUM_SPREAD, line_shape, paper_suppression, thermal_resonance
from cnub.fluorescence.channels import channel
from cnub.fluorescence.decay import dipole_moment, phase_space_factor
from cnub.fluorescence.kinematics import intersections
from cnub.fluorescence.polariton import finite_share
from cnub.fluorescence.rates import NEUTRINO_DENSITY_PER_CM3, event_rate
from cnub.fluorescence.target import NOMINAL, Target

_SLOW = 0.1
"""A group velocity for comparison."""
_DEPTH = "With D_k = 1; the text's D_k = 2 doubles the rate, the half of its definition halves it."


def _first_order(transition: str, ordering: str) -> str:
    """What the quoted number leaves out, measured."""
    found = event_rate(transition, ordering)
    domain = found.domain
    bound = "As a formula: first order in the coupling g of a photon to all dipoles, which holds for 2g/Gamma_v below "
    bound += f"one; here it is {domain.over_coupling:.0e}"
    if not domain.ground_state_exists:
        return (
            f"{bound}, g/omega is {found.over_energy:.3g}, and free dipoles of that density, static susceptibility "
            f"{domain.static_susceptibility:.2g}, would polarize each other: there is no such ground state."
        )
    return (
        f"{bound}; {domain.remains_low_per_year:.1g} to {domain.remains_high_per_year:.1g} per year remain "
        "(paper-peak-saturated)."
    )


def _rate(transition: str, ordering: str, **options: object) -> Callable[[], float]:
    return lambda: event_rate(transition, ordering, **options).rate_per_year


def _on(target: Target) -> Callable[[], float]:
    return _rate("M1", "NO", volume_m3=target.volume_m3, coherence_time_s=target.coherence_time_s)


def _kept(target: Target, photon_slope: float = 1.0) -> float:
    return finite_share(target.width, target.volume_m3 ** (1 / 3) * METRE, photon_slope=photon_slope)


def _ratio(upper: tuple[str, str], lower: tuple[str, str]) -> float:
    return event_rate(*upper).rate_per_year / event_rate(*lower).rate_per_year


def _photon_share() -> float:
    return (channel("IO").photon_energy / channel("NO").photon_energy) ** photon_exponent("M1")


def displayed_cap() -> float:
    """G_F^2 n_d^2 d^2 omega^3/Delta p^2 times n_nu V, per year, as displayed."""
    target, dipole = NOMINAL["M1"], dipole_moment("M1")
    amplitude = FERMI_CONSTANT * target.density_per_cm3 / CENTIMETRE**3 * dipole / PAPER_MOMENTUM_SPREAD
    neutrinos = NEUTRINO_DENSITY_PER_CM3 / CENTIMETRE**3 * target.volume_m3 * METRE**3
    return neutrinos * amplitude**2 * channel("NO").photon_energy ** 3 * YEAR


_QUOTED_RATES = (
    ("E1", "NO", "4e-8", "Eq. (18)"),
    ("E1", "IO", "7e-15", "Eq. (19)"),
    ("M1", "NO", "5", "Eq. (23)"),
    ("M1", "IO", "9e-4", "Eq. (24)"),
)


def _quoted_rate(transition: str, ordering: str, **options: object) -> dict[str, object]:
    """As the text has it, and with the correction that the NO rates need."""
    note = partial(_first_order, transition, ordering)
    if ordering == "IO":
        depth = phase_space_factor(channel("IO"))
        return {"compute": _rate(transition, "IO", D_k=depth, **options), "note": lambda: f"{_slow()} {note()}"}
    plain, corrected = (_rate(transition, "NO", D_k=depth, **options) for depth in (2.0, 1.0))
    return {"compute": plain, "corrected": corrected, "correction": _DEPTH, "note": note}


def _slow() -> str:
    return f"D_k by definition, {phase_space_factor(channel('IO')):.2f}, and the text's half for a slow nu_1."


_EVENTS = [
    *(
        make(
            f"rate-{transition}-{ordering}".lower(), place,
            f"event rate, {transition}, {ordering}, first order", quoted,
            by=event_rate, unit="/yr", printed=f"~ {quoted} /yr",
            **_quoted_rate(transition, ordering),
        )
        for transition, ordering, quoted, equation in _QUOTED_RATES
        for make, place in ((paper, equation), (talk, f"The {transition} rate"))
    ),
    paper(
        "rate-majorana", "Abstract, below Eq. (24)", "event rate, M1, NO, Majorana, first order", "10",
        by=event_rate, unit="/yr", printed="~ 10 /yr", **_quoted_rate("M1", "NO", nature="majorana"),
    ),
    paper(
        "rate-first-principles", "Eq. (23)", "event rate, M1, NO, every factor computed: D_k = 1/2, f_theta = 1/3",
        "5",
        _rate("M1", "NO", D_k=0.5, form_factor=1 / 3), event_rate, unit="/yr", approximate=True,
        note="Polarized spins, |sigma_vg| |d_gv| = e/m_e.",
    ),
    paper(
        "io-over-no", "below Eq. (19)", "E1 rate in IO over NO, small because of the photon energy", "1.75e-7",
        lambda: event_rate("E1", "IO").rate_per_year / event_rate("E1", "NO").rate_per_year, event_rate,
        printed="7e-15/4e-8", approximate=True,
    ),
    paper(
        "io-over-no-m1", "Eqs. (23), (24)", "M1 rate in IO over NO", "1.8e-4",
        lambda: _ratio(("M1", "IO"), ("M1", "NO")), event_rate, printed="9e-4/5", approximate=True,
    ),
    talk(
        "io-over-no", "The M1 rate", "M1 rate in IO over NO: small because of the photon's energy", "1.8e-4",
        lambda: _ratio(("M1", "IO"), ("M1", "NO")), event_rate, printed="9e-4/5", approximate=True,
        note=lambda: f"The photon's energy alone makes {_photon_share():.1e} of it; mixing and D_k take a part back.",
    ),
    talk(
        "m1-over-e1", "The M1 rate", "M1 over E1 rate, NO: E1 is suppressed by the atomic size", "1.25e8",
        lambda: _ratio(("M1", "NO"), ("E1", "NO")), event_rate, printed="5/4e-8", approximate=True,
        note=lambda: f"Independent of D_k. Of this, {(NOMINAL['M1'].width / NOMINAL['E1'].width) ** -2:.0f} is the "
        f"longer coherence time, {1 / equal_lives():.1e} the atom's size less its larger dipole.",
    ),
    talk(
        "m1-over-e1-io", "The M1 rate", "M1 over E1 rate, IO", "1.3e11",
        lambda: _ratio(("M1", "IO"), ("E1", "IO")), event_rate, printed="9e-4/7e-15", approximate=True,
    ),
    paper(
        "finite-size", "Eq. (23)", "share of Eq. (23) that a target of 3 m keeps, to first order: the text's delta "
        "function of momentum asks for an endless one", "1",
        lambda: _kept(NOMINAL["M1"]), finite_share, approximate=True,
        note=lambda: "The photon leaves the target in the time that the level lives, so that neither can build up the "
        f"full resonance. Vacuum light; at a slope of {_SLOW:g} it is {_kept(NOMINAL['M1'], _SLOW):.2f}.",
    ),
]  # fmt: skip

_AVERAGE_NOTE = (
    "Momentum eigenstates of a stationary gas do not interfere: the Lorentzian is averaged, which leaves a fraction of "
    "order Gamma_v/Delta p, not its square."
)

_AVERAGES = [
    paper(
        "cap-formula", "below Eq. (24)", "capped event rate, (Gamma_v/Delta p)^2 of the peak, Delta p = 1e-4 eV",
        "2e-6",
        _rate("M1", "NO", average="paper", D_k=2.0), paper_suppression, unit="/yr",
        correction=_DEPTH, corrected=_rate("M1", "NO", average="paper", D_k=1.0),
    ),
    paper(
        "cap-displayed", "below Eq. (24)", "n_nu V times the displayed G_F^2 n_d^2 d^2 omega^3/Delta p^2, Delta p = "
        "1e-4 eV", "2e-6",
        displayed_cap, None, unit="/yr", approximate=True,
        note="The quoted number is that of Eq. (22) with Delta p for Gamma_v (paper-cap-formula); what is displayed "
        "drops the mixing and 2/pi.",
    ),
    paper(
        "cap-exact", "below Eq. (24)", "event rate averaged over the Fermi-Dirac gas, exact kinematics", "2e-6",
        _rate("M1", "NO", average="thermal"), thermal_resonance, unit="/yr", approximate=True,
        note=_AVERAGE_NOTE,
    ),
    paper(
        "cap-exponent", "below Eq. (24)", "exponent of the averaged rate against tau_v: the cap does not contain "
        "it", "0",
        lambda: rate_exponent("M1", "coherence_time_s", "thermal"), thermal_resonance, tolerance=EXACT,
        note=_AVERAGE_NOTE + " So a longer coherence time still helps, linearly.",
    ),
    talk(
        "cap-talk", "Monoenergetic requirement", "maximal rate with the momentum spread", "2e-6",
        _rate("M1", "NO", average="paper", D_k=2.0), paper_suppression, unit="/yr",
        correction=_DEPTH, corrected=_rate("M1", "NO", average="paper", D_k=1.0),
    ),
    talk(
        "resonance-talk", "The E1 transition rate", "level energy at the maximum of the line, over E_i - E_j' at "
        "rest", "1",
        line_peak_ratio, line_shape, tolerance=1e-3,
        note=lambda: f"The gas moves the maximum by {line_peak_ratio() - 1:.0e} of the energy.",
    ),
    talk(
        "group-velocity-talk", "Monoenergetic requirement", "V_g = d omega/dk at the vacuum intersection", "1",
        matched_group_velocity, intersections, tolerance=EXACT, definition=True,
        note="The slide defines V_g; that it is also what shrinks the spread is in talk-momentum-dispersion's "
        "neighbours.",
    ),
    talk(
        "coherent-talk", "Coherent photon emission", "exponent of |M_tot|^2 against N, phases matched", "2",
        lambda: coherence_exponent(0.0), total_amplitude, tolerance=EXACT, definition=True,
        note="At q = 0 it is a sum of equal terms.",
    ),
    paper(
        "spin-factor-io", "Eqs. (19), (24)", "quoted E1 rate in IO over ours from the traces: the factor for a slow "
        "nu_1 that it contains", "0.5",
        lambda: 7e-15 / event_rate("E1", "IO", convention="definition").rate_per_year, event_rate,
        note="That it is there, not that it should be; see paper-slow-halving.",
    ),
]  # fmt: skip

CLAIMS = [*_EVENTS, *_AVERAGES]
