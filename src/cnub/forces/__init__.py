"""Forces on matter: recoil of a slab and of a prism, gradient force, Stodolsky effect, sensitivity."""

from cnub.forces.earth import surface_acceleration
from cnub.forces.gradient import gradient_acceleration
from cnub.forces.recoil import SlabForces, collimated_forces, isotropic_forces, power
from cnub.forces.stodolsky import energy_splitting, torque_acceleration

__all__ = [
    "SlabForces",
    "collimated_forces",
    "energy_splitting",
    "gradient_acceleration",
    "isotropic_forces",
    "power",
    "surface_acceleration",
    "torque_acceleration",
]
