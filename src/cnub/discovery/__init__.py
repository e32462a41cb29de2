"""What a discovery takes: events and exposure, saturation by the medium, atomic lines, scanning of the mass."""

from typing import TYPE_CHECKING

from cnub.faces import face

if TYPE_CHECKING:  # loaded on first use
    from cnub.discovery.candidates import lines, resonant_mass
    from cnub.discovery.exposure import (
        Exposure,
        coldness_needed_K,
        events_table,
        exposure_for_evidence,
        saturated_rate_per_year,
        signature_table,
        size_for_rate_m,
    )
    from cnub.discovery.ranking import survey
    from cnub.discovery.scanning import settings_needed
    from cnub.discovery.steps import earth_steps, fluorescence_steps

__all__ = [
    "Exposure",
    "coldness_needed_K",
    "earth_steps",
    "events_table",
    "exposure_for_evidence",
    "fluorescence_steps",
    "lines",
    "resonant_mass",
    "saturated_rate_per_year",
    "settings_needed",
    "signature_table",
    "size_for_rate_m",
    "survey",
]

__getattr__, __dir__ = face(__name__)
