"""`make book` builds when something that the site is made from has changed, and only then."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
BUILDER = "#!/bin/sh\nmkdir -p _build/html && touch _build/html/index.html && echo built\n"


@pytest.fixture
def checkout(tmp_path):
    for name in ("book/api", "src", "papermill_runs", "tests/reference", ".venv/bin"):
        (tmp_path / name).mkdir(parents=True)
    shutil.copy(ROOT / "Makefile", tmp_path)
    for name in ("requirements.lock", "pyproject.toml", "README.md", "CITATION.cff", "book/intro.md", "src/kernel.py"):
        (tmp_path / name).touch()
    (tmp_path / ".venv/.ready").touch()
    builder = tmp_path / ".venv/bin/jupyter-book"
    builder.write_text(BUILDER)
    builder.chmod(0o755)
    _age(tmp_path, 10)
    return tmp_path


def _age(folder, seconds):
    for path in folder.rglob("*"):
        os.utime(path, (path.stat().st_mtime - seconds,) * 2)


def _make_book(checkout):
    alone = {name: value for name, value in os.environ.items() if name not in ("MAKEFLAGS", "MAKELEVEL", "MFLAGS")}
    return subprocess.run(["make", "book"], cwd=checkout, capture_output=True, text=True, check=False, env=alone)


def _builds(checkout):
    made = _make_book(checkout)
    assert made.returncode == 0, made.stderr
    _age(checkout, 10)  # so that what is written next is newer, however coarse the clock of the files
    assert made.stdout in ("built\n", "_build/html is up to date\n")
    return made.stdout == "built\n"


def test_nothing_is_built_twice(checkout):
    assert _builds(checkout)
    (checkout / "book/api/sphere.md").touch()  # written by the build itself
    (checkout / "src/kernel.pyc").touch()
    assert not _builds(checkout)


@pytest.mark.parametrize("name", ["src/kernel.py", "book/intro.md", "book/new.md", "README.md", ".venv/.ready"])
def test_a_file_that_changed_or_is_new_is_built(checkout, name):
    _builds(checkout)
    (checkout / name).write_text("changed")
    assert _builds(checkout)
    assert not _builds(checkout)


def test_a_file_that_is_gone_and_a_site_that_is_gone_are_built(checkout):
    _builds(checkout)
    (checkout / "src/kernel.py").unlink()
    assert _builds(checkout)
    shutil.rmtree(checkout / "_build/html")
    assert _builds(checkout)


def test_a_build_that_failed_is_tried_again(checkout):
    builder = checkout / ".venv/bin/jupyter-book"
    builder.write_text(BUILDER + "exit 1\n")
    assert _make_book(checkout).returncode == 2
    builder.write_text(BUILDER)
    assert _builds(checkout)
