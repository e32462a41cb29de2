"""Every chapter executes from top to bottom with another input than the book's, without a word on standard error.

Its cells are executed in a shell of this process, where the package is loaded and compiled; that a kernel shows the
same is seen for one chapter here, for two by the commands that pages print, and for all when the book is built.
"""

import ast
import json
import re

import jupytext
import nbformat
import pytest

import chapter_in_shell
from cnub.runs import chapters

TOC = (chapters.BOOK / "_toc.yml").read_text()
PAGES = re.findall(r"(?:root|file):\s*(\w+)$", TOC, flags=re.M)
"""Without the pages of the reference, which are written when the book is built."""
OTHER = {
    "answer_in_steps": {"coherence_time_s": 1e-7, "delta": 1e-8},
    "benchmarks": {},
    "claims": {},
    "coherent_enhancement": {"mass_eV": 0.2, "ball": "lead"},
    "criterion": {"small_kR": 1e3, "earth_delta": 1e-8},
    "discovery": {"lightest_mass_eV": 0.01, "coherence_time_s": 1e-7},
    "enhancement": {"field_V_per_m": 1e6},
    "flattened_earth": {"mass_eV": 0.2},
    "intro": {"delta": -1e-8},
    "nonlinear_optics": {"pump_um": 0.355},
    "opher_reflection": {"delta": 1e-8, "ground": "iron", "wave_delta": -2e-3, "wave_size": 2.0},
    "parametric_fluorescence": {"lightest_mass_eV": 0.01, "coherence_M1_s": 1e-7},
    "relic_neutrinos": {"lightest_mass_eV": 0.05, "ground": "water"},
    "sensitivity": {"mass_eV": 0.3, "ground": "iron"},
    "slow_light": {"coherence_time_s": 1e-7},
    "spherical_scattering": {"ordering": "IO", "earth_delta": 1e-8},
    "stodolsky_effect": {"mass_eV": 0.5, "quality": 1e5},
    "superradiance": {"mass_eV": 0.05, "radius_m": 0.05},
    "tritium_capture": {"mass_eV": 0.05, "resolution_eV": 0.1},
}
"""Inputs with which a chapter is executed here; the book itself executes it with its own."""


def test_every_page_but_those_of_reference_executes():
    assert sorted(PAGES) == sorted([*chapters.names(), "conventions", "symbols", "glossary", "api", "bibliography"])
    assert sorted(OTHER) == chapters.names()


@pytest.mark.parametrize("name", chapters.names())
def test_chapter_executes_with_other_inputs(name, capfd):
    outputs, said = chapter_in_shell.execute(name, OTHER[name])
    assert outputs
    assert (said, capfd.readouterr().err) == ("", "")


def test_a_kernel_shows_what_the_shell_shows(tmp_path):
    name = "enhancement"
    path = chapters.execute(name, OTHER[name], out=tmp_path / "executed.ipynb")
    kernel = [output for cell in nbformat.read(path, as_version=4).cells for output in cell.get("outputs", [])]
    shell, _ = chapter_in_shell.execute(name, OTHER[name])
    assert not [output for output in kernel if output.get("name") == "stderr"]
    assert [_plain(output) for output in kernel] == [_plain(output) for output in shell]


def _plain(output):
    """An output as text, without what holds the time or the address of an object."""
    data = {kind: json.dumps(shown, sort_keys=True) for kind, shown in output["data"].items()}
    return {kind: re.sub(r"0x[0-9a-f]+", "", text) for kind, text in data.items() if "Rerun this" not in text}


def test_a_cell_that_fails_and_what_a_cell_says_are_seen(monkeypatch):
    monkeypatch.setattr(chapter_in_shell, "_sources", lambda *_: ["import sys; sys.stderr.write('word'); print(1)"])
    assert chapter_in_shell.execute("intro", {})[1] == "word"
    monkeypatch.setattr(chapter_in_shell, "_sources", lambda *_: ["import warnings; warnings.warn('look'); 2"])
    assert chapter_in_shell.execute("intro", {})[1] == "UserWarning: look\n"
    monkeypatch.setattr(chapter_in_shell, "_sources", lambda *_: ["1 / 0"])
    with pytest.raises(ZeroDivisionError):
        chapter_in_shell.execute("intro", {})


@pytest.mark.parametrize("name", [name for name in OTHER if OTHER[name]])
def test_every_input_of_a_chapter_is_used_below(name):
    cells = [cell for cell in jupytext.read(chapters.BOOK / f"{name}.md").cells if cell.cell_type == "code"]
    (place,) = [i for i, cell in enumerate(cells) if "parameters" in cell.metadata.get("tags", [])]
    below = ast.parse("\n".join(cell.source for cell in cells[place + 1 :]))
    used = {node.id for node in ast.walk(below) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)}
    assert set(chapters.parameters(name)) <= used
