"""The explorers' tables and commands against the package, on a random sample of choices."""

import json
import random
import re
import shlex
import subprocess
import sys

import numpy as np
import pytest
import vl_convert

from cnub import DomainError
from cnub.constants import AVOGADRO
from cnub.discovery.steps import fluorescence_steps
from cnub.fluorescence.rates import event_rate
from cnub.forces.ground import earth
from cnub.forces.surface import asymmetry
from cnub.pages import explorer_tables as tables
from cnub.pages.explorers import EXPLORERS, PICTURE_WIDTH, VEGA_LITE, explorer

PRINTED = 6e-3
"""Relative: the rates of the table are kept to three digits, which is 5e-3 at worst."""
SHAPE = 2e-5
"""Relative: six digits of a shape, and what is second order in delta < 1e-6; measured 2e-6."""
OF_VEGA = {"width", "height", "padding", "autosize", "background"}
"""Signals of every chart: a parameter of such a name would set the size of the picture."""
CHOSEN = random.Random(2507)


def test_an_explorer_is_a_picture_without_script_and_asks_no_host():
    for name in EXPLORERS:
        page = explorer(name).html()
        assert "<svg" in page and 'aria-label="Interactive chart' in page
        assert "http" not in page.replace("http://www.w3.org", "").replace("https://vega.github.io/schema", "")
    with pytest.raises(DomainError, match="name"):
        explorer("plotly")


def test_the_charts_are_valid_and_name_every_choice():
    for name in EXPLORERS:
        spec = explorer(name).spec
        vl_convert.vegalite_to_vega(spec, vl_version=VEGA_LITE)
        bound = [param for param in spec["params"] if "bind" in param]
        assert bound and all(param["bind"]["name"].strip() for param in bound)
        names = {param["name"] for param in spec["params"]}
        assert "command" in names and not names & OF_VEGA


def test_the_picture_has_the_size_of_its_chart():
    for name in EXPLORERS:
        found = explorer(name)
        width, height = (float(n) for n in re.search(r'viewBox="0 0 (\S+) (\S+)"', found.svg()).groups())
        assert width >= 0.9 * PICTURE_WIDTH and height > found.spec["height"]


def test_the_line_of_the_rates_goes_from_step_to_step():
    """The step's place along the axis grows along the line."""
    vega = vl_convert.vegalite_to_svg(explorer("rate").spec | {"width": PICTURE_WIDTH}, vl_version=VEGA_LITE)
    path = re.search(r'aria-roledescription="line mark"[^>]*? d="([^"]+)"', vega).group(1)
    below = [float(y) for _, y in re.findall(r"[ML]([^,]+),([^ML]+)", path)]
    assert len(below) == len(tables.STEPS) and below == sorted(below)


def test_rates_are_those_of_the_package():
    rows = tables.rate_rows()
    names = ["ordering", "mass", "lifetime", "slope", "volume", "dipoles"]
    assert len(rows) == len(rows.drop_duplicates(names))
    for _, row in rows.sample(12, random_state=22).iterrows():
        chosen = [row["ordering"], row["mass"], row["volume"], row["dipoles"], row["lifetime"], row["slope"]]
        target = {"lightest_mass": row["mass"], "volume_m3": row["volume"], "density_per_cm3": row["dipoles"],
                  "coherence_time_s": row["lifetime"]}  # fmt: skip
        left = event_rate("M1", row["ordering"], **target).domain.remains_high_per_year
        if left is None:
            assert np.isnan(row["remains at most"])
            with pytest.raises(DomainError):
                fluorescence_steps(*chosen)
        else:
            expected = fluorescence_steps(*chosen)["value"].to_numpy()
            assert row[list(tables.STEPS)].to_numpy(float) == pytest.approx(expected, rel=PRINTED)


def test_the_density_of_the_book_is_among_the_choices():
    assert AVOGADRO in tables.DENSITIES and set(tables.rate_rows()["dipoles"]) == set(tables.DENSITIES)


@pytest.fixture(scope="module")
def shapes():
    return tables.asymmetry_constants(), tables.asymmetry_rows()


@pytest.mark.parametrize("kind", ["round", "gas", *tables.FLAT])
def test_asymmetries_are_those_of_the_package(kind, shapes):
    constants, rows = shapes
    for _ in range(5):
        mass, state, ground = (CHOSEN.choice(c) for c in (tables.MASSES_EV, tables.STATES, tables.GROUNDS))
        label = CHOSEN.choice(list(tables.MOMENTA))
        u = constants["potential"][f"{state} {ground}"]
        delta = constants["per_potential"][f"{mass} {label}"] * u
        part = rows[rows["kind"] == kind]
        part = part[part["p"] == label] if kind == "round" else part[part["mass"] == mass] if kind == "gas" else part
        row = part.iloc[CHOSEN.randrange(len(part))]
        if kind in tables.FLAT:
            height = row["x"] / np.sqrt(2 * abs(delta))
            expected = constants["density_per_cm3"] * asymmetry(tables.FLAT[kind], delta, height)
            shown = -np.sign(delta) * np.sqrt(2 * abs(delta)) * row["f"] * constants["density_per_cm3"]
        else:
            momentum = {} if kind == "gas" else {"momentum": tables.MOMENTA[label]}
            found = earth(mass, state, ground=ground, height_m=row["x"], gas=kind == "gas", **momentum)
            expected, shown = (
                found.asymmetry_per_cm3,
                constants["density_per_cm3"] * row["f"] * (u if kind == "gas" else 2 * delta),
            )
        assert shown == pytest.approx(expected, rel=SHAPE)


def test_the_command_of_a_chart_gives_its_number():
    spec = explorer("asymmetry").spec
    start = {param["name"]: param.get("value") for param in spec["params"]}
    words = f"--mass {start['mass']} --state {start['state']} --material {start['ground']} --height {start['above']}"
    command = [*shlex.split(words), "--momentum", str(start["constants"]["momentum"][start["momentum"]]), "--json"]
    done = subprocess.run([sys.executable, "-m", "cnub", "earth", *command], capture_output=True, text=True, check=True)
    found = json.loads(done.stdout)["asymmetry_per_cm3"]
    (digits,) = re.findall(r">[−-]?(\d\.\d{3})e[−-]\d+<", vl_convert.vegalite_to_svg(spec, vl_version=VEGA_LITE))
    assert digits == f"{abs(found):.3e}".partition("e")[0]
