"""The explorers in the browser: by keyboard, by address, dark, on a phone, without script."""

import pytest

from cnub.pages.explorer_tables import STEPS

pytestmark = pytest.mark.site
PAGES = {"asymmetry": "flattened_earth", "rate": "discovery", "candidates": "discovery"}
DRAWN = "#explore-{} .explorer-chart svg.marks"
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
