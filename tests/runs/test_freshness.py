"""Records are fresh, stale for a reason, or missing; a sample of their pieces is computed again."""

import json
import math

import pytest

from cnub import runs
from cnub.runs import freshness, heavy, notebooks, records


def test_record_is_missing_then_fresh_then_stale_and_its_sample_is_computed_again(place, alone):
    assert freshness.state("toy").state == "missing"
    runs.execute("toy", record=True)
    assert (freshness.state("toy").state, freshness.state("toy").reasons) == ("fresh", ())
    again = freshness.recomputed("toy")
    assert len(again) >= 3 and all(piece.difference == 0.0 for piece in again)
    sample = records.RECORDS / "toy" / "sample.json"
    kept = json.loads(sample.read_text())
    for entry in kept["pieces"]["pieces"]:
        entry["result"] *= 1.001
    sample.write_text(json.dumps(kept))
    assert all(piece.difference == pytest.approx(1e-3, rel=1e-2) for piece in freshness.recomputed("toy"))
    notebook = place.folder / "book" / "toy.md"
    notebook.write_text(
        notebook.read_text().replace("sum(values)", "sum(values) + 1").replace("pieces = 6", "pieces = 7")
    )
    stale = freshness.state("toy")
    assert stale.state == "stale"
    assert stale.reasons == ("parameters differ from the notebook's", "the code of the notebook changed")


@pytest.mark.parametrize(
    ("one", "other", "difference"),
    [
        ([1.0, 2.0], [1.0, 2.5], 0.2),
        ({"a": 1.0, "seconds": 1.0}, {"a": 1.0, "seconds": 9.0}, 0.0),
        ({"a": 1.0}, {"b": 1.0}, math.inf),
        ([1.0], [1.0, 2.0], math.inf),
        ([math.nan, math.inf], [math.nan, math.inf], 0.0),
        (1.0, math.nan, math.inf),
        ("inf", "inf", 0.0),
        ("a", "b", math.inf),
    ],
)
def test_difference(one, other, difference):
    assert freshness.difference(one, other) == pytest.approx(difference)


BRIEF_S = 0.5
"""Pieces that took longer when they were recorded are left to `cnub reproduce`."""


@pytest.mark.parametrize("name", runs.names())
def test_published_record_is_of_this_program_and_its_pieces_come_out_again(name):
    kept = freshness.state(name)
    assert (kept.state, kept.reasons) == ("fresh", ()), f"make runs records {name} anew"
    stated = notebooks.said(heavy.NOTEBOOKS / f"{name}.md")["error"]
    for piece in freshness.recomputed(name, most=2, seconds=BRIEF_S):
        assert piece.difference <= stated, f"{piece.label}: {piece.piece}"
