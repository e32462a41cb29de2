"""Faces: what a room shows, loaded when it is first used, so that a command pays for what it needs alone."""

from __future__ import annotations

import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

from cnub.sources import homes


def later(module: str, name: str) -> Callable[..., Any]:
    """The function ``name`` of the library ``module``, which is imported when the function is first called.

    >>> later("math", "hypot")(3.0, 4.0)
    5.0
    """

    def call(*arguments: object, **options: object) -> Any:
        return getattr(import_module(module), name)(*arguments, **options)

    return call


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
