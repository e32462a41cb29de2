"""What is declared is what is imported, and each extra is needed only where it is said to be."""

import ast
import re
import subprocess
import sys
import tomllib
from importlib.metadata import PackageNotFoundError, packages_distributions, requires
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "src" / "cnub"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
NEEDS = {"pages": "book"}
"""Rooms that cannot be imported without an extra; whatever else needs one asks for it when it is called."""
WITHOUT_IMPORT = {
    "runs": {"ipykernel"},  # named to papermill as the kernel
    "sky": set(),
    "book": {"jupyter-book", "myst-nb", "sphinx-mathjax-offline"},  # the commands and files that make the site
}
DISTRIBUTIONS = packages_distributions()
BLOCKED_IMPORT = """
import sys
from importlib import import_module

blocked = set({blocked!r})

class Absent:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in blocked:
            raise ModuleNotFoundError("not among the dependencies: " + name)

sys.meta_path.insert(0, Absent())
for name in {modules!r}:
    import_module(name)
"""


def named(requirements):
    return {re.split(r"[ ;<>=!~\[(]", requirement)[0].lower().replace("_", "-") for requirement in requirements}


def closure(names):
    """Distributions that come with ``names``, the extras of dependencies left out."""
    reached, new = set(), set(names)
    while new:
        reached |= new
        found = set()
        for name in new:
            try:
                found |= named(line for line in requires(name) or () if "extra ==" not in line)
            except PackageNotFoundError:  # for another system or Python
                continue
        new = found - reached
    return reached


def modules():
    for path in sorted(PACKAGE.rglob("*.py")):
        if path.name != "__main__.py":
            parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
            yield ".".join(part for part in parts if part != "__init__")


def imported_by(path):
    """Distributions that a file imports, wherever in it."""
    tops = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            tops |= {name.name.partition(".")[0] for name in node.names}
        elif isinstance(node, ast.ImportFrom) and not node.level:
            tops.add(node.module.partition(".")[0])
        elif isinstance(node, ast.Call) and ast.unparse(node.func) == "_library":  # named to importlib
            tops.add(ast.literal_eval(node.args[0]))
    outside = tops - set(sys.stdlib_module_names) - {"cnub"}
    return {distribution.lower().replace("_", "-") for top in outside for distribution in DISTRIBUTIONS[top]}


def test_what_is_imported_is_declared_and_what_is_declared_is_imported():
    found = set().union(*map(imported_by, PACKAGE.rglob("*.py")))
    declared = named(PROJECT["dependencies"])
    for extra, requirements in PROJECT["optional-dependencies"].items():
        declared |= named(requirements) - WITHOUT_IMPORT[extra]
    assert found == declared


@pytest.mark.parametrize("extra", [None, "book"])
def test_every_module_is_imported_with_its_dependencies_alone(extra):
    own = PROJECT["dependencies"] + (PROJECT["optional-dependencies"][extra] if extra else [])
    present = closure(named(own))
    blocked = {top for top, homes in DISTRIBUTIONS.items() if not named(homes) & present} - {"cnub"}
    assert "pytest" in blocked and "numba" not in blocked
    chosen = [name for name in modules() if NEEDS.get(f"{name}.".split(".")[1]) == extra]
    assert chosen
    script = BLOCKED_IMPORT.format(blocked=sorted(blocked), modules=chosen)
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
