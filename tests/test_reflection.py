"""A face, a slab, a stack: limits, reciprocity, and a second method."""

import math

import mpmath
import numpy as np
import pytest

from cnub import DomainError
from cnub.reflection import (
    SIGNS,
    face_reflectivity,
    grazing_amplitude,
    slab_reflectivity,
    stack_amplitude,
    stack_reflectivity,
    thick_slab_reflectivity,
)

LEFT_OUT = 1e-3
"""Relative: what the limit or closed form leaves out at these arguments; measured 6e-05."""
ROUNDING_14 = 1e-14
"""Relative: rounding alone; measured 2e-16."""
ROUNDING_12 = 1e-12
"""Relative: rounding alone; measured 8e-16."""

ROUNDING = 1e-13
"""Algebra of a few complex numbers; worst seen 2e-15."""
SLAB = 3e-12
"""The same where 1 - rho^2 e nearly vanishes; worst seen 1.1e-12."""
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
        4 * float(face_reflectivity(delta, s)), rel=LEFT_OUT, abs=0.0
    )


def test_thick_slab_is_the_mean_over_thickness():
    delta, s = -1e-3, 0.05
    inside = math.sqrt(s * s + 2 * delta + delta**2)
    thicknesses = np.arange(64) * math.pi / inside / 64
    mean = np.mean([float(slab_reflectivity(delta, s, d)) for d in thicknesses])
    assert mean == pytest.approx(float(thick_slab_reflectivity(delta, s)), rel=ROUNDING_12)


@pytest.mark.parametrize(("delta", "sine"), [(-1e-8, 1e-9), (-1e-8, 1e-5), (1e-3, 1e-6), (-1e-3, 0.5)])
@pytest.mark.parametrize("thickness", [1e-6, 3.0, 1e3])
def test_slab_against_mpmath(delta, sine, thickness):
    """The sum over every passage in closed form, rho (1 - e)/(1 - rho^2 e), e = exp(2 i s' k d)."""
    with mpmath.workdps(60):
        s, d = mpmath.mpf(sine), mpmath.mpf(delta)
        inside = mpmath.sqrt(s * s + 2 * d + d * d)
        rho, turn = (s - inside) / (s + inside), mpmath.expj(2 * inside * thickness)
        expected = abs(rho * (1 - turn) / (1 - rho * rho * turn)) ** 2
    assert float(slab_reflectivity(delta, sine, thickness)) == pytest.approx(float(expected), rel=SLAB, abs=0.0)


def test_what_is_not_there_does_not_reflect():
    """Along the surface, s = 0, a face without a step and a layer without thickness are 0/0."""
    assert float(face_reflectivity(0.0, 0.0)) == float(slab_reflectivity(-1e-3, 0.0, 0.0)) == 0.0
    assert float(face_reflectivity(1e-9, 0.0)) == float(slab_reflectivity(-1e-3, 0.0, 1e-6)) == 1.0


def test_no_stack_reflects_from_one_side_only():
    layers = [(30.0, -2e-3), (200.0, 1e-3), (7.0, -5e-4)]
    forward, backward = stack_reflectivity(layers, SINES), stack_reflectivity(layers[::-1], SINES)
    np.testing.assert_allclose(forward, backward, rtol=ROUNDING_12)
    assert not np.allclose(forward, stack_reflectivity([layers[0], layers[2], layers[1]], SINES), rtol=1e-3)


@pytest.mark.parametrize("sign", SIGNS)
def test_fresnel_continuity_of_wave_and_slope(sign):
    q = np.array([0.3, 0.9, 1.1, 4.0])
    r = grazing_amplitude(q, sign)
    inside = np.sqrt(q**2 + (1 if sign == "attract" else -1) + 0j)
    np.testing.assert_allclose(q * (1 - r), inside * (1 + r), rtol=ROUNDING)


def test_total_reflection_only_of_the_repelled_below_the_critical_angle():
    q = np.linspace(0.01, 0.99, 9)
    np.testing.assert_allclose(abs(grazing_amplitude(q, "repel")), 1.0, rtol=ROUNDING_14)
    assert (abs(grazing_amplitude(q, "attract")) < 1).all() and abs(grazing_amplitude(1.2, "repel")) < 1


@pytest.mark.parametrize("q", [0.3, 0.999, 2.5])
@pytest.mark.parametrize(("sign", "step"), [("attract", 1.0), ("repel", -1.0)])
def test_one_wave_is_matched_at_the_surface(q, sign, step):
    """e^(-iqu) + r e^(iqu) outside, t e^(-iq'u) inside, value and slope continuous: solved, not looked up."""
    inside = np.sqrt(q * q + step + 0j)
    r, t = np.linalg.solve([[1, -1], [q, inside]], [-1, q])
    found = grazing_amplitude(q, sign)
    assert abs(found - r) < ROUNDING
    # the flux that is carried on
    assert 1 - abs(found) ** 2 == pytest.approx(abs(t) ** 2 * inside.real / q, abs=ROUNDING)


@pytest.mark.parametrize(("above", "below"), [(1e-3, -2e-3), (-1e-3, 5e-3)])
def test_reflection_conserves_flux_at_total_reflection(above, below):
    q = np.linspace(0.001, 0.02, 7)
    r = stack_amplitude(q, [(50.0, above)], below)
    assert (abs(r) < 1 + 1e-12).all()
    if below < 0:
        np.testing.assert_allclose(abs(r), 1.0, rtol=ROUNDING_12)


@pytest.mark.parametrize(
    ("call", "named"),
    [
        (lambda: face_reflectivity(1.0, 0.1), "delta"),
        (lambda: stack_reflectivity([], 0.1, -1.0), "substrate"),
        (lambda: face_reflectivity(1e-3, 1.1), "sine"),
        (lambda: slab_reflectivity(1e-3, 0.1, -1.0), "thickness"),
        (lambda: slab_reflectivity(-1.0, 0.1, 1.0), "delta"),
    ],
)
def test_refusals(call, named):
    with pytest.raises(DomainError, match=f"^{named} must be"):
        call()
