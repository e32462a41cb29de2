"""Arrangements fill the body they claim to fill, and come out the same every time."""

import numpy as np
import pytest

from cnub import DomainError
from cnub.coherence.arrangements import ARRANGEMENTS, arrange, lattice_spacing

ROUNDING = 1e-12
"""Absolute: rounding alone; exact here."""

RANDOM = 0.035
"""Relative: 1000 random points scatter by 1 % of the moment; seen 0.023."""


@pytest.mark.parametrize("kind", ARRANGEMENTS)
def test_inside_the_body_and_deterministic(kind):
    x = arrange(kind, 1000)
    reach = np.linalg.norm(x, axis=1) if kind.endswith("ball") else np.abs(x).max(axis=1)
    assert reach.max() <= 1 and abs(len(x) - 1000) <= 50
    np.testing.assert_array_equal(x, arrange(kind, 1000))
    # Second moment of the body: 3/5 for the ball, 1 for the cube; 1000 points at random scatter by 1 %.
    expected = 0.6 if kind.endswith("ball") else 1.0
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


@pytest.mark.parametrize(
    ("call", "named"),
    [
        (lambda: arrange("gas", 10), "kind"),
        (lambda: arrange("random ball", 0), "count"),
        (lambda: arrange("random ball", 10, -1), "seed"),
        (lambda: lattice_spacing("random ball", 10), "kind"),
    ],
)
def test_refusals(call, named):
    with pytest.raises(DomainError, match=f"^{named} must be"):
        call()
