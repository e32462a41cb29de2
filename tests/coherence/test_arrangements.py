"""Arrangements fill the body they claim to fill, and come out the same every time."""

import numpy as np
import pytest

from cnub import DomainError
from cnub.coherence import arrangements
from cnub.coherence.arrangements import ARRANGEMENTS, arrange, arrangement_amplitude, lattice_spacing
from cnub.coherence.phases import total_amplitude
from cnub.coherence.structure import form_factor

ROUNDING = 1e-12
"""Absolute: rounding alone; exact here."""

STREAMED = 1e-15
"""Absolute, per scatterer: the sum in another order."""
STRAY = 4.0
"""Over sqrt(N): what random places, or the surface of a lattice, stray from the form factor; worst seen 1.2."""
RANDOM = 0.035
"""Relative: 1000 random points scatter by 1 % of the moment; seen 0.023."""


@pytest.mark.parametrize("kind", ARRANGEMENTS)
def test_inside_the_body_and_deterministic(kind):
    x = arrange(kind, 1000)
    reach = np.linalg.norm(x, axis=1) if not kind.endswith("cube") else np.abs(x).max(axis=1)
    assert reach.max() <= 1 + ROUNDING and abs(len(x) - 1000) <= 50
    np.testing.assert_array_equal(x, arrange(kind, 1000))
    # Second moment of the body: 3/5 for the ball, 1 for the cube; 1000 points at random scatter by 1 %.
    expected = 0.6 if kind.endswith("ball") else 1.0  # of a shell, too
    assert np.mean(np.sum(x**2, axis=1)) == pytest.approx(expected, rel=RANDOM)


@pytest.mark.parametrize("count", [30, 100, 300, 700, 1500])
def test_a_lattice_fills_both_halves(count):
    for kind in ("lattice ball", "lattice cube"):
        x = arrange(kind, count)
        ordered = [np.unique(np.round(points, 9), axis=0) for points in (x, -x)]
        np.testing.assert_allclose(*ordered, atol=ROUNDING)


def test_seed_changes_the_random_ones_only():
    assert not np.array_equal(arrange("random ball", 10, 1), arrange("random ball", 10, 2))
    np.testing.assert_array_equal(arrange("lattice cube", 27, 1), arrange("lattice cube", 27, 2))


def test_spacing():
    x = arrange("lattice cube", 27)
    assert np.sort(np.unique(np.round(np.diff(np.unique(x[:, 0])), 12)))[0] == pytest.approx(2 / 3)
    assert lattice_spacing("lattice cube", 27) == pytest.approx(2 / 3)
    assert lattice_spacing("lattice ball", 1000) ** 3 * 1000 == pytest.approx(4 * np.pi / 3)
    assert len(arrange("lattice ball", 1)) == 1


@pytest.mark.parametrize("kind", ARRANGEMENTS)
def test_streamed_in_blocks_as_held(kind, monkeypatch):
    monkeypatch.setattr(arrangements, "_BLOCK", 150)
    x, q = arrange(kind, 1000), [[2.0, -1.0, 7.0]]
    number, amplitude = arrangement_amplitude(kind, 1000, q)
    assert number == len(x) and len(list(arrangements._blocks(kind, 1000, 1))) > 1
    np.testing.assert_allclose(amplitude, total_amplitude(x, q), rtol=0, atol=STREAMED * number)


@pytest.mark.parametrize("kind", ["random ball", "cells cube", "lattice ball", "lattice shell", "random shell"])
def test_a_large_body_has_the_form_factor_of_its_kind(kind):
    q = np.array([[1.0, 0.5, 0.0], [0.0, 2.0, 1.0], [3.0, 0.0, 1.0]])
    number, amplitude = arrangement_amplitude(kind, 200_000, q)
    expected = number * form_factor(kind.split()[1], q)
    assert (np.abs(amplitude - expected) < STRAY * np.sqrt(number)).all()


def test_one_in_each_cell_fluctuates_as_its_cells_allow():
    """Mean of S(q): N (1 - g^2) + g^2 S of the lattice, g the form factor of a cell."""
    edge, q = 10, np.random.default_rng(9).uniform(-20, 20, (8, 3))
    sums = np.array([np.abs(total_amplitude(arrange("cells cube", edge**3, seed), q)) ** 2 for seed in range(300)])
    g = form_factor("cube", q / edge)
    lattice = np.abs(total_amplitude(arrange("lattice cube", edge**3), q)) ** 2
    error = sums.std(axis=0) / np.sqrt(300)
    assert (np.abs(sums.mean(axis=0) - edge**3 * (1 - g**2) - g**2 * lattice) < 5 * error).all()  # worst seen 2


@pytest.mark.parametrize(
    ("call", "named"),
    [
        (lambda: arrange("gas", 10), "kind"),
        (lambda: arrange("random ball", 0), "count"),
        (lambda: arrange("random ball", 10, -1), "seed"),
        (lambda: lattice_spacing("random ball", 10), "kind"),
        (lambda: lattice_spacing("lattice shell", 10), "kind"),
        (lambda: arrange("random ball", 10**8), "count"),
        (lambda: arrangement_amplitude("random ball", 10**9, [[0.0, 0.0, 0.0]]), "count"),
        (lambda: form_factor("cone", [[0.0, 0.0, 0.0]]), "body"),
    ],
)
def test_refusals(call, named):
    with pytest.raises(DomainError, match=f"^{named} must be"):
        call()
