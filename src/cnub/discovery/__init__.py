"""What a discovery takes: events and exposure, saturation by the medium, atomic lines, scanning of the mass."""

from typing import TYPE_CHECKING

from cnub.faces import face

if TYPE_CHECKING:  # loaded on first use
    from cnub.discovery.candidates import candidate_table, lines, resonant_mass, tuning
    from cnub.discovery.exposure import (
        Exposure,
        coldness_needed_K,
        events_table,
        exposure_for_evidence,
        saturated_rate_per_year,
        signature_table,
        thermal_photons_per_year,
    )
    from cnub.discovery.polariton import collective_coupling, critical_density, photon_yield, saturated_decay_rate
    from cnub.discovery.scanning import flat_band_momentum, photon_lines, settings_needed

__all__ = [
    "Exposure",
    "candidate_table",
    "coldness_needed_K",
    "collective_coupling",
    "critical_density",
    "events_table",
    "exposure_for_evidence",
    "flat_band_momentum",
    "lines",
    "photon_lines",
    "photon_yield",
    "resonant_mass",
    "saturated_decay_rate",
    "saturated_rate_per_year",
    "settings_needed",
    "signature_table",
    "thermal_photons_per_year",
    "tuning",
]

__getattr__, __dir__ = face(__name__)
