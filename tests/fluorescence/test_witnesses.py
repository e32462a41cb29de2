"""N in place of N^2, three times: the closed form, the exact resolvent of N dipoles, the golden rule with Im chi."""

import math

import numpy as np
import pytest
from scipy.optimize import brentq

from cnub import DomainError
from cnub.fluorescence import channel, event_rate
from cnub.fluorescence.medium import LORENTZ, emission_spectrum
from cnub.fluorescence.polariton import on_shell_yield
from cnub.fluorescence.resolvent import dipole_shares, random_positions, ring_positions

LEFT_OUT = 0.05
"""Relative: what the limit or closed form leaves out at these arguments; measured 0.04."""
ROUNDING = 1e-12
"""Relative: rounding alone; measured 3e-16."""
STEPS = 1e-6
"""Absolute: the steps of a grid or of a difference; measured 4e-07."""
TYPED_ABS_3 = 0.005
"""Absolute: the digits of the expected value, typed or published; measured 0.004."""
TYPED_ABS_2 = 0.06
"""Absolute: the digits of the expected value, typed or published; measured 0.04."""

RATIOS = (0.05, 0.2, 0.5, 1.0, 2.0, 4.0)
"""2g/Gamma on both sides of the end of first order."""
RING = 1e-3
"""Relative: the photons beyond the window of 64 spacings; measured 3.4e-4, at 2g/Gamma = 4."""
SUM_RULE = 1e-2
"""Of the excitations: what a finite ring gives back to the neutrino; measured 9e-4 (512 dipoles), 4.2e-3 (128)."""
GOLDEN = 1e-5
"""Relative: rotating wave, g/omega < 1e-3, sums good to exp(-6 pi); measured 8e-7."""
DRAWS = 0.1
"""Relative: twelve draws of 15 % each, two means; measured 0.043."""
LENGTH = 40.0


@pytest.mark.parametrize("ratio", RATIOS)
def test_a_ring_of_512_dipoles_is_the_closed_form(ratio):
    found = dipole_shares(ring_positions(512, LENGTH), LENGTH, ratio / 2, 1.0, 1.0)
    assert found.photons == pytest.approx(on_shell_yield(0.0, ratio / 2, 1.0, 1.0, 1.0), rel=RING)
    assert found.matched == pytest.approx(found.photons, rel=ROUNDING)
    assert found.excited == pytest.approx(1.0, abs=SUM_RULE)


def test_a_ring_off_resonance_with_slow_light_and_a_slow_daughter():
    found = dipole_shares(
        ring_positions(512, LENGTH), LENGTH, 1.0, 1.0, 0.7, detuning=0.5, daughter_speed=0.6, photon_slope=0.5
    )
    assert found.photons == pytest.approx(on_shell_yield(0.5, 1.0, 1.0, 0.7, 0.6, 0.5), rel=RING)


@pytest.mark.parametrize(("number", "ratio"), [(1, 0.0), (16, 0.2), (128, 1.0), (128, 4.0), (512, 1.0), (512, 4.0)])
def test_random_dipoles_are_excited_n_times_whatever_the_coupling(number, ratio):
    found = dipole_shares(random_positions(number, LENGTH, 1), LENGTH, ratio / 2, 1.0, 1.0)
    assert found.excited == pytest.approx(1.0, abs=SUM_RULE)


def test_random_dipoles_differ_from_a_ring_by_the_light_of_single_ones():
    """The part of photons of other momenta falls as 1/N, all dipoles together equally coupled."""
    excess = []
    for number in (128, 512):
        draws = [dipole_shares(random_positions(number, LENGTH, seed), LENGTH, 0.5, 1.0, 1.0) for seed in range(12)]
        excess.append(np.mean([found.photons - found.matched for found in draws]))
    assert excess[0] / excess[1] == pytest.approx(4.0, rel=DRAWS)


def test_the_resolvent_is_that_of_the_whole_matrix():
    """Dipoles and photons in one matrix, no elimination; and all its states together carry N."""
    x, g, loss, out, modes = random_positions(60, 9.0, 3), 0.8, 1.0, 0.6, 20
    k = 2 * math.pi / 9.0 * (np.arange(modes) - modes // 2)
    mixed = g / math.sqrt(60) * np.exp(1j * np.outer(x, k))
    h = np.block([[np.zeros((60, 60)), mixed], [mixed.conj().T, np.diag(k)]])
    source = np.concatenate([np.exp(1j * np.outer(x, k)), np.zeros((modes, modes))])
    _, states = np.linalg.eigh(h)
    assert np.sum(np.abs(states.conj().T @ source[:, 3]) ** 2) == pytest.approx(60, rel=ROUNDING)
    decay = np.diag([0.5j * loss] * 60 + [0.5j * out] * modes)
    photons = 0.0
    for j in range(modes):
        state = np.linalg.solve(-k[j] * np.eye(60 + modes) - h + decay, source[:, j])
        photons += out * np.sum(np.abs(state[60:]) ** 2) / 60 / 9.0
    assert dipole_shares(x, 9.0, g, loss, out, modes=modes).photons == pytest.approx(photons, rel=ROUNDING)


@pytest.mark.parametrize("chosen", [channel("NO"), channel("NO", 3, 1, 0.03), channel("IO", 2, 3)], ids=str)
@pytest.mark.parametrize("ratio", RATIOS)
def test_golden_rule_in_the_rotating_wave_is_the_closed_form(chosen, ratio):
    width = 1e-3 * chosen.photon_energy * chosen.final_speed
    found = emission_spectrum(chosen, ratio / 2 * width, width, width, local=0.0, rotating_wave=True)
    excited, photons = found.totals()
    expected = on_shell_yield(0.0, ratio / 2 * width, width, width, chosen.final_speed)
    assert photons == pytest.approx(expected, rel=GOLDEN)
    assert excited == pytest.approx(1.0, abs=RING)


@pytest.mark.parametrize(("local", "lines", "more"), [(0.0, (21.2, 27.8), 1.20), (LORENTZ, (21.9, 28.3), 1.05)])
def test_lines_and_excitations_beyond_the_rotating_wave(local, lines, more):
    """A referee's, by separate code, with and without the local field; and the lines by the dispersion relation."""
    found = event_rate("M1", "NO")
    c, g = found.channel, found.domain.coupling
    spectrum = emission_spectrum(c, g, 1e-5, 1e-5, local=local)
    assert 1e3 * spectrum.lines() == pytest.approx(lines, abs=TYPED_ABS_2)
    assert spectrum.totals()[0] == pytest.approx(more, abs=TYPED_ABS_3)
    assert spectrum.totals()[1] / spectrum.totals()[0] == pytest.approx(1 / 3, rel=LEFT_OUT)

    def mismatch(w):  # 1/alpha = k^2/(k^2 - w^2) - local with k = m - w and alpha = 4 g^2/(E^2 - w^2)
        k = c.initial_mass - w
        return (c.photon_energy**2 - w * w) / (4 * g * g) + local - k * k / (k * k - w * w)

    roots = [brentq(mismatch, low, high) for low, high in ((0.015, 0.0245), (0.0256, 0.035))]
    np.testing.assert_allclose(spectrum.lines(), roots, atol=STEPS)


def test_the_second_diagram_leaves_a_trace_at_the_level():
    """Along the axis of the spins, where the neutrino's helicity cannot flip them: (g/2w)^2 of the photons."""
    found = event_rate("M1", "NO")
    g = found.domain.coupling
    trace = emission_spectrum(found.channel, g, 1e-5, 1e-5, angle=0.0, shape="spin flip", local=0.0)
    assert trace.totals()[0] == pytest.approx((g / 2 / found.channel.photon_energy) ** 2, rel=LEFT_OUT)
    other = emission_spectrum(found.channel, g, 1e-5, 1e-5, angle=math.pi, shape="spin flip", local=0.0)
    assert len(other.lines()) == 2 and not np.any(np.abs(other.lines() - found.channel.photon_energy) < 2e-3)


@pytest.mark.parametrize(
    ("call", "name"),
    [
        (lambda: dipole_shares([], 1.0, 1.0, 1.0, 1.0), "positions"),
        (lambda: dipole_shares([0.0], 0.0, 1.0, 1.0, 1.0), "length"),
        (lambda: dipole_shares([0.0], 1.0, 1.0, 1.0, 1.0, modes=1), "modes"),
        (lambda: ring_positions(0, 1.0), "number"),
        (lambda: random_positions(5, 1.0, -1), "seed"),
        (lambda: emission_spectrum(channel("NO"), 1e-3, 1e-9, 1e-5), "width"),
        (lambda: emission_spectrum(channel("NO"), 1e-3, 1e-5, 1e-9), "escape"),
        (lambda: emission_spectrum(channel("NO"), 1e-3, 1e-5, 1e-5, angle=4.0), "angle"),
        (lambda: emission_spectrum(channel("NO"), 1e-3, 1e-5, 1e-5, shape="round"), "shape"),
        (lambda: emission_spectrum(channel("NO"), 1e-3, 1e-5, 1e-5, local=2.0), "local"),
    ],
)
def test_refusals(call, name):
    with pytest.raises(DomainError, match=rf"^{name} must"):
        call()
