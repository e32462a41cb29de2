"""Forces by momentum flux and by gradient: one value to 1e-8, no first order, and a second one."""

import math

import mpmath
import numpy as np
import pytest
from scipy.integrate import quad

from cnub import DomainError
from cnub.forces.balance import force_balance, order_count
from cnub.forces.bodies import SHAPES, body_forces, slab_gradient
from cnub.forces.recoil import collimated_forces, prism_forces
from cnub.forces.wedge import wedge_forces
from cnub.reflection import index_step

AGREE = 1e-8
"""Relative: what the issue asks of both methods; measured 4e-14 at |delta| of 1e-3, 2e-9 on halves at 1e-5."""
CLOSED = 1e-12
"""Relative: sums over orders and nodes of one wave; measured 2e-14."""
LEFT = 1e-10
"""First order left over its parts; measured 2.4e-12, the third order at 1e-7."""
BORN = 3e-5
"""Relative: the third order at delta = 1e-6, times kR; measured 6e-6."""
SMALL_BODY = 2e-3
"""Relative: (kR)^2 of 1e-3 in the form factor; measured 4e-4."""
DIGITS = 1e-13
"""Relative, on the scattered momentum against 40 digits; measured 3e-15."""


@pytest.mark.parametrize(("delta", "sine", "size"), [(1e-3, 0.3, 5.0), (-1e-3, 0.3, 1.0), (-0.03, 0.9, 8.0)])
def test_momentum_and_gradient_agree_for_every_body_and_flux(delta, sine, size):
    table = force_balance(delta, sine, size)
    assert set(table.body) == {"slab", "wedge", *SHAPES}
    assert set(table.flux) == {"collimated", "isotropic"}
    assert table.difference.max() < AGREE
    lit = table[table.part != "whole"]
    assert (np.sign(lit.momentum_flux) == -math.copysign(1, delta)).all()  # attracted matter is drawn to the source


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("delta", [0.1, -0.1, 1e-5, -1e-5])
@pytest.mark.parametrize("size", [0.3, 3.0, 50.0])
def test_waves_of_every_size(shape, delta, size):
    for flux in ("collimated", "isotropic"):
        lost, pulled = (body_forces(shape, delta, size, flux, by) for by in ("momentum flux", "gradient"))
        assert lost.entry == pytest.approx(pulled.entry, rel=AGREE, abs=0.0)
        assert lost.exit == pytest.approx(pulled.exit, rel=AGREE, abs=0.0)
    lost, pulled = (body_forces(shape, delta, size, by=by) for by in ("momentum flux", "gradient"))
    assert lost.net == pytest.approx(pulled.net, rel=CLOSED, abs=0.0) and lost.net > 0
    assert pulled.entry + pulled.exit == pytest.approx(pulled.net, abs=CLOSED * abs(pulled.entry))


@pytest.mark.parametrize("shape", SHAPES)
def test_agreement_depends_on_the_wave_being_one(monkeypatch, shape):
    """A wave that is wrong by one part in a thousand leaves another momentum than its density takes."""
    from cnub.forces import bodies

    made = bodies._waves

    def spoiled(*arguments):
        right = made(*arguments)
        return bodies._Waves(right.shape, right.size, right.delta, right.cosine, right.sine * 1.001)

    monkeypatch.setattr(bodies, "_waves", spoiled)
    lost, pulled = (body_forces(shape, 1e-2, 4.0, by=by) for by in ("momentum flux", "gradient"))
    assert abs(lost.net / pulled.net - 1) > 1e-4


@pytest.mark.parametrize(("delta", "size"), [(0.05, 2.5), (-1e-4, 6.0)])
def test_scattered_momentum_of_a_ball_to_forty_digits(delta, size):
    """Transport cross-section from phase shifts of another kind: tan delta_l by the continuity of j_l."""
    with mpmath.workdps(40):
        x, inner = mpmath.mpf(size), (1 + mpmath.mpf(delta)) * size

        def bessel(kind, order, r):
            return mpmath.sqrt(mpmath.pi / (2 * r)) * kind(order + mpmath.mpf(1) / 2, r)

        def slope(kind, order, r):
            return order / r * bessel(kind, order, r) - bessel(kind, order + 1, r)

        def shift(order):
            log = inner * slope(mpmath.besselj, order, inner) / bessel(mpmath.besselj, order, inner)
            parts = [
                x * slope(kind, order, x) - log * bessel(kind, order, x) for kind in (mpmath.besselj, mpmath.bessely)
            ]
            return mpmath.atan(parts[0] / parts[1])

        shifts = [shift(order) for order in range(30)]
        total = sum((n + 1) * mpmath.sin(shifts[n] - shifts[n + 1]) ** 2 for n in range(29))
        expected = float(4 / x**2 * total)
    assert body_forces("ball", delta, size).net == pytest.approx(expected, rel=DIGITS, abs=0.0)


@pytest.mark.parametrize("size", [0.7, 4.0, 15.0])
def test_whole_against_the_first_born_order(size):
    """Form factors 3 j_1(q)/q and 2 J_1(q)/q, (1 - cos theta) over all angles, written anew."""
    delta = 1e-6

    def ball(angle):
        q = 2 * size * math.sin(angle / 2)
        form = (math.sin(q) - q * math.cos(q)) / q**3
        return 2 * math.sin(angle) * (2 * delta * size**3 * form) ** 2 * (1 - math.cos(angle)) / size**2

    def cylinder(angle):
        q = 2 * size * math.sin(angle / 2)
        form = float(mpmath.besselj(1, q)) / q * 2 * math.pi * size**2
        return 2 * (2 * delta * form) ** 2 / (8 * math.pi) * (1 - math.cos(angle)) / (2 * size)

    for shape, integrand in (("ball", ball), ("cylinder", cylinder)):
        expected = quad(integrand, 1e-6, math.pi, epsabs=0, epsrel=1e-9, limit=200)[0]
        assert body_forces(shape, delta, size).net == pytest.approx(expected, rel=BORN, abs=0.0)


def test_whole_of_a_small_body_in_closed_form():
    small, delta = 0.03, 1e-6
    assert body_forces("ball", delta, small).net == pytest.approx(16 / 9 * delta**2 * small**4, rel=SMALL_BODY, abs=0.0)
    assert body_forces("cylinder", delta, small).net == pytest.approx(
        math.pi**2 / 2 * delta**2 * small**3, rel=0.01, abs=0.0
    )


@pytest.mark.parametrize("delta", [1e-8, -1e-8, 1e-3, -0.05])
@pytest.mark.parametrize("sine", [0.005, 0.32, 1.0])
def test_faces_of_a_slab_by_their_density(delta, sine):
    lost, pulled = collimated_forces(delta, sine), slab_gradient(delta, sine)
    assert pulled.entry == pytest.approx(lost.entry, rel=AGREE, abs=0.0)
    assert pulled.exit == pytest.approx(lost.exit, rel=AGREE, abs=0.0)
    # The whole is the difference of the faces, 16 digits below them.
    assert pulled.net == pytest.approx(lost.net, rel=AGREE, abs=4e-16 * abs(pulled.entry))


TRIANGLE = [[0.0, 0.0], [4.0, 0.0], [1.0, 2.5]]
PLATE = [[0.0, 0.0], [2.0, 0.0], [2.0, 1.0], [0.0, 1.0]]


@pytest.mark.parametrize("angle", [0.0, 0.9, -2.0])
@pytest.mark.parametrize(("vertices", "scale"), [(TRIANGLE, 1.0), (TRIANGLE, 5.0), (PLATE, 1.0)])
def test_wedge_leaves_the_momentum_that_its_faces_take(vertices, scale, angle):
    found = wedge_forces(scale * np.array(vertices), 1e-5, angle)
    difference = np.linalg.norm(found.second.sum(axis=0) - found.momentum)
    assert difference < AGREE * np.linalg.norm(found.momentum)
    assert found.momentum @ [math.cos(angle), math.sin(angle)] > 0


def test_first_order_of_a_wedge_is_that_of_its_normals():
    delta = -1e-4
    first = wedge_forces(TRIANGLE, delta).first
    np.testing.assert_allclose(first, prism_forces(TRIANGLE, delta) * index_step(delta) / (2 * delta), rtol=CLOSED)
    assert np.linalg.norm(first.sum(axis=0)) < CLOSED * np.linalg.norm(first, axis=1).max()


def test_a_small_wedge_scatters_like_its_area():
    """Far below the wavelength all scatter alike into all angles: delta_2^2 (area)^2/4 along the flux."""
    vertices, delta = 0.01 * np.array(TRIANGLE), 1e-4
    area = 5.0 * 0.01**2
    expected = index_step(delta) ** 2 * area**2 / 4
    assert wedge_forces(vertices, delta).momentum[0] == pytest.approx(expected, rel=SMALL_BODY, abs=0.0)


@pytest.mark.parametrize("delta", [1e-6, -1e-6])
def test_first_order_cancels_and_the_second_is_left(delta):
    table = order_count(delta)
    assert table.first_order_left.max() < LEFT
    assert (table.power_of_whole - 2).abs().max() < 0.01 and (table.power_of_part - 1).abs().max() < 0.01


@pytest.mark.parametrize(
    ("call", "named"),
    [
        (lambda: body_forces("cube", 1e-3, 1.0), "shape"),
        (lambda: body_forces("ball", 0.2, 1.0), "delta"),
        (lambda: body_forces("ball", 1e-3, 51.0), "size"),
        (lambda: body_forces("ball", 1e-3, 1.0, "windy"), "flux"),
        (lambda: body_forces("ball", 1e-3, 1.0, by="hand"), "by"),
        (lambda: slab_gradient(1e-3, 0.0), "sine"),
        (lambda: wedge_forces(TRIANGLE[::-1], 1e-3), "vertices"),
        (lambda: wedge_forces([[0, 0], [1, 0]], 1e-3), "vertices"),
        (lambda: wedge_forces(np.array(TRIANGLE) * 10, 1e-3), "vertices"),
        (lambda: force_balance(0.0), "delta"),
        (lambda: force_balance(size=30.0), "size"),
        (lambda: force_balance(fluxes=("windy",)), "flux"),
        (lambda: order_count(sine=2.0), "sine"),
    ],
)
def test_refusals(call, named):
    with pytest.raises(DomainError, match=f"^{named} must"):
        call()
