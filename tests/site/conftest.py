"""The built site under a server of its own, and Chromium, in which every outside host is refused."""

from __future__ import annotations

import functools
import http.server
import re
import shutil
import threading
from pathlib import Path

import pytest

SITE = Path(__file__).resolve().parents[2] / "_build" / "html"
CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
WIDE = {"width": 1400, "height": 1000}


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *args):
        pass


@pytest.fixture(scope="session")
def address():
    assert (SITE / "index.html").is_file(), "no site under _build/html; run make book first"
    handler = functools.partial(_Quiet, directory=SITE)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture(scope="session")
def browser():
    from playwright.sync_api import sync_playwright

    executable = shutil.which("chromium")
    assert executable, "Chromium is not installed; .ci/run installs it"
    with sync_playwright() as playwright:
        instance = playwright.chromium.launch(executable_path=executable, args=CHROMIUM_FLAGS)
        yield instance
        instance.close()


@pytest.fixture()
def visit(browser, address):
    """Open a page; collect console errors and requests to any other host, which are refused."""
    opened = []

    def open_page(name: str, viewport=WIDE, **options):
        page = browser.new_page(viewport=viewport, **options)
        page.problems, page.foreign = [], []

        def route(request):
            if request.request.url.startswith((address, "data:", "blob:")):
                request.continue_()
            else:
                page.foreign.append(request.request.url)
                request.abort()

        page.route("**/*", route)
        page.on("console", lambda m: page.problems.append(m.text) if m.type == "error" else None)
        page.on("pageerror", lambda e: page.problems.append(str(e)))
        page.on("response", lambda r: page.problems.append(f"{r.status} {r.url}") if r.status >= 400 else None)
        file, rest = re.fullmatch(r"([^?#]*)(.*)", name).groups()
        page.goto(f"{address}/{file}.html{rest}", wait_until="networkidle")
        page.wait_for_load_state("load")  # on a busy machine the network is idle before a large page is parsed
        page.evaluate(
            "async () => { await window.MathJax?.startup?.promise; }"
        )  # on a busy machine it pauses between its parts
        opened.append(page)
        return page

    yield open_page
    for page in opened:
        page.close()
