"""Coherent detection of the cosmic neutrino background."""

import cnub.kernel_cache  # noqa: F401  first: it notes the state of the sources before any of them is read

# isort: split
from importlib.metadata import version as _version

from cnub.domain import DomainError

__version__ = _version("cnub")

__all__ = ["DomainError", "__version__"]
