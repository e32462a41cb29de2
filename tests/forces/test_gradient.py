"""Gradient force: signs, the talk's profile, its order of magnitude."""

import math

import numpy as np
import pytest
from scipy.integrate import quad

from cnub import DomainError
from cnub.constants import ATOMIC_MASS, CENTIMETRE, FERMI_CONSTANT
from cnub.forces.gradient import (
    CM_PER_S2,
    gradient_acceleration,
    modulated_prism,
    prism_energy,
    prism_force,
)
from cnub.relic import mean_momentum, number_density

TYPED = 1e-3
"""Relative: the digits of the expected value, typed or published; measured 0.0001."""

ROUNDING = 1e-12
"""Products of constants."""


DIFFERENCE = 1e-7
"""Central difference over a step of 1e-3: the profile's third derivative leaves 4e-8, the quadrature 1e-10/1e-3."""


def layered(q):
    return 2.0 + math.sin(3.0 * q)


def test_force_on_a_prism_is_minus_the_slope_of_its_energy():
    length, area, coupling, step = 1.7, 0.3, 0.8, 1e-3
    for y in (-0.4, 0.0, 2.0):
        energies = [
            prism_energy(y + s, length, area, layered, lambda x: math.exp(-0.5 * x), coupling) for s in (-step, step)
        ]
        slope = (energies[1] - energies[0]) / (2 * step)
        force = prism_force(y, length, area * length, layered, lambda x: -0.5 * math.exp(-0.5 * x), coupling)
        assert force > 0
        assert force == pytest.approx(-slope, rel=DIFFERENCE, abs=0.0)


def test_energy_of_a_prism_is_that_of_its_atoms():
    # Atoms placed one by one at random in the prism, each with the energy U_1 rho_nu at its place.
    random, length, area, count = np.random.default_rng(3), 1.7, 0.3, 400_000
    q = random.uniform(0, length, 3 * count)
    q = q[random.uniform(0, 3, len(q)) < 2 + np.sin(3 * q)]
    mean = 0.8 * np.exp(-0.5 * (0.4 + q))
    atoms = area * quad(layered, 0, length)[0]
    exact = prism_energy(0.4, length, area, layered, lambda x: math.exp(-0.5 * x), 0.8)
    assert atoms * mean.mean() == pytest.approx(exact, abs=4 * atoms * mean.std() / math.sqrt(len(q)))


def test_uniform_prism_falls_like_its_nucleons():
    # Uniform matter in a linear profile: force over mass is gradient_acceleration, whatever the shape.
    gradient, nucleons, length, area = 1e-24, 1e9, 3e4, 5e8
    coupling = FERMI_CONSTANT / (2 * math.sqrt(2)) * 0.5
    force = prism_force(0.0, length, area * length, lambda q: nucleons, lambda y: gradient, coupling)
    acceleration = force / (nucleons * area * length * ATOMIC_MASS) / CM_PER_S2
    assert acceleration == pytest.approx(gradient_acceleration(gradient, 0.5), rel=ROUNDING, abs=0.0)


def test_matter_falls_away_from_what_it_is_repelled_by():
    assert gradient_acceleration(-1e-24, 0.5) > 0 > gradient_acceleration(-1e-24, 0.5, "mu")
    assert gradient_acceleration(0.0, 0.5) == 0.0


def test_units_by_hand():
    # G_F/(2 sqrt 2) = 4.1237e-24 eV^-2 and m_u = 931.494 MeV; (1/cm^3)/cm = 1.516e-19 eV^4; cm/s^2 = 2.1954e-26 eV.
    got = gradient_acceleration(-(CENTIMETRE**-4), 0.5)
    assert got == pytest.approx(4.1237e-24 * 0.5 * 1.5163e-19 / 931.494e6 / 2.1954e-26, rel=TYPED, abs=0.0)


@pytest.mark.filterwarnings("ignore::scipy.integrate.IntegrationWarning")  # one call integrates NaN
@pytest.mark.parametrize(
    ("call", "named"),
    [
        (lambda: gradient_acceleration(math.inf, 0.5), "density_gradient"),
        (lambda: gradient_acceleration(1.0, 2.0), "z_over_a"),
        (lambda: prism_energy(0.0, -1.0, 1.0, layered, layered, 1.0), "length"),
        (lambda: prism_force(0.0, 1.0, 0.0, layered, layered, 1.0), "volume"),
        (lambda: prism_energy(0.0, 1.0, 1.0, layered, lambda y: math.nan, 1.0), "integral of matter times neutrinos"),
    ],
)
def test_refusals(call, named):
    with pytest.raises(DomainError, match=f"^{named} must be"):
        call()


def test_a_prism_too_thick_for_doubles_is_refused_by_its_volume():
    with pytest.raises(DomainError, match=r"^volume must leave"):
        prism_force(0.0, 0.07, 1e308, layered, layered, 0.2)


CANCELS = 1e-9
"""Of the largest: the accuracy of an integral to which a constant was added; measured 2e-11."""


@pytest.mark.parametrize("periods", [0.3, 0.5, 1.0, 7.25, 40.0])
@pytest.mark.parametrize("phase", [0.0, 0.25, 0.7])
@pytest.mark.parametrize("grating", [0.0, 0.6, 1.0])
def test_prism_in_a_wave_of_density_in_closed_form(periods, phase, grating):
    """With x = 2kq: Int (1 + g cos x) cos(x + a) dx and its sine, over Int (1 + g cos x) dx."""
    end, a = 2 * math.pi * periods, 2 * math.pi * phase

    def total(upper, turn):  # sin to the left of the plus; turn -pi/2 makes a sine of the cosine
        plain = math.sin(upper + a + turn) - math.sin(a + turn)
        mixed = upper * math.cos(a + turn) / 2 + (math.sin(2 * upper + a + turn) - math.sin(a + turn)) / 4
        return plain + grating * mixed

    nucleons = end + grating * math.sin(end)
    coupling = FERMI_CONSTANT / (2 * math.sqrt(2)) * 0.5 * 2 * number_density()
    force = coupling * 2 * mean_momentum() / ATOMIC_MASS / CM_PER_S2
    energy, acceleration = modulated_prism(periods, grating, phase)
    assert energy == pytest.approx(coupling * total(end, 0.0) / nucleons, abs=CANCELS * coupling)
    assert acceleration == pytest.approx(force * total(end, -math.pi / 2) / nucleons, abs=CANCELS * force)


def test_only_layers_in_step_are_pulled_at_any_size():
    uniform, layered = (modulated_prism(40.0, grating)[1] for grating in (0.0, 1.0))
    steepest = gradient_acceleration(-2 * mean_momentum() * 2 * number_density(), 0.5)
    assert layered == pytest.approx(steepest / 2, rel=CANCELS, abs=0.0)
    assert abs(uniform) < CANCELS * layered
    assert layered < 1e-6 * 1e-15  # of what the talk's torsion balance resolves


def test_modulated_prism_refuses():
    for call, name in [
        (lambda: modulated_prism(0.0), "periods"),
        (lambda: modulated_prism(1.0, 2.0), "grating"),
        (lambda: modulated_prism(1.0, phase=math.inf), "phase"),
        (lambda: modulated_prism(1.0, z_over_a=2.0), "z_over_a"),
    ]:
        with pytest.raises(DomainError, match=f"^{name} must"):
            call()
