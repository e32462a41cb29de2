"""Coherent detection of the cosmic neutrino background."""

from importlib.metadata import version as _version

from cnub.domain import DomainError

__version__ = _version("cnub")

__all__ = ["DomainError", "__version__"]
