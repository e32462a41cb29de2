"""Flux that is not isotropic: what a dipole leaves, and how sharp a structure at the horizon has to be."""

import math

import pytest

from cnub import DomainError
from cnub.grazing import anisotropy, halfspace

LEFT_OUT = 1e-3
"""Relative: what the limit or closed form leaves out at these arguments; measured 0.0001."""
NUMERICAL = 1e-6
"""Relative: the quadrature, root or solver behind one of the two values; measured 2e-08."""
ROUNDING = 1e-12
"""Relative: rounding alone; exact here."""


def test_sharp_horizon_is_the_downgoing_flux():
    for sign, value in (("attract", -8 / 15), ("repel", 8 / 15)):
        assert anisotropy.horizon_structure_excess(1e-3, sign) == pytest.approx(value, rel=NUMERICAL)
        above, below = (halfspace.grazing_excess(0.0, sign, flux) for flux in ("above", "below"))
        assert anisotropy.horizon_structure_excess(1e-3, sign) == pytest.approx((above - below) / 2, rel=NUMERICAL)


def test_structure_wider_than_the_critical_angle_loses_the_effect():
    values = [abs(anisotropy.horizon_structure_excess(w, "attract")) for w in (0.1, 1.0, 10.0, 100.0, 1000.0)]
    assert values == sorted(values, reverse=True)
    assert 6.0 < values[3] / values[4] < 10.0


@pytest.mark.parametrize("sign", [1, -1])
def test_dipole_leaves_nothing_at_the_square_root(sign):
    """O(delta log delta): from delta to delta/100 the ratio to delta grows by a constant."""
    ratios = [anisotropy.dipole_excess(sign * d, 0.5) / (sign * d) for d in (1e-4, 1e-6, 1e-8)]
    assert ratios[1] - ratios[0] == pytest.approx(ratios[2] - ratios[1], rel=LEFT_OUT)
    assert ratios[1] - ratios[0] == pytest.approx(-0.5 * math.log(10), rel=LEFT_OUT)
    assert anisotropy.dipole_excess(sign * 1e-6, -0.5) == pytest.approx(-ratios[1] * sign * 1e-6, rel=ROUNDING)


@pytest.mark.parametrize(
    ("call", "names"),
    [
        (lambda: anisotropy.dipole_excess(0.0, 0.5), "delta"),
        (lambda: anisotropy.dipole_excess(1e-6, 1.5), "dipole"),
        (lambda: anisotropy.horizon_structure_excess(0.0, "attract"), "width"),
        (lambda: anisotropy.horizon_structure_excess(1.0, "both"), "sign"),
    ],
)
def test_refusals(call, names):
    with pytest.raises(DomainError, match=f"^{names} must"):
        call()
