"""The page of the ledger as HTML, before any script."""

import csv
import io
import json
import re

import pytest

from cnub.claims import chapter_claims, claims, judge
from cnub.figures import catalogue
from cnub.pages import claims_page
from cnub.pages.ledger import LETTERS
from cnub.pages.typeset import typeset

ENTRIES = [judge(claim) for claim in chapter_claims("nonlinear_optics")]


def test_every_row_has_its_words_links_and_files():
    page = claims_page.Instrument(ENTRIES)
    assert re.findall(r'<tr id="([^"]*)"', page.html) == [entry.claim.id for entry in page.entries]
    order = [list(LETTERS).index(entry.verdict) for entry in page.entries]
    assert order == sorted(order)
    ids = [entry.claim.id for entry in ENTRIES]
    assert [row["id"] for row in json.loads(page.files["claims.json"])] == ids
    assert [row["id"] for row in csv.DictReader(io.StringIO(page.files["claims.csv"]))] == ids
    for entry in ENTRIES:
        assert f'href="#{entry.claim.id}"' in page.html and f'data-function="{entry.row()["function"]}"' in page.html
    bundle = page._repr_mimebundle_()
    assert bundle["text/html"] == bundle[claims_page.MIME]["html"]


def test_the_tally_counts_every_claim():
    assert f"<td>{len(ENTRIES)}</td>" in claims_page.tally_table(ENTRIES).data


def test_every_claim_has_a_chapter_that_the_book_has():
    chapters = claims_page.chapters()
    assert set(chapters) == {claim.id for claim in claims()}
    assert set(chapters.values()) <= {figure.chapter for figure in catalogue().values()}


def test_a_figure_is_named_where_its_table_calls_the_function():
    torque = "cnub.forces.stodolsky.torque_acceleration"
    assert "stodolsky-torque" in claims_page.figures_with(torque, "stodolsky_effect")
    assert claims_page.figures_with(torque, "slow_light") == []
    assert claims_page.figures_with("cnub.relic.nothing", "stodolsky_effect") == []


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("1e-7 or -2.5e-08 eV^2", "10<sup>−7</sup> or -2.5 × 10<sup>−8</sup> eV<sup>2</sup>"),
        ("Delta m^2_21 goes as N^2.", "<i>Δ</i> m<sup>2</sup><sub>21</sub> goes as N<sup>2</sup>."),
        ("nu_3 -> nu_1, E_j' < f(x)", "<i>ν<sub>3</sub></i> → <i>ν<sub>1</sub></i>, <i>E<sub>j</sub></i>' &lt; f(x)"),
        ("<d>^(1), kR delta^(3/2) << 1", "&lt;d&gt;<sup>(1)</sup>, kR <i>δ</i><sup>3/2</sup> ≪ 1"),
        ("event_rate of the delta-row paper-cap", 'event_rate of the delta-row <a href="#paper-cap">paper-cap</a>'),
    ],
)
def test_the_ledger_is_typeset_without_script(text, html):
    assert typeset(text, {"paper-cap"}) == html
