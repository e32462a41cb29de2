"""Numbers as the prose shows them, and the box that says how to rerun a page."""

from ast import literal_eval

import numpy as np
import pytest

from cnub import DomainError
from cnub.pages import numbers as module
from cnub.pages.numbers import Number, format_number, numbers, rerun


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


@pytest.fixture()
def displayed(monkeypatch):
    """What a cell hands to the notebook besides its last value: (data, metadata) of each output."""
    outputs = []
    monkeypatch.setattr(module, "get_ipython", object)
    monkeypatch.setattr(module, "display", lambda data, raw, metadata: outputs.append((data, metadata)))
    return outputs


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (1.5, "1.50 eV"),
        (np.float64(-2.0), "−2.00 eV"),
        (1743, "1743 eV"),
        ("about a third", "about a third"),
        ((2e-9, "s"), "2.00 × 10⁻⁹ s"),
        ((0.5, "", 1), "0.5"),
        (Number(0.25, digits=1), "0.2 eV"),
        (Number("M1", "transition"), "M1 transition"),
    ],
)
def test_a_value_has_the_common_unit_and_digits_or_its_own(displayed, value, text):
    assert numbers(x=value, unit="eV").shown == {"x": text}


def test_what_is_shown_is_what_is_glued_under_its_name(displayed):
    table = numbers(peak=1.5, gas_mean=Number(2, label="mean <gas>"), digits=2)
    glued = {}
    for data, metadata in displayed:
        ((kind, text),) = data.items()
        about = metadata["scrapbook"]
        assert kind == about["mime_prefix"] + "text/plain"
        glued[about["name"]] = literal_eval(text)  # as MyST-NB reads it
    assert glued == table.shown == {"peak": "1.5", "gas_mean": "2"}
    bundle = table._repr_mimebundle_()
    assert bundle["text/plain"] == "peak        1.5\nmean <gas>  2"
    assert '<th scope="row">mean &lt;gas&gt;</th><td>2</td>' in bundle["text/html"]


def test_outside_a_notebook_nothing_is_printed(capsys):
    assert numbers(x=1.0).shown == {"x": "1.00"}
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("bad", [float("nan"), float("inf"), None, True, 1j, [1.0], Number(1.0, digits=0)])
def test_a_value_that_is_none_is_refused_and_nothing_glued(displayed, bad):
    with pytest.raises(DomainError, match=r"^(x|digits) must be "):
        numbers(good=1.0, x=bad)
    with pytest.raises(DomainError, match="values must be given by name"):
        numbers(unit="eV")
    assert displayed == []


def test_rerun_names_the_chapter_and_the_versions():
    bundle = rerun("intro")._repr_mimebundle_()
    assert "\n.venv/bin/cnub chapter intro\n" in bundle["text/markdown"]
    assert "<pre>.venv/bin/cnub chapter intro</pre>" in bundle["text/html"] and ":::" not in bundle["text/html"]
    for text in (bundle["text/markdown"], bundle["text/html"]):
        assert "numba" in text and "Run time" in text
