"""What a discovery takes: counting statistics, saturated rates, and backgrounds."""

import math
from dataclasses import replace

import mpmath
import numpy as np
import pytest
from scipy.integrate import quad
from scipy.stats import norm, poisson

from cnub import DomainError
from cnub.constants import KELVIN, METRE, YEAR
from cnub.discovery import exposure as discovery
from cnub.fluorescence import NOMINAL, Target, channel, dipole_moment, event_rate, single_dipole_rate

LEFT_OUT_6 = 1e-6
"""Relative: what the limit or closed form leaves out at these arguments; measured 3e-08."""
LEFT_OUT_4 = 1e-4
"""Relative: what the limit or closed form leaves out at these arguments; measured 3e-06."""
LEFT_OUT_3 = 3e-3
"""Relative: what the limit or closed form leaves out at these arguments; measured 0.002."""
NUMERICAL_ABS_10 = 1e-10
"""Absolute: the quadrature, root or solver behind one of the two values; measured 7e-12."""
NUMERICAL_7 = 1e-7
"""Relative: the quadrature, root or solver behind one of the two values; measured 2e-09."""
ROUNDING = 1e-12
"""Relative: rounding alone; measured 1e-14."""

LEVEL_LOSS = 3e-3
"""Relative: what the level itself still loses at a thousand times its coherence time, 2/1000; measured 2.0e-3."""
ROOT = 1e-10
"""Relative: 1e-13 in the logarithm of the edge; measured 2e-13."""


def test_without_background_half_of_the_experiments_see_one_event():
    found = discovery.exposure_for_evidence(5.0, 0.0)
    assert found.counts == 1
    assert found.years == pytest.approx(math.log(2) / 5, rel=ROUNDING)


@pytest.mark.parametrize("sigma", [1.0, 3.0, 5.0, 7.0, 8.0])
def test_the_smallest_count_is_the_smallest(sigma):
    """P(N >= n) <= p < P(N >= n - 1), by the upper tail itself, of which 1 - p keeps one digit at 8 sigma."""
    mean, p_value = np.concatenate([[0.0], np.logspace(-12, 6, 4001)]), norm.sf(sigma)
    n = discovery._threshold(mean, p_value)
    assert (poisson.sf(n - 1, mean) <= p_value).all()
    assert (n == 1).any() and (poisson.sf(n - 2, mean)[n > 1] > p_value).all()


def test_exposure_has_the_power_and_the_size_it_promises():
    for signal, background in ((5.0, 5.0), (20.0, 3.0), (1.0, 100.0)):
        found = discovery.exposure_for_evidence(signal, background)
        mean = background * found.years
        assert poisson.sf(found.counts - 1, mean) <= norm.sf(3)
        assert poisson.sf(found.counts - 2, mean) > norm.sf(3)
        assert poisson.sf(found.counts - 1, mean + signal * found.years) == pytest.approx(0.5, abs=NUMERICAL_ABS_10)


def test_many_counts_are_the_likelihood_ratio():
    found = discovery.exposure_for_evidence(1.0, 3e3)
    assert found.years == pytest.approx(found.asimov_years, rel=ROUNDING)  # sqrt(n) discreteness; measured 4e-4
    far = discovery.exposure_for_evidence(1e-4, 1e3)
    assert far.years == pytest.approx(9 * 1e3 / 1e-4**2, rel=LEFT_OUT_6)


def test_saturated_rate_is_bounded_and_scales_with_the_atoms_only():
    chosen, nominal = channel("NO"), NOMINAL["M1"]
    rate = discovery.saturated_rate_per_year(chosen, nominal)
    assert rate < event_rate("M1", "NO").domain.sum_rule_high_per_year
    longer = discovery.saturated_rate_per_year(chosen, replace(nominal, coherence_time_s=1e-5))
    assert longer == pytest.approx(3 * rate, rel=LEVEL_LOSS)  # no level loss left: every excitation escapes as a photon
    assert discovery.saturated_rate_per_year(chosen, nominal, "majorana") == pytest.approx(2 * rate)
    weaker = discovery.saturated_rate_per_year(chosen, nominal, dipole=dipole_moment("M1") / 10)
    assert weaker == pytest.approx(rate, rel=LEVEL_LOSS)


def test_slow_light_keeps_the_photons():
    rates = [discovery.saturated_rate_per_year(channel("NO"), NOMINAL["M1"], photon_slope=s) for s in (1.0, 0.1, 1e-3)]
    np.testing.assert_allclose(
        np.divide(rates[1:], rates[0]), [0.25, 3e-3], rtol=LEFT_OUT_3
    )  # 0.0833, 1.0e-3 over 0.333


def test_the_size_for_one_photon_a_year_is_taken_at_that_size():
    chosen, nominal = channel("NO"), NOMINAL["M1"]
    edge = discovery.size_for_rate_m(chosen, nominal)
    at_edge = replace(nominal, volume_m3=edge**3)
    assert discovery.saturated_rate_per_year(chosen, at_edge) == pytest.approx(1.0, rel=ROOT)
    # far beyond c tau the photons come from a skin: n_nu Gamma_1 n_d (2/2) L^2 c tau/2 by hand
    one = 2 * single_dipole_rate(chosen) * nominal.density_per_cm3 * 1e6
    assert edge == pytest.approx(math.sqrt(2 / (one * 2.99792458)), rel=LEFT_OUT_4)
    four = discovery.size_for_rate_m(chosen, nominal, 4.0)
    assert four == pytest.approx(2 * edge, rel=LEFT_OUT_4)  # as L^2
    once_printed = replace(nominal, volume_m3=5.8e3**3)
    assert 1e-4 < discovery.saturated_rate_per_year(chosen, once_printed) < 1e-3


def test_dilute_limit_is_the_papers_formula_with_its_factors_by_definition():
    dilute = Target(1e9, 1e6, 1e-6)
    found = event_rate(
        "M1", "NO", volume_m3=1e9, density_per_cm3=1e6, coherence_time_s=1e-6, D_k=0.5, form_factor=1 / 3
    )
    expected = found.rate_per_year * found.domain.finite_share
    assert discovery.saturated_rate_per_year(channel("NO"), dilute) == pytest.approx(expected, rel=ROUNDING)


def test_events_table_is_event_rate_times_volume():
    table = discovery.events_table([1.0, 27.0], [1e-8], [1e-3])
    direct = event_rate("M1", "NO", average="thermal", photon_slope=1e-3).rate_per_year
    assert table["events_per_year"].iloc[1] == pytest.approx(direct, rel=ROUNDING)
    assert table["events_per_year"].iloc[0] == pytest.approx(direct / 27, rel=ROUNDING)


def test_signatures_tell_the_orderings_apart():
    table = discovery.signature_table()
    assert len(table) == 12
    doubled = table[table["nature"] == "majorana"]["peak_per_year"].to_numpy()
    np.testing.assert_allclose(doubled, 2 * table[table["nature"] == "dirac"]["peak_per_year"].to_numpy())
    low = table[table["photon_energy_eV"] < 0.01].groupby("ordering")["photon_energy_eV"].max()
    assert low["NO"] > 5 * low["IO"]


def test_black_body_flux_is_stefan_boltzmann_in_photons():
    T = 300.0
    total = quad(
        lambda w: discovery.thermal_photons_per_year(w, 1.0, 1.0, T), 1e-6, 40 * T * KELVIN, epsrel=1e-8, limit=200
    )[0]
    expected = 2 * 1.2020569 / math.pi**2 * (T * KELVIN) ** 3 / 4 * METRE**2 * YEAR
    assert total == pytest.approx(expected, rel=NUMERICAL_7)


def test_coldness_inverts_the_flux():
    T = discovery.coldness_needed_K(0.025, 1e-4, 54.0, 1.0)
    assert discovery.thermal_photons_per_year(0.025, 1e-4, 54.0, T) == pytest.approx(1.0, rel=ROUNDING)
    assert 4.0 < T < 5.0


@pytest.mark.parametrize(
    ("call", "name"),
    [
        (lambda: discovery.exposure_for_evidence(0.0, 1.0), "signal_per_year"),
        (lambda: discovery.exposure_for_evidence(1.0, -1.0), "background_per_year"),
        (lambda: discovery.exposure_for_evidence(1.0, 1.0, 0.1), "sigma"),
        (lambda: discovery.events_table([-1.0], [1e-8], [1.0]), "volumes_m3"),
        (lambda: discovery.events_table([1.0], [1e-8], [1.5]), "slopes"),
        (lambda: discovery.thermal_photons_per_year(0.02, 1e-4, 1.0, 0.0), "temperature_K"),
        (lambda: discovery.saturated_rate_per_year(channel("NO"), NOMINAL["M1"], "sterile"), "nature"),
        (lambda: discovery.saturated_rate_per_year(channel("IO"), NOMINAL["M1"]), "target"),
        (lambda: discovery.size_for_rate_m(channel("NO"), NOMINAL["M1"], 1e90), "per_year"),
    ],
)
def test_refusals(call, name):
    with pytest.raises(DomainError, match=rf"^{name} must"):
        call()


@pytest.mark.parametrize(
    ("signal", "background"), [(5.0, 1e16), (5.0, 1e6), (0.1, 1e100), (1.0, 99.0), (1.0, 101.0), (3.0, 0.1)]
)
def test_likelihood_ratio_keeps_its_digits_for_a_faint_signal(signal, background):
    with mpmath.workdps(250):
        s, b = mpmath.mpf(signal), mpmath.mpf(background)
        exact = 9 / (2 * ((s + b) * mpmath.log1p(s / b) - s))
    found = discovery.exposure_for_evidence(signal, background)
    assert found.asimov_years == pytest.approx(float(exact), rel=ROUNDING)  # rounding; 30 % low once, at 5 in 1e16
