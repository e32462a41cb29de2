"""Anisotropic flux, density against local density of states, and the real Earth."""

import math

import pytest

from cnub import DomainError
from cnub.forces import earth
from cnub.forces.gradient import earth_gradient_acceleration
from cnub.grazing import anisotropy, gallery, halfspace
from cnub.relic import momentum_quadrature
from cnub.sphere import density_excess, ldos
from cnub.sphere.filling import AGE_OF_EARTH_S

RADIAL = 1e-6
"""Of the radial integration from a small radius; measured 3e-7 against the exact partial waves."""


def test_sharp_horizon_is_the_downgoing_flux():
    for sign, value in (("attract", -8 / 15), ("repel", 8 / 15)):
        assert anisotropy.horizon_structure_excess(1e-3, sign) == pytest.approx(value, rel=1e-6)
        above, below = (halfspace.grazing_excess(0.0, sign, flux) for flux in ("above", "below"))
        assert anisotropy.horizon_structure_excess(1e-3, sign) == pytest.approx((above - below) / 2, rel=1e-6)


def test_structure_wider_than_the_critical_angle_loses_the_effect():
    values = [abs(anisotropy.horizon_structure_excess(w, "attract")) for w in (0.1, 1.0, 10.0, 100.0, 1000.0)]
    assert values == sorted(values, reverse=True)
    assert 6.0 < values[3] / values[4] < 10.0


@pytest.mark.parametrize("sign", [1, -1])
def test_dipole_leaves_nothing_at_the_square_root(sign):
    """O(delta log delta): from delta to delta/100 the ratio to delta grows by a constant."""
    ratios = [anisotropy.dipole_excess(sign * d, 0.5) / (sign * d) for d in (1e-4, 1e-6, 1e-8)]
    assert ratios[1] - ratios[0] == pytest.approx(ratios[2] - ratios[1], rel=1e-3)
    assert ratios[1] - ratios[0] == pytest.approx(-0.5 * math.log(10), rel=1e-3)
    assert anisotropy.dipole_excess(sign * 1e-6, -0.5) == pytest.approx(-ratios[1] * sign * 1e-6, rel=1e-12)


@pytest.mark.parametrize("distance", [10.0, 11.3])
def test_density_is_the_local_density_of_states(distance):
    for index in (lambda s: 1.05, lambda s: 1.0 + 0.1 * (1.0 - s * s), lambda s: 0.9):
        density = ldos.isotropic_density(10.0, index, distance)
        assert density == pytest.approx(ldos.local_density_of_states(10.0, index, distance), rel=1e-12)
    exact = density_excess(10.0, 0.05, distance - 10.0, method="direct").density_excess
    assert ldos.isotropic_density(10.0, lambda s: 1.05, distance) - 1 == pytest.approx(exact, abs=RADIAL)


def test_scales_of_the_earth():
    """kappa ~ 20 to 50 and l = 15 to 40 km, lambda some metres; kappa = H l^2 of the sphere."""
    crust, whole = earth.grazing_scales(), earth.grazing_scales(ground="earth")
    for scales in (crust, whole):
        sag = scales.range_m**2 / (2 * 6.371e6) / scales.height_m
        assert scales.kappa == pytest.approx(sag, rel=1e-9)
    assert 40 < crust.kappa < 50 and 15 < whole.kappa < 25
    assert 3.5e4 < crust.range_m < 4.5e4 and 2.5 < crust.height_m < 3.0


def test_filling_times():
    scales = earth.grazing_scales()
    assert scales.kappa > gallery.critical_curvature()
    times = [earth.filling_time_s(length, scales) for length in (0.0, 1e3, 1e6)]
    assert times == sorted(times) and times[-1] < 1.0
    horizon = 2 * 6.371e6 * scales.critical_angle
    assert times[0] * scales.speed_m_per_s == pytest.approx(horizon, rel=1e-9)


def test_a_sphere_that_stays_empty_is_two_thousand_times_larger():
    scales = earth.grazing_scales()
    kappa = earth.curvature_outliving(AGE_OF_EARTH_S, scales)
    width = gallery.resonances(kappa)[0].width
    life = scales.range_m / scales.speed_m_per_s / width
    assert life == pytest.approx(AGE_OF_EARTH_S, rel=1e-6)
    assert 1500 < scales.kappa / kappa < 2500


def test_thermal_average_scales_with_the_inverse_momentum():
    momenta, weights = momentum_quadrature(24)
    one_by_one = sum(
        w * -earth.grazing_scales(momentum=p).critical_angle * halfspace.trapped_density(
            1.0 / earth.grazing_scales(momentum=p).height_m)
        for p, w in zip(momenta, weights, strict=True)
    )  # fmt: skip
    assert earth.thermal_excess(1.0, "attract", "both", "empty") == pytest.approx(one_by_one, rel=1e-9)


def test_acceleration_of_a_small_and_of_a_large_body():
    """The talk's exponential has slope 2/3 per decay length where the exact profile has pi/4."""
    exact = earth.surface_acceleration("downgoing flux", 1e-4)
    assert exact == pytest.approx(earth_gradient_acceleration() * (math.pi / 4) / (2 / 3), rel=1e-3)
    assert earth.surface_acceleration("empty plane", 1e-4) == pytest.approx(exact, rel=1e-9)
    filled = abs(earth.surface_acceleration("filled", 0.1))
    assert filled < 0.01 * abs(earth.surface_acceleration("empty plane", 0.1)) < 1e-32


@pytest.mark.parametrize(
    ("call", "names"),
    [
        (lambda: anisotropy.dipole_excess(0.0, 0.5), "delta"),
        (lambda: anisotropy.dipole_excess(1e-6, 1.5), "dipole"),
        (lambda: anisotropy.horizon_structure_excess(0.0, "attract"), "width"),
        (lambda: anisotropy.horizon_structure_excess(1.0, "both"), "sign"),
        (lambda: ldos.isotropic_density(300.0, lambda s: 1.0, 300.0), "kR"),
        (lambda: ldos.local_density_of_states(10.0, lambda s: 1.0, 9.0), "distance"),
        (lambda: earth.grazing_scales(mass=0.0), "mass"),
        (lambda: earth.filling_time_s(-1.0, earth.grazing_scales()), "length_m"),
        (lambda: earth.surface_acceleration("full", 0.1), "state"),
        (lambda: earth.surface_acceleration("filled", 0.0), "size_m"),
    ],
)
def test_refusals(call, names):
    with pytest.raises(DomainError, match=f"^{names} must"):
        call()
