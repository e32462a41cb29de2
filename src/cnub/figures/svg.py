"""SVG as it is written: text stays text, no more digits than a screen or a printer resolves, nothing said twice."""

from __future__ import annotations

import re
from itertools import groupby
from xml.etree import ElementTree

from cnub.figures.glyphs import outline

SVG, XLINK = "http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"
NAMES = {
    "": SVG,
    "xlink": XLINK,
    "cc": "http://creativecommons.org/ns#",
    "dc": "http://purl.org/dc/elements/1.1/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
}
FAMILY = "DejaVu Sans"
FALLBACK = f"'{FAMILY}',Verdana,sans-serif"
"""Verdana has nearly the same widths, so that text stays in its place where the first is not installed."""
DIGITS = 2
"""Decimals of a coordinate in points: a hundredth is a tenth of a printer's dot."""
LEAST_RUN = 3
"""Neighbours of one style from which a common group is shorter."""
NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:e-?\d+)?")
FOREIGN = re.compile(r"font-family:'([^']+)'")
"""In a style, a typeface other than that of the picture: its letters are drawn, as no reader has it."""
LINKED = re.compile(r"url\(#([^)]+)\)|^#(.+)$")
TICK = re.compile(r"M0 0L(\S+ \S+)")
TEXT, TSPAN, GROUP, PATH, USE = (f"{{{SVG}}}{tag}" for tag in ("text", "tspan", "g", "path", "use"))


def tidy(svg: str) -> str:
    """What Matplotlib wrote, with the same picture in fewer bytes and mathematics in the order of reading.

    Raises ``ElementTree.ParseError`` on what is not XML.

    Source: definition of the figures.

    >>> tidy(f'<svg xmlns="{SVG}"><g id="a"><path d="M 0.1234 5 L 6.5 7 "/></g></svg>').strip()[-32:]
    '<path d="M0.12 5L6.5 7" /></svg>'
    """
    root = ElementTree.fromstring(svg)
    _head(root)
    for element in root.iter():
        if element.tag.startswith(f"{{{SVG}}}"):
            _short(element)
    for group in [*root.iter(GROUP)]:
        _in_order(group)
    _drop_names(root)
    _flatten(root)
    _share_style(root)
    _join_ticks(root)
    return _written(root)


def _written(root: ElementTree.Element) -> str:
    for prefix, name in NAMES.items():
        ElementTree.register_namespace(prefix, name)
    return ElementTree.tostring(root, encoding="unicode") + "\n"


def _head(root: ElementTree.Element) -> None:
    """What holds for every element stands in the first one: a rule of a sheet would reach beyond the picture."""
    for parent in [*root.iter()]:
        for child in [*parent]:
            sheet = child.find(f"{{{SVG}}}style") if child.tag == f"{{{SVG}}}defs" else None
            if sheet is not None:
                parent.remove(child)
    root.attrib |= {"stroke-linejoin": "round", "font-family": FALLBACK}


def _short(element: ElementTree.Element) -> None:
    """The attributes of one element, rounded and without what it has anyway."""
    if "d" in element.attrib:
        element.set("d", re.sub(r"\s*([A-Za-z])\s*", r"\1", NUMBER.sub(_rounded, element.get("d"))).strip())
    for name in ("x", "y"):
        if name in element.attrib:
            element.set(name, NUMBER.sub(_rounded, element.get(name)))
    own = [f"{name}:{element.attrib.pop(name)}" for name in ("fill", "stroke") if name in element.attrib]
    if own or "style" in element.attrib:
        _set_style(element, own + _declarations(element.get("style", "")))
    if re.match(r"rotate\(-0(\.0*)? ", element.get("transform", "")):
        del element.attrib["transform"]
    if element.tag not in (TEXT, TSPAN):
        element.text = (element.text or "").strip() or None
    element.tail = None


def _rounded(number: re.Match) -> str:
    return f"{round(float(number[0]), DIGITS) + 0.0:.{DIGITS}f}".rstrip("0").rstrip(".")


def _declarations(style: str) -> list[str]:
    """The declarations of a style, without the family that the picture has."""
    parts = (part.partition(":") for part in style.split(";") if part.strip())
    pairs = [(name.strip(), value.strip()) for name, _, value in parts]
    kept = [(name, value) for name, value in pairs if (name, value) != ("font-family", f"'{FAMILY}'")]
    return [f"{name}:{value}" for name, value in kept]


def _set_style(element: ElementTree.Element, declarations: list[str]) -> None:
    element.attrib.pop("style", None)
    if declarations:
        element.set("style", ";".join(declarations))


def _in_order(group: ElementTree.Element) -> None:
    """Mathematics, which comes sorted by typeface and letter by letter, in the order of reading and run by run."""
    for text in group.findall(TEXT):
        letters = sorted(text.findall(TSPAN), key=lambda span: float(span.get("x")))
        if not letters:
            continue
        for letter in [*text]:
            text.remove(letter)
        text.text = None
        for (y, style), run in groupby(letters, key=lambda span: (span.get("y"), span.get("style"))):
            run = [*run]
            family = FOREIGN.search(style or "")
            if family:
                group.extend([_drawn(letter, family[1]) for letter in run])
                continue
            span = ElementTree.SubElement(text, TSPAN, {"x": " ".join(s.get("x") for s in run), "y": y})
            span.text = "".join(s.text for s in run)
            if style:
                span.set("style", style)


def _drawn(letter: ElementTree.Element, family: str) -> ElementTree.Element:
    said = dict(part.split(":", 1) for part in letter.get("style").split(";"))
    size, slant = float(said["font-size"].removesuffix("px")), said.get("font-style", "normal")
    path = outline((family, slant), letter.text, size, float(letter.get("x")), float(letter.get("y")))
    return ElementTree.Element(PATH, {"d": NUMBER.sub(_rounded, path)})


def _drop_names(root: ElementTree.Element) -> None:
    """Names that nothing refers to."""
    values = [value for element in root.iter() for value in element.attrib.values()]
    used = {found for value in values for pair in LINKED.findall(value) for found in pair}
    for element in root.iter():
        if element.get("id") and element.get("id") not in used:
            del element.attrib["id"]


def _flatten(parent: ElementTree.Element) -> None:
    """Groups without attributes give way to what is in them."""
    children = []
    for child in [*parent]:
        _flatten(child)
        children += [*child] if child.tag == GROUP and not child.attrib else [child]
    parent[:] = children


def _share_style(parent: ElementTree.Element) -> None:
    """Neighbours of one style become a group that has it; a transparency of whole elements is not inherited."""
    children = []
    for style, run in groupby([*parent], key=lambda child: child.get("style")):
        run = [*run]
        for child in run:
            _share_style(child)
        if style and len(run) >= LEAST_RUN and not re.search(r"(^|;)opacity", style) and parent.tag != TEXT:
            group = ElementTree.Element(GROUP, {"style": style})
            for child in run:
                del child.attrib["style"]
            group[:] = run
            run = [group]
        children += run
    parent[:] = children


def _join_ticks(root: ElementTree.Element) -> None:
    """A group of strokes of one kind is one path."""
    marks = {f"#{path.get('id')}": TICK.fullmatch(path.get("d", "")) for path in root.iter(PATH) if path.get("id")}
    for group in root.iter(GROUP):
        kinds = {(child.tag, child.get(f"{{{XLINK}}}href")) for child in group}
        (tag, link), *others = kinds or {("", "")}
        if tag == USE and not others and marks.get(link) and "style" in group.attrib:
            path = "".join(f"M{mark.get('x')} {mark.get('y')}l{marks[link][1]}" for mark in group)
            group[:] = []
            group.tag = PATH
            group.set("d", path)
    _drop_marks(root)


def _drop_marks(root: ElementTree.Element) -> None:
    """Definitions that nothing uses any more."""
    used = {element.get(f"{{{XLINK}}}href", "")[1:] for element in root.iter(USE)}
    for parent in [*root.iter()]:
        for child in [*parent]:
            paths = child.findall(PATH) if child.tag == f"{{{SVG}}}defs" else []
            if len(paths) == len(child) == 1 and paths[0].get("id") not in used:
                parent.remove(child)
