"""Which files of the package a piece of it depends on: the modules that it imports, and those that they import.

Read from the text of the files, so that nothing is imported to know it. An import of a package's name counts the
package's ``__init__``; the ``__init__`` files on the way to a module do not, for they give it nothing. Tables that lie
beside a module (``*.csv``) belong to it. Imports for types alone are none, and what is imported by a name that is
computed, as the package's own names are, is not followed.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent
_IMPORT = re.compile(
    r"^[ \t]*(?:from|import)[ \t]+(cnub(?:\.\w+)*)(?!\w)(?:[ \t]+import[ \t]+(\([^)]*\)|[^\n]*))?", re.MULTILINE
)
_FOR_TYPES = re.compile(r"^if TYPE_CHECKING:[^\n]*\n(?:[ \t]+[^\n]*\n)+", re.MULTILINE)
_COMMENT = re.compile(r"#[^\n]*")
_NAME = re.compile(r"(?:^|[(,])\s*(\w+)")


def imported(text: str) -> set[str]:
    """Dotted names of modules of this package, and of what is in them, that the source ``text`` imports.

    >>> sorted(imported("from cnub.relic import speed as v"))
    ['cnub.relic', 'cnub.relic.speed']
    """
    found = set()
    for module, names in _IMPORT.findall(_FOR_TYPES.sub("", text)):
        found |= {module} | {f"{module}.{name}" for name in _NAME.findall(_COMMENT.sub("", names))}
    return found


def closure(path: Path) -> frozenset[Path]:
    """The file of a module of this package, and all files of the package that it depends on."""
    return followed({path})


def followed(paths: set[Path]) -> frozenset[Path]:
    """``paths`` and all files of the package that they depend on."""
    reached: set[Path] = set()
    new = set(paths)
    while new:
        reached |= new
        new = set().union(*map(_direct, new)) - reached
    return frozenset(reached)


def files_of(text: str) -> set[Path]:
    """Files of the modules that the source ``text`` imports."""
    return {file for name in imported(text) if (file := _file(name)) is not None}


def forget() -> None:
    """Read every file anew the next time: for a process that outlives an edit."""
    _direct.cache_clear()
    _file.cache_clear()


@cache
def _direct(path):
    if path.suffix != ".py":
        return frozenset()
    return frozenset(files_of(path.read_text(encoding="utf-8")) | set(path.parent.glob("*.csv")))


@cache
def _file(name):
    place = PACKAGE.joinpath(*name.split(".")[1:])
    return next((file for file in (place.with_suffix(".py"), place / "__init__.py") if file.is_file()), None)
