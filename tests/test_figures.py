"""Every figure: it computes, draws, says what it shows, and comes out byte for byte the same twice."""

import pandas as pd
import pytest

from cnub import DomainError
from cnub.figures import FORMATS, catalogue, find, save, show

IDS = tuple(catalogue())


@pytest.mark.parametrize("id", IDS)
def test_figure_is_deterministic_and_labelled(id):
    chosen = find(id)
    assert chosen.summary and chosen.draw is not None
    first, second = show(id), show(id)
    assert isinstance(first.table, pd.DataFrame) and len(first.table) > 0
    assert first.svg == second.svg
    assert "<svg" in first.svg and "NaN" not in first.svg.upper().split("<DEFS")[0]
    canvas = chosen.draw(first.table)
    for axes in canvas.axes:
        if axes.axison and axes.get_label() != "<colorbar>":
            columns = axes.get_shared_x_axes().get_siblings(axes)
            assert any(one.get_xlabel() for one in columns), id
            assert any(one.get_ylabel() for one in canvas.axes if _same_row(one, axes)) or _named(axes), id


def _same_row(one, other):
    spec, reference = one.get_subplotspec(), other.get_subplotspec()
    return one is other or (spec is not None and reference is not None and spec.rowspan == reference.rowspan)


def _named(axes):
    """Bars over categories name their axis by the categories themselves."""
    return all(label.get_text().isidentifier() for label in axes.get_yticklabels())


@pytest.mark.parametrize("kind", FORMATS)
def test_written_file_and_its_data(tmp_path, kind):
    out, data = tmp_path / f"tally.{kind}", tmp_path / "tally.csv"
    save("claims-tally", out, data)
    again = tmp_path / f"again.{kind}"
    save("claims-tally", again)
    assert out.read_bytes() == again.read_bytes()
    assert list(pd.read_csv(data).columns) == ["source", "verdict", "count"]
    assert sorted(p.name for p in tmp_path.iterdir()) == sorted([out.name, data.name, again.name])


def test_refusals(tmp_path):
    with pytest.raises(DomainError, match=r"figure must be one of .*claims-tally"):
        find("no-such-figure")
    with pytest.raises(DomainError, match="has no parameter 'mass'"):
        show("claims-tally", mass=1.0)
    with pytest.raises(DomainError, match=r"out must end in \.svg, \.png, \.pdf"):
        save("claims-tally", tmp_path / "x.txt")
    with pytest.raises(DomainError, match="out must be a writable file"):
        save("claims-tally", tmp_path / "missing" / "x.svg")
    assert list(tmp_path.iterdir()) == []
