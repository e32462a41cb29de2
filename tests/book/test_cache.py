"""The book's cache of executed chapters: a chapter is executed again when what its numbers depend on has changed."""

import importlib.util
import json
from pathlib import Path
from types import SimpleNamespace

import nbformat
import pytest
from jupyter_cache import get_cache
from sphinx.errors import SphinxError

BOOK = Path(__file__).resolve().parents[2] / "book"
SHARED = ("book/_ext/cnub_site.py", "_config.yml", "requirements.lock")
PACKAGE = {
    "__init__.py": "",
    "relic.py": "from cnub.constants import KELVIN\n",
    "constants.py": "KELVIN = 1\n",
    "stars.py": "",
    "pages/__init__.py": "",
    "pages/ledger.py": "from cnub.claims import claims\n",
    "claims/__init__.py": "",
    "claims/gas.py": "",
    "claims/gas_moments.py": "from cnub import stars\n",
    "claims/stars.py": "",
    "runs/records.py": "",
    "discovery/lines.py": "",
    "discovery/lines.csv": "1",
}
CELL = "# {}\n\n```{{code-cell}} ipython3\n:tags: [hide-input]\n\n{}\n```\n"
PAGES = {
    "gas": "from cnub.pages.ledger import agreement\nfrom cnub.relic import (\n    speed,\n)",
    "lines": "from cnub.discovery import lines",
    "maps": "from cnub.runs.records import results",
    "claims": "from cnub.claims import claims",
    "prose": None,
}
EDITS = {
    "src/cnub/relic.py": {"gas", "claims"},
    "src/cnub/constants.py": {"gas", "claims"},
    "src/cnub/claims/gas.py": {"gas", "claims"},
    "src/cnub/claims/stars.py": {"claims"},
    "src/cnub/stars.py": {"gas", "claims"},
    "src/cnub/discovery/lines.csv": {"lines", "claims"},
    "papermill_runs/scan/maps.npz": {"maps", "claims"},
    "README.md": set(),
}
"""A file that is edited, and the chapters that are to be executed again."""


def load():
    spec = importlib.util.spec_from_file_location("cnub_execution", BOOK / "_ext" / "cnub_execution.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture()
def site(tmp_path, monkeypatch):
    module = load()
    files = {name: "1.0" for name in (*SHARED, "papermill_runs/scan/maps.npz", "README.md")}
    files |= {f"src/cnub/{name}": text for name, text in PACKAGE.items()}
    files |= {f"book/{name}.md": CELL.format(name, cell) if cell else name for name, cell in PAGES.items()}
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    monkeypatch.setattr(module, "ROOT", tmp_path)
    monkeypatch.setattr(module.sources, "PACKAGE", tmp_path / "src" / "cnub")
    monkeypatch.setattr(module, "distributions", lambda: [SimpleNamespace(name="numpy", version="2.4.6")])
    module.sources.forget()
    yield module
    module.sources.forget()


@pytest.fixture()
def app(site, tmp_path):
    app = SimpleNamespace(config=SimpleNamespace())
    app.env = SimpleNamespace(found_docs=set(PAGES), doc2path=lambda name: str(tmp_path / "book" / f"{name}.md"))
    site.key_execution_cache(app, app.config)
    return app


def outdated(site, app):
    site.sources.forget()
    return set(site.drop_outdated(app, app.env, set(), set(), set()))


def executed(app, *names):
    """Put an entry for each chapter into the cache, as its execution would."""
    cache = get_cache(app.config.nb_execution_cache_path)
    for name in names:
        notebook = nbformat.v4.new_notebook(cells=[])
        notebook.cells.append(nbformat.v4.new_code_cell(PAGES[name]))
        bundle = load().CacheBundleIn(notebook, app.env.doc2path(name))
        cache.cache_notebook_bundle(bundle, check_validity=False, overwrite=True)


def test_every_shared_place_exists_and_every_chapter_reaches_its_room():
    module = load()
    assert [name for name in module.SHARED if not (module.ROOT / name).exists()] == []
    assert {"numba", "numpy", "cnub"} <= {package.name for package in module.distributions()}
    for chapter in BOOK.glob("*.md"):
        reached = module.depended_on(chapter)
        figures = module.sources.PACKAGE / "figures" / f"{chapter.stem}.py"
        assert not figures.is_file() or figures in reached


@pytest.mark.parametrize("name", SHARED)
def test_a_change_of_what_is_shared_changes_its_digest(site, tmp_path, name):
    seen = {site.shared_digest()}
    assert site.shared_digest() in seen
    (tmp_path / name).write_text("1.1")
    seen.add(site.shared_digest())
    assert len(seen) == 2


def test_an_upgrade_changes_the_digest(site, monkeypatch):
    packages = [SimpleNamespace(name="numpy", version="2.4.6"), SimpleNamespace(name="scipy", version="1.17.1")]
    monkeypatch.setattr(site, "distributions", lambda: packages)
    before = site.shared_digest()
    monkeypatch.setattr(site, "distributions", lambda: packages[::-1])
    assert site.shared_digest() == before
    packages[1].version = "1.17.2"
    assert site.shared_digest() != before


def test_each_shared_state_has_a_cache_of_its_own_and_older_ones_go(site, app, tmp_path):
    first = Path(app.config.nb_execution_cache_path)
    first.mkdir(parents=True)
    site.key_execution_cache(app, app.config)
    assert first.is_dir()
    (tmp_path / "requirements.lock").write_text("2.0")
    site.key_execution_cache(app, app.config)
    assert Path(app.config.nb_execution_cache_path) != first
    assert not first.exists()


@pytest.mark.parametrize("name", EDITS)
def test_only_chapters_that_depend_on_an_edited_file_are_executed_again(site, app, tmp_path, name):
    chapters = {page for page, cell in PAGES.items() if cell}
    assert outdated(site, app) == chapters
    executed(app, *chapters)
    assert outdated(site, app) == set()
    edited = tmp_path / name
    edited.write_text(edited.read_text() + "\n# edited\n")
    assert outdated(site, app) == EDITS[name]
    kept = {Path(record.uri).stem for record in get_cache(app.config.nb_execution_cache_path).list_cache_records()}
    assert kept == chapters - EDITS[name]


def test_a_chapter_that_was_not_executed_to_its_end_is_tried_again(site, app):
    outdated(site, app)
    executed(app, "gas")
    assert outdated(site, app) == {"lines", "maps", "claims"}


def test_damaged_stamps_are_no_stamps(site, app):
    outdated(site, app)
    executed(app, "gas", "lines", "maps", "claims")
    stamps = Path(app.config.nb_execution_cache_path) / site.STAMPS
    assert set(json.loads(stamps.read_text())) == {"gas", "lines", "maps", "claims"}
    stamps.write_text("{")
    assert outdated(site, app) == {"gas", "lines", "maps", "claims"}


@pytest.mark.parametrize("name", ["src/cnub/relic.py", "requirements.lock"])
def test_a_change_during_the_build_fails_it_and_leaves_no_cache(site, app, tmp_path, name):
    outdated(site, app)
    folder = Path(app.config.nb_execution_cache_path)
    site.forget_if_changed(app, None)
    assert folder.is_dir()
    (tmp_path / name).write_text("1.1")
    with pytest.raises(SphinxError, match="changed during the build"):
        site.forget_if_changed(app, None)
    assert not folder.exists()
