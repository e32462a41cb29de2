"""The entry to the sphere: which method answers, that methods agree, and what is refused."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cnub.domain import DomainError
from cnub.sphere import density_excess

# What `auto` promises, in units of |delta|.
GOAL = 1e-9


@pytest.mark.parametrize(
    ("kR", "delta", "height", "method"),
    [
        (1.7e10, -2.5e-8, 0.0, "contour"),
        (1e4, 1e-12, 0.0, "born"),
        (50.0, -1e-3, 1.0, "direct"),
        (1e4, -0.05, 0.0, "direct"),
        (3e4, 1e-2, 0.0, "contour"),
        (300.0, 0.1, 0.0, "direct, averaged over k"),
    ],
)
def test_auto_takes_the_cheapest_that_is_good_enough(kR, delta, height, method):
    solution = density_excess(kR, delta, height)
    assert solution.method == method
    assert solution.error_estimate <= GOAL * abs(delta)
    assert solution.seconds > 0


@settings(derandomize=True, max_examples=60, deadline=None)
@given(
    st.floats(3.0, 4.3).map(lambda e: 10**e),
    st.floats(-14.0, -2.0),
    st.sampled_from([-1.0, 1.0]),
    st.one_of(st.just(0.0), st.floats(-3.0, 6.0).map(lambda e: 10**e)),
)
def test_contour_and_the_plain_sum_agree_within_their_errors_unless_waves_are_trapped(kR, exponent, sign, height):
    delta = sign * 10**exponent
    contour, direct = (density_excess(kR, delta, height, method) for method in ("contour", "direct"))
    assert math.isfinite(contour.density_excess)
    if contour.trapped_waves == 0:
        difference = abs(contour.density_excess - direct.density_excess)
        # in 7000 random cases 3 exceeded the sum of both estimates, by 2.4 at most
        assert difference <= 3 * (contour.error_estimate + direct.error_estimate)


def test_no_refraction_no_excess():
    assert density_excess(1e5, 0.0).density_excess == 0.0


def test_trapped_waves_need_attraction():
    assert density_excess(1e5, -1e-2).trapped_waves == 0
    assert density_excess(1e5, 1e-2).trapped_waves > 10


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        ((0.0, 1e-3), "kR"),
        ((math.inf, 1e-3), "kR"),
        ((1e4, 1.0), "delta"),
        ((1e4, math.nan), "delta"),
        ((1e4, 1e-3, -1.0), "height"),
        ((1e4, 1e-3, 0.0, "guess"), "method"),
        ((1e12, 0.5), "kR"),
        ((100.0, 1e-3, 0.0, "contour"), "kR"),
    ],
)
def test_refusals_name_the_parameter(arguments, named):
    with pytest.raises(DomainError, match=named):
        density_excess(*arguments)
