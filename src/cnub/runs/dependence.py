"""What the numbers of a notebook depend on: the definitions of this package that its code reaches, one digest a module.

Followed name by name through the text of the modules, so that nothing is imported and an edit elsewhere in a module
does not count. Neither do comments, docstrings, annotations and layout, nor how kernels are kept and runs made. A
statement of a module that defines nothing counts with each of its names, and so do the tables (``*.csv``) beside a
module that speaks of such.
"""

from __future__ import annotations

import ast
import hashlib
import json
import platform
import threading
from dataclasses import dataclass, field
from functools import cache
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from cnub.sources import PACKAGE

ROOT = PACKAGE.parents[1]
VERSIONS = ("numpy", "scipy", "numba", "llvmlite", "mpmath", "python-flint", "finufft", "pandas")
"""Packages whose version may change a digit."""
MACHINERY = ("cnub.runs", "cnub.kernel_cache", "cnub.faces", "cnub.sources")
"""Modules that carry out, keep and record what is computed, and change no number."""
_HIDDEN = {"ctx", "annotation", "returns", "type_comment", "kind"}
_DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)


@dataclass
class _Module:
    """The text of a module by what it gives: statements by the names they bind, imported names, and the rest."""

    path: Path
    bound: dict[str, list[ast.stmt]] = field(default_factory=dict)
    imports: dict[str, tuple[str, str | None]] = field(default_factory=dict)
    rest: list[ast.stmt] = field(default_factory=list)


_PARSING = threading.Lock()
"""Python 3.11 loses count of its depth when two threads parse at once."""


def digests(code: str) -> dict[str, str]:
    """Digest of the definitions that ``code`` reaches in each module of this package, by the module's dotted name.

    >>> sorted(digests("from cnub.domain import positive"))
    ['cnub.domain']
    """
    reached: dict[str, dict[str, list[ast.stmt]]] = {}
    wanted = list(_imported(_parsed(code)).values())
    while wanted:
        module, name = wanted.pop()
        for place, bound, statements in _homes(module, name):
            known = reached.setdefault(place, {})
            if bound not in known:
                known[bound] = statements
                wanted += [home for statement in statements for home in _references(statement, place)]
    return {module: _digest_of(module, known) for module, known in sorted(reached.items())}


def code_digest(code: str) -> str:
    """Digest of ``code`` that comments and layout leave alone.

    >>> code_digest("x = 1  # one") == code_digest("x  =  1") != code_digest("x = 2")
    True
    """
    return _short(_shape(_parsed(code)))


def digest_of_all(parts: object) -> str:
    """One digest of several facts that JSON can write.

    >>> len(digest_of_all({"a": 1}))
    12
    """
    return _short(json.dumps(parts, sort_keys=True))


@cache
def files_of(code: str) -> list[Path]:
    """Files of the modules that ``code`` reaches.

    >>> [path.name for path in files_of("from cnub.domain import positive")]
    ['domain.py']
    """
    return [module.path for module in map(_module, digests(code)) if module is not None]


def versions() -> dict[str, str]:
    """Versions of Python and of the packages that compute, as this process has them.

    >>> "numba" in versions()
    True
    """
    installed = {name: version(name) for name in VERSIONS if find_spec(name.replace("python-", "")) is not None}
    return {"python": platform.python_version(), "cnub": version("cnub"), **installed}


def program(code: str, files: list[str]) -> dict[str, object]:
    """What decides the numbers of ``code`` besides its parameters: it, definitions, other ``files``, versions.

    ``files`` are paths from the root of the repository, of what lies outside the package.

    >>> sorted(program("x = 1", []))
    ['code', 'files', 'modules', 'versions']
    """
    texts = {name: (ROOT / name).read_text(encoding="utf-8") for name in files}
    others = {name: code_digest(text) for name, text in texts.items()}
    modules = digests("\n".join([code, *texts.values()]))
    return {"code": code_digest(code), "modules": modules, "files": others, "versions": versions()}


def forget() -> None:
    """Read every module anew the next time: for a process that outlives an edit."""
    _module.cache_clear()


def _parsed(text):
    with _PARSING:
        return ast.parse(text)


def _digest_of(name, known):
    module = _module(name)
    tables = sorted(module.path.parent.glob("*.csv")) if ".csv" in module.path.read_text(encoding="utf-8") else []
    content = [hashlib.sha256(table.read_bytes()).hexdigest() for table in tables]
    statements = [(bound, [_shape(node) for node in nodes]) for bound, nodes in sorted(known.items())]
    return _short(repr((statements, content)))


def _homes(module, name):
    """(module, bound name, statements) of each definition behind ``name`` of ``module``; all of it without a name."""
    known = None if module.startswith(MACHINERY) else _module(module)
    if known is None:
        return
    if name is None:
        for bound in [*known.bound, ""]:
            yield from _homes(module, bound)
    elif name in known.bound or name == "":
        yield module, name, known.bound.get(name, known.rest)
        yield module, "", known.rest
    elif name in known.imports:
        yield from _homes(*known.imports[name])
    else:
        yield from _homes(f"{module}.{name}", None)


def _references(statement, place):
    """(module, name) of what a statement in the module ``place`` speaks of."""
    known = _module(place)
    names = {**known.imports, **_imported(statement)}
    through = {id(node.value) for node in ast.walk(statement) if isinstance(node, ast.Attribute)}
    for node in _walk(statement):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in names:
            module, name = names[node.value.id]
            whole = module if name is None else f"{module}.{name}"
            yield (whole, node.attr) if _module(whole) is not None else (module, name)
        elif isinstance(node, ast.Name) and id(node) not in through:
            yield names.get(node.id, (place, node.id if node.id in known.bound else ""))
        elif isinstance(node, ast.Name) and node.id in known.bound:
            yield place, node.id
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.startswith("cnub."):
            yield from ((module, None) for module in _spelled(node.value))  # loaded by name while it runs


def _spelled(text):
    """Modules that the beginning of a module's name may stand for."""
    place = PACKAGE.joinpath(*text.split(".")[1:])
    if text.endswith(".") and place.is_dir():
        return [f"{text}{path.stem}" for path in sorted(place.glob("[!_]*.py"))]
    return [text] if _module(text) is not None else []


def _walk(node):
    """The node and all below it, annotations left out."""
    yield node
    for name, value in ast.iter_fields(node):
        if name not in _HIDDEN:
            for child in value if isinstance(value, list) else [value]:
                if isinstance(child, ast.AST):
                    yield from _walk(child)


def _imported(tree):
    """Names that imports of this package bind anywhere in ``tree``, with the module and the name there."""
    found = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "cnub":
            found |= {alias.asname or alias.name: (node.module, alias.name) for alias in node.names}
        elif isinstance(node, ast.Import):
            found |= {
                alias.asname or alias.name: (alias.name, None)
                for alias in node.names
                if alias.name.split(".")[0] == "cnub"
            }
    return found


@cache
def _module(name):
    place = PACKAGE.joinpath(*name.split(".")[1:])
    files = (place.with_suffix(".py"), place / "__init__.py")
    path = next((file for file in files if file.is_file()), None)
    if path is None:
        return None
    tree = _parsed(path.read_text(encoding="utf-8"))
    module = _Module(path, imports=_imported(tree))
    for statement in tree.body:
        _place(module, statement)
    return module


def _place(module, statement):
    if isinstance(statement, _DEFINITIONS):
        names = [statement.name]
    elif isinstance(statement, (ast.Assign, ast.AnnAssign)):
        targets = statement.targets if isinstance(statement, ast.Assign) else [statement.target]
        names = [node.id for target in targets for node in ast.walk(target) if isinstance(node, ast.Name)]
    elif isinstance(statement, (ast.Import, ast.ImportFrom)) or _is_text(statement) or _for_types(statement):
        return
    else:
        names = []
    if names:
        for name in names:
            module.bound.setdefault(name, []).append(statement)
    else:
        module.rest.append(statement)


def _for_types(statement):
    return (
        isinstance(statement, ast.If) and isinstance(statement.test, ast.Name) and statement.test.id == "TYPE_CHECKING"
    )


def _is_text(statement):
    return (
        isinstance(statement, ast.Expr)
        and isinstance(statement.value, ast.Constant)
        and isinstance(statement.value.value, str)
    )


def _shape(node):
    """The tree as text that is the same in every version of Python: kinds and fields, empty ones left out."""
    if isinstance(node, list):
        return "[" + ",".join(_shape(child) for child in node if not _is_text(child)) + "]"
    if not isinstance(node, ast.AST):
        return repr(node)
    fields = [(name, value) for name, value in ast.iter_fields(node) if name not in _HIDDEN and value not in (None, [])]
    return f"{type(node).__name__}({','.join(f'{name}={_shape(value)}' for name, value in fields)})"


def _short(text):
    return hashlib.sha256(text.encode()).hexdigest()[:12]
