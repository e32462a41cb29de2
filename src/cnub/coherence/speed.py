"""How fast the machine multiplies, makes sines and cosines, and copies: what kernels are measured against."""

from __future__ import annotations

import math
import time
from collections.abc import Callable

import numpy as np

from cnub.bessel.lanes import WIDTH, fma, load, store
from cnub.coherence.phases import _block_sum, total_amplitude
from cnub.domain import integer
from cnub.kernel_cache import njit

IN_CACHE = 1024
"""Phases that fit into the first-level cache, so that nothing but their sines and cosines costs time."""


@njit(cache=True, fastmath={"reassoc", "contract"})
def _by_library(phases, repeats):
    real = 0.0
    imaginary = 0.0
    for _ in range(repeats):
        for a in range(phases.shape[0]):
            real += math.cos(phases[a])
            imaginary += math.sin(phases[a])
    return real + imaginary


@njit(cache=True)
def _bare(x, zero, one, repeats):
    total = 0.0j
    for i in range(repeats):
        total += _block_sum(x, zero, zero, one, zero, 1.0 + i, 0.0, 0.0)
    return total


@njit(cache=True)
def _fused(values, repeats):
    a, b, c, d = load(values, 0), load(values, WIDTH), load(values, 2 * WIDTH), load(values, 3 * WIDTH)
    e, f, g, h = a + 1.0, b + 1.0, c + 1.0, d + 1.0
    for _ in range(repeats):
        a, b, c, d = fma(a, 0.5, 1.0), fma(b, 0.5, 1.0), fma(c, 0.5, 1.0), fma(d, 0.5, 1.0)
        e, f, g, h = fma(e, 0.5, 1.0), fma(f, 0.5, 1.0), fma(g, 0.5, 1.0), fma(h, 0.5, 1.0)
    store(a + b + c + d + e + f + g + h, values, 0)


def fused_rate(repeats: int = 1_000_000) -> float:
    """Fused multiply-adds of doubles per second of one core, eight independent chains of vectors, the best of five.

    ``repeats`` (1000 to 1e9) of each chain. Raises :class:`cnub.DomainError` outside.
    """
    repeats = integer("repeats", repeats, 1000, 1_000_000_000)
    values = np.ones(4 * WIDTH)
    return repeats * 8 * WIDTH / _best(lambda: _fused(values, repeats))


def copy_rate(mebibytes: int = 256) -> float:
    """Bytes per second that one core copies from memory to memory, ``mebibytes`` (64 to 4096) at a time."""
    source = np.ones(integer("mebibytes", mebibytes, 64, 4096) * 2**17)
    target = np.empty_like(source)
    return source.nbytes / _best(lambda: np.copyto(target, source))


def sincos_rates(repeats: int = 2000, seed: int = 1) -> dict[str, float]:
    """Pairs of sine and cosine per second of one core, of phases in the first-level cache, by each way to make them.

    ``repeats`` (10 to 1e6) passes, the best of five; ``seed`` draws the phases. Raises :class:`cnub.DomainError`
    outside these ranges.
    """
    repeats = integer("repeats", repeats, 10, 1_000_000)
    x = np.random.default_rng(integer("seed", seed, 0)).uniform(-100, 100, IN_CACHE)
    zero, one, out = np.zeros(IN_CACHE), np.ones(IN_CACHE), np.empty(IN_CACHE)
    ways = {
        "C library": lambda: _by_library(x, repeats),
        "NumPy": lambda: [(np.sin(x, out=out), np.cos(x, out=out)) for _ in range(repeats)],
        "vector polynomial": lambda: _bare(x, zero, one, repeats),
    }
    return {name: repeats * IN_CACHE / _best(way) for name, way in ways.items()}


def kernel_rate(count: int = 1_000_000, transfers: int = 100, seed: int = 1) -> float:
    """Scatterer-phases per second of the kernel, for ``count`` (1 to 2e7) scatterers at random ``transfers`` (>= 1).

    ``seed`` draws both. Raises :class:`cnub.DomainError` outside these ranges.
    """
    generator = np.random.default_rng(integer("seed", seed, 0))
    x = generator.uniform(-1, 1, (integer("count", count, 1, 20_000_000), 3))
    q = generator.uniform(-100, 100, (integer("transfers", transfers, 1, 100_000), 3))
    return len(x) * len(q) / _best(lambda: total_amplitude(x, q, method="kernel"))


def _best(call: Callable[[], object], repeats: int = 5) -> float:
    """Shortest of some wall-clock times of ``call`` in s, the first call, which may compile, not counted."""
    call()
    times = []
    for _ in range(repeats):
        start = time.perf_counter()
        call()
        times.append(time.perf_counter() - start)
    return min(times)
