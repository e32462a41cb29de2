"""Real M1 lines: published A coefficients against LS coupling, and where the channels meet them."""

import csv
import math
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from cnub import DomainError
from cnub.constants import BOHR_MAGNETON, SECOND
from cnub.discovery import candidates
from cnub.fluorescence.channels import channel, channel_symbol

ROUNDING = 1e-12
"""Relative: rounding alone; measured 1e-15."""
TYPED_ABS_4 = 5.1e-4
"""Absolute: the digits of the expected value, typed or published; measured 0.0004."""
TYPED_ABS_3 = 5e-3
"""Absolute: the digits of the expected value, typed or published; measured 0.004."""
TYPED_4 = 5e-4
"""Relative: the digits of the expected value, typed or published; measured 6e-05."""
TYPED_3 = 1e-3
"""Relative: the digits of the expected value, typed or published; measured 0.0002."""

FOUND = list(csv.DictReader((Path(__file__).parents[1] / "reference" / "lines.csv").open()))
"""The same lines in other compilations than the table cites: NIST ASD, LAMDA, Cloudy, PyNeb, CHIANTI, qlanth."""
TABLE = Path(candidates.__file__).with_name("candidates.csv")
RAW = {(row["species"], row["transition"]): row for row in csv.DictReader(TABLE.open())}
TERMS = [key for key, row in RAW.items() if row["J_larger"]]
RESONANCE = "antiferromagnetic resonance"
SINGLE = 37
"""Lines with one source only: of the 2026 level lists, of a crystal or a magnon."""
LS_COUPLING = 0.02
"""Relative: departures from LS coupling (Si II) and rounding of published values (B I); measured 0.018."""
TESLA = 0.06
"""In T: fields by hand are printed with one decimal; measured 0.047."""
THREE_DIGITS = 2.4e-3
"""Half a unit of the last digit of 216; measured 1.2e-3."""


def test_published_a_coefficients_are_those_of_ls_coupling():
    table = candidates.lines()
    both = table[table["published_A_per_s"].notna() & table["ls_A_per_s"].notna()]
    assert len(both) >= 15
    # Departures from LS coupling reach 2 % (Si II); rounding of the published values 2 % (B I).
    np.testing.assert_allclose(both["published_A_per_s"], both["ls_A_per_s"], rtol=LS_COUPLING)


def test_every_line_has_an_energy_and_a_source_and_an_m1_line_of_a_term_a_lifetime():
    table = candidates.lines()
    assert table["source"].str.len().min() > 4
    tunable = table["species"] == "free spin"
    assert (table.loc[~tunable, "energy_meV"] > 0).all()
    assert (table.loc[table["J_larger"].notna(), "lifetime_s"] > 0).all()
    assert set(table["kind"]) == {"atom", "ion", "molecule", "rare earth", "magnon", "crystal", "Zeeman"}
    assert set(table["dipole"]) == {"M1", "E1", "none"}
    assert not table.duplicated(["species", "transition"]).any()
    assert not table["source"].str.contains("memory").any()


def test_dipoles_of_oxygen_are_those_of_its_published_rates():
    """As an independent reading of the LAMDA rates found them; the one-dipole estimate was up to 166 times too fast."""
    table = candidates.lines()
    found = table.loc[table["species"] == "O2", "dipole_magnetons"]
    assert found.tolist() == pytest.approx([2.84, 0.32, 0.17, 0.22], abs=TYPED_ABS_3)


def test_lines_that_are_no_m1_lines_say_so():
    table = candidates.lines().set_index("species")
    assert set(table.index[table["dipole"] == "E1"]) == {"OH"}
    assert set(table.index[table["dipole"] == "none"]) == {"Eu3+", "Ni I", "Pr3+:LiYF4"}
    easy_plane = table.loc[["MnO", "NiO"], "magnetons"]
    assert easy_plane.isna().all()


def listed(name, row):
    """The number as it stands in the table, with half a unit of its last digit."""
    text = RAW[row["species"], row["transition"]][name]
    mantissa, _, exponent = text.partition("e")
    decimals = len(mantissa.partition(".")[2])
    return float(text), 0.5 * 10.0 ** (-decimals + int(exponent or 0))


@pytest.mark.parametrize("row", FOUND, ids=lambda row: f"{row['species']} {row['transition']}")
def test_numbers_found_again_in_other_compilations(row):
    for name in ("wavenumber_per_cm", "lower_per_cm"):
        value, half = listed(name, row)
        assert abs(value - float(row[name])) <= half * (1 + 1e-9), name
    stated = RAW[row["species"], row["transition"]]["published_A_per_s"]
    assert bool(stated) == bool(row["A_per_s"])
    if stated:
        value, half = listed("published_A_per_s", row)
        assert abs(value - float(row["A_per_s"])) <= half * (1 + 1e-9)


def test_lines_without_a_second_source():
    checked = {(row["species"], row["transition"]) for row in FOUND}
    alone = [key for key, row in RAW.items() if key not in checked and not row["second_source"]]
    assert len(alone) <= SINGLE
    energy = {key: float(row["wavenumber_per_cm"]) for key, row in RAW.items()}
    # LAMDA 124.911; Walsh 2005 (rounded to 7); spin flop of 9.4 T at g = 2; exchange and band top.
    known = {("NO", "2Pi 1/2-3/2, J 1/2-3/2"): (124.911, 5e-4), ("Ho3+:LiYF4", "5I8 crystal field"): (7, 0.5),
             ("MnF2", RESONANCE): (8.78, 0.1), ("FeF2", RESONANCE): (54, 1.5)}  # fmt: skip
    assert all(abs(energy[key] - value) <= slack for key, (value, slack) in known.items())
    assert energy["NiO", RESONANCE] == pytest.approx(1.097e12 / 29979245800, rel=TYPED_3)
    assert "not confirmed" in RAW["NiO", RESONANCE]["note"]
    assert energy["free spin", "m -1/2 to +1/2"] == 0


@pytest.mark.parametrize("key", TERMS, ids=" ".join)
def test_quantum_numbers_are_those_of_the_term_and_magnetons_those_of_lande(key):
    term, levels = key[1].split()
    row, (lower, upper) = RAW[key], (float(Fraction(J)) for J in levels.split("-"))
    S, L = (int(term[0]) - 1) / 2, "SPDFG".index(term[1])
    assert (float(row["L"]), float(row["S"]), float(row["J_larger"])) == (L, S, max(lower, upper))

    def g(J):
        return 1 + (J * (J + 1) + S * (S + 1) - L * (L + 1)) / (2 * J * (J + 1)) if J else 0.0

    sublevels = [(a, b) for a in np.arange(-lower, lower + 1) for b in np.arange(-upper, upper + 1) if abs(a - b) <= 1]
    largest = max(abs(g(upper) * b - g(lower) * a) for a, b in sublevels)
    assert float(row["magnetons"]) == pytest.approx(largest, abs=TYPED_ABS_4)


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
        assert 1e4 / table.loc[key, "wavenumber_per_cm"] == pytest.approx(micrometres, rel=TYPED_4)


def test_strength_of_a_spin_one_half_flip():
    # <up| mu |down> with g_s = 2: S = sum over m of |<mu>|^2; J = 1/2 <-> 3/2 of a p electron, known value 4/3.
    assert candidates.m1_strength(1, 0.5, 1.5) == pytest.approx(4 / 3)
    assert candidates.m1_strength(1, 1, 1) == pytest.approx(2.0)
    assert candidates.m1_strength(1, 1, 2) == pytest.approx(2.5)


def test_decay_rate_is_the_dipole_formula():
    assert candidates.m1_decay_rate(0.02, 3.0, 3) == pytest.approx(
        0.02**3 * BOHR_MAGNETON**2 / (3 * math.pi) * SECOND, rel=ROUNDING
    )


@pytest.mark.parametrize(("ordering", "i", "j"), [("NO", 3, 1), ("NO", 2, 1), ("IO", 2, 3)])
def test_resonant_mass_inverts_the_photon_energy(ordering, i, j):
    energy = channel(ordering, i, j, 0.03).photon_energy
    assert candidates.resonant_mass(ordering, i, j, energy) == pytest.approx(0.03, rel=ROUNDING)
    assert candidates.resonant_mass(ordering, i, j, 1.1 * channel(ordering, i, j).photon_energy) is None


def test_what_a_field_can_tune():
    table = candidates.tuning("NO", 0.0)
    near = table[table["within_reach"] & (table["channel"] == "nu3->nu1")].set_index("species")
    # 202.16 cm^-1 less 192.996, 177.539, 174.4, 170.13, 168.34, at 0.46686 cm^-1 per tesla and magneton.
    by_hand = {"O III": 13.1, "S I": 35.2, "N III": 35.7, "Sc I": 40.2}
    assert near.loc[list(by_hand), "field_T"].to_dict() == pytest.approx(by_hand, abs=TESLA)
    known = candidates.lines().set_index(["species", "transition"])
    raised = {key[0] for key in zip(near.index, near["transition"], strict=True) if known.loc[key, "lower_meV"] > 0}
    assert {"O III", "S I"} <= raised and not {"N III", "Sc I", "Sc III"} & raised
    spin = table[(table["species"] == "free spin") & (table["channel"] == "nu3->nu1")]
    assert spin["field_T"].item() == pytest.approx(216, rel=THREE_DIGITS)
    shifted = table["energy_meV"] + table["shift_meV"]
    np.testing.assert_allclose(shifted, table["photon_meV"], rtol=ROUNDING)


def test_symbols_of_the_channels():
    assert channel_symbol("nu3->nu1") == "ν₃\u00a0→\u00a0ν₁"


@pytest.mark.parametrize(
    ("call", "name"),
    [
        (lambda: candidates.m1_strength(1, 1, 3), "J"),
        (lambda: candidates.m1_decay_rate(0.0, 1.0, 1), "energy"),
        (lambda: candidates.resonant_mass("XO", 3, 1, 0.02), "ordering"),
        (lambda: candidates.tuning("NO", -0.1), "lightest_mass"),
        (lambda: candidates.transition_levels("crystal field"), "transition"),
    ],
)
def test_refusals(call, name):
    with pytest.raises(DomainError, match=rf"^{name} must"):
        call()
