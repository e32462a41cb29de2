"""How far the accelerations are from the balance."""

import pytest

from cnub import DomainError
from cnub.forces.sensitivity import accelerations, shortfall
from cnub.forces.surface import surface_acceleration

ROUNDING = 1e-12
"""Relative: rounding alone; exact here."""
TYPED = 1e-3
"""Relative: the digits of the expected value, typed or published; zeros are compared exactly."""


def test_shortfall():
    assert shortfall(1e-30) == pytest.approx(1e15) and shortfall(2.0, 1.0) == 0.5
    assert min(shortfall(value) for value in accelerations().values()) > 1e12


def test_table_of_accelerations():
    found = accelerations(0.2)
    assert found["flat Earth, gradient"] == pytest.approx(surface_acceleration("talk", mass=0.2), rel=ROUNDING)
    assert found["round Earth, gradient within 1/k"] == pytest.approx(
        -surface_acceleration("filled", mass=0.2), rel=ROUNDING
    )
    # Iron, 1 cm: dE/2 over 55.845 m_u and 1 cm, dE = 2 sqrt 2 G_F (1/2) beta 112.02 cm^-3.
    splitting = 2.82843 * 1.16638e-23 * 0.5 * 1.23359e-3 * 112.02 * 7.68356e-15
    expected = splitting / 2 * 1.602177e-19 / (55.845 * 1.660539e-27 * 0.01) * 100
    assert found["Stodolsky torque, full asymmetry"] == pytest.approx(expected, rel=TYPED)
    assert found["Stodolsky torque, asymmetry 1e-9"] == pytest.approx(1e-9 * expected, rel=TYPED)
    lead = accelerations(0.2, "lead")
    assert lead["flat Earth, gradient"] == abs(surface_acceleration("talk", mass=0.2, ground="lead"))
    assert lead["round Earth, gradient within 1/k"] == abs(surface_acceleration("filled", mass=0.2, ground="lead"))
    assert lead["Stodolsky torque, full asymmetry"] == found["Stodolsky torque, full asymmetry"]


def test_refusals():
    with pytest.raises(DomainError, match=r"^acceleration must be"):
        shortfall(0.0)
