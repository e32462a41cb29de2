"""Layers: the half-space as a special case, guided waves mode by mode, nothing at O(sqrt delta) when filled."""

import math

import pytest
from scipy.optimize import brentq

from cnub import DomainError
from cnub.grazing import halfspace, layers

LEFT_OUT_9 = 1e-9
"""Relative: what the limit or closed form leaves out at these arguments; measured 2e-10."""
LEFT_OUT_5 = 2e-5
"""Relative: what the limit or closed form leaves out at these arguments; measured 8e-06."""
ROUNDING_ABS_15 = 1e-15
"""Absolute: rounding alone; measured 7e-18."""
ROUNDING_12 = 1e-12
"""Relative: rounding alone; measured 2e-14."""

SAME = 1e-13
"""Quadrature against closed forms, in units of sqrt(delta); measured 4e-15."""


@pytest.mark.parametrize("delta", [1e-3, -1e-3, 1e-6])
@pytest.mark.parametrize("flux", halfspace.FLUXES)
@pytest.mark.parametrize("trapped", halfspace.TRAPPED)
def test_no_layer_is_the_half_space(delta, flux, trapped):
    for height in (0.0, 2.0, 100.0):
        value = layers.layered_excess([], delta, height, flux, trapped)
        expected = halfspace.halfspace_excess(delta, height, flux, trapped)
        assert value == pytest.approx(expected, abs=SAME * math.sqrt(abs(delta)))


def test_layer_of_the_substrate_changes_nothing():
    for height in (0.0, 5.0):
        split = layers.layered_excess([(3.0, 2e-3), (7.0, 2e-3)], 2e-3, height, "above")
        assert split == pytest.approx(layers.layered_excess([], 2e-3, height, "above"), abs=ROUNDING_ABS_15)


def test_thin_layer_guides_one_wave_weakly():
    # its decay is step * thickness/2 to first order, and its density pi times that
    step = 2e-2 + 1e-4
    expected = math.pi * step * 1e-8 / 2
    assert guided_density(1e-8, 1e-2, 1.0) == pytest.approx(expected, rel=LEFT_OUT_9)  # next order step * thickness


@pytest.mark.parametrize("height", [0.0, 5.0, 30.0])
def test_guided_waves_one_by_one(height):
    """What is missing with empty trapped states is the sum of the normalised guided modes of the layer."""
    stack = [(300.0, 1e-3)]
    missing = layers.layered_excess(stack, 0.0, height) - layers.layered_excess(stack, 0.0, height, "both", "empty")
    assert missing == pytest.approx(guided_density(300.0, 1e-3, height), rel=ROUNDING_12)


def test_filled_stack_is_first_order():
    """Born: each layer adds the half-space below its top and takes away the one below its bottom."""
    stack, height = [(4.0, 1e-6), (11.0, -2e-6), (2.5, 5e-7)], 0.7
    depth, born = height, 0.0
    for thickness, delta in stack:
        born += halfspace.halfspace_excess(delta, depth) - halfspace.halfspace_excess(delta, depth + thickness)
        depth += thickness
    born += halfspace.halfspace_excess(3e-6, depth)
    assert layers.layered_excess(stack, 3e-6, height) == pytest.approx(born, rel=LEFT_OUT_5)


def test_filled_stack_of_critical_layers_has_no_square_root():
    for delta in (1e-4, 1e-6, 1e-8):
        stack = [(3.0 / math.sqrt(delta), delta), (2.0 / math.sqrt(delta), -delta)]
        assert abs(layers.layered_excess(stack, 2 * delta, 0.0)) < delta
        assert abs(layers.layered_excess(stack, 2 * delta, 0.0, "both", "empty")) > 0.3 * math.sqrt(delta)


@pytest.mark.parametrize(
    ("call", "names"),
    [
        (lambda: layers.layered_excess([(-1.0, 1e-3)], 0.0, 0.0), "thickness"),
        (lambda: layers.layered_excess([(1e7, 1e-3)], 0.0, 0.0), "thickness"),
        (lambda: layers.layered_excess([(1.0, 1.0)], 0.0, 0.0), "delta"),
        (lambda: layers.layered_excess([], math.nan, 0.0), "substrate"),
        (lambda: layers.layered_excess([], 1e-3, -1.0), "height"),
        (lambda: layers.layered_excess([], 1e-3, 0.0, "up"), "flux"),
        (lambda: layers.layered_excess([], 1e-3, 0.0, "both", "half"), "trapped"),
    ],
)
def test_refusals(call, names):
    with pytest.raises(DomainError, match=f"^{names} must"):
        call()


def guided_density(thickness: float, delta: float, height: float) -> float:
    """Density dn/n0 of the waves guided by one attracting layer in vacuum, mode by mode: pi |psi(z)|^2/k each.

    ``thickness`` and ``height`` (above the layer) in 1/k, ``delta`` > 0. tan or cot of half the phase across the layer.
    """
    square = delta * (2 + delta)
    top = math.sqrt(square)
    modes, total = math.ceil(thickness * top / math.pi), 0.0
    for m in range(modes):

        def mismatch(phase, m=m):
            # p = top cos(phase), decay = top sin(phase): neither cancels where the layer hardly guides
            return thickness * top * math.cos(phase) - m * math.pi - 2.0 * phase

        phase = brentq(mismatch, 0.0, math.pi / 2, xtol=1e-300)
        p, decay = top * math.cos(phase), top * math.sin(phase)
        # normalised: amplitude^2 (thickness/2 + 1/decay) inside, cos^2 of the edge phase = p^2/square at the surface
        total += math.pi * (p * p / square) / (0.5 * thickness + 1.0 / decay) * math.exp(-2.0 * decay * height)
    return total
