"""Appendix A: the susceptibilities against exact diagonalization, the Schroedinger equation and their symmetries."""

import math

import numpy as np
import pytest
from scipy.integrate import solve_ivp

from cnub import DomainError
from cnub.constants import VOLT_PER_METRE
from cnub.nonlinear_optics import susceptibility as s

LEFT_OUT_6 = 1e-6
"""Relative: what the limit or closed form leaves out at these arguments; measured 8e-07."""
LEFT_OUT_4 = 1e-4
"""Relative: what the limit or closed form leaves out at these arguments; measured 5e-05."""
LEFT_OUT_3 = 2e-3
"""Relative: what the limit or closed form leaves out at these arguments; measured 0.0001."""
ROUNDING = 1e-12
"""Relative: rounding alone; measured 9e-15."""
TYPED = 1e-8
"""Relative: the digits of the expected value, typed or published; measured 2e-10."""

DENSITY = 3.0e7
ENERGIES = np.array([0.0, 2.1, 3.4, 5.2])


def _levels(seed=1, complex_dipoles=False):
    rng = np.random.default_rng(seed)
    matrix = rng.normal(size=(3, 4, 4)) + (1j * rng.normal(size=(3, 4, 4)) if complex_dipoles else 0)
    return s.Levels(ENERGIES, 1e-4 * (matrix + matrix.conj().swapaxes(1, 2)) / 2)


def _ground_dipole(levels, field):
    """Exact dipole of the ground state in a static field, by diagonalization."""
    hamiltonian = np.diag(levels.energies) - np.einsum("k,kab->ab", field, levels.dipoles)
    _, vectors = np.linalg.eigh(hamiltonian)
    ground = vectors[:, 0]
    return np.einsum("a,kab,b->k", ground.conj(), levels.dipoles, ground).real


@pytest.mark.parametrize("complex_dipoles", [False, True])
def test_static_limits_are_the_derivatives_of_the_exact_ground_state(complex_dipoles):
    levels = _levels(complex_dipoles=complex_dipoles)
    linear, quadratic = s.chi1(levels, DENSITY, 0.0).real, s.chi2(levels, DENSITY, 0.0, 0.0).real
    rng = np.random.default_rng(2)
    for _ in range(3):
        field = rng.normal(size=3) * 2.0
        plus, minus = _ground_dipole(levels, field), _ground_dipole(levels, -field)
        start = _ground_dipole(levels, 0 * field)
        # Third order is (d E/level)^2 ~ 1e-8 of the largest component; measured below 3e-7 and 3e-6.
        odd = DENSITY * (plus - minus) / 2
        np.testing.assert_allclose(odd, linear @ field, atol=2e-6 * np.abs(odd).max())
        even = DENSITY * ((plus + minus) / 2 - start)
        series = s.polarization_series(field, 0 * linear, quadratic)
        np.testing.assert_allclose(even, series, atol=2e-5 * np.abs(even).max())


def test_equations_a2_to_a6_against_the_schroedinger_equation():
    levels = _levels()
    waves = [(0.31, [0.5, 0.2, -0.1]), (0.47, [0.1, -0.4, 0.3])]
    scale, ramp, time = 3.0, 12.0, 160.0

    def field(t):
        on = 0.5 * (1 + math.tanh((t - 60.0) / ramp))
        return on * scale * 2 * sum((np.asarray(a) * math.cos(w * t) for w, a in waves), np.zeros(3))

    inner = levels.dipoles

    def dipole(sign):
        def signed(t, c):
            phase = np.exp(1j * levels.energies * t)
            return sign * 1j * phase * (np.einsum("k,kab->ab", field(t), inner) @ (c / phase))

        c0 = np.zeros(4, dtype=complex)
        c0[0] = 1
        c = solve_ivp(signed, (0, time), c0, rtol=1e-11, atol=1e-14, method="DOP853").y[:, -1]
        c = c * np.exp(-1j * levels.energies * time)
        return np.einsum("a,kab,b->k", c.conj(), inner, c).real

    plus, minus = dipole(1), dipole(-1)
    scaled = [(w, scale * np.asarray(a)) for w, a in waves]
    odd, even = (plus - minus) / 2, (plus + minus) / 2 - levels.dipoles[:, 0, 0].real
    # The switch-on leaves exp(-pi ramp E/2) of excitation; third order is 1e-7. Measured 1e-6 and 2e-4.
    np.testing.assert_allclose(odd, s.linear_dipole(levels, scaled, time), rtol=LEFT_OUT_4)
    np.testing.assert_allclose(
        DENSITY * even, s.second_order_polarization(levels, DENSITY, scaled, time), rtol=LEFT_OUT_3
    )


def test_chi1_and_chi2_resum_the_time_domain():
    levels = _levels(complex_dipoles=True)
    waves = [(0.7, np.array([1.0, 0.5j, 0.2])), (0.9, np.array([0.3, 1.0, -0.6j]))]
    both = s._both_signs(waves)
    for time in (0.0, 3.7):
        linear = sum(s.chi1(levels, DENSITY, w) @ a * np.exp(-1j * w * time) for w, a in both)
        np.testing.assert_allclose(linear.real, DENSITY * s.linear_dipole(levels, waves, time), rtol=ROUNDING)
        quadratic = sum(
            np.einsum("ijk,j,k->i", s.chi2(levels, DENSITY, w1, w2), a1, a2) * np.exp(-1j * (w1 + w2) * time)
            for w1, a1 in both
            for w2, a2 in both
        )
        expected = s.second_order_polarization(levels, DENSITY, waves, time)
        np.testing.assert_allclose(quadratic.real, expected, rtol=ROUNDING)


def test_hamiltonian_a4_is_minus_the_polarization_times_the_field():
    levels, waves, time = _levels(), [(0.7, [1.0, 0.5, 0.2]), (0.9, [0.3, 1.0, -0.6])], 1.3
    field = sum((a * np.exp(-1j * w * time) for w, a in s._both_signs(waves)), np.zeros(3)).real
    expected = -DENSITY * s.linear_dipole(levels, waves, time) @ field
    assert s.two_photon_hamiltonian(levels, DENSITY, waves, time) == pytest.approx(expected, rel=ROUNDING)


def test_full_permutation_symmetry_of_a_lossless_medium():
    levels = _levels()
    w1, w2 = 0.6, 0.8
    forward = s.chi2(levels, DENSITY, w1, w2)
    np.testing.assert_allclose(forward, s.chi2(levels, DENSITY, w2, w1).transpose(0, 2, 1), rtol=ROUNDING)
    # chi_ijk(w3; w1, w2) = chi_jik(w1; w3, -w2): Manley and Rowe.
    np.testing.assert_allclose(forward, s.chi2(levels, DENSITY, w1 + w2, -w2).transpose(1, 0, 2), rtol=ROUNDING)


def test_leading_ordering_dominates_at_resonance_only():
    levels = _levels()
    near = [s.chi2(levels, DENSITY, 2.1 - 1e-7, 1.3 - 1e-7, permute=p) for p in (True, False)]
    assert np.linalg.norm(near[0] - near[1]) < 1e-5 * np.linalg.norm(near[0])
    far = [s.chi2(levels, DENSITY, 0.1, 0.1, permute=p) for p in (True, False)]
    assert np.linalg.norm(far[0] - far[1]) > 0.3 * np.linalg.norm(far[0])


def test_kramers_kronig_sum_rule_at_high_frequency():
    levels = _levels()
    strength = 2 * DENSITY * np.einsum("iv,jv,v->ij", levels.to_excited.conj(), levels.to_excited, levels.excited)
    omega = 1e4
    np.testing.assert_allclose(-(omega**2) * s.chi1(levels, DENSITY, omega), strength, rtol=LEFT_OUT_6)


def test_inversion_forbids_chi2():
    dipoles = np.zeros((3, 4, 4))
    dipoles[0, 0, 1] = dipoles[0, 1, 0] = 1e-4  # even-odd only: no closed triangle of three dipoles
    dipoles[0, 1, 2] = dipoles[0, 2, 1] = 2e-4
    assert not s.chi2(s.Levels(ENERGIES, dipoles), DENSITY, 0.5, 0.6).any()


def test_model_molecule_by_hand():
    # Levels at 3.5, 5.5 eV; dipoles 1.2, 0.5 (from the ground state), 0.9 (between), 1.5, 0.4 (permanent) e a_0 along
    # z. e a_0 = 0.30282212 x 2.68172776e-4/eV; static chi1 = 2 n sum d^2/E; chi2 = 3 n sum d_gn d'_nm d_mg/(E_n E_m).
    unit = 0.30282212 * 2.68172776e-4
    linear = 2 * (1.2**2 / 3.5 + 0.5**2 / 5.5) * unit**2 * DENSITY
    nonlinear = 1.2**2 * 1.5 / 3.5**2 + 0.5**2 * 0.4 / 5.5**2 + 2 * 1.2 * 0.9 * 0.5 / (3.5 * 5.5)
    expected = np.zeros((3, 3))
    expected[2, 2] = linear
    np.testing.assert_allclose(s.chi1(s.polar_molecule(), DENSITY, 0.0), expected, rtol=LEFT_OUT_6)
    cubic = s.chi2(s.polar_molecule(), DENSITY, 0.0, 0.0)
    assert cubic[2, 2, 2].real == pytest.approx(3 * nonlinear * unit**3 * DENSITY, rel=LEFT_OUT_6, abs=0.0)
    # One volt per metre is e^-1 eV/m: 6.516e-7 eV^2.
    assert VOLT_PER_METRE == pytest.approx(1.97326980e-7 / 0.30282212, rel=TYPED, abs=0.0)


def test_index_of_chi():
    assert s.index_of_chi(1.25) == pytest.approx(1.5)


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: s.Levels([0.0, -1.0], np.zeros((3, 2, 2))), "energies must be"),
        (lambda: s.Levels([0.0, 1.0], np.zeros((3, 3, 3))), "dipoles must be of shape"),
        (lambda: s.Levels([0.0, 1.0], np.triu(np.ones((3, 2, 2)))), "dipoles must be Hermitian"),
        (lambda: s.chi1(_levels(), 0.0, 1.0), "density must be"),
        (lambda: s.chi1(_levels(), 1.0, 2.1), "omega must differ"),
        (lambda: s.index_of_chi(-1.5), "chi must be"),
        (lambda: s.polarization_series(np.ones(3), np.ones((3, 3, 3))), "chi of order 1 must be"),
        (lambda: s.linear_dipole(_levels(), [(0.1, [1.0, 2.0])], 0.0), "waves must have"),
    ],
)
def test_refusals(call, words):
    with pytest.raises(DomainError, match=words):
        call()
