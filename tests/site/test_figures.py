"""The figures of the built site: a layout for each width, light and dark, text as text, a larger view, a gallery."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from cnub.figures import catalogue

pytestmark = pytest.mark.site

SITE = Path(__file__).resolve().parents[2] / "_build" / "html"
SHOWN = sorted(p.stem for p in SITE.glob("*.html") if "figure-drawing" in p.read_text(encoding="utf-8"))
PHONE, DESK = {"width": 360, "height": 740}, {"width": 1400, "height": 1000}
LEAST_PX, LEAST_INDEX_PX = 9.0, 7.5
"""Height of type that is still read on a phone, and of an exponent or index, seven tenths of its letter."""
TOUCH_PX = 1.0
"""Overlap of two boxes of letters that is none: hinting and rounding of coordinates stay below half of it."""

LAYOUTS = """
() => [...document.querySelectorAll('.figure-drawing')].map(drawing => {
  const shown = name => drawing.querySelector(`svg.figure-${name}`).getBoundingClientRect().width > 0;
  return [drawing.dataset.figure, shown('wide'), shown('narrow')];
})
"""
TEXTS = """  // the box of slanting text holds more than its letters: left out
() => [...document.querySelectorAll('.figure-drawing')].map(drawing => {
  const svg = [...drawing.querySelectorAll('.figure-layouts > svg')].find(s => s.getBoundingClientRect().width > 0);
  const frame = svg.getBoundingClientRect(), scale = frame.width / svg.viewBox.baseVal.width;
  const texts = [...svg.querySelectorAll('text')].filter(t => t.textContent.trim());
  const size = t => parseFloat(getComputedStyle(t).fontSize) * scale;
  const sizes = texts.flatMap(t => {
    const runs = t.children.length ? [...t.children] : [t], largest = Math.max(...runs.map(size));
    return runs.map(run => [size(run), largest, run.textContent]);
  });
  const straight = t => { const m = t.getCTM(); return Math.abs(m.a * m.b) < 1e-3; };
  const boxes = texts.filter(straight).map(t => {
    const box = t.getBoundingClientRect(), up = box.height > 1.5 * box.width && t.textContent.length > 2;
    const across = up ? 0.2 * box.width : 0, along = up ? 0 : 0.22 * box.height;  // letters do not fill their line
    return [t.textContent, box.left + across, box.top + along, box.right - across, box.bottom - along];
  });
  return {id: drawing.dataset.figure, frame: [frame.left, frame.top, frame.right, frame.bottom], sizes, boxes};
})
"""
INKS = """
() => [...document.querySelectorAll('.figure-drawing')].map(drawing => {
  const svg = [...drawing.querySelectorAll('.figure-layouts > svg')].find(s => s.getBoundingClientRect().width > 0);
  const letters = [...svg.querySelectorAll('text')].map(t => getComputedStyle(t).fill.match(/[\\d.]+/g).map(Number));
  const paper = getComputedStyle(svg.querySelector('path')).fill.match(/[\\d.]+/g).map(Number);
  return {id: drawing.dataset.figure, letters, paper};
})
"""


def luminance(rgb) -> float:
    """Relative luminance of sRGB (WCAG 2)."""
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in (v / 255 for v in rgb[:3])]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other) -> float:
    """Contrast of two colours (WCAG 2)."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


LEAST_CONTRAST = 3.0
"""Of text and its ground, WCAG 2 for large type and parts of pictures; grey notes are the faintest."""


def test_every_registered_figure_is_on_the_page_of_its_chapter():
    missing = [
        figure.id
        for figure in catalogue().values()
        if f'data-figure="{figure.id}"' not in (SITE / f"{figure.chapter}.html").read_text(encoding="utf-8")
    ]
    assert SHOWN and not missing


def settled(page):
    page.evaluate("document.fonts.ready.then(() => null)")
    return page


def collisions(boxes) -> list[tuple[str, str]]:
    found = []
    for number, (text, *one) in enumerate(boxes):
        for other_text, *other in boxes[number + 1 :]:
            across = min(one[2], other[2]) - max(one[0], other[0])
            along = min(one[3], other[3]) - max(one[1], other[1])
            if across > TOUCH_PX and along > TOUCH_PX:
                found.append((text, other_text))
    return found


def cut(frame, boxes) -> list[str]:
    (left, top, right, bottom), free = frame, TOUCH_PX
    return [
        text
        for text, west, north, east, south in boxes
        if west < left - free or north < top - free or east > right + free or south > bottom + free
    ]


@pytest.mark.parametrize("name", SHOWN)
def test_a_phone_has_a_layout_of_its_own_that_can_be_read(name, visit):
    page = settled(visit(name, PHONE))
    assert all(narrow and not wide for _, wide, narrow in page.evaluate(LAYOUTS))
    for figure in page.evaluate(TEXTS):
        small = [(text, size) for size, largest, text in figure["sizes"] if size < LEAST_INDEX_PX or largest < LEAST_PX]
        assert figure["sizes"] and not small, (figure["id"], small)
        assert not collisions(figure["boxes"]), (figure["id"], collisions(figure["boxes"]))
        assert not cut(figure["frame"], figure["boxes"]), (figure["id"], cut(figure["frame"], figure["boxes"]))


@pytest.mark.parametrize("name", SHOWN)
def test_the_words_of_the_wide_layout_are_text_and_do_not_meet(name, visit):
    page = settled(visit(name, DESK))
    assert all(wide and not narrow for _, wide, narrow in page.evaluate(LAYOUTS))
    assert page.evaluate("[...document.fonts].some(f => /DejaVu Sans/.test(f.family) && f.status == 'loaded')")
    for figure in page.evaluate(TEXTS):
        assert figure["boxes"] and not collisions(figure["boxes"]), (figure["id"], collisions(figure["boxes"]))
        assert not cut(figure["frame"], figure["boxes"]), (figure["id"], cut(figure["frame"], figure["boxes"]))


@pytest.mark.parametrize("name", SHOWN)
def test_dark_ground_has_light_ink_and_print_is_light(name, visit):
    page = visit(name, DESK)
    light = page.evaluate(INKS)
    page.evaluate("document.documentElement.dataset.theme = 'dark'")
    dark = page.evaluate(INKS)
    page.emulate_media(media="print")
    printed = page.evaluate(INKS)
    for on_light, on_dark, on_paper in zip(light, dark, printed, strict=True):
        assert luminance(on_light["paper"]) > 0.9 and luminance(on_dark["paper"]) < 0.1, on_dark["id"]
        assert on_paper["letters"] == on_light["letters"], "a printed page keeps the colours of the light one"
        for drawn in (on_light, on_dark):
            worst = min(contrast(letters, drawn["paper"]) for letters in drawn["letters"])
            assert worst >= LEAST_CONTRAST, (drawn["id"], worst)


def test_the_switch_of_the_theme_darkens_the_figures(visit):
    page = visit("stodolsky_effect", DESK, color_scheme="dark")
    page.evaluate("localStorage.setItem('mode', 'auto')")
    page.reload(wait_until="networkidle")
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    assert all(luminance(figure["paper"]) < 0.1 for figure in page.evaluate(INKS))


def test_text_of_a_figure_can_be_marked(visit):
    page = visit("stodolsky_effect", DESK)
    marked = page.evaluate("""() => {
      const text = [...document.querySelectorAll('svg.figure-wide text')].find(t => t.textContent == 'torsion balance');
      getSelection().selectAllChildren(text);
      return getSelection().toString();
    }""")
    assert marked.strip() == "torsion balance"


@pytest.mark.parametrize("name", SHOWN)
def test_every_figure_opens_and_closes_by_keyboard(name, visit):
    page = visit(name, DESK)
    buttons = page.locator("button.figure-enlarge")
    assert buttons.count() == page.locator(".figure-drawing").count()
    for i in range(buttons.count()):
        buttons.nth(i).focus()
        page.keyboard.press("Enter")
        large = page.locator("dialog.figure-large[open] svg")
        large.wait_for()
        assert large.count() == 1 and large.bounding_box()["width"] > 640
        page.keyboard.press("Escape")
        large.wait_for(state="detached")
        assert page.locator("dialog.figure-large[open]").count() == 0
        assert buttons.nth(i).evaluate("button => button == document.activeElement")
    assert page.problems == [] and page.foreign == []


def test_a_click_enlarges_and_the_larger_view_fits_a_phone(visit):
    page = visit("slow_light", PHONE)
    first = page.locator(".figure-layouts").first
    first.scroll_into_view_if_needed()
    first.click(position={"x": 8, "y": 8})
    assert page.locator("dialog.figure-large[open]").count() == 1
    page.locator("dialog.figure-large button").click()
    assert page.locator("dialog.figure-large[open]").count() == 0
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 1


def test_figures_are_shown_without_script(visit):
    page = visit("stodolsky_effect", DESK, java_script_enabled=False)
    shown = page.locator("svg.figure-wide")
    assert shown.count() == page.locator("article figure").count() > 0
    assert all(shown.nth(i).is_visible() for i in range(shown.count()))
    assert all(len((shown.nth(i).get_attribute("aria-label") or "").split()) >= 5 for i in range(shown.count()))


def test_names_within_drawings_are_unique_on_a_page():
    for name in SHOWN:
        names = re.findall(r'\bid="([^"]+)"', (SITE / f"{name}.html").read_text(encoding="utf-8"))
        assert len(names) == len(set(names)), name


def test_the_gallery_has_every_figure_with_its_place_and_files(visit):
    page = visit("about/gallery", DESK)
    cards = page.locator("ul.figure-gallery > li")
    ids = [cards.nth(i).locator("code").inner_text() for i in range(cards.count())]
    assert ids == list(catalogue())
    for i, id in enumerate(ids):
        card, figure = cards.nth(i), catalogue()[id]
        assert figure.summary in " ".join(card.inner_text().split())
        links = card.locator("a").evaluate_all("links => links.map(link => link.getAttribute('href'))")
        assert links[0] == f"../{figure.chapter}.html#fig-{id}"
        assert f'id="fig-{id}"' in (SITE / f"{figure.chapter}.html").read_text(encoding="utf-8")
        files = [SITE / "about" / link for link in links[1:]]
        assert [file.name.removesuffix(".gz") for file in files] == [f"{id}.csv", f"{id}.svg"]
        assert all(file.is_file() for file in files)
        card.scroll_into_view_if_needed()
        assert card.locator("img").evaluate("image => image.decode().then(() => image.naturalWidth)") > 0
    assert page.problems == [] and page.foreign == []
