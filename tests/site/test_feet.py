"""Under every figure stands what made it, and all of it is there."""

from __future__ import annotations

import re
import shlex
from html import unescape
from pathlib import Path

import pandas as pd
import pytest

from cnub.figures import catalogue

pytestmark = pytest.mark.site
SITE = Path(__file__).resolve().parents[2] / "_build" / "html"
FOOT = re.compile(r'<details class="figure-foot">.*?</details>', flags=re.S)


def feet() -> list[tuple[Path, str]]:
    pages = [*SITE.glob("*.html"), *(SITE / "about").rglob("*.html")]
    return [(page, foot) for page in sorted(pages) for foot in FOOT.findall(page.read_text(encoding="utf-8"))]


def words(html: str) -> str:
    return unescape(re.sub(r"<[^>]+>", "", html))


def test_every_figure_of_the_registry_is_shown_once():
    shown = [re.search(r"<summary><code>([\w-]+)</code>", foot)[1] for _, foot in feet()]
    assert sorted(shown) == sorted(set(shown)) and set(shown) == set(catalogue())


def test_every_foot_is_complete():
    for page, foot in feet():
        id = re.search(r"<summary><code>([\w-]+)</code>", foot)[1]
        figure = catalogue()[id]
        told = words(foot)
        (command,) = [line for line in told.splitlines() if f"cnub figure {id}" in line]
        assert "--out" in shlex.split(command), command
        assert figure.function in told and "cnub " in told.rpartition("Computed by")[2]
        assert all(name in told for name in figure.parameters()), id
        for target in re.findall(r'href="([^"#]+)[^"]*"', foot):
            assert target.startswith("https://") or (page.parent / target).is_file(), f"{id}: {target}"


def test_the_data_under_every_figure_open():
    for page, foot in feet():
        (target,) = re.findall(r'href="([^"]+\.csv(?:\.gz)?)"', foot)
        table = pd.read_csv(page.parent / target)
        assert len(table) and len(table.columns) > 1, target
        (picture,) = re.findall(r'href="([^"]+\.svg)"', foot)
        assert "<svg" in (page.parent / picture).read_text(encoding="utf-8")
