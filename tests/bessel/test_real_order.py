"""Airy and Bessel functions of huge order against arbitrary precision: mpmath, Arb, and Schlaefli's integral."""

from __future__ import annotations

import math

import mpmath
import numpy as np
import pytest
from mpmath import mp, mpf

from cnub.bessel import olver
from cnub.bessel.airy import airy_real, airy_scaled
from cnub.bessel.phase import reduced_phase
from cnub.bessel.real_order import bessel
from cnub.bessel.uniform import outgoing, regular
from cnub.bessel.witness import arb_witness, bessel_witness, relative_error
from cnub.domain import DomainError

# Worst of 700 real arguments 7e-15, of 1500 complex ones 4e-14 (near |z| = 1, where the Laplace integral is poorest).
AIRY = 1e-13
# The issue asks for 1e-13; measured 1.3e-14 in 1000 cases (orders near 200 with the phase near 20).
BESSEL = 4e-14
# The witness against Arb: measured 8e-41.
WITNESS = 1e-30
# Coefficients rounded to double.
ROUNDED = 4e-16
# A phase of 1e16 rad, reduced: measured 1.3e-16.
PHASE = 1e-15


@pytest.fixture(autouse=True)
def precision():
    with mp.workdps(40):
        yield


@pytest.mark.parametrize("x", [-14.0, -7.3, -3.0, -2.9, -1.0, 0.0, 0.3, 1.0, 4.4, 13.9, 14.1, 30.0])
def test_real_airy(x):
    lift = mp.exp(mpf(2) / 3 * mpf(x) ** 1.5) if x > 0 else mpf(1)
    ai, ai_slope = (mp.airyai(x, derivative=k) * lift for k in (0, 1))
    bi, bi_slope = (mp.airybi(x, derivative=k) / lift for k in (0, 1))
    values, slopes = airy_real(x)[::2], airy_real(x)[1::2]
    floor = 0.0 if x > 0 else 1.0  # for x < 0 the error is measured against the modulus
    partners = ((ai, bi), (bi, ai), (ai_slope, bi_slope), (bi_slope, ai_slope))
    for mine, (true, other) in zip(values + slopes, partners, strict=True):
        assert abs(mine - true) <= AIRY * mp.hypot(true, floor * other)


@pytest.mark.parametrize("size", [0.1, 0.99, 1.01, 2.9, 3.1, 9.9, 10.1, 25.0])
def test_complex_airy(size):
    for angle in np.linspace(-math.pi, math.pi, 25)[1:]:
        z = complex(size * np.exp(1j * angle))
        lift = mp.exp(mpf(2) / 3 * z * mp.sqrt(z))
        for k, mine in enumerate(airy_scaled(z)):
            true = mp.airyai(z, derivative=k) * lift
            assert abs(mine - true) <= AIRY * abs(true)


@pytest.mark.parametrize(("nu", "x"), [(1e13, 3e13), (1.5, 1e13), (123456.5, 1e16), (1e13 + 0.5, 1.0001e13)])
def test_phases_survive_any_number_of_turns(nu, x):
    n, z = mpf(nu), mpf(x)
    phase = mp.sqrt(z * z - n * n) - n * mp.acos(n / z)
    true = phase - 2 * mp.pi * mp.nint(phase / (2 * mp.pi))
    assert abs(reduced_phase(nu, x) - true) < PHASE


RATIOS = [1e-3, 0.1, 0.7, 0.95, 0.999, 1 - 1e-8, 1.0, 1 + 1e-8, 1.001, 1.05, 1.26, 2.0, 30.0, 1e3]


@pytest.mark.parametrize("nu", [100.5, 184.5, 1000.5])
@pytest.mark.parametrize("ratio", RATIOS)
def test_bessel_against_arb(nu, ratio):
    assert relative_error(bessel(nu, nu * ratio), arb_witness(nu, nu * ratio), ratio > 1) < BESSEL


@pytest.mark.parametrize("nu", [1e5 + 0.5, 1e9 + 0.5, 1e13])
@pytest.mark.parametrize("ratio", RATIOS)
def test_bessel_where_arb_stops(nu, ratio):
    assert relative_error(bessel(nu, nu * ratio), bessel_witness(nu, nu * ratio), ratio > 1) < BESSEL


@pytest.mark.parametrize("ratio", [0.9, 0.999, 1.0, 1.3])
def test_the_witness_against_arb(ratio):
    nu = 10000.5
    assert relative_error(bessel_witness(nu, nu * ratio), arb_witness(nu, nu * ratio), ratio > 1) < WITNESS


def test_arb_takes_more_digits_where_one_of_its_values_needs_them():
    """At a zero of J, which has 51 bits less than Y there: with so few that Y alone is exact, more are taken."""
    zero = 168.35168496108838
    begun_low, begun_high = arb_witness(150.5, zero, 200), arb_witness(150.5, zero, 1000)
    assert relative_error(begun_low, begun_high, False) < WITNESS


@pytest.mark.parametrize("excess", [-6 + 2j, -1 + 0.3j, 3 + 0.1j, 5 + 4j, 8 - 3j])
def test_complex_order(excess):
    nu = 200.0 + excess
    j, j_slope, exponent = regular(nu, excess)
    h, h_slope, h_exponent = outgoing(nu, excess)
    x, n = mpf(200), mp.mpmathify(nu)
    assert abs(j * mp.exp(-exponent) / mp.besselj(n, x) - 1) < AIRY
    assert abs(j_slope * mp.exp(-exponent) / mp.besselj(n, x, derivative=1) - 1) < AIRY
    assert abs(h * mp.exp(-h_exponent) / mp.hankel1(n, x) - 1) < AIRY
    slope = (mp.hankel1(n - 1, x) - mp.hankel1(n + 1, x)) / 2
    assert abs(h_slope * mp.exp(-h_exponent) / slope - 1) < AIRY


def test_olver_coefficients_follow_from_their_definition():
    tables = derived_coefficients(rows=4, powers=34)
    for name, table in tables.items():
        for printed, derived in zip(getattr(olver, name), table, strict=True):
            for mine, true in zip(printed, derived, strict=False):
                assert abs(mine - true) <= ROUNDED * abs(true)


@pytest.mark.parametrize(("order", "x", "named"), [(99.0, 100.0, "order"), (1e3, 1e8, "x"), (math.nan, 1.0, "order")])
def test_refusals_name_the_parameter(order, x, named):
    with pytest.raises(DomainError, match=named):
        bessel(order, x)


def product(a, b):
    return [mpmath.fdot(a[: k + 1], b[k::-1]) for k in range(min(len(a), len(b)))]


def power(a, p):
    out = [a[0] ** p]
    for k in range(1, len(a)):
        out.append(mp.fsum((p * i - k + i) * a[i] * out[k - i] for i in range(1, k + 1)) / (k * a[0]))
    return out


def slope_over_root(count):
    """(1 - z^2)/zeta as a series in zeta, from (dz/dzeta)^2 (1 - z^2) = zeta z^2 (DLMF 10.20.1)."""
    z = [mpf(1), -(mpf(2) ** (-mpf(1) / 3))]
    while len(z) < count + 1:
        n = len(z)
        trial = [*z, mpf(0)]
        square = product(trial, trial)
        rate = [k * trial[k] for k in range(1, n + 1)]
        left = product(product(rate, rate), [-c for c in square[1:]])[n - 1]
        z.append((square[n - 1] - left) / (z[1] ** 2 * (-4 * n - 2)))
    return [-c for c in product(z, z)[1:]]


def debye_polynomials(count):
    """U_k, lowest power first (DLMF 10.41.9)."""
    rows = [[mpf(1)]]
    for _ in range(count):
        out = [mpf(0)] * (len(rows[-1]) + 3)
        for i, c in enumerate(rows[-1]):
            out[i + 1] += i * c / 2 + c / (8 * (i + 1))
            out[i + 3] -= i * c / 2 + 5 * c / (8 * (i + 3))
        rows.append(out)
    return rows


def derived_coefficients(rows, powers):
    """Taylor series in zeta of A_k, B_k, C_k, D_k from DLMF 10.20.10-13; negative powers cancel."""
    with mp.workdps(60):
        ratio = slope_over_root(powers + 14)
        polynomials = debye_polynomials(2 * rows)
        roots = [power(ratio, -mpf(i) / 2) for i in range(6 * rows + 1)]
        u = [mpf(1)]
        for k in range(1, 2 * rows + 1):
            u.append(u[-1] * (6 * k - 5) * (6 * k - 3) * (6 * k - 1) / mpf(216 * k * (2 * k - 1)))
        v = [c * mpf(6 * k + 1) / (1 - 6 * k) for k, c in enumerate(u)]

        def series(factors, total, shift):
            found = {}
            for j in range(total + 1):
                for i, c in enumerate(polynomials[total - j]):
                    for n, root in enumerate(roots[i] if c else []):
                        place = 2 * n - 3 * j - i + shift
                        found[place] = found.get(place, 0) + (mpf(3) / 2) ** j * factors[j] * c * root
            assert all(abs(c) < 1e-30 for place, c in found.items() if place < 0)
            return [found[2 * n] for n in range(powers)]

        a = [series(v, 2 * k, 0) for k in range(rows)]
        b = [[-c for c in series(u, 2 * k + 1, -1)] for k in range(rows)]
        prefactor = power(ratio, -mpf(1) / 4)
        bend = product([k * c for k, c in enumerate(prefactor)][1:], power(prefactor, -1))

        def rate(row):
            return [k * c for k, c in enumerate(row)][1:]

        c = [
            [p + q + r for p, q, r in zip(product(bend, a[k]), rate(a[k]), [mpf(0), *b[k]], strict=False)]
            for k in range(rows)
        ]
        d = [a[0]] + [
            [p + q + r for p, q, r in zip(a[k], product(bend, b[k - 1]), rate(b[k - 1]), strict=False)]
            for k in range(1, rows)
        ]
    return {"A": a, "B": b, "C": c, "D": d}
