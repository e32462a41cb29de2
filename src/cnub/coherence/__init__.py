"""Coherence: sums over scatterers, form factors, and the rates at which matter scatters relic neutrinos."""

from typing import TYPE_CHECKING

from cnub.faces import face

if TYPE_CHECKING:  # loaded on first use
    from cnub.coherence.arrangements import ARRANGEMENTS, arrange
    from cnub.coherence.cross_sections import Born, target_cross_section
    from cnub.coherence.phases import total_amplitude
    from cnub.coherence.readings import METRE_TARGET_READINGS
    from cnub.coherence.scattering import ball_cross_section, no_go_length_m, scattering_probability, talk_probability
    from cnub.coherence.strikes import gas_strike_rate_hz, strike_rate_hz
    from cnub.coherence.structure import (
        StructureAverage,
        ball_form_factor,
        coherence_edge,
        random_expectation,
        scattering_sum,
        structure_average,
    )

__all__ = [
    "ARRANGEMENTS",
    "METRE_TARGET_READINGS",
    "Born",
    "StructureAverage",
    "arrange",
    "ball_cross_section",
    "ball_form_factor",
    "coherence_edge",
    "gas_strike_rate_hz",
    "no_go_length_m",
    "random_expectation",
    "scattering_probability",
    "scattering_sum",
    "strike_rate_hz",
    "structure_average",
    "talk_probability",
    "target_cross_section",
    "total_amplitude",
]

__getattr__, __dir__ = face(__name__)
