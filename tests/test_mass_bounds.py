"""What is known of the masses: sums by hand, the inverse, and who allows 0.1 eV."""

import math

import pytest

from cnub import DomainError
from cnub.mass_bounds import BOUNDS, JUNO, in_words, lightest_for_sum, mass_sum, standing
from cnub.oscillation import ORDERINGS, fit

NUMERICAL = 1e-9
"""Relative: the quadrature, root or solver behind one of the two values; zeros are compared exactly."""
ROUNDING = 1e-12
"""Absolute: rounding alone; measured 6e-17."""
TYPED = 1e-3
"""Relative: the digits of the expected value, typed or published; measured 0.0002."""


def test_least_sums_by_hand():
    # 0 + 8.6545 + 50.130 meV; 49.083 + 49.840 + 0 meV.
    assert mass_sum("NO") == pytest.approx(58.78e-3, rel=TYPED) and mass_sum("IO") == pytest.approx(0.0989, rel=TYPED)


@pytest.mark.parametrize("ordering", ORDERINGS)
@pytest.mark.parametrize("lightest", [0.0, 1e-3, 0.3])
def test_the_lightest_mass_returns(ordering, lightest):
    assert lightest_for_sum(ordering, mass_sum(ordering, lightest)) == pytest.approx(
        lightest, rel=NUMERICAL, abs=ROUNDING
    )


@pytest.mark.parametrize("ordering", ORDERINGS)
def test_a_tenth_of_an_electronvolt_stands_against_cosmology(ordering):
    assert mass_sum(ordering, 0.1) > 0.3
    assert standing(ordering, 0.1) == {"KATRIN": True, "DESI": False}
    assert standing(ordering, 0.5) == {"KATRIN": False, "DESI": False}
    assert standing(ordering, 0.0)["DESI"] == (ordering == "NO")


def test_the_bounds_in_words():
    said = in_words(0.1)
    assert "0.31 eV (NO) or 0.32 eV (IO)" in said and "cosmology disfavours" in said and "decay allows" in said
    assert "cosmology allows in NO and disfavours in IO" in in_words(0.0)
    assert "decay excludes" in in_words(0.5)


def test_numbers_as_printed():
    assert BOUNDS["KATRIN"].value == 0.45 and BOUNDS["DESI"].value == 0.0642
    assert all(bound.quantity in ("mass", "sum") and "arXiv" in bound.source for bound in BOUNDS.values())


@pytest.mark.parametrize("release", ["6.0", "6.1"])
@pytest.mark.parametrize("name", sorted(JUNO))
def test_juno_agrees_with_both_releases(release, name):
    value, error = JUNO[name]
    assert abs(getattr(fit("NO", release), name).best_fit - value) < error


def test_refusals():
    with pytest.raises(DomainError, match=r"^total must"):
        lightest_for_sum("IO", 0.06)
    with pytest.raises(DomainError, match=r"^ordering must"):
        standing("XO", 0.1)
    assert not math.isnan(lightest_for_sum("NO", 0.0642))
