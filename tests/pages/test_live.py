"""The live explorers without a front end: what they show is the package's, and what it refuses is a sentence."""

import json
import random
import re
import shlex
import subprocess
import sys

import jupytext
import nbclient
import nbformat
import pytest

from cnub import DomainError
from cnub.constants import METRE
from cnub.discovery.ranking import survey
from cnub.discovery.steps import fluorescence_steps
from cnub.forces.ground import STATES, earth
from cnub.forces.surface import asymmetry
from cnub.matter import MATERIALS
from cnub.pages import live
from cnub.pages.explorer_tables import FLAT
from cnub.relic import mean_momentum, number_density_per_cm3
from cnub.runs import chapters, notebooks

CELLS = {"flattened_earth": ["asymmetry"], "discovery": ["rate", "candidates"]}
"""Explorers by chapter, each live in one cell."""
LARGEST_STATE = 250_000
"""Bytes that the widgets of a chapter leave where somebody executes them without a front end; measured 175 kB."""
SIX_DIGITS = 1e-5
"""Relative: the table of candidates keeps six digits, which is 5e-6 at worst."""
ASYMMETRY = "neutrinos − antineutrinos (cm⁻³)"
CHOSEN = random.Random(2026)


def choose(explorer, **values):
    """Set controls as a reader would, one after the other."""
    for name, value in values.items():
        explorer.controls[name].value = value


def given(explorer):
    """What the shown call gives."""
    imported, expression = explorer.answer.call.split("\n")
    names = {}
    exec(imported, names)
    return eval(expression, names)


def asked(explorer):
    """What the shown command prints."""
    program, *words = shlex.split(explorer.answer.command)
    started = {".venv/bin/cnub": ["-m", "cnub"], ".venv/bin/python": []}[program]
    words += ["--json"] if started else []
    done = subprocess.run([sys.executable, *started, *words], capture_output=True, text=True, check=True)
    return json.loads(done.stdout) if started else done.stdout


@pytest.fixture(scope="module")
def above():
    return live.asymmetry()


@pytest.fixture(scope="module")
def rates():
    return live.rate()


@pytest.fixture(scope="module")
def ladder():
    return live.candidates()


@pytest.mark.parametrize("waves", ["round", "flat"])
def test_asymmetries_are_those_of_the_package(above, waves):
    for _ in range(2):
        mass, height = CHOSEN.uniform(0.01, 0.4), float(f"{10 ** CHOSEN.uniform(-4, -2):.3g}")
        state, ground, over = CHOSEN.choice(STATES), CHOSEN.choice(list(MATERIALS)), CHOSEN.choice([0.5, 1.0, 2.0])
        choose(above, waves=waves, mass=mass, state=state, ground=ground, momentum=over, height_m=height)
        expected = earth(mass, state, height, ground=ground, shape=waves, momentum=over * mean_momentum())
        assert above.answer.numbers[ASYMMETRY] == expected.asymmetry_per_cm3
        assert given(above) == earth(**_earth_as_asked(above))


def _earth_as_asked(above):
    chosen = above.chosen()
    keep = {name: chosen[name] for name in ("mass", "state", "ground", "nature", "height_m")}
    own = {} if chosen["momentum"] == 1 else {"momentum": chosen["momentum"] * mean_momentum()}
    return keep | own | {"shape": chosen["waves"]}


@pytest.mark.parametrize("state", FLAT.values())
def test_ground_that_is_not_filled_is_that_of_the_package(above, state):
    mass, height = CHOSEN.uniform(0.01, 0.4), 0.02
    choose(above, waves=state, mass=mass, state="nu_mu", ground="iron", momentum=1.0, height_m=height)
    delta = earth(mass, "nu_mu", ground="iron").delta
    expected = asymmetry(state, delta, mean_momentum() * METRE * height) * number_density_per_cm3()
    assert above.answer.numbers[ASYMMETRY] == expected == given(above) == float(asked(above))


def test_a_patch_and_the_gas_are_those_of_the_package(above):
    choose(above, waves="patch", mass=0.1, state="nu_e", ground="crust", momentum=1.0, height_m=1.0)
    choose(above, length_m=1e5, filling_length_m=1e3)
    expected = earth(0.1, height_m=1.0, shape="patch", length_m=1e5, filling_length_m=1e3)
    assert above.answer.numbers[ASYMMETRY] == expected.asymmetry_per_cm3
    choose(above, waves="round", gas=True, height_m=1e-2)
    expected = earth(0.1, height_m=1e-2, gas=True)
    assert above.answer.numbers[ASYMMETRY] == expected.asymmetry_per_cm3 == asked(above)["asymmetry_per_cm3"]
    assert above.controls["momentum"].disabled and above.controls["length_m"].disabled
    choose(above, gas=False)
    assert not above.controls["momentum"].disabled


def test_rates_are_those_of_the_package(rates):
    for _ in range(2):
        values = {
            "ordering": CHOSEN.choice(["NO", "IO"]),
            "lightest_mass": CHOSEN.uniform(0, 0.05),
            "volume_m3": CHOSEN.uniform(1, 100),
            "density_per_cm3": CHOSEN.uniform(1e18, 1e20),
            "coherence_time_s": CHOSEN.uniform(1e-9, 1e-7),
            "photon_slope": CHOSEN.choice([1e-4, 1e-2]),
        }
        choose(rates, **values)
        expected = fluorescence_steps(**values)
        assert list(rates.answer.numbers.values()) == list(expected["value"])
        assert given(rates).equals(expected)
    assert rates.answer.numbers["reaction of the photon"] == asked(rates)["remains_high_per_year"]


def test_candidates_are_those_of_the_survey(ladder):
    table = survey(5.0, 1e-7)
    choose(ladder, volume_m3=5.0, coherence_time_s=1e-7)
    for means, limit, need in (("field", "largest", "field_T"), ("mass", "heaviest", "lightest_mass_eV")):
        bound = CHOSEN.uniform(0.5, 0.9) * ladder.controls[limit].max
        choose(ladder, means=means, channel="", **{limit: bound})
        left = table[(table[need] <= bound) & (table["rate_per_year"] > 0)]
        expected = dict(zip(left["species"] + ", " + left["transition"], left["rate_per_year"], strict=True))
        assert ladder.answer.numbers == pytest.approx(expected, rel=SIX_DIGITS)
        assert list(given(ladder)["rate"]) == list(ladder.answer.numbers.values())
    assert str(given(ladder)) + "\n" == asked(ladder)


def test_a_channel_keeps_its_own_lines(ladder):
    choose(ladder, means="field", channel="", largest=45.0)
    every = set(ladder.answer.numbers)
    parts = []
    for _, channel in ladder.controls["channel"].options[1:]:
        choose(ladder, channel=channel)
        parts.append(set(ladder.answer.numbers) if ladder.answer else set())
        assert ladder.answer or "none" in ladder.refusal
    assert set().union(*parts) == every and sum(map(len, parts)) == len(every)


def test_a_change_moves_numbers_command_picture_and_words(rates):
    choose(rates, ordering="NO", lightest_mass=0.0, volume_m3=27.0, density_per_cm3=1e20)
    before, page = rates.answer, rates.page.value
    choose(rates, volume_m3=54.0)
    assert rates.answer.numbers["as printed, Eq. (23)"] == pytest.approx(2 * before.numbers["as printed, Eq. (23)"])
    assert "--volume 54.0" in rates.page.value and "--volume 27.0" in page
    assert rates.answer.picture != before.picture
    assert "<img" in page and 'alt="as printed' in page


@pytest.mark.parametrize(
    ("name", "control", "bad", "parameter"),
    [("above", "mass", -1.0, "mass"), ("rates", "density_per_cm3", 0.0, "density_per_cm3"),
     ("rates", "lightest_mass", float("nan"), "lightest_mass"), ("ladder", "volume_m3", -3.0, "volume_m3")],
)  # fmt: skip
def test_a_bad_value_is_one_sentence_and_the_next_good_one_is_answered(name, control, bad, parameter, request):
    explorer = request.getfixturevalue(name)
    good = explorer.controls[control].value
    choose(explorer, **{control: bad})
    assert explorer.answer is None and explorer.refusal.startswith(parameter) and "\n" not in explorer.refusal
    assert re.fullmatch(r'<p role="alert">[^<]+</p>', explorer.page.value)
    choose(explorer, **{control: good})
    assert explorer.answer is not None and explorer.refusal == ""


def test_what_does_not_go_together_is_refused(above):
    choose(above, waves="downgoing flux", gas=True)
    assert "gas must be off" in above.refusal
    choose(above, waves="round", height_m=1.0)
    assert "height_m must be between 0 and 0.1" in above.refusal
    choose(above, gas=False, height_m=1e-3, mass=0.45, ground="lead", momentum=0.2)
    assert above.answer is not None
    choose(above, mass=1.0)
    assert "minutes" in above.refusal
    choose(above, mass=0.1, ground="crust", momentum=1.0)
    assert above.answer is not None
    with pytest.raises(DomainError, match="ground"):
        live.asymmetry(ground="cheese")


def cells(name):
    """The live cells of a chapter, behind the cell of its inputs."""
    code = [cell for cell in jupytext.read(chapters.BOOK / f"{name}.md").cells if cell.cell_type == "code"]
    (inputs,) = [cell for cell in code if "parameters" in cell.metadata.get("tags", [])]
    return [inputs, *(cell for cell in code if "import live" in cell.source)]


def executed(name, *, everything):
    chosen = cells(name)
    for cell in chosen:
        cell.metadata["tags"] = [] if everything else cell.metadata["tags"]
    notebook = nbformat.v4.new_notebook(cells=chosen, metadata={"kernelspec": notebooks.KERNEL})
    return nbclient.NotebookClient(notebook, timeout=300).execute()


def test_a_chapter_has_each_explorer_live_in_one_cell():
    for name, explorers in CELLS.items():
        called = [re.search(r"^live\.(\w+)\(", cell.source, flags=re.M)[1] for cell in cells(name)[1:]]
        assert called == explorers
        assert all(cell.metadata["tags"] == ["hide-cell", "skip-execution"] for cell in cells(name)[1:])


@pytest.mark.parametrize("name", CELLS)
def test_without_a_front_end_a_chapter_keeps_no_widgets(name):
    notebook = executed(name, everything=False)
    assert not [cell.outputs for cell in notebook.cells if cell.outputs]
    assert "widgets" not in notebook.metadata


@pytest.mark.parametrize("name", CELLS)
def test_executed_all_the_same_the_cells_leave_little_and_say_what_they_are(name):
    notebook = executed(name, everything=True)
    outputs = [output for cell in notebook.cells for output in cell.outputs]
    assert len(outputs) == len(CELLS[name])
    assert all("run this cell in JupyterLab" in output["data"]["text/plain"] for output in outputs)
    assert len(json.dumps(notebook.metadata["widgets"])) < LARGEST_STATE
