"""A page by keyboard alone, and on paper."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.site
CHAPTERS = ["stodolsky_effect", "discovery", "claims"]
BLACK, WHITE = "rgb(0, 0, 0)", "rgb(255, 255, 255)"
PAPER = {"width": 680, "height": 960}
"""A4 without its margins, in pixels of a printer."""
CUT = """() => [...document.querySelectorAll("article :is(table, figure, svg, img, pre, div.math)")]
  .filter(part => part.checkVisibility() && part.getBoundingClientRect().right > innerWidth + 1)
  .map(part => part.outerHTML.slice(0, 100))"""
COLOURS = """() => [...new Set([...document.querySelectorAll("article :is(p, li, td, h1, h2, figcaption)")]
  .filter(part => part.checkVisibility()).map(part => getComputedStyle(part).color))]"""


@pytest.fixture()
def dark(visit):
    def open_dark(name, viewport=PAPER):
        page = visit(name, viewport)
        page.evaluate("document.documentElement.dataset.theme = 'dark'")
        return page

    return open_dark


@pytest.mark.parametrize("name", CHAPTERS)
def test_a_dark_page_prints_black_on_white_and_whole(name, dark):
    page = dark(name)
    folded = page.locator("article details:not([open])").count()
    page.emulate_media(media="print")
    page.wait_for_function("document.documentElement.dataset.theme === 'light'")
    assert page.evaluate(COLOURS) == [BLACK]
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == WHITE
    assert page.locator("article details:not([open], .tag_hide-input > details)").count() == 0 < folded
    assert page.locator("nav:visible, .bd-sidebar-primary:visible, .copybtn:visible, .headerlink:visible").count() == 0
    assert page.evaluate(CUT) == []
    page.emulate_media(media="screen")
    page.wait_for_function("document.documentElement.dataset.theme === 'dark'")
    assert page.locator("article details:not([open])").count() == folded


def test_addresses_of_links_are_printed(dark):
    page = dark("bibliography")
    page.emulate_media(media="print")
    shown = page.evaluate("getComputedStyle(document.querySelector('article a.external'), '::after').content")
    assert "https://" in shown


def test_search_opens_and_closes_by_keyboard(visit):
    page = visit("stodolsky_effect")
    page.keyboard.press("Control+k")
    assert page.evaluate("document.activeElement.name") == "q"
    page.keyboard.press("Escape")
    assert not page.locator("#pst-search-dialog").is_visible()
    page.keyboard.press("Control+k")
    page.keyboard.type("torque")
    page.keyboard.press("Enter")
    page.wait_for_selector("#search-results ul.search > li")


def test_theme_and_boxes_by_keyboard(visit):
    page = visit("stodolsky_effect")
    page.locator("button.theme-switch-button:visible").first.focus()
    themes = set()
    for _ in range(3):
        page.keyboard.press("Enter")
        page.wait_for_function("document.activeElement.matches('.theme-switch-button')")
        themes.add(page.evaluate("document.documentElement.dataset.theme"))
    assert themes == {"light", "dark"}
    box = page.locator("article details:not([open])").first
    box.locator("> summary").focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.parentElement.open")


def test_what_scrolls_is_moved_by_keyboard(visit):
    page = visit("stodolsky_effect", {"width": 360, "height": 780})
    page.wait_for_function("document.querySelector(\"article [tabindex='0'][role='group']\")")
    box = page.locator("article pre[tabindex='0']:visible").first
    box.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("document.activeElement.scrollLeft > 0")
