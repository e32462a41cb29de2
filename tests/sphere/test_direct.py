"""The plain sum over partial waves: against Arb, against long fixed-point sums, unitarity, the Born limit, refusals."""

import math
import platform
import re
from pathlib import Path

import flint
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numba.core.config import DISABLE_JIT

from cnub.bessel.lanes import load
from cnub.domain import DomainError
from cnub.kernel_cache import njit
from cnub.pieces import run_pieces
from cnub.sphere import direct, parts
from cnub.sphere.average import order_average
from cnub.sphere.block import Ball, block_sum
from cnub.sphere.born import born
from cnub.sphere.bulk import Bulk, drifts
from cnub.sphere.contour import contour
from cnub.sphere.direct import direct_sum, direct_sums, highest_order, phase_shift, phase_shifts
from cnub.sphere.orders import evanescent_order, faded_order
from cnub.sphere.starts import context, first_safe_order, hankel_pair
from cnub.sphere.sweep import DJ, DY, _inner, set_back
from cnub.sphere.talk import printed_tangent, printed_term

LEFT_OUT_6 = 1e-6
"""Relative: what the limit or closed form leaves out at these arguments; measured 4e-07."""
LEFT_OUT_4 = 1e-4
"""Relative: what the limit or closed form leaves out at these arguments; measured 7e-06."""
ROUNDING = 1e-13
"""Relative: rounding alone; measured 7e-16."""

WITNESS_TOLERANCE = 1e-13
"""In units of |delta|: rounding of up to 1e5 terms of order delta; the worst case of the table is 5.3e-14."""
UNITARITY = 1e-13
PHASE_TOLERANCE = 1e-14
"""Relative to the phase shift (or to 1 rad above it): one arctangent of a ratio good to 1e-16; measured 4e-16."""
BULK_TOLERANCE = 1e-9
"""In units of |delta|: double precision between exact starts; measured 2e-11 at 3e5, 1e-10 at 1e8 (a phase taken from
l = 0 in doubles would be wrong by 1e-2 there)."""
AVERAGE_TOLERANCE = 1e-9
"""In units of |delta|, absolute rounding 1e-13 over |delta| >= 1e-3; measured below 1e-12 for delta < 0."""
REFERENCE = pd.read_csv(Path(__file__).parents[1] / "reference" / "sphere_direct.csv", comment="#")
RATIO_TOLERANCE = 6e-16
"""Relative to the modulus: one setting back of the wave to Debye's ratio; measured 4.3e-16."""
ARB_BITS = 1000
SCANNED, SCANNED_MEAN = 0.01, 0.004
"""In units of delta, against an independent scan printed with two and three digits; measured 7e-3 and 2e-3."""


@pytest.mark.parametrize(
    "case", list(REFERENCE.itertuples(index=False)), ids=lambda c: f"{c.kR:g}/{c.delta:g}/{c.height:g}"
)
def test_against_long_fixed_point_sums_up_to_1e5(case):
    value, error = direct_sum(case.kR, case.delta, case.height)
    assert abs(value - case.density_excess) <= WITNESS_TOLERANCE * abs(case.delta)
    assert abs(value - case.density_excess) <= error + 1e-16 * abs(case.density_excess)


@pytest.mark.parametrize(
    ("kR", "delta", "height"),
    [(1e-3, 0.05, 0.0), (0.3, -0.1, 0.5), (2.0, 0.03, 0.0), (10.0, -0.1, 3.0), (64.3, 0.1, 10.0), (200.0, -1e-14, 1.5)],
)
def test_against_arb(kR, delta, height):
    value, error = direct_sum(kR, delta, height)
    gap = abs(float(flint.arb(value) - _arb_sum(kR, delta, height)))
    assert gap <= WITNESS_TOLERANCE * abs(delta)
    assert gap <= error


@pytest.mark.parametrize("l", [0, 7, 55, 64, 70])
def test_phase_shift_against_arb(l):
    tangent = _arb_tangent(l, *_arb_waves(64.3, 0.1, l + 2)[:3], 64.3, 0.1)
    expected = float(tangent.atan())
    assert phase_shift(l, 64.3, 0.1) == pytest.approx(expected, rel=PHASE_TOLERANCE)
    assert phase_shifts(64.3, 0.1)[l] == pytest.approx(expected, rel=PHASE_TOLERANCE)


@settings(derandomize=True, max_examples=25, deadline=None)
@given(log_size=st.floats(-3, 4), log_delta=st.floats(-14, -1), sign=st.sampled_from([-1, 1]), height=st.floats(0, 1e3))
def test_finite_bounded_and_unitary(log_size, log_delta, sign, height):
    kR, delta = 10**log_size, sign * 10**log_delta
    value, error = direct_sum(kR, delta, height)
    assert math.isfinite(value) and 0.0 <= error <= 1e-11 * abs(delta)
    s_matrix = np.exp(2j * phase_shifts(kR, delta))
    assert np.abs(np.abs(s_matrix) - 1.0).max() <= UNITARITY


@pytest.mark.parametrize("kR", [1e-2, 1.0, 37.0, 1e3])
@pytest.mark.parametrize("height", [0.0, 0.7, 40.0])
def test_first_order_in_delta_is_born(kR, height):
    delta = 1e-11
    even = (direct_sum(kR, delta, height)[0] - direct_sum(kR, -delta, height)[0]) / 2
    value, error = born(kR, delta, height)
    assert abs(even - value) <= max(error, 1e-9 * delta)


def test_small_ball_joins_the_full_sum():
    below, above = direct_sum(0.9999999e-5, 0.05, 2e-6), direct_sum(1.0000001e-5, 0.05, 2e-6)
    assert below[0] == pytest.approx(above[0], rel=LEFT_OUT_6)


@pytest.mark.parametrize(("kR", "height"), [(1e-100, 0.0), (1e-30, 1e-30), (10.0, 1e15), (1e5, 1e12)])
def test_extremes_are_neither_zero_nor_lost(kR, height):
    value, error = direct_sum(kR, 1e-14, height)
    assert 0.0 < abs(value) < 1e-14 and error < abs(value)


def test_no_refraction_no_excess():
    assert direct_sum(123.0, 0.0, 1.0) == (0.0, 0.0)
    assert phase_shift(3, 123.0, 0.0) == 0.0


def test_resonances_lift_and_lower_the_sum_at_one_k():
    values = [direct_sum(kR, 0.1)[0] / 0.1 for kR in np.arange(60.0, 68.0, 0.05)]
    assert min(values) == pytest.approx(0.19, abs=SCANNED)
    assert max(values) == pytest.approx(0.84, abs=SCANNED)
    assert np.mean(values) == pytest.approx(0.504, abs=SCANNED_MEAN)


@pytest.mark.parametrize(
    ("kR", "delta", "height"),
    [(2.6e5, -1e-2, 0.0), (3.1e5, 2.5e-8, 3.0), (7.7e5, 3e-3, 0.0), (1.3e6, -0.1, 0.0), (5.5e5, 0.1, 1e5)],
)
def test_double_precision_blocks_agree_with_double_double_throughout(kR, delta, height):
    exact = block_sum(Ball(kR, delta, height), 0, highest_order(kR) + 1).total
    value, error = direct_sum(kR, delta, height)
    assert abs(value - exact) <= min(error, BULK_TOLERANCE * abs(delta))


@pytest.mark.parametrize(("kR", "delta"), [(1.07e8, -2.5e-8), (1.07e8, 2.5e-8), (9.3e7, -1e-3)])
def test_agrees_with_the_integral_over_complex_order_where_doubles_would_lose_the_phase(kR, delta):
    value, error = direct_sum(kR, delta, threads=2)
    integral, integral_error = contour(kR, delta)
    assert abs(value - integral) <= min(error + integral_error, BULK_TOLERANCE * abs(delta))


def test_wide_evanescent_window_in_several_exact_blocks(monkeypatch):
    whole = direct_sum(2.2e6, -0.03)[0]
    monkeypatch.setattr(parts, "EXACT_BLOCK", 2**14)
    assert len(parts.exact_edges(Ball(2.2e6, -0.03))) > 4
    assert direct_sum(2.2e6, -0.03)[0] == pytest.approx(whole, rel=ROUNDING)


@pytest.mark.parametrize("l", [0, 12345, 250_000, 299_000, 300_050])
def test_phase_shift_is_the_same_from_either_kind_of_block(l, monkeypatch):
    split = phase_shift(l, 3e5, 1e-4)
    monkeypatch.setattr(parts, "SMALLEST_BULK", 1e9)
    assert phase_shift(l, 3e5, 1e-4) == pytest.approx(split, rel=ROUNDING)


def test_interrupted_sum_continues_from_its_finished_parts(tmp_path, monkeypatch):
    monkeypatch.setattr(parts, "PART", 2**17)
    path, computed = tmp_path / "parts.jsonl", []
    monkeypatch.setattr(direct, "run_pieces", lambda compute, *rest: run_pieces(_counting(compute, computed), *rest))
    whole = direct_sum(5e5, 1e-8, checkpoint=path)
    lines = path.read_text().splitlines()
    path.write_text("\n".join(lines[:3]) + '\n{"piece": ["osc')
    all_parts = len(computed)
    computed.clear()
    assert direct_sum(5e5, 1e-8, checkpoint=path) == whole == direct_sum(5e5, 1e-8)
    assert len(computed) == (all_parts - 2) + all_parts


def test_checkpoint_of_another_sum_is_refused(tmp_path):
    direct_sum(20.0, 1e-3, checkpoint=tmp_path / "parts.jsonl")
    with pytest.raises(DomainError, match="checkpoint"):
        direct_sum(21.0, 1e-3, checkpoint=tmp_path / "parts.jsonl")
    with pytest.raises(DomainError, match="checkpoint"):
        direct_sum(21.0, 1e-3, checkpoint=tmp_path / "nowhere" / "parts.jsonl")


@pytest.mark.parametrize(("delta", "height"), [(0.1, 0.0), (0.1, 1.5), (-0.6, 0.0), (0.1, -2.0), (-0.3, -64.0)])
def test_average_over_k_is_the_average_of_the_sums(delta, height):
    sizes = np.arange(64.0 - 17.0, 64.0 + 17.0, 0.02)
    weights = np.exp(-0.5 * ((sizes - 64.0) / 2.0) ** 2)
    # the height is held while kR varies, and the density is even in r
    sampled = np.average([direct_sum(kR, delta, max(height, -2 * kR - height))[0] for kR in sizes], weights=weights)
    assert order_average(64.0, delta, height)[0] == pytest.approx(sampled, abs=AVERAGE_TOLERANCE * abs(delta))


@settings(derandomize=True, max_examples=30, deadline=None)
@given(
    log_size=st.floats(3.1, 5.0),
    log_delta=st.floats(-12, -2),
    sign=st.sampled_from([-1, 1]),
    height=st.one_of(st.just(0.0), st.floats(0.01, 100.0)),
)
def test_methods_agree_within_their_errors_with_or_without_trapped_waves(log_size, log_delta, sign, height):
    kR, delta = 10**log_size, sign * 10**log_delta
    (value, error), (integral, integral_error) = direct_sum(kR, delta, height), contour(kR, delta, height)
    assert abs(value - integral) <= error + integral_error


@pytest.mark.parametrize("size", [1e3, 1e6])
def test_waves_that_tunnelled_in_fade_twice(size):
    """At k'r = kR an evanescent wave falls as much from the surface inwards as it fell on the way to it."""
    assert faded_order(1.1 * size, size, size, 80.0) == evanescent_order(size, 40.0)


@pytest.mark.parametrize("side", ["outside", "inside"])
@pytest.mark.parametrize("wave", [0, 2])
def test_the_drift_of_a_block_is_that_of_its_worst_wave(side, wave):
    exact = tuple(part[..., None] for part in Bulk(3e5, [1e-3, 2e-3], [0.0, 2.0]).waves(1000))
    outer, inner = (part.copy() for part in exact)
    modulus = np.hypot(outer[0, 0], outer[0, 2])
    if side == "outside":
        outer[1, wave] += 1e-6 * modulus
        expected = [[0.0, 2e-6], [0.0, 2e-6]]
    else:
        inner[1, wave] += 1e-6 * (inner[1, wave] if wave == 2 else modulus)
        expected = [[0.0, 0.0], [1e-6 * (2 if wave == 0 else 1)] * 2]
    # twice, for the waves enter squared; the modulus at kR + 2 differs from that at kR by 1e-5
    assert drifts((outer, inner), exact)[..., 0] == pytest.approx(np.array(expected), rel=LEFT_OUT_4)


@pytest.mark.parametrize("x", [2.5e5, 1e7, 17056737966.621496, 1e13])
@pytest.mark.parametrize("depth", [0.0, 0.3, 0.999, 1.0])
def test_the_next_wave_by_the_local_ratio_against_45_digits(x, depth):
    firsts = np.floor(depth * first_safe_order(x)) - np.arange(8.0)[:: -1 if depth == 0.0 else 1] * (depth > 0.0)
    exact = [hankel_pair(int(order), context(60).mpf(x), context(60)) for order in firsts]
    lanes = np.array([[h.real, 0.0, h.imag, 0.0] for h, _ in exact], dtype=float).T
    wave = np.ascontiguousarray(lanes).ravel()
    _set_back(firsts, x, wave)
    for i, (h, following) in enumerate(exact):
        gap = abs(complex(wave[DJ + i], wave[DY + i]) - complex(following - h))
        assert gap <= RATIO_TOLERANCE * abs(complex(h)), (firsts[i], gap / abs(complex(h)))


@pytest.mark.parametrize("kR", [4.0, 2e3, 4.4e5])
def test_all_refractions_and_heights_at_once_are_each_alone(kR):
    deltas, heights = [1e-3, 0.0, -2e-3, 0.05], [7.0, 0.0, 300.0, -1.5]
    together = direct_sums(kR, deltas, heights)
    for delta, row in zip(deltas, together, strict=True):
        for height, (value, error) in zip(heights, row, strict=True):
            alone, alone_error = direct_sum(kR, delta, height)
            assert abs(value - alone) <= min(error + alone_error, BULK_TOLERANCE * abs(delta))
            assert error <= 2.0 * alone_error


@pytest.mark.skipif(platform.machine() != "x86_64" or DISABLE_JIT, reason="reads the instructions of x86-64")
def test_the_lockstep_is_compiled_to_packed_arithmetic():
    kernel, room = njit(cache=False, error_model="numpy")(_advance), np.ones(6 * 8 * 65)
    kernel(room, np.ones(4), room, room.reshape(6, -1))
    code = "\n".join(kernel.inspect_asm().values())
    packed, single = (len(re.findall(rf"(?:mul|div|fmadd\d+){kind}", code)) for kind in ("pd", "sd"))
    assert packed > 10 and single == 0


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        ((0.0, 0.1), "kR"),
        ((math.nan, 0.1), "kR"),
        ((math.inf, 0.1), "kR"),
        (("many", 0.1), "kR"),
        ((1e14, 0.1), "kR"),
        ((True, 0.1), "kR"),
        ((10.0, 0.1, 1e16), "height"),
        ((10.0, 1.0), "delta"),
        ((10.0, math.nan), "delta"),
        ((10.0, 0.1, -10.1), "height"),
    ],
)
def test_refuses_outside_its_domain(arguments, named):
    with pytest.raises(DomainError, match=named):
        direct_sum(*arguments)


def test_phase_shift_refuses_orders_beyond_its_reach():
    with pytest.raises(DomainError, match="l must be a whole number"):
        phase_shift(highest_order(10.0) + 1, 10.0, 0.1)


def _arb_waves(kR, delta, count, height=0.0):
    flint.ctx.prec = ARB_BITS
    x = flint.arb(kR)
    inner, outer = x * (1 + flint.arb(delta)), x + flint.arb(height)
    arguments = ((x, "j"), (x, "y"), (inner, "j"), (outer, "j"), (outer, "y"))
    f, y, g, j, n = ([_arb_spherical(kind, l, z) for l in range(count)] for z, kind in arguments)
    return f, y, g, j, n


def _arb_spherical(kind, l, z):
    order, argument = flint.acb(l) + flint.acb(0.5), flint.acb(z)
    value = argument.bessel_j(order) if kind == "j" else argument.bessel_y(order)
    return (flint.arb.pi() / (2 * z)).sqrt() * value.real


def _arb_tangent(l, f, y, g, kR, delta):
    x = flint.arb(kR)
    inner = x * (1 + flint.arb(delta))
    return printed_tangent(x, inner, *(wave[l : l + 2] for wave in (f, y, g)))


def _arb_sum(kR, delta, height):
    count = highest_order(kR) + 1
    f, y, g, j, n = _arb_waves(kR, delta, count + 1, height)
    total = flint.arb(0)
    for l in range(count):
        t = _arb_tangent(l, f, y, g, kR, delta)
        total += printed_term(l, t, j[l], n[l])
    assert total.rad() < 1e-30
    return total


def _advance(lanes, size, wave, tile):
    _inner(64, load(lanes, 0), 3.0, size, 1e-3, wave, tile, tile)


@njit(cache=False)
def _set_back(firsts, x, wave):
    set_back(load(firsts, 0), x, wave)


def _counting(compute, computed):
    def counted(part):
        computed.append(part)
        return compute(part)

    return counted
