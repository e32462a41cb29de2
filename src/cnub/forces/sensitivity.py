"""How far the accelerations are from what a torsion balance sees."""

from __future__ import annotations

from cnub.domain import positive, representable
from cnub.forces.stodolsky import energy_splitting, torque_acceleration
from cnub.forces.surface import surface_acceleration

TORSION_BALANCE = 1e-15
"""Smallest acceleration in cm/s^2 that a torsion balance resolves, as the talk quotes it ('Sensitivity for
acceleration')."""


@representable
def shortfall(acceleration: float, sensitivity: float = TORSION_BALANCE) -> float:
    """Factor by which ``sensitivity`` has to improve to reach ``acceleration``, both in cm/s^2 (> 0).

    Raises :class:`cnub.DomainError` outside these ranges.

    Source: talk, 'Sensitivity for acceleration'.

    >>> print(f"{shortfall(acceleration=1e-30):.1e}")
    1.0e+15
    """
    return positive("sensitivity", sensitivity) / positive("acceleration", acceleration)


@representable
def accelerations(mass: float = 0.1, ground: str = "crust") -> dict[str, float]:
    """Accelerations in cm/s^2 of the talk's effects for Dirac neutrinos of ``mass`` in eV (> 0), all flavours.

    By the gradient of a body on a ``ground`` of its own material, and by the torque on an iron magnet of 1 cm. Raises
    :class:`cnub.DomainError` outside these ranges.

    Source: talk, 'Sensitivity for acceleration'.

    >>> print(max(accelerations(mass=0.1).values()) < 1e-25)
    True
    """
    return {
        "flat Earth, gradient": abs(surface_acceleration("talk", mass=mass, ground=ground)),
        "round Earth, gradient within 1/k": abs(surface_acceleration("filled", mass=mass, ground=ground)),
        "Stodolsky torque, full asymmetry": torque_acceleration(energy_splitting(1.0, mass=mass), 55.845, 1.0),
        "Stodolsky torque, asymmetry 1e-9": torque_acceleration(energy_splitting(1e-9, mass=mass), 55.845, 1.0),
    }
