"""Claims on the Stodolsky effect: its coefficient, the asymmetry, the torque on a magnet."""

from __future__ import annotations

import math

import numpy as np

from cnub.claims.ledger import talk
from cnub.constants import ELECTRON_MASS
from cnub.fluorescence.currents import dirac_current, helicity_spinor
from cnub.forces.stodolsky import energy_splitting, helicity_factor, talk_readings

_STODOLSKY = "'Stodolsky effect'"


_BETA = 1e-3
_MASS = 0.1


def _current(mass: float, momentum: np.ndarray, spin: np.ndarray) -> np.ndarray:
    """V - A current per particle of one Dirac fermion, shape (4,): that of mass 0 is 2 p/E."""
    total = dirac_current(mass, momentum, spin, mass, momentum, spin).real
    return total / (2 * math.hypot(mass, float(np.linalg.norm(momentum))))


def _stodolsky_coefficient() -> float:
    """E/[G_F g_A s.beta (n_nu - n_nubar)] of an electron that drifts through massless left-handed neutrinos.

    The neutrinos come from six sides, whose mean is exact for a vector. The part of V - A odd in the spin is -A.
    """
    gas = np.mean(
        [_current(0.0, side * axis, helicity_spinor(side * axis, -1)) for axis in np.eye(3) for side in (1.0, -1.0)],
        axis=0,
    )
    drift = np.array([0.0, 0.0, ELECTRON_MASS * _BETA / math.sqrt(1 - _BETA**2)])
    up, down = (_current(ELECTRON_MASS, drift, spin) for spin in np.eye(2, dtype=complex))
    odd = (up - down) / 2
    contracted = gas[0] * odd[0] - gas[1:] @ odd[1:]
    return float(contracted) / math.sqrt(2) / (0.5 * _BETA)


def _torque_note() -> str:
    table = talk_readings()
    found = table[table["rounds"]]
    named = "; ".join(", ".join(row[:5]) for row in found.itertuples(index=False))
    low, high = table["acceleration_cm_s2"].min(), table["acceleration_cm_s2"].max()
    return (
        f"The slide prints no inputs. Of {len(table)} readings of a magnet of one centimetre, {low:.2g} to {high:.2g}, "
        f"{len(found)} that have little in common round to the number: {named}."
    )


CLAIMS = [
    talk(
        "stodolsky-coefficient", _STODOLSKY,
        "E over G_F g_A s.beta (n_nu - n_nubar), massless neutrinos, from Dirac matrices", "-2.8284",
        _stodolsky_coefficient, dirac_current, printed="-2 sqrt(2)",
        note=lambda: (
            "Hamiltonian of the slide 'Gradient force'. The printed formula is that of relativistic neutrinos, as the "
            f"slide says; relic Dirac neutrinos of {_MASS:g} eV have {helicity_factor(_MASS):.3f} of it, (1 + <v>)/2."
        ),
    ),
    talk(
        "stodolsky-linear", _STODOLSKY,
        "splitting at half the asymmetry over that at full: the suppression by the asymmetry is linear", "0.5",
        lambda: energy_splitting(0.5) / energy_splitting(1.0), energy_splitting, tolerance=1e-12, definition=True,
        note="The energy of a sum of neutrinos is the sum of their energies; our function has it built in.",
    ),
    talk(
        "stodolsky-torque", _STODOLSKY, "torque acceleration of a magnet at (n_nubar - n_nu)/(2 nbar) = 1", "4e-29",
        unit="cm/s^2",
        note=_torque_note,
    ),
]  # fmt: skip
