"""Coherence: sums over scatterers, form factors, and the rates at which matter scatters relic neutrinos."""

from cnub.coherence.arrangements import ARRANGEMENTS, arrange
from cnub.coherence.scattering import METRE_TARGET_READINGS, ball_cross_section, scattering_probability
from cnub.coherence.structure import StructureAverage, ball_form_factor, debye_sum, scattering_sum, structure_average

__all__ = [
    "ARRANGEMENTS",
    "METRE_TARGET_READINGS",
    "StructureAverage",
    "arrange",
    "ball_cross_section",
    "ball_form_factor",
    "debye_sum",
    "scattering_probability",
    "scattering_sum",
    "structure_average",
]
