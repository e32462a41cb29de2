"""One truth for the dependencies: environment.yml and the lock follow pyproject.toml."""

import re
import tomllib
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parents[1]


def declared():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    groups = [*project["project"]["optional-dependencies"].values(), *project["dependency-groups"].values()]
    return {*project["project"]["dependencies"], *(entry for group in groups for entry in group)}


def test_conda_environment_is_the_view_of_pyproject():
    listed = yaml.safe_load((ROOT / "environment.yml").read_text())["dependencies"]
    conda = {entry for entry in listed if isinstance(entry, str)}
    pip = {entry for block in listed if isinstance(block, dict) for entry in block["pip"]}
    requires = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["requires-python"]
    assert conda | pip == declared() | {f"python{requires}", "pip"}


def test_lock_holds_every_dependency_with_hashes_and_no_address():
    lock = (ROOT / "requirements.lock").read_text()
    locked = set(re.findall(r"^([a-z0-9._-]+)==", lock, flags=re.M))
    names = {re.split(r"[><=!]", entry)[0].strip() for entry in declared()} | {"hatchling"}
    assert names <= locked
    assert "://" not in lock
    blocks = re.split(r"\n(?=[a-z0-9])", lock)
    assert all("--hash=sha256:" in block for block in blocks if "==" in block)
