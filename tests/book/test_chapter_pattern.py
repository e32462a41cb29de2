"""What the text of every chapter keeps to: figures with words, each shown once, and no code hidden for good."""

import ast
import importlib
import re
from collections import Counter

import jupytext
import pytest

from cnub.figures import Figure
from cnub.runs import chapters

CLOSING = {"agreement", "rerun"}
"""What alone a chapter with inputs may show without its code."""


def code(name):
    """The code cells of a chapter."""
    notebook = jupytext.reads((chapters.BOOK / f"{name}.md").read_text(), fmt="md:myst")
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def figures(name):
    """(figure, cell, whether it is the cell's value) of each figure that a chapter calls."""
    trees = [(cell, ast.parse(cell.source)) for cell in code(name)]
    modules = {
        alias.asname or alias.name: importlib.import_module(f"cnub.figures.{alias.name}")
        for _, tree in trees
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "cnub.figures"
        for alias in node.names
        if alias.name != "show"
    }
    for cell, tree in trees:
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                owner = getattr(node.func.value, "id", None)
                called = getattr(modules.get(owner), node.func.attr, None)
                if isinstance(called, Figure):
                    last = tree.body[-1]
                    yield called, cell, isinstance(last, ast.Expr) and last.value is node


@pytest.mark.parametrize("name", chapters.names())
def test_every_figure_has_caption_and_alternative_text(name):
    for cell in code(name):
        if re.search(r"^show\(", cell.source, flags=re.M):  # a chapter that types them into the cell
            about = cell.metadata["mystnb"]
            assert about["figure"]["caption"] and about["image"]["alt"], cell.source
    for called, cell, is_value in figures(name):
        assert called.caption and called.alt, called.id
        assert is_value, f"{called.id} is not shown: {cell.source}"
        assert "mystnb" not in cell.metadata, "its words are in the registry"


def test_a_figure_is_shown_once_in_the_book():
    """Its id is its target on the site and the name of its files."""
    shown = Counter(called.id for name in chapters.names() for called, _, _ in figures(name))
    assert shown["stodolsky-torque"] == 1 and set(shown.values()) == {1}


@pytest.mark.parametrize("name", [name for name in chapters.names() if chapters.parameters(name)])
def test_of_a_chapter_with_inputs_all_code_is_a_click_away(name):
    for cell in code(name):
        tags = set(cell.metadata.get("tags", []))
        if tags & {"remove-input", "remove-cell"}:
            (call,) = [node for node in ast.walk(ast.parse(cell.source)) if isinstance(node, ast.Call)]
            assert call.func.id in CLOSING, cell.source
        if "skip-execution" in tags:
            assert "from cnub.pages import live" in cell.source, "only what needs a front end is not executed"
        if "parameters" in tags:
            assert tags == {"parameters"}, "the inputs are visible"


WITHOUT_EXERCISES = {"intro", "claims", "benchmarks"}
"""Pages that lead elsewhere and teach nothing themselves."""


@pytest.mark.parametrize("name", sorted(set(chapters.names()) - WITHOUT_EXERCISES))
def test_a_chapter_has_exercises_whose_folded_answers_run(name):
    work = (chapters.BOOK / f"{name}.md").read_text().partition("\n## Work it out\n")[2]
    answers = [cell for cell in code(name) if cell.metadata.get("tags") == ["hide-cell"]]
    assert len(answers) >= 2
    assert len(answers) == len(re.findall(r"^\*\*Exercise \d\.\*\*", work, flags=re.M))
    assert all(cell.metadata["mystnb"]["code_prompt_show"] == "Answer" for cell in answers)
    assert all(re.search(r"^numbers\(", cell.source, flags=re.M) for cell in answers)
    if name != "answer_in_steps":  # which derives nothing
        assert "<summary>Derivation" in work and "**A worked number**" in work


def test_the_pilot_has_inputs():
    found = chapters.parameters("stodolsky_effect")
    assert {name: found[name] for name in ("mass_eV", "nucleons", "radius_cm")} == {
        "mass_eV": 0.1,
        "nucleons": 55.845,
        "radius_cm": 1.0,
    }
