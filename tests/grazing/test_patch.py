"""What stays empty over plane, sphere and patch: limits, tunnelling, and the alternative reading."""

import json
import math
import sys

import mpmath as mp
import numpy as np
import pytest

from cnub import DomainError
from cnub.cli import main
from cnub.grazing import gallery, halfspace, profiles
from cnub.grazing.patch import filling_curve, patch_excess
from cnub.grazing.states import trapped_states
from cnub.reflection import SIGNS
from gallery_sum import gallery_excess

LEFT_OUT = 1e-4
"""Absolute: what the limit or closed form leaves out at these arguments; measured 6e-06."""
ROUNDING_ABS_12 = 1e-12
"""Absolute: rounding alone; measured 3e-15."""
ROUNDING_12 = 1e-12
"""Relative: rounding alone; measured 2e-14."""
STEPS = 4e-4
"""Absolute: the steps of a grid or of a difference; measured 0.0003."""
GATHERED = 1e-12
"""Absolute: rounding, gathered over many terms; measured 5e-13."""

ACCURACY = 3e-4
"""Of the marched deficit on flat ground, where the answer is known; measured 1.1e-4."""
NARROW = 0.2
"""Of the sum over narrow resonances, an estimate of leading order in kappa, which is 0.2 here; measured 0.144."""
RAYS = 0.15
"""Of the deficit by rays, which leaves out that waves spread over the edges of the dark band; measured 0.124."""
SECOND_WAVE = 0.018
"""Relative: what the next wave of the gallery still holds after 40 l; measured 0.0157."""
LARGE_SPHERE = 1e-4
"""Of the excess over a sphere of kappa = 1e-3 against the plane: first order in kappa; measured 2.7e-5."""


@pytest.mark.parametrize("ground", [0.0, 0.02, 0.0999])
def test_states_of_the_grid_are_those_of_the_half_space(ground):
    """Wherever the surface falls between two nodes; the projector and the sum of squares are the same density."""
    states = trapped_states(-40.0, 0.1, 800, ground, 0.6, 120)
    for node in (380, 399, 400, 401, 420):
        density = math.pi * states.projected(node)[node]
        assert density.imag == pytest.approx(0.0, abs=GATHERED)
        assert density.real == pytest.approx(halfspace.trapped_density(-40.0 + 0.1 * node - ground), abs=STEPS)
        one = np.eye(1, 800, node)[0].astype(complex) / 0.1
        assert states.density(states.overlaps(one)) == pytest.approx(density.real, rel=ROUNDING_12)


@pytest.mark.parametrize("height", [0.0, 1.0])
def test_plane_keeps_what_was_empty(height):
    expected = -halfspace.trapped_density(height)
    for length in (0.0, 3.0):
        solution = patch_excess(1.0, math.inf, height, "attract", length)
        assert solution.density_excess == pytest.approx(expected, abs=ROUNDING_ABS_12)
        within = patch_excess(20.0, 8.0, height, "attract", length)
        assert within.density_excess == pytest.approx(expected, abs=ROUNDING_ABS_12)
    values, errors = filling_curve(profiles.patch(20.0, 4.0), [0.0, 1.0, 2.0], height)
    np.testing.assert_allclose(values, expected, atol=ACCURACY)
    assert (np.abs(values - expected) <= errors).all()


@pytest.mark.parametrize("length", [0.0, 2.0, math.inf])
@pytest.mark.parametrize("sign", SIGNS)
def test_steady_state_has_no_excess(length, sign):
    solution = patch_excess(20.0, length, 0.5, sign)
    assert solution.method == "complete set"
    assert 0.01 * solution.error_estimate < abs(solution.density_excess) <= solution.error_estimate < 1e-13


def test_steady_state_is_the_complete_set_that_was_marched(monkeypatch):
    monkeypatch.setattr("cnub.grazing.paraxial.Grid.absorber", lambda mesh: np.full(mesh.nodes, -0.1j))
    lossy = patch_excess(20.0, 2.0, 0.5)
    assert -0.5 < lossy.density_excess < -0.05  # a march that loses waves is not taken for a complete set


def test_repelled_species_traps_nothing():
    solution = patch_excess(20.0, 0.0, 0.0, "repel", 0.0)
    assert abs(solution.density_excess) <= solution.error_estimate < 1e-13


@pytest.mark.parametrize("height", [100.0, 2500.0, 1e4, 1e5])
def test_far_up_tilted_ground_keeps_every_second_of_the_waves_that_flat_ground_held(height):
    """Waves that reach so high stand below at the critical angle: of their two directions the tilt frees the one.

    The half-space is 1/(2 u^2) there; what waves of more than the tilt's angle add falls as 1/u.
    """
    flat = patch_excess(48.0, 0.5, height, filling_length=0.25)
    tilted = patch_excess(48.0, 0.5, height, filling_length=0.251)
    assert flat.density_excess == pytest.approx(-0.5 / height**2, rel=1.0 / height)
    ratio, error = tilted.density_excess / flat.density_excess, tilted.error_estimate / abs(flat.density_excess)
    assert ratio == pytest.approx(0.5, abs=0.5 / height + error)
    assert error < 1e-3


@pytest.mark.parametrize(
    ("ground", "length", "height", "finest"),
    [
        (profiles.patch(48.0, 0.5), 0.251, 3.0, 400.0),
        (profiles.patch(48.0, 0.5), 0.2501, 10.0, 1600.0),
        (profiles.terrain(0.0, 3.0, 0.5, 1, 60.0), 5.0, 0.0, 800.0),
    ],
)
def test_error_estimate_covers_the_cut_and_is_not_idle(monkeypatch, ground, length, height, finest):
    """Edge of a patch, a tilt that the cut does not resolve, hills; against a row cut far deeper."""
    values, errors = filling_curve(ground, [length], height, cell=0.2, step=0.06)
    monkeypatch.setattr("cnub.grazing.patch.TAIL", finest)
    deeper, rest = filling_curve(ground, [length], height, cell=0.1, step=0.03)
    off = abs(values[0] - deeper[0])
    assert rest[0] < 0.5 * errors[0]
    assert 0.01 * errors[0] < off <= errors[0]


@pytest.mark.parametrize("height", [0.0, 3.0, 1e3])
def test_error_estimate_of_the_half_space(height):
    solution = patch_excess(48.0, math.inf, height, filling_length=1.0)
    with mp.workdps(30):
        top = min(mp.mpf(1), 60 / mp.mpf(height or 1))
        exact = -2 * mp.quad(lambda y: y * mp.sqrt(1 - y * y) * mp.exp(-2 * height * y), [0, top / 20, top / 5, top])
    off = abs(solution.density_excess - float(exact))
    assert 0.01 * solution.error_estimate < off <= solution.error_estimate


def test_hills_of_any_height_are_inside_the_grid():
    """Hills of 300 lambda in half an l: what is trapped at once is that of the plane, and smaller steps agree."""
    ground, lengths = profiles.terrain(0.0, 300.0, 0.5, 1, 60.0), [0.0, 1.0, 5.0]
    values, errors = filling_curve(ground, lengths)
    assert values[0] == pytest.approx(-2 / 3, abs=errors[0])
    finer, _ = filling_curve(ground, lengths, step=0.01)
    assert (np.abs(values - finer) <= 0.01 * errors).all() and (errors < 0.02).all()


@pytest.mark.parametrize("ground", [-40.0, 39.9, 1e6, -1e6])
def test_states_need_their_surface_within_the_grid(ground):
    with pytest.raises(DomainError, match=r"^ground must be within the grid"):
        trapped_states(-40.0, 0.1, 800, ground, 0.6, 120)


def test_round_earth_fills_within_the_horizon():
    """At the Earth's kappa the trapped states are refilled after 2/kappa: there the ground has tilted out of reach."""
    kappa = 48.0
    values, errors = filling_curve(profiles.round_earth(kappa), np.array([0.0, 1.0, 2.0, 4.0, 100.0]) / kappa)
    assert values[0] == pytest.approx(-2 / 3, abs=ACCURACY)
    assert -0.45 < values[1] < -0.25 and -0.06 < values[2] < -0.01 and abs(values[3]) < 1e-3
    assert values[4] == 0.0 and errors[4] < 1e-3


def test_gentle_sphere_fades_by_tunnelling():
    kappa, lengths = 0.2, np.array([40.0, 60.0])
    values, _ = filling_curve(profiles.round_earth(kappa), lengths)
    width = gallery.gallery_resonances(kappa)[0].width
    assert math.log(values[0] / values[1]) / 20.0 == pytest.approx(width, rel=SECOND_WAVE)
    assert values[0] == pytest.approx(gallery_excess(kappa, 40.0), rel=NARROW)


def test_fading_of_the_resonances_continues_the_march(monkeypatch):
    ground, lengths = profiles.round_earth(0.25), [20.0, 40.0]
    marched, errors = filling_curve(ground, lengths)
    monkeypatch.setattr("cnub.grazing.patch.LONGEST", 20.0)
    faded, wider = filling_curve(ground, lengths)
    assert faded[0] == pytest.approx(marched[0], rel=ROUNDING_12)
    assert abs(faded[1] - marched[1]) <= wider[1] + errors[1] and wider[1] < 0.1 * abs(faded[1])


def test_large_sphere_is_the_plane():
    value = patch_excess(1e-3, 0.0, 0.0, "attract", 0.5)
    assert value.density_excess == pytest.approx(-2 / 3, abs=LARGE_SPHERE)


def test_flat_ground_may_be_crossed_in_one_step():
    ground = profiles.patch(20.0, 4.0)
    (_, marched), (_, error) = filling_curve(ground, [1.0, 2.04])
    (crossed,), (wider,) = filling_curve(ground, [2.04])
    assert -0.6 < crossed < -0.4 and crossed == pytest.approx(marched, abs=error + wider)


@pytest.mark.parametrize("shape", profiles.SHAPES)
def test_patch_is_filled_from_its_sides(shape):
    half, kappa = 1.0, 20.0
    values, errors = filling_curve(profiles.patch(kappa, 2 * half, shape), [half, half + 0.25])
    assert values[0] == pytest.approx(-2 / 3, abs=ACCURACY)
    assert abs(values[1]) < 1e-3 and errors[1] < 1e-3


@pytest.mark.parametrize(("kappa", "length"), [(48.0, 0.08), (5.0, 0.6)])
def test_error_estimate_covers_the_grid_and_is_not_idle(kappa, length):
    """Every state counted that was ever trapped: nothing is cut, and what is left is the grid."""
    ground = profiles.round_earth(kappa)
    (value,), (error,) = filling_curve(ground, [length], carried=True, cell=0.2, step=0.06)
    (finer,), (rest,) = filling_curve(ground, [length], carried=True, cell=0.05, step=0.015)
    assert rest < 0.2 * error
    assert 0.01 * error < abs(value - finer) <= error


def test_off_centre_the_nearer_edge_decides():
    ground = profiles.patch(20.0, 2.0)
    (near,), _ = filling_curve(ground, [0.5], position=-0.75, cell=0.2, step=0.06)
    (far,), _ = filling_curve(ground, [0.5], position=0.75, cell=0.2, step=0.06)
    assert abs(near) < 1e-2 and far == pytest.approx(-2 / 3, abs=LEFT_OUT)


def test_carried_states_are_a_dark_band_that_never_ends():
    """Emptying the tangent half-space at every depth darkens a band of steeper rays, kappa X - 1 < q' < kappa X + 1.

    By rays its deficit is (1/2) Int |2q'/(q+q')|^2 dq' over the band. The waves spread over its edges.
    """
    kappa, length = 5.0, 0.6
    values, _ = filling_curve(profiles.round_earth(kappa), [0.0, length], carried=True)
    assert values[0] == pytest.approx(-2 / 3, abs=ACCURACY)
    inside = kappa * length + np.polynomial.legendre.leggauss(40)[0]
    rays = -0.5 * np.polynomial.legendre.leggauss(40)[1] @ (2 * inside / (inside + np.sqrt(inside**2 - 1))) ** 2
    assert values[1] == pytest.approx(rays, rel=RAYS)


@pytest.mark.parametrize(
    ("arguments", "names"),
    [
        ((0.0, 1.0), "kappa"),
        ((math.nan, 1.0), "kappa"),
        ((1.0, -1.0), "length"),
        ((1.0, math.nan), "length"),
        ((1.0, 1.0, -0.1), "height"),
        ((1.0, 1.0, 0.0, "push"), "sign"),
        ((1.0, 1.0, 0.0, "attract", -1.0), "filling_length"),
        ((1.0, 1.0, 0.0, "attract", 1.0, "cube"), "shape"),
        ((1e-4, 0.0, 0.0, "attract", 1e5), "kappa"),
        ((48.0, 0.5, 1e6), "height"),
        ((48.0, 0.5, 1e30, "attract", 0.25), "height"),
        ((1e308, 0.5, 1.0, "attract", 0.3), "kappa"),
        ((48.0, 1e308, 1.0, "attract", 1e308), "filling_length"),
    ],
)
def test_refusals(arguments, names):
    with pytest.raises(DomainError, match=f"^{names} must"):
        patch_excess(*arguments)


@pytest.mark.parametrize(
    ("steps", "needed"),
    [({"cell": 0.3}, r"^cell must be at most 0\.25"), ({"step": 0.2}, r"^step must be at most 0\.1")],
)
def test_unresolved_steps_are_refused_with_what_is_needed(steps, needed):
    with pytest.raises(DomainError, match=needed):
        filling_curve(profiles.round_earth(5.0), [0.1], **steps)


def test_unresolved_wave_numbers_are_named():
    with pytest.raises(DomainError, match=r"filling_length must be at most 1\.6 l .* wave numbers beyond 8"):
        filling_curve(profiles.round_earth(5.0), [3.0], carried=True)


def command(monkeypatch, capsys, *arguments):
    monkeypatch.setattr(sys, "argv", ["cnub", "patch", *map(str, arguments)])
    with pytest.raises(SystemExit) as ended:
        main()
    return ended.value.code, *capsys.readouterr()


def test_command_in_the_plane_is_the_empty_half_space(monkeypatch, capsys):
    given = ("--kappa", 48, "--length", "inf", "--height", 0, "--sign", "attract", "--filling-length", 0, "--json")
    code, out, _ = command(monkeypatch, capsys, *given)
    answer = json.loads(out)
    assert code == 0 and answer["length"] == "inf"
    assert answer["density_excess"] == pytest.approx(-2 / 3, abs=ROUNDING_ABS_12)
    assert {"error_estimate", "seconds"} <= set(answer)


@pytest.mark.parametrize(
    ("arguments", "names"),
    [
        (("--kappa", 0, "--length", 1), "kappa"),
        (("--kappa", 1, "--length", -1), "length"),
        (("--kappa", 1, "--length", 1, "--filling-length", "nan"), "filling_length"),
        (("--kappa", 1, "--length", 1, "--sign", "both"), "sign"),
        (("--length", 1), "kappa"),
    ],
)
def test_command_refuses_in_one_line(monkeypatch, capsys, arguments, names):
    code, out, err = command(monkeypatch, capsys, *arguments)
    assert code == 2 and out == "" and names in err and err.count("\n") == 1
