"""The real Earth in grazing units."""

import pytest

from cnub import DomainError
from cnub.constants import AGE_OF_EARTH_S
from cnub.grazing import earth, gallery, halfspace
from gas_rule import gas_rule

NUMERICAL = 1e-9
"""Relative: the quadrature, root or solver behind one of the two values; measured 2e-11."""
ROUNDING = 1e-12
"""Relative: rounding alone; measured 4e-15."""


def test_scales_of_the_earth():
    """kappa ~ 20 to 50 and l = 15 to 40 km, lambda some metres; kappa = H l^2 of the sphere."""
    crust, whole = earth.grazing_scales(), earth.grazing_scales(ground="earth")
    for scales in (crust, whole):
        sag = scales.range_m**2 / (2 * 6.371e6) / scales.height_m
        assert scales.kappa == pytest.approx(sag, rel=ROUNDING)
    assert 40 < crust.kappa < 50 and 15 < whole.kappa < 25
    assert 3.5e4 < crust.range_m < 4.5e4 and 2.5 < crust.height_m < 3.0


def test_filling_times():
    scales = earth.grazing_scales()
    assert scales.kappa > gallery.critical_curvature()
    times = [earth.patch_filling_time_s(length, scales) for length in (0.0, 1e3, 1e6)]
    assert times == sorted(times) and times[-1] < 1.0
    horizon = 2 * 6.371e6 * scales.critical_angle
    assert times[0] * scales.speed_m_per_s == pytest.approx(horizon, rel=ROUNDING)


def test_a_sphere_that_stays_empty_is_two_thousand_times_larger():
    scales = earth.grazing_scales()
    kappa = earth.curvature_outliving(AGE_OF_EARTH_S, scales)
    width = gallery.gallery_resonances(kappa)[0].width
    life = scales.range_m / scales.speed_m_per_s / width
    assert life == pytest.approx(AGE_OF_EARTH_S, rel=NUMERICAL)
    assert 1500 < scales.kappa / kappa < 2500


def test_thermal_average_scales_with_the_inverse_momentum():
    momenta, weights = gas_rule()
    one_by_one = sum(
        w * -earth.grazing_scales(momentum=p).critical_angle * halfspace.trapped_density(
            1.0 / earth.grazing_scales(momentum=p).height_m)
        for p, w in zip(momenta, weights, strict=True)
    )  # fmt: skip
    assert earth.thermal_excess(1.0, "attract", "both", "empty") == pytest.approx(one_by_one, rel=ROUNDING)


@pytest.mark.parametrize(
    ("call", "names"),
    [
        (lambda: earth.grazing_scales(mass=0.0), "mass"),
        (lambda: earth.patch_filling_time_s(-1.0, earth.grazing_scales()), "length_m"),
    ],
)
def test_refusals(call, names):
    with pytest.raises(DomainError, match=f"^{names} must"):
        call()
