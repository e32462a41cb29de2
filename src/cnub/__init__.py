"""Coherent detection of the cosmic neutrino background.

What a script needs stands here and is loaded when it is first used, so that ``import cnub`` stays cheap; the rest has a
room of its own, such as :mod:`cnub.sphere`.
"""

import cnub.kernel_cache  # noqa: F401  first: it notes the state of the sources before any of them is read

# isort: split
from importlib import import_module as _import_module
from importlib.metadata import version as _version
from typing import TYPE_CHECKING

from cnub.domain import DomainError

if TYPE_CHECKING:  # what __getattr__ finds, for whoever reads types without running
    from cnub.claims import recompute as recompute
    from cnub.figures import show as show
    from cnub.fluorescence import channel as channel
    from cnub.fluorescence import event_rate as event_rate
    from cnub.grazing import patch_excess as patch_excess
    from cnub.matter import material as material
    from cnub.matter import refractivity as refractivity
    from cnub.matter import weak_potential as weak_potential
    from cnub.oscillation import masses as masses
    from cnub.relic import mean_momentum as mean_momentum
    from cnub.relic import number_density_per_cm3 as number_density_per_cm3
    from cnub.sphere import density_excess as density_excess

__version__ = _version("cnub")

_ROOMS = {
    "channel": "fluorescence",
    "density_excess": "sphere",
    "event_rate": "fluorescence",
    "masses": "oscillation",
    "material": "matter",
    "mean_momentum": "relic",
    "number_density_per_cm3": "relic",
    "patch_excess": "grazing",
    "recompute": "claims",
    "refractivity": "matter",
    "show": "figures",
    "weak_potential": "matter",
}
"""What is loaded on first use, and the room that has it."""

__all__ = ["DomainError", "__version__", *_ROOMS]


def __getattr__(name: str) -> object:
    """Load what ``_ROOMS`` lists, once."""
    if name not in _ROOMS:
        raise AttributeError(f"module 'cnub' has no attribute {name!r}")
    value = getattr(_import_module(f"cnub.{_ROOMS[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """What there is, loaded or not."""
    return sorted({*globals(), *_ROOMS})
