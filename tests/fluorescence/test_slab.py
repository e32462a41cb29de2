"""A slab, exactly: light that starts at one face and leaves at the other, for the yield of a target of finite size."""

import math

import numpy as np
import pytest

from cnub.constants import HBAR_EV_S, METRE
from cnub.fluorescence import Target, channel
from cnub.fluorescence.polariton import finite_share, first_order_weight
from cnub.fluorescence.reaction import target_yield

LEFT_OUT = 1e-4
"""Relative: what the limit or closed form leaves out at these arguments; measured 4e-05."""

FACTOR = 1.6
"""How well s/L is known as the rate of escape; measured 0.75 to 1.48 of the slab's yield."""
NARROW = 2e-3
"""Relative: poles of a width of Gamma/g apart, g = 300 Gamma; measured 1.0e-3."""
NODES = 200_001
"""Of the trapezoidal rule; ten times as many move a yield by 6e-8 of it at most."""
CHOSEN = channel("NO")


def slab_yield(g, width, length, slope=1.0, speed=1.0):
    """Photons through the far face per excitation of independent dipoles, the drive e along the neutrino's line.

    i s a' + e a = g b and (e + i Gamma/2) b = exp(i q x) + g a with q = -e/v and no light at x = 0.
    """
    t = np.linspace(-1.0, 1.0, NODES)[1:-1]
    scale = max(width, g)
    e, weight = scale * t / (1 - t * t), scale * (1 + t * t) / (1 - t * t) ** 2
    z = e + 0.5j * width
    mismatch = (e - g * g / z) / slope + e / speed
    out = g * g / (slope * np.abs(z) ** 2) * np.abs((1 - np.exp(1j * mismatch * length)) / mismatch) ** 2
    return np.trapezoid(out * weight, t) / (2 * math.pi * length)


@pytest.mark.parametrize("x", [0.05, 1.0, 20.0])
def test_weak_coupling_keeps_the_finite_share(x):
    g, width = 1e-3, 1.0
    first = 0.5 * first_order_weight(0.0, g, width)  # D_k v_j times the weight
    assert slab_yield(g, width, x) == pytest.approx(first * finite_share(width, x), rel=LEFT_OUT)


@pytest.mark.parametrize("x", [0.5, 1.0, 5.0])
def test_strong_coupling_lets_out_what_is_not_lost_on_the_way(x):
    """Both branches move at 1/3 and lose 2/3 of Gamma: a start anywhere in the slab gives (1 - exp(-2x))/(2x)."""
    assert slab_yield(300.0, 1.0, x) == pytest.approx(-math.expm1(-2 * x) / (2 * x), rel=NARROW)


@pytest.mark.parametrize("x", [0.05, 0.3, 1.0, 5.0, 20.0])
@pytest.mark.parametrize("g", [1e-2, 0.3, 1.0, 3.0, 30.0])
@pytest.mark.parametrize("slope", [1.0, 0.1])
def test_the_yield_of_a_target_is_that_of_the_slab_within_its_model_of_the_escape(g, x, slope):
    width = 1e-7
    target = Target((x * slope / width / METRE) ** 3, 1.0, HBAR_EV_S / width)
    ratio = target_yield(CHOSEN, target, g * width, slope) / slab_yield(g, 1.0, x * slope, slope)
    assert 1 / FACTOR < ratio < FACTOR, ratio
