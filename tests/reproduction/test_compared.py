"""A difference is seen, measured in the unit of what is stated, and never hidden by words, kinds or missing parts."""

import math

import pytest

from cnub import DomainError
from cnub.reproduction.compared import Compared, stated_error, texts, trees

ROUNDED = 1e-12
"""Relative, of a quotient of printed numbers; measured 2e-16."""


@pytest.mark.parametrize(
    ("now", "digits"),
    [
        ("half after 5.3 ms of 12 days", 0.0),
        ("half after 5.4 ms of 12 days", 1.0),
        ("half after 5.3 ms of 15 days", 3.0),
        ("half after −5.3 ms of 12 days", 106.0),
        ("half after 5.3 s of 12 days", math.inf),
    ],
)
def test_printed_numbers_are_compared_by_their_last_digit(now, digits):
    found = texts("chapter", "x", {"a": "half after 5.3 ms of 12 days"}, {"a": now})
    assert found.numbers == 2
    assert found.difference == pytest.approx(digits, rel=ROUNDED)
    assert found.agrees == (digits <= 1.0)


@pytest.mark.parametrize(
    ("then", "now", "digits"),
    [
        ("1.25 × 10⁻⁸", "1.27 × 10⁻⁸", 2.0),
        ("1.25 × 10⁻⁸", "1.25 × 10⁻⁹", 112.5),
        ("9.99 × 10¹⁰", "1.00 × 10¹¹", 1.0),
        ("4e-29", "5e-29", 1.0),
        ("112", "111", 1.0),
    ],
)
def test_powers_of_ten_are_read(then, now, digits):
    found = texts("chapter", "x", {"a": then}, {"a": now})
    assert found.difference == pytest.approx(digits, rel=ROUNDED)


def test_seconds_of_this_machine_are_left_out():
    found = texts("chapter", "x", {"seconds": "0.2 ms", "a": "1"}, {"seconds": "0.9 ms", "a": "1"})
    assert (found.numbers, found.difference) == (1, 0.0)


def test_a_number_that_only_one_has_is_named():
    found = texts("chapter", "x", {"a": "1", "b": "2"}, {"a": "1"})
    assert not found.agrees
    assert found.sentence == "chapter x differs: only one has b"


@pytest.mark.parametrize("now", [{"a": [1.0, 2.0]}, {"a": [1.0, 2.0, 3.0], "b": 1}, {"a": [1.0, "two", 3.0]}])
def test_results_of_another_form_differ(now):
    found = trees("run", "x", {"a": [1.0, 2.0, 3.0]}, now, 1.0)
    assert not found.agrees
    assert found.why


def test_what_is_measured_is_left_out_and_nothing_else():
    then, now = {"rates": {"x": 1.0}, "a": 1.0}, {"rates": {"x": 9.0}, "a": 1.0}
    assert trees("run", "x", then, now, 1e-9, ["rates"]).agrees
    assert not trees("run", "x", then, now, 1e-9).agrees
    assert not trees("run", "x", then, now | {"a": 1.1}, 1e-9, ["rates"]).agrees


def test_a_sentence_says_by_how_much():
    assert Compared("run", "x", 1, 2e-3, 1e-9).sentence == "run x differs: by 0.002 relative; 1e-09 is stated"


@pytest.mark.parametrize("said", [{}, {"error": "small"}])
def test_a_run_that_states_no_error_is_refused(said):
    with pytest.raises(DomainError, match="error must be stated in the head of the notebook of the run toy"):
        stated_error(said, "toy")
