"""The front door in physical units against the dimensionless calls, closed forms and accelerations behind it."""

import json
import math
import shlex

import numpy as np
import pytest
from typer.testing import CliRunner

from cnub import DomainError
from cnub.cli import app
from cnub.coherence.cross_sections import target_delta
from cnub.constants import CENTIMETRE
from cnub.forces import surface_acceleration
from cnub.forces.gradient import CM_PER_S2
from cnub.forces.ground import STATES, earth
from cnub.matter import material, potential, weak_potential
from cnub.oscillation import mixing_matrix
from cnub.relic import mean_momentum, momentum_density, number_density, number_density_per_cm3, speed
from cnub.sphere.thermal import gas_profile

LEFT_OUT = 1e-7
"""Relative: what the limit or closed form leaves out at these arguments; measured 1e-08."""
NUMERICAL_8 = 1e-8
"""Relative: the quadrature, root or solver behind one of the two values; measured 2e-10."""
NUMERICAL_7 = 1e-7
"""Relative: the quadrature, root or solver behind one of the two values; measured 2e-09."""
STEPS = 1e-6
"""Relative: the steps of a grid or of a difference; measured 1e-07."""

NUCLEONS = 1e-8
"""Relative: Avogadro's number times the atomic mass constant is one gram; measured 3e-10."""
STEPS_GAS = 1e-3
"""Relative: the plain sum leaves out p < 1e-7 eV, 6e-4 T, of an integrand that is constant there; measured 4e-4."""
SLOPE = 3e-6
"""A difference of second order with steps of 1e-3/k; measured 8e-7 at the surface."""
ROUNDING = 1e-12
"""Sums of three products; measured 3e-16."""


def dimensionless(found):
    done = CliRunner().invoke(app, [*shlex.split(found.command)[1:], "--json"])
    assert done.exit_code == 0, done.output
    return json.loads(done.output)


@pytest.mark.parametrize("height_m", [0.0, 1e-4, 1e-3, 0.3])
@pytest.mark.parametrize("anti", [False, True])
def test_round_ground_is_the_sphere(height_m, anti):
    found = earth(0.1, "nu_mu", height_m, anti=anti)
    behind = dimensionless(found)
    assert abs(found.density_excess - behind["density_excess"]) <= behind["error_estimate"]


@pytest.mark.parametrize("filling_length_m", [math.inf, 11e3, 0.0])
def test_patch_is_the_patch_and_what_the_filled_plane_adds(filling_length_m):
    found = earth(0.1, "nu_e", 0.5, anti=True, shape="patch", length_m=20e3, filling_length_m=filling_length_m)
    behind, flat = dimensionless(found), earth(0.1, "nu_e", 0.5, anti=True, shape="flat")
    angle = math.sqrt(2 * abs(found.delta))
    missing = found.density_excess - flat.density_excess
    assert abs(missing - angle * behind["density_excess"]) <= angle * behind["error_estimate"] + flat.error_estimate


def test_the_pair_is_nearly_opposite_and_the_asymmetry_is_its_difference():
    nu, anti = (earth(0.1, "nu_e", 2e-4, anti=a) for a in (False, True))
    assert nu.density_excess == pytest.approx(-anti.density_excess, rel=LEFT_OUT)  # the second order in delta = 9e-9
    n = number_density_per_cm3()
    assert nu.asymmetry_per_cm3 == pytest.approx(n * (nu.density_excess - anti.density_excess), rel=ROUNDING)
    assert nu.asymmetry_per_cm3 == anti.asymmetry_per_cm3


def test_gradient_and_acceleration_at_the_surface_are_the_closed_ones():
    """Slope -pi delta k n of the asymmetry; the acceleration of `surface_acceleration` for one flavour."""
    found = earth(0.1, "nu_e", 0.0)
    k_per_cm = mean_momentum() * CENTIMETRE
    assert found.gradient_per_cm4 == pytest.approx(
        -math.pi * found.delta * k_per_cm * number_density_per_cm3(), rel=SLOPE
    )
    v = float(speed([mean_momentum()], 0.1)[0])
    slow = surface_acceleration("filled", flavours=("e",))  # E/m and two charges 1 + v, for the ground and for the body
    fast = slow * (1 + v) ** 2 / math.sqrt(1 - v * v)
    assert found.acceleration_cm_s2 == pytest.approx(fast, rel=SLOPE, abs=0.0)


@pytest.mark.parametrize("nature", ["dirac", "majorana"])
@pytest.mark.parametrize("mass", [1e-12, 1e-6, 1e-3, 5e-3, 0.1])
def test_light_neutrinos_see_the_potential_of_fast_ones(mass, nature):
    """sqrt 2 G_F n_N (3Z - A)/(2A) over k without a mass, both natures alike; at rest half of it is left, or none."""
    found, k = earth(mass, "nu_e", nature=nature), mean_momentum()
    assert abs(found.delta) == pytest.approx(target_delta(nature, mass, k, 0.5, 2.7), rel=NUCLEONS, abs=0.0)
    if mass < 1e-9:
        fast = 1.1663788e-23 * 2.7 * 6.02214e23 * (1.973270e-5) ** 3 * 0.5 / math.sqrt(2)
        assert abs(found.delta) == pytest.approx(fast / k, rel=1e-5, abs=0.0)  # typed
        # the body has twice the slow charge as well: pi delta k n of a slope times twice G_F (3Z - A)/(2 sqrt 2 A)
        slope = math.pi * fast * number_density()
        pull = 1.1663788e-23 * 0.5 / math.sqrt(2) * slope / (931.494e6 * CM_PER_S2)
        assert abs(found.acceleration_cm_s2) == pytest.approx(pull, rel=1e-5, abs=0.0)


def test_mass_states_are_weighed_by_their_mixing():
    shares = np.abs(mixing_matrix("IO")[:, 1]) ** 2
    flavours = [earth(0.1, name, 1e-4).delta for name in STATES[:3]]
    assert earth(0.1, "nu_2", 1e-4, ordering="IO").delta == pytest.approx(shares @ flavours, rel=ROUNDING)


def test_gas_is_the_averaged_profile_and_half_the_mean_delta_at_the_ground():
    u = potential(material("water"), "3")
    found = earth(0.05, "nu_3", 2e-3, gas=True, ground="water")
    value, error = gas_profile(2e-3, lambda p: -np.hypot(p, 0.05) * u / p**2 * (1 + speed(p, 0.05)))
    assert found.density_excess == pytest.approx(value, rel=ROUNDING, abs=0.0)
    assert found.error_estimate == pytest.approx(error, rel=ROUNDING, abs=0.0)
    top = earth(0.05, "nu_3", 0.1, gas=True)  # the slope there is taken downwards
    below = earth(0.05, "nu_3", 0.0999, gas=True)
    assert top.gradient_per_cm4 == pytest.approx(below.gradient_per_cm4, rel=0.01, abs=0.0)
    ground = earth(0.05, "nu_3", 0.0, gas=True, ground="water")
    p = np.linspace(1e-7, 9e-3, 400001)
    mean = np.trapezoid(momentum_density(p) * -np.hypot(p, 0.05) * u * (1 + speed(p, 0.05)) / p**2, p)
    assert ground.density_excess == pytest.approx(mean / 2, rel=STEPS_GAS, abs=0.0)


def test_majorana_gas_at_the_ground_by_a_plain_sum():
    """Half the mean of -E U 2v/p^2 for helicity -1: 2v for the talk's 1, since axial and vector charge add to 2v."""
    p = np.linspace(1e-7, 9e-3, 400001)
    u = weak_potential(material("crust"))
    mean = np.trapezoid(momentum_density(p) * -np.hypot(p, 0.1) * u * 2 * speed(p, 0.1) / p**2, p)
    found = earth(0.1, "nu_e", 0.0, nature="majorana", gas=True)
    assert found.density_excess == pytest.approx(mean / 2, rel=STEPS)  # the grid leaves out p < 1e-7 eV: 4e-8 of it


def test_round_and_flat_agree_where_the_end_of_the_earth_is_far():
    kinds = [earth(0.1, "nu_e", 1e-3, shape=shape, gas=gas) for shape in ("round", "flat") for gas in (False, True)]
    assert kinds[0].density_excess == pytest.approx(kinds[2].density_excess, rel=NUMERICAL_8)
    assert kinds[1].density_excess == pytest.approx(kinds[3].density_excess, rel=NUMERICAL_7)


def test_the_command_answers_in_json():
    done = CliRunner().invoke(app, ["earth", "--mass", "0.1", "--height", "1e-3", "--gas", "--json"])
    assert done.exit_code == 0
    found = json.loads(done.output)
    assert found["quantity"] == "gas average" and found["command"] == ""
    assert found["density_excess"] == earth(0.1, "nu_e", 1e-3, gas=True).density_excess


def test_refusals():
    for call, name in [
        (lambda: earth(0.0), "mass"),
        (lambda: earth(0.1, "nu_4"), "state"),
        (lambda: earth(0.1, height_m=-1.0), "height_m"),
        (lambda: earth(0.1, height_m=1e300), "height_m"),
        (lambda: earth(0.1, height_m=1e300, shape="flat"), "height_m"),
        (lambda: earth(0.1, height_m=1.0, gas=True), "height_m"),
        (lambda: earth(0.1, momentum=1e-4, gas=True), "momentum"),
        (lambda: earth(0.1, shape="patch"), "length_m"),
        (lambda: earth(0.1, length_m=1.0), "length_m"),
        (lambda: earth(0.1, filling_length_m=1.0), "filling_length_m"),
        (lambda: earth(0.1, shape="patch", length_m=1.0, gas=True), "shape"),
        (lambda: earth(0.1, ground="cheese"), "material"),
        (lambda: earth(0.1, ordering="XO"), "ordering"),
        (lambda: earth(0.1, nature="weyl"), "nature"),
        (lambda: earth(0.1, momentum=0.0), "momentum"),
    ]:
        with pytest.raises(DomainError, match=rf"^{name} must"):
            call()
