"""A term in a field: Lande at small fields, Paschen-Back at large ones, traces and sum rules in between."""

import numpy as np
import pytest

from cnub import DomainError
from cnub.constants import BOHR_MAGNETON, TESLA
from cnub.discovery import candidates, zeeman
from cnub.discovery.zeeman import SPIN_G, Term, components, lande_g, resonant_fields, states, term_of
from cnub.fluorescence.channels import channel

LEFT_OUT_9 = 1e-9
"""Relative: what the limit or closed form leaves out at these arguments; measured 1e-10."""
LEFT_OUT_3 = 1e-3
"""Relative: what the limit or closed form leaves out at these arguments; measured 0.0003."""
ROUNDING_ABS_15 = 1e-15
"""Absolute: rounding alone; measured 9e-16."""
ROUNDING_12 = 1e-12
"""Relative: rounding alone; measured 7e-16."""

TERMS = sorted(set(zeeman.term_table()["species"]))
UNIT = BOHR_MAGNETON * TESLA
ROUNDING = 1e-11
"""Relative to the largest term of a sum; measured 7e-16."""
QUADRATIC = 1e-4
"""mu_B B over the smallest splitting at the small field: the share that Lande leaves out."""
SECOND_ORDER = 1e-2
"""In units of A where mu_B B = 1000 A: matrix elements of L.S of up to 3, squared; measured 9.0e-3."""
HAND_T = 0.05
"""In T: half of the last digit of fields that are given with one."""


def energies(term, field):
    return states(term, field)[0].set_index(["J", "m"])["energy_eV"]


@pytest.mark.parametrize("species", TERMS)
def test_small_fields_give_lande(species):
    term = term_of(species)
    spacing = np.diff(sorted(term.levels.values())).min()
    field = QUADRATIC * spacing / UNIT
    for (J, m), energy in energies(term, field).items():
        linear = lande_g(term.L, term.S, J) * m * UNIT * field
        assert energy - term.levels[J] == pytest.approx(linear, abs=10 * QUADRATIC * UNIT * field)


@pytest.mark.parametrize("symbol", ["2P", "2D", "3P", "4F"])
def test_large_fields_give_paschen_back(symbol):
    """With the interval rule, mu_B B (M_L + g_s M_S) + A M_L M_S to first order in A."""
    coupling, S = 1e-3, (int(symbol[0]) - 1) / 2
    L = float(zeeman.LETTERS.index(symbol[1]))
    levels = {J: coupling * (J * (J + 1) - L * (L + 1) - S * (S + 1)) / 2 for J in np.arange(abs(L - S), L + S + 1)}
    field = 1e3 * coupling / UNIT
    found = np.sort(states(Term(symbol, levels), field)[0]["energy_eV"])
    expected = np.sort([UNIT * field * (a + SPIN_G * b) + coupling * a * b
                        for a in np.arange(-L, L + 1) for b in np.arange(-S, S + 1)])  # fmt: skip
    # What L.S couples differs by one in M_S, hence by mu_B B: second order is 1e-3 A times its matrix elements squared.
    assert np.abs(found - expected).max() < SECOND_ORDER * coupling
    assert np.abs(found.sum() - expected.sum()) < ROUNDING * np.abs(expected).sum()


@pytest.mark.parametrize("species", TERMS)
@pytest.mark.parametrize("field", [0.0, 7.0, 45.0])
def test_traces_do_not_know_the_field(species, field):
    term = term_of(species)
    free = sum((2 * J + 1) * energy for J, energy in term.levels.items())
    assert states(term, field)[0]["energy_eV"].sum() == pytest.approx(free, rel=ROUNDING, abs=ROUNDING_ABS_15)


@pytest.mark.parametrize("species", TERMS)
@pytest.mark.parametrize("field", [3.0, 45.0])
def test_strength_from_the_lowest_state_is_the_sum_rule(species, field):
    """4 S(S + 1) less the elastic 4 <S_z>^2, with <S_z> from the slope of the energy (Hellmann and Feynman)."""
    term, step = term_of(species), 1e-3
    lowest = states(term, field)[0].iloc[0]
    slope = (energies(term, field + step) - energies(term, field - step))[lowest["J"], lowest["m"]] / (2 * step * UNIT)
    spin_z = (slope - lowest["m"]) / (SPIN_G - 1)
    table = components(term, field)
    found = table.loc[table["lowest"], "spin2"].sum()
    assert found == pytest.approx(
        4 * term.S * (term.S + 1) - 4 * spin_z**2, rel=LEFT_OUT_9
    )  # central difference; measured 1e-10


@pytest.mark.parametrize("species", ["N III", "Ti I", "O III", "Fe I"])
def test_without_field_the_strengths_are_those_of_ls_coupling(species):
    term = term_of(species)
    table = components(term, 0.0)
    for (lower, upper), part in table.groupby(["lower_J", "upper_J"]):
        strength = candidates.m1_strength(term.L, term.S, max(lower, upper))
        assert part["moment2"].sum() == pytest.approx((SPIN_G - 1) ** 2 * strength, rel=ROUNDING_12)
        assert part["spin2"].sum() == pytest.approx(4 * strength, rel=ROUNDING_12)
    assert len(table.groupby(["lower_J", "upper_J"])) == len(term.levels) - 1


@pytest.mark.parametrize(
    ("species", "line", "lower_m", "field"),
    [
        ("N III", (0.5, 1.5), 0.5, 35.2),
        ("N III", (0.5, 1.5), -0.5, 55.8),
        ("Sc I", (1.5, 2.5), 1.5, 39.8),
        ("Ti I", (2.0, 3.0), 2.0, 35.5),
        ("Sc III", (1.5, 2.5), 1.5, 5.4),
        ("Sc III", (1.5, 2.5), -1.5, 15.8),
        ("Ti III", (2.0, 3.0), 2.0, 19.2),
        ("P II", (0.0, 1.0), 0.0, 50.6),
        ("F IV", (0.0, 1.0), 0.0, 34.9),
        ("Cr IV", (1.5, 2.5), -1.5, 38.7),
        ("Gd I", (2.0, 3.0), 2.0, 8.6),
        ("Gd I", (2.0, 3.0), -2.0, 30.9),
        ("V I", (2.5, 3.5), 2.5, 19.4),
    ],
)
def test_fields_that_bring_a_line_to_the_paper_channel(species, line, lower_m, field):
    """As an independent diagonalisation found them, for nu_3 -> nu_1 at 202.16 per cm."""
    found = resonant_fields(term_of(species), channel("NO").photon_energy, 60.0, line=line)
    mine = found[found["lower_m"] == lower_m]
    assert mine["field_T"].min() == pytest.approx(field, abs=HAND_T)


def test_the_linear_field_of_nitrogen_is_too_large():
    """35.7 T by Lande: at second order the upper level of the same m is pushed up, the lower down."""
    term, energy = term_of("N III"), channel("NO").photon_energy
    exact = resonant_fields(term, energy, line=(0.5, 1.5))["field_T"].iloc[0]
    linear = (energy - term.levels[1.5]) / ((lande_g(1, 0.5, 1.5) * 1.5 - lande_g(1, 0.5, 0.5) * 0.5) * UNIT)
    assert 0.2 < linear - exact < 0.8


def test_a_rotation_has_no_moment_of_its_own():
    """O2 in case (b): g_L = 0 leaves g_J = g_s [J(J + 1) + S(S + 1) - N(N + 1)]/(2 J(J + 1)), 1 for N = S = J = 1."""
    oxygen = Term("3P", {0.0: 0.0, 2.0: 2.58e-4, 1.0: 4.91e-4}, orbital_g=0.0)
    small = 1e-3
    shift = energies(oxygen, small)[1.0, 1.0] - 4.91e-4
    assert shift == pytest.approx(SPIN_G / 2 * UNIT * small, rel=LEFT_OUT_3)
    np.testing.assert_allclose(components(oxygen, 5.0)["moment2"], components(oxygen, 5.0)["spin2"] * (SPIN_G / 2) ** 2)


@pytest.mark.parametrize(
    ("call", "name"),
    [
        (lambda: Term("3Z", {1.0: 0.0}), "symbol"),
        (lambda: Term("3P", {0.0: 0.0, 1.0: 1e-3}), "levels"),
        (lambda: components(term_of("N III"), -1.0), "field_T"),
        (lambda: resonant_fields(term_of("N III"), 0.0), "energy"),
        (lambda: term_of("He I"), "species"),
        (lambda: lande_g(1, 0.5, 3), "J"),
    ],
)
def test_refusals(call, name):
    with pytest.raises(DomainError, match=rf"^{name} must"):
        call()
