"""Forces on matter: recoil of a slab and of a prism, gradient force, Stodolsky effect, sensitivity."""

from cnub.forces.gradient import earth_gradient_acceleration, gradient_acceleration
from cnub.forces.recoil import SlabForces, collimated_forces, isotropic_forces, power
from cnub.forces.slab import face_reflectivity, layered_reflectivity, slab_reflectivity
from cnub.forces.stodolsky import energy_splitting, torque_acceleration

__all__ = [
    "SlabForces",
    "collimated_forces",
    "earth_gradient_acceleration",
    "energy_splitting",
    "face_reflectivity",
    "gradient_acceleration",
    "isotropic_forces",
    "layered_reflectivity",
    "power",
    "slab_reflectivity",
    "torque_acceleration",
]
