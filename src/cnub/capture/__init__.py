"""Capture of relic neutrinos on tritium: rates, spectrum, and what binding does to the peak."""

from typing import TYPE_CHECKING

from cnub.faces import face

if TYPE_CHECKING:  # loaded on first use
    from cnub.capture.nucleus import cross_section_cm2
    from cnub.capture.rates import CaptureRate, capture_rate
    from cnub.capture.smearing import GroundState, energy_spread, ground_state, share_of_directions
    from cnub.capture.spectrum import beta_spectrum

__all__ = [
    "CaptureRate",
    "GroundState",
    "beta_spectrum",
    "capture_rate",
    "cross_section_cm2",
    "energy_spread",
    "ground_state",
    "share_of_directions",
]

__getattr__, __dir__ = face(__name__)
