"""What a face shows is there, is loaded when it is used, and is what its module has."""

import importlib
import subprocess
import sys
from pathlib import Path

import pytest

from cnub import sources

FACES = ["cnub"] + [
    f"cnub.{init.parent.name}"
    for init in sorted(sources.PACKAGE.glob("*/__init__.py"))
    if "face(__name__)" in init.read_text()
]


@pytest.mark.parametrize("name", FACES)
def test_what_a_face_shows_is_what_its_modules_have(name):
    package = importlib.import_module(name)
    homes = sources.homes(Path(package.__file__).read_text())
    assert homes and set(homes) <= set(package.__all__) <= set(dir(package))
    for shown in package.__all__:
        assert getattr(package, shown) is getattr(importlib.import_module(homes.get(shown, name)), shown)


@pytest.mark.parametrize("name", FACES)
def test_no_face_shows_a_name_that_one_of_its_modules_bears(name):
    # importing that module would put it in the place of what the face shows
    package = importlib.import_module(name)
    modules = {path.stem for path in Path(package.__file__).parent.iterdir()}
    assert not modules & set(package.__all__)


@pytest.mark.parametrize("name", FACES)
def test_a_name_that_a_face_does_not_show_is_an_attribute_error(name):
    with pytest.raises(AttributeError, match="no_such_name"):
        importlib.import_module(name).no_such_name  # noqa: B018


def test_a_face_loads_nothing_before_it_is_asked():
    code = "import sys, cnub.sphere; print([m for m in sys.modules if m.startswith(('cnub.sphere.', 'numba'))])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_the_answer_of_the_ball_loads_no_library_that_it_does_not_use():
    code = "import sys; from cnub.sphere import density_excess; density_excess(1.7e10, -2.5e-8)"
    code += "; print({'pandas', 'matplotlib', 'scipy.special', 'scipy.optimize'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"
