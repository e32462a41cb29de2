"""Claims of both sources on parametric fluorescence: formulas, form factors, lifetimes, powers."""

from __future__ import annotations

from cnub.claims.enhancement import neutrino_current_suppression
from cnub.claims.ledger import paper, talk
from cnub.claims.parametric_fluorescence import EXACT
from cnub.claims.scalings import (
    estimate_ratio,
    film_form_factor,
    phase_space_ratio,
    photon_exponent,
    rate_exponent,
    spin_ratio,
    time_exponent,
)
from cnub.constants import BOHR_MAGNETON
from cnub.fluorescence.channels import channel
from cnub.fluorescence.decay import dipole_moment
from cnub.fluorescence.form_factors import form_factor, phase_space_rate
from cnub.fluorescence.rates import event_rate
from cnub.fluorescence.target import NOMINAL, spontaneous_lifetime_s
from cnub.fluorescence.two_level import evolved_amplitude


def _lifetime_ns(transition: str) -> float:
    return 1e9 * spontaneous_lifetime_s(channel("NO").photon_energy, dipole_moment(transition))


def equal_lives() -> float:
    """E1 over M1 rate, NO, at one coherence time."""
    times = {"coherence_time_s": NOMINAL["M1"].coherence_time_s}
    return event_rate("E1", "NO", **times).rate_per_year / event_rate("M1", "NO", **times).rate_per_year


_READ_OFF = {"tolerance": EXACT, "definition": True, "note": "Read off the formula, which is linear in it per vertex."}
_MEASURED = {"tolerance": EXACT, "note": "Not from the closed form: from spinors and from the Schroedinger equation."}

CLAIMS = [
    paper(
        "eq17-closed", "Eqs. (15)-(17)", "Eq. (16) integrated numerically over Eq. (17), D_k and f_theta as "
        "defined", "1",
        lambda: phase_space_ratio("E1", "NO"), phase_space_rate, tolerance=EXACT,
    ),
    paper(
        "eq22-closed", "Eqs. (16), (21), (22)", "Eq. (16) integrated numerically over Eq. (22)", "1",
        lambda: phase_space_ratio("M1", "NO"), phase_space_rate, tolerance=EXACT,
    ),
    *(
        talk(
            f"formula-{transition.lower()}", f"The {transition} rate", "Eq. (16) integrated numerically over the "
            f"{transition} formula of the slide, nu_2 -> nu_1 (IO), D_k and f_theta as defined", "1",
            lambda transition=transition: phase_space_ratio(transition, "IO"), phase_space_rate, tolerance=EXACT,
            note="For a slow nu_1 as well, without a factor for its spin.",
        )
        for transition in ("E1", "M1")
    ),
    paper(
        "slow-halving", "below Eq. (17)", "rate of a slow nu_1 (nu_2 -> nu_1, IO) over Eq. (17)", "0.5",
        lambda: spin_ratio("IO"), spin_ratio,
        note="Averaged over the spin of nu_i and summed over that of nu_j, |j^0|^2 is 4 m_i E_j' at any mass: the rate "
        "is not reduced. Both helicities of a slow nu_1 contribute half each; Eqs. (19) and (24) contain the half.",
    ),
    paper(
        "form-e1", "below Eq. (17)", "f_theta of E1, polarized dipoles, of order one", "1",
        lambda: form_factor("E1", "polarized"), form_factor, approximate=True,
        note="Dipoles along one axis: half of cos^2 sin^2, averaged over the photon's directions.",
    ),
    paper(
        "form-e1-isotropic", "below Eq. (17)", "f_theta of E1, isotropic uniform medium: not O(1)", "0",
        lambda: form_factor("E1", "isotropic"), form_factor, tolerance=EXACT,
        note="q is along k, across the polarisation; a periodic density lifts the zero, as the paper says.",
    ),
    paper(
        "form-e1-film", "below Eq. (17)", "f_theta of E1, isotropic medium in periodic films, the best period", "1",
        film_form_factor, phase_space_rate, approximate=True, printed="can be adjusted to be of O(1)",
        note="Density n_0 [1 + cos(D.x)]: the two orders have amplitude 1/2 each, isotropy takes 1/3 of the dipole, "
        "and D beyond m_3 closes the channel.",
    ),
    paper(
        "form-m1", "below Eq. (22)", "f_theta of M1, of order one", "1",
        lambda: form_factor("M1", "spin flip"), form_factor, approximate=True,
        note=lambda: f"For polarized spins; {form_factor('M1', 'isotropic'):.2f} for an isotropic medium.",
    ),
    paper(
        "lifetime-e1", "below Eq. (17)", "spontaneous lifetime of the E1 level", "1",
        lambda: _lifetime_ns("E1"), spontaneous_lifetime_s, unit="ns", approximate=True,
        note=lambda: f"Dipole radiation at {channel('NO').photon_energy:.3f} eV with d = e a_0 takes "
        f"{1e-9 * _lifetime_ns('E1'):.2f} s; the quoted order belongs to optical energies. The width is then the "
        "medium's.",
    ),
    paper(
        "lifetime-m1", "below Eq. (22)", "lifetime of the M1 level, taken conservatively", "10",
        lambda: _lifetime_ns("M1"), spontaneous_lifetime_s, unit="ns", at_least=True,
        note=lambda: f"Conservative it is: {1e-9 * _lifetime_ns('M1'):.0f} s by spontaneous emission alone, "
        "d = e/m_e. The quoted time is an assumption on the medium.",
    ),
    paper(
        "e1-over-m1", "Sec. II", "E1 over M1 rate, NO, at one coherence time", "1e-10", equal_lives, event_rate,
        approximate=True, printed="suppression factor ~ 10^-10 in rates compared to the M1 type",
        correction="If it is that of the neutrino's vertex, m_i^2 a_0^2 (paper-e1-suppression).",
        corrected=neutrino_current_suppression,
        note="The photon's vertex takes 1/alpha^2 of it back, and the rate has both.",
    ),
    paper(
        "magneton", "below Eq. (22)", "e/m_e over the Bohr magneton, with which it is identified", "1",
        lambda: dipole_moment("M1") / BOHR_MAGNETON, dipole_moment,
        note="Half of e/m_e, which would lower M1 four times. For a free spin |sigma_vg| |d_gv| is sqrt(2) sqrt(2) "
        "mu_B, so that e/m_e is right in Eq. (22) if sigma_vg and d_gv are then unit vectors.",
    ),
    paper(
        "eq17-estimate", "below Eq. (17)", "peak of Eq. (17) over G_F^2 n_d^2 d^4 k^5 tau^2", "1",
        lambda: estimate_ratio("E1"), estimate_ratio, approximate=True,
        note="Its powers hold (rows below); as a number the estimate drops 2 |U_e3 U_e1|^2/(pi e^2), and the quoted "
        "rate is not this one but that of Eq. (17).",
    ),
    paper(
        "eq22-estimate", "below Eq. (22)", "peak of Eq. (22) over G_F^2 n_d^2 d^2 k^3 tau^2", "1",
        lambda: estimate_ratio("M1"), estimate_ratio, approximate=True,
        note="Its powers hold (rows below); as a number the estimate drops 2 |U_e3 U_e1|^2/pi, and the quoted rate is "
        "not this one but that of Eq. (22). The displayed cap drops the same (paper-cap-displayed).",
    ),
    *(
        paper(
            f"eq{number}-exponent-{name}", f"Eq. ({number})", f"exponent of the peak {transition} rate against {what}",
            power, compute, by, **more,
        )
        for number, transition, name, what, power, compute, by, more in (
            (17, "E1", "density", "n_d", "2", lambda: rate_exponent("E1", "density_per_cm3"), rate_exponent, _READ_OFF),
            (17, "E1", "dipole", "|d_vg|", "4", lambda: rate_exponent("E1", "dipole"), rate_exponent, _READ_OFF),
            (17, "E1", "time", "tau_v", "2", time_exponent, evolved_amplitude, _MEASURED),
            (17, "E1", "photon", "omega", "5", lambda: photon_exponent("E1"), phase_space_rate, _MEASURED),
            (22, "M1", "density", "n_d", "2", lambda: rate_exponent("M1", "density_per_cm3"), rate_exponent, _READ_OFF),
            (22, "M1", "dipole", "|d_vg|", "2", lambda: rate_exponent("M1", "dipole"), rate_exponent, _READ_OFF),
            (22, "M1", "time", "tau_v", "2", time_exponent, evolved_amplitude, _MEASURED),
            (22, "M1", "photon", "omega", "3", lambda: photon_exponent("M1"), phase_space_rate, _MEASURED),
        )
    ),
]  # fmt: skip
