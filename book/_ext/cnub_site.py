"""Sphinx extension of the book: no stale numbers, no foreign host, no empty page."""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import shutil
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from importlib.metadata import distribution, distributions
from pathlib import Path

from jupyter_cache import get_cache
from jupyter_cache.base import CacheBundleIn
from jupyter_cache.executors.utils import single_nb_execution
from myst_nb.core.read import create_nb_reader
from sphinx.application import Sphinx
from sphinx.errors import SphinxError
from sphinx.util import logging

ROOT = Path(__file__).resolve().parents[2]
DIGESTED = ("src", "papermill_runs", "book/_ext", "_config.yml", "requirements.lock")
MATHJAX = "mathjax"
WITHOUT_FIGURES = {"claims", "conventions", "api", "bibliography", "genindex", "search", "candidates"}

logger = logging.getLogger(__name__)


def setup(app: Sphinx) -> dict[str, object]:
    """Connect the handlers; the digest is a configuration value, so that a change of it re-reads every chapter."""
    app.add_config_value("cnub_digest", "", "env")
    app.connect("config-inited", key_execution_cache, priority=1)
    app.connect("config-inited", name_repository, priority=2)
    app.connect("builder-inited", drop_thebe)
    app.connect("env-before-read-docs", execute_ahead)
    app.connect("autodoc-process-docstring", keep_bars)
    app.connect("build-finished", forget_if_changed, priority=50)
    app.connect("build-finished", copy_scripts, priority=100)
    app.connect("build-finished", check_pages, priority=900)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def digest() -> str:
    """Digest of all that a chapter's numbers depend on besides its own cells.

    The package, the recorded runs, the way the book is built, the lock, and the versions that are really installed.
    """
    installed = sorted(f"{package.name}=={package.version}" for package in distributions())
    hasher = hashlib.sha256(repr((sys.version, installed)).encode())
    for path in sorted(_digested_files()):
        content = path.read_bytes()
        hasher.update(f"{path.relative_to(ROOT).as_posix()}\0{len(content)}\0".encode() + content)
    return hasher.hexdigest()[:16]


def _digested_files():
    for name in DIGESTED:
        place = ROOT / name
        inside = place.rglob("*") if place.is_dir() else [place]
        yield from (path for path in inside if path.is_file() and "__pycache__" not in path.parts)


def key_execution_cache(app: Sphinx, config) -> None:
    """Give each state of the package its own cache of executed notebooks, and forget the older ones."""
    config.cnub_digest = digest()
    caches = ROOT / "_build" / "executed"
    current = caches / config.cnub_digest
    for old in caches.glob("*") if caches.is_dir() else ():
        if old != current:
            shutil.rmtree(old, ignore_errors=True)
    config.nb_execution_cache_path = str(current)


def forget_if_changed(app: Sphinx, exception: Exception | None) -> None:
    """Fail the build, and forget what it executed, if what the numbers depend on changed under it."""
    if digest() == app.config.cnub_digest:
        return
    shutil.rmtree(app.config.nb_execution_cache_path, ignore_errors=True)
    if exception is None:
        raise SphinxError("the package, a recorded run or an installed version changed during the build: build again")


def name_repository(app: Sphinx, config) -> None:
    """Show the repository's buttons only where its address is known; a guess would be a wrong link."""
    address = os.environ.get("CNUB_REPOSITORY_URL", "")
    if address:
        config.html_theme_options |= {
            "repository_url": address,
            "repository_branch": "main",
            "path_to_docs": "book",
            "use_repository_button": True,
            "use_issues_button": True,
        }


def drop_thebe(app: Sphinx) -> None:
    """Disconnect sphinx_thebe, which writes the address of a foreign host into every page."""
    for listeners in app.events.listeners.values():
        listeners[:] = [
            listener for listener in listeners if not listener.handler.__module__.startswith("sphinx_thebe")
        ]


def execute_ahead(app: Sphinx, env, docnames: list[str]) -> None:
    """Execute the changed chapters into the cache, two at a time; Sphinx alone would take them one by one."""
    cache = get_cache(env.mystnb_config.execution_cache_path)
    lock = threading.Lock()

    def execute(docname: str) -> None:
        path = Path(env.doc2path(docname))
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


def keep_bars(app: Sphinx, what: str, name: str, obj: object, options: object, lines: list[str]) -> None:
    """Keep the bars of an absolute value such as |delta|, which reStructuredText reads as a substitution."""
    literal = False
    for number, line in enumerate(lines):
        parts = line.split("``")
        for i in range(len(parts)):
            if not literal:
                parts[i] = parts[i].replace("|", r"\|")
                if i > 0 and parts[i].startswith(r"\|"):  # a literal must not touch it: \ is a space of no width
                    parts[i] = r"\ " + parts[i]
                if i < len(parts) - 1 and parts[i].endswith(r"\|"):
                    parts[i] += r"\ "
            literal = not literal
        literal = not literal  # as many parts as marks plus one
        lines[number] = "``".join(parts)


def copy_scripts(app: Sphinx, exception: Exception | None) -> None:
    """Put MathJax (one script and its fonts) and Plotly into the site, from the locked packages."""
    if exception is not None or app.builder.format != "html":
        return
    target = Path(app.outdir) / "_static"
    package = distribution("sphinx-mathjax-offline")
    for file in package.files:
        name = file.as_posix()
        if name.endswith("/mathjax/tex-chtml-full.js") or ("/chtml/fonts/" in name and name.endswith(".woff")):
            _copy(Path(package.locate_file(file)), target / MATHJAX / name.split("/mathjax/", 1)[1])
    plotly = distribution("plotly")
    _copy(Path(plotly.locate_file("plotly/package_data/plotly.min.js")), target / "plotly" / "plotly.min.js")


def check_pages(app: Sphinx, exception: Exception | None) -> None:
    """Fail the build if a page of the contents was not written, or a chapter shows no figure."""
    if exception is not None or app.builder.format != "html":
        return
    figures = 0
    for name in sorted(app.env.found_docs):
        page = Path(app.outdir) / f"{name}.html"
        if not page.is_file():
            raise SphinxError(f"page {name} was not written")
        count = len(re.findall(r"<figure\b", page.read_text(encoding="utf-8")))
        figures += count
        if count == 0 and name not in WITHOUT_FIGURES and not name.startswith("api/"):
            raise SphinxError(f"page {name} shows no figure")
    logger.info("site: %d pages, %d figures", len(app.env.found_docs), figures)


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    if not target.is_file() or target.stat().st_size != source.stat().st_size:
        shutil.copyfile(source, target)
