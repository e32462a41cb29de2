"""The public layer, found by one rule, and the pages of the reference that are written from it.

Public is what the face of a room, ``cnub.ROOM.__all__``, or ``__all__`` of a top-level module names. A module without
``__all__`` is machinery: it may be imported, but nobody promises that it stays.
"""

from __future__ import annotations

import ast
import importlib
import inspect
import math
import pkgutil
import re
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from types import ModuleType

import cnub

PACKAGE = Path(__file__).resolve().parents[1]
TITLES = {
    "constants": "Constants and units",
    "domain": "Refusals",
    "relic": "The relic gas",
    "sky": "What arrives on Earth",
    "oscillation": "Masses and mixing",
    "mass_bounds": "Bounds on the masses",
    "matter": "Matter",
    "reflection": "Reflection",
    "bessel": "Bessel functions of huge order",
    "coherence": "Coherence",
    "sphere": "The ball",
    "grazing": "The plane and the flattened patch",
    "forces": "Forces",
    "capture": "Capture",
    "fluorescence": "Parametric fluorescence",
    "slow_light": "Slow light",
    "enhancement": "Further enhancement",
    "discovery": "Discovery",
    "nonlinear_optics": "Nonlinear optics",
    "claims": "The ledger of claims",
    "figures": "Figures",
    "runs": "Heavy runs",
}
"""Title of the page of each room, in the order of the house; one that is not listed comes last, under its own name."""


@dataclass(frozen=True)
class Public:
    """One public name: the ``face`` that offers it, its ``name`` there, and its ``home``, where it is written."""

    face: str
    name: str
    home: str

    @cached_property
    def value(self) -> object:
        """What the name stands for."""
        return getattr(importlib.import_module(self.face), self.name)

    @property
    def kind(self) -> str:
        """What autodoc calls it: function, class, exception or data."""
        if inspect.isclass(self.value):
            return "exception" if issubclass(self.value, Exception) else "class"
        return "function" if inspect.isroutine(self.value) or hasattr(self.value, "py_func") else "data"

    @property
    def docstring(self) -> str:
        """The docstring, without its indentation; of data there is none to be found at run time."""
        return "" if self.kind == "data" else inspect.getdoc(self.value) or ""

    @property
    def line(self) -> int:
        """Where it stands in its home."""
        return _definitions(self.home).get(self.name, 0)


def faces() -> dict[str, ModuleType]:
    """The modules that name their public layer, by name without ``cnub.``, in the order of the house."""
    found = {name: module for name, module in _modules() if hasattr(module, "__all__")}
    order = list(TITLES)
    return dict(sorted(found.items(), key=lambda item: order.index(item[0]) if item[0] in order else len(order)))


def _modules():
    for info in pkgutil.iter_modules(cnub.__path__):
        if info.name != "__main__" and _names_its_layer(info.name):
            yield info.name, importlib.import_module(f"cnub.{info.name}")


def _names_its_layer(name):
    """Whether a module has ``__all__``, without importing it: the command line need not run to be left out."""
    return any(isinstance(node, ast.Assign) and "__all__" in map(_target, node.targets) for node in _tree(name).body)


def public(face: str) -> list[Public]:
    """The public names of a face: the homes that build on most others first, then in the order they are written."""
    module = importlib.import_module(f"cnub.{face}")
    origin = _imports(face)
    names = [Public(module.__name__, name, origin.get(name, module.__name__)) for name in module.__all__]
    return sorted(names, key=lambda one: (-_depth(face, one.home), one.home, one.line))


def public_layer() -> list[Public]:
    """Every public name, face by face."""
    return [one for face in faces() for one in public(face)]


def room_page(face: str, chapters: list[str]) -> str:
    """The page of one room: what it is, the ``chapters`` that use it, and every public name with its docstring."""
    module = importlib.import_module(f"cnub.{face}")
    used = ", ".join(f"{{doc}}`../{chapter}`" for chapter in chapters)
    head = [f"# {title(face)}", f"`cnub.{face}`. {first_sentence(module.__doc__)}"]
    head += [f"Used in: {used}."] if used else []
    return "\n\n".join(head + [_home_section(face, home, names) for home, names in _by_home(face).items()]) + "\n"


def title(face: str) -> str:
    """The title of the page of a room."""
    return TITLES.get(face, face.replace("_", " ").capitalize())


def first_sentence(text: str | None) -> str:
    """The first sentence of a docstring, in Markdown."""
    sentence = re.split(r"(?<=\.)\s", " ".join((text or "").split()), maxsplit=1)[0].rstrip(".") + "."
    return re.sub(r":\w+:`([^`]*)`", r"`\1`", sentence.replace("``", "`"))


def overview(chapters: dict[str, list[str]]) -> str:
    """The table of all rooms: page, what is in it, how many names, the chapters that use it."""
    rows = ["| page | holds | names | used in |", "| --- | --- | --- | --- |"]
    for face, module in faces().items():
        used = ", ".join(f"{{doc}}`{chapter}`" for chapter in chapters.get(face, []))
        holds = first_sentence(module.__doc__).replace("|", "\\|")
        rows.append(f"| [{title(face)}](api/{face}.md) | {holds} | {len(module.__all__)} | {used} |")
    return "\n".join(rows) + "\n"


def _by_home(face):
    homes: dict[str, list[Public]] = {}
    for one in public(face):
        homes.setdefault(one.home, []).append(one)
    return homes


def _home_section(face, home, names):
    own = home == f"cnub.{face}"
    heading = "" if own else f"## {home.rpartition('.')[2].replace('_', ' ').capitalize()}\n\n"
    # the docstring of the room's own face stands above already, but its module is what references point to
    lines = [f".. automodule:: {home}"] if not own or len(_by_home(face)) == 1 else []
    lines += ["", f".. currentmodule:: cnub.{face}", ""]
    for one in names:
        lines += _directive(one)
    return heading + "```{eval-rst}\n" + "\n".join(lines) + "```"


def _directive(one):
    if one.kind == "data":
        value = [] if one.face == "cnub.constants" else ["   :no-value:"]
        return [f".. autodata:: {one.home}.{one.name}", *value, ""]
    members = ["   :members:"] if one.kind == "class" else []
    return [f".. auto{one.kind}:: {one.face}.{one.name}", *members, ""]


@cache
def _tree(name):
    path = PACKAGE / name.replace(".", "/")
    file = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
    return ast.parse(file.read_text(encoding="utf-8"))


@cache
def _imports(face):
    """Name -> module it is imported from, for what a face takes from its rooms' modules."""
    taken = [node for node in ast.walk(_tree(face)) if isinstance(node, ast.ImportFrom) and node.module]
    return {
        alias.asname or alias.name: node.module
        for node in taken
        for alias in node.names
        if node.module.startswith(f"cnub.{face}.")
    }


@cache
def _depth(face, home):
    """How many modules of its room a home takes from; the face itself comes before all."""
    return len(_imported(face, home)) if home != f"cnub.{face}" else math.inf


def _imported(face, home):
    """The modules of a room that one of them imports, wherever it does."""
    found = set()
    for node in ast.walk(_tree(home.removeprefix("cnub."))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(f"cnub.{face}."):
            found.add(node.module)
        elif isinstance(node, ast.ImportFrom) and node.module == f"cnub.{face}":
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


@cache
def _definitions(module):
    """Name -> line of what a module defines at its top level."""
    lines = {}
    for node in _tree(module.removeprefix("cnub.")).body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            lines[node.name] = node.lineno
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            lines |= {name: node.lineno for target in targets for name in _target_names(target)}
    return lines


def _target(node):
    return getattr(node, "id", None)


def _target_names(node):
    inside = node.elts if isinstance(node, ast.Tuple) else [node]
    return [name for name in map(_target, inside) if name]
