"""The entry to the sphere: two quantities that no method mixes, the whole domain, estimates that hold, refusals."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cnub.domain import DomainError
from cnub.sphere import density_excess
from cnub.sphere.born import amplitude

LEFT_OUT = 1e-9
"""Relative: what the limit or closed form leaves out at these arguments; measured 1e-11."""
ROUNDING = 1e-12
"""Relative: rounding alone; measured 2e-15."""

# What `auto` promises, in units of |delta|, and of the value's own amplitude.
GOAL, RELATIVE_GOAL = 1e-9, 1e-6


@pytest.mark.parametrize(
    ("kR", "delta", "height", "method"),
    [
        (1.7e10, -2.5e-8, 0.0, "contour"),
        (1e4, 1e-12, 0.0, "contour"),
        (50.0, -1e-3, 1.0, "direct"),
        (1e4, -0.05, 0.0, "direct"),
        (3e4, 1e-3, 0.0, "contour"),
        (300.0, 0.1, 0.0, "direct"),
        (1e4, 0.9, -20.0, "direct"),
        (2e9, 2.32e-6, 1e5, "contour"),
    ],
)
def test_auto_takes_the_cheapest_that_is_good_enough(kR, delta, height, method):
    solution = density_excess(kR, delta, height)
    assert (solution.method, solution.quantity) == (method, "fixed k")
    assert solution.error_estimate <= GOAL * abs(delta)
    assert solution.error_estimate <= RELATIVE_GOAL * amplitude(kR, delta, height)
    assert solution.seconds > 0


# kR, delta, height, value/delta at that k, found by separate code (arbitrary precision or the plain sum).
FIXED = [
    (2e9, 2.32e-6, 1e5, 3.028376e-3, 2e-9),
    (1.7e10, 5.91e-7, 1e4, 0.037579, 1e-6),
    (4000.0, 0.01, 0.0, -0.574153, 1e-6),
    (1.1e6, 0.02, 0.0, -6.13, 0.005),
    (3605.054523316274, 0.01, 0.0, 1.155, 5e-4),
    (3605.0545233162743, 0.01, 0.0, 1.155, 5e-4),
    (7539121035.239313, 1e-6, 0.0, -29.8, 0.05),
    (7539121035.239314, 1e-6, 0.0, -29.8, 0.05),
]


@pytest.mark.parametrize(("kR", "delta", "height", "ratio", "printed"), FIXED)
def test_at_one_k_it_is_the_sum_at_that_k(kR, delta, height, ratio, printed):
    assert density_excess(kR, delta, height).density_excess / delta == pytest.approx(ratio, abs=printed)


@pytest.mark.parametrize(("kR", "delta"), [(row[0], row[1]) for row in FIXED if row[2] == 0.0])
def test_averaged_it_is_half_of_delta_and_a_little(kR, delta):
    solution = density_excess(kR, delta, average=True)
    assert solution.quantity == "k average"
    assert solution.density_excess / delta == pytest.approx((3 + 2 * delta) / (3 * (2 + delta)), rel=LEFT_OUT)


@settings(derandomize=True, max_examples=60, deadline=None)
@given(
    log_size=st.floats(-3.0, 5.0),
    log_delta=st.floats(-14.0, -0.05),
    sign=st.sampled_from([-1.0, 1.0]),
    place=st.sampled_from(["surface", "outside", "far", "inside", "centre"]),
    log_height=st.floats(-3.0, 4.0),
    average=st.booleans(),
)
def test_the_method_never_changes_the_quantity(log_size, log_delta, sign, place, log_height, average):
    kR, delta = 10**log_size, sign * 10**log_delta
    height = {"surface": 0.0, "outside": 10**log_height, "far": 10 ** (log_height + 8.0), "centre": -kR}.get(
        place, -min(10**log_height, 0.7 * kR)
    )
    if average and kR < 50.0:
        return
    answers = []
    for method in ("auto", "contour", "direct", "born"):
        try:
            answers.append(density_excess(kR, delta, height, average=average, method=method))
        except DomainError as refusal:
            assert method != "auto", refusal
    for one in answers:
        assert math.isfinite(one.density_excess)
        for other in answers:
            # 3 of 7000 cases exceeded the sum of both estimates, by 2.4 at most
            bound = 3.0 * (one.error_estimate + other.error_estimate)
            assert abs(one.density_excess - other.density_excess) <= bound, (one, other)


def test_no_refraction_no_excess():
    assert density_excess(1e5, 0.0).density_excess == 0.0


def test_trapped_waves_need_attraction():
    assert density_excess(1e5, -1e-2).trapped_waves == 0
    assert density_excess(1e5, 1e-2).trapped_waves > 10


@pytest.mark.parametrize(
    ("kR", "delta", "height"),
    [(5e-324, 0.1, 0.0), (1e-200, -0.9, 1.0), (1e-3, 0.5, -5e-4), (1.0, -1.0979e-4, 958500.0), (1e13, 1e-9, 1e15)],
)
def test_the_corners_of_the_domain_are_answered(kR, delta, height):
    solution = density_excess(kR, delta, height)
    assert math.isfinite(solution.density_excess)
    assert solution.error_estimate <= max(RELATIVE_GOAL * amplitude(kR, delta, height), 1e-320)


@pytest.mark.parametrize("kR", [10.0, 1e4, 1e7])
def test_the_density_is_continuous_through_the_surface(kR):
    step = max(1e-10, 2.0**-52 * kR)
    for delta in (0.05, -0.05, 1e-8):
        inside, outside = (density_excess(kR, delta, h).density_excess for h in (-step, 0.0))
        # the density may change by a few times itself over 1/k
        assert inside == pytest.approx(outside, abs=10.0 * step * max(abs(delta), abs(outside)) + 1e-13 * abs(delta))


def test_a_plain_sum_that_takes_long_is_refused_with_its_time_and_the_average_named():
    with pytest.raises(DomainError, match=r"(?s)kR.* s .*average"):
        density_excess(1e13, 0.5)
    assert density_excess(1e13, 0.5, average=True).density_excess == pytest.approx(0.5 * 4 / 7.5, rel=ROUNDING)


def test_progress_is_told_the_share_done(monkeypatch):
    told = []
    density_excess(3e5, 0.05, method="direct", progress=told.append)
    assert told == sorted(told)
    assert told[-1] == 1.0


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        ({"kR": 0.0}, "kR"),
        ({"kR": math.inf}, "kR"),
        ({"kR": 1e308}, "kR"),
        ({"delta": 1.0}, "delta"),
        ({"delta": math.nan}, "delta"),
        ({"height": -1.1e4}, "height"),
        ({"height": 1.7e308}, "height"),
        ({"method": "guess"}, "method"),
        ({"kR": 100.0, "method": "contour"}, "kR"),
        ({"kR": 40.0, "average": True}, "kR"),
        ({"average": True, "method": "born"}, "method"),
        ({"delta": 0.05, "method": "born"}, "kR delta"),
    ],
)
def test_refusals_name_the_parameter(arguments, named):
    with pytest.raises(DomainError, match=f"^{named}"):
        density_excess(**{"kR": 1e4, "delta": 1e-3} | arguments)
