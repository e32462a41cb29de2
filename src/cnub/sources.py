"""Which files of the package a piece of it depends on: the modules that it imports, and those that they import.

Read from the text of the files, so that nothing is imported to know it. A name taken from a room's face counts the face
and the module that has the name, a whole face all that it shows; the ``__init__`` files on the way to a module do not
count, for they give it nothing. Tables that lie beside a module (``*.csv``) belong to it. Imports for types alone are
none.
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
    statements = list(_statements(_FOR_TYPES.sub("", text)))
    return {module for module, _ in statements} | {f"{module}.{name}" for module, names in statements for name in names}


def homes(text: str) -> dict[str, str]:
    r"""Names that the source ``text`` of a face imports for types, and the module that has each.

    >>> homes("if TYPE_CHECKING:\n    from cnub.relic import speed\n")
    {'speed': 'cnub.relic'}
    """
    blocks = map(str, _FOR_TYPES.findall(text))
    return {name: module for block in blocks for module, names in _statements(block) for name in names}


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
    found: set[Path] = set()
    for module, names in _statements(_FOR_TYPES.sub("", text)):
        found |= set().union(*(_giving(module, name) for name in names)) if names else _whole(module)
    return found


def forget() -> None:
    """Read every file anew the next time: for a process that outlives an edit."""
    for kept in (_direct, _file, _shown):
        kept.cache_clear()


def _statements(text):
    for module, names in _IMPORT.findall(text):
        yield module, tuple(_NAME.findall(_COMMENT.sub("", names)))


def _giving(module, name):
    """Files that ``from module import name`` takes it from."""
    home = _shown(module).get(name)
    if home is not None:
        return {_file(module)} | _giving(home, name)
    return {file for file in (_file(module),) if file} | _whole(f"{module}.{name}")


def _whole(module):
    file = _file(module)
    return set().union({file} if file else set(), *(_giving(home, name) for name, home in _shown(module).items()))


@cache
def _shown(module):
    """Names that a face loads on first use, and the module of each; none for any other module."""
    file = _file(module)
    return homes(file.read_text(encoding="utf-8")) if file is not None and file.name == "__init__.py" else {}


@cache
def _direct(path):
    if path.suffix != ".py":
        return frozenset()
    return frozenset(files_of(path.read_text(encoding="utf-8")) | set(path.parent.glob("*.csv")))


@cache
def _file(name):
    place = PACKAGE.joinpath(*name.split(".")[1:])
    return next((file for file in (place.with_suffix(".py"), place / "__init__.py") if file.is_file()), None)
