"""The amplitude of an arrangement, sum_a w_a exp(i q.x_a): a kernel, one transfer at a time, and a non-uniform FFT.

The kernel takes the scatterers in blocks that stay in the cache, for all transfers in turn. Sine and cosine are those
of fdlibm on [-pi/4, pi/4], without its branches, so that the compiler makes vector code of them; a phase is brought
there by subtracting a multiple of pi/2 that is kept in three parts, the first two exact when multiplied by the count of
quarter turns. Beyond `FARTHEST` the count no longer fits, and the elementary functions of the system take over.

The FFT (finufft, type 3) costs N + M and not N M, for what of the product of both extents fits into memory as a grid.
A. H. Barnett, J. Magland, L. af Klinteberg, SIAM J. Sci. Comput. 41 (2019) C479; Sun Microsystems, fdlibm 5.3.
"""

from __future__ import annotations

import math

import numpy as np

from cnub.domain import DomainError, finite_array, finite_complex, one_of, representable, within
from cnub.kernel_cache import njit

METHODS = ("auto", "kernel", "fft")
BLOCK = 4096
"""Scatterers per block: three coordinates and two weights of them are 160 kB, within a second-level cache."""
FARTHEST = 1e8
"""Phase in rad up to which its quarter turns, times 27 bits of pi/2, are exact."""
_FIRST, _SECOND = float.fromhex("0x1.921fb54p+0"), float.fromhex("0x1.10b461p-30")
_THIRD = float.fromhex("0x1.a62633145c06ep-58")
_QUARTERS = 2 / math.pi
_FASTER_FROM = 1e9
"""Phases (N M) from which the FFT is the faster, as measured."""
LARGEST_GRID = 2e8
"""Points of its fine grid that the FFT may need, of 16 bytes each."""


@njit(cache=True, fastmath={"reassoc", "contract"})
def _block_sum(x, y, z, real_part, imaginary_part, qx, qy, qz):
    """Sum of w exp(i q.x) over a block, its phases below `FARTHEST`."""
    real = 0.0
    imaginary = 0.0
    for a in range(x.shape[0]):
        phase = qx * x[a] + qy * y[a] + qz * z[a]
        turns = np.rint(phase * _QUARTERS)
        r = ((phase - turns * _FIRST) - turns * _SECOND) - turns * _THIRD
        u = r * r
        sine = r + r * u * (
            -1.66666666666666324348e-01 + u * (8.33333333332248946124e-03 + u * (-1.98412698298579493134e-04
            + u * (2.75573137070700676789e-06 + u * (-2.50507602534068634195e-08 + u * 1.58969099521155010221e-10))))
        )  # fmt: skip
        cosine = 1 - 0.5 * u + u * u * (
            4.16666666666666019037e-02 + u * (-1.38888888888741095749e-03 + u * (2.48015872894767294178e-05
            + u * (-2.75573143513906633035e-07 + u * (2.08757232129817482790e-09 - u * 1.13596475577881948265e-11))))
        )  # fmt: skip
        quarter = int(turns)
        c = sine if quarter & 1 else cosine
        s = cosine if quarter & 1 else sine
        c = -c if (quarter + 1) & 2 else c
        s = -s if quarter & 2 else s
        real += real_part[a] * c - imaginary_part[a] * s
        imaginary += real_part[a] * s + imaginary_part[a] * c
    return complex(real, imaginary)


@njit(cache=True)
def _far_sum(x, y, z, real_part, imaginary_part, qx, qy, qz):
    """The same for any phase that a double can hold, at a tenth of the speed."""
    total = 0.0j
    for a in range(x.shape[0]):
        phase = qx * x[a] + qy * y[a] + qz * z[a]
        total += complex(real_part[a], imaginary_part[a]) * complex(math.cos(phase), math.sin(phase))
    return total


@njit(cache=True)
def _sum_kernel(positions, weights, q, out):
    for start in range(0, positions.shape[0], BLOCK):
        block = np.ascontiguousarray(positions[start : start + BLOCK].T)
        chosen = weights[start : start + BLOCK] if weights.shape[0] > 1 else np.full(block.shape[1], weights[0])
        real_part, imaginary_part = np.ascontiguousarray(chosen.real), np.ascontiguousarray(chosen.imag)
        reach = (np.abs(block[0]).max(), np.abs(block[1]).max(), np.abs(block[2]).max())
        for m in range(q.shape[0]):
            largest = abs(q[m, 0]) * reach[0] + abs(q[m, 1]) * reach[1] + abs(q[m, 2]) * reach[2]
            if largest < FARTHEST:
                out[m] += _block_sum(block[0], block[1], block[2], real_part, imaginary_part, q[m, 0], q[m, 1], q[m, 2])
            else:
                out[m] += _far_sum(block[0], block[1], block[2], real_part, imaginary_part, q[m, 0], q[m, 1], q[m, 2])


@representable
def total_amplitude(
    positions: object, q: object, weights: object = 1.0, method: str = "auto", tolerance: float = 1e-12
) -> np.ndarray:
    """M_tot = sum_a w_a exp(i q.x_a) of any arrangement, complex, for each momentum transfer; shape (M,).

    ``positions`` of shape (N, 3) and ``q`` of shape (M, 3) in inverse units (say m and 1/m); ``weights`` w_a, one or
    one for each scatterer, real or complex. ``method`` is "kernel" (exact to rounding, cost N M), "fft" (cost N + M, to
    about ``tolerance`` sqrt(N), 1e-14 to 1e-3) or "auto". Raises :class:`cnub.DomainError` on other shapes, entries
    that are not finite, or a product of both extents that is too large for the FFT.

    Source: talk, 'Coherent enhancement' (total amplitude).

    >>> print(abs(total_amplitude([[0, 0, 0], [1, 0, 0]], q=[[np.pi / 2, 0, 0]])).round(6))
    [1.414214]
    """
    x, transfers = vectors("positions", positions), vectors("q", q)
    factors = _weights(weights, len(x))
    tolerance = within("tolerance", tolerance, 1e-14, 1e-3)
    if one_of("method", method, METHODS) == "auto":
        method = (
            "fft" if len(x) * len(transfers) > _FASTER_FROM and grid_size(x, transfers) < LARGEST_GRID else "kernel"
        )
    if method == "fft":
        return _transformed(x, factors, transfers, tolerance)
    out = np.zeros(len(transfers), complex)
    _sum_kernel(x, factors, transfers, out)
    return out


def _transformed(x, weights, q, tolerance):
    if (size := grid_size(x, q)) > LARGEST_GRID:
        raise DomainError(f"q must span an extent that a grid of {LARGEST_GRID:g} points resolves; it needs {size:.1g}")
    import finufft  # here: commands that transform nothing start without it

    strengths = weights if len(weights) > 1 else np.full(len(x), weights[0])
    found = finufft.nufft3d3(*_columns(x), strengths, *_columns(q), eps=tolerance, isign=1)
    return np.atleast_1d(found)


def grid_size(x: np.ndarray, q: np.ndarray) -> float:
    """Points of the fine grid of the FFT, about: twice the phases that the extents of ``x`` and ``q`` span, and 16."""
    spans = [(part.max(axis=0) - part.min(axis=0)) / 2 for part in (x, q)]
    return float(np.prod(2 * (2 / math.pi) * spans[0] * spans[1] * 2 + 16))


def _columns(array):
    return [np.ascontiguousarray(column) for column in array.T]


def _weights(value, count):
    factors = np.atleast_1d(finite_complex("weights", value))
    if factors.shape not in ((1,), (count,)):
        raise DomainError(f"weights must be one or {count} numbers; got shape {factors.shape}")
    return factors


def vectors(name: str, value: object) -> np.ndarray:
    """``value`` as an array of shape (N, 3), N > 0; raise :class:`cnub.DomainError` under ``name`` otherwise."""
    array = np.atleast_2d(finite_array(name, value))
    if array.ndim != 2 or array.shape[1] != 3 or not len(array):
        raise DomainError(f"{name} must be an array of shape (N, 3); got shape {array.shape}")
    return np.ascontiguousarray(array)
