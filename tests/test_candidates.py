"""Real M1 lines: published A coefficients against LS coupling, and where the channels meet them."""

import math

import numpy as np
import pytest

from cnub import DomainError
from cnub.constants import BOHR_MAGNETON, SECOND
from cnub.fluorescence import candidates
from cnub.fluorescence.channels import channel, channel_symbol


def test_published_a_coefficients_are_those_of_ls_coupling():
    table = candidates.lines()
    both = table[table["published_A_per_s"].notna() & table["ls_A_per_s"].notna()]
    assert len(both) >= 15
    # Departures from LS coupling reach 2 % (Si II); rounding of the published values 2 % (B I).
    np.testing.assert_allclose(both["published_A_per_s"], both["ls_A_per_s"], rtol=0.03)


def test_every_line_has_an_energy_a_source_and_a_lifetime():
    table = candidates.lines()
    assert table["source"].str.len().min() > 4
    tunable = table["species"] == "free spin"
    assert (table.loc[~tunable, "energy_meV"] > 0).all() and (table.loc[~tunable, "lifetime_s"] > 0).all()
    assert set(table["kind"]) == {"atom", "ion", "molecule", "rare earth", "magnon", "Zeeman"}


def test_lines_of_one_term_stack():
    """The lower level of the second line of a triplet is the energy of the first."""
    table = candidates.lines().set_index(["species", "transition"])
    for species, first, second in (
        ("C I", "3P 0-1", "3P 1-2"),
        ("O I", "3P 2-1", "3P 1-0"),
        ("S I", "3P 2-1", "3P 1-0"),
    ):
        assert table.loc[(species, second), "lower_meV"] == pytest.approx(table.loc[(species, first), "energy_meV"])


def test_wavelengths_of_the_astronomers():
    table = candidates.lines().set_index(["species", "transition"])
    for key, micrometres in (
        (("C I", "3P 0-1"), 609.1),
        (("O I", "3P 2-1"), 63.18),
        (("Si I", "3P 0-1"), 129.68),
        (("O III", "3P 0-1"), 88.36),
        (("C II", "2P 1/2-3/2"), 157.74),
        (("S I", "3P 2-1"), 25.249),
    ):
        assert 1e4 / table.loc[key, "wavenumber_per_cm"] == pytest.approx(micrometres, rel=5e-4)


def test_strength_of_a_spin_one_half_flip():
    # <up| mu |down> with g_s = 2: S = sum over m of |<mu>|^2; J = 1/2 <-> 3/2 of a p electron, known value 4/3.
    assert candidates.m1_strength(1, 0.5, 1.5) == pytest.approx(4 / 3)
    assert candidates.m1_strength(1, 1, 1) == pytest.approx(2.0)
    assert candidates.m1_strength(1, 1, 2) == pytest.approx(2.5)


def test_decay_rate_is_the_dipole_formula():
    assert candidates.m1_decay_rate(0.02, 3.0, 3) == pytest.approx(
        0.02**3 * BOHR_MAGNETON**2 / (3 * math.pi) * SECOND, rel=1e-12
    )


@pytest.mark.parametrize(("ordering", "i", "j"), [("NO", 3, 1), ("NO", 2, 1), ("IO", 2, 3)])
def test_resonant_mass_inverts_the_photon_energy(ordering, i, j):
    energy = channel(ordering, i, j, 0.03).photon_energy
    assert candidates.resonant_mass(ordering, i, j, energy) == pytest.approx(0.03, rel=1e-8)
    assert candidates.resonant_mass(ordering, i, j, 1.1 * channel(ordering, i, j).photon_energy) is None


def test_tuning_reaches_oxygen_and_sulphur_only():
    table = candidates.tuning("NO", 0.0)
    near = table[table["within_reach"] & (table["channel"] == "nu3->nu1")]
    assert sorted(set(near["species"])) == ["O III", "S I"]
    known = candidates.lines().set_index(["species", "transition"])
    assert all(known.loc[key, "lower_meV"] > 0 for key in zip(near["species"], near["transition"], strict=True))
    spin = table[(table["species"] == "free spin") & (table["channel"] == "nu3->nu1")]
    assert spin["field_T"].item() == pytest.approx(216, rel=0.01)
    shifted = table["energy_meV"] + table["shift_meV"]
    np.testing.assert_allclose(shifted, table["photon_meV"], rtol=1e-12)


def test_table_of_candidates_carries_what_each_line_needs():
    table = candidates.candidate_table()
    assert len(table) == len(candidates.lines())
    row = table[(table["species"] == "O III") & (table["transition"] == "3P 1-2")].iloc[0]
    emitted = channel("NO", lightest_mass=row["resonant_lightest_mass_eV"]).photon_energy
    assert emitted == pytest.approx(1e-3 * row["energy_meV"], rel=1e-9)
    above = table["energy_meV"] > 1e3 * channel("NO").photon_energy
    assert table.loc[above, "resonant_lightest_mass_eV"].isna().all()


def test_symbols_of_the_channels():
    assert channel_symbol("nu3->nu1") == "ν₃\u00a0→\u00a0ν₁"


@pytest.mark.parametrize(
    ("call", "name"),
    [
        (lambda: candidates.m1_strength(1, 1, 3), "J"),
        (lambda: candidates.m1_decay_rate(0.0, 1.0, 1), "energy"),
        (lambda: candidates.resonant_mass("XO", 3, 1, 0.02), "ordering"),
        (lambda: candidates.tuning("NO", -0.1), "lightest_mass"),
    ],
)
def test_refusals(call, name):
    with pytest.raises(DomainError, match=rf"^{name} must"):
        call()
