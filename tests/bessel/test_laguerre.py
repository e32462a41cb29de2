"""The tables behind the Airy functions are the rules that they are said to be."""

import math

import numpy as np
import pytest
from scipy.special import roots_genlaguerre

from cnub.bessel.laguerre import THIRD, TWO_THIRDS

NODE_COUNT, FAINTEST = 56, 1e-20
LAST_DIGITS = (
    1e-13  # eigenvalues of a matrix of 56 rows, by whatever LAPACK is there; the smallest weights move by 3e-14
)


@pytest.mark.parametrize(("power", "table"), [(-1 / 6, THIRD), (1 / 6, TWO_THIRDS)])
def test_the_table_is_the_rule_of_the_library(power, table):
    nodes, weights = roots_genlaguerre(NODE_COUNT, power)
    weights = weights / weights.sum()
    kept = weights > FAINTEST
    np.testing.assert_allclose(table, (nodes[kept], weights[kept]), rtol=LAST_DIGITS)


@pytest.mark.parametrize(("power", "table"), [(-1 / 6, THIRD), (1 / 6, TWO_THIRDS)])
@pytest.mark.parametrize("moment", [0, 1, 2, 5])
def test_the_rule_integrates_powers_exactly(power, table, moment):
    nodes, weights = map(np.array, table)
    exact = math.gamma(power + 1 + moment) / math.gamma(power + 1)
    assert weights @ nodes**moment == pytest.approx(exact, rel=LAST_DIGITS)
