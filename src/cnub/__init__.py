"""Coherent detection of the cosmic neutrino background.

What a script needs stands here and is loaded when it is first used, so that ``import cnub`` stays cheap; the rest has a
room of its own, such as :mod:`cnub.sphere`.
"""

import cnub.kernel_cache  # noqa: F401  first: it notes the state of the sources before any of them is read

# isort: split
from typing import TYPE_CHECKING

from cnub.domain import DomainError
from cnub.faces import face as _face

if TYPE_CHECKING:  # loaded on first use
    from cnub.capture import capture_rate
    from cnub.claims import recompute
    from cnub.figures import show
    from cnub.fluorescence import channel, event_rate
    from cnub.forces import earth
    from cnub.grazing import patch_excess
    from cnub.matter import material, refractivity, weak_potential
    from cnub.oscillation import masses
    from cnub.relic import mean_momentum, number_density_per_cm3
    from cnub.sphere import density_excess

__all__ = [
    "DomainError",
    "__version__",
    "capture_rate",
    "channel",
    "density_excess",
    "earth",
    "event_rate",
    "masses",
    "material",
    "mean_momentum",
    "number_density_per_cm3",
    "patch_excess",
    "recompute",
    "refractivity",
    "show",
    "weak_potential",
]

_shown, _names = _face(__name__)


def __getattr__(name: str) -> object:
    if name != "__version__":
        return _shown(name)
    from importlib.metadata import version

    return globals().setdefault("__version__", version("cnub"))


def __dir__() -> list[str]:
    return sorted({"__version__", *_names()})
