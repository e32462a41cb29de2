"""Stark mixing: diagonalization against the closed forms, weak and strong fields."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cnub import DomainError
from cnub.constants import BOHR_RADIUS, FINE_STRUCTURE, METRE, VOLT_PER_METRE
from cnub.enhancement import stark

LEFT_OUT_9 = 1e-9
"""Relative: what the limit or closed form leaves out at these arguments; measured 1e-10."""
LEFT_OUT_7 = 1e-7
"""Relative: what the limit or closed form leaves out at these arguments; measured 6e-09."""
ROUNDING = 1e-12
"""Relative: rounding alone; measured 8e-16."""
TYPED = 1e-3
"""Relative: the digits of the expected value, typed or published; measured 0.0001."""

GAP = 1e-3


@settings(derandomize=True, max_examples=40, deadline=None)
@given(st.floats(1.0, 1e10), st.floats(1e-7, 2.0))
def test_eigenvectors_are_the_mixing_angle(field, gap):
    angle = stark.mixing_angle(field, gap)
    cos2, sin2 = math.cos(angle) ** 2, math.sin(angle) ** 2
    expected = cos2 * (cos2 + sin2 / FINE_STRUCTURE**2)
    assert stark.stark_enhancement(field, gap) == pytest.approx(expected, rel=ROUNDING)
    # 1/alpha^2 is approached only as cos^2 sin^2 allows: never above a quarter of it (plus the M1 part).
    assert stark.stark_enhancement(field, gap) < 0.25 / FINE_STRUCTURE**2 + 1


def test_units_one_volt_over_one_bohr_radius():
    field = GAP / (2 * BOHR_RADIUS / METRE)  # e a_0 F = gap/2
    assert math.tan(2 * stark.mixing_angle(field, GAP)) == pytest.approx(1.0, rel=ROUNDING)
    assert field == pytest.approx(9.45e6, rel=TYPED)


def test_weak_field_is_first_order_perturbation_theory():
    field = 1e3
    admixture = stark.ATOMIC_DIPOLE * field * VOLT_PER_METRE / GAP
    expected = 1 + (admixture / FINE_STRUCTURE) ** 2
    assert stark.stark_enhancement(field, GAP) == pytest.approx(expected, rel=LEFT_OUT_7)


def test_strong_field_limit():
    assert stark.stark_enhancement(1e13, GAP) == pytest.approx(0.25 * (1 + 1 / FINE_STRUCTURE**2), rel=LEFT_OUT_9)


def test_field_for_mixing_inverts():
    assert stark.mixing_angle(stark.field_for_mixing(0.3, GAP), GAP) == pytest.approx(0.3, rel=ROUNDING)


@pytest.mark.parametrize(
    ("call", "name"),
    [
        (lambda: stark.stark_enhancement(-1.0, GAP), "field_V_per_m"),
        (lambda: stark.mixing_angle(1.0, 0.0), "gap"),
        (lambda: stark.stark_hamiltonian(1.0, GAP, -1.0), "dipole"),
        (lambda: stark.field_for_mixing(math.pi / 4, GAP), "angle"),
        (lambda: stark.stark_enhancement(1.0, GAP, ratio=0.0), "ratio"),
    ],
)
def test_refusals(call, name):
    with pytest.raises(DomainError, match=rf"^{name} must"):
        call()
