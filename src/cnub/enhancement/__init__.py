"""Further enhancement: the Stark-enhanced E1, Lambda coherence, superradiance."""

from typing import TYPE_CHECKING

from cnub.faces import face

if TYPE_CHECKING:  # loaded on first use
    from cnub.enhancement.stark import field_for_mixing, mixing_angle, stark_enhancement, stark_hamiltonian
    from cnub.enhancement.superradiance import (
        collective_factor,
        dicke_time,
        lambda_enhancement,
        mean_square_coherence,
        prepared_coherence,
    )

__all__ = [
    "collective_factor",
    "dicke_time",
    "field_for_mixing",
    "lambda_enhancement",
    "mean_square_coherence",
    "mixing_angle",
    "prepared_coherence",
    "stark_enhancement",
    "stark_hamiltonian",
]

__getattr__, __dir__ = face(__name__)
