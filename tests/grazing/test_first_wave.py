"""Four senses of the first trapped wave: closed forms, the ball's own poles and modes, the bound states of the well."""

import math
from itertools import pairwise

import pytest
from mpmath import airyai, airyaizero, airybi, findroot, mp

from cnub import DomainError
from cnub.figures.criterion import first_counted
from cnub.grazing.first_wave import first_wave, width_in_orders
from cnub.grazing.gallery import bound_states
from cnub.sphere.trapped import mode_count, resonances

ROOT = 1e-12
"""Relative: roots of Airy functions in double precision; measured 2e-16."""
GRAZING = {1e4: 3e-3, 1e6: 2e-4, 1.7e10: 1e-6}
"""Relative, by kR: the ball's own poles against the grazing limit, of order delta; measured 1.3e-3, 6.7e-5, 1.1e-7."""
MODES = 2e-3
"""Relative, the same for the order: it departs by 8e-4 at kR = 1e4."""
WIDTH = 3e-3
"""Relative: width of the first mode of the ball, known to first order in it; measured 9e-4."""


def test_closed_forms():
    with mp.workdps(30):
        bound = (-airyaizero(1, 1)) ** 1.5 / mp.sqrt(2)
        ratio = airybi(0, derivative=1) / airybi(0)
        depth = findroot(lambda s: airyai(-s, derivative=1) / airyai(-s) - ratio, 1.5)
        phase = (-airyaizero(1)) ** 1.5 / mp.sqrt(2)
    found = first_wave(1e4)
    assert found.bound == pytest.approx(float(bound), rel=ROOT)
    assert found.above == pytest.approx(float(depth**1.5 / mp.sqrt(2)), rel=ROOT)
    assert found.phase == pytest.approx(9 * math.pi / (8 * math.sqrt(2)), rel=ROOT)
    assert found.phase_exact == pytest.approx(float(phase), rel=ROOT)


def test_bound_states_appear_at_the_first():
    bound = first_wave(1e4).bound
    for factor, count in ((0.999, 0), (1.001, 1)):
        assert len(bound_states(1 / (math.sqrt(2) * factor * bound))) == count


@pytest.mark.parametrize("kR", [1e4, 1e6])
def test_modes_of_the_ball_appear_at_the_second(kR):
    above = first_wave(kR).above
    for factor, count in ((1 - MODES, 0), (1 + MODES, 1)):
        assert mode_count(kR, (factor * above / kR) ** (2 / 3)) == count


@pytest.mark.parametrize("kR", GRAZING)
def test_poles_of_the_ball_become_narrow_at_the_fourth(kR):
    assert first_counted(kR) == pytest.approx(first_wave(kR).narrow, rel=GRAZING[kR])


def test_the_width_is_that_of_the_first_mode_of_the_ball():
    kR, criterion = 1e6, 8.0
    mode = resonances(kR, (criterion / kR) ** (2 / 3))[0]
    assert width_in_orders(criterion, kR) == pytest.approx(math.exp(mode.log_width), rel=WIDTH)


def test_the_four_come_in_order_and_the_last_rises_as_a_logarithm():
    sizes = (1e4, 1e7, 1e10, 1e13)
    found = [first_wave(kR) for kR in sizes]
    assert all(f.bound < f.above < f.phase < f.narrow for f in found)
    steps = [b.narrow - a.narrow for a, b in pairwise(found)]
    # The barrier is at most exp(-4/(3 kappa)) = exp(-(4/3) sqrt(2) C), against (kR)^(1/3).
    least = math.log(1e3) / 3 / (4 / 3 * math.sqrt(2))
    assert steps[0] > steps[1] > steps[2] > least


@pytest.mark.parametrize("kR", [0.0, 10.0, 1e14, math.nan])
def test_refusals(kR):
    with pytest.raises(DomainError, match="kR"):
        first_wave(kR)
