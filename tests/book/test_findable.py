"""What makes the site findable: with an address everything that needs one, without it no guess."""

import importlib
import re
import struct
from pathlib import Path
from xml.etree import ElementTree

import pytest

EXTENSIONS = Path(__file__).resolve().parents[2] / "book" / "_ext"
ADDRESS = "https://host.example/cnub"


@pytest.fixture()
def findable(monkeypatch):
    monkeypatch.syspath_prepend(EXTENSIONS)
    monkeypatch.delenv("CNUB_SITE_URL", raising=False)
    monkeypatch.delenv("CNUB_REPOSITORY_URL", raising=False)
    return importlib.import_module("cnub_findable")


@pytest.fixture()
def about(findable):
    return importlib.import_module("cnub_about")


def test_the_map_has_every_page_at_its_address(findable, monkeypatch):
    monkeypatch.setenv("CNUB_SITE_URL", f"{ADDRESS}/")
    tree = ElementTree.fromstring(findable.sitemap({"index", "api/relic"}).encode())
    assert [place.text for place in tree.iter() if place.tag.endswith("loc")] == [
        f"{ADDRESS}/api/relic.html",
        f"{ADDRESS}/index.html",
    ]


@pytest.mark.parametrize(("address", "start"), [("", "./index.html"), (ADDRESS, "/cnub/index.html")])
def test_the_page_for_what_is_not_there_leads_back(findable, monkeypatch, address, start):
    monkeypatch.setenv("CNUB_SITE_URL", address)
    assert re.findall(r'href="([^"]*)"', findable.not_found("the book"))[0] == start


def test_the_card_is_small_and_the_same_every_time(findable):
    card = findable.card()
    assert struct.unpack(">II", card[16:24]) == (1200, 630) and len(card) < 100_000
    assert findable.card() == card


def test_no_page_about_the_book_guesses_an_address(about, monkeypatch):
    plain = about.pages()
    assert not [name for name in ("cite.md", "rerun.md", "reproduce.md") if "http" in plain[name]]
    assert "cnub.pdf" not in plain["reproduce.md"] and "Binder" not in plain["rerun.md"]
    monkeypatch.setenv("CNUB_SITE_URL", ADDRESS)
    monkeypatch.setenv("CNUB_REPOSITORY_URL", "https://github.com/somebody/cnub")
    known = about.pages()
    assert f"url = {{{ADDRESS}}}" in known["cite.md"] and "cnub.pdf" in known["reproduce.md"]
    assert "mybinder.org/v2/gh/somebody/cnub/HEAD" in known["rerun.md"]


def test_the_pages_name_every_chapter_and_every_run(about):
    pages = about.pages()
    for name in about.chapters.names():
        assert f"{name}.ipynb" in pages["rerun.md"]
    for name in about.names():
        assert f"runs/{name}`" in pages["reproduce.md"] and f"runs/{name}.ipynb" in pages
        assert f"about/runs/{name}\n" in (about.BOOK / "_toc.yml").read_text()


def test_the_entry_is_that_of_the_citation_file(about):
    entry = about.bibtex()
    assert about.yaml.safe_load((about.ROOT / "CITATION.cff").read_text())["version"] in entry
    assert entry.count("{") == entry.count("}") and len(about.source_entries()) == 2
