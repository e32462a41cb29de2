"""What a run depends on: the definitions that it reaches, no more and no less."""

import gc
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from cnub.runs import dependence

MODULES = {
    "__init__.py": "",
    "one.py": '''"""A module."""
from cnub.two import helper, LIMIT
from cnub import three
import math

FACTOR = 2.0  # of everything
REGISTRY = {}
REGISTRY["one"] = 1.0


def used(x: float) -> float:
    """Twice."""
    return FACTOR * helper(x) + three.offset(x) + LIMIT + REGISTRY['one']


def unused(x):
    return math.sin(x)
''',
    "two.py": "LIMIT = 3.0\n\n\ndef helper(x):\n    return x\n\n\ndef other(x):\n    return -x\n",
    "three.py": 'from pathlib import Path\n\nTABLE = Path(__file__).with_name("three.csv")\n\n\ndef offset(x):\n'
    "    return float(TABLE.read_text())\n\n\ndef other(x):\n    return 0.0\n",
    "three.csv": "1.0\n",
    "late/__init__.py": "",
    "late/four.py": "VALUE = 1.0\n",
    "five.py": 'from importlib import import_module\n\n\ndef late(x):\n    return import_module(f"cnub.late.{x}")\n',
}
CODE = "from cnub.one import used\nused(1.0)"


@pytest.fixture()
def package(tmp_path, monkeypatch):
    folder = tmp_path / "src" / "cnub"
    for name, text in MODULES.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    monkeypatch.setattr(dependence, "PACKAGE", folder)
    dependence.forget()
    yield folder
    dependence.forget()


def edited(package, name, old, new):
    text = (package / name).read_text()
    assert old in text
    (package / name).write_text(text.replace(old, new))
    dependence.forget()
    return dependence.digests(CODE)


def test_modules_that_are_reached(package):
    assert list(dependence.digests(CODE)) == ["cnub.one", "cnub.three", "cnub.two"]
    assert list(dependence.digests("import math")) == []


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("one.py", "2.0  # of everything", "2.0"),
        ("one.py", '"""Twice."""', '"""Doubled."""'),
        ("one.py", "(x: float) -> float", "(x)"),
        ("one.py", "math.sin", "math.cos"),
        ("two.py", "return -x", "return +x"),
        ("three.py", "return 0.0", "return 1.0"),
    ],
)
def test_what_changes_no_number_changes_no_digest(package, name, old, new):
    before = dependence.digests(CODE)
    assert edited(package, name, old, new) == before


@pytest.mark.parametrize(
    ("name", "old", "new", "module"),
    [
        ("one.py", "FACTOR = 2.0", "FACTOR = 3.0", "cnub.one"),
        ("one.py", "+ LIMIT", "- LIMIT", "cnub.one"),
        ("one.py", 'REGISTRY["one"] = 1.0', 'REGISTRY["one"] = 2.0', "cnub.one"),
        ("two.py", "return x", "return 2 * x", "cnub.two"),
        ("two.py", "LIMIT = 3.0", "LIMIT = 4.0", "cnub.two"),
        ("three.py", "TABLE.read_text())", "TABLE.read_text()) + 1", "cnub.three"),
        ("three.csv", "1.0", "2.0", "cnub.three"),
    ],
)
def test_what_changes_a_number_changes_the_digest_of_its_module_alone(package, name, old, new, module):
    before = dependence.digests(CODE)
    after = edited(package, name, old, new)
    assert {key for key in before if before[key] != after[key]} == {module}


def test_module_named_while_it_runs_is_followed(package):
    assert "cnub.late.four" in dependence.digests("from cnub.five import late")


def test_code_counts_without_its_comments_and_layout():
    assert dependence.code_digest("x = f(1)  # why") == dependence.code_digest("x = f( 1 )")
    assert dependence.code_digest("x = f(1)") != dependence.code_digest("x = f(2)")


def test_runs_of_the_book_reach_their_rooms():
    reached = dependence.digests("from cnub.sphere import density_excess")
    assert {"cnub.sphere.contour", "cnub.sphere.direct", "cnub.sphere.bulk", "cnub.bessel.real_order"} <= set(reached)
    assert not any(name.startswith(dependence.MACHINERY) for name in reached)


@pytest.fixture()
def collecting():
    """Collect garbage often, with a callback that lets other threads go on, as that of a Dask cluster does."""
    before = gc.get_threshold()
    gc.callbacks.append(other_threads_go_on := lambda phase, info: time.sleep(0))
    gc.set_threshold(50)
    yield
    gc.set_threshold(*before)
    gc.callbacks.remove(other_threads_go_on)


def test_programs_are_read_by_threads_side_by_side(collecting):
    """Python 3.11 loses count of its depth when one thread parses while another does."""
    code = Path(dependence.__file__).read_text(encoding="utf-8")
    with ThreadPoolExecutor(8) as threads:
        assert len(set(threads.map(dependence.code_digest, [code] * 50))) == 1
