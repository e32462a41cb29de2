"""The summary of a figure's data moves with its values, their order and their small ones."""

import math

import nbformat
import numpy as np
import pandas as pd
import pytest

from cnub.figures import find
from cnub.reproduction import published

TABLE = pd.DataFrame({"x": np.linspace(1.0, 5.0, 9), "y": 10.0 ** -np.arange(9.0), "kind": list("aaabbbccc")})


def moved(change):
    table = TABLE.copy()
    change(table)
    now, then = published.summary(table), published.summary(TABLE)
    return max(published.apart(then[name], now[name]) for name in then)


def test_the_same_table_has_the_same_summary():
    assert moved(lambda table: None) == 0.0


@pytest.mark.parametrize(
    "change",
    [
        lambda t: t.__setitem__("x", t["x"] * (1 + 1e-5)),
        lambda t: t.__setitem__("x", t["x"].to_numpy()[::-1]),
        lambda t: t.__setitem__("y", t["y"].where(t["y"] > 1e-8, 2e-8)),
        lambda t: t.__setitem__("x", t["x"].where(t["x"] > 1.0, math.nan)),
        lambda t: t.__setitem__("kind", list("aaabbbbcc")),
    ],
    ids=["scale", "order", "smallest entry", "not finite", "words"],
)
def test_a_change_is_seen(change):
    assert moved(change) > published.FIGURE_ERROR


def test_every_figure_is_published_and_none_that_is_gone(catalogue_ids):
    assert set(published.read(published.FIGURES)) == catalogue_ids


def test_published_data_are_those_of_now():
    """The whole is for `cnub reproduce`; here one figure whose data take no time."""
    then = published.read(published.FIGURES)["stodolsky-torque"]
    now = published.summary(find("stodolsky-torque").compute())
    assert then.keys() == now.keys()
    far = [published.apart(published.numbers(then[name]), now[name]) for name in then]
    assert max(far) <= published.FIGURE_ERROR


def test_numbers_of_a_chapter_are_those_that_its_prose_has():
    output = nbformat.v4.new_output(
        "display_data",
        {"application/papermill.record/text/plain": "'1.25 × 10⁻⁸'"},
        metadata={"scrapbook": {"name": "half", "mime_prefix": "application/papermill.record/"}},
    )
    cell = nbformat.v4.new_code_cell("", outputs=[output, nbformat.v4.new_output("stream", text="1")])
    assert published.glued(nbformat.v4.new_notebook(cells=[cell])) == {"half": "1.25 × 10⁻⁸"}
