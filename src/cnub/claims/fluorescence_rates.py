"""Claims of the paper and of the talk's slides on parametric fluorescence: rates, lifetimes, averages."""

from __future__ import annotations

from collections.abc import Callable

from cnub.claims.fluorescence import EXACT, row
from cnub.constants import BOHR_MAGNETON, BOHR_RADIUS
from cnub.fluorescence.amplitude import total_amplitude
from cnub.fluorescence.averages import line_shape, thermal_resonance
from cnub.fluorescence.channels import channel, spin_factor
from cnub.fluorescence.closed_form import dipole_moment, phase_space_factor
from cnub.fluorescence.form_factors import form_factor, phase_space_rate
from cnub.fluorescence.kinematics import intersections
from cnub.fluorescence.rates import event_rate, paper_suppression
from cnub.fluorescence.scalings import (
    coherence_exponent,
    estimate_ratio,
    line_peak_ratio,
    matched_group_velocity,
    phase_space_ratio,
    photon_exponent,
    rate_exponent,
    spin_ratio,
)
from cnub.fluorescence.target import LATER_LARGE, LATER_SMALL, Target, spontaneous_lifetime_s

_DEPTH = "With D_k = 1; the text's D_k = 2 doubles the rate, the 1/2 of its definition halves it."
_FIRST_ORDER = "First order in the photon's coupling to all dipoles, which ends at 3e13/cm^3 (paper-peak-saturated)."
_SLOW = "D_k by definition, 0.98, and the text's factor 1/2 for a slow nu_1."


def _rate(transition: str, ordering: str, **options: object) -> Callable[[], float]:
    return lambda: event_rate(transition, ordering, **options).rate_per_year


def _on(target: Target) -> Callable[[], float]:
    return _rate("M1", "NO", volume_m3=target.volume_m3, coherence_time_s=target.coherence_time_s)


def _lifetime_ns(transition: str) -> float:
    return 1e9 * spontaneous_lifetime_s(channel("NO").photon_energy, dipole_moment(transition))


def bohr_suppression() -> float:
    """m_i^2 a_0^2 at m_i = 0.05 eV."""
    return (0.05 * BOHR_RADIUS) ** 2


_RATES = [
    row(
        "eq17-closed", "Eqs. (15)-(17)", "Eq. (16) integrated numerically over Eq. (17), D_k and f_theta as "
        "defined", "1",
        lambda: phase_space_ratio("E1", "NO"), phase_space_rate, tolerance=EXACT,
    ),
    row(
        "eq22-closed", "Eqs. (16), (21), (22)", "Eq. (16) integrated numerically over Eq. (22)", "1",
        lambda: phase_space_ratio("M1", "NO"), phase_space_rate, tolerance=EXACT,
    ),
    row(
        "slow-halving", "below Eq. (17)", "rate of a slow nu_1 (nu_2 -> nu_1, IO) over Eq. (17)", "0.5",
        lambda: spin_ratio("IO"), spin_ratio,
        note="Averaged over the spin of nu_i and summed over that of nu_j, |j^0|^2 = 4 m_i E_j' at any mass: the "
        "rate is not "
        "reduced. Both helicities of a slow nu_1 contribute half each; Eqs. (19) and (24) contain the 1/2.",
    ),
    row(
        "form-e1", "below Eq. (17)", "f_theta of E1, polarized dipoles, of order one", "1",
        lambda: form_factor("E1", "polarized"), form_factor, approximate=True,
        note="1/15 for dipoles along one axis: cos^2 sin^2 averaged over the photon's directions.",
    ),
    row(
        "form-e1-isotropic", "below Eq. (17)", "f_theta of E1, isotropic uniform medium: not O(1)", "0",
        lambda: form_factor("E1", "isotropic"), form_factor, tolerance=EXACT,
        note="q is along k, across the polarisation; a periodic density lifts the zero, as the paper says.",
    ),
    row(
        "form-m1", "below Eq. (22)", "f_theta of M1, of order one", "1",
        lambda: form_factor("M1", "spin flip"), form_factor, approximate=True,
        note="1/3 for polarized spins, 1/9 for an isotropic medium.",
    ),
    row(
        "lifetime-e1", "below Eq. (17)", "spontaneous lifetime of the E1 level", "1",
        lambda: _lifetime_ns("E1"), spontaneous_lifetime_s, unit="ns", approximate=True,
        note="1 ns belongs to optical energies; at 0.025 eV, d = e a_0, dipole radiation takes 0.06 s. The width of "
        "the "
        "level is then set by the medium.",
    ),
    row(
        "lifetime-m1", "below Eq. (22)", "lifetime of the M1 level, taken conservatively", "10",
        lambda: _lifetime_ns("M1"), spontaneous_lifetime_s, unit="ns", approximate=True,
        note="Spontaneous emission alone, d = e/m_e at 0.025 eV, takes 10^3 s; 10 ns is an assumption on the medium.",
    ),
    row(
        "bohr-radius", "Sec. II", "suppression m_i^2 a_0^2 of E1", "1e-10",
        bohr_suppression, None, approximate=True,
    ),
    row(
        "magneton", "below Eq. (22)", "e/m_e over the Bohr magneton, with which it is identified", "1",
        lambda: dipole_moment("M1") / BOHR_MAGNETON, dipole_moment,
        note="mu_B = e/(2 m_e) lowers M1 four times. For a free spin |sigma_vg| |d_gv| = sqrt(2) sqrt(2) mu_B = "
        "e/m_e, so "
        "e/m_e is right in Eq. (22) if sigma_vg and d_gv are then unit vectors.",
    ),
    row(
        "eq17-estimate", "below Eq. (17)", "peak of Eq. (17) over G_F^2 n_d^2 d^4 k^5 tau^2", "1",
        lambda: estimate_ratio("E1"), estimate_ratio, approximate=True,
        note="The estimate drops 2 |U_e3 U_e1|^2/(pi e^2) = 0.10; the quoted rate is that of Eq. (17).",
    ),
    row(
        "eq22-estimate", "below Eq. (22)", "peak of Eq. (22) over G_F^2 n_d^2 d^2 k^3 tau^2", "1",
        lambda: estimate_ratio("M1"), estimate_ratio, approximate=True,
        note="The estimate drops 2 |U_e3 U_e1|^2/pi = 0.0095; the quoted rate is that of Eq. (22).",
    ),
    *(
        row(
            f"eq{number}-exponent-{name}", f"Eq. ({number})", f"exponent of the peak {transition} rate against {what}",
            power,
            compute, by, tolerance=EXACT,
        )
        for number, transition, name, what, power, compute, by in (
            (17, "E1", "density", "n_d", "2", lambda: rate_exponent("E1", "density_per_cm3"),
            rate_exponent),
            (17, "E1", "dipole", "|d_vg|", "4", lambda: rate_exponent("E1", "dipole"), rate_exponent),
            (17, "E1", "time", "tau_v", "2", lambda: rate_exponent("E1", "coherence_time_s"),
            rate_exponent),
            (17, "E1", "photon", "omega", "5", lambda: photon_exponent("E1"), photon_exponent),
            (22, "M1", "density", "n_d", "2", lambda: rate_exponent("M1", "density_per_cm3"),
            rate_exponent),
            (22, "M1", "dipole", "|d_vg|", "2", lambda: rate_exponent("M1", "dipole"), rate_exponent),
            (22, "M1", "time", "tau_v", "2", lambda: rate_exponent("M1", "coherence_time_s"),
            rate_exponent),
            (22, "M1", "photon", "omega", "3", lambda: photon_exponent("M1"), photon_exponent),
        )
    ),
]  # fmt: skip

_QUOTED_RATES = (
    ("E1", "NO", "4e-8", "Eq. (18)"),
    ("E1", "IO", "7e-15", "Eq. (19)"),
    ("M1", "NO", "5", "Eq. (23)"),
    ("M1", "IO", "9e-4", "Eq. (24)"),
)


def _quoted_rate(transition: str, ordering: str, **options: object) -> dict[str, object]:
    """As the text has it, and with the correction that the NO rates need."""
    if ordering == "IO":
        depth = phase_space_factor(channel("IO"))
        return {"compute": _rate(transition, "IO", D_k=depth, **options), "note": _SLOW}
    plain, corrected = (_rate(transition, "NO", D_k=depth, **options) for depth in (2.0, 1.0))
    note = _FIRST_ORDER if transition == "M1" else ""
    return {"compute": plain, "corrected": corrected, "correction": _DEPTH, "note": note}


_EVENTS = [
    *(
        row(
            f"rate-{transition}-{ordering}".lower(), place, f"event rate, {transition}, {ordering}", quoted,
            by=event_rate, unit="/yr", source=source, printed=f"~ {quoted} /yr",
            **_quoted_rate(transition, ordering),
        )
        for transition, ordering, quoted, equation in _QUOTED_RATES
        for source, place in (("paper", equation), ("talk", f"The {transition} rate"))
    ),
    row(
        "rate-majorana", "Abstract, below Eq. (24)", "event rate, M1, NO, Majorana", "10",
        by=event_rate, unit="/yr", printed="~ 10 /yr", **_quoted_rate("M1", "NO", nature="majorana"),
    ),
    row(
        "rate-first-principles", "Eq. (23)", "the same rate with every factor computed: D_k = 1/2, f_theta = 1/3",
        "5",
        _rate("M1", "NO", D_k=0.5, form_factor=1 / 3), event_rate, unit="/yr", approximate=True,
        note="Polarized spins, |sigma_vg| |d_gv| = e/m_e: six times below the quoted rate.",
    ),
    row(
        "io-over-no", "below Eq. (19)", "E1 rate in IO over NO, small because of the photon energy", "1.75e-7",
        lambda: event_rate("E1", "IO").rate_per_year / event_rate("E1", "NO").rate_per_year, event_rate,
        printed="7e-15/4e-8", approximate=True,
    ),
    row(
        "later-large", "abstract of a later version", "event rate of 5 m^3 at a coherence time of 10 ns", "1",
        _on(LATER_LARGE), event_rate, unit="/yr", approximate=True, note=_FIRST_ORDER,
    ),
    row(
        "later-small", "abstract of a later version", "event rate of 5 cm^3 at a coherence time of 10 us", "1",
        _on(LATER_SMALL), event_rate, unit="/yr", approximate=True, note="V tau^2 is that of the larger "
        "target. " + _FIRST_ORDER,
    ),
]  # fmt: skip

_AVERAGE_NOTE = (
    "Momentum eigenstates of a stationary gas do not interfere: the Lorentzian is averaged, which leaves a fraction "
    "of order "
    "Gamma_v/Delta p, not its square."
)

_AVERAGES = [
    row(
        "cap-formula", "below Eq. (24)", "capped event rate, (Gamma_v/Delta p)^2 of the peak, Delta p = 1e-4 eV",
        "2e-6",
        _rate("M1", "NO", average="paper"), paper_suppression, unit="/yr",
    ),
    row(
        "cap-exact", "below Eq. (24)", "event rate averaged over the Fermi-Dirac gas, exact kinematics", "2e-6",
        _rate("M1", "NO", average="thermal"), thermal_resonance, unit="/yr", approximate=True,
        note=_AVERAGE_NOTE,
    ),
    row(
        "cap-exponent", "below Eq. (24)", "exponent of the averaged rate against tau_v: the cap does not contain "
        "it", "0",
        lambda: rate_exponent("M1", "coherence_time_s", "thermal"), thermal_resonance, tolerance=EXACT,
        note=_AVERAGE_NOTE + " So a longer coherence time still helps, linearly.",
    ),
    row(
        "cap-talk", "Monoenergetic requirement", "maximal rate with the momentum spread", "2e-6",
        _rate("M1", "NO", average="paper"), paper_suppression, unit="/yr", source="talk",
    ),
    row(
        "resonance-talk", "The E1 transition rate", "level energy at the maximum of the line, over E_i - E_j' at "
        "rest", "1",
        line_peak_ratio, line_shape, source="talk", tolerance=1e-3,
        note="The gas moves the maximum by 4e-5 of the energy.",
    ),
    row(
        "group-velocity-talk", "Monoenergetic requirement", "V_g = d omega/dk at the vacuum intersection", "1",
        matched_group_velocity, intersections, source="talk", tolerance=EXACT,
    ),
    row(
        "coherent-talk", "Coherent photon emission", "exponent of |M_tot|^2 against N, phases matched", "2",
        lambda: coherence_exponent(0.0), total_amplitude, source="talk", tolerance=EXACT,
    ),
    row(
        "spin-factor-io", "Eqs. (19), (24)", "factor for a slow nu_1 that the quoted rates contain", "0.5",
        lambda: spin_factor(channel("IO"), "paper"), spin_factor,
        note="Needed for the printed digits of both; see the row on the halving.",
    ),
]  # fmt: skip

CLAIMS = [*_RATES, *_EVENTS, *_AVERAGES]
