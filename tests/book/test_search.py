"""The words of a text, as search keeps them, and what is taken out of a listing and of the icons."""

import importlib
from pathlib import Path

import pytest

EXTENSIONS = Path(__file__).resolve().parents[2] / "book" / "_ext"


@pytest.fixture()
def search(monkeypatch):
    monkeypatch.syspath_prepend(EXTENSIONS)
    return importlib.import_module("cnub_search")


@pytest.fixture()
def light(monkeypatch):
    monkeypatch.syspath_prepend(EXTENSIONS)
    return importlib.import_module("cnub_light")


@pytest.mark.parametrize(
    "text", ["1.25e-8", "1.25E-08", "1.25 × 10⁻⁸", r"1.25\times10^{-8}", r"1.25 \cdot 10^{-8}", "1.25 × 10−8"]
)
def test_a_number_is_one_word_however_it_is_written(search, text):
    assert search.SearchNumbers({}).split(f"about {text}, so") == ["about", "1.25e-8", "so"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("kR > nu", ["kR", "nu"]),
        (r"\Lambda and Λ, λ", ["Lambda", "and", "lambda", "lambda"]),
        ("in 67 cases, 0.5 of H2O", ["in", "67.", "cases", "0.5", "of", "H2O"]),
        ("cnub sphere --radius-cm 6.371e8", ["cnub", "sphere", "radius", "cm", "6.371e8"]),
        ("2507.10868v1", ["2507.10868", "v1"]),
        ("5 ×10³", ["5e3"]),
    ],
)
def test_words_symbols_and_whole_numbers(search, text, words):
    assert search.SearchNumbers({}).split(text) == words


def test_numbers_of_two_cells_stay_two(search):
    parted = search.END_OF_BOX.sub(r"\g<0> ", "<td>1.2 × 10<sup>-8</sup></td><td>3.4</td>")
    assert parted == "<td>1.2 × 10<sup>-8</sup></td> <td>3.4</td> "


def test_only_icons_of_the_pages_are_kept(light):
    sheet = '.fa-sun:before{content:"\\f185"}.fa-moon:before,.fa-night:before{content:"\\f186"}.other{color:red}'
    kept, codes = light.chosen_icons(sheet, {"moon", "absent"})
    assert kept == '.fa-moon:before,.fa-night:before{content:"\\f186"}.other{color:red}'
    assert codes == {0xF186}


def test_a_listing_keeps_its_words(light):
    line = '<span class="n">delta</span> <span class="o">=</span> <span class="mi">1</span>'
    assert light.PLAIN.sub(r"\1", line) == 'delta = <span class="mi">1</span>'
