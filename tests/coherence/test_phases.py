"""The amplitude of an arrangement: the kernel against arbitrary precision, the FFT against the kernel."""

import mpmath
import numpy as np
import pytest

from cnub import DomainError
from cnub.coherence import phases
from cnub.coherence.arrangements import arrange
from cnub.coherence.phases import BLOCK, FARTHEST, total_amplitude
from cnub.runs.records import results

ROUNDING = 1e-16
"""Absolute, per scatterer and per rad of phase: the product q.x is rounded; measured 2e-17."""
ELEMENTARY = 1e-15
"""Absolute: one cosine and one sine, of phases up to 15 rad that are themselves rounded; measured 9e-16."""
TRANSFORMED = 1e-10
"""Over sqrt(N), the size of an incoherent sum, at the default tolerance; measured 4e-12."""


def exact(x, q, weights):
    with mpmath.workdps(40):
        total = mpmath.mpc(0)
        for place, weight in zip(x, weights, strict=True):
            phase = sum(mpmath.mpf(float(a)) * mpmath.mpf(float(b)) for a, b in zip(place, q, strict=True))
            total += mpmath.mpc(complex(weight)) * mpmath.expj(phase)
        return complex(total)


def drawn(count, seed=4):
    generator = np.random.default_rng(seed)
    return generator.uniform(-1, 1, (count, 3)), generator.normal(size=count) + 1j * generator.normal(size=count)


def test_pi_over_two_in_parts():
    parts = phases._FIRST, phases._SECOND, phases._THIRD
    with mpmath.workdps(60):
        assert abs(sum(map(mpmath.mpf, parts)) - mpmath.pi / 2) < mpmath.mpf(2) ** -110
    for part in parts[:2]:  # times a count of 26 bits they fit into the 53 of a double
        assert (part * 2**26) % np.spacing(part * 2**26) == 0 and part.as_integer_ratio()[0] < 2**27
    assert FARTHEST * 2 / np.pi < 2**26


@pytest.mark.parametrize("size", [0.0, 1e-8, 0.7, 30.0, 1e4, 1e7, 9.9e7, 3e8, 1e12])
def test_kernel_against_arbitrary_precision(size):
    """Also on either side of `FARTHEST`, where the kernel changes hands."""
    x, weights = drawn(40)
    q = size * np.array([0.6, -0.5, 0.62])
    found = total_amplitude(x, q, weights, method="kernel")[0]
    assert abs(found - exact(x, q, weights)) < ROUNDING * 40 * (1 + size)


@pytest.mark.parametrize("quarter", range(-9, 10))
def test_every_quadrant(quarter):
    for shift in (-0.78, -1e-9, 0.0, 0.3, 0.785):
        phase = quarter * np.pi / 2 + shift
        found = total_amplitude([[1.0, 0.0, 0.0]], [[phase, 0.0, 0.0]], method="kernel")[0]
        assert found == pytest.approx(np.exp(1j * phase), abs=ELEMENTARY)


@pytest.mark.parametrize("count", [1, 2, BLOCK - 1, BLOCK, BLOCK + 1, 3 * BLOCK + 5])
def test_blocks_leave_nobody_out(count):
    x, weights = drawn(count)
    q = np.array([[3.0, -4.0, 5.0], [0.0, 0.0, 0.0]])
    expected = (weights[None] * np.exp(1j * q @ x.T)).sum(axis=1)
    np.testing.assert_allclose(
        total_amplitude(x, q, weights, method="kernel"), expected, rtol=0, atol=1e-15 * 6 * count
    )


@pytest.mark.parametrize("kind", ["random ball", "lattice cube", "cells ball", "random shell"])
def test_transform_against_kernel(kind):
    x = arrange(kind, 30_000)
    q = np.random.default_rng(5).uniform(-60, 60, (50, 3))
    kernel, fft = (total_amplitude(x, q, method=method) for method in ("kernel", "fft"))
    assert np.abs(fft - kernel).max() < TRANSFORMED * np.sqrt(len(x))


def test_transform_of_weights_far_from_the_origin():
    x, weights = drawn(2000)
    q = np.random.default_rng(6).uniform(-20, 20, (40, 3)) + np.array([500.0, 0.0, -300.0])
    kernel, fft = (total_amplitude(x + 7, q, weights, method=method) for method in ("kernel", "fft"))
    assert np.abs(fft - kernel).max() < TRANSFORMED * np.sqrt(len(x))


def test_auto_takes_the_transform_where_it_pays_and_fits(monkeypatch):
    x, q = arrange("random ball", 3000), np.random.default_rng(7).uniform(-9, 9, (30, 3))
    monkeypatch.setattr(phases, "_FASTER_FROM", 1000)
    fft = total_amplitude(x, q, method="fft")
    np.testing.assert_array_equal(total_amplitude(x, q), fft)
    monkeypatch.setattr(phases, "LARGEST_GRID", 10.0)
    np.testing.assert_array_equal(total_amplitude(x, q), total_amplitude(x, q, method="kernel"))
    with pytest.raises(DomainError, match="q must span"):
        total_amplitude(x, q, method="fft")


def test_what_was_recorded_is_as_fast_and_as_exact_as_it_has_to_be():
    """5e7 phases per second and core, half of what the machine makes of sines and cosines; 1e7 x 1e4 in a minute."""
    recorded = results("coherent_sum")
    rates, largest = recorded["rates"], recorded["rows"][-1]
    kernel = rates["scatterer-phases per second"]
    assert kernel > 5e7 and kernel > max(rate for name, rate in rates.items() if name.startswith("sine")) / 2
    assert largest["scatterers"] == 10**7 and recorded["transfers"] == 10**4 and recorded["cores"] <= 2
    assert largest["fft_seconds"] < 60 and largest["error_over_root_N"] < 1e-9 and largest["relative_error"] < 1e-9


@pytest.mark.parametrize(
    ("call", "named"),
    [
        (lambda: total_amplitude(np.zeros((4, 2)), np.zeros((1, 3))), "positions"),
        (lambda: total_amplitude(np.zeros((4, 3)), [[np.nan, 0, 0]]), "q"),
        (lambda: total_amplitude(np.zeros((4, 3)), np.zeros((1, 3)), [1.0, 2.0]), "weights"),
        (lambda: total_amplitude(np.zeros((4, 3)), np.zeros((1, 3)), np.nan), "weights"),
        (lambda: total_amplitude(np.zeros((4, 3)), np.zeros((1, 3)), method="sum"), "method"),
        (lambda: total_amplitude(np.zeros((4, 3)), np.zeros((1, 3)), tolerance=0.1), "tolerance"),
    ],
)
def test_refusals(call, named):
    with pytest.raises(DomainError, match=f"^{named} must be"):
        call()
