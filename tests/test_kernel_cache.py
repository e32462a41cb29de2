"""A kernel compiled from other sources never answers."""

import pytest

from cnub import kernel_cache


@pytest.fixture()
def package(tmp_path, monkeypatch):
    (tmp_path / "room" / "__pycache__").mkdir(parents=True)
    (tmp_path / "room" / "kernel.py").write_text("a = 1\n")
    monkeypatch.setattr(kernel_cache, "_PACKAGE", tmp_path)
    monkeypatch.setattr(kernel_cache, "_STAMP", tmp_path / "__pycache__" / "kernels.digest")
    return tmp_path


def cached(package):
    return [p.name for p in package.rglob("*.nb?")]


def test_kernels_survive_until_any_source_changes(package):
    kernel_cache.discard_stale()
    (package / "room" / "__pycache__" / "kernel.nbi").write_text("index")
    (package / "room" / "__pycache__" / "kernel.1.nbc").write_text("code")
    kernel_cache.discard_stale()
    assert len(cached(package)) == 2
    (package / "constants.py").write_text("b = 2\n")
    kernel_cache.discard_stale()
    assert cached(package) == []


def test_first_import_discards_kernels_of_unknown_origin(package):
    (package / "room" / "__pycache__" / "kernel.nbi").write_text("index")
    kernel_cache.discard_stale()
    assert cached(package) == []
