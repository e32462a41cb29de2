"""The public layer is small, kept once, and says of each name where it comes from and how it is used."""

import importlib
import inspect
import pkgutil
import re
import subprocess
import sys
from pathlib import Path

import pytest

import cnub
from cnub import DomainError, sources
from cnub.pages import equations, reference
from public_examples import failures, inner_failures, inner_functions
from test_public_layer import WITHOUT_EXAMPLE

ROOT = Path(__file__).resolve().parents[1]
LAYER = reference.public_layer()
FUNCTIONS = [one for one in LAYER if one.kind == "function"]
MOST_FUNCTIONS = 200
"""More than that nobody reads; a function that only its own room calls need not be public."""


def named(one):
    return f"{one.face}.{one.name}"


def test_the_layer_is_small_and_every_name_of_a_face_exists():
    assert len({one.value for one in FUNCTIONS}) <= MOST_FUNCTIONS
    for face, module in reference.faces().items():
        assert len(set(module.__all__)) == len(module.__all__), face
        assert [name for name in module.__all__ if not hasattr(module, name)] == []


def test_every_room_has_a_face_and_a_title():
    rooms = {info.name for info in pkgutil.iter_modules(cnub.__path__) if info.ispkg}
    rooms -= {"pages", "reproduction"}  # what the book shows, and what a command does: no library
    assert rooms <= set(reference.faces()) <= set(reference.TITLES)


def test_no_public_name_hides_a_module_of_its_room():
    for face, module in reference.faces().items():
        modules = {info.name for info in pkgutil.iter_modules(getattr(module, "__path__", []))}
        assert modules & set(module.__all__) == set(), face


def test_a_constant_is_public():
    written = {name for name in vars(cnub.constants) if name.isupper()}
    assert written == set(cnub.constants.__all__)


def test_importing_cnub_imports_no_room_and_no_compiler():
    code = "import sys, cnub; cnub.DomainError; print([m for m in ('numba', 'scipy', 'matplotlib', 'pandas', "
    code += "'cnub.sphere', 'cnub.fluorescence') if m in sys.modules]); print(cnub.density_excess.__module__)"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert result.stdout.split("\n")[:2] == ["[]", "cnub.sphere.solution"]


def test_cnub_offers_what_its_rooms_do():
    for name, home in sources.homes(Path(cnub.__file__).read_text()).items():
        assert getattr(cnub, name) is getattr(importlib.import_module(home), name)
        assert name in reference.faces()[home.removeprefix("cnub.")].__all__


@pytest.mark.parametrize("one", [one for one in FUNCTIONS if one.name not in WITHOUT_EXAMPLE], ids=named)
def test_an_example_prints_what_it_says(one):
    assert failures(one) == ""


INNER = [function for function in inner_functions() if function.__name__ not in WITHOUT_EXAMPLE]


@pytest.mark.parametrize("function", INNER, ids=lambda function: f"{function.__module__}.{function.__qualname__}")
def test_an_example_behind_the_public_layer_prints_what_it_says(function):
    assert inner_failures(function) == ""


@pytest.mark.parametrize("one", FUNCTIONS, ids=named)
def test_a_docstring_names_its_source_and_what_it_raises(one):
    assert equations.sources(one.docstring), "no paragraph 'Source: ...'"
    if inspect.signature(one.value).parameters:
        assert "cnub.DomainError" in one.docstring


@pytest.mark.parametrize("one", FUNCTIONS, ids=named)
def test_a_signature_is_annotated(one):
    signature = inspect.signature(one.value)
    bare = [name for name, parameter in signature.parameters.items() if parameter.annotation is parameter.empty]
    assert bare == []
    assert signature.return_annotation is not signature.empty


def test_every_formula_is_computed_or_says_why_not():
    found = equations.index()
    assert [
        formula for formula in equations.formulas() if formula not in found and formula not in equations.REASONS
    ] == []
    assert [formula for formula in equations.REASONS if formula in found or formula not in equations.formulas()] == []


@pytest.mark.parametrize(
    ("text", "formulas"),
    [
        ("Eq. (22) of 2507.10868v1", ("22",)),
        ("Eqs. (8)-(10), (A1) of 2507.10868v1", ("8", "9", "10", "A1")),
        ("talk, 'Bessel modes' (overdensity)", ("Bessel modes (overdensity)",)),
        ("talk, 'There is a criterion'", ("There is a criterion (criterion)",)),
        ("talk, 'Bessel modes'", ("Bessel modes",)),
        ("text below Eq. (16) of 2507.10868v1", ()),
        ("DLMF 10.20.4, 10.20(ii)", ()),
        ("P. Debye, Ann. Phys. 351 (1915) 809", ()),
        ("derived from Planck's law", ()),
    ],
)
def test_a_source_is_read(text, formulas):
    (source,) = equations.sources(f"One line.\n\nSource: {text}.\n\n>>> 1\n1")
    assert source.text == text and source.formulas == formulas


@pytest.mark.parametrize(
    "text", ["Eq. (25) of 2507.10868v1", "talk, 'No such slide'", "talk, 'Bessel modes' (none)", "the literature"]
)
def test_a_source_that_does_not_exist_is_refused(text):
    with pytest.raises(DomainError, match="source"):
        equations.sources(f"Source: {text}.")


def test_every_room_has_its_page_in_the_contents_and_every_name_its_place_on_it():
    contents = re.findall(r"file:\s*api/(\w+)", (ROOT / "book" / "_toc.yml").read_text())
    assert contents == ["equations", *reference.faces()]
    for face in reference.faces():
        page = reference.room_page(face, ["relic_neutrinos"])
        for one in reference.public(face):
            place = f"{one.home if one.kind == 'data' else one.face}.{one.name}"
            assert re.findall(rf"^\.\. auto\w+:: {re.escape(place)}$", page, flags=re.M), named(one)


def test_the_page_of_equations_has_a_row_for_each():
    page = equations.equations_page()
    anchors = [equations.anchor(formula) for formula in equations.formulas()]
    assert len(set(anchors)) == len(anchors) and all(
        re.fullmatch("[a-z0-9-]+", name) for name in anchors
    )  # as HTML has them
    for formula in equations.formulas():
        assert page.count(f"{{#{equations.anchor(formula)}}}") == 1, formula
    assert "cnub.fluorescence.decay_rate" in page
