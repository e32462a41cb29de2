"""Targets and lifetimes."""

import pytest

from cnub import DomainError
from cnub.constants import BOHR_RADIUS, ELECTRON_CHARGE, HBAR_EV_S
from cnub.fluorescence import NOMINAL, Target
from cnub.fluorescence.target import spontaneous_lifetime_s

ROUNDING = 1e-14
"""Relative: rounding alone; exact here."""
TYPED = 2e-3
"""Relative: the digits of the expected value, typed or published; measured 0.001."""


def test_width_is_the_inverse_of_the_coherence_time():
    assert NOMINAL["M1"].width * 1e-8 == pytest.approx(HBAR_EV_S, rel=ROUNDING)
    assert NOMINAL["E1"].width == pytest.approx(10 * NOMINAL["M1"].width, rel=ROUNDING)


def test_lyman_alpha_lives_1_6_ns():
    # |<2p|r|1s>|^2 = 1.6648 a_0^2, one third of it per component; 1.596 ns, e.g. Bethe and Salpeter, section 63.
    dipole = ELECTRON_CHARGE * BOHR_RADIUS * (1.6648 / 3) ** 0.5
    assert spontaneous_lifetime_s(10.1988, dipole) == pytest.approx(1.596e-9, rel=TYPED)


@pytest.mark.parametrize("name", ["volume_m3", "density_per_cm3", "coherence_time_s"])
def test_refusals(name):
    values = {"volume_m3": 1.0, "density_per_cm3": 1.0, "coherence_time_s": 1.0} | {name: 0.0}
    with pytest.raises(DomainError, match=f"^{name} must be between 1e-[13]0 and 1e+"):
        Target(**values)
