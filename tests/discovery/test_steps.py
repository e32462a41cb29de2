"""The steps: each number is what its command prints; what a finite size does to a gas; the two ends."""

import json
import math
import shlex

import numpy as np
import pytest
from scipy.integrate import quad
from typer.testing import CliRunner

from cnub import DomainError
from cnub.cli import app
from cnub.discovery.steps import earth_steps, fluorescence_steps
from cnub.fluorescence import NOMINAL, channel, event_rate, form_factor
from cnub.fluorescence.decay import phase_space_factor
from cnub.fluorescence.polariton import finite_share

LEFT_OUT_ABS_2 = 0.04
"""Absolute: what the limit or closed form leaves out at these arguments; measured 0.02."""
LEFT_OUT_8 = 1e-8
"""Relative: what the limit or closed form leaves out at these arguments; measured 4e-09."""
ROUNDING = 1e-12
"""Relative: rounding alone; measured 3e-16."""
TYPED = 0.05
"""Relative: the digits of the expected value, typed or published; measured 0.01."""

PRINTED = 1e-9
"""Options are printed to ten digits."""


def printed(row):
    done = CliRunner().invoke(app, shlex.split(row.command)[1:])
    assert done.exit_code == 0, done.output
    return json.loads(done.output)[row.key]


@pytest.mark.parametrize(
    "given", [{}, {"ordering": "NO", "lightest_mass": 0.01, "volume_m3": 5.0, "photon_slope": 0.1}]
)
def test_each_number_is_what_its_command_prints(given):
    table = fluorescence_steps(**given)
    scales = dict.fromkeys(table["step"], 1.0)
    target = NOMINAL["M1"]
    edge = given.get("volume_m3", target.volume_m3) ** (1 / 3) / 1.973269804e-7
    chosen = channel("NO", lightest_mass=given.get("lightest_mass", 0.0))
    scales["finite size"] = finite_share(target.width, edge, chosen.final_speed)
    scales["slow light, stored"] = given.get("photon_slope", 1e-3)
    for row in table.itertuples():
        assert row.value == pytest.approx(printed(row) * scales[row.step], rel=PRINTED), row.step


def test_steps_of_the_printed_target_by_hand():
    """Definitions of D_k and f_theta, the closed form of the finite share, the average from the rate itself."""
    table = fluorescence_steps().set_index("step")
    factors = table["factor"]
    assert factors["D_k by definition"] == pytest.approx(0.5, rel=ROUNDING)
    assert factors["f by definition"] == pytest.approx(1 / 3, rel=ROUNDING)
    x = 3.0 / 299792458.0 / 1e-8  # Gamma L, and (1 + 1/v_j)/2 = 1
    assert factors["finite size"] == pytest.approx(1 - (1 - math.exp(-x)) / x, rel=ROUNDING)
    gas = event_rate("M1", "NO", average="thermal", D_k=0.5, form_factor=form_factor("M1"))
    assert table.loc["the gas", "value"] == pytest.approx(gas.rate_per_year, rel=ROUNDING)
    slow = phase_space_factor(channel("NO"), 1e-3)
    assert slow == pytest.approx(1 / 1.001, rel=ROUNDING)
    assert table["value"].iloc[-1] / table["low"].iloc[-1] == pytest.approx(2.0, rel=TYPED)  # two digits each


def test_a_spread_wider_than_the_phase_matching_undoes_the_finite_share():
    """sinc^2 of the mismatch times the Lorentzian of the level, summed over neutrinos with every offset."""
    width, length = 1.0, 0.7

    def response(offset):
        """Of a neutrino that meets the light ``offset`` from the level; endless targets give the Lorentzian itself."""

        def integrand(energy):
            matched = np.sinc((energy - offset) * length / (2 * np.pi)) ** 2 * length / (2 * np.pi)
            return matched / (energy**2 + width**2 / 4)

        return quad(integrand, -60, 60, limit=400, points=[0, offset])[0]

    offsets = np.linspace(-40, 40, 801)
    finite = np.trapezoid([response(d) for d in offsets], offsets)
    endless = np.trapezoid(1 / (offsets**2 + width**2 / 4), offsets)
    # sinc^2 falls as 1/x^2: beyond 40 lies 2/(pi 40 0.7) of it; measured 3.4e-2.
    assert finite / endless == pytest.approx(1.0, abs=LEFT_OUT_ABS_2)
    assert response(0.0) / (4 / width**2) < 0.4  # on resonance the share is far below one


def test_earth_steps_print_what_they_say():
    table = earth_steps()
    for row in table.itertuples():
        if row.command.startswith("cnub sphere"):
            assert row.value == pytest.approx(abs(printed(row)), rel=PRINTED)
    empty = table.iloc[1]
    assert empty.value == pytest.approx(-printed(empty) * math.sqrt(2 * 2.5e-8), rel=PRINTED)
    assert table["value"].iloc[0] == pytest.approx(8 / 15 * math.sqrt(2 * 2.5e-8), rel=ROUNDING)
    assert table["value"].iloc[2:].to_numpy() == pytest.approx(1.25e-8, rel=LEFT_OUT_8)


def test_refusals():
    for call, name in [
        (lambda: fluorescence_steps(photon_slope=2.0), "photon_slope"),
        (lambda: fluorescence_steps(density_per_cm3=1e27), "density_per_cm3"),
        (lambda: earth_steps(kR=-1.0), "kR"),
        (lambda: earth_steps(delta=-1e-8), "delta"),
    ]:
        with pytest.raises(DomainError, match=rf"^{name} must"):
            call()
