"""Sphinx extension: what keeps the site light. Only what a page uses is shipped: icons, fonts, scripts, listings.

Icons come from the theme's own style sheet and a font of those that pages show, instead of the script that draws any of
two thousand. MathJax is its parts, without the languages that no page speaks.
"""

from __future__ import annotations

import gzip
import re
import shutil
from importlib.metadata import distribution
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont
from sphinx.application import Sphinx

MATHJAX = "mathjax"
PARTS = (
    "startup.js", "core.js", "input/tex.js", "input/tex/extensions/boldsymbol.js", "output/chtml.js",
    "output/chtml/fonts/tex.js", "a11y/assistive-mml.js",
)  # fmt: skip
"""Of MathJax: those of ``_config.yml`` and what ``startup.js`` does not bring."""
LEFT_OUT = ("Fraktur", "SansSerif", "Script", "Typewriter")
"""Fonts of MathJax for commands that no page uses; a page that did would ask for a file that is not there."""
UNUSED = (
    "**/*.map", "**/*.LICENSE.txt", "locales", "vendor", "images/logo_*", "scripts/fontawesome.js",
    "webpack-macros.html", "sbt-webpack-macros.html",
)  # fmt: skip
ICONS = "icons.woff"
ICON = re.compile(r"\bfa-([a-z][a-z-]*)")
ICON_RULE = re.compile(r'((?:\.fa-[\w-]+:before,?)+)\{content:"\\([0-9a-f]+) ?"\}')
FONT_FACE = re.compile(r"@font-face\{[^}]*fontawesome[^}]*\}")
ICON_SCRIPT = re.compile(r"\n? *<(?:script|link)\b[^>]*/fontawesome\.js[^>]*>(?:</script>)?")
PLAIN = re.compile(r'<span class="(?:n|p|o|w|nn|si|sa|ow|bp)">(.*?)</span>')
"""What a listing need not mark: names, brackets, operators, spaces. They are most of its marks."""

WORD = re.compile(r'<span class="pre">([^<]*)</span>')
"""A mark around each word of code, for printers of another time."""
VERBATIM = re.compile(r"(<(pre|script|textarea)\b.*?</\2>)", flags=re.S)
CONTENTS_ON_PAPER = re.compile(r'<div id="jb-print-docs-body".*?(?=<div id="searchbox")', flags=re.S)
"""The theme's second table of contents, which no printed page shows."""
SCRIPTS = re.compile(r'<script\b(?![^>]*data-cfasync).*?</script>|<link rel="preload"[^>]*>', flags=re.S)
"""All of the head but the one that sets the theme."""
LARGE_TABLE = 100_000
"""Bytes above which the table of a figure is shipped compressed, as pandas reads it, too."""


def setup(app: Sphinx) -> dict[str, object]:
    """After all else has been written, and before the pages are checked."""
    app.connect("build-finished", lighten, priority=800)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def lighten(app: Sphinx, exception: Exception | None) -> None:
    """Take out of the written site what none of its pages uses."""
    if exception is None and app.builder.format == "html":
        trim(Path(app.outdir))


def trim(site: Path) -> None:
    """The same for the site in a folder; it may be done twice."""
    pages = sorted(site.rglob("*.html"))
    packed = pack_tables(site / "_static" / "figures")
    for page in pages:
        _rewrite(page, lambda text: _link_packed(thinned(text), packed))
    for listing in (site / "_modules").rglob("*.html"):
        _rewrite(listing, lambda text: bare(PLAIN.sub(r"\1", text)))
    static = site / "_static"
    scripts = (static / "scripts").glob("*theme.js")
    write_icons(static, {name for file in (*pages, *scripts) for name in ICON.findall(file.read_text("utf-8"))})
    for pattern in UNUSED:
        for path in static.glob(pattern):
            shutil.rmtree(path) if path.is_dir() else path.unlink()


def thinned(html: str) -> str:
    """A page without the script of the icons, empty lines, and marks around single words."""
    html = CONTENTS_ON_PAPER.sub("", ICON_SCRIPT.sub("", html))
    parts = VERBATIM.split(WORD.sub(r"\1", html))
    parts[::3] = [re.sub(r"\s*\n\s*", "\n", part) for part in parts[::3]]
    del parts[2::3]  # the names of the elements
    return "".join(parts)


def bare(html: str) -> str:
    """The page of a listing with a link to the reference instead of all that surrounds a chapter."""
    head, _, rest = html.partition("<body")
    article = re.search(r"<article\b.*?</article>", rest, flags=re.S)
    if article is None:
        return html
    up = re.search(r'data-content_root="([^"]*)"', head)[1]
    back = f'<p><a href="{up}api.html">Reference</a> · <a href="{up}_modules/index.html">All modules</a></p>'
    return f'{SCRIPTS.sub("", head)}<body><main class="listing">{back}\n{article[0]}</main></body></html>\n'


def pack_tables(folder: Path) -> set[str]:
    """Compress the large tables of figures; return the names of those that are compressed."""
    for table in folder.glob("*.csv"):
        content = table.read_bytes()
        if len(content) > LARGE_TABLE:
            table.with_name(f"{table.name}.gz").write_bytes(gzip.compress(content, mtime=0))
            table.unlink()
    return {packed.name.removesuffix(".gz") for packed in folder.glob("*.csv.gz")}


def _link_packed(html: str, packed: set[str]) -> str:
    def linked(found: re.Match) -> str:
        return f'{found[1]}.gz"{found[3]}>CSV (gzip)<' if found[2] in packed else found[0]

    return re.sub(r'(href="[^"]*/figures/([\w-]+\.csv))"([^>]*)>CSV<', linked, html)


def write_icons(static: Path, names: set[str]) -> None:
    """Reduce the icons of the theme's style sheet to ``names``, and their font to the same."""
    sheet, fonts = static / "styles" / "pydata-sphinx-theme.css", static / "vendor" / "fontawesome" / "webfonts"
    if not fonts.is_dir():
        return
    css, codes = chosen_icons(sheet.read_text(encoding="utf-8"), names)
    _subset(fonts / "fa-solid-900.ttf", codes, static / "styles" / ICONS)
    face = f'@font-face{{font-family:"Font Awesome 6 Free";font-weight:900;src:url({ICONS}) format("woff")}}'
    sheet.write_text(FONT_FACE.sub("", css) + face, encoding="utf-8")


def chosen_icons(css: str, names: set[str]) -> tuple[str, set[int]]:
    """A style sheet without the icons that are not among ``names``, and the characters of those that are."""
    codes = set()

    def kept(rule: re.Match) -> str:
        if not names.intersection(re.findall(r"\.fa-([\w-]+):", rule[1])):
            return ""
        codes.add(int(rule[2], 16))
        return rule[0]

    return ICON_RULE.sub(kept, css), codes


def copy_mathjax(target: Path) -> None:
    """The parts of MathJax and its fonts, from the locked package."""
    package = distribution("sphinx-mathjax-offline")
    for file in package.files or ():
        name = file.as_posix().partition("/mathjax/")[2]
        font = name.startswith("output/chtml/fonts/") and name.endswith(".woff")
        if name in PARTS or (font and not any(f"_{family}-" in name for family in LEFT_OUT)):
            place = target / MATHJAX / name
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(package.locate_file(file), place)


def _subset(source: Path, codes: set[int], target: Path) -> None:
    font = TTFont(source)
    options = subset.Options(drop_tables=["GSUB", "FFTM"], name_IDs=[], hinting=False, notdef_outline=False)
    chosen = subset.Subsetter(options)
    chosen.populate(unicodes=codes)
    chosen.subset(font)
    font.flavor = "woff"
    font.save(target)


def _rewrite(path: Path, change) -> None:
    text = path.read_text(encoding="utf-8")
    changed = change(text)
    if changed != text:
        path.write_text(changed, encoding="utf-8")
