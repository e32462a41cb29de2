"""The ball's two quantities against independent sums, closed forms and limits (``reference/sphere_points.csv``)."""

import math
from pathlib import Path

import ball_limits
import ball_points
import ball_waves
import numpy as np
import pandas as pd
import pytest

from cnub.sphere import density_excess

TABLE = pd.read_csv(Path(ball_points.TABLE))
ESTIMATES = 3.0
"""How many error estimates the truth may be away (plus the reference's own uncertainty)."""
IDLE = 1e-3
"""The median true error over its estimate, where above rounding, is larger: a bound on anything says nothing."""
ROUNDING = 4e-16
"""Of the value: below, a difference is the rounding of the answer itself."""


def answered(row):
    return density_excess(row.kR, row.delta, row.height, average=row.quantity == "k average")


def difference(row, solution):
    """How far the answer is from the reference beyond the latter's uncertainty and the rounding of both to doubles."""
    slack = row.uncertainty + ROUNDING * abs(row.density_excess)
    return max(0.0, abs(solution.density_excess - row.density_excess) - slack)


def label(row):
    return f"{row.quantity}-{row.kR:g}-{row.delta:g}-{row.height:g}"


@pytest.mark.parametrize("row", list(TABLE.itertuples(index=False)), ids=label)
def test_answers_agree_with_the_independent_reference_within_three_estimates(row):
    solution = answered(row)
    assert solution.quantity == row.quantity
    assert difference(row, solution) <= ESTIMATES * solution.error_estimate


@pytest.mark.parametrize("quantity", ball_points.QUANTITIES)
def test_estimates_are_not_idle(quantity):
    ratios = []
    for row in TABLE[TABLE.quantity == quantity].itertuples(index=False):
        solution = answered(row)
        error = abs(solution.density_excess - row.density_excess)
        if row.uncertainty < 0.1 * error and error > ROUNDING * abs(row.density_excess):
            ratios.append(error / solution.error_estimate)
    assert len(ratios) > 5
    assert np.median(ratios) > IDLE


def test_the_table_is_what_its_sources_give():
    """Three rows of each source that is quick, computed again."""
    quick = TABLE[TABLE.source.isin(["arbitrary", "limit"])]
    for _, rows in quick.groupby(["quantity", "source"]):
        for row in rows.iloc[[0, len(rows) // 2, -1]].itertuples(index=False):
            value, error, _ = ball_points.reference(row.quantity, row.kR, row.delta, row.height)
            assert abs(value - row.density_excess) <= error + 1e-15 * abs(value)


SUMMED = TABLE[(TABLE.quantity == "k average") & (TABLE.source == "extended")]
AVERAGED = SUMMED[(SUMMED.height == 0) & (SUMMED.delta > -0.3)]
CURVED = 0.05
"""Over (delta/kR)^2: how far the surface's average is from its closed form; 0.003 to 0.02 measured, kR 300 to 1e4."""


@pytest.mark.parametrize("row", list(AVERAGED.itertuples(index=False)), ids=label)
def test_the_average_at_the_surface_tends_to_its_closed_form(row):
    born = row.delta * math.exp(-8 * ball_points.SPREAD**2) / row.kR
    beyond = CURVED * (row.delta / row.kR) ** 2
    away = abs(row.density_excess - float(ball_limits.surface(row.delta)))
    assert away <= beyond + abs(born) + 1e-16 * abs(row.delta)


@pytest.mark.parametrize(("kR", "delta"), [(31.0, 0.3), (50.0, -0.6), (400.0, -1e-9), (0.02, 0.9)])
def test_the_witness_in_arbitrary_precision(kR, delta):
    """Its formulas for outside and inside meet at the surface; at the centre one wave is left, in closed form."""
    outside, change = ball_waves.arbitrary(kR, delta)
    inside, _ = ball_waves.arbitrary(kR, delta, -1e-24)
    middle, _ = ball_waves.arbitrary(kR, delta, -kR)
    assert change < 1e-20 * abs(outside)
    assert abs(inside - outside) < 1e-19 * abs(delta)
    with ball_waves.mp.workdps(40):
        assert abs(middle - ball_limits.centre(kR, delta)) < 1e-20 * abs(delta)


@pytest.mark.parametrize("delta", [-0.9, -0.01, 1e-6, 0.3, 0.95])
def test_the_half_space_is_continuous_and_tends_to_the_closed_form(delta):
    for side in (1e-9, -1e-9):
        assert abs(float(ball_limits.flat(delta, side) - ball_limits.surface(delta))) < 1e-8 * abs(delta)
