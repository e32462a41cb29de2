"""Faces: what a room shows, loaded when it is first used, so that a command pays for what it needs alone."""

from __future__ import annotations

import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from cnub.sources import homes


def face(name: str) -> tuple[Callable[[str], object], Callable[[], list[str]]]:
    """``__getattr__`` and ``__dir__`` of the package ``name``, for the names that its source imports for types.

    >>> import cnub.sphere
    >>> "density_excess" in dir(cnub.sphere)
    True
    """
    package = sys.modules[name]
    home = homes(Path(str(package.__file__)).read_text(encoding="utf-8"))

    def load(wanted: str) -> object:
        if wanted not in home:
            raise AttributeError(f"module {name!r} has no attribute {wanted!r}")
        value = getattr(import_module(home[wanted]), wanted)
        setattr(package, wanted, value)
        return value

    return load, lambda: sorted({*vars(package), *home})
