"""Eight blocks of oscillating waves in lockstep lanes: their recurrences and their shares of the sums.

One step of a recurrence waits some ten cycles for the step before, in which a core could do ten times as much. Here
eight blocks step together, for every refraction and every height asked for; a tile of orders goes through the waves
outside, then those inside for each refraction, then the sums, so that the values of each stay in registers.

The difference form keeps rounding small near the turning point, where successive orders barely differ:
f_(l+2) - f_(l+1) = (f_(l+1) - f_l) + 2 (l + 3/2 - x)/x f_(l+1), the coefficient free of cancellation.
"""

from __future__ import annotations

import numpy as np

from cnub.bessel.lanes import WIDTH, fma, load, root, store
from cnub.kernel_cache import njit

J, DJ, Y, DY = (WIDTH * row for row in range(4))
"""Where an outer wave keeps its lanes: j_l, j_(l+1) - j_l, and the same of y."""
INNER, DINNER, NUMERATOR = (WIDTH * row for row in range(3))
"""Where an inner wave keeps its own: j_l(x'), the next minus it, and W_l."""
TOTAL, SQUARES, PEAK = (WIDTH * row for row in range(3))
ANCHOR = 512
"""Orders between two settings of h to a pure outgoing wave."""
TILE = 16
"""Orders that go through one kernel after the other; their lanes fit into the processor's nearest memory."""


@njit(cache=True)
def _corrections(nu, s):
    """Real and imaginary part of the Debye corrections to log h, DLMF 10.41.9 in exponential form, to s^-4."""
    c = nu / s * (nu / s)
    u = 1.0 / (s * s)
    amplitude = u / -16.0 * (1.0 + c * (6.0 + 5.0 * c))
    amplitude = amplitude + u * u / 128.0 * (13.0 + c * (284.0 + c * (1062.0 + c * (1356.0 + 565.0 * c))))
    phase = (3.0 + 5.0 * c) / (-24.0 * s)
    phase = phase + u / s / 5760.0 * (375.0 + c * (4779.0 + c * (9945.0 + 5525.0 * c)))
    return amplitude, phase


@njit(cache=True)
def _next_ratio(l, x):
    """Real and imaginary part of h_(l+1)/h_l - 1 by Debye's expansion.

    The turn of the phase is eps - theta, cos(theta) = (l + 1)/x: no arctangent is needed. So far below the turning
    point (``CLEARANCE``) q < 3e-4, e < 1e-4 and eps < 1e-6, and the series of log, exp and cos stop where doubles do.
    """
    nu, middle = l + 0.5, l + 1.0
    s = root((x - nu) * (x + nu))
    s1 = root((x - nu - 1.0) * (x + nu + 1.0))
    sm = root((x - middle) * (x + middle))
    a, p = _corrections(nu, s)
    a1, p1 = _corrections(nu + 1.0, s1)
    q = (2.0 * nu + 1.0) / (s * s)
    # ln(s/s1)/2 = -log(1 - q)/4
    e = a1 - a + 0.25 * q * (1.0 + q * (0.5 + q * (1.0 / 3.0 + q * (0.25 + 0.2 * q))))
    growth = e * (1.0 + e * (0.5 + e * (1.0 / 6.0 + e / 24.0)))
    eps = p1 - p + middle / (24.0 * sm * sm * sm)
    cos, sin, half = middle / x, sm / x, 0.5 * eps * eps
    versine = (x - middle) / x + cos * half - sin * eps
    return growth - (1.0 + growth) * versine, (1.0 + growth) * (cos * eps - sin * (1.0 - half))


@njit(cache=True)
def set_back(l, x, wave):
    """Give the outer ``wave`` h_(l+1) - h_l by the local ratio of Debye's expansion.

    The two real recurrences drift apart by rounding, which mixes exp(-i phi) into h and leaves a part of h^2 that does
    not oscillate and adds up. Set back to this ratio now and then, h stays a pure outgoing wave.
    """
    f, y = load(wave, J), load(wave, Y)
    re, im = _next_ratio(l, x)
    store(f * re - y * im, wave, DJ)
    store(f * im + y * re, wave, DY)


@njit(cache=True, error_model="numpy")
def _outer(count, l, size, wave, tile):
    """Advance an outer wave; tile rows: j, y, y's difference, (2l+1)(y^2 - j^2), 2(2l+1) j y.

    ``size`` holds x as a sum of two doubles, then 2/x likewise: off by its rounding it would be another frequency.
    """
    hi, lo, inv, inv_lo = size[0], size[1], size[2], size[3]
    f, df, y, dy = load(wave, J), load(wave, DJ), load(wave, Y), load(wave, DY)
    js, ys, dys, differences, products = tile[0], tile[1], tile[2], tile[3], tile[4]
    for k in range(count):
        i, f1, y1, weight = WIDTH * k, f + df, y + dy, 2.0 * l + 1.0
        store(f, js, i)
        store(y, ys, i)
        store(dy, dys, i)
        store((y - f) * (y + f) * weight, differences, i)
        store(2.0 * f * y * weight, products, i)
        n = l + 1.5 - hi - lo
        c = fma(n, inv, n * inv_lo)
        df, dy = fma(c, f1, df), fma(c, y1, dy)
        f, y, l = f1, y1, l + 1.0
    store(f, js, WIDTH * count)
    store(f, wave, J)
    store(df, wave, DJ)
    store(y, wave, Y)
    store(dy, wave, DY)


@njit(cache=True, error_model="numpy")
def _inner(count, l, x, size, step, wave, tile, shares):
    """Advance an inner wave beside the outer one of ``tile`` at x; shares: w^2 and w d over w^2 + d^2, d/w = cot."""
    hi, lo, inv, inv_lo, opposite = size[0], size[1], size[2], size[3], -step
    g, dg, w = load(wave, INNER), load(wave, DINNER), load(wave, NUMERATOR)
    js, ys, dys, own, mixed = tile[0], tile[1], tile[2], shares[0], shares[1]
    f = load(js, 0)
    for k in range(count):
        i = WIDTH * k
        f1, y, dy, g1 = load(js, i + WIDTH), load(ys, i), load(dys, i), g + dg
        d = fma(x, fma(g, dy, -(y * dg)), opposite * (y * g1))
        share = w / fma(w, w, d * d)
        store(share * w, own, i)
        store(share * d, mixed, i)
        w = fma(step, fma(f1, g, f * g1), w)
        n = l + 1.5 - hi - lo
        c = fma(n, inv, n * inv_lo)
        dg = fma(c, g1, dg)
        f, g, l = f1, g1, l + 1.0
    store(g, wave, INNER)
    store(dg, wave, DINNER)
    store(w, wave, NUMERATOR)


@njit(cache=True)
def _add(count, tile, shares, sums):
    """Add the terms of a tile, and their squares, for one refraction and one observer."""
    differences, products, own, mixed = tile[3], tile[4], shares[0], shares[1]
    total, squares = load(sums, TOTAL), load(sums, SQUARES)
    for k in range(count):
        i = WIDTH * k
        term = fma(load(own, i), load(differences, i), -(load(mixed, i) * load(products, i)))
        total = total + term
        squares = fma(term, term, squares)
    store(total, sums, TOTAL)
    store(squares, sums, SQUARES)


@njit(cache=True, nogil=True, error_model="numpy")
def sweep(firsts, count, sizes, steps, surface, outer, inner, sums):
    """Add ``count`` waves from each of the orders ``firsts`` to ``sums`` and leave the waves behind at the next order.

    ``sizes`` holds, a row each, x, then kr of the observers above the surface, then x' of each refraction, as
    :func:`_outer` reads them; ``steps`` x' - x; ``outer`` and ``inner`` the waves. ``sums``, for each refraction and
    observer (the surface first, if ``surface``): totals, squares, largest partial totals.
    """
    tiles, shares = np.empty((len(outer), 5, (TILE + 1) * WIDTH)), np.empty((2, TILE * WIDTH))
    observed = 0 if surface else 1
    for start in range(0, count, ANCHOR):
        for o in range(len(outer)):
            set_back(load(firsts, 0) + float(start), sizes[o, 0], outer[o])
        for a in range(start, min(start + ANCHOR, count), TILE):
            tile, l = min(TILE, count - a), load(firsts, 0) + float(a)
            for o in range(len(outer)):
                _outer(tile, l, sizes[o], outer[o], tiles[o])
            for s in range(len(inner)):
                _inner(tile, l, sizes[0, 0], sizes[len(outer) + s], steps[s], inner[s], tiles[0], shares)
                for o in range(observed, len(outer)):
                    _add(tile, tiles[o], shares, sums[s, o - observed])
        for s in range(len(inner)):
            _raise_peaks(sums[s])


@njit(cache=True)
def _raise_peaks(sums):
    for o in range(len(sums)):
        for i in range(WIDTH):
            sums[o, PEAK + i] = max(sums[o, PEAK + i], abs(sums[o, TOTAL + i]))
