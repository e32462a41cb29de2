"""The ledger in the browser: filter, sort, permalinks and files, held to the registry; without script a plain table."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter

import pytest

from cnub.claims import claims

pytestmark = pytest.mark.site
ROWS = "table.ledger tbody tr"
PHONE = {"width": 360, "height": 780}
IDS = [claim.id for claim in claims()]


@pytest.fixture()
def ledger(visit):
    return visit("claims")


def verdicts(page):
    return page.eval_on_selector_all(ROWS, "rows => rows.map(row => row.dataset.verdict)")


def test_every_claim_has_one_row_and_what_differs_comes_first(ledger):
    ids = ledger.eval_on_selector_all(ROWS, "rows => rows.map(row => row.id)")
    assert Counter(ids) == Counter(IDS)
    shown = verdicts(ledger)
    count = shown.count("differs")
    assert count > 0 and set(shown[:count]) == {"differs"}
    letters = ledger.eval_on_selector_all(f"{ROWS} .verdict b", "all => all.map(b => b.textContent)")
    pairs = set(zip(letters, shown, strict=True))
    assert len(letters) == len(IDS) and len(pairs) == len(set(shown)) == len(set(letters))


@pytest.mark.parametrize("name", ["source", "chapter", "verdict"])
def test_each_choice_of_the_filter_shows_its_rows_and_says_how_many(ledger, name):
    values = ledger.eval_on_selector_all(ROWS, f"rows => rows.map(row => row.dataset.{name})")
    options = ledger.eval_on_selector_all(f"select[name={name}] option", "all => all.map(o => o.value)")
    assert set(filter(None, options)) == set(values)
    for value, count in Counter(values).items():
        ledger.select_option(f"select[name={name}]", value)
        assert ledger.locator(f"{ROWS}:visible").count() == count
        assert ledger.locator("form.ledger-filter output").text_content() == f"{count} of {len(IDS)} claims"
    assert ledger.locator("form.ledger-filter output").get_attribute("aria-live") == "polite"


def test_the_filter_works_by_keyboard_and_the_address_keeps_it(ledger, visit):
    ledger.focus("input[name=text]")
    ledger.keyboard.type("Avogadro constant")
    found = ledger.locator(f"{ROWS}:visible").count()
    assert 0 < found < len(IDS) and "text=Avogadro+constant" in ledger.url
    again = visit("claims?text=Avogadro+constant")
    assert again.locator(f"{ROWS}:visible").count() == found
    again.focus("input[name=text]")
    for _ in ("verdict", "source", "chapter", "show all"):
        again.keyboard.press("Tab")
    assert again.evaluate("document.activeElement.type") == "reset"
    again.keyboard.press("Enter")
    again.wait_for_function(f"document.querySelectorAll('{ROWS}:not([hidden])').length === {len(IDS)}")


def test_a_click_on_a_head_sorts(ledger):
    for _ in range(2):
        ledger.click("table.ledger th:nth-child(5) button")
        keys = ledger.eval_on_selector_all(f"{ROWS} td:nth-child(5)", "all => all.map(c => c.dataset.value)")
        numbers = [float(key) for key in keys if key]
        direction = ledger.get_attribute("table.ledger th:nth-child(5)", "aria-sort")
        assert numbers == sorted(numbers, reverse=direction == "descending") and "" not in keys[: len(numbers)]


def test_a_permalink_shows_its_row_whatever_is_filtered(visit):
    for id in (IDS[0], IDS[-1]):
        page = visit(f"claims?verdict=differs#{id}")
        assert page.locator(f"tr[id='{id}']").is_visible()
        assert page.evaluate("id => document.getElementById(id).getBoundingClientRect().top", id) < 1000


def test_the_files_are_the_rows(ledger, address):
    read = {
        "claims.json": lambda text: [row["id"] for row in json.loads(text)],
        "claims.csv": lambda text: [row["id"] for row in csv.DictReader(io.StringIO(text))],
    }
    links = ledger.locator("p.downloads a")
    assert links.count() == len(read)
    for i in range(links.count()):
        target = links.nth(i).get_attribute("href")
        answer = ledger.request.get(f"{address}/{target}")
        assert answer.ok and read[target.rpartition("/")[2]](answer.text()) == IDS


def test_every_row_leads_to_its_chapter_and_its_function(ledger):
    for row in claims():
        anchors = f"tr[id='{row.id}'] p.links a"
        links = ledger.eval_on_selector_all(anchors, "all => all.map(a => a.getAttribute('href'))")
        assert links[0] == f"#{row.id}" and links[1].endswith(".html")
        assert any(link.startswith("_modules/") for link in links) == (row.function is not None)
    assert ledger.locator("p.links a[href*='#fig-']").count() > len(IDS) / 10


def test_without_script_it_is_a_plain_table(browser, address):
    page = browser.new_page(java_script_enabled=False)
    page.goto(f"{address}/claims.html")
    assert page.locator(f"{ROWS}:visible").count() == len(IDS)
    assert not page.locator("form.ledger-filter").is_visible()
    page.close()


def test_on_a_phone_the_rows_are_cards(visit):
    page = visit("claims", PHONE)
    widths = page.eval_on_selector_all(f"{ROWS}, {ROWS} td", "all => all.map(e => e.getBoundingClientRect().right)")
    assert max(widths) <= PHONE["width"]
    assert page.locator(f"{ROWS} >> nth=0").evaluate("row => getComputedStyle(row).display") == "block"
