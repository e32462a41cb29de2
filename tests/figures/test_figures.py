"""Every figure: it computes, draws curves that no colour is needed to tell apart, says what it shows, the same twice.

Each of its parameters declares a range or a choice: inside, a figure is drawn that shows something; outside, one
sentence refuses. ``CNUB_FIGURE_DRAWS`` sets how many random settings of each figure are drawn.
"""

import math
import os
import random
import re
from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from matplotlib.colors import to_hex

from cnub import DomainError
from cnub.figures import FORMATS, catalogue, find, save, show
from cnub.figures.files import drawn
from cnub.figures.flattened_earth_patch import ACROSS, KAPPAS, LENGTHS, SHAPED, recorded
from cnub.figures.parameters import Choice, Range
from cnub.figures.rendered import ROLE

IDS = tuple(catalogue())
LEAST_WORDS = 5
"""A caption of fewer is a title."""


COMPANIONS = {
    "neutrino-spectrum": "each line has its number",
    "idea-z-burst": "each peak has its mass",
    "sphere-focusing": "each level lies on the side of its curve",
    "sphere-fixed-k": "each mean lies within its curve",
    "sphere-tunnelling": "each dotted line runs beside its curve",
    "discovery-exposure": "each dotted line runs beside its curve",
}
"""Figures in which lines of one look and several colours are told apart by their place or by a number."""


def look(line):
    return (str(line._unscaled_dash_pattern), str(line.get_marker()), line.get_linewidth(), line.get_markersize(),
            to_hex(line.get_markerfacecolor()) == to_hex(line.get_color()), line.get_linestyle())  # fmt: skip


def alike(canvas):
    """Pairs of curves of one panel that differ by their colour alone."""
    for axes in canvas.axes:
        curves = [line for line in axes.lines if line.get_transform() == axes.transData and len(line.get_xdata()) > 2]
        curves = [line for line in curves if line.get_marker() not in ("_", "|")]  # ends of error bars
        for one, other in combinations(curves, 2):
            if look(one) == look(other) and to_hex(one.get_color()) != to_hex(other.get_color()):
                yield one.get_label(), other.get_label()


@pytest.mark.parametrize("id", IDS)
def test_figure_is_deterministic_labelled_and_told_in_sentences(id):
    chosen = find(id)
    assert chosen.summary and chosen.draw is not None
    first, second = show(id), show(id)
    _tells_in_sentences(first.caption, first.alt)
    assert isinstance(first.table, pd.DataFrame) and len(first.table) > 0
    assert first.svg == second.svg
    assert "<svg" in first.svg and not re.search(r' d="[^"]*\bnan\b', first.svg)
    with drawn(chosen, first.table, chosen.parameters()) as canvas:
        assert id in COMPANIONS or not list(alike(canvas))
    for axes in canvas.axes:
        if axes.axison and axes.get_label() != "<colorbar>":
            columns = axes.get_shared_x_axes().get_siblings(axes)
            assert any(one.get_xlabel() for one in columns), id
            assert any(one.get_ylabel() for one in canvas.axes if _same_row(one, axes)) or _named(axes), id


def _tells_in_sentences(*words):
    for text in words:
        assert len(text.split()) >= LEAST_WORDS and text == " ".join(text.split())
        assert text.endswith(".") and "nan" not in text.split()
    assert not ROLE.search(words[1]) and "$" not in words[1], "a screen reader reads the alternative text out"


def _same_row(one, other):
    spec, reference = one.get_subplotspec(), other.get_subplotspec()
    return one is other or (spec is not None and reference is not None and spec.rowspan == reference.rowspan)


def _named(axes):
    """Bars over categories name their axis by the categories themselves."""
    return all(label.get_text().isidentifier() for label in axes.get_yticklabels())


@pytest.mark.parametrize("kind", FORMATS)
def test_written_file_and_its_data(tmp_path, kind):
    out, data = tmp_path / f"momentum.{kind}", tmp_path / "momentum.csv"
    about = data.with_name("momentum.csv-metadata.json")
    assert save("relic-momentum", out, data, points=11) == [out, data, about]
    again = tmp_path / f"again.{kind}"
    save("relic-momentum", again, points=11)
    assert out.read_bytes() == again.read_bytes()
    assert list(pd.read_csv(data).columns) == ["momentum_meV", "density_per_meV", "mark"]
    assert sorted(p.name for p in tmp_path.iterdir()) == sorted(p.name for p in (out, data, about, again))


DRAWS = int(os.environ.get("CNUB_FIGURE_DRAWS", "1"))
"""Random settings per figure; ten take an hour."""
SLOW = ("plane-ldos", "plane-waves", "plane-carried", "plane-orders", "sphere-earth")
"""Figures of seconds at any setting: only their refusals are tested, unless more draws are asked for."""
CHEAP = {
    "count": 500, "points": 20, "directions": 20, "number": 500, "sizes": 4, "panels": 20, "kR": 3000.0,
    "largest": 3000.0, "lowest": 300.0, "highest": 300.0,
}  # fmt: skip
"""Upper ends that keep the suite short, for parameters whose cost grows with them; not used for several draws."""
MISSING = {
    "coherent-sum": {"S_over_N", "error"}, "discovery-lines": {"lightest_mass_eV"}, "patch-map": {"half_filled"},
    "plane-gallery": {"position_sphere", "width_sphere"}, "slow-light-scanning": {"momentum_eV"},
    "sphere-benchmark": {"error_over_delta"}, "sphere-filling": {"log10_filling_years"}, "sphere-layers": {"small_sum"},
    "sphere-profile": {"sum"}, "sphere-rays": {"error"},
}  # fmt: skip
"""Columns with rows that have no such entry: marks, a closed channel, points at which no sum was done."""


def _inside(parameter, generator):
    allowed = parameter.allowed
    if isinstance(allowed, Choice):
        return generator.choice(allowed.options)
    high = allowed.high if DRAWS > 1 else max(allowed.low, min(allowed.high, CHEAP.get(parameter.name, math.inf)))
    start = max(allowed.low, allowed.least)
    if start > 0 and high > 20 * start:
        value = math.exp(generator.uniform(math.log(start), math.log(high)))
    else:
        value = generator.uniform(allowed.low, high)
    value = min(max(value, allowed.low), high)
    return round(value) if parameter.kind is int else value


def _outside(parameter):
    allowed = parameter.allowed
    yield from (math.nan, math.inf, None, True, 1j, 10**400, [parameter.default])
    if isinstance(allowed, Range):
        yield from (allowed.low - 1, allowed.high * 1.001 + 1, "word")
        yield from [0.0] * (allowed.least > 0) + [allowed.low + 0.5] * (parameter.kind is int)
    else:
        yield from ("nonsense", -0.7)


def _shows_something(axes):
    (left, right), (low, high) = sorted(axes.get_xlim()), sorted(axes.get_ylim())
    for line in axes.lines:
        if line.get_transform() == axes.transData:
            x, y = (np.asarray(data, dtype=float) for data in line.get_data(orig=False))
            if ((x >= left) & (x <= right) & (y >= low) & (y <= high)).any():
                return True
    return bool(axes.collections or axes.patches)


def _settings(chosen):
    seed = random.Random(f"draws of {chosen.id}")
    declared = chosen.declared()
    return [{name: _inside(p, seed) for name, p in declared.items()} for _ in range(DRAWS if declared else 0)]


@pytest.mark.parametrize("id", [i for i in IDS if find(i).declared() and (DRAWS > 1 or i not in SLOW)])
def test_random_parameters_inside_their_ranges_draw_something(id):
    chosen, drawn = find(id), 0
    for setting in _settings(chosen):
        try:
            table = chosen.compute(**setting)
        except DomainError as error:
            assert str(error).startswith(f"{next(iter(setting))}=") and "must go together" in str(error)
            continue
        drawn += 1
        numbers = table.select_dtypes("number").drop(columns=list(MISSING.get(id, ())))
        assert len(table) and np.isfinite(numbers.to_numpy()).all(), setting
        canvas = chosen.canvas(table, setting)
        assert all(_shows_something(axes) for axes in canvas.axes if axes.axison), setting
        for text in chosen.words(table, setting):
            assert not re.search(r"\b(nan|inf)\b", text), text
    assert drawn or DRAWS < 4


@pytest.mark.parametrize("id", [i for i in IDS if find(i).declared()])
def test_a_parameter_outside_its_range_is_refused_in_a_sentence(id):
    chosen = find(id)
    for name, parameter in chosen.declared().items():
        assert parameter.check(parameter.default) == parameter.default
        assert parameter.allowed.meaning and str(parameter.allowed) in str(parameter)
        for bad in _outside(parameter):
            with pytest.raises(DomainError, match=rf"^{name} must be .*; got ") as caught:
                chosen.compute(**{name: bad})
            assert len(str(caught.value)) < 200


def test_the_choices_of_the_recorded_patches_are_what_was_recorded():
    table = recorded()
    plain = table[(table["rms"] == 0.0) & (table["position"] == 0.0) & (table["height"] == 0.0)]
    for height in (0.0, 1.0, 3.0):
        smooth = table[(table["shape"] == "smooth") & (table["height"] == height) & (table["rms"] == 0.0)]
        assert {(k, n) for k in KAPPAS for n in LENGTHS} <= set(zip(smooth["kappa"], smooth["length"], strict=True))
    shapes = plain.groupby(["kappa", "length"])["shape"].nunique()
    assert all(shapes[k, n] == 3 for k in KAPPAS for n in SHAPED)
    assert {n for n in table[table["position"] != 0.0]["length"]} == {ACROSS}


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


@pytest.mark.parametrize(
    ("id", "setting", "sentence"),
    [
        ("relic-masses", {"points": -1}, "points must be a whole number between 5 and 300; got -1"),
        ("patch-lengths", {"gentle": 0.3}, "gentle must be one of 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50; got 0.3"),
        ("patch-heights", {"kappa": 3.0}, "kappa must be one of 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50; got 3"),
        ("sphere-size", {"delta": 0.0}, "delta must be -0.1 to 0.1, size at least 1e-08; got 0.0"),
        ("patch-shapes", {"length": 0.5}, "length must be one of 0.01, 0.03, 0.1, 0.3, 1, 3 l; got 0.5"),
    ],
)
def test_sentence_of_a_refused_parameter(id, setting, sentence):
    with pytest.raises(DomainError) as caught:
        show(id, **setting)
    assert str(caught.value) == sentence


def test_values_that_do_not_go_together_are_named():
    with pytest.raises(
        DomainError, match=r"^mass_in=0.1, mass_out=0.2 must go together in figure slow-light-dispersion:"
    ):
        show("slow-light-dispersion", mass_in=0.1, mass_out=0.2)
