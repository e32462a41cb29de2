"""The built site as its reader meets it: every page in headless Chromium, with every outside host refused."""

from __future__ import annotations

import re
from pathlib import Path

import nbformat
import pytest
from barriers import barriers

pytestmark = pytest.mark.site

ROOT = Path(__file__).resolve().parents[2]
SITE = ROOT / "_build" / "html"
WITHOUT_FIGURES = {"claims", "conventions", "symbols", "glossary", "api", "bibliography"}
PHONE = {"width": 390, "height": 844}
THEME_PAGES = ("genindex", "search", "_modules/cnub/sphere/poles")
TOO_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
CLIPPED_EQUATIONS = """[...document.querySelectorAll('article div.math > mjx-container')]
    .filter(e => e.scrollWidth > e.clientWidth + 5).map(e => e.parentElement.id)"""


TWICE = re.compile(r"[0-9⁰¹²³⁴⁵⁶⁷⁸⁹] (ns|µs|ms|s|eV|meV|mm|cm|m|km|Hz|K|T|rad|years?) \1\b")
"""A unit after a number that has brought its own."""


def pages() -> list[str]:
    """The pages of the contents, from the table of contents itself."""
    text = (ROOT / "book" / "_toc.yml").read_text()
    return re.findall(r"(?:root|file):\s*(\S+)", text)


def text_of(name: str) -> str:
    (path,) = (ROOT / "book").glob(f"{name}.*")
    return path.read_text()


def test_the_contents_are_there():
    assert len(pages()) == len(set(pages())) >= 12
    missing = [name for name in pages() if not (SITE / f"{name}.html").is_file()]
    assert not missing


@pytest.mark.parametrize("name", pages())
def test_page(name, visit):
    page = visit(name)
    assert page.problems == []
    assert page.foreign == []
    assert page.locator("article h1").count() == 1
    source = text_of(name)  # those of the reference were written with the site
    if "$" in re.sub(r"```.*?```", "", source, flags=re.S):
        page.wait_for_selector("article mjx-container", state="attached")
        assert page.locator("mjx-merror, [data-mjx-error]").count() == 0
    assert not TWICE.search(" ".join(page.locator("article p, article li").all_inner_texts()))
    clipped = page.evaluate(CLIPPED_EQUATIONS)
    assert clipped == [], f"wider than the text column: {clipped}"
    images = page.locator("article img")
    for i in range(images.count()):
        image = images.nth(i)
        assert len((image.get_attribute("alt") or "").split()) >= 5, f"{image.get_attribute('src')} lacks alt text"
        image.scroll_into_view_if_needed()
        assert image.evaluate("i => i.decode().then(() => i.naturalWidth)") > 0
    assert page.locator("article figure").count() == page.locator("article figure figcaption").count()
    page.set_viewport_size(PHONE)
    assert page.evaluate(TOO_WIDE) <= 1, "the page scrolls sideways on a phone"
    assert barriers(page) == []


@pytest.mark.parametrize("name", THEME_PAGES)
def test_a_page_of_the_theme(name, visit):
    page = visit(name)
    assert page.problems == [] and page.foreign == []
    assert barriers(page) == []


@pytest.mark.parametrize("name", pages())
def test_internal_links_resolve(name):
    html = (SITE / f"{name}.html").read_text()
    for target in set(re.findall(r'href="([^"]+)"', html)):
        if re.match(r"(https?:|mailto:|data:)", target):
            continue
        path, _, anchor = re.sub(r"\?[^#]*", "", target).partition("#")
        file = (SITE / f"{name}.html").parent / path if path else SITE / f"{name}.html"
        assert file.is_file(), f"{name}: {target}"
        if anchor and file.suffix == ".html" and not anchor.startswith("__"):
            assert f'id="{anchor}"' in file.read_text(), f"{name}: {target}"


@pytest.mark.parametrize("name", pages())
def test_a_page_that_was_executed_offers_its_notebook(name):
    up = "../" * name.count("/")
    offered = f'href="{up}_sources/{name}.ipynb"' in (SITE / f"{name}.html").read_text()
    assert offered == ("{code-cell}" in text_of(name) or name.startswith("about/runs/"))
    if offered:
        notebook = nbformat.read(SITE / "_sources" / f"{name}.ipynb", as_version=4)
        code = [cell for cell in notebook.cells if cell.cell_type == "code"]
        prose = [cell.source for cell in notebook.cells if cell.cell_type == "markdown"]
        run = [cell for cell in code if "skip-execution" not in cell.metadata.get("tags", [])]
        assert any(cell.outputs for cell in run) and all(cell.execution_count for cell in run)
        assert "widgets" not in notebook.metadata  # what is skipped needs JupyterLab
        assert not re.search(r"\{[\w:]+\}`", "".join(prose))


def test_the_foot_of_a_figure_opens_on_a_phone(visit):
    page = visit("stodolsky_effect", PHONE | {"width": 360})
    feet = page.locator("details.figure-foot")
    assert feet.count() == page.locator("article figure").count()
    for i in range(feet.count()):
        feet.nth(i).locator("summary").click()
        assert feet.nth(i).locator("button.copybtn").count() == 1
    assert page.evaluate(TOO_WIDE) <= 1


def test_every_chapter_has_a_figure():
    chapters = [n for n in pages() if n not in WITHOUT_FIGURES and "/" not in n]
    bare = [name for name in chapters if "<figure" not in (SITE / f"{name}.html").read_text()]
    assert not bare
