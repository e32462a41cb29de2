"""Fresnel slab: limits, reciprocity, and a second method."""

import math

import mpmath
import numpy as np
import pytest

from cnub import DomainError
from cnub.forces.slab import face_reflectivity, layered_reflectivity, slab_reflectivity, thick_slab_reflectivity

ROUNDING = 1e-13
"""Algebra of a few complex numbers; worst seen 2e-15."""
SINES = np.array([1e-3, 0.01, 0.03, 0.1, 0.5, 1.0])


@pytest.mark.parametrize("delta", [-1e-8, 1e-8, -1e-3, 1e-3])
@pytest.mark.parametrize("sine", [1e-5, 1e-3, 0.3])
def test_face_against_mpmath(delta, sine):
    with mpmath.workdps(50):
        inside = mpmath.sqrt(mpmath.mpf(sine) ** 2 + 2 * mpmath.mpf(delta) + mpmath.mpf(delta) ** 2)
        expected = abs((sine - inside) / (sine + inside)) ** 2
    assert float(face_reflectivity(delta, sine)) == pytest.approx(float(expected), rel=ROUNDING, abs=0.0)


def test_total_reflection_below_the_critical_angle_only():
    edge = math.sqrt(2e-3 - 1e-6)
    assert np.allclose(face_reflectivity(-1e-3, np.array([0.0, 0.5 * edge, 0.999 * edge])), 1.0, rtol=0, atol=ROUNDING)
    assert float(face_reflectivity(-1e-3, 1.01 * edge)) < 0.6
    assert float(face_reflectivity(1e-3, 0.5 * edge)) < 1


def test_slab_is_transparent_without_phase_and_where_it_resonates():
    assert (slab_reflectivity(-1e-3, SINES, 0.0) == 0).all()
    s, delta = 0.3, -1e-3
    inside = math.sqrt(s * s + 2 * delta + delta**2)
    assert float(slab_reflectivity(delta, s, math.pi / inside)) < 1e-30
    assert float(slab_reflectivity(delta, s, 1.5 * math.pi / inside)) == pytest.approx(
        4 * float(face_reflectivity(delta, s)), rel=1e-3, abs=0.0
    )


def test_thick_slab_is_the_mean_over_thickness():
    delta, s = -1e-3, 0.05
    inside = math.sqrt(s * s + 2 * delta + delta**2)
    thicknesses = np.arange(64) * math.pi / inside / 64
    mean = np.mean([float(slab_reflectivity(delta, s, d)) for d in thicknesses])
    assert mean == pytest.approx(float(thick_slab_reflectivity(delta, s)), rel=1e-12)


@pytest.mark.parametrize("delta", [-1e-3, 1e-3])
def test_one_layer_is_the_slab(delta):
    np.testing.assert_allclose(
        layered_reflectivity([delta], [50.0], SINES), slab_reflectivity(delta, SINES, 50.0), rtol=1e-12
    )


def test_no_stack_reflects_from_one_side_only():
    deltas, depths = [-2e-3, 1e-3, -5e-4], [30.0, 200.0, 7.0]
    forward = layered_reflectivity(deltas, depths, SINES)
    backward = layered_reflectivity(deltas[::-1], depths[::-1], SINES)
    np.testing.assert_allclose(forward, backward, rtol=1e-11)
    assert not np.allclose(forward, layered_reflectivity([-2e-3, -5e-4, 1e-3], [30.0, 7.0, 200.0], SINES), rtol=1e-3)


@pytest.mark.parametrize(
    ("call", "named"),
    [
        (lambda: face_reflectivity(0.2, 0.1), "delta"),
        (lambda: face_reflectivity(1e-3, 1.1), "sine"),
        (lambda: slab_reflectivity(1e-3, 0.1, -1.0), "thickness"),
        (lambda: layered_reflectivity([1e-3], [], 0.1), "thicknesses"),
    ],
)
def test_refusals(call, named):
    with pytest.raises(DomainError, match=f"^{named} must be"):
        call()
