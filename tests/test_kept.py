"""A kept table is made once for the same sources, anew after an edit, and does without a place to keep it."""

import json
import os
import shutil

import pytest

from cnub import kept as module
from cnub.kept import KEPT, kept
from cnub.sources import PACKAGE


@pytest.fixture
def place(tmp_path, monkeypatch):
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path))
    return tmp_path / "cnub-tables"


def test_the_second_time_nothing_is_computed(place):
    assert kept("t", [PACKAGE / "faces.py"], lambda: [{"a": (1, 2.5)}]) == [{"a": [1, 2.5]}]
    assert kept("t", [PACKAGE / "faces.py"], pytest.fail) == [{"a": [1, 2.5]}]
    assert kept("other", [PACKAGE / "faces.py"], lambda: 1) == 1
    assert kept("t", [PACKAGE / "domain.py"], lambda: 2) == 2


def test_an_edit_of_what_a_source_imports_makes_it_anew(place, tmp_path, monkeypatch):
    copy = tmp_path / "cnub"
    shutil.copytree(PACKAGE, copy, ignore=shutil.ignore_patterns("__pycache__", "figures", "claims"))
    for owner in (module, module.followed.__globals__):
        target = owner if isinstance(owner, dict) else vars(owner)
        monkeypatch.setitem(target, "PACKAGE", copy)
    module.forget()
    assert kept("t", [copy / "kept.py"], lambda: 1) == 1
    (copy / "sources.py").write_text((copy / "sources.py").read_text() + "# edited\n")
    module.forget()
    assert kept("t", [copy / "kept.py"], lambda: 2) == 2
    assert kept("t", [copy / "kept.py"], pytest.fail) == 2
    monkeypatch.undo()
    module.forget()


def test_a_damaged_file_is_made_anew_and_old_ones_go(place):
    kept("t", [PACKAGE / "faces.py"], lambda: 1)
    (found,) = place.iterdir()
    found.write_text(found.read_text() + "[")
    assert kept("t", [PACKAGE / "faces.py"], lambda: 3) == 3 == json.loads(found.read_text())
    for age in range(KEPT + 2):
        (place / f"t-{age}.json").write_text("0")
        os.utime(place / f"t-{age}.json", (age, age))
    kept("t", [PACKAGE / "domain.py"], lambda: 4)
    assert len(list(place.glob("t-*.json"))) == KEPT


def test_without_a_place_it_is_computed(tmp_path, monkeypatch):
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path / "file"))
    assert kept("t", [PACKAGE / "faces.py"], lambda: 5) == 5
