"""Every page says what it is, every download of the pages about the book opens, and the book is there in one file."""

from __future__ import annotations

import json
import os
import re
from html import unescape
from pathlib import Path

import nbformat
import pytest

from cnub import runs

pytestmark = pytest.mark.site
SITE = Path(__file__).resolve().parents[2] / "_build" / "html"


def pages() -> list[str]:
    contents = (SITE.parents[1] / "book" / "_toc.yml").read_text()
    return re.findall(r"(?:root|file):\s*(\S+)", contents)


def test_every_page_has_a_title_and_a_description_of_its_own():
    said = {name: re.search(r'<meta name="description" content="([^"]+)"', text(name)) for name in pages()}
    assert not [name for name, found in said.items() if found is None]
    for name, found in said.items():
        assert len(unescape(found[1])) <= 202 and 'property="og:title"' in text(name)
    chapters = [unescape(found[1]) for name, found in said.items() if "/" not in name]
    assert len(set(chapters)) == len(chapters)


def test_addresses_are_those_of_the_environment():
    address = os.environ.get("CNUB_SITE_URL", "").rstrip("/")
    assert (SITE / "sitemap.xml").is_file() == (SITE / "_static" / "card.png").is_file() == bool(address)
    for name in pages():
        assert re.findall(r'<link rel="canonical" href="([^"]*)"', text(name)) == (
            [f"{address}/{name}.html"] * bool(address)
        )
        assert ('property="og:url"' in text(name)) == bool(address)


def test_the_page_for_what_is_not_there(visit):
    page = visit("404")
    page.click("text=the claims")
    page.wait_for_selector("table.ledger")
    assert page.problems == []


@pytest.mark.parametrize("name", runs.names())
def test_a_heavy_run_is_a_page_with_its_outputs(name):
    shown = text(f"about/runs/{name}")
    record = json.loads((SITE.parents[1] / "papermill_runs" / name / "provenance.json").read_text())
    assert record["finished"][:10] in shown and 'class="output' in shown
    assert nbformat.read(SITE / "_sources" / "about" / "runs" / f"{name}.ipynb", as_version=4).cells


def test_what_was_executed_is_listed(visit):
    page = visit("about/reproduce")
    listed = page.locator("table").last.inner_text()
    chapters = [name for name in pages() if (SITE.parents[1] / "book" / f"{name}.md").is_file()]
    for name in chapters:
        if "{code-cell}" in (SITE.parents[1] / "book" / f"{name}.md").read_text():
            assert name in listed


@pytest.mark.parametrize("name", [name for name in pages() if name.startswith("about/")])
def test_every_download_opens(visit, address, name):
    page = visit(name)
    for link in page.locator("a[download]").all():
        target = link.get_attribute("href")
        if not target.startswith("data:"):
            answer = page.request.get(page.evaluate("target => new URL(target, location.href).href", target))
            assert answer.ok and len(answer.body()) > 100, target


def test_works_lead_to_their_publication(visit):
    page = visit("bibliography")
    links = page.eval_on_selector_all("article a.external", "all => all.map(a => a.href)")
    assert sum("doi.org" in link for link in links) > 20 and sum("arxiv.org" in link for link in links) > 20
    assert "title=" in re.search(r'<a class="reference internal" href="bibliography.html#[^>]*>', text("discovery"))[0]


def test_the_book_is_there_in_one_file():
    book = SITE.parent / "cnub.pdf"
    assert book.is_file(), "run make pdf first"
    content = book.read_bytes()
    assert content.startswith(b"%PDF") and len(content) < 30_000_000
    assert len(re.findall(rb"/Type\s*/Page\b", content)) > 100
    assert b"/Outlines" in content


def text(name: str) -> str:
    return (SITE / f"{name}.html").read_text()
