"""The built site as its reader meets it: every page in headless Chromium, with every outside host refused."""

from __future__ import annotations

import functools
import http.server
import re
import shutil
import threading
from pathlib import Path

import nbformat
import pytest

pytestmark = pytest.mark.site

ROOT = Path(__file__).resolve().parents[2]
SITE = ROOT / "_build" / "html"
CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PHONE = {"width": 390, "height": 844}
WIDE = {"width": 1400, "height": 1000}
MIN_CLAIMS = 60
CLIPPED_EQUATIONS = """[...document.querySelectorAll('article div.math > mjx-container')]
    .filter(e => e.scrollWidth > e.clientWidth + 5).map(e => e.parentElement.id)"""


def pages() -> list[str]:
    """The pages of the contents, from the table of contents itself."""
    text = (ROOT / "book" / "_toc.yml").read_text()
    return re.findall(r"(?:root|file):\s*(\S+)", text)


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *args):
        pass


@pytest.fixture(scope="module")
def address():
    assert (SITE / "index.html").is_file(), "no site under _build/html; run make book first"
    handler = functools.partial(_Quiet, directory=SITE)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture(scope="module")
def browser():
    from playwright.sync_api import sync_playwright

    executable = shutil.which("chromium")
    assert executable, "Chromium is not installed; .ci/run installs it"
    with sync_playwright() as playwright:
        instance = playwright.chromium.launch(executable_path=executable, args=CHROMIUM_FLAGS)
        yield instance
        instance.close()


@pytest.fixture()
def visit(browser, address):
    """Open a page; collect console errors and requests to any other host, which are refused."""
    opened = []

    def open_page(name: str, viewport=WIDE):
        page = browser.new_page(viewport=viewport)
        page.problems, page.foreign = [], []

        def route(request):
            if request.request.url.startswith((address, "data:", "blob:")):
                request.continue_()
            else:
                page.foreign.append(request.request.url)
                request.abort()

        page.route("**/*", route)
        page.on("console", lambda m: page.problems.append(m.text) if m.type == "error" else None)
        page.on("pageerror", lambda e: page.problems.append(str(e)))
        page.on("response", lambda r: page.problems.append(f"{r.status} {r.url}") if r.status >= 400 else None)
        page.goto(f"{address}/{name}.html", wait_until="networkidle")
        opened.append(page)
        return page

    yield open_page
    for page in opened:
        page.close()


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
    source = (ROOT / "book" / f"{name}.md").read_text()  # those of the reference were written with the site
    if "$" in re.sub(r"```.*?```", "", source, flags=re.S):
        page.wait_for_selector("article mjx-container", state="attached")
        assert page.locator("mjx-merror, [data-mjx-error]").count() == 0
    clipped = page.evaluate(CLIPPED_EQUATIONS)
    assert clipped == [], f"wider than the text column: {clipped}"
    images = page.locator("article img")
    for i in range(images.count()):
        image = images.nth(i)
        assert len((image.get_attribute("alt") or "").split()) >= 5, f"{image.get_attribute('src')} lacks alt text"
        image.scroll_into_view_if_needed()
        assert image.evaluate("i => i.decode().then(() => i.naturalWidth)") > 0
    assert page.locator("article figure").count() == page.locator("article figure figcaption").count()


@pytest.mark.parametrize("name", pages())
def test_page_fits_a_phone(name, visit):
    page = visit(name, PHONE)
    overflow = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert overflow <= 1, f"the page scrolls sideways by {overflow} px"


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
    offered = f'href="_sources/{name}.ipynb"' in (SITE / f"{name}.html").read_text()
    assert offered == ("{code-cell}" in (ROOT / "book" / f"{name}.md").read_text())
    if offered:
        notebook = nbformat.read(SITE / "_sources" / f"{name}.ipynb", as_version=4)
        code = [cell for cell in notebook.cells if cell.cell_type == "code"]
        prose = [cell.source for cell in notebook.cells if cell.cell_type == "markdown"]
        assert any(cell.outputs for cell in code) and all(cell.execution_count for cell in code)
        assert not re.search(r"\{[\w:]+\}`", "".join(prose))


def test_the_foot_of_a_figure_opens_on_a_phone(visit):
    page = visit("stodolsky_effect", PHONE | {"width": 360})
    feet = page.locator("details.figure-foot")
    assert feet.count() == page.locator("article figure").count()
    for i in range(feet.count()):
        feet.nth(i).locator("summary").click()
        assert feet.nth(i).locator("button.copybtn").count() == 1
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 1


def test_every_chapter_has_a_figure_and_the_ledger_its_rows(visit):
    chapters = [n for n in pages() if n not in {"claims", "conventions", "api", "bibliography"} and "api/" not in n]
    bare = [name for name in chapters if "<figure" not in (SITE / f"{name}.html").read_text()]
    assert not bare
    rows = visit("claims").locator("table.ledger tbody tr span[id]").count()
    assert rows >= MIN_CLAIMS
