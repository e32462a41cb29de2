"""Coherent detection of the cosmic neutrino background."""

from importlib.metadata import version as _version

from cnub.domain import DomainError
from cnub.kernel_cache import discard_stale as _discard_stale

_discard_stale()
__version__ = _version("cnub")

__all__ = ["DomainError", "__version__"]
