"""Slow light: matching of phase and group, bands, what momentum resonance recovers."""

from typing import TYPE_CHECKING

from cnub.faces import face

if TYPE_CHECKING:  # loaded on first use
    from cnub.slow_light.bands import (
        FlatWindow,
        TransparencyBand,
        TwoLevelBand,
        branches,
        flat_window,
        loss_allowed,
    )
    from cnub.slow_light.crystal import LayeredCrystal, cavity_chain
    from cnub.slow_light.matching import FlatBand, energy_spread, illustrative_band, kinetic_spread, slope_needed
    from cnub.slow_light.recovery import Recovery

__all__ = [
    "FlatBand",
    "FlatWindow",
    "LayeredCrystal",
    "Recovery",
    "TransparencyBand",
    "TwoLevelBand",
    "branches",
    "cavity_chain",
    "energy_spread",
    "flat_window",
    "illustrative_band",
    "kinetic_spread",
    "loss_allowed",
    "slope_needed",
]

__getattr__, __dir__ = face(__name__)
