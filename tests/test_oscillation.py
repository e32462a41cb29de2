"""Mixing is unitary, masses return the table, the table is the slide's and agrees with itself."""

import math
import re
from pathlib import Path

import numpy as np
import pytest

from cnub import DomainError
from cnub.fluorescence import channel, event_rate
from cnub.oscillation import (
    NUFIT_RELEASE,
    ORDERINGS,
    fit,
    heaviest_mass,
    masses,
    mixing_matrix,
    transition_coefficient,
)

ROUNDING_12 = 1e-12
"""Relative: rounding alone; measured 4e-16."""
TYPED_5 = 1e-5
"""Relative: the digits of the expected value, typed or published; measured 2e-06."""
TYPED_4 = 1e-4
"""Relative: the digits of the expected value, typed or published; measured 2e-05."""

SLIDE = Path(__file__).parent / "reference" / "nufit_talk.tex"
NAMES = ("sin2_12", "theta_12", "sin2_23", "theta_23", "sin2_13", "theta_13", "delta_cp", "dm2_21", "dm2_3l")
ROUNDING = 1e-15
"""Products of nine numbers of order one; worst seen 2.3e-16."""
DIGITS = 1e-12
"""Differences of squared masses lose up to 3 digits to the lightest mass of the test; worst seen 4e-14."""


def jarlskog(ordering):
    """Im(U_e1 U_mu2 U_e2^* U_mu1^*), the size of CP violation."""
    U = mixing_matrix(ordering)
    return float((U[0, 0] * U[1, 1] * np.conj(U[0, 1] * U[1, 0])).imag)


@pytest.mark.parametrize("ordering", ORDERINGS)
def test_mixing_is_unitary_and_returns_the_table(ordering):
    U = mixing_matrix(ordering)
    assert np.abs(U @ U.conj().T - np.eye(3)).max() < ROUNDING * 4
    table, weights = fit(ordering), np.abs(U) ** 2
    assert weights[0, 2] == pytest.approx(table.sin2_13.best_fit, rel=DIGITS)
    assert weights[0, 1] / (1 - weights[0, 2]) == pytest.approx(table.sin2_12.best_fit, rel=DIGITS)
    assert weights[1, 2] / (1 - weights[0, 2]) == pytest.approx(table.sin2_23.best_fit, rel=DIGITS)
    sine = math.sin(math.radians(table.delta_cp.best_fit))
    assert np.sign(jarlskog(ordering)) == np.sign(sine)


@pytest.mark.parametrize("ordering", ORDERINGS)
@pytest.mark.parametrize("lightest", [0.0, 0.01, 0.3])
def test_masses_return_the_splittings(ordering, lightest):
    m1, m2, m3 = masses(ordering, lightest)
    table = fit(ordering)
    assert m2**2 - m1**2 == pytest.approx(table.dm2_21.best_fit, rel=DIGITS * 100)
    reference = m1 if ordering == "NO" else m2
    assert m3**2 - reference**2 == pytest.approx(table.dm2_3l.best_fit, rel=DIGITS)
    assert min(m1, m2, m3) == lightest and heaviest_mass(ordering, lightest) == max(m1, m2, m3)


@pytest.mark.parametrize("ordering", ORDERINGS)
def test_transition_coefficients(ordering):
    diagonal = sum(transition_coefficient(i, i, ordering) for i in (1, 2, 3))
    assert diagonal == pytest.approx(1.0, abs=ROUNDING)
    assert transition_coefficient(3, 1, ordering) == np.conj(transition_coefficient(1, 3, ordering))


@pytest.mark.parametrize("ordering", ORDERINGS)
@pytest.mark.parametrize("angle", ["12", "23", "13"])
def test_table_agrees_with_itself(ordering, angle):
    table = fit(ordering)
    sin2, degrees = getattr(table, f"sin2_{angle}"), getattr(table, f"theta_{angle}")
    # Both columns are rounded: half a unit of the coarser one, 0.05 degrees for theta_23 and 0.005 for the others,
    # plus what 0.0005 in sin^2 is worth (0.03 degrees).
    allowed = 0.05 + 0.03 if angle == "23" else 0.005 + 0.032
    for name in ("best_fit", "low", "high"):
        derived = math.degrees(math.asin(math.sqrt(getattr(sin2, name))))
        assert abs(derived - getattr(degrees, name)) < allowed


def printed_table():
    """{(name, ordering): (best fit, plus, minus, low, high)} in the units of the slide's row."""
    rows = [row.split(" & ") for row in SLIDE.read_text().splitlines() if not row.startswith("%")]
    found = {}
    for name, (label, *cells) in zip(NAMES, rows, strict=True):
        exponent = re.search(r"10\^\{(-\d)\}", label)
        power = float(f"1e{exponent[1]}") if exponent else 1.0
        for ordering, cell in zip(ORDERINGS, (cells[:2], cells[2:]), strict=True):
            numbers = [float(x) * power for x in re.findall(r"[+-]?\d+(?:\.\d+)?", " ".join(cell))]
            found[name, ordering] = (numbers[0], numbers[1], -numbers[2], *numbers[3:])
    return found


@pytest.mark.parametrize("ordering", ORDERINGS)
@pytest.mark.parametrize("name", NAMES)
def test_table_is_that_of_the_slide(name, ordering):
    measured = getattr(fit(ordering), name)
    got = (measured.best_fit, measured.plus, measured.minus, measured.low, measured.high)
    assert got == pytest.approx(printed_table()[name, ordering], rel=DIGITS, abs=0.0)


def test_masses_of_the_two_orderings_by_hand():
    # sqrt(7.49e-5) = 8.6545 meV, sqrt(2.513e-3) = 50.130 meV; sqrt(2.484e-3) = 49.840 and sqrt(2.4091e-3) = 49.083 meV.
    assert masses("NO") == pytest.approx((0.0, 8.6545e-3, 50.130e-3), rel=TYPED_4)
    assert masses("IO") == pytest.approx((49.083e-3, 49.840e-3, 0.0), rel=TYPED_4)
    assert masses("NO", 0.1)[0] == 0.1 and masses("IO", 0.1)[2] == 0.1


def test_matrix_elements_by_hand():
    # c12 c13, s12 c13, s13 e^(-i delta) of the PDG in NO: 0.8226, 0.5488, 0.1488; |U_e1^* U_e3|^2 = 0.01499.
    row = mixing_matrix("NO")[0]
    assert row[:2] == pytest.approx([0.82259, 0.54880], rel=TYPED_4)
    assert row[2] == pytest.approx(0.148829 * np.exp(-1j * math.radians(212)), rel=TYPED_5)
    assert abs(transition_coefficient(3, 1, "NO")) ** 2 == pytest.approx(0.0149880, rel=TYPED_4)
    assert abs(transition_coefficient(2, 1, "IO")) ** 2 == pytest.approx(0.308 * 0.692 * 0.97769**2, rel=ROUNDING_12)


def test_jarlskog_from_the_angles():
    # J = c12 s12 c23 s23 c13^2 s13 sin delta, PDG.
    for ordering in ORDERINGS:
        table = fit(ordering)
        s12, s13, s23 = (m.best_fit for m in (table.sin2_12, table.sin2_13, table.sin2_23))
        sines = math.sqrt(s12 * (1 - s12) * s23 * (1 - s23) * s13) * (1 - s13)
        expected = sines * math.sin(math.radians(table.delta_cp.best_fit))
        assert jarlskog(ordering) == pytest.approx(expected, rel=DIGITS)
    assert transition_coefficient(1, 3, "NO").imag == pytest.approx(
        0.82259 * 0.148829 * -math.sin(math.radians(212)), rel=TYPED_4
    )


def test_releases_of_the_fit():
    """6.0 is the default and the talk's; 6.1 as printed, its angles those of its sines."""
    assert NUFIT_RELEASE == "6.0" and fit("NO") is fit("NO", "6.0")
    newer = {
        "NO": (0.3088, 0.02248, 0.470, 212, 7.537e-5, 2.511e-3),
        "IO": (0.3088, 0.02262, 0.550, 274, 7.537e-5, -2.483e-3),
    }
    for ordering, printed in newer.items():
        table = fit(ordering, "6.1")
        names = ("sin2_12", "sin2_13", "sin2_23", "delta_cp", "dm2_21", "dm2_3l")
        assert tuple(getattr(table, name).best_fit for name in names) == printed
        for angle in ("12", "13", "23"):
            sine = math.sin(math.radians(getattr(table, f"theta_{angle}").best_fit))
            assert sine**2 == pytest.approx(getattr(table, f"sin2_{angle}").best_fit, rel=DIGITS)
        assert table.dm2_21.plus is None


@pytest.mark.parametrize("ordering", ORDERINGS)
def test_the_release_reaches_masses_and_mixing(ordering):
    table = fit(ordering, "6.1")
    m1, m2, m3 = masses(ordering, 0.01, "6.1")
    assert m2**2 - m1**2 == pytest.approx(7.537e-5, rel=DIGITS * 100)
    assert heaviest_mass(ordering, 0.01, "6.1") == max(m1, m2, m3)
    assert abs(mixing_matrix(ordering, "6.1")[0, 2]) ** 2 == pytest.approx(table.sin2_13.best_fit, rel=DIGITS)
    found = channel(ordering, nufit="6.1")
    assert found.mixing == abs(transition_coefficient(found.initial, found.final, ordering, "6.1")) ** 2
    assert found.photon_energy != channel(ordering).photon_energy
    assert event_rate("M1", ordering, nufit="6.1").channel == found


@pytest.mark.parametrize(
    ("call", "named"),
    [
        (lambda: fit("NO", "5.3"), "nufit"),
        (lambda: masses("XO"), "ordering"),
        (lambda: masses("NO", -0.1), "lightest_mass"),
        (lambda: mixing_matrix("no"), "ordering"),
        (lambda: transition_coefficient(0, 1, "NO"), "initial"),
        (lambda: transition_coefficient(1, 4, "NO"), "final"),
    ],
)
def test_refusals(call, named):
    with pytest.raises(DomainError, match=f"^{named} must be"):
        call()
