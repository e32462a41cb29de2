"""Stodolsky effect: the spin of an electron in the wind of relic neutrinos, and the torque on a magnet.

E = -2 sqrt 2 G_F g_A s.beta (n_nu - n_nubar) for relativistic neutrinos (talk, 'Stodolsky effect'), s = 1/2 along its
axis; the splitting between both spin states is twice |E|. Neutrinos of helicity -1 (antineutrinos +1) and speed v, as
the relic Dirac ones are, carry (1 + v)/2 of that current: half of it at rest; of the other helicity (1 - v)/2, with the
same sign for a neutrino. A Majorana neutrino has the axial current alone, twice: v of helicity -1, -v of +1. A mass
state has |U_ei|^2 of nu_e, whose axial coupling to the electron is of opposite sign to those of nu_mu and nu_tau.
"""

from __future__ import annotations

import math
from itertools import product

import numpy as np
import pandas as pd

from cnub.constants import ATOMIC_MASS, CENTIMETRE, FERMI_CONSTANT, HBAR_EV_S
from cnub.domain import DomainError, one_of, positive, representable, within
from cnub.forces.gradient import CM_PER_S2
from cnub.oscillation import NATURES, masses, mixing_matrix
from cnub.relic import mean_speed, number_density

AXIAL_COUPLING = 0.5
"""|g_A| of the electron: +1/2 with nu_e, -1/2 with nu_mu and nu_tau."""
EARTH_SPEED = 369.82e3 / 299792458
"""Speed of the Sun relative to the CMB in units of c (Planck 2018, dipole)."""
TORQUES = ("peak", "mean")
QUOTED_ACCELERATION = 4e-29
"""Acceleration in cm/s^2 at full asymmetry as the talk prints it."""
NUCLEONS = {"iron": 55.845, "A = 100": 100.0}
SPEEDS = {"wind of the CMB": EARTH_SPEED, "beta = 1e-3": 1e-3}
INERTIA = {"ring": 1.0, "disc": 0.5, "ball": 0.4}
"""I/(M R^2)."""


@representable
def helicity_factor(mass: float) -> float:
    """(1 + <v>)/2, the current of the left-helical gas of ``mass`` in eV (>= 0) over that of a relativistic one."""
    return (1 + mean_speed(mass)) / 2


@representable
def energy_splitting(
    asymmetry: float, speed: float = EARTH_SPEED, axial: float = AXIAL_COUPLING, mass: float = 0.0
) -> float:
    """Splitting in eV of the two spin states, 2 sqrt 2 G_F g_A beta (n_nu - n_nubar) (1 + <v>)/2.

    ``asymmetry`` is (n_nu - n_nubar)/(2 nbar), nbar = 56 cm^-3, from -10 to 10; ``speed`` of the Earth in units of c (0
    to 1); ``axial`` is g_A (-1 to 1); ``mass`` of the Dirac neutrinos in eV, 0 for the talk's relativistic formula.
    Raises :class:`cnub.DomainError` outside these ranges.

    Source: talk, 'Stodolsky effect' (energy splitting).

    >>> print(f"{energy_splitting(asymmetry=1.0):.2e}")
    1.75e-38
    """
    difference = 2 * number_density() * within("asymmetry", asymmetry, -10.0, 10.0)
    coupling = FERMI_CONSTANT * within("axial", axial, -1.0, 1.0)
    return 2 * math.sqrt(2) * coupling * within("speed", speed, 0.0, 1.0) * difference * helicity_factor(mass)


@representable
def state_splittings(
    asymmetry: float,
    other: float = 0.0,
    lightest_mass: float = 0.0,
    ordering: str = "NO",
    nature: str = "dirac",
    speed: float = EARTH_SPEED,
) -> tuple[float, float, float]:
    """Splitting in eV of the two spin states by each mass state, signed as its axial coupling |U_ei|^2 - 1/2.

    ``asymmetry``: Dirac neutrinos of helicity -1 less antineutrinos of +1 of each state, over 2 nbar; Majorana:
    helicity -1 less +1. ``other``: Dirac neutrinos of helicity +1 less antineutrinos of -1, which relic ones become by
    bending in gravity; not for Majorana (0). Both from -10 to 10; ``lightest_mass`` in eV (0 to 100), ``speed`` of the
    Earth in units of c (0 to 1). Raises :class:`cnub.DomainError` outside these ranges.

    Source: talk, 'Stodolsky effect' (energy splitting).

    >>> print(["%.1e" % one for one in state_splittings(1.0, lightest_mass=0.1)])
    ['3.1e-39', '-3.5e-39', '-8.4e-39']
    """
    own, rest = within("asymmetry", asymmetry, -10.0, 10.0), within("other", other, -10.0, 10.0)
    if one_of("nature", nature, NATURES) == "majorana" and rest != 0:
        raise DomainError(
            f"other must be 0 for Majorana neutrinos, whose helicities are all in asymmetry; got {rest!r}"
        )
    whole = energy_splitting(1.0, speed, axial=1.0)
    found = []
    for share, m in zip(np.abs(mixing_matrix(ordering)[0]) ** 2, masses(ordering, lightest_mass), strict=True):
        v = mean_speed(m)
        current = v * own if nature == "majorana" else (1 + v) / 2 * own + (1 - v) / 2 * rest
        found.append(float(whole * (share - 0.5) * current))
    return found[0], found[1], found[2]


@representable
def precession_period_s(asymmetry: float, speed: float = EARTH_SPEED) -> float:
    """Period in seconds of the rotation of an electron spin in vacuum, 2 pi hbar over the splitting.

    ``asymmetry`` (not 0) and ``speed`` as in :func:`energy_splitting`. Raises :class:`cnub.DomainError` outside these
    ranges.

    Source: talk, 'Stodolsky effect' (energy splitting).

    >>> print(f"{precession_period_s(asymmetry=1.0):.2e}")
    2.36e+23
    """
    splitting = abs(energy_splitting(asymmetry, speed))
    if splitting == 0:
        raise DomainError(f"asymmetry and speed must differ from 0; got {asymmetry!r} and {speed!r}")
    return 2 * math.pi * HBAR_EV_S / splitting


@representable
def torque_acceleration(
    splitting: float, nucleons: float, radius_cm: float, torque: str = "peak", inertia: float = 1.0
) -> float:
    """Linear acceleration in cm/s^2 of the rim of a magnet with one polarised electron per atom.

    Torque per electron over inertia * A m_u R: ``splitting`` dE in eV (> 0), ``nucleons`` A per atom (> 0),
    ``radius_cm`` R (> 0), ``inertia`` I/(M R^2) (> 0). ``torque`` is dE/2 at its "peak" and dE/pi for its "mean" over
    half a turn. Raises :class:`cnub.DomainError` outside these ranges.

    Source: talk, 'Stodolsky effect' (torque acceleration).

    >>> print(f"{torque_acceleration(energy_splitting(1.0), nucleons=56.0, radius_cm=1.0):.1e}")
    1.5e-28
    """
    share = 0.5 if one_of("torque", torque, TORQUES) == "peak" else 1 / math.pi
    arm = positive("radius_cm", radius_cm) * CENTIMETRE
    atom = positive("nucleons", nucleons) * ATOMIC_MASS
    return positive("splitting", splitting) * share / (positive("inertia", inertia) * atom * arm) / CM_PER_S2


def talk_readings() -> pd.DataFrame:
    """Accelerations in cm/s^2 at full asymmetry for every reading of the talk's 4e-29: the slide prints no inputs.

    All combinations of nucleons per electron (iron or 100), speed (wind of the CMB or 1e-3), splitting (relativistic,
    or of slow neutrinos of 0.1 eV), torque (peak or mean) and shape (ring, disc or ball) of a magnet of 1 cm;
    ``rounds`` says whether the value rounds to the printed digit.
    """
    choices = product(NUCLEONS.items(), SPEEDS.items(), {"relativistic": 0.0, "slow": 0.1}.items(), TORQUES, INERTIA)
    rows = [
        (
            atom,
            wind,
            kind,
            torque,
            shape,
            torque_acceleration(energy_splitting(1.0, v, mass=m), a, 1.0, torque, INERTIA[shape]),
        )
        for (atom, a), (wind, v), (kind, m), torque, shape in choices
    ]
    columns = ["atom", "wind", "neutrinos", "torque", "shape", "acceleration_cm_s2"]
    table = pd.DataFrame(rows, columns=columns)
    return table.assign(rounds=(table["acceleration_cm_s2"] * 1e29).round() == round(QUOTED_ACCELERATION * 1e29))
