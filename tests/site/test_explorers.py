"""The explorers in the browser: by keyboard, by address, dark, on a phone, without script."""

import pytest

from cnub.discovery.steps import fluorescence_steps
from cnub.forces.ground import earth
from cnub.pages.explorer_tables import MOMENTA, STEPS

pytestmark = pytest.mark.site
PAGES = {"asymmetry": "flattened_earth", "rate": "discovery", "candidates": "discovery"}
DRAWN = "#explore-{} .vega-embed:has(.vega-bind) svg.marks"
"""Drawn by the script: the picture without script has marks too, but no choices."""
TWO_DIGITS = 6e-2
"""Relative: the rates are kept to three digits and written with two, 5.05e-2 at worst."""
FOUR_DIGITS = 6e-4
"""Relative: an asymmetry is written with four digits."""
CONTRAST = 4.5
"""Of text on its ground, by the accessibility guidelines (WCAG 2.1, 1.4.3)."""
CONTRAST_OF = """part => {
  const paint = document.createElement("canvas").getContext("2d");
  const light = colour => {
    paint.clearRect(0, 0, 1, 1); paint.fillStyle = colour; paint.fillRect(0, 0, 1, 1);
    const [r, g, b] = [...paint.getImageData(0, 0, 1, 1).data].slice(0, 3).map(c => c / 255)
      .map(c => c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  let ground = part;
  const clear = "rgba(0, 0, 0, 0)";
  while (getComputedStyle(ground).backgroundColor === clear && ground.parentElement) ground = ground.parentElement;
  const style = getComputedStyle(part), svg = part.namespaceURI.endsWith("svg");
  const both = [light(svg ? style.fill : style.color), light(getComputedStyle(ground).backgroundColor)];
  return (Math.max(...both) + 0.05) / (Math.min(...both) + 0.05);
}"""
PHONE = {"width": 360, "height": 780}


@pytest.mark.parametrize("name", PAGES)
def test_an_explorer_is_drawn_and_tells_its_values_and_its_command(name, visit):
    page = visit(PAGES[name])
    page.wait_for_selector(DRAWN.format(name))
    box = page.locator(f"#explore-{name}")
    assert page.problems == [] and page.foreign == []
    assert box.locator("output").text_content() and ".venv/bin/" in box.locator("code").first.text_content()
    assert box.locator(".vega-bind select, .vega-bind input").count() >= 4
    assert box.locator(".vega-actions, details").count() == 0


def test_a_choice_by_keyboard_moves_value_command_and_address(visit):
    page = visit("discovery")
    page.wait_for_selector(DRAWN.format("rate"))
    box = page.locator("#explore-rate")
    before = box.locator("output").text_content()
    box.locator(".vega-bind select").first.focus()
    page.keyboard.press("ArrowDown")
    page.wait_for_function("location.search.includes('rate.ordering=IO')")
    page.wait_for_function("document.querySelector('#explore-rate code').textContent.includes('--ordering IO')")
    assert box.locator("output").text_content() != before
    again = visit("discovery?rate.ordering=IO")
    again.wait_for_selector(DRAWN.format("rate"))
    again.wait_for_function("document.querySelector('#explore-rate code').textContent.includes('--ordering IO')")
    assert again.locator("#explore-rate output").text_content() == box.locator("output").text_content()


@pytest.mark.parametrize("momentum", ["2", "gas"])
def test_the_drawn_asymmetry_is_that_of_the_package(momentum, visit):
    chosen = f"mass=0.2&state=nu_mu&ground=lead&above=0.0001&momentum={momentum}"
    page = visit("flattened_earth?" + "&".join(f"asymmetry.{part}" for part in chosen.split("&")))
    page.wait_for_selector(DRAWN.format("asymmetry"))
    option = {"gas": True} if momentum == "gas" else {"momentum": MOMENTA[momentum]}
    expected = earth(0.2, "nu_mu", ground="lead", height_m=1e-4, **option).asymmetry_per_cm3
    assert _numbers(page, "asymmetry") == pytest.approx([expected], rel=FOUR_DIGITS)
    curve = page.locator("#explore-asymmetry .mark-line path").first.bounding_box()
    assert curve["height"] > 100


def test_the_drawn_rates_are_those_of_the_package(visit):
    chosen = {"ordering": "NO", "mass": "0.01", "lifetime": "1e-9", "slope": "0.1", "volume": "1000", "dipoles": "1e20"}
    page = visit("discovery?" + "&".join(f"rate.{name}={value}" for name, value in chosen.items()))
    page.wait_for_selector(DRAWN.format("rate"))
    expected = fluorescence_steps("NO", 0.01, 1000, 1e20, 1e-9, 0.1)["value"]
    assert _numbers(page, "rate") == pytest.approx(list(expected), rel=TWO_DIGITS)


@pytest.mark.parametrize("name", PAGES)
def test_a_dark_explorer_can_be_read(name, visit):
    page = visit(PAGES[name])
    page.evaluate("document.documentElement.dataset.theme = 'dark'")
    page.wait_for_selector(f"{DRAWN.format(name)} text[fill='#e6e6e6']")
    for part in (".explorer-chart text[fill]", ".explorer-command code"):
        assert page.locator(f"#explore-{name} {part}").first.evaluate(CONTRAST_OF) >= CONTRAST


def _numbers(page, name):
    shown = page.locator(f"#explore-{name} output").text_content()
    return [float(number.replace("\N{MINUS SIGN}", "-")) for number in shown.split(", ")]


def test_an_address_outside_the_choices_changes_nothing(visit):
    page = visit("discovery?rate.mass=-1&rate.ordering=%3Cb%3E&candidates.largest=1e9")
    page.wait_for_selector(DRAWN.format("rate"))
    assert "--ordering NO --lightest-mass 0 " in page.locator("#explore-rate code").first.text_content()
    assert page.problems == []


@pytest.mark.parametrize("name", PAGES)
def test_without_script_an_explorer_is_a_picture(name, browser, address):
    page = browser.new_page(java_script_enabled=False)
    page.goto(f"{address}/{PAGES[name]}.html")
    text = page.locator(f"#explore-{name} .explorer-chart svg").text_content()
    assert "year" in text or "height" in text
    assert name != "rate" or STEPS[0] in text
    page.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_an_explorer_fits_a_phone_in_both_themes(scheme, visit):
    page = visit("discovery", PHONE)
    page.evaluate(f"document.documentElement.dataset.theme = '{scheme}'")
    page.wait_for_selector(DRAWN.format("rate"))
    right = page.eval_on_selector(DRAWN.format("rate"), "svg => svg.getBoundingClientRect().right")
    assert right <= PHONE["width"]
