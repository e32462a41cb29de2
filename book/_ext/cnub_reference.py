"""Sphinx extension: the reference, one page per room, and the page "equation -> function", written from docstrings."""

from __future__ import annotations

import importlib
import pkgutil
import re
import sys
from functools import cache
from pathlib import Path

from docutils import nodes
from sphinx.addnodes import pending_xref
from sphinx.application import Sphinx
from sphinx.util.nodes import make_refnode

import cnub
from cnub.pages import equations, reference

BOOK = Path(__file__).resolve().parents[1]
FIGURES = Path(cnub.__file__).resolve().parent / "figures"


def setup(app: Sphinx) -> dict[str, object]:
    """Write the pages before anything looks for them; then resolve what docstrings refer to."""
    app.connect("config-inited", write_pages, priority=0)
    app.connect("autodoc-process-docstring", link_sources)
    app.connect("missing-reference", resolve_reference)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def pages() -> dict[str, str]:
    """Every generated page, by path without suffix, with its text."""
    used = chapters()
    written = {f"api/{face}": reference.room_page(face, used.get(face, [])) for face in reference.faces()}
    return written | {"api/equations": equations.equations_page(), "api/overview": reference.overview(used)}


def chapters() -> dict[str, list[str]]:
    """Room -> chapters that use it, in their own cells or in their figures, in the order of the book."""
    contents = re.findall(r"(?:root|file):\s*(\w+)$", (BOOK / "_toc.yml").read_text(encoding="utf-8"), flags=re.M)
    used: dict[str, list[str]] = {}
    for chapter in (name for name in contents if "{code-cell}" in (BOOK / f"{name}.md").read_text(encoding="utf-8")):
        texts = [BOOK / f"{chapter}.md", *FIGURES.glob(f"{chapter}*.py")]
        rooms = {room for text in texts for room in re.findall(r"\bcnub\.(\w+)", text.read_text(encoding="utf-8"))}
        for room in rooms:
            used.setdefault(room, []).append(chapter)
    return used


def write_pages(app: Sphinx, config: object) -> None:
    """Write the generated pages that changed, and take away those that no room has any more."""
    written = {BOOK / f"{name}.md": text for name, text in pages().items()}
    (BOOK / "api").mkdir(exist_ok=True)
    for old in set((BOOK / "api").glob("*.md")) - set(written):
        old.unlink()
    for path, text in written.items():
        if not path.is_file() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")


def link_sources(app: Sphinx, what: str, name: str, obj: object, options: object, lines: list[str]) -> None:
    """Turn each entry of a source paragraph that names formulas into a link to their row of the index."""
    starts = [number for number, line in enumerate(lines) if line.startswith("Source: ")]
    for start in starts:
        end = next((n for n in range(start, len(lines)) if not lines[n].strip()), len(lines))
        entries = equations.sources("\n".join(lines[start:end]))
        lines[start:end] = ["Source: " + "; ".join(map(_linked, entries)) + "."]


def _linked(source):
    if not source.formulas:
        return source.text
    return f"`{source.text} <equations.html#{equations.anchor(source.formulas[0])}>`__"


def resolve_reference(app: Sphinx, env: object, node: pending_xref, contnode: nodes.Element) -> nodes.Element | None:
    """A reference to a public name under its home's name; to what exists but is not public, or is not ours, as text."""
    if node.get("refdomain") != "py":
        return None
    target = node["reftarget"]
    value = _found(target, node.get("py:module"))
    if value is None:
        return contnode if _is_foreign(target) else None
    for entry in _public_by_value().get(id(value), ()):
        known = env.domains["py"].objects.get(f"{entry.face}.{entry.name}")
        if known is not None:
            return make_refnode(app.builder, node["refdoc"], known.docname, known.node_id, contnode)
    return contnode


@cache
def _public_by_value():
    found: dict[int, list[reference.Public]] = {}
    for one in reference.public_layer():
        found.setdefault(id(one.value), []).append(one)
    return found


def _found(target, face):
    """What a docstring on the page of ``face`` means by ``target``; None if there is no such thing."""
    if target.startswith("cnub"):
        return _imported(target)
    room = importlib.import_module(face) if face else cnub
    modules = [
        room,
        *(sys.modules[f"{face}.{info.name}"] for info in _submodules(room) if f"{face}.{info.name}" in sys.modules),
    ]
    for module in modules:
        value = module
        for part in target.split("."):
            value = getattr(value, part, None)
        if value is not None:
            return value
    return None


def _submodules(room):
    return pkgutil.iter_modules(getattr(room, "__path__", []))


def _imported(target):
    module, value = target, None
    while module:
        try:
            value = importlib.import_module(module)
            break
        except ModuleNotFoundError:
            module = module.rpartition(".")[0]
    for part in target.removeprefix(module).strip(".").split("."):
        value = getattr(value, part, None) if part else value
    return value


def _is_foreign(target):
    """Whether a name is one of another package, as annotations have them: np.ndarray, Path, Callable."""
    aliases = {"np", "pd", "go", "mpl"}
    known = {"ndarray", "DataFrame", "Path", "Callable", "Sequence", "Iterable", "Iterator", "Profile", "Progress"}
    return (
        target.partition(".")[0] in aliases | sys.stdlib_module_names | {"numpy", "pandas", "vl_convert", "matplotlib"}
        or target in known
    )
