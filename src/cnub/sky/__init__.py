"""What arrives on Earth: the gas decoupled, its helicities, drift and density, and neutrinos from elsewhere."""

from typing import TYPE_CHECKING

from cnub.faces import face

if TYPE_CHECKING:  # loaded on first use
    from cnub.sky.drift import Drift, earth_drift
    from cnub.sky.helicity import HelicityContent, helicity_content
    from cnub.sky.spectrum import source_flux

__all__ = ["Drift", "HelicityContent", "earth_drift", "helicity_content", "source_flux"]

__getattr__, __dir__ = face(__name__)
