"""Forces on matter: recoil of a slab, a prism and a ball, gradient force, Stodolsky effect, sensitivity."""

from typing import TYPE_CHECKING

from cnub.faces import face

if TYPE_CHECKING:  # loaded on first use
    from cnub.forces.bodies import body_forces
    from cnub.forces.gradient import gradient_acceleration, prism_energy, prism_force
    from cnub.forces.ground import EarthAnswer, earth
    from cnub.forces.recoil import (
        SlabForces,
        collimated_forces,
        power,
        prism_forces,
        reflected_pressure,
        refracted_pressure,
    )
    from cnub.forces.sensitivity import accelerations, sensor_reach, shortfall
    from cnub.forces.stodolsky import (
        energy_splitting,
        precession_period_s,
        state_splittings,
        torque_acceleration,
    )
    from cnub.forces.surface import asymmetry, surface_acceleration
    from cnub.forces.torsion import TorsionBalance, torsion_balance

__all__ = [
    "EarthAnswer",
    "SlabForces",
    "TorsionBalance",
    "accelerations",
    "asymmetry",
    "body_forces",
    "collimated_forces",
    "earth",
    "energy_splitting",
    "gradient_acceleration",
    "power",
    "precession_period_s",
    "prism_energy",
    "prism_force",
    "prism_forces",
    "reflected_pressure",
    "refracted_pressure",
    "sensor_reach",
    "shortfall",
    "state_splittings",
    "surface_acceleration",
    "torque_acceleration",
    "torsion_balance",
]

__getattr__, __dir__ = face(__name__)
