"""Sphinx extension of the book: a chapter is executed again when anything that its numbers depend on has changed.

The cache of executed notebooks knows a chapter by its cells alone. Here each chapter has a digest of the files of the
package that its cells reach, of the rows of the ledger that it lists, and of the recorded runs if it reads them; where
that has changed, the chapter's entry is dropped. What all chapters share, the way the book is built and the versions
that are installed, keys the cache as a whole.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import re
import shutil
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from importlib.metadata import distributions
from pathlib import Path

from jupyter_cache import get_cache
from jupyter_cache.base import CacheBundleIn
from jupyter_cache.executors.utils import single_nb_execution
from myst_nb.core.read import create_nb_reader
from sphinx.application import Sphinx
from sphinx.errors import SphinxError
from sphinx.util import logging

from cnub import sources

ROOT = Path(__file__).resolve().parents[2]
SHARED = ("book/_ext", "_config.yml", "requirements.lock")
STAMPS = "chapters.json"
_CELL = re.compile(r"^```\{code-cell\}[^\n]*\n(.*?)^```", re.MULTILINE | re.DOTALL)

logger = logging.getLogger(__name__)


def setup(app: Sphinx) -> dict[str, object]:
    """Connect the handlers; what is shared is a configuration value, so that a change of it re-reads every chapter."""
    app.add_config_value("cnub_digest", "", "env")
    app.connect("config-inited", key_execution_cache, priority=1)
    app.connect("env-get-outdated", drop_outdated)
    app.connect("env-before-read-docs", execute_ahead)
    app.connect("build-finished", forget_if_changed, priority=50)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def shared_digest() -> str:
    """Digest of the way the book is built, the lock, and the versions that are really installed."""
    installed = sorted(f"{package.name}=={package.version}" for package in distributions())
    places = [ROOT / name for name in SHARED]
    return _digest(repr((sys.version, installed)), {file for place in places for file in _inside(place)})


def chapter_digest(path: Path) -> str:
    """Digest of what the numbers of the chapter at ``path`` depend on besides its own cells."""
    return _digest("", depended_on(path))


def depended_on(path: Path) -> set[Path]:
    """Files that the cells of the chapter at ``path`` reach.

    A figure asked for by its id, and the table of a chapter's own claims, are in the modules named after the chapter; a
    page that imports the ledger reaches all.
    """
    package, direct = sources.PACKAGE, sources.files_of("\n".join(_CELL.findall(path.read_text(encoding="utf-8"))))
    table, ledger = package / "pages" / "ledger.py", package / "claims" / "__init__.py"
    figures = package / "figures" / "__init__.py"
    if figures in direct:
        direct |= set(figures.parent.glob(f"{path.stem}*.py"))
    reached = set(sources.followed(direct - {table}))
    if ledger in reached:
        return {*_inside(package), *_inside(ROOT / "papermill_runs")}
    if table in direct:
        reached |= sources.followed({table, *ledger.parent.glob(f"{path.stem}*.py")})
    if package / "runs" / "records.py" in reached:
        reached |= set(_inside(ROOT / "papermill_runs"))
    return reached


def key_execution_cache(app: Sphinx, config) -> None:
    """Give each state of what is shared its own cache of executed notebooks, and forget the older ones."""
    config.cnub_digest = shared_digest()
    caches = ROOT / "_build" / "executed"
    current = caches / config.cnub_digest
    for old in caches.glob("*") if caches.is_dir() else ():
        if old != current:
            shutil.rmtree(old, ignore_errors=True)
    config.nb_execution_cache_path = str(current)


def drop_outdated(app: Sphinx, env, added: set[str], changed: set[str], removed: set[str]) -> list[str]:
    """Drop the executed chapters whose digest is another than when they were executed; have these read again."""
    folder = Path(app.config.nb_execution_cache_path)
    stamps, known = folder / STAMPS, {}
    with contextlib.suppress(OSError, ValueError):
        known = json.loads(stamps.read_text())
    paths = {name: Path(env.doc2path(name)) for name in sorted(env.found_docs)}
    app.cnub_chapters = {name: chapter_digest(path) for name, path in paths.items() if _is_notebook(path)}
    cache, executed = get_cache(str(folder)), {}
    for record in cache.list_cache_records():
        executed.setdefault(record.uri, []).append(record.pk)
    stale = [name for name, digest in app.cnub_chapters.items() if known.get(name) != digest]
    for name in stale:
        for key in executed.pop(str(paths[name]), ()):
            cache.remove_cache(key)
    stamps.write_text(json.dumps(app.cnub_chapters, indent=1))
    return [name for name in app.cnub_chapters if str(paths[name]) not in executed]


def execute_ahead(app: Sphinx, env, docnames: list[str]) -> None:
    """Execute the changed chapters into the cache, two at a time; Sphinx alone would take them one by one."""
    cache = get_cache(env.mystnb_config.execution_cache_path)
    lock = threading.Lock()

    def execute(docname: str) -> None:
        path = Path(env.doc2path(docname))
        if path.suffix != ".md":  # the record of a heavy run
            return
        reader = create_nb_reader(str(path), env.myst_config, env.mystnb_config, path.read_text(encoding="utf-8"))
        if reader is None:
            return
        notebook = reader.read(path.read_text(encoding="utf-8"))
        with lock, contextlib.suppress(KeyError):
            cache.match_cache_notebook(notebook)
            return
        timeout = env.mystnb_config.execution_timeout
        result = single_nb_execution(notebook, cwd=str(path.parent), timeout=timeout, allow_errors=False)
        logger.info("executed %s in %.1f s", docname, result.time)
        if result.err is None:  # else the pass that reads the chapter executes it again, and reports
            with lock:
                bundle = CacheBundleIn(notebook, str(path), data={"execution_seconds": result.time})
                cache.cache_notebook_bundle(bundle, check_validity=False, overwrite=True)

    with ThreadPoolExecutor(max_workers=2) as pool:
        list(pool.map(execute, docnames))


def forget_if_changed(app: Sphinx, exception: Exception | None) -> None:
    """Fail the build, and forget what it executed, if what the numbers depend on changed under it."""
    sources.forget()
    chapters = getattr(app, "cnub_chapters", {})
    now = {name: chapter_digest(Path(app.env.doc2path(name))) for name in chapters}
    if shared_digest() == app.config.cnub_digest and now == chapters:
        return
    shutil.rmtree(app.config.nb_execution_cache_path, ignore_errors=True)
    if exception is None:
        raise SphinxError("the package, a recorded run or an installed version changed during the build: build again")


def _is_notebook(path):
    return path.suffix == ".md" and _CELL.search(path.read_text(encoding="utf-8")) is not None


def _inside(place):
    inside = place.rglob("*") if place.is_dir() else [place]
    return [path for path in inside if path.is_file() and "__pycache__" not in path.parts]


def _digest(start, files):
    hasher = hashlib.sha256(start.encode())
    for path in sorted(files):
        content = path.read_bytes()
        hasher.update(f"{path.relative_to(ROOT).as_posix()}\0{len(content)}\0".encode() + content)
    return hasher.hexdigest()[:16]
