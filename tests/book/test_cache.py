"""The book's cache of executed chapters: nothing that a number depends on changes without a new cache."""

import importlib.util
from pathlib import Path
from types import SimpleNamespace

import pytest
from sphinx.errors import SphinxError

EXTENSION = Path(__file__).resolve().parents[2] / "book" / "_ext" / "cnub_site.py"
DEPENDED_ON = (
    "src/cnub/relic.py", "src/cnub/fluorescence/candidates.csv", "papermill_runs/scan/results.json",
    "papermill_runs/scan/maps.npz", "book/_ext/cnub_site.py", "_config.yml", "requirements.lock",
)  # fmt: skip


def load():
    spec = importlib.util.spec_from_file_location("cnub_site", EXTENSION)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture()
def site(tmp_path, monkeypatch):
    module = load()
    monkeypatch.setattr(module, "ROOT", tmp_path)
    monkeypatch.setattr(module, "distributions", lambda: [SimpleNamespace(name="numpy", version="2.4.6")])
    for name in DEPENDED_ON:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("1.0")
    return module


def test_every_place_that_is_digested_exists():
    module = load()
    assert [name for name in module.DIGESTED if not (module.ROOT / name).exists()] == []
    assert {"numba", "numpy", "cnub"} <= {package.name for package in module.distributions()}


@pytest.mark.parametrize("name", DEPENDED_ON)
def test_a_change_of_content_name_or_presence_changes_the_digest(site, tmp_path, name):
    seen = {site.digest()}
    assert site.digest() in seen
    (tmp_path / name).write_text("1.1")
    seen.add(site.digest())
    (tmp_path / name).rename(tmp_path / (name + ".new"))
    seen.add(site.digest())
    assert len(seen) == 3


def test_an_upgrade_changes_the_digest(site, monkeypatch):
    packages = [SimpleNamespace(name="numpy", version="2.4.6"), SimpleNamespace(name="scipy", version="1.17.1")]
    monkeypatch.setattr(site, "distributions", lambda: packages)
    before = site.digest()
    monkeypatch.setattr(site, "distributions", lambda: packages[::-1])
    assert site.digest() == before
    packages[1].version = "1.17.2"
    assert site.digest() != before


def test_compiled_files_do_not_change_the_digest(site, tmp_path):
    before = site.digest()
    (tmp_path / "src/cnub/__pycache__").mkdir()
    (tmp_path / "src/cnub/__pycache__/relic.cpython-311.pyc").write_bytes(b"")
    assert site.digest() == before


def test_each_state_has_a_cache_of_its_own_and_older_ones_go(site, tmp_path):
    config = SimpleNamespace()
    site.key_execution_cache(None, config)
    first = Path(config.nb_execution_cache_path)
    first.mkdir(parents=True)
    site.key_execution_cache(None, config)
    assert first.is_dir()
    (tmp_path / "papermill_runs/scan/results.json").write_text("2.0")
    site.key_execution_cache(None, config)
    assert Path(config.nb_execution_cache_path) != first
    assert not first.exists()


def test_a_change_during_the_build_fails_it_and_leaves_no_cache(site, tmp_path):
    app = SimpleNamespace(config=SimpleNamespace())
    site.key_execution_cache(app, app.config)
    executed = Path(app.config.nb_execution_cache_path)
    executed.mkdir(parents=True)
    site.forget_if_changed(app, None)
    assert executed.is_dir()
    (tmp_path / "src/cnub/relic.py").write_text("1.1")
    with pytest.raises(SphinxError, match="changed during the build"):
        site.forget_if_changed(app, None)
    assert not executed.exists()
