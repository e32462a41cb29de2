"""Eight questions of a new reader, each answered within two clicks from the landing page."""

from __future__ import annotations

import io
import re

import nbformat
import pandas as pd
import pytest

from cnub.claims import recompute
from cnub.claims.ledger import DIFFERS
from cnub.figures import find
from cnub.fluorescence import event_rate
from cnub.pages.numbers import format_number

pytestmark = pytest.mark.site
CLICKS = 2
ARTICLE = "article.bd-article"


class Walk:
    """A reader who starts on the landing page and counts clicks."""

    def __init__(self, page):
        self.page = page
        self.clicks = 0

    def click(self, selector: str, **options):
        self.clicks += 1
        assert self.clicks <= CLICKS
        self.page.locator(f"{ARTICLE} {selector}").first.click(**options)
        self.page.wait_for_load_state("networkidle")
        return self

    def text(self, selector: str = "") -> str:
        return self.page.locator(f"{ARTICLE} {selector}").first.inner_text()


@pytest.fixture()
def reader(visit):
    walk = Walk(visit("index"))
    yield walk
    assert walk.page.problems == [] and walk.page.foreign == []


def test_is_the_value_right(reader):
    reader.click("#what-a-new-reader-asks a[href='claims.html#sphere-value']")
    (entry,) = [entry for entry in recompute() if entry.claim.id == "sphere-value"]
    row = reader.page.locator("tr[id='sphere-value']")
    assert row.is_visible() and entry.verdict in row.inner_text()
    assert "1.25 × 10" in row.locator("td[data-title=quoted]").inner_text()


def test_what_rate_remains_and_why(reader):
    assert format_number(event_rate("M1", "NO").rate_per_year, 2) in reader.text()
    reader.click("#what-a-new-reader-asks a[href='answer_in_steps.html']")
    last = reader.page.locator("table.steps tbody tr").nth(8).inner_text()
    assert "what remains" in last and format_number(event_rate("M1", "NO").row()["remains_high_per_year"], 1) in last


def test_which_claims_differ(reader):
    reader.click("#what-a-new-reader-asks a[href='claims.html']")
    first = reader.page.eval_on_selector_all("table.ledger tbody tr", "rows => rows.map(row => row.id)")
    differing = {entry.claim.id for entry in recompute() if entry.verdict == DIFFERS}
    assert differing and set(first[: len(differing)]) == differing


def test_how_a_figure_was_made_with_which_numbers_and_its_data(reader, address):
    reader.click("#what-a-new-reader-asks a[href='slow_light.html#fig-slow-light-dispersion']")
    figure = f"{ARTICLE} #fig-slow-light-dispersion"
    reader.clicks += 1
    reader.page.locator(f"{figure} summary").click()
    foot = reader.page.locator(f"{figure} details.figure-foot")
    shown = foot.inner_text()
    assert "cnub figure slow-light-dispersion" in shown and find("slow-light-dispersion").function in shown
    for name in find("slow-light-dispersion").parameters():
        assert name in shown
    link = foot.locator("a", has_text="CSV").get_attribute("href")
    answer = reader.page.request.get(f"{address}/{link}").body()
    table = pd.read_csv(io.BytesIO(answer), compression="gzip" if link.endswith(".gz") else None)
    assert len(table) == len(find("slow-light-dispersion").compute())


def test_what_delta_means(reader):
    reader.click("#what-a-new-reader-asks a[href='symbols.html']")
    (row,) = [row for row in reader.page.locator("tr").all() if "refractivity" in row.inner_text()]
    assert "delta" in row.locator("td").last.inner_text()


def test_where_the_code_of_an_equation_is(reader):
    reader.click("#what-a-new-reader-asks a[href='api/equations.html']")
    row = reader.page.locator("tr", has_text="(22)").first
    reader.clicks += 1
    row.locator("td").last.locator("a").first.click()
    reader.page.wait_for_load_state("networkidle")
    anchor = reader.page.url.partition("#")[2]
    assert "/api/fluorescence.html" in reader.page.url
    shown = reader.page.locator(f"dl:has(> dt[id='{anchor}'])").inner_text()
    assert re.search(r"Source: Eqs?\. .*\(22\) of 2507\.10868v1", shown)


def test_how_a_chapter_is_downloaded_and_run(reader, address):
    reader.click("#three-doors a[href='about/rerun.html']")
    assert reader.page.locator("pre", has_text="cnub chapter stodolsky_effect").count()
    link = reader.page.locator("a[download]", has_text="stodolsky_effect.ipynb")
    with reader.page.expect_download() as started:
        link.click()
    reader.clicks += 1
    notebook = nbformat.read(started.value.path(), as_version=4)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert code and all(cell.outputs or cell.execution_count for cell in code)


def test_how_to_cite(reader):
    reader.click("#what-a-new-reader-asks a[href='about/cite.html']")
    assert re.search(r"@software\{cnub,.*version = ", reader.text(), flags=re.S)
    assert "2507.10868v1" in reader.text()


@pytest.mark.parametrize("target", ["answer_in_steps.html", "about/rerun.html", "about/reproduce.html"])
def test_each_door_opens(reader, target):
    reader.click(f"#three-doors a[href='{target}']")
    assert reader.page.locator(f"{ARTICLE} h1").count() == 1


def test_the_numbers_of_the_landing_page_are_those_of_the_registry(reader):
    entries = recompute()
    differing = sum(entry.verdict == DIFFERS for entry in entries)
    assert f"{differing} of {len(entries)} claims differ" in " ".join(reader.text().split())
