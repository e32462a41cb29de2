"""Numbers as the prose shows them, and the box that says how to rerun a page."""

import pytest

from cnub.pages.numbers import format_number, rerun


@pytest.mark.parametrize(
    ("value", "digits", "unit", "text"),
    [
        (1.25e-8, 3, "", "1.25 × 10⁻⁸"),
        (-1.25e-8, 3, "", "−1.25 × 10⁻⁸"),
        (111.9, 3, "cm⁻³", "112 cm⁻³"),
        (0.05, 1, "eV", "0.05 eV"),
        (99.96, 3, "", "100"),
        (1.7e10, 2, "", "1.7 × 10¹⁰"),
        (0, 3, "", "0.00"),
        (17000, 2, "", "17000"),
    ],
)
def test_format(value, digits, unit, text):
    assert format_number(value, digits, unit) == text


def test_rerun_names_the_chapter_and_the_versions():
    text = rerun("intro").data
    assert "\n.venv/bin/cnub chapter intro\n" in text and "numba" in text and "Run time" in text
