"""The rates of 2507.10868v1 at printed digits, each factor of two, and refusals."""

import math

import pytest

from cnub import DomainError
from cnub.fluorescence import channel, decay_rate, dipole_moment, event_rate, open_channels
from cnub.fluorescence.averages import paper_suppression
from cnub.fluorescence.decay import phase_space_factor, resonance_factor
from cnub.fluorescence.target import LATER_LARGE, LATER_SMALL

LEFT_OUT = 1e-10
"""Relative: what the limit or closed form leaves out at these arguments; measured 3e-12."""
ROUNDING_WIDE = 1e-12
"""Relative: rounding alone; measured 4e-16."""
TYPED_6 = 1e-6
"""Relative: the digits of the expected value, typed or published; measured 8e-08."""
TYPED_5 = 1e-5
"""Relative: the digits of the expected value, typed or published; measured 7e-07."""
TYPED_4 = 1e-4
"""Relative: the digits of the expected value, typed or published; measured 8e-06."""
TYPED_3 = 1e-3
"""Relative: the digits of the expected value, typed or published; measured 3e-05."""

QUOTED = [("E1", "NO", "4e-08"), ("E1", "IO", "7e-15"), ("M1", "NO", "5e+00"), ("M1", "IO", "9e-04")]
ROUNDING = 1e-13
"""Products and quotients of the same doubles in another order; measured <= 1e-15."""


@pytest.mark.parametrize(("transition", "ordering", "printed"), QUOTED)
def test_equations_18_19_23_24_at_printed_digits(transition, ordering, printed):
    assert f"{event_rate(transition, ordering).rate_per_year:.0e}" == printed


@pytest.mark.parametrize(("transition", "ordering", "printed"), QUOTED)
def test_the_stated_depth_two_does_not_give_the_quoted_rates(transition, ordering, printed):
    assert f"{event_rate(transition, ordering, D_k=2.0).rate_per_year:.0e}" != printed


def test_depth_from_its_definition():
    assert phase_space_factor(channel("NO")) == pytest.approx(0.5, rel=ROUNDING)
    microwave = channel("IO")
    assert phase_space_factor(microwave) == pytest.approx(1 / (1 + microwave.final_speed), rel=ROUNDING)
    assert phase_space_factor(channel("NO"), 1e-3) == pytest.approx(1 / 1.001, rel=ROUNDING)


def test_majorana_doubles():
    ratio = event_rate("M1", "NO", nature="majorana").rate_per_year / event_rate("M1", "NO").rate_per_year
    assert ratio == pytest.approx(2.0, rel=ROUNDING)


def test_the_bohr_magneton_lowers_the_m1_rate_four_times():
    assert dipole_moment("M1") / dipole_moment("M1", "definition") == pytest.approx(2.0, rel=ROUNDING)
    halved = event_rate("M1", "NO", dipole=dipole_moment("M1", "definition")).rate_per_year
    assert event_rate("M1", "NO").rate_per_year / halved == pytest.approx(4.0, rel=ROUNDING)


def test_definition_convention_is_an_eighth_of_the_papers_for_m1():
    ratio = event_rate("M1", "NO", convention="definition").rate_per_year / event_rate("M1", "NO").rate_per_year
    assert ratio == pytest.approx(1 / 8, rel=ROUNDING)


@pytest.mark.parametrize("transition", ["E1", "M1"])
def test_scaling_laws_of_the_peak(transition):
    base = event_rate(transition, "NO")

    def ratio(**changed):
        return event_rate(transition, "NO", **changed).rate_per_year / base.rate_per_year

    assert ratio(volume_m3=2 * base.target.volume_m3) == pytest.approx(2, rel=ROUNDING)
    assert ratio(density_per_cm3=2 * base.target.density_per_cm3) == pytest.approx(4, rel=ROUNDING)
    assert ratio(coherence_time_s=2 * base.target.coherence_time_s) == pytest.approx(4, rel=ROUNDING)
    assert ratio(clustering=0.5) == pytest.approx(0.5, rel=ROUNDING)


def test_the_factors_multiply_to_the_rate():
    from cnub.constants import CENTIMETRE, FERMI_CONSTANT, METRE, YEAR

    r = event_rate("M1", "IO", nature="majorana", convention="definition", form_factor=1 / 3, average="paper").row()
    gamma = FERMI_CONSTANT**2 * r["mixing"] / (2 * math.pi) * r["form_factor"]
    gamma *= (r["density_per_cm3"] / CENTIMETRE**3) ** 2
    gamma *= r["dipole_moment"] ** 2 * r["D_k"] * r["peak_resonance"] * r["resonance_suppression"]
    gamma *= r["photon_momentum"] ** 4 / r["photon_energy"] * r["spin_factor"] * r["nature_factor"]
    number = r["neutrino_density_per_cm3"] * (METRE / CENTIMETRE) ** 3 * r["volume_m3"]
    assert number * gamma * YEAR == pytest.approx(r["rate_per_year"], rel=ROUNDING)


def test_equations_17_and_22_by_hand_with_light_off_its_cone():
    """omega |k|^4 for E1 and |k|^4/omega for M1: with |k| = omega a wrong power of either would not show."""
    # G_F^2/(2 pi) = (1.1663787e-23)^2/6.283185 = 2.165207e-47 eV^-4; e^2 = 4 pi/137.036 = 0.0917012.
    common = 2.165207e-47 * 0.2 * 0.5 * 3e5**2 * 0.7 * 4e4
    omega, k, d = 0.03, 0.02, 6e-6
    electric = decay_rate("E1", 0.2, 3e5, d, omega, k, 4e4, 0.7, 0.5)
    assert electric == pytest.approx(common * d**4 / 0.0917012 * omega * k**4, rel=TYPED_5, abs=0.0)
    magnetic = decay_rate("M1", 0.2, 3e5, d, omega, k, 4e4, 0.7, 0.5)
    assert magnetic == pytest.approx(common * d**2 * k**4 / omega, rel=TYPED_5, abs=0.0)


def test_a_slow_photon_has_no_more_field_than_its_energy_in_the_peak_rate():
    """By hand at |k| = 3 omega/2: the equations times (2/3)^2, which leaves k^2 omega for M1 and k^2 omega^3 for E1."""
    omega, k, given = 0.02, 0.03, (4e4, 0.7, 0.5)
    for transition, left in (("M1", k**2 * omega), ("E1", k**2 * omega**3)):
        at = decay_rate(transition, 0.2, 3e5, 6e-6, omega, k, *given)
        on_the_cone = decay_rate(transition, 0.2, 3e5, 6e-6, 1.0, 1.0, *given)
        assert at / on_the_cone == pytest.approx(left, rel=ROUNDING)


def test_moments_and_resonance_by_hand():
    # e a_0 = 0.3028221/(alpha m_e) = 0.3028221 x 2.681728e-4/eV; e/m_e = 5.926081e-7/eV; 1/(4 + 9/4).
    assert dipole_moment("E1") == pytest.approx(0.3028221 * 2.681728e-4, rel=TYPED_6, abs=0.0)
    assert dipole_moment("M1") == pytest.approx(0.3028221 / 510998.95, rel=TYPED_6, abs=0.0)
    assert resonance_factor(2.0, 3.0) == pytest.approx(1 / 6.25, rel=ROUNDING)


def test_quoted_rates_by_hand():
    """The four rates to three digits, from Eqs. (17), (22) and n V: what the printed single digit leaves open."""
    neutrinos, year = 112 * 27e6, 3.15576e7 / 6.582120e-16
    density = 6.02214e23 * 1.973270e-5**3
    for transition, tau in (("E1", 1e-9), ("M1", 1e-8)):
        for ordering, mixing, omega, spin in (("NO", 0.0149880, 0.025065, 1.0), ("IO", 0.203731, 7.5141e-4, 0.5)):
            coupling = (1.16638e-23 * density) ** 2 * mixing / (2 * math.pi) * 4 * (tau / 6.582120e-16) ** 2 * spin
            moment = 0.302822 * 2.681728e-4 if transition == "E1" else 0.302822 / 510998.95
            power = moment**4 / 0.302822**2 * omega**5 if transition == "E1" else moment**2 * omega**3
            rate = event_rate(transition, ordering)
            assert rate.rate_per_year == pytest.approx(coupling * power * neutrinos * year, rel=TYPED_4, abs=0.0)
            assert rate.decay_rate_per_second * 3.15576e7 * neutrinos == pytest.approx(
                rate.rate_per_year, rel=ROUNDING_WIDE
            )


def test_what_a_rate_reports_of_its_factors():
    r = event_rate("E1", "IO", level_energy=8e-4)
    assert r.coupling.charge_radii == pytest.approx(1.0, rel=ROUNDING)
    assert event_rate("M1", "NO").coupling.magnetons == pytest.approx(2.0, rel=ROUNDING)
    assert r.line.detuning == pytest.approx(8e-4 - 7.5141e-4, rel=TYPED_3)
    assert r.channel.photon_momentum == r.channel.photon_energy
    assert r.line.resonance == pytest.approx(1 / (r.line.detuning**2 + r.target.width**2 / 4), rel=ROUNDING)
    assert r.coupling.spin_factor == 0.5
    assert event_rate("E1", "IO", convention="definition").coupling.spin_factor == 1.0


def test_half_width_detuning_halves_the_rate():
    peak = event_rate("M1", "NO")
    off = event_rate("M1", "NO", level_energy=peak.channel.photon_energy + peak.target.width / 2)
    # The detuning is a difference of 0.025 eV numbers at 3e-8 eV: 1e-16 * 0.025/3e-8 = 1e-10.
    assert off.rate_per_year / peak.rate_per_year == pytest.approx(0.5, rel=LEFT_OUT)


def test_the_papers_capped_rate():
    capped = event_rate("M1", "NO", average="paper")
    assert f"{capped.rate_per_year:.0e}" == "2e-06"
    assert capped.resonance_suppression == pytest.approx((capped.target.width / 1e-4) ** 2, rel=ROUNDING)
    assert paper_suppression(capped.target.width, photon_slope=1e-4) == 1.0


def test_a_later_versions_targets_have_the_same_rate_per_event_condition():
    large, small = (
        event_rate("M1", "NO", volume_m3=t.volume_m3, coherence_time_s=t.coherence_time_s).rate_per_year
        for t in (LATER_LARGE, LATER_SMALL)
    )
    assert large == pytest.approx(small, rel=ROUNDING_WIDE)
    assert f"{large:.0e}" == "1e+00"


@pytest.mark.parametrize("ordering", ["NO", "IO"])
@pytest.mark.parametrize("lightest", [0.0, 1e-3, 0.05, 1.0])
def test_every_open_channel_has_a_rate(ordering, lightest):
    found = open_channels(ordering, lightest)
    assert [c.photon_energy for c in found] == sorted((c.photon_energy for c in found), reverse=True)
    for c in found:
        r = event_rate("M1", ordering, initial=c.initial, final=c.final, lightest_mass=lightest)
        assert r.rate_per_year > 0 and 0 < c.final_speed <= 1


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"lightest_mass": -1e-3}, "lightest_mass must be between 0 and 100"),
        ({"lightest_mass": math.nan}, "lightest_mass must be between 0 and 100"),
        ({"initial": 1, "final": 3}, "initial -> final must be open: nu1->nu3 is energetically closed in NO"),
        ({"initial": 3, "final": 3}, "initial -> final must be open: nu3->nu3 is energetically closed"),
        ({"initial": 4}, "initial must be a whole number between 1 and 3"),
        ({"coherence_time_s": 0.0}, "coherence_time_s must be between 1e-30 and 1e[+]30"),
        ({"volume_m3": -1.0}, "volume_m3 must be between 1e-30 and 1e[+]30"),
        ({"density_per_cm3": math.inf}, "density_per_cm3 must be between 1e-10 and 1e[+]45"),
        ({"level_energy": 0.0}, "level_energy must be finite and > 0"),
        ({"photon_slope": 1.5}, "photon_slope must be <= 1"),
        ({"photon_slope": 0.0}, "photon_slope must be finite and > 0"),
        ({"nature": "weyl"}, "nature must be one of dirac, majorana"),
        ({"average": "all"}, "average must be one of none, paper, thermal"),
        ({"convention": "mine"}, "convention must be one of paper, definition"),
        ({"form_factor": -1.0}, "form_factor must be between 0 and 1"),
    ],
)
def test_outside_physics_is_refused(change, sentence):
    with pytest.raises(DomainError, match=sentence):
        event_rate("M1", "NO", **change)


def test_unknown_words_are_refused():
    with pytest.raises(DomainError, match="transition must be one of E1, M1"):
        event_rate("E2", "NO")
    with pytest.raises(DomainError, match="ordering must be one of NO, IO"):
        event_rate("M1", "XO")


@pytest.mark.parametrize(
    "change",
    [
        {"lightest_mass": 1e200}, {"density_per_cm3": 1e200}, {"coherence_time_s": 1e200}, {"volume_m3": 1e308},
        {"clustering": 1e308}, {"level_energy": 1e200}, {"dipole": 1e200}, {"form_factor": 1e308},
    ],
)  # fmt: skip
def test_a_rate_beyond_doubles_is_refused_by_the_name_that_was_given(change):
    with pytest.raises(DomainError, match=f"^{next(iter(change))} must "):
        event_rate("M1", "NO", **change)
