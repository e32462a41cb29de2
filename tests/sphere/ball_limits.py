"""What a large ball tends to, for checking :mod:`cnub.sphere` where no sum over waves is feasible (kR above 1e6).

`flat` is the half-space, all orders in delta; `curved` the first Born order of the ball, whose upper end (the antipode,
the far wall) and lower end (the near wall) are kept apart; `limit` puts them together. `centre` is exact for every kR.
Heights in 1/k, negative inside; n = 1 + delta; G_0^2 integrated over the ball gives the Born term.
"""

from __future__ import annotations

import math

import numpy as np
from mpmath import exp, mp, mpf, quad

DIGITS, WAVE_DIGITS = 50, 30
NODES = np.arange(-8.875, 9.0, 0.25)
WEIGHTS = np.exp(-0.5 * NODES**2) / np.exp(-0.5 * NODES**2).sum()

NEAR_CENTRE = 40.0
"""Within so many spreads of the centre both walls reflect together."""

REFLECTIONS = 400
"""The average over k leaves exp(-2 (m n spread)^2) of the m-th: 1e-55 for n >= 0.01 and a spread of 2."""


def surface(delta):
    """(n - 1)(2n + 1)/(3 (n + 1)), both signs, all orders."""
    d = mpf(delta)
    return d * (3 + 2 * d) / (3 * (2 + d))


def flat(delta, height):
    """Half-space: Im [e^(2ih) Int_0^inf r(1 + is) e^(-2hs) ds], r = (u - w)/(u + w), w^2 = u^2 + n^2 - 1.

    From inside alike, with 1/n for n, added to n - 1.
    """
    n = 1 + mpf(delta)
    if height == 0:
        return surface(delta)
    contrast, h = (n * n - 1, mpf(height)) if height > 0 else (1 / (n * n) - 1, -n * mpf(height))

    def reflected(s):
        u = 1 + 1j * s
        return -contrast / (u + mp.sqrt(u * u + contrast)) ** 2 * exp(-2 * h * s)

    with mp.workdps(WAVE_DIGITS):
        end = 1.2 * WAVE_DIGITS / h
        panels = max(6, math.ceil(math.log2(float(max(8 * end, 1)))))
        wave = quad(reflected, [mpf(0)] + [end / 2**k for k in range(panels, -1, -1)])
    wave = (exp(2j * h) * wave).imag
    return wave if height > 0 else n - 1 + n * wave


def _end(R, r, s):
    """Born's integrand [R^2 - (r - s)^2]/(r s) sin(2s), integrated from infinity (the sine integral's part) to s."""
    rim = (mp.sin(2 * s) / 4 - s * mp.cos(2 * s) / 2) / r
    return (R * R - r * r) / r * (mp.si(2 * s) - mp.pi / 2) - mp.cos(2 * s) - rim


def _near(R, h):
    """Lower end of the Born integral over delta for a ball of size R seen from h (in units of the wave there)."""
    lower = -_end(R, R + h, abs(h)) / 2
    return lower if h >= 0 else lower + 1 - mp.cos(2 * h)


def _flat_born(h):
    s = abs(h)
    wave = mp.cos(2 * s) / 2 - s * (mp.pi / 2 - mp.si(2 * s))
    return wave if h >= 0 else 1 - wave


def _beyond_born(R, delta, height):
    """What the flat wall adds to first order in delta; outside the ball's curvature weakens it by R/r."""
    if height < 0:
        return flat(delta, height) - delta * _flat_born((1 + mpf(delta)) * mpf(height))
    return (flat(delta, height) - delta * _flat_born(mpf(height))) * R / (R + height)


def _far(R, n, height):
    """Upper end: the far wall or antipode, over delta; its phase is the optical way."""
    if height < 0:
        return _end(n * R, n * (R + height), n * (2 * R + height)) / 2
    r = R + mpf(height)
    return -R * mp.sin(4 * n * R + 2 * height) / (4 * r * (r + R))


def _born(R, delta, height):
    n, h = 1 + mpf(delta), mpf(height)
    if h < -R:
        h = -2 * R - h  # beyond the centre: the density is even in r
    return delta * ((_near(R, h) if h >= 0 else _near(n * R, n * h)) + _far(R, n, h))


def _born_average(kR, delta, height, spread):
    """First order averaged over kR at fixed kh: node by node near the centre, else only the far wall is damped."""
    if kR + height < NEAR_CENTRE * spread:
        sizes = [mpf(kR) + spread * mpf(node) for node in NODES]
        return sum(mpf(w) * _born(x, delta, height) for w, x in zip(WEIGHTS, sizes, strict=True))
    n, h, R = 1 + mpf(delta), mpf(height), mpf(kR)
    near = _near(R, h) if h >= 0 else _near(n * R, n * h)
    return delta * (near + _far(R, n, h) * exp(-8 * (n * spread) ** 2))


def _beyond_born_at_centre(kR, delta, spread):
    """All reflections m of the wave l = 0, seen from |kr| = |u|, u normal, less their first order, without curvature.

    n [1 + 2 Sum_m q^m <cos(2mn(kR + u)) f_m>], q = (1 - n)/(1 + n), f_m = sin(2nu)/(2nu) for odd m, 1 for even m.
    """
    n, phase = 1 + mpf(delta), 2 * (1 + mpf(delta)) * kR
    q, a = (1 - n) / (1 + n), n * spread * mp.sqrt(2)
    focus = [mp.sqrt(mp.pi) / (4 * a) * (mp.erf(a * (m + 1)) - mp.erf(a * (m - 1))) for m in range(1, REFLECTIONS, 2)]
    left = [focus[m // 2] if m % 2 else exp(-((a * m) ** 2)) for m in range(1, REFLECTIONS)]
    waves = sum(q**m * mp.cos(m * phase) * f for m, f in enumerate(left, 1))
    return n * (1 + 2 * waves) - 1 - mpf(delta) * (1 - focus[0] * mp.cos(phase))


def centre(kR, delta):
    """One wave alone, l = 0, at one k: n^2/(sin^2 nkR + n^2 cos^2 nkR) - 1, exact."""
    n = 1 + mpf(delta)
    phase = n * mpf(kR)
    return n * n / (mp.sin(phase) ** 2 + n * n * mp.cos(phase) ** 2) - 1


RESONANT = 0.3
"""Below, delta kR^(2/3) changes no wave's phase at the rim by a radian: the Born series converges at one k too."""
POLYGONS = 3.0
"""What returns along inscribed polygons, over delta^2/sqrt(kR): at most 0.6 at 60 random points, kR 1e3 to 1e5."""
CURVATURE = 10.0
"""What curvature adds beyond the first order, over delta^2/kR (surface: over delta^2/kR^2): at most 2 measured."""
RETURNED = 3.0
"""What the average leaves of the antipode's terms beyond the first order, over their damped size: 0.5 measured."""


def limit(kR: float, delta: float, height: float, spread: float | None = None):
    """Value (at one k, or averaged with standard deviation ``spread`` in kR) and how far it may be off; None where no
    limit is known: at one k with delta > 0 where the rim resonates."""
    with mp.workdps(DIGITS):
        size = abs(delta)
        rest, middle = size / kR**2 + size * 10.0 ** (5 - WAVE_DIGITS), height == -kR
        if height < 0 and not middle:
            rest += size * size * CURVATURE / max(1.0, kR + height)
        if spread is not None:
            beyond = _beyond_born_at_centre(mpf(kR), delta, spread) if middle else _beyond_born(mpf(kR), delta, height)
            value = _born_average(kR, delta, height, spread) + beyond
            return value, size * size * _left(kR, (1 + delta) * spread, height) + _gallery(kR, delta, spread) + rest
        if middle:
            return centre(kR, delta), mpf(10) ** (5 - DIGITS)
        if _resonates(kR, delta):
            return None
        value = _born(mpf(kR), delta, height) + _beyond_born(mpf(kR), delta, height)
        return value, size * size * POLYGONS / math.sqrt(kR) + rest


def _left(kR, spread, height):
    """Curvature, and what returns over the diameter (its way grows by 4 nR) and the triangle, averaged."""
    diameter, triangle = math.exp(-8 * spread**2), math.exp(-27 * spread**2 / 2)
    return CURVATURE / kR ** (2 if height == 0 else 1) + RETURNED * diameter / kR + POLYGONS * triangle / math.sqrt(kR)


def _resonates(kR, delta):
    return delta * kR ** (2 / 3) > RESONANT


def _gallery(kR, delta, spread):
    """What the average leaves of the trapped waves' ripple (period 1/n in kR), below twice their 2/3 sqrt(2 delta)."""
    if not _resonates(kR, delta):
        return 0.0
    return 4 / 3 * math.sqrt(2 * delta) * math.exp(-2 * (math.pi * (1 + delta) * spread) ** 2)
