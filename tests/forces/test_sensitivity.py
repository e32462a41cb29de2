"""The table of mechanical effects against each effect by hand, and the reach of sensors."""

import json
import math

import pytest
from typer.testing import CliRunner

from cnub import DomainError
from cnub.cli import app
from cnub.forces import earth
from cnub.forces.drag import drag_acceleration
from cnub.forces.sensitivity import accelerations, sensor_reach, shortfall
from cnub.forces.surface import surface_acceleration
from cnub.relic import mean_momentum, speed

ROUNDING = 1e-12
"""Relative: rounding alone; exact here."""
TYPED = 1e-3
"""Relative: the digits of the constants typed here; measured 5e-5."""
SLOPE = 1e-8
"""Relative: a difference of second order with steps of 1e-3/k, and three flavours; measured 4e-10."""
TORQUE = "torque on a magnet, neutrinos only"
GRADIENT = "gradient over the Earth, steady state"


def values(*arguments, **named):
    return accelerations(*arguments, **named).set_index("effect")["acceleration_cm_s2"]


def test_shortfall():
    assert shortfall(1e-30) == pytest.approx(1e15) and shortfall(2.0, 1.0) == 0.5


def test_each_effect_by_hand():
    found = values(0.2)
    flat, filled = (abs(surface_acceleration(state, mass=0.2)) for state in ("talk", "filled"))
    assert found["gradient over the flat Earth"] == pytest.approx(flat, rel=ROUNDING)
    assert found[GRADIENT] == pytest.approx(filled, rel=ROUNDING)
    by_flavour = sum(earth(0.2, f"nu_{name}").acceleration_cm_s2 for name in ("e", "mu", "tau"))
    v = float(speed([mean_momentum()], 0.2)[0])
    fast = abs(by_flavour) / (1 + v) ** 2 * math.sqrt(1 - v * v)  # the table has the potential of neutrinos at rest
    assert found[GRADIENT] == pytest.approx(fast, rel=SLOPE, abs=0.0)
    # Iron, 1 cm: dE/2 over 55.845 m_u and 1 cm, dE = 2 sqrt 2 G_F (1/2) beta 112.02 cm^-3 (1 + v)/2.
    splitting = 2.82843 * 1.16638e-23 * 0.5 * 1.23359e-3 * 112.02 * 7.68356e-15 * 0.501321
    by_hand = splitting / 2 * 1.602177e-19 / (55.845 * 1.660539e-27 * 0.01) * 100
    assert found[TORQUE] == pytest.approx(by_hand, rel=TYPED)
    assert found["torque on a magnet, asymmetry of baryons"] == pytest.approx(6.1e-10 * 11 / 3 * by_hand, rel=TYPED)
    assert found["wind on a ball"] == drag_acceleration(1e-2, 0.2)


def test_majorana_neutrinos_have_their_charge_by_their_speed_and_turn_no_spin():
    dirac, majorana = values(0.1), values(0.1, "majorana")
    share = 2 * float(speed([mean_momentum()], 0.1)[0])
    energy = math.hypot(mean_momentum(), 0.1) / 0.1  # over the mass of the slow Dirac formula
    assert majorana[GRADIENT] == pytest.approx(share**2 * energy * dirac[GRADIENT], rel=ROUNDING)
    by_door = sum(earth(0.1, f"nu_{name}", nature="majorana").acceleration_cm_s2 for name in ("e", "mu", "tau"))
    assert majorana[GRADIENT] == pytest.approx(abs(by_door), rel=SLOPE)
    assert not [name for name in majorana.index if "torque" in name]


def test_gaps_are_those_to_the_quietest_sensor_and_clustering_multiplies_all():
    table, denser = accelerations(), accelerations(clustering=10.0)
    reach = sensor_reach()["acceleration_cm_s2"].min()
    assert table["orders_short"].tolist() == pytest.approx(
        [math.log10(reach / a) for a in table["acceleration_cm_s2"]], rel=ROUNDING
    )
    assert (denser["acceleration_cm_s2"] / table["acceleration_cm_s2"]).tolist() == pytest.approx([10.0] * len(table))
    assert table["orders_short"].min() > 10
    assert table["acceleration_cm_s2"].is_monotonic_decreasing


def test_every_sensor_has_a_source():
    table = sensor_reach()
    assert table["source"].str.len().min() > 20
    assert table["acceleration_cm_s2"].between(1e-18, 1e-6).all()
    pathfinder = table.set_index("sensor")["acceleration_cm_s2"]["drag-free masses (LISA Pathfinder)"]
    assert pathfinder == pytest.approx(5.2e-13 / 5617.6, rel=TYPED)


def test_command_says_the_same():
    done = CliRunner().invoke(app, ["acceleration", "--mass", "0.2", "--json"])
    assert done.exit_code == 0
    assert json.loads(done.output) == accelerations(0.2).to_dict("records")


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        ({"mass": 1e-3}, "mass"),
        ({"nature": "weyl"}, "nature"),
        ({"ground": "cheese"}, "material|ground"),
        ({"radius_m": 2.0}, "radius_m"),
        ({"lepton_asymmetry": 0.0}, "lepton_asymmetry"),
        ({"clustering": -1.0}, "clustering"),
    ],
)
def test_refusals(arguments, named):
    with pytest.raises(DomainError, match=named):
        accelerations(**arguments)
    with pytest.raises(DomainError, match=r"^acceleration must be"):
        shortfall(0.0)
