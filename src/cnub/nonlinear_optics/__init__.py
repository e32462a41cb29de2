"""The nonlinear optics that the paper borrows from: susceptibilities and down-conversion."""

from typing import TYPE_CHECKING

from cnub.faces import face

if TYPE_CHECKING:  # loaded on first use
    from cnub.nonlinear_optics.spdc import BBO, Crystal, emission_angles, phase_matching_angle
    from cnub.nonlinear_optics.susceptibility import (
        Levels,
        chi1,
        chi2,
        first_order_coefficient,
        index_of_chi,
        linear_dipole,
        polar_molecule,
        polarization_series,
        second_order_coefficient,
        second_order_polarization,
        two_photon_hamiltonian,
    )

__all__ = [
    "BBO",
    "Crystal",
    "Levels",
    "chi1",
    "chi2",
    "emission_angles",
    "first_order_coefficient",
    "index_of_chi",
    "linear_dipole",
    "phase_matching_angle",
    "polar_molecule",
    "polarization_series",
    "second_order_coefficient",
    "second_order_polarization",
    "two_photon_hamiltonian",
]

__getattr__, __dir__ = face(__name__)
