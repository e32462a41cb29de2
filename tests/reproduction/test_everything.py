"""Each kind of comparison finds what was changed in the published tables, and the report tells it."""

import json

import pytest
from typer.testing import CliRunner

from cnub import DomainError
from cnub.cli import app
from cnub.reproduction import everything, published, report
from cnub.reproduction.compared import Compared
from cnub.runs import chapters, heavy, notebooks

COLUMNS = {"x": [3.0, 3.0, 1.0, 2.0, 0.5, 0.1]}


@pytest.fixture()
def tables(tmp_path, monkeypatch):
    """Published tables of one claim, one figure and one chapter, in a folder of their own."""
    for name in ("FIGURES", "CHAPTERS", "LEDGER"):
        monkeypatch.setattr(published, name, tmp_path / f"{name.lower()}.csv")
    header = ("figure", "column", *published.SUMMARY)
    published.FIGURES.write_text(published.text(header, [["f", "x", *COLUMNS["x"]]]))
    published.CHAPTERS.write_text(published.text(("chapter", "name", "printed"), [["c", "half", "5.3 ms"]]))
    return tmp_path


@pytest.mark.parametrize(("value", "agrees"), [(2.0, True), (2.0 + 1e-5, False)])
def test_a_figure_with_other_data_differs(tables, monkeypatch, value, agrees):
    now = {"x": [3.0, 3.0, 1.0, value, 0.5, 0.1]}
    monkeypatch.setattr(everything, "computed_figures", lambda: iter([("f", now)]))
    (found,) = everything.figures()
    assert found.agrees is agrees


def test_a_figure_that_is_not_published_differs(tables, monkeypatch):
    monkeypatch.setattr(everything, "computed_figures", lambda: iter([("new", COLUMNS)]))
    (found,) = everything.figures()
    assert found.sentence == "figure new differs: its columns are others"


@pytest.mark.parametrize(("printed", "agrees"), [("5.4 ms", True), ("5.5 ms", False)])
def test_a_chapter_that_prints_another_number_differs(tables, monkeypatch, printed, agrees):
    monkeypatch.setattr(everything, "executed_chapters", lambda: iter([("c", {"half": printed})]))
    (found,) = everything.printed()
    assert found.agrees is agrees


def test_a_chapter_that_stops_differs_and_says_why(tables, monkeypatch):
    monkeypatch.setattr(everything, "executed_chapters", lambda: iter([("c", ValueError("no"))]))
    (found,) = everything.printed()
    assert found.sentence == "chapter c differs: no"


def test_command_says_what_differs_and_ends_with_1(tmp_path, monkeypatch):
    some = [Compared("figure", "f", 3, 1e-3, 1e-6), Compared("claim", "c", 1, 0.0, 1.0)]
    monkeypatch.setattr(everything, "reproduce", lambda quick, only: iter(some))
    monkeypatch.setattr(report, "REPORT", tmp_path / "reproduction.json")
    ended = CliRunner().invoke(app, ["reproduce", "--quick", "--record"])
    assert ended.exit_code == 1
    assert "figure f differs: by 0.001 relative; 1e-06 is stated" in ended.output
    assert "claims of the ledger: 1 of 1 agree" in ended.output
    told = json.loads((tmp_path / "reproduction.json").read_text())
    assert [row["agrees"] for row in told["compared"]] == [False, True]
    assert report.reported()["parameters"] == {"quick": True}


def test_another_kind_is_refused():
    with pytest.raises(DomainError, match="only must be one of claims, figures, chapters, pieces, runs; got 'numbers'"):
        everything.reproduce(only=["numbers"])


def test_publishing_what_is_compared_with_is_done_alone():
    ended = CliRunner().invoke(app, ["reproduce", "--publish", "--quick"])
    assert ended.exit_code != 0
    assert "publish must be given alone" in str(ended.exception)


def test_every_run_states_its_error():
    for name in heavy.names():
        said = notebooks.said(heavy.NOTEBOOKS / f"{name}.md")
        assert 0.0 < said["error"] <= 0.5, name


def test_every_chapter_with_numbers_is_published():
    kept = published.read(published.CHAPTERS)
    assert kept.keys() <= set(chapters.names())
    assert {"spherical_scattering", "parametric_fluorescence"} <= kept.keys()
