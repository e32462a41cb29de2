"""Mixing is unitary, masses return the table, the table agrees with itself."""

import math

import numpy as np
import pytest

from cnub import DomainError
from cnub.oscillation import ORDERINGS, fit, heaviest_mass, jarlskog, masses, mixing_matrix, transition_coefficient

ROUNDING = 1e-15
"""Products of nine numbers of order one; worst seen 2.3e-16."""
DIGITS = 1e-12
"""Differences of squared masses lose up to 3 digits to the lightest mass of the test; worst seen 4e-14."""


@pytest.mark.parametrize("ordering", ORDERINGS)
def test_mixing_is_unitary_and_returns_the_table(ordering):
    U = mixing_matrix(ordering)
    assert np.abs(U @ U.conj().T - np.eye(3)).max() < ROUNDING * 4
    table, weights = fit(ordering), np.abs(U) ** 2
    assert weights[0, 2] == pytest.approx(table.sin2_13.best_fit, rel=DIGITS)
    assert weights[0, 1] / (1 - weights[0, 2]) == pytest.approx(table.sin2_12.best_fit, rel=DIGITS)
    assert weights[1, 2] / (1 - weights[0, 2]) == pytest.approx(table.sin2_23.best_fit, rel=DIGITS)
    sine = math.sin(math.radians(table.delta_cp.best_fit))
    assert np.sign(jarlskog(ordering)) == np.sign(sine)


@pytest.mark.parametrize("ordering", ORDERINGS)
@pytest.mark.parametrize("lightest", [0.0, 0.01, 0.3])
def test_masses_return_the_splittings(ordering, lightest):
    m1, m2, m3 = masses(ordering, lightest)
    table = fit(ordering)
    assert m2**2 - m1**2 == pytest.approx(table.dm2_21.best_fit, rel=DIGITS * 100)
    reference = m1 if ordering == "NO" else m2
    assert m3**2 - reference**2 == pytest.approx(table.dm2_3l.best_fit, rel=DIGITS)
    assert min(m1, m2, m3) == lightest and heaviest_mass(ordering, lightest) == max(m1, m2, m3)


@pytest.mark.parametrize("ordering", ORDERINGS)
def test_transition_coefficients(ordering):
    diagonal = sum(transition_coefficient(i, i, ordering) for i in (1, 2, 3))
    assert diagonal == pytest.approx(1.0, abs=1e-15)
    assert transition_coefficient(3, 1, ordering) == np.conj(transition_coefficient(1, 3, ordering))


@pytest.mark.parametrize("ordering", ORDERINGS)
@pytest.mark.parametrize("angle", ["12", "23", "13"])
def test_table_agrees_with_itself(ordering, angle):
    table = fit(ordering)
    sin2, degrees = getattr(table, f"sin2_{angle}"), getattr(table, f"theta_{angle}")
    # Both columns are rounded: half a unit of the coarser one, 0.05 degrees for theta_23 and 0.005 for the others,
    # plus what 0.0005 in sin^2 is worth (0.03 degrees).
    allowed = 0.05 + 0.03 if angle == "23" else 0.005 + 0.032
    for name in ("best_fit", "low", "high"):
        derived = math.degrees(math.asin(math.sqrt(getattr(sin2, name))))
        assert abs(derived - getattr(degrees, name)) < allowed


@pytest.mark.parametrize(
    ("call", "named"),
    [
        (lambda: masses("XO"), "ordering"),
        (lambda: masses("NO", -0.1), "lightest_mass"),
        (lambda: mixing_matrix("no"), "ordering"),
        (lambda: transition_coefficient(0, 1, "NO"), "initial"),
        (lambda: transition_coefficient(1, 4, "NO"), "final"),
    ],
)
def test_refusals(call, named):
    with pytest.raises(DomainError, match=f"^{named} must be"):
        call()
