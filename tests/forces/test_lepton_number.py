"""Asymmetries by degeneracy parameters: the gas itself, published pairs of numbers, mixing by hand."""

import math

import numpy as np
import pytest
from scipy.integrate import quad

from cnub import DomainError
from cnub.forces.lepton_number import (
    BARYON_ASYMMETRY,
    FLAVOURS_OF,
    asymmetry_table,
    degeneracy_asymmetry,
    degeneracy_bounds,
    state_asymmetries,
    total_splitting,
)
from cnub.forces.stodolsky import energy_splitting, state_splittings
from cnub.forces.surface import asymmetry
from cnub.matter import material, potential, refractivity
from cnub.oscillation import masses, mixing_matrix
from cnub.relic import TEMPERATURE, mean_momentum, number_density

QUADRATURE = 1e-10
COUNTED = 1e-3
"""Relative, of densities typed with four digits; measured 4e-4."""
"""Relative: an adaptive quadrature of the Fermi-Dirac gas; measured 2e-16, 3e-13 at xi = 1e-4."""
ROUNDING = 1e-12
"""Sums of three products; measured 4e-16."""
PRINTED = 0.02
"""Relative: two digits of a published number; measured 0.005."""
DEGENERATE = 2e-3
"""Relative: speeds of three states that are 1 % of c and differ by a tenth; measured 5e-4."""


@pytest.mark.parametrize("xi", [-2.0, -0.3, 1e-4, 0.07, 1.5])
def test_asymmetry_is_that_of_two_gases(xi):
    def density(sign):
        return quad(lambda x: x * x / (math.exp(x - sign * xi) + 1), 0, 60, epsabs=0, epsrel=1e-12)[0]

    per_volume = TEMPERATURE**3 / (2 * math.pi**2)
    expected = per_volume * (density(1) - density(-1)) / (2 * number_density())
    assert degeneracy_asymmetry(xi) == pytest.approx(expected, rel=QUADRATURE, abs=0.0)


def test_published_pair_of_xi_and_lepton_number_per_photon():
    """1706.01705: xi = -0.002 + 0.114 - 0.111 is -0.085 <= eta_l <= 0.084 for three flavours."""
    photons = 2 * 1.2020569 / math.pi**2 * (TEMPERATURE * (11 / 4) ** (1 / 3)) ** 3
    for xi, printed in ((-0.113, -0.085), (0.112, 0.084)):
        lepton_number = 3 * degeneracy_asymmetry(xi) * 2 * number_density() / photons
        assert lepton_number == pytest.approx(printed, rel=PRINTED, abs=0.0)


def test_mass_states_share_out_the_flavours():
    weights = np.abs(mixing_matrix("IO")) ** 2
    found = state_asymmetries([0.2, -0.1, 0.3], "IO")
    by_hand = [0.2 * weights[0, i] - 0.1 * weights[1, i] + 0.3 * weights[2, i] for i in range(3)]
    np.testing.assert_allclose(found, by_hand, rtol=ROUNDING)
    assert found.sum() == pytest.approx(0.4, rel=ROUNDING, abs=0.0)


def test_splittings_of_the_states_add_up():
    own = [0.3, -0.2, 0.1]
    parts = [state_splittings(a, lightest_mass=0.1)[i] for i, a in enumerate(own)]
    assert total_splitting(own, 0.1) == pytest.approx(sum(parts), rel=ROUNDING, abs=0.0)
    # Equal asymmetries of degenerate states: nu_e less two others.
    assert total_splitting([1, 1, 1], 0.1) == pytest.approx(-energy_splitting(1.0, mass=0.1), rel=DEGENERATE, abs=0.0)
    # Electron neutrinos alone: sum of |U_ei|^2 (|U_ei|^2 - 1/2), a tenth of it.
    shares = np.abs(mixing_matrix("NO")[0]) ** 2
    only_e = total_splitting(state_asymmetries([1, 0, 0]), 0.1)
    assert only_e == pytest.approx(
        2 * energy_splitting(1.0, mass=0.1) * shares @ (shares - 0.5), rel=DEGENERATE, abs=0.0
    )
    assert abs(only_e) < 0.2 * energy_splitting(1.0, mass=0.1)
    assert total_splitting(own, 0.1, nature="majorana") < 0.1 * abs(sum(parts))


def test_as_many_as_baryons_is_counted_and_not_per_photon():
    """410.7 photons and 2 times 55.99 neutrinos and antineutrinos of a flavour per cm^3."""
    assert pytest.approx(6.1e-10 * 410.7 / (2 * 55.99), rel=COUNTED) == BARYON_ASYMMETRY


def test_table_has_the_ceiling_the_bounds_and_the_ground():
    table = asymmetry_table(0.1).set_index("asymmetry")
    ceiling = table.splitting_eV["neutrinos only"]
    assert (table.splitting_eV > 0).all() and (table.splitting_eV <= ceiling).all()
    assert table.splitting_eV["as many as baryons"] == pytest.approx(6.1e-10 * 11 / 3 * ceiling, rel=ROUNDING, abs=0.0)
    helium = table.splitting_eV["helium (xi of all)"]
    assert helium == pytest.approx(degeneracy_asymmetry(0.07) * ceiling, rel=ROUNDING, abs=0.0)
    own = []
    for i, m in enumerate(masses("NO", 0.1)):
        delta = refractivity(m, mean_momentum(), potential(material("crust"), str(i + 1)))
        own.append(asymmetry("filled", delta, 0.0) / 2)
    assert table.splitting_eV["Earth in the steady state"] == pytest.approx(
        abs(total_splitting(own, 0.1)), rel=ROUNDING, abs=0.0
    )


def test_every_bound_has_flavours_order_and_a_source():
    table = degeneracy_bounds()
    assert set(table.flavours) <= set(FLAVOURS_OF)
    assert (table.low < table.high).all() and (table[["low", "high"]].abs() < 2).all().all()
    assert table.source.str.contains("abstract|summary").all()


def test_refusals():
    for call, name in [
        (lambda: degeneracy_asymmetry(3.0), "xi"),
        (lambda: state_asymmetries([math.nan, 0, 0]), "flavours"),
        (lambda: state_asymmetries([1, 1, 1], "XO"), "ordering"),
        (lambda: asymmetry_table(0.0), "lightest_mass"),
        (lambda: asymmetry_table(ground="cheese"), "material"),
    ]:
        with pytest.raises(DomainError, match=f"^{name} must"):
            call()
