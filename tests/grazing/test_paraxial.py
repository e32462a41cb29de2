"""The paraxial wave: unitary over any ground, Fresnel over flat ground, Airy resonances over round ground."""

import math

import numpy as np
import pytest

from cnub import DomainError
from cnub.grazing import gallery, paraxial, profiles
from cnub.grazing.kernel import march
from cnub.reflection import SIGNS, grazing_amplitude
from cnub.sphere.trapped import resonances as sphere_resonances
from gallery_sum import gallery_excess

LEFT_OUT_5 = 1e-5
"""Relative: what the limit or closed form leaves out at these arguments; measured 6e-06."""
LEFT_OUT_4 = 1e-4
"""Relative: what the limit or closed form leaves out at these arguments; measured 7e-05."""
ROUNDING_ABS_12 = 1e-12
"""Absolute: rounding alone; measured 2e-14."""
ROUNDING_12 = 1e-12
"""Relative: rounding alone; measured 2e-15."""
STEPS_ABS_9 = 1e-9
"""Absolute: the steps of a grid or of a difference; measured 1e-11."""
STEPS_ABS_4 = 1e-4
"""Absolute: the steps of a grid or of a difference; measured 5e-06."""

UNIFORM = 1e-8
"""Demanded of a complete set; measured 3e-12, the rounding of some thousand unitary steps."""
FRESNEL = 1e-6
"""Demanded of a reflected packet, extrapolated from two steps; measured 5.5e-7 (attract) and 1.5e-7 (repel)."""
RESONANCE = 1e-3
"""Demanded of positions and widths, relative; measured 2e-4 and below."""

TERRAIN = 0.1
"""Of the spread of one random terrain, some 700 correlation lengths long: four standard errors; measured 0.031."""
GROUNDS = {
    "plane": profiles.plane(),
    "round": profiles.round_earth(20.0),
    "gentle": profiles.round_earth(0.5),
    "smooth": profiles.patch(20.0, 1.0),
    "chord": profiles.patch(20.0, 1.0, "chord"),
    "flat-topped": profiles.patch(20.0, 1.0, "flat-topped"),
    "terrain": profiles.terrain(2.0, 0.7, 0.3, 11, 20.0),
}

NEXT_ORDER = 0.06
"""In the ratio of errors of a method of second order when its steps are halved; measured 0.038."""
PREFACTOR = 0.02
"""Relative: the logarithm of the prefactors over the difference of the barriers; measured 0.0154."""
LARGE_GALLERY = 3e-3
"""Relative: a sum over many waves against the integral; measured 2.1e-3."""
ONE_GROUND = 0.03
"""Of the correlation of one ground 1300 correlation lengths long, which scatters by 0.03; measured 0.015."""


@pytest.mark.parametrize("sign", SIGNS)
@pytest.mark.parametrize("name", GROUNDS)
def test_complete_set_is_uniform_over_any_ground(name, sign):
    mesh = paraxial.grid(-30.0, 30.0, 0.1)
    for height in (0.0, 1.3):
        density = paraxial.complete_set_density(GROUNDS[name], -1.5, 0.0, mesh, 0.01, sign, height)
        assert density == pytest.approx(1.0, abs=UNIFORM)


def test_complete_set_wave_by_wave():
    """The same with each standing wave of a box sent forward on its own, at every height."""
    mesh = paraxial.grid(-6.0, 6.0, 0.15)
    index = np.arange(1, mesh.nodes + 1)
    waves = math.sqrt(2.0 / (mesh.nodes + 1)) * np.sin(np.outer(index, index) * math.pi / (mesh.nodes + 1))
    sent = [paraxial.advance(w, mesh, GROUNDS["terrain"], 0.0, 1.0, 0.05, "attract") for w in waves]
    np.testing.assert_allclose((np.abs(sent) ** 2).sum(axis=0), 1.0, atol=UNIFORM)


def reflected_share(sign, q, cell, step):
    mesh = paraxial.grid(-110.0, 110.0, cell)
    packet = paraxial.plane_wave_packet(mesh, -q, 50.0, 8.0)
    after = paraxial.advance(packet, mesh, profiles.plane(), 0.0, 50.0 / q, step, sign)
    return cell * float(np.sum(np.abs(after[mesh.z > 0]) ** 2))


@pytest.mark.parametrize(("sign", "q"), [("attract", 1.0), ("repel", 1.6)])
def test_flat_limit_is_fresnel(sign, q):
    x, w = np.polynomial.hermite.hermgauss(80)
    expected = w @ np.abs(grazing_amplitude(q + x / (math.sqrt(2) * 8.0), sign)) ** 2 / math.sqrt(math.pi)
    coarse, fine = reflected_share(sign, q, 0.1, 0.04), reflected_share(sign, q, 0.05, 0.02)
    assert (4 * fine - coarse) / 3 == pytest.approx(expected, abs=FRESNEL)
    assert abs(coarse - expected) / abs(fine - expected) == pytest.approx(4.0, abs=NEXT_ORDER)


def test_transpose_is_the_march_in_reverse_order():
    mesh, random = paraxial.grid(-8.0, 8.0, 0.2, 4.0), np.random.default_rng(3)
    wave, row = random.standard_normal((2, mesh.nodes)) + 1j * random.standard_normal((2, mesh.nodes))
    ground = GROUNDS["smooth"]
    forward = paraxial.advance(wave, mesh, ground, -1.0, 0.4, 0.03, "repel")
    back = paraxial.advance(row, mesh, ground, 0.4, -1.0, 0.03, "repel")
    assert row @ forward == pytest.approx(back @ wave, rel=ROUNDING_12)


def follow(kappa, wave, mesh, length, step):
    steps = round(length / step)
    static, rest = mesh.absorber() - kappa * mesh.z, np.zeros(steps)
    return march(wave.copy(), static, mesh.bottom, mesh.cell, rest, rest, np.full(steps, step), -1.0)


def measured_resonance(kappa, wait, span, cell, step):
    mesh = paraxial.grid(-1 / kappa - 15.0, 30.0, cell, 40.0)
    bound = gallery.gallery_wave(kappa, gallery.bound_states(kappa)[0], mesh.z)
    before = follow(kappa, bound.astype(complex), mesh, wait, step)
    after = follow(kappa, before, mesh, span, step)
    rate = np.log((bound @ after) / (bound @ before)) / span
    turns = round((rate.imag + gallery.bound_states(kappa)[0]) * span / (2 * math.pi))
    return -(rate.imag - 2 * math.pi * turns / span), -2 * rate.real


@pytest.mark.parametrize(("kappa", "wait", "span"), [(0.2, 40.0, 40.0), (0.4, 12.0, 6.0)])
def test_round_ground_has_the_airy_resonances(kappa, wait, span):
    coarse = np.array(measured_resonance(kappa, wait, span, 0.1, 0.04))
    fine = np.array(measured_resonance(kappa, wait, span, 0.05, 0.02))
    position, width = (4 * fine - coarse) / 3
    expected = gallery.gallery_resonances(kappa)[0]
    assert width == pytest.approx(expected.width, rel=RESONANCE)
    assert position == pytest.approx(expected.position, rel=RESONANCE)


@pytest.mark.parametrize("kappa", [0.05, 0.1])
def test_narrow_resonances_are_those_of_the_sphere(kappa):
    """At delta = 1e-6 the partial waves of a ball differ by O(delta) and, for broad ones, by their own definition."""
    delta = 1e-6
    kR = 1.0 / (math.sqrt(2.0) * kappa * delta**1.5)
    narrow = [wave for wave in gallery.gallery_resonances(kappa) if wave.width < 1e-3]
    assert narrow
    for wave, exact in zip(narrow, sphere_resonances(kR, delta), strict=False):
        assert -exact.depth / (kR * delta) == pytest.approx(wave.position, rel=LEFT_OUT_5)
        assert math.exp(exact.log_width) / (kR * delta) == pytest.approx(wave.width, rel=LEFT_OUT_4)


def test_gallery_waves_end_at_the_critical_curvature():
    critical = gallery.critical_curvature()
    assert critical == pytest.approx(1.01879297164747**-1.5, rel=ROUNDING_12)  # DLMF Table 9.9.1
    assert len(gallery.bound_states(0.999 * critical)) == 1
    assert len(gallery.bound_states(1.001 * critical)) == 0
    assert gallery_excess(2.0, 5.0) == 0.0


def test_narrow_widths_follow_the_barrier():
    """Across widths from 1e-9 to 1e-70: the logarithm moves as the integral over the barrier."""
    first, second = (gallery.gallery_resonances(k)[0] for k in (0.05, 0.01))
    # 2 Int sqrt(-eps - kappa zeta) dzeta over the barrier
    barrier = [4 / 3 * (-wave.position) ** 1.5 / k for k, wave in ((0.05, first), (0.01, second))]
    measured = math.log(first.width / second.width)
    assert measured == pytest.approx(barrier[1] - barrier[0], rel=PREFACTOR)
    assert second.width > 0


def test_a_large_gallery_is_the_empty_half_space():
    assert gallery_excess(1e-3, 0.0) == pytest.approx(-2 / 3, rel=LARGE_GALLERY)


def test_depth_of_a_gallery_wave_holds_its_share():
    kappa, z = 0.0246, np.linspace(-60.0, 40.0, 200001)
    energy = float(gallery.bound_states(kappa)[0])
    density = gallery.gallery_wave(kappa, energy, z) ** 2
    for share in (0.5, 0.99):
        within = z > -gallery.gallery_depth(kappa, energy, share)
        assert np.trapezoid(density[within], z[within]) == pytest.approx(share, abs=STEPS_ABS_4)
    with pytest.raises(DomainError, match=r"^share must be"):
        gallery.gallery_depth(kappa, energy, 1e-3)


def test_gallery_waves_are_normalised_and_orthogonal():
    kappa, z = 0.05, np.linspace(-60.0, 30.0, 9001)
    waves = np.array([gallery.gallery_wave(kappa, e, z) for e in gallery.bound_states(kappa)])
    np.testing.assert_allclose(waves @ waves.T * (z[1] - z[0]), np.eye(len(waves)), atol=STEPS_ABS_9)


ABSORBING = paraxial.grid(-9.0, 9.0, 0.1, 2.0)


def test_picture_keeps_the_particle():
    mesh = paraxial.grid(-40.0, 40.0, 0.1)
    packet = paraxial.plane_wave_packet(mesh, -0.8, 10.0, 3.0)
    frames = paraxial.picture(packet, mesh, GROUNDS["gentle"], np.linspace(-2.0, 2.0, 5), 0.02, "repel")
    np.testing.assert_allclose(frames.sum(axis=1) * mesh.cell, 1.0, atol=ROUNDING_ABS_12)


def test_terrain_has_the_height_it_was_asked_for():
    ground = profiles.terrain(0.0, 0.7, 0.3, 5, 400.0)
    x = np.linspace(-200.0, 200.0, 4001)
    height = ground.height(x)
    assert height.std() == pytest.approx(0.7, rel=TERRAIN)
    assert ground.height(np.zeros(1))[0] == pytest.approx(0.0, abs=ROUNDING_ABS_12)
    shift = round(0.3 / (x[1] - x[0]))
    centred = height - height.mean()
    assert (centred[shift:] @ centred[:-shift]) / (centred @ centred) == pytest.approx(math.exp(-0.5), abs=ONE_GROUND)


@pytest.mark.parametrize(
    ("call", "names"),
    [
        (lambda: profiles.patch(0.0, 1.0), "kappa"),
        (lambda: profiles.patch(1.0, -1.0), "length"),
        (lambda: profiles.patch(1.0, 1.0, "hill"), "shape"),
        (lambda: profiles.terrain(1.0, 1.0, 30.0, 1), "correlation"),
        (lambda: profiles.terrain(1.0, 1.0, 1.0, -1), "seed"),
        (lambda: paraxial.grid(-1.0, 1.0, 0.0), "cell"),
        (lambda: paraxial.plane_wave_packet(paraxial.grid(-9.0, 9.0, 0.1), 7.0, 0.0, 2.0), "cell"),
        (lambda: paraxial.plane_wave_packet(paraxial.grid(-9.0, 9.0, 0.1), 0.1, 1e3, 2.0), "centre"),
        (lambda: paraxial.complete_set_density(profiles.plane(), 0.0, 1.0, ABSORBING, 0.1, "attract"), "edge"),
        (lambda: paraxial.advance(ABSORBING.z, ABSORBING, profiles.plane(), 0, 1, 0.0, "attract"), "step"),
        (lambda: paraxial.advance(ABSORBING.z, ABSORBING, profiles.plane(), 0, 1, 0.1, "up"), "sign"),
        (lambda: gallery.bound_states(-1.0), "kappa"),
        (lambda: gallery.bound_states(1e-7), "kappa"),
    ],
)
def test_refusals(call, names):
    with pytest.raises(DomainError, match=f"^{names} "):
        call()


def test_unresolved_wave_is_refused_with_the_cell_it_needs():
    with pytest.raises(DomainError, match=r"cell must be at most 0\.0556 to resolve wave number 9"):
        paraxial.plane_wave_packet(paraxial.grid(-9.0, 9.0, 0.1), 7.0, 0.0, 2.0)
