"""Every mechanical effect of the relic gas on a body, and how far each is from what sensors resolve."""

from __future__ import annotations

import math
from functools import cache
from importlib.resources import files

import pandas as pd

from cnub.constants import JULIAN_YEAR_S
from cnub.domain import DomainError, one_of, positive, representable, within
from cnub.forces.drag import drag_acceleration
from cnub.forces.lepton_number import BARYON_ASYMMETRY, SLOW
from cnub.forces.stodolsky import energy_splitting, torque_acceleration
from cnub.forces.surface import asymmetry, surface_acceleration
from cnub.matter import material, refractivity, weak_potential
from cnub.oscillation import NATURES
from cnub.relic import mean_momentum

TORSION_BALANCE = 1e-15
"""Smallest acceleration in cm/s^2 that a torsion balance resolves, as the talk quotes it ('Sensitivity for
acceleration')."""
IRON = 55.845
"""Nucleons per polarised electron of the magnet."""
COLUMNS = ["effect", "power_of_G_F", "acceleration_cm_s2", "orders_short", "assumes"]


@representable
def shortfall(acceleration: float, sensitivity: float = TORSION_BALANCE) -> float:
    """Factor by which ``sensitivity`` has to improve to reach ``acceleration``, both in cm/s^2 (> 0).

    Raises :class:`cnub.DomainError` outside these ranges.

    Source: talk, 'Sensitivity for acceleration'.

    >>> print(f"{shortfall(acceleration=1e-30):.1e}")
    1.0e+15
    """
    return positive("sensitivity", sensitivity) / positive("acceleration", acceleration)


@cache
def sensor_reach() -> pd.DataFrame:
    """Published reach in cm/s^2 of what measures accelerations: sensor, ``acceleration_cm_s2``, source, remark.

    Noise that is given per root of bandwidth is taken as white and averaged over a year.

    Source: derived from the publications that sensors.csv names.

    >>> print(f"{sensor_reach().acceleration_cm_s2.min():.0e}")
    9e-17
    """
    with (files("cnub.forces") / "sensors.csv").open() as stream:
        table = pd.read_csv(stream)
    white = table["per_root_Hz"] == "yes"
    table.loc[white, "acceleration_cm_s2"] /= math.sqrt(JULIAN_YEAR_S)
    return table.drop(columns="per_root_Hz").assign(averaged=white.map({True: "over a year", False: "as published"}))


@representable
def accelerations(
    mass: float = 0.1,
    nature: str = "dirac",
    ground: str = "crust",
    radius_m: float = 1e-2,
    lepton_asymmetry: float = BARYON_ASYMMETRY,
    clustering: float = 1.0,
) -> pd.DataFrame:
    """Accelerations in cm/s^2 of a body at the Earth's surface by each effect, from the largest to the smallest.

    ``mass`` of the (slow) neutrinos in eV (5e-3 to 100), ``nature`` "dirac" or "majorana". Gradients act on a small
    body of the ``ground``'s material, all flavours; the magnet is an iron ring of ``radius_m`` (1e-9 to 1), the ball of
    iron has that radius. ``lepton_asymmetry`` is (n_nu - n_nubar)/(2 nbar), up to 1 in size and not 0; ``clustering``
    (> 0) the local density over the cosmic mean. Columns: effect, ``power_of_G_F``, ``acceleration_cm_s2``,
    ``orders_short`` of the best of :func:`sensor_reach`, and what it assumes. Majorana neutrinos of equal
    helicities turn no spin at this order; a ball too large for the first Born order is left out. Raises
    :class:`cnub.DomainError` outside these ranges.

    Source: talk, 'Sensitivity for acceleration'.

    >>> table = accelerations(mass=0.1)
    >>> print(table.acceleration_cm_s2.max() < 1e-25, table.orders_short.min() > 10)
    True True
    """
    m, size = within("mass", mass, *SLOW), within("radius_m", radius_m, 1e-9, 1.0)
    denser, own = positive("clustering", clustering), within("lepton_asymmetry", lepton_asymmetry, -1.0, 1.0)
    if own == 0:
        raise DomainError("lepton_asymmetry must differ from 0; got 0")
    one_of("nature", nature, NATURES)
    rows = _gradients(m, nature, ground, denser)
    if nature == "dirac":
        rows += _torques(m, ground, 100 * size, own, denser)
    rows += _drags(m, nature, size, denser)
    table = pd.DataFrame(rows, columns=[name for name in COLUMNS if name != "orders_short"])
    reach = float(sensor_reach()["acceleration_cm_s2"].min())
    table["orders_short"] = [math.log10(shortfall(value, reach)) for value in table["acceleration_cm_s2"]]
    return table[COLUMNS].sort_values("acceleration_cm_s2", ascending=False, ignore_index=True)


def _gradients(mass, nature, ground, factor):
    states = ("talk", "filled")
    flat, filled = (abs(surface_acceleration(one, mass=mass, ground=ground, nature=nature)) for one in states)
    return [
        ("gradient over the flat Earth", 2, factor * flat, "flux from above alone, as the talk has it"),
        ("gradient over the Earth, steady state", 2, factor * filled, "body within 0.4 mm of the ground"),
    ]


def _torques(mass, ground, radius_cm, own, denser):
    def rim(share):
        return denser * torque_acceleration(energy_splitting(abs(share), mass=mass), IRON, radius_cm)

    delta = refractivity(mass, mean_momentum(), weak_potential(material(ground), "e"))
    surface = asymmetry("filled", delta, 0.0) / 2
    return [
        ("torque on a magnet, neutrinos only", 1, rim(1.0), "no antineutrinos"),
        ("torque on a magnet, asymmetry of baryons", 1, rim(own), f"asymmetry {own:.1e}"),
        ("torque on a magnet, asymmetry of the ground", 2, rim(surface), "electron flavour, magnet at the ground"),
    ]


def _drags(mass, nature, radius_m, denser):
    try:
        value = drag_acceleration(radius_m, mass, nature, clustering=denser)
    except DomainError:  # beyond the first Born order nothing is claimed
        return []
    return [("wind on a ball", 2, value, "electron flavour, iron ball")]
