"""One formula for the refraction of Majorana neutrinos in every room that refracts, at rest and at speed.

delta = -(E U_0/k^2) v for helicity -1, U_0 the potential of a fast nu_e; Dirac neutrinos have (1 + v)/2 in place of v.
"""

import math

import numpy as np
import pytest

from cnub import DomainError
from cnub.coherence.cross_sections import target_delta
from cnub.constants import AVOGADRO, CENTIMETRE, FERMI_CONSTANT
from cnub.fluorescence.currents import contracted_current, helicity_spinor
from cnub.forces import earth
from cnub.forces.drag import drag_acceleration
from cnub.forces.surface import STATES, surface_acceleration
from cnub.grazing.earth import grazing_scales
from cnub.matter import MATERIALS, Material, material, mean_refractivity, refractivity, vector_share, weak_potential
from cnub.relic import TEMPERATURE, mean_momentum, momentum_density, speed
from cnub.sphere.prem import shell_refraction, shells
from cnub.sphere.thermal import mean_profile

ROUNDING = 1e-12
"""Products of constants; measured 4e-16."""
NUCLEONS = 1e-8
"""Relative: Avogadro's number times the atomic mass constant is one gram; measured 3e-10."""
GRID = 1e-6
"""Relative: a plain sum over momenta without those below 1e-7 eV; measured 4e-8."""
SLOPE = 3e-6
"""A difference of second order with steps of 1e-3/k, as in test_ground; measured 8e-7."""
SPINORS = 1e-9
"""Relative: the current is a difference of squares that are 1/v times it; 5e-11 at v = 1e-5."""
SMALL_BALL = 2e-5
"""Relative: (kR)^2 of a micrometre and (drift/v)^2; measured 4e-6."""
SPEEDS = [(10.0, 1e-4), (0.1, 5e-4), (1e-3, 1e-3), (1e-6, 5e-4)]
"""Mass and momentum in eV, from v = 1e-5 to 1."""


def one_formula(mass, momentum, medium=None, flavour="e", helicity=-1):
    medium = medium or material("crust")
    fast = math.sqrt(2) * FERMI_CONSTANT * medium.nucleon_density() / 2
    fast *= 3 * medium.z_over_a - 1 if flavour == "e" else medium.z_over_a - 1
    energy = math.hypot(mass, momentum)
    return helicity * energy * fast / momentum**2 * (momentum / energy)


@pytest.mark.parametrize(("mass", "momentum"), SPEEDS)
def test_each_room_at_each_speed(mass, momentum):
    expected, rock = one_formula(mass, momentum), weak_potential(material("crust"))
    assert refractivity(mass, momentum, rock, "majorana") == pytest.approx(expected, rel=ROUNDING, abs=0.0)
    assert grazing_scales(mass, momentum, nature="majorana").delta == pytest.approx(expected, rel=ROUNDING, abs=0.0)
    assert earth(mass, "nu_e", momentum=momentum, nature="majorana", shape="flat").delta == pytest.approx(
        expected, rel=ROUNDING, abs=0.0
    )
    assert earth(mass, "nu_e", anti=True, momentum=momentum, nature="majorana", shape="flat").delta == pytest.approx(
        one_formula(mass, momentum, helicity=1), rel=ROUNDING, abs=0.0
    )
    deltas = shell_refraction(mass, momentum, "mu", nature="majorana")[1]
    for delta, (_, medium) in zip(deltas, shells(), strict=True):
        assert delta == pytest.approx(one_formula(mass, momentum, medium, "mu"), rel=ROUNDING, abs=0.0)
    gram = Material("one gram", 1.0, 2 / 3, "")  # a charge of 1 per nucleon, N_A nucleons per cm^3
    assert gram.nucleon_density() == pytest.approx(AVOGADRO / CENTIMETRE**3, rel=NUCLEONS, abs=0.0)
    ball = target_delta("majorana", mass, momentum)
    assert ball == pytest.approx(abs(one_formula(mass, momentum, gram)), rel=NUCLEONS, abs=0.0)


@pytest.mark.parametrize(("mass", "momentum"), SPEEDS)
def test_charge_is_the_current_of_the_spinors(mass, momentum):
    p = np.array([0.0, 0.0, momentum])
    spinor = helicity_spinor(p, -1)
    current = contracted_current(mass, p, spinor, mass, p, spinor, "majorana")[0].real
    # Over that of a fast neutrino, 4E with the contraction's factor; the talk's energy is half of the fast one's.
    assert vector_share(mass, momentum, "majorana") / 2 == pytest.approx(
        current / (4 * math.hypot(mass, momentum)), rel=SPINORS, abs=0.0
    )


def test_at_rest_only_dirac_neutrinos_are_refracted_and_at_speed_both_are_alike():
    slow, fast = (0.1, 1e-9), (1e-9, 0.1)
    assert target_delta("majorana", *slow) < 1e-7 * target_delta("dirac", *slow)
    assert target_delta("majorana", *fast) == pytest.approx(target_delta("dirac", *fast), rel=ROUNDING, abs=0.0)
    rock = weak_potential(material("crust"))
    assert refractivity(*slow, rock) == pytest.approx(
        refractivity(*slow, rock, "majorana") / vector_share(*slow, "majorana"), rel=ROUNDING, abs=0.0
    )


@pytest.mark.parametrize("mass", [0.1, 1e-3])
def test_gas_by_a_plain_sum(mass):
    p, u = np.linspace(1e-7, 9e-3, 400001), weak_potential(material("crust"))
    formula = np.array([one_formula(mass, q) for q in p[:3]])
    np.testing.assert_allclose(-np.hypot(p, mass)[:3] * 2 * u / p[:3] ** 2 * speed(p[:3], mass), formula, rtol=ROUNDING)
    mean = np.trapezoid(-np.hypot(p, mass) * 2 * u / p**2 * speed(p, mass) * momentum_density(p), p)
    assert mean_refractivity(mass, u, nature="majorana") == pytest.approx(mean, rel=GRID, abs=0.0)
    at_ground, error = mean_profile(0.0, mass, u, nature="majorana")
    assert abs(at_ground - mean / 2) <= error + GRID * abs(mean)
    assert earth(mass, "nu_e", gas=True, nature="majorana").density_excess == pytest.approx(
        at_ground, rel=ROUNDING, abs=0.0
    )


def test_pull_on_a_body_has_the_charge_twice():
    v, energy = float(speed([mean_momentum()], 0.1)[0]), math.hypot(mean_momentum(), 0.1)
    for state in STATES:
        ratio = surface_acceleration(state, nature="majorana") / surface_acceleration(state)
        assert ratio == pytest.approx(
            (2 * v) ** 2 * energy / 0.1, rel=1e-6, abs=0.0
        )  # the second order of delta, filled
    one = earth(0.1, "nu_e", nature="majorana").acceleration_cm_s2
    assert one == pytest.approx(surface_acceleration("filled", flavours=("e",), nature="majorana"), rel=SLOPE, abs=0.0)


def test_pull_of_the_gas_is_summed_over_its_momenta():
    """At the ground the slope is -pi delta(p) p of each momentum: delta p = -2U, so that of the gas has <2v>."""
    gas = earth(1e-3, "nu_e", gas=True, nature="majorana")
    p = np.linspace(1e-7, 9e-3, 40001)
    shares = np.trapezoid(2 * speed(p, 1e-3) * momentum_density(p), p)
    fixed = earth(1e-3, "nu_e", nature="majorana")
    # The slope itself has no p in it; 2v at the mean momentum stands for its mean where one momentum is asked.
    assert gas.gradient_per_cm4 == pytest.approx(fixed.gradient_per_cm4, rel=1e-3, abs=0.0)
    at_mean = float(vector_share(1e-3, mean_momentum(), "majorana"))
    assert gas.acceleration_cm_s2 / fixed.acceleration_cm_s2 == pytest.approx(shares / at_mean, rel=1e-3, abs=0.0)
    assert shares < 0.97 * at_mean


def test_push_of_the_wind_goes_as_the_square():
    """Balls below the wavelength in a slow drift: Int (1 - cos) w dcos, w of each nature, over -f' p^4 E^2."""
    mass, drift = 0.02, 1e-5
    ratio = drag_acceleration(1e-6, mass, "majorana", drift=drift) / drag_acceleration(1e-6, mass, drift=drift)
    p = np.linspace(1e-6, 9e-3, 20001)
    weights = p**4 / np.cosh(p / TEMPERATURE / 2) ** 2 * (p**2 + mass**2)
    v = speed(p, mass)
    majorana, dirac = 2 * v**2 / 3, (1 + v) * (2 - 2 * v / 3) / 4
    assert ratio == pytest.approx(np.sum(weights * majorana) / np.sum(weights * dirac), rel=SMALL_BALL, abs=0.0)


def test_refusals():
    rock = weak_potential(MATERIALS["crust"])
    for call in (
        lambda: refractivity(0.1, 1e-3, rock, "weyl"),
        lambda: mean_refractivity(0.1, rock, nature="weyl"),
        lambda: grazing_scales(nature="weyl"),
        lambda: surface_acceleration(nature="weyl"),
        lambda: shell_refraction(0.1, 1e-3, nature="weyl"),
        lambda: mean_profile(0.0, 0.1, rock, nature="weyl"),
    ):
        with pytest.raises(DomainError, match=r"^nature must"):
            call()
