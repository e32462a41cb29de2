"""Double-doubles against exact rational arithmetic: sums without error, the bounds of products and quotients."""

import math
from fractions import Fraction

import mpmath
from hypothesis import given, settings
from hypothesis import strategies as st

from cnub.bessel.doubledouble import add, multiply, reciprocal, scale, split, two_sum

FEW = settings(derandomize=True, max_examples=400, deadline=None)
highs = st.floats(-1e60, 1e60).filter(lambda x: abs(x) > 1e-60)
lows = st.floats(-0.5, 0.5)
SUM = 2.0**-104
"""Of the larger operand, as the docstring says; the worst of 2e5 random sums is 0.50 of it."""
PRODUCT = 2.0**-102
"""Relative, as the docstring says; the worst of 2e5 random products is 0.23 of it."""
QUOTIENT = 2.0**-100
"""Relative, as the docstring says; the worst of 2e5 random quotients is 0.03 of it."""


def number(high, low):
    """A double-double whose lower part is at most half a unit of the last digit of the upper."""
    return high, low * math.ulp(high)


def exact(pair):
    return Fraction(pair[0]) + Fraction(pair[1])


def normal(pair):
    return abs(pair[1]) <= math.ulp(pair[0])


@FEW
@given(highs, highs)
def test_a_sum_of_doubles_is_exact(a, b):
    total = two_sum(a, b)
    assert total[0] == a + b and exact(total) == Fraction(a) + Fraction(b)


@FEW
@given(highs, lows, highs, lows)
def test_sum(a, al, b, bl):
    x, y = number(a, al), number(b, bl)
    found = add(*x, *y)
    assert normal(found)
    assert abs(exact(found) - exact(x) - exact(y)) <= SUM * max(abs(exact(x)), abs(exact(y)))


@FEW
@given(highs, lows, highs, lows)
def test_products(a, al, b, bl):
    x, y = number(a, al), number(b, bl)
    for found, expected in ((multiply(*x, *y), exact(x) * exact(y)), (scale(a, *y), Fraction(a) * exact(y))):
        assert normal(found)
        assert abs(found_error(found, expected)) <= PRODUCT


@FEW
@given(highs, lows)
def test_reciprocal(a, al):
    x = number(a, al)
    found = reciprocal(*x)
    assert normal(found)
    assert abs(found_error(found, 1 / exact(x))) <= QUOTIENT


def found_error(found, expected):
    return (exact(found) - expected) / expected


def test_a_number_of_mpmath_is_its_nearest_double_double():
    with mpmath.workprec(300):
        for value in (mpmath.pi, mpmath.sqrt(2) * mpmath.mpf(10) ** 40, -mpmath.euler / 3):
            high, low = split(+value)
            rest = value - mpmath.mpf(high) - mpmath.mpf(low)
            assert abs(low) <= math.ulp(high) / 2 and abs(rest) <= math.ulp(low) / 2
