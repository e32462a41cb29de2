"""Debye's phase sqrt(x^2 - nu^2) - nu arccos(nu/x), x > nu, modulo 2 pi, however many turns it makes.

At x = 1e16 the phase has 17 digits before the point, so it is formed and reduced in double-double: 1e-32 of it is left,
below 1e-15 rad. nu and x are taken as exact doubles.
"""

from __future__ import annotations

import math

import mpmath

from cnub.bessel.doubledouble import add, multiply, reciprocal, scale, split, two_sum
from cnub.kernel_cache import njit

with mpmath.workprec(200):
    TURN, TURN_LOW = split(2 * mpmath.pi)
HALVINGS = 4
TERMS = 16  # of the sine series at pi/2/2^4: the next is below 1e-33


@njit(cache=True)
def _root(a, al):
    """Square root of a double-double, by one Newton step."""
    guess = math.sqrt(a)
    square, square_low = multiply(guess, 0.0, guess, 0.0)
    rest, _ = add(a, al, -square, -square_low)
    return two_sum(guess, rest / (2.0 * guess))


@njit(cache=True)
def _sine_and_versine(angle):
    """sin and 1 - cos of a double in (0, pi/2), as double-doubles: Taylor series of a sixteenth, then doublings."""
    y = angle / 2.0**HALVINGS
    square, square_low = multiply(y, 0.0, y, 0.0)
    sine, sine_low, versine, versine_low = 0.0, 0.0, 0.0, 0.0
    for k in range(TERMS, 0, -1):
        r, rl = reciprocal(2.0 * k * (2.0 * k + 1.0), 0.0)
        sine, sine_low = add(1.0, 0.0, -sine, -sine_low)
        sine, sine_low = multiply(sine, sine_low, square, square_low)
        sine, sine_low = multiply(sine, sine_low, r, rl)
        r, rl = reciprocal(2.0 * k * (2.0 * k - 1.0), 0.0)
        versine, versine_low = add(1.0, 0.0, -versine, -versine_low)
        versine, versine_low = multiply(versine, versine_low, square, square_low)
        versine, versine_low = multiply(versine, versine_low, r, rl)
    sine, sine_low = add(1.0, 0.0, -sine, -sine_low)
    sine, sine_low = scale(y, sine, sine_low)
    for _ in range(HALVINGS):
        cosine, cosine_low = add(1.0, 0.0, -versine, -versine_low)
        versine, versine_low = multiply(sine, sine_low, sine, sine_low)
        versine, versine_low = 2.0 * versine, 2.0 * versine_low
        sine, sine_low = multiply(sine, sine_low, cosine, cosine_low)
        sine, sine_low = 2.0 * sine, 2.0 * sine_low
    return sine, sine_low, versine, versine_low


@njit(cache=True)
def radial(nu, x):
    """sqrt(x^2 - nu^2) for x > nu as a double-double."""
    d, dl = two_sum(x, -nu)
    s, sl = two_sum(x, nu)
    product, low = multiply(d, dl, s, sl)
    return _root(product, low)


@njit(cache=True)
def reduced_phase(nu, x):
    """sqrt(x^2 - nu^2) - nu arccos(nu/x) for x > nu, modulo 2 pi, in (-pi, pi]."""
    w, wl = radial(nu, x)
    angle = math.atan2(w, nu)
    sine, sine_low, versine, versine_low = _sine_and_versine(angle)
    # the rest of the angle: x sin(alpha - angle) = w cos(angle) - nu sin(angle)
    left, left_low = multiply(w, wl, versine, versine_low)
    right, right_low = scale(nu, sine, sine_low)
    rest, rest_low = add(w, wl, -left, -left_low)
    rest, rest_low = add(rest, rest_low, -right, -right_low)
    alpha, alpha_low = two_sum(angle, rest / x)
    bend, bend_low = scale(nu, alpha, alpha_low)
    phase, phase_low = add(w, wl, -bend, -bend_low)
    turns = math.floor(phase / TURN + 0.5)
    whole, whole_low = scale(turns, TURN, TURN_LOW)
    phase, phase_low = add(phase, phase_low, -whole, -whole_low)
    return phase + phase_low
