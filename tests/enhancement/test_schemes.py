"""Three preparations of one target against the sum rule, and the share of a phased ball against a sum over the gas."""

import numpy as np
import pytest
from scipy.special import spherical_jn

from cnub.constants import METRE
from cnub.enhancement.schemes import phased_share, scheme_table
from cnub.fluorescence import NOMINAL, channel, dipole_moment, event_rate
from cnub.relic import momentum_quantile

LEFT_OUT = 0.05
"""Relative: what the limit or closed form leaves out at these arguments; measured 0.04."""
ROUNDING = 1e-12
"""Relative: rounding alone; measured 4e-16."""
TYPED = 1e-3
"""Relative: the digits of the expected value, typed or published; measured 0.0001."""

NU = channel("NO")


def test_ground_state_is_the_sum_rule_of_the_rate():
    table = scheme_table(NU, NOMINAL["M1"], dipole_moment("M1")).set_index("scheme")
    expected = event_rate("M1", "NO").row()["sum_rule_low_per_year"]
    assert table.loc["ground state", "excitations_per_year"] == pytest.approx(expected, rel=ROUNDING)
    assert table.loc["coherence of g and e", "excitations_per_year"] == pytest.approx(expected / 2, rel=ROUNDING)


def test_share_of_the_gas_in_step_by_a_sum_over_momenta_and_directions():
    radius, k, total = 0.02, NU.photon_momentum, 0.0
    fractions = (np.arange(60) + 0.5) / 60
    for p in (momentum_quantile(f) for f in fractions):
        daughter = k + p * p / (2 * NU.initial_mass)
        left = np.linspace(k - p, k + p, 40001)
        off = np.abs(left - daughter) * radius * METRE
        shares = (
            9 / (8 * left * daughter * (radius * METRE) ** 2) * (spherical_jn(0, off) ** 2 + spherical_jn(1, off) ** 2)
        )
        total += np.trapezoid(shares * left / (2 * k * p), left) / len(fractions)
    # 60 quantiles of 1/p, a grid of 400 points per width of the form factor; measured 2 %.
    assert phased_share(NU, radius) == pytest.approx(total, rel=LEFT_OUT)


def test_a_preparation_holds_half_a_quantum_per_dipole():
    target = NOMINAL["M1"]
    table = scheme_table(NU, target, dipole_moment("M1")).set_index("scheme")
    quanta = target.density_per_cm3 * target.volume_m3 * 1e6 / 2
    assert table.loc["coherence of g and v", "joule"] == pytest.approx(quanta * NU.photon_energy * 1.602e-19, rel=TYPED)
