"""How a figure stands in a page: its two layouts as part of the page, in colours that follow the switch of the theme.

The text of the drawings is text, in the typeface that they were laid out with; the site has the letters that they use.
"""

from __future__ import annotations

import io
import re
from collections import defaultdict
from collections.abc import Iterable
from html import escape
from pathlib import Path
from xml.etree import ElementTree
from zlib import crc32

import matplotlib as mpl
from fontTools import subset
from fontTools.ttLib import TTFont
from matplotlib.font_manager import FontProperties, findfont

from cnub.figures.style import on_dark
from cnub.figures.svg import FAMILY, LINKED, SVG, TEXT, TSPAN, XLINK

SCALE = {"wide": 1.5, "narrow": 1.8}
"""Pixels per point to which a layout grows at most."""
COLOUR = re.compile(r"#[0-9a-f]{6}")
SHEET = "drawings.css"
Face = tuple[str, str, str]
"""Family, style and weight of a typeface."""


def drawing(id: str, layouts: dict[str, str], alt: str) -> str:
    """Both layouts of a figure, of which the sheet shows the one that fits."""
    inlined = "".join(_inline(svg, f"{id}-{name}", name, alt) for name, svg in layouts.items())
    return f'<div class="figure-drawing" data-figure="{id}"><div class="figure-layouts">{inlined}</div></div>'


def _inline(svg: str, prefix: str, layout: str, alt: str) -> str:
    """``svg`` as part of a page: names of its own, colours by name, described in words."""
    root = ElementTree.fromstring(svg)
    for child in [root.find(f"{{{SVG}}}{tag}") for tag in ("title", "metadata")]:
        if child is not None:
            root.remove(child)
    names = {e.get("id"): f"{prefix}-{n}" for n, e in enumerate(e for e in root.iter() if e.get("id"))}
    for element in root.iter():
        _rename(element, names)
    _, _, across, _ = root.get("viewBox").split()
    for name in ("width", "height", "version", "font-family"):
        root.attrib.pop(name, None)
    most = float(across) * SCALE[layout]
    root.attrib |= {"class": f"figure-{layout}", "role": "img", "aria-label": alt, "style": f"max-width:{most:.0f}px"}
    ElementTree.register_namespace("", SVG)
    return ElementTree.tostring(root, encoding="unicode")


def _rename(element: ElementTree.Element, names: dict[str, str]) -> None:
    """Names of its own, and a class for its style: pages are full of the same few."""
    if element.get("id"):
        element.set("id", names[element.get("id")])
    if element.get(f"{{{XLINK}}}href"):
        element.set("href", element.attrib.pop(f"{{{XLINK}}}href"))
    for name, value in element.attrib.items():
        found = LINKED.search(value) if name == "href" or "url(" in value else None
        if found:
            old = found[1] or found[2]
            element.set(name, value.replace(f"#{old}", f"#{names[old]}"))
    if "url(" in element.get("style", ""):
        element.set("style", COLOUR.sub(_named, element.get("style")))
    elif "style" in element.attrib:
        element.set("class", _class(element.attrib.pop("style")))


def _class(style: str) -> str:
    return f"d{crc32(style.encode()):08x}"


def styles(svg: str) -> dict[str, str]:
    """The rules that the drawing of ``svg`` needs in the sheet, by class."""
    said = sorted({e.get("style") for e in ElementTree.fromstring(svg).iter() if "style" in e.attrib})
    return {_class(style): COLOUR.sub(_named, style) for style in said if "url(" not in style}


def _named(colour: re.Match) -> str:
    return f"var(--f{colour[0][1:]})" if on_dark(colour[0]) != colour[0] else colour[0]


def sheet(faces: Iterable[Face], rules: dict[str, str]) -> str:
    """The sheet of all drawings: colours on light and on dark ground, print always light, typefaces, and ``rules``."""
    paper = {"#ffffff": "var(--pst-color-background)"}
    used = {"000000", "ffffff", *re.findall(r"var\(--f(\w+)\)", " ".join(rules.values()))}
    light = {f"#{name}": f"#{name}" for name in sorted(used)}
    dark = {colour: on_dark(colour) for colour in light} | paper
    light |= paper
    lines = [f":root {{ {_colours(light)} }}", f"@media screen {{ html[data-theme=dark] {{ {_colours(dark)} }} }}"]
    lines += [
        f"@font-face {{ font-family: '{family}'; font-style: {style}; font-weight: {weight}; "
        f"src: url({file_of(family, style, weight)}) format('woff'); }}"
        for family, style, weight in faces
    ]
    lines += [f".{name} {{ {style} }}" for name, style in sorted(rules.items())]
    return "\n".join(lines) + "\n"


def _colours(named: dict[str, str]) -> str:
    return " ".join(f"--f{name[1:]}: {value};" for name, value in named.items())


def faces(drawings: Iterable[str]) -> dict[Face, str]:
    """The letters that the texts of ``drawings`` use, in order, by typeface."""
    used = defaultdict(set)
    for svg in drawings:
        for element in ElementTree.fromstring(svg).iter():
            if element.tag in (TEXT, TSPAN):
                used[_face(element.get("style", ""))] |= set(element.text or "")
    return {face: "".join(sorted(letters)) for face, letters in sorted(used.items()) if letters}


def _face(style: str) -> Face:
    said = dict(part.split(":", 1) for part in style.split(";") if part)
    return said.get("font-family", FAMILY).strip("'"), said.get("font-style", "normal"), said.get("font-weight", "400")


def file_of(family: str, style: str, weight: str) -> str:
    """The name of the file of a typeface."""
    return f"{family.replace(' ', '')}-{style}-{weight}.woff"


def typeface(face: Face, letters: str) -> bytes:
    """The typeface with no more than ``letters``, as WOFF, the same bytes each time."""
    family, style, weight = face
    with mpl.rc_context():
        mpl.rcdefaults()
        path = Path(findfont(FontProperties(family=family, style=style, weight=int(weight)), fallback_to_default=False))
    font = TTFont(path, recalcTimestamp=False)
    options = subset.Options(layout_features=[], hinting=False, notdef_outline=True)
    chosen = subset.Subsetter(options)
    chosen.populate(text=letters)
    chosen.subset(font)
    font.flavor = "woff"
    stream = io.BytesIO()
    font.save(stream)
    return stream.getvalue()


def files(drawings: Iterable[str], rules: dict[str, str]) -> dict[str, bytes]:
    """The sheet and the typefaces of ``drawings``, by name; ``rules`` are those of :func:`styles`."""
    found = faces(drawings)
    return {SHEET: sheet(found, rules).encode()} | {
        file_of(*face): typeface(face, text) for face, text in found.items()
    }


def thumbnail(id: str, words: str, up: str) -> str:
    """A small picture of a figure, from the file that is offered for download."""
    return f'<img src="{up}_static/figures/{id}.svg" alt="{escape(words)}" loading="lazy">'
