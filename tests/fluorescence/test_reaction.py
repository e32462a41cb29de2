"""The domain of first order, the sum rule that bounds it, and what remains: by spinors, by hand, by limits."""

import math

import numpy as np
import pytest
from scipy.integrate import lebedev_rule

from cnub import DomainError
from cnub.constants import BOHR_RADIUS, CENTIMETRE, FERMI_CONSTANT, YEAR
from cnub.fluorescence import NOMINAL, channel, event_rate, single_dipole_rate, spin_strength
from cnub.fluorescence.channels import open_channels
from cnub.fluorescence.currents import spin_averaged_tensor
from cnub.fluorescence.reaction import FREE_SPIN, target_yield
from cnub.fluorescence.sum_rule import MOST_SPIN, transition_strength

LEFT_OUT_9 = 1e-9
"""Relative: what the limit or closed form leaves out at these arguments; measured 8e-11."""
LEFT_OUT_3 = 3e-3
"""Relative: what the limit or closed form leaves out at these arguments; measured 0.002."""
TYPED_4 = 5e-4
"""Relative: the digits of the expected value, typed or published; measured 0.0004."""
TYPED_3 = 1e-3
"""Relative: the digits of the expected value, typed or published; measured 0.0005."""
TYPED_2 = 0.02
"""Relative: the digits of the expected value, typed or published; measured 0.01."""

ROUNDING = 1e-12
"""Relative: products of the same doubles in another order; measured 5e-16."""
CUBATURE = 1e-10
"""Relative: Lebedev's rule is exact for the currents, what is left is rounding; measured 2e-15."""
FLIP = np.array([1, -1j, 0])
"""sigma_vg of a free spin that flips."""


def _by_spinors(chosen, level, vertex):
    """n_nu int d^3p_j/(2 pi)^3 2 pi delta(E_i - E_j - E_vg) |H|^2, the currents from explicit spinors."""
    energy = chosen.initial_mass - level
    momentum = math.sqrt(energy**2 - chosen.final_mass**2)
    directions, weights = lebedev_rule(9)
    total = 0.0
    for n, w in zip(directions.T, weights, strict=True):
        tensor = spin_averaged_tensor(chosen.initial_mass, np.zeros(3), chosen.final_mass, momentum * n)
        total += w * vertex(tensor, -momentum * n) / (4 * chosen.initial_mass * energy)
    rate = FERMI_CONSTANT**2 * chosen.mixing / 2 * momentum * energy / (2 * math.pi) ** 2 * total
    return 112 / CENTIMETRE**3 * rate * YEAR


@pytest.mark.parametrize(
    "chosen", [*open_channels("NO", 0.01), *open_channels("IO")], ids=lambda c: f"{c.ordering}-{c.name}"
)
@pytest.mark.parametrize("share", [0.5, 1.0])
def test_one_dipole_by_explicit_spinors(chosen, share):
    level = share * chosen.photon_energy
    flip = _by_spinors(chosen, level, lambda t, q: (FLIP.conj() @ t[1:, 1:] @ FLIP).real)
    assert single_dipole_rate(chosen, 2.0, level) == pytest.approx(flip, rel=CUBATURE)
    shift = np.array([0.0, 0.0, BOHR_RADIUS])
    electric = _by_spinors(chosen, level, lambda t, q: t[0, 0].real * (q @ shift) ** 2)
    strength = transition_strength("E1", chosen, level)
    assert single_dipole_rate(chosen, strength, level) == pytest.approx(electric, rel=CUBATURE)


def test_strengths_of_one_spin_add_up_to_three():
    rng = np.random.default_rng(2)
    state = rng.normal(size=2) + 1j * rng.normal(size=2)
    state /= np.linalg.norm(state)
    across = np.array([-state[1].conjugate(), state[0].conjugate()])
    assert spin_strength(state, across) == pytest.approx(2.0, rel=ROUNDING)
    assert spin_strength(state, state) + spin_strength(state, across) == pytest.approx(MOST_SPIN, rel=ROUNDING)
    assert FREE_SPIN == pytest.approx(np.vdot(FLIP, FLIP).real, rel=ROUNDING)


def test_bounds_of_the_nominal_targets():
    """To the digits of a referee's separate code."""
    normal, inverted = event_rate("M1", "NO").domain, event_rate("M1", "IO").domain
    assert normal.sum_rule_low_per_year == pytest.approx(1.368e-10, rel=TYPED_4)
    assert inverted.sum_rule_low_per_year == pytest.approx(1.092e-10, rel=TYPED_4)
    assert f"{event_rate('E1', 'NO').domain.sum_rule_high_per_year:.0e}" == "2e-21"
    row = event_rate("M1", "NO").row()
    assert (row["remains_low_per_year"], row["remains_high_per_year"]) == (4.6e-11, 9.1e-11)
    assert normal.finite_share == pytest.approx(math.exp(-1), rel=TYPED_3)  # x = 1.0007
    assert [event_rate(*case).over_energy for case in (("E1", "NO"), ("E1", "IO"), ("M1", "IO"))] == pytest.approx(
        [25, 142, 1.04], rel=TYPED_2
    )


def test_the_sum_rule_is_n_times_one_dipole():
    for transition in ("E1", "M1"):
        for clustering, nature, factor in ((1.0, "dirac", 1.0), (2.5, "majorana", 5.0)):
            found = event_rate(transition, "NO", nature=nature, clustering=clustering)
            number = found.target.density_per_cm3 * 27e6 * factor
            one = single_dipole_rate(found.channel, transition_strength(transition, found.channel))
            assert found.domain.sum_rule_low_per_year == pytest.approx(number * one, rel=ROUNDING)
            spins = 2.0 if transition == "M1" else 1.0
            assert found.domain.sum_rule_high_per_year == pytest.approx(spins * number * one, rel=ROUNDING)


@pytest.mark.parametrize("transition", ["E1", "M1"])
@pytest.mark.parametrize("off", [0.0, 3.0])
def test_weak_coupling_leaves_the_paper_with_its_factors_by_definition(transition, off):
    form = {"E1": 1 / 15, "M1": 1 / 3}[transition]
    weak = {"density_per_cm3": 1e2, "coherence_time_s": 1e-9, "volume_m3": 1e6}
    level = channel("NO").photon_energy + off * 6.6e-7
    found = event_rate(transition, "NO", **weak, form_factor=form, D_k=0.5, level_energy=level)
    assert found.domain.inside_first_order and "inside first order" in found.domain.verdict
    for left in (found.domain.remains_low_per_year, found.domain.remains_high_per_year):
        assert left == pytest.approx(found.rate_per_year * found.domain.finite_share, rel=ROUNDING)


def test_strong_coupling_leaves_n_whatever_the_dipole_the_factors_and_the_gas():
    base = event_rate("M1", "NO").domain.remains_high_per_year
    for change in ({"convention": "definition"}, {"D_k": 2.0}, {"form_factor": 0.1}, {"average": "thermal"},
                   {"level_energy": channel("NO").photon_energy + 1e-5}):  # fmt: skip
        assert event_rate("M1", "NO", **change).domain.remains_high_per_year == pytest.approx(base, rel=LEFT_OUT_3), (
            change
        )
    denser = event_rate("M1", "NO", density_per_cm3=2 * NOMINAL["M1"].density_per_cm3)
    assert denser.rate_per_year == pytest.approx(4 * event_rate("M1", "NO").rate_per_year, rel=ROUNDING)
    assert denser.domain.remains_high_per_year == pytest.approx(2 * base, rel=LEFT_OUT_9)


@pytest.mark.parametrize("case", [("E1", "NO"), ("E1", "IO"), ("M1", "IO")])
def test_dipoles_that_polarize_each_other_have_no_rate_that_remains(case):
    found = event_rate(*case).domain
    assert found.remains_low_per_year is None and found.remains_high_per_year is None
    assert not found.inside_first_order and "polarisation catastrophe" in found.verdict
    thin = event_rate(*case, density_per_cm3=1e15).domain
    assert thin.ground_state_exists and thin.remains_high_per_year > 0


def test_a_level_that_cannot_be_excited_has_no_sum_rule_and_a_tail():
    chosen = channel("NO")
    above = event_rate("M1", "NO", level_energy=1.5 * chosen.initial_mass, density_per_cm3=1e15)
    assert above.domain.sum_rule_high_per_year == 0.0
    assert above.domain.inside_first_order and 0 < above.domain.remains_high_per_year < above.rate_per_year


def test_yield_is_a_share():
    for density in np.geomspace(1e-10, 1e45, 12):
        target = event_rate("M1", "NO", density_per_cm3=float(density)).target
        assert 0 < target_yield(channel("NO"), target, 1e-10 * math.sqrt(density)) < 1


@pytest.mark.parametrize(
    ("call", "name"),
    [
        (lambda: single_dipole_rate(channel("NO"), 3.1), "strength"),
        (lambda: single_dipole_rate(channel("NO"), 1.0, -1.0), "level_energy"),
        (lambda: spin_strength([1.0, 1.0], [1.0, 0.0]), "ground"),
        (lambda: target_yield(channel("NO"), NOMINAL["M1"], 0.0), "coupling"),
        (lambda: target_yield(channel("NO"), NOMINAL["M1"], 1.0, 0.0), "photon_slope"),
    ],
)
def test_refusals(call, name):
    with pytest.raises(DomainError, match=rf"^{name} must"):
        call()
