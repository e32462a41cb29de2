"""How a figure is drawn: a layout for a phone, colours on a dark ground, tidy SVG."""

import re

import pytest
from matplotlib.colors import to_hex
from matplotlib.figure import Figure as Canvas

from cnub.figures import find, save, style
from cnub.figures.files import drawn, render
from cnub.figures.svg import tidy
from cnub.figures.words import fold, width

SOME = ("stodolsky-torque", "stodolsky-inputs", "relic-masses", "susceptibilities")
"""Quick figures: one panel, named rows, a grid of panels, panels beside each other."""
PLAIN = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">{}</svg>'


def render_of(id, **look):
    chosen = find(id)
    return render(chosen, chosen.compute(), "svg", **look).decode()


@pytest.mark.parametrize("id", SOME)
def test_a_phone_has_a_narrow_drawing_of_one_size_of_type(id):
    svg = render_of(id, narrow=True)
    assert svg == render_of(id, narrow=True)
    assert float(re.search(r'viewBox="0 0 ([\d.]+)', svg)[1]) == pytest.approx(72 * style.NARROW)
    sizes = {float(size) for size in re.findall(r"font-size:([\d.]+)px", svg)}
    assert min(sizes) >= 0.7 * style.TYPE, "an index is seven tenths of its letter"
    words = " ".join(re.sub(r"<[^>]*>", " ", svg).split())
    wide = " ".join(re.sub(r"<[^>]*>", " ", render_of(id)).split())
    for label in re.findall(r"[a-z]{5,}", wide):
        assert label in words, "no word of the wide drawing is lost"


def test_panels_stand_under_each_other_each_with_its_words():
    chosen = find("susceptibilities")
    with drawn(chosen, chosen.compute(), chosen.parameters(), narrow=True) as canvas:
        upper, lower = canvas.axes
        assert upper.get_gridspec().ncols == 1 and upper.get_subplotspec().rowspan.start == 0
        assert lower.get_subplotspec().rowspan.start == 1
        assert all(axes.get_xlabel() and axes.get_ylabel() for axes in canvas.axes)


def test_names_of_rows_move_above_their_rows():
    chosen = find("stodolsky-inputs")
    with drawn(chosen, chosen.compute(), chosen.parameters(), narrow=True) as canvas:
        (axes,) = canvas.axes
        names = [text.get_text() for text in axes.texts]
        assert len(names) == len(set(names)) == 8 and not any(t.get_text() for t in axes.get_yticklabels())


@pytest.mark.parametrize("id", SOME)
def test_a_dark_drawing_has_no_colour_of_the_light_one(id):
    light, dark = render_of(id), render_of(id, dark=True)
    colours = set(re.findall(r"(?:fill|stroke):(#[0-9a-f]{6})", light))
    assert colours <= set(style.DARK), "every colour has a partner"
    left = set(re.findall(r"(?:fill|stroke):(#[0-9a-f]{6})", dark))
    assert left == {style.DARK[colour] for colour in colours} | left & set(style.DARK.values())
    assert not left & (set(style.DARK) - set(style.DARK.values()))
    assert re.sub(r"#[0-9a-f]{6}|<metadata>.*</metadata>", "", light, flags=re.S).count("<path") == dark.count("<path")


def test_colours_of_curves_stay_apart_on_either_ground():
    partners = [style.DARK[to_hex(colour)] for colour in style.CYCLE]
    assert len(set(partners)) == len(style.CYCLE)
    assert all(to_hex(colour) in style.DARK for colour in style.CYCLE)


def test_a_file_in_another_look_says_so(tmp_path):
    save("stodolsky-torque", tmp_path / "x.svg", narrow=True, dark=True)
    assert "cnub figure stodolsky-torque --narrow --dark --out" in (tmp_path / "x.svg").read_text()


def test_tidy_keeps_the_picture():
    said = tidy(PLAIN.format('<g id="a"><path d="M 1.2345 2 \nL 3 -0.001 z" style="fill: none; stroke: #ff0000"/></g>'))
    assert '<path d="M1.23 2L3 0z" style="fill:none;stroke:#ff0000" />' in said and "<g" not in said


def test_tidy_reads_mathematics_from_left_to_right():
    spans = "".join(
        f'<tspan x="{x}" y="0" style="font-size: {size}px">{letter}</tspan>'
        for x, size, letter in ((0, 9, "a"), (12, 9, "c"), (6, 7, "b"))
    )
    said = tidy(PLAIN.format(f"<g transform='translate(1 2)'><text>{spans}</text></g>"))
    assert re.sub(r"<[^>]*>", "", said).strip() == "abc"


def test_tidy_draws_a_run_of_ticks_as_one_path_and_keeps_marks():
    uses = "".join(f'<use xlink:href="#t" x="{x}" y="5" style="stroke: #000000"/>' for x in (1, 2, 3))
    ticks = '<defs><path id="t" d="M 0 0 \nL 0 3.5 " style="stroke: #000000"/></defs>'
    assert '<path style="stroke:#000000" d="M1 5l0 3.5M2 5l0 3.5M3 5l0 3.5" />' in tidy(PLAIN.format(ticks + uses))
    marks = ticks.replace("L 0 3.5", "C 1 1 2 2 3 3")
    assert tidy(PLAIN.format(marks + uses)).count("<use") == 3


def test_words_are_folded_between_words_and_not_within_mathematics():
    canvas = Canvas()
    text = r"a long label with $x^2 + y^2$ in it"
    lines = fold(canvas, text, 0.5 * width(canvas, text)).split("\n")
    assert len(lines) >= 2 and " ".join(lines) == text
    assert all(line.count("$") % 2 == 0 for line in lines)
