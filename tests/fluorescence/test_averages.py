"""The gas average: brute force at a wider line, the narrow limit, the spectrum of one component, flat bands."""

import math

import numpy as np
import pytest

from cnub import DomainError
from cnub.constants import HBAR_EV_S
from cnub.fluorescence import NOMINAL, channel, event_rate, line_shape, thermal_resonance
from cnub.fluorescence.averages import CONVERGED, METHOD, NODES, ROUNDING, _average, _spectrum, incoherent_suppression
from cnub.fluorescence.channels import open_channels
from cnub.fluorescence.decay import field_bound
from cnub.fluorescence.gas_integral import TABLE_ERROR
from cnub.relic import TEMPERATURE
from cnub.slow_light.bands import TwoLevelBand
from gas_component import component_density, flat_band_share
from thermal_witness import brute_force as neutrino_by_neutrino

LEFT_OUT_ABS_4 = 3e-4
"""Absolute: what the limit or closed form leaves out at these arguments; measured 0.0002."""
LEFT_OUT_10 = 2e-10
"""Relative: what the limit or closed form leaves out at these arguments; measured 6e-11."""
LEFT_OUT_9 = 1e-9
"""Relative: what the limit or closed form leaves out at these arguments; measured 6e-11."""
LEFT_OUT_3 = 1e-3
"""Relative: what the limit or closed form leaves out at these arguments; measured 1e-05."""
NUMERICAL_10 = 1e-10
"""Relative: the quadrature, root or solver behind one of the two values; measured 8e-12."""
NUMERICAL_9 = 1e-9
"""Relative: the quadrature, root or solver behind one of the two values; measured 2e-11."""
NUMERICAL_8 = 1e-8
"""Relative: the quadrature, root or solver behind one of the two values; measured 1e-10."""
NUMERICAL_4 = 5e-4
"""Relative: the quadrature, root or solver behind one of the two values; measured 7e-05."""
NUMERICAL_3 = 2e-3
"""Relative: the quadrature, root or solver behind one of the two values; measured 0.0006."""
ROUNDING_13 = 1e-13
"""Relative: rounding alone; exact here."""
ROUNDING_12 = 1e-12
"""Relative: rounding alone; measured 1e-16."""

BRUTE_FORCE = 1e-10
"""Product Gauss grid against the substitution; measured <= 6e-13."""
AT_RANDOM = 1e-5
"""Largest relative error at random inputs; measured 3e-7. The promise is 1e-3."""
REQUIRED = 1e-4
"""The error the thermal average promises; measured estimates <= 1e-8."""


def narrow_line(chosen, width, level):
    """The average over a line that is a delta function of strength 2 pi/Gamma_v, light as in vacuum."""
    return 2 * math.pi / width * spectrum(chosen).density(np.array([level]), 48)[0]


def spectrum(chosen, slope=1.0, dispersion=None):
    return _spectrum(chosen, "M1", slope, dispersion, TEMPERATURE, 0.0)


def brute_force(chosen, width, level, transition, s=1.0):
    m, m_j = chosen.initial_mass, chosen.final_mass
    x, wx = np.polynomial.legendre.leggauss(300)
    c, wc = np.polynomial.legendre.leggauss(800)
    p, wp = 20 * TEMPERATURE * (x + 1)[:, None], 20 * TEMPERATURE * wx
    energy = np.sqrt(m**2 + p**2)
    k0 = chosen.photon_energy
    shifted = energy - (1 - s) * k0
    linear, constant = s * shifted - p * c, m_j**2 + p**2 - shifted**2
    k = -constant / (linear + np.sqrt(linear**2 - (1 - s**2) * constant))
    omega = k0 + s * (k - k0)
    out = energy - omega
    dot = p**2 - p * k * c
    if transition == "E1":
        tensor, strength, at_rest = energy * out + dot, k**4 * omega, k0**5
    else:
        along = p**2 * (0.2 * c**2 + 0.4 * (1 - c**2)) - 0.2 * p * k * c
        tensor, strength, at_rest = 2 * along + energy * out - dot, k**4 / omega, k0**3
    depth, depth_at_rest = 1 / (s + (k - p * c) / out), 1 / (s + chosen.final_speed)
    strength = strength * np.minimum(1.0, (omega / k) ** 2)
    line = 1 / ((level - omega) ** 2 + width**2 / 4)
    weight = wp * (p**2 / (np.exp(p / TEMPERATURE) + 1))[:, 0]
    inner = (strength * depth * tensor / (energy * out) * line) @ wc / 2
    return weight @ inner / weight.sum() / (at_rest * depth_at_rest)


@pytest.mark.parametrize("transition", ["E1", "M1"])
@pytest.mark.parametrize(("ordering", "width", "offset"), [("NO", 6e-5, 0.0), ("NO", 6e-5, 1e-4), ("IO", 4e-6, 1e-5)])
def test_brute_force_at_a_wider_line(transition, ordering, width, offset):
    chosen = channel(ordering)
    level = chosen.photon_energy + offset
    mean = thermal_resonance(chosen, width, level, transition=transition)
    assert mean.value == pytest.approx(brute_force(chosen, width, level, transition), rel=BRUTE_FORCE)


@pytest.mark.parametrize("transition", ["E1", "M1"])
def test_brute_force_for_slow_light(transition):
    chosen = channel("NO", lightest_mass=0.02)
    level = chosen.photon_energy + 1e-5
    mean = thermal_resonance(chosen, 6e-6, level, transition=transition, photon_slope=0.1)
    expected = brute_force(chosen, 6e-6, level, transition, 0.1)
    assert mean.value == pytest.approx(expected, rel=BRUTE_FORCE)


def test_far_from_the_line_the_order_rises_until_the_error_is_small():
    chosen = channel("IO", lightest_mass=0.1)
    mean = thermal_resonance(chosen, 6.6e-8, chosen.photon_energy + 3e-5, photon_slope=0.1)
    assert mean.error_estimate < REQUIRED * mean.value < 1e-5 * 4 / 6.6e-8**2


@pytest.mark.parametrize("ordering", ["NO", "IO"])
@pytest.mark.parametrize("slope", [1.0, 1e-2, 1e-5])
def test_error_estimate_below_what_is_promised(ordering, slope):
    mean = thermal_resonance(channel(ordering), NOMINAL["M1"].width, photon_slope=slope)
    assert 0 <= mean.error_estimate < REQUIRED * mean.value


def test_narrow_line_is_a_delta_function():
    chosen = channel("NO")
    errors = []
    for width in (1e-7, 1e-9):
        exact = thermal_resonance(chosen, width).value
        errors.append(abs(narrow_line(chosen, width, chosen.photon_energy) / exact - 1))
    # The tails of the Lorentzian beyond the spread are O(width/spread): they fall with the width.
    assert errors[0] < 1e-3 and errors[1] < 2e-2 * errors[0]


def test_heavy_neutrino_sees_the_spectrum_of_one_component():
    chosen = channel("NO", lightest_mass=0.0)
    width = 1e-9
    # omega = omega_0 + p/2 + O(p^2/m): the peak is (2 pi/Gamma) * 2 * density of one component at zero.
    expected = 2 * math.pi / width * 2 * float(component_density(0.0))
    # Second order in p/m = 1e-2; measured 1.4e-4.
    assert thermal_resonance(chosen, width).value == pytest.approx(expected, rel=NUMERICAL_4)


def test_area_of_the_line_is_that_of_the_lorentzian():
    chosen, width = channel("NO"), NOMINAL["M1"].width
    levels = chosen.photon_energy + np.linspace(-4e-3, 4e-3, 1001)
    area = np.trapezoid(line_shape(chosen, width, levels), levels)
    # 2 pi/Gamma, less the tails beyond 4e-3 eV, plus second order in p/m of the strength; measured 3e-4.
    assert area == pytest.approx(2 * math.pi / width, rel=NUMERICAL_3)


def test_line_shape_is_the_average_at_each_level():
    chosen, width = channel("IO"), 1e-7
    levels = chosen.photon_energy + np.array([-2e-5, 0.0, 3e-6])
    single = [thermal_resonance(chosen, width, level).value for level in levels]
    np.testing.assert_allclose(line_shape(chosen, width, levels), single, rtol=ROUNDING_13)


def test_flat_band_recovers_the_peak():
    chosen, width = channel("NO"), NOMINAL["M1"].width
    recovered = [
        thermal_resonance(chosen, width, photon_slope=s).value * width**2 / 4 for s in (1.0, 1e-2, 1e-3, 1e-4, 1e-7)
    ]
    assert recovered == sorted(recovered)
    # The spread of k at fixed omega, with the field that a quantum can have; second order in p/m; measured 9e-5.
    assert recovered[-1] == pytest.approx(flat_band_share(chosen.photon_energy), abs=LEFT_OUT_ABS_4)


def test_curved_band_agrees_with_the_straight_one():
    chosen, width = channel("NO"), NOMINAL["M1"].width

    class Unknown:
        """The same line, of which nothing but its values is known."""

        def omega(self, k):
            return chosen.photon_energy + 0.3 * (k - chosen.photon_energy)

        def group_velocity(self, k):
            return 0.3 + 0.0 * k

    by_scan = thermal_resonance(chosen, width, dispersion=Unknown())
    by_slope = thermal_resonance(chosen, width, photon_slope=0.3)
    assert by_scan.value == pytest.approx(by_slope.value, rel=NUMERICAL_10)


def test_drifting_gas_moves_little_and_broadens():
    chosen, width = channel("NO"), NOMINAL["M1"].width
    still = thermal_resonance(chosen, width).value
    slow = thermal_resonance(chosen, width, gas_velocity=1e-9).value
    # Linear interpolation of ln f: measured 5e-7.
    assert slow == pytest.approx(still, rel=LEFT_OUT_9)
    assert thermal_resonance(chosen, width, gas_velocity=1.2e-3).value < still


def by_neutrinos(chosen, speed, level, width):
    """Peak share of a narrow line, over momenta q of the gas and their angle to the drift: midpoints, no table."""
    count, m, m_j = 1500, chosen.initial_mass, chosen.final_mass
    u = (np.arange(count) + 0.5) / count
    q, along_drift = 40 * TEMPERATURE * u[:, None], (2 * u - 1)[None, :]
    at_rest = np.hypot(m, q)
    energy = (at_rest + speed * q * along_drift) / math.sqrt(1 - speed**2)
    # d^3p = (E_p/E_q) d^3q; the angle of the photon to p follows from its energy, level = omega = k.
    weight = q * q / (np.exp(q / TEMPERATURE) + 1) * energy / at_rest
    p = np.sqrt((energy - m) * (energy + m))
    projection = energy * level - (m - m_j) * (m + m_j) / 2
    square = np.minimum((projection / (p * level)) ** 2, 1.0)
    tensor = 2 * p * p * (0.2 * square + 0.4 * (1 - square)) - 0.4 * projection + energy * (energy - level)
    tensor = (tensor - p * p + projection) / energy
    reached = np.sum(weight * tensor / p * (np.abs(projection) <= p * level)) / weight.sum()
    strength = level**2 * reached * (1 + chosen.final_speed) / (2 * chosen.photon_energy**3)
    return 2 * math.pi / width * strength * width**2 / 4


@pytest.mark.parametrize(("speed", "level"), [(1.2e-3, 0.025065), (0.5, 0.0145), (0.5, 0.0435), (0.9, 0.111)])
def test_a_drift_of_any_speed_against_the_sum_over_neutrinos(speed, level):
    chosen, width = channel("NO"), NOMINAL["M1"].width
    found = thermal_resonance(chosen, width, level, gas_velocity=speed).value * width**2 / 4
    # Midpoints over the step at the angle that the photon asks for: 1/1500; measured 2.5e-4.
    assert found == pytest.approx(by_neutrinos(chosen, speed, level, width), rel=NUMERICAL_3, abs=0.0)


def test_a_drift_that_underflows_every_occupation_outside_it():
    heavy = thermal_resonance(channel("NO", lightest_mass=10.0), 6.6e-8, gas_velocity=0.9)
    assert 0 < heavy.error_estimate < REQUIRED * heavy.value


@pytest.mark.parametrize("tau", [1.0, 1121.0, 1e6])
def test_a_line_below_the_rounding_of_its_energy(tau):
    """Gamma_v falls under 1e-16 x 25 meV at 260 s; the average stays the delta function's."""
    chosen, width = channel("NO"), HBAR_EV_S / tau
    narrow = narrow_line(chosen, width, chosen.photon_energy)
    assert thermal_resonance(chosen, width).value == pytest.approx(narrow, rel=NUMERICAL_9)


def by_panels(found, width, level, panels=4000):
    """The average over panels of one size in k, in which a tail of the line is smooth."""
    x, w = np.polynomial.legendre.leggauss(16)
    edges, half = np.linspace(*found.window, panels + 1, retstep=True)
    k = (edges[:-1, None] + half / 2 * (1 + x)).ravel()
    line = 1 / ((np.asarray(found.band.omega(k)) - level) ** 2 + width**2 / 4)
    return np.sum(np.tile(w, panels) * half / 2 * found.density(k, 192) * line)


@pytest.mark.parametrize("offset", [1e-3, 5e-3])
def test_a_level_that_the_band_does_not_reach_has_a_tail_and_is_named(offset):
    chosen, width = channel("NO"), NOMINAL["M1"].width
    band, level = TwoLevelBand(1.01 * chosen.photon_energy, 1e-3), chosen.photon_energy + offset
    found = thermal_resonance(chosen, width, level, dispersion=band)
    exact = by_panels(spectrum(chosen, dispersion=band), width, level)
    assert abs(found.value - exact) < found.error_estimate < CONVERGED * exact
    assert found.method == f"{METHOD}, beyond the band's reach"
    assert thermal_resonance(chosen, width, chosen.photon_energy, dispersion=band).method == METHOD
    # The line shape has 48 nodes at every level; measured 3.1e-5 and 2.5e-5.
    assert line_shape(chosen, width, [level], dispersion=band)[0] == pytest.approx(exact, rel=NUMERICAL_8)


def test_a_gas_that_can_emit_photons_of_any_momentum_has_no_lowest():
    """Light at a hundredth of its speed in a wind of 0.9 c: the window ends at zero, where nothing may divide by k."""
    chosen = channel("NO", lightest_mass=0.05)
    shape = line_shape(chosen, 6.6e-8, [chosen.photon_energy], transition="E1", photon_slope=0.01, gas_velocity=0.9)
    mean = thermal_resonance(chosen, 6.6e-8, transition="E1", photon_slope=0.01, gas_velocity=0.9)
    # 48 nodes against 96; measured 1.8e-6.
    assert shape[0] == pytest.approx(mean.value, rel=ROUNDING_12)


@pytest.mark.parametrize(
    ("ordering", "lightest", "offset", "slope"),
    [("IO", 0.1, 3e-5, 0.1), ("NO", 0.0, 8e-4, 1.0), ("IO", 0.0, 3e-5, 0.1), ("NO", 0.05, 4e-4, 0.3)],
)
def test_estimate_is_the_error_of_the_order_before(ordering, lightest, offset, slope):
    """Neither nothing nor a hundred times too much: it is what the rule with fewer nodes was wrong by."""
    chosen, width = channel(ordering, lightest_mass=lightest), 6.6e-8
    level = chosen.photon_energy + offset
    mean, gas = thermal_resonance(chosen, width, level, photon_slope=slope), spectrum(chosen, slope)
    exact = _average(gas, width, level, 500)
    values = np.array([_average(gas, width, level, nodes) for nodes in NODES])
    errors, used = abs(values - exact), int(np.argmin(abs(values - mean.value)))
    rounding, difference = 1e-12 * exact, mean.error_estimate - ROUNDING * mean.value
    assert abs(mean.value - exact) <= difference + rounding
    assert errors[used - 1] / 3 - rounding < difference < 3 * errors[used - 1] + rounding
    assert errors[used - 1] > 10 * rounding


@pytest.mark.parametrize("speed", [1e-9, 0.9])
def test_a_drift_adds_the_error_of_its_table(speed):
    chosen, width = channel("NO"), NOMINAL["M1"].width
    mean = thermal_resonance(chosen, width, gas_velocity=speed)
    exact = neutrino_by_neutrino(chosen, width, chosen.photon_energy, "M1", 1.0, speed, TEMPERATURE)
    assert abs(mean.value - exact) < mean.error_estimate / 3
    assert TABLE_ERROR * mean.value <= mean.error_estimate < 2 * TABLE_ERROR * mean.value


@pytest.mark.parametrize("speed", [5e-324, 1e-300, 1e-16, 1e-12, 1e-11, 1e-10])
@pytest.mark.parametrize("lightest", [0.0, 10.0])
def test_a_drift_far_below_the_momenta_of_the_gas_is_none(speed, lightest):
    """Its ends of the integral over q differ by less than they are rounded to: they are never subtracted."""
    chosen = channel("NO", lightest_mass=lightest)
    still = thermal_resonance(chosen, 6.6e-8).value
    # The square of v m/T, below 4e-11; measured 6.3e-11.
    assert thermal_resonance(chosen, 6.6e-8, gas_velocity=speed).value == pytest.approx(still, rel=LEFT_OUT_10)


def random_inputs(count, seed):
    """Channels of both orderings, every transition, times of 1e-15 to 1e15 s, any drift, on and off the line."""
    random = np.random.default_rng(seed)
    for _ in range(count):
        lightest = 10 ** random.uniform(-4, 1) * (random.random() > 0.1)
        chosen = open_channels(random.choice(["NO", "IO"]), lightest)[random.integers(3)]
        slope = 10 ** (random.uniform(-9, 0) * (random.random() > 0.15))
        drift = random.choice([0.0, 10 ** random.uniform(-5, 0) * 0.9, 1 - 10 ** random.uniform(-15, -1)])
        offset = random.choice([-1, 0, 1]) * slope * 10 ** random.uniform(-4, -0.5)
        level = chosen.photon_energy * (1 + offset)
        yield chosen, HBAR_EV_S / 10 ** random.uniform(-15, 15), level, random.choice(["E1", "M1"]), slope, drift


@pytest.mark.parametrize("given", list(random_inputs(40, 2026)), ids=lambda given: given[0].name)
def test_random_inputs_against_every_neutrino_by_itself(given):
    chosen, width, level, transition, slope, drift = given
    mean = thermal_resonance(chosen, width, level, transition=transition, photon_slope=slope, gas_velocity=drift)
    exact = neutrino_by_neutrino(*given, TEMPERATURE)
    # Measured: 0.5 of the estimate and 3e-7 at most, over three times two hundred such inputs.
    assert abs(mean.value - exact) < 3 * mean.error_estimate
    assert mean.value == pytest.approx(exact, rel=AT_RANDOM, abs=0.0)


def test_a_quantum_has_no_more_field_than_energy():
    """Heavy nearly equal masses in a flat band: k runs far from omega, k^4/omega over the gas would give thousands."""
    chosen, width = channel("IO", lightest_mass=1.0), NOMINAL["M1"].width
    found = thermal_resonance(chosen, width, photon_slope=1e-9).value
    inputs = chosen, width, chosen.photon_energy, "M1", 1e-9, 0.0, TEMPERATURE
    assert found == pytest.approx(neutrino_by_neutrino(*inputs), rel=NUMERICAL_10)
    plane_wave = neutrino_by_neutrino(*inputs, bound=lambda k, _: np.ones_like(k))
    assert 500 < plane_wave / found < 1000


def test_the_field_bound_is_that_of_uniform_and_of_structured_media():
    k = np.array([0.5, 1.0, 2.0])
    np.testing.assert_allclose(field_bound(k, 1.0), [1.0, 1.0, 0.25])
    # uniform, eps = 1 + a/(1 - w^2): E^2 falls by (dw/dk) w/k, below the bound on both sides of the resonance
    omega = np.array([0.1, 0.5, 0.9, 1.5, 3.0])
    epsilon, slope = 1 + 0.3 / (1 - omega**2), 0.6 * omega / (1 - omega**2) ** 2
    index = np.sqrt(epsilon)
    velocity = 1 / (index + omega * slope / (2 * index))
    assert np.all(velocity / index <= field_bound(index * omega, omega))


def test_event_rate_uses_the_average():
    peak = event_rate("M1", "NO")
    mean = event_rate("M1", "NO", average="thermal")
    suppression = thermal_resonance(channel("NO"), peak.target.width).value * peak.target.width**2 / 4
    assert mean.rate_per_year == pytest.approx(peak.rate_per_year * suppression, rel=ROUNDING_12)
    share = thermal_resonance(channel("NO"), peak.target.width)
    assert mean.error_estimate / mean.rate_per_year == pytest.approx(
        share.error_estimate / share.value, rel=ROUNDING_12
    )
    assert 0 < mean.error_estimate < REQUIRED * mean.rate_per_year and peak.error_estimate == 0.0
    clustered = event_rate("M1", "NO", average="thermal", clustering=1.2, gas_velocity=1.2e-3)
    assert clustered.clustering == 1.2 and clustered.rate_per_year < 1.2 * mean.rate_per_year


def test_estimates_side_by_side():
    paper = event_rate("M1", "NO", average="paper").rate_per_year
    exact = event_rate("M1", "NO", average="thermal").rate_per_year
    estimate = event_rate("M1", "NO").rate_per_year * incoherent_suppression(NOMINAL["M1"].width, 1e-4)
    assert 500 < exact / paper < 1000
    assert 1 < estimate / exact < 4


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"width": 0.0}, "width must be finite and > 0"),
        ({"width": -1.0}, "width must be finite and > 0"),
        ({"level_energy": -1.0}, "level_energy must be finite and > 0"),
        ({"temperature": 0.0}, "temperature must be between 1e-12 and 100"),
        ({"gas_velocity": 1.0}, "gas_velocity must be < 1, below that of light; got 1.0"),
        ({"photon_slope": 0.0}, "photon_slope must be between 1e-12 and 1000"),
        ({"transition": "E2"}, "transition must be one of E1, M1"),
    ],
)
def test_refusals(change, sentence):
    with pytest.raises(DomainError, match=sentence):
        thermal_resonance(channel("NO"), **({"width": 1e-7} | change))


def test_a_slow_drift_convolves_the_spectrum_of_one_component():
    # A Galilean shift by m v along a random direction: the mean of the shifted spectra at p = 0, to first order in p/m.
    chosen, speed = channel("NO"), 1.2e-3
    shift = chosen.initial_mass * speed * np.linspace(-1, 1, 2001)
    expected = np.mean(component_density(shift)) / float(component_density(0.0))
    ratio = thermal_resonance(chosen, 1e-9, gas_velocity=speed).value / thermal_resonance(chosen, 1e-9).value
    assert ratio == pytest.approx(expected, rel=LEFT_OUT_3)


def test_an_option_that_nothing_would_use_is_refused():
    with pytest.raises(DomainError, match="gas_velocity must be 0 unless average is 'thermal'"):
        event_rate("M1", "NO", gas_velocity=1.2e-3)
    with pytest.raises(DomainError, match="photon_slope must be left out where a dispersion is given"):
        thermal_resonance(channel("NO"), 1e-7, photon_slope=0.5, dispersion=TwoLevelBand(0.025, 1e-3))
    with pytest.raises(DomainError, match="form_factor must be between 0 and 1"):
        event_rate("M1", "NO", form_factor=1.1)
