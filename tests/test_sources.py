"""What a module depends on is read from its text, and nothing that it really imports is missing."""

import subprocess
import sys

import pytest

from cnub import sources

KERNELS = sorted(path for path in sources.PACKAGE.rglob("*.py") if "kernel_cache import njit" in path.read_text())
LOADED = """
import sys
from importlib import import_module
from pathlib import Path
import cnub

for name in {packages!r}:  # a room's face would import the whole room
    room = type(cnub)(name)
    room.__path__ = [str(Path(cnub.__path__[0], *name.split(".")[1:]))]
    sys.modules[name] = room
before = set(sys.modules)
import_module({module!r})
print(*(sys.modules[name].__file__ for name in set(sys.modules) - before if name.startswith("cnub.")))
"""


def module_name(path):
    return ".".join(path.relative_to(sources.PACKAGE.parent).with_suffix("").parts)


@pytest.mark.parametrize(
    ("line", "names"),
    [
        (
            "from cnub.relic import speed as v, TEMPERATURE",
            {"cnub.relic", "cnub.relic.speed", "cnub.relic.TEMPERATURE"},
        ),
        ("    from cnub import runs  # late", {"cnub", "cnub.runs"}),
        ("import cnub.kernel_cache  # first", {"cnub.kernel_cache"}),
        (
            "from cnub.domain import (\n    finite,  # one, two\n    within,\n)",
            {"cnub.domain", "cnub.domain.finite", "cnub.domain.within"},
        ),
        ("from cnubic import x", set()),
        ("if TYPE_CHECKING:  # types\n    from cnub.relic import speed\n    import cnub.matter", set()),
        ("text = 'from cnub import x'", set()),
    ],
)
def test_an_import_is_read_in_every_spelling(line, names):
    assert sources.imported(f"import os\n{line}\nx = 1\n") == names


def files(*names):
    return {sources.PACKAGE.joinpath(*name.split("/")) for name in names}


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("from cnub.sphere import trace", files("sphere/__init__.py", "sphere/rays.py")),
        ("from cnub import density_excess", files("__init__.py", "sphere/__init__.py", "sphere/solution.py")),
        ("from cnub import DomainError", files("__init__.py")),
        ("from cnub.sphere import rays", files("sphere/__init__.py", "sphere/rays.py")),
        ("from cnub.sphere.rays import trace", files("sphere/rays.py")),
    ],
)
def test_a_name_taken_from_a_face_leads_to_its_module(line, found):
    assert sources.files_of(line) == found


@pytest.mark.parametrize("line", ["import cnub.bessel", "from cnub import bessel"])
def test_a_whole_face_leads_to_all_that_it_shows(line):
    assert sources.files_of(line) >= files("bessel/__init__.py", "bessel/real_order.py")


def test_a_chapter_on_magnets_does_not_depend_on_fluorescence():
    reached = sources.closure(sources.PACKAGE / "figures" / "stodolsky_effect.py")
    assert not [path for path in reached if path.parent.name == "fluorescence" and path.stem == "averages"]


def test_tables_beside_a_module_belong_to_it():
    table = sources.PACKAGE / "discovery" / "candidates.csv"
    assert table in sources.closure(sources.PACKAGE / "discovery" / "candidates.py")
    assert table not in sources.closure(sources.PACKAGE / "sphere" / "poles.py")


@pytest.mark.parametrize("path", KERNELS, ids=module_name)
def test_a_kernel_imports_nothing_that_its_closure_lacks(path):
    rooms = sorted({module_name(init.parent) for init in sources.PACKAGE.glob("*/__init__.py")})
    code = LOADED.format(packages=rooms, module=module_name(path))
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = {sources.Path(file) for file in done.stdout.split()}
    assert path in loaded
    assert loaded <= sources.closure(path)
