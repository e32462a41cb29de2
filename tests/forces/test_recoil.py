"""Counting powers of G_F: closed forms, exact cancellations, exponents."""

import math

import mpmath
import numpy as np
import pytest
from scipy.integrate import quad

from cnub import DomainError
from cnub.forces import recoil
from cnub.forces.recoil import (
    REFLECTED_ATTRACTED,
    REFLECTED_REPELLED,
    collimated_forces,
    isotropic_forces,
    isotropic_stack_pressure,
    power,
    prism_forces,
    reflected_pressure,
    reflection_moment,
    refracted_pressure,
    wind_pressure,
)
from cnub.matter import critical_angle
from cnub.quadrature import panels
from cnub.reflection import slab_reflectivity, thick_slab_reflectivity

LEFT_OUT_ABS_3 = 1e-3
"""Absolute: what the limit or closed form leaves out at these arguments; measured 0.0002."""
LEFT_OUT_ABS_3_WIDE = 2e-3
"""Absolute: what the limit or closed form leaves out at these arguments; measured 0.0003."""
ROUNDING_ABS_22 = 1e-22
"""Absolute: rounding alone; measured 2e-24."""
ROUNDING_ABS_16 = 4e-16
"""Absolute: rounding alone; measured 7e-18."""
ROUNDING_14 = 1e-14
"""Relative: rounding alone; measured 2e-16."""
ROUNDING_12 = 1e-12
"""Relative: rounding alone; measured 6e-15."""

DELTA = -1e-8
SQRT_DELTA = 3e-4
"""What an integral over all angles leaves out at DELTA: relative corrections of order theta_c = 1.4e-4; seen 1.1e-4."""

INTEGRALS = 1e-9
"""Two adaptive quadratures of one integrand with a square root at the critical angle; worst seen 2e-11."""


def test_reflected_pressure_has_three_critical_angles():
    cubed = critical_angle(DELTA) ** 3
    assert reflected_pressure(DELTA) / cubed == pytest.approx(REFLECTED_REPELLED, rel=SQRT_DELTA)
    assert reflected_pressure(-DELTA) / cubed == pytest.approx(REFLECTED_ATTRACTED, rel=SQRT_DELTA)
    assert [round(2 * power(lambda d, n=n: reflection_moment(d, n), DELTA), 3) for n in (0, 1, 2)] == [1, 2, 3]


def test_refraction_on_one_face_is_first_order():
    assert refracted_pressure(DELTA) == pytest.approx(-DELTA / 2, rel=SQRT_DELTA, abs=0.0)
    assert power(refracted_pressure, DELTA) == pytest.approx(1.0, abs=SQRT_DELTA)


@pytest.mark.parametrize("sine", [0.01, 0.3, 1.0])
def test_faces_cancel_to_second_order_for_collimated_flux(sine):
    forces = collimated_forces(DELTA, sine)
    # Corrections of relative order delta/s^2: 1e-4 at s = 0.01.
    assert forces.entry == pytest.approx(-DELTA, rel=3 * abs(DELTA) / sine**2 + 1e-12, abs=0.0)
    assert forces.exit == pytest.approx(DELTA, rel=3 * abs(DELTA) / sine**2 + 1e-12, abs=0.0)
    assert forces.net == pytest.approx(
        2 * sine**2 * float(thick_slab_reflectivity(DELTA, sine)), rel=ROUNDING_14, abs=0.0
    )
    assert power(lambda d: collimated_forces(d, sine).net, DELTA) == pytest.approx(2.0, abs=LEFT_OUT_ABS_3)


@pytest.mark.parametrize("delta", [-0.05, 1e-3, -1e-6])
def test_faces_add_up_to_the_reflected_momentum(delta):
    for sine in (0.35, 0.6, 0.99):
        forces = collimated_forces(delta, sine)
        assert forces.entry + forces.exit == pytest.approx(forces.net, abs=ROUNDING_ABS_16)


def test_below_the_critical_angle_all_is_reflected():
    sine = 0.5 * critical_angle(DELTA)
    forces = collimated_forces(DELTA, sine)
    assert forces.exit == 0.0 and forces.entry == forces.net == pytest.approx(2 * sine**2, rel=ROUNDING_12, abs=0.0)


def test_isotropic_gas_does_not_push_a_slab():
    forces = isotropic_forces(DELTA)
    # Each face: the potential step times the density, as for any direction of a collimated flux.
    assert forces.entry == pytest.approx(-DELTA, rel=SQRT_DELTA, abs=0.0)
    assert abs(forces.net) < INTEGRALS * abs(forces.entry)


@pytest.mark.parametrize("delta", [-1e-8, 1e-8, -0.05, 0.05])
def test_a_face_that_reflects_what_the_other_does_not_would_push_the_slab(monkeypatch, delta):
    """The two faces are integrated apart, over other variables: a fault in one of the integrals is a net force."""
    assert abs(isotropic_forces(delta).net) < INTEGRALS * abs(isotropic_forces(delta).entry)
    monkeypatch.setattr(recoil, "panels", lambda *arguments: tuple(map(np.multiply, panels(*arguments), (1.0, 1.001))))
    assert abs(isotropic_forces(delta).net) > 1e-4 * abs(isotropic_forces(delta).entry)


def test_isotropic_gas_does_not_push_any_stack():
    forces = isotropic_stack_pressure([(30.0, -2e-3), (200.0, 1e-3), (7.0, -5e-4)])
    assert forces.entry > 1e-6
    assert abs(forces.net) < 1e-10 * forces.entry  # worst seen 4e-14


def test_wind_pushes_at_second_order():
    # delta^2 log(1/delta): the local exponent stays 2/log short of 2.
    assert 1.9 < power(lambda d: wind_pressure(d, 1.0), DELTA) < 2.0
    assert wind_pressure(DELTA, 0.0) == 0.0


def net_pressure_in_a_wind(delta, anisotropy):
    """Momentum left by both halves of the sky, the Fresnel formulas written anew: s = -1 to 1, n (1 + a s) ds/2."""

    def push(s):
        inside = mpmath.sqrt(s * s + 2 * delta + delta * delta)
        once = abs((s - inside) / (s + inside)) ** 2
        slab = 2 * once / (1 + once)  # of each s per area, the share ``slab`` returns with the opposite momentum
        return s * slab * 2 * s

    edge = mpmath.sqrt(abs(delta * (2 + delta)))
    marks = [0, edge, 2 * edge, 10 * edge, 1]
    fore, aft = (mpmath.quad(lambda s, a=a: push(s) * (1 + a * s) / 2, marks) for a in (anisotropy, -anisotropy))
    return float(fore - aft)


@pytest.mark.parametrize("delta", [-1e-3, 1e-3, -0.05])
def test_wind_against_the_momentum_balance(delta):
    expected = net_pressure_in_a_wind(mpmath.mpf(delta), 0.7)
    assert wind_pressure(delta, 0.7) == pytest.approx(expected, rel=INTEGRALS, abs=0.0)


@pytest.mark.parametrize("delta", [-1e-3, 1e-3, -0.05])
def test_faces_of_the_isotropic_gas_against_the_momentum_balance(delta):
    """The left face of a thick slab, lit from the left at s and, through the slab, from the right."""
    step = mpmath.mpf(delta) * (2 + mpmath.mpf(delta))

    def faces(s):
        inside = mpmath.sqrt(s * s + step)
        once = abs((s - inside) / (s + inside)) ** 2
        back = 2 * once / (1 + once)
        if mpmath.im(inside):
            return 2 * s * s, 0
        # A flux s brings the momentum s^2; s^2 back returns on this side, s^2 (1 - back) leaves beyond. Inside, both
        # directions together carry s s', since A + B = 1.
        return s * (s * (1 + back) - inside), s * (inside - s * (1 - back))

    edge = mpmath.sqrt(abs(step))
    marks = [0, edge, 2 * edge, 10 * edge, 1]
    entry, out = (mpmath.quad(lambda s, n=n: faces(s)[n] / 2, marks) for n in (0, 1))
    found = isotropic_forces(delta)
    assert found.entry == pytest.approx(float(entry - out), rel=INTEGRALS, abs=0.0)
    assert found.exit == pytest.approx(float(out - entry), rel=INTEGRALS, abs=0.0)


@pytest.mark.parametrize("delta", [-1e-3, 1e-3])
@pytest.mark.parametrize("order", [0, 1, 2])
def test_moments_of_one_face_against_mpmath(delta, order):
    step = mpmath.mpf(delta) * (2 + mpmath.mpf(delta))
    edge = mpmath.sqrt(abs(step))

    def weighted(s):
        inside = mpmath.sqrt(s * s + step)
        return s**order * abs((s - inside) / (s + inside)) ** 2

    expected = float(mpmath.quad(weighted, [0, edge, 2 * edge, 10 * edge, 1]))
    assert reflection_moment(delta, order) == pytest.approx(expected, rel=INTEGRALS, abs=0.0)
    if order == 2:
        assert reflected_pressure(delta) == pytest.approx(expected, rel=INTEGRALS, abs=0.0)


@pytest.mark.parametrize("delta", [-1e-3, 1e-3])
def test_refracted_pressure_against_mpmath(delta):
    step = mpmath.mpf(delta) * (2 + mpmath.mpf(delta))
    edge = mpmath.sqrt(abs(step))

    def bent(s):
        inside = mpmath.sqrt(s * s + step)
        if mpmath.im(inside):
            return 0
        return s * (s - inside) * (1 - ((s - inside) / (s + inside)) ** 2) / 2

    expected = float(mpmath.quad(bent, [0, edge, 2 * edge, 10 * edge, 1]))
    assert refracted_pressure(delta) == pytest.approx(expected, rel=INTEGRALS, abs=0.0)


def test_stack_of_one_layer_is_the_slab():
    found = isotropic_stack_pressure([(30.0, -2e-3)])
    expected = quad(lambda s: s * s * float(slab_reflectivity(-2e-3, s, 30.0)), 0, 1, epsabs=0, epsrel=1e-10, limit=500)
    # 200 Gauss nodes over the fringes of a layer of 30/k; measured 4e-9.
    assert found.entry == pytest.approx(expected[0], rel=ROUNDING_12, abs=0.0)
    assert found.exit == pytest.approx(-expected[0], rel=ROUNDING_12, abs=0.0)


def test_wave_slab_of_a_metre_is_second_order():
    metre = 2.7e3
    exponent = power(lambda d: float(slab_reflectivity(d, 0.3, metre)), DELTA)
    assert exponent == pytest.approx(2.0, abs=LEFT_OUT_ABS_3_WIDE)


def test_prism_sums_to_nothing_but_each_face_is_pushed():
    triangle = np.array([[0.0, 0.0], [2.0, 0.0], [0.5, 1.5]])
    forces = prism_forces(triangle, DELTA)
    np.testing.assert_allclose(forces.sum(axis=0), 0.0, atol=ROUNDING_ABS_22)
    lengths = np.linalg.norm(np.roll(triangle, -1, axis=0) - triangle, axis=1)
    np.testing.assert_allclose(np.linalg.norm(forces, axis=1), -DELTA * lengths, rtol=ROUNDING_14)
    # The base looks down; repelled neutrinos (delta < 0) push it inwards, up.
    assert forces[0, 1] > 0


def test_power_of_a_power_law():
    assert power(lambda d: 3 * abs(d) ** 1.5, 1e-5) == pytest.approx(1.5, rel=ROUNDING_12)


@pytest.mark.parametrize(
    ("call", "named"),
    [
        (lambda: collimated_forces(1e-8, 0.0), "sine"),
        (lambda: isotropic_forces(math.nan), "delta"),
        (lambda: reflection_moment(1e-8, 3), "order"),
        (lambda: wind_pressure(1e-8, 2.0), "anisotropy"),
        (lambda: prism_forces([[0, 0], [1, 0]], 1e-8), "vertices"),
        (lambda: power(abs, 0.0), "delta"),
        (lambda: power(lambda d: 0.0, 1e-8), "force"),
    ],
)
def test_refusals(call, named):
    with pytest.raises(DomainError, match=f"^{named} must"):
        call()
