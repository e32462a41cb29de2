"""Declared inputs: their units and ranges are held before anything starts."""

import math

import pytest

from cnub import DomainError
from cnub.runs.inputs import Input, checked, from_comment

DECLARED = {
    "mass": from_comment("mass", 0.1, "[eV, 1e-6 to 10] of the neutrino"),
    "points": from_comment("points", 3, "[1, 2 to 200] along each side"),
    "lengths": from_comment("lengths", [1.0], "[, 0 to inf]"),
    "label": from_comment("label", "a", ""),
}


def test_comment_gives_unit_and_range():
    assert DECLARED["mass"] == Input("mass", 0.1, "eV", 1e-6, 10.0)
    assert DECLARED["label"] == Input("label", "a") and DECLARED["lengths"].high == math.inf


@pytest.mark.parametrize(
    ("given", "value"),
    [("0.2", 0.2), ("0.2 eV", 0.2), ("50meV", 0.05), ("2e-3 keV", 2.0), ("1e-3", 1e-3), (1.0, 1.0)],
)
def test_value_may_carry_its_unit(given, value):
    assert checked("run toy", {"mass": given}, DECLARED) == {"mass": pytest.approx(value, rel=1e-15)}


@pytest.mark.parametrize(
    ("name", "given", "sentence"),
    [
        ("mass", "1 kg", "mass must be in eV; got '1 kg'"),
        ("mass", "1 e", "mass must be in eV; got '1 e'"),
        ("mass", "-1", r"mass must be 1e-06 to 10 eV; got -1\.0"),
        ("mass", "1MeV", r"mass must be 1e-06 to 10 eV; got 1000000\.0"),
        ("points", "1", "points must be 2 to 200; got 1"),
        ("points", "3 m", "points must be without a unit; got '3 m'"),
        ("lengths", "[1, -1]", r"lengths must be 0 to inf; got -1\.0"),
    ],
)
def test_other_units_and_values_outside_are_refused(name, given, sentence):
    with pytest.raises(DomainError, match=rf"^{sentence}$"):
        checked("run toy", {name: given}, DECLARED)


def test_words_are_no_units():
    assert checked("run toy", {"label": "3 m"}, DECLARED) == {"label": "3 m"}
