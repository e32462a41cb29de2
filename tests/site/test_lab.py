"""JupyterLab as `make lab` starts it: the explorers of a chapter, live, answer in the browser."""

import os
import re
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import jupytext
import pytest

from cnub.forces.ground import earth
from cnub.pages.numbers import format_number
from cnub.runs import chapters

pytestmark = pytest.mark.site
LAB = Path(__file__).resolve().parents[2] / "lab"
PATIENCE_S = 120
"""For the server, for the kernel, for the first call of a kernel that is not compiled yet."""
HEIGHT = '.widget-slider:has-text("height (m)") .noUi-handle'


def short(name):
    """The chapter with its inputs and what runs live alone: the rest has tests of its own."""
    notebook = jupytext.read(chapters.BOOK / f"{name}.md")
    notebook.cells = [
        cell for cell in notebook.cells
        if "parameters" in cell.metadata.get("tags", []) or "import live" in cell.source
    ]  # fmt: skip
    return jupytext.writes(notebook, fmt="md:myst")


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    """Address of a server whose root has one shortened chapter."""
    root, port = tmp_path_factory.mktemp("lab"), free_port()
    (root / "book").mkdir()
    (root / "book" / "flattened_earth.md").write_text(short("flattened_earth"))
    own = {"JUPYTER_CONFIG_PATH": str(LAB), "JUPYTER_CONFIG_DIR": str(root / "config"), "HOME": str(root)}
    own |= {"JUPYTER_DATA_DIR": str(root / "data"), "JUPYTER_RUNTIME_DIR": str(root / "runtime")}
    options = ["--allow-root", "--no-browser", "--ip=127.0.0.1", f"--port={port}", f"--notebook-dir={root}"]
    command = [sys.executable, "-m", "jupyterlab", *options, "--IdentityProvider.token="]
    with open(root / "log", "w") as log:
        server = subprocess.Popen(command, env=os.environ | own, stdout=log, stderr=log)
    try:
        yield _answering(f"http://127.0.0.1:{port}", server, root / "log")
    finally:
        server.terminate()
        server.wait(timeout=PATIENCE_S)


def _answering(address, server, log):
    until = time.monotonic() + PATIENCE_S
    while time.monotonic() < until and server.poll() is None:
        try:
            urllib.request.urlopen(f"{address}/api", timeout=5).close()
            return address
        except OSError:
            time.sleep(0.3)
    pytest.fail(f"JupyterLab does not answer:\n{log.read_text()[-2000:]}")


@pytest.fixture()
def chapter(browser, lab):
    """The chapter opened as a notebook, all its cells run."""
    page = browser.new_page(viewport={"width": 1400, "height": 1200})
    page.set_default_timeout(1000 * PATIENCE_S)
    page.goto(f"{lab}/lab/tree/book/flattened_earth.md")
    page.wait_for_selector(".jp-Notebook .jp-CodeCell")
    page.get_by_text("Python 3 (ipykernel) | Idle").wait_for()  # asked to run before, it asks which kernel
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
    page.wait_for_selector(HEIGHT)
    yield page
    page.close()


def test_a_slider_moved_in_jupyterlab_asks_the_package(chapter):
    shown = chapter.locator(".jp-OutputArea-output pre", has_text="earth(")
    assert _answer(chapter, shown) == _expected(1e-3)
    chapter.locator(HEIGHT).focus()
    chapter.keyboard.press("ArrowRight")
    shown.filter(has_not_text="height_m=0.001)").wait_for()
    (height,) = re.findall(r"height_m=([\d.e-]+)\)", shown.text_content())
    assert float(height) > 1e-3
    assert _answer(chapter, shown) == _expected(float(height))


def _answer(chapter, shown):
    shown.wait_for()
    return chapter.locator(".jp-OutputArea-output tr", has_text="antineutrinos").locator("td").text_content()


def _expected(height):
    return format_number(earth(0.1, height_m=height).asymmetry_per_cm3, 4)


def test_a_bad_value_in_jupyterlab_is_one_sentence(chapter):
    mass = chapter.locator('.widget-text:has-text("mass (eV)") input')
    mass.fill("-1")
    mass.press("Enter")
    refusal = chapter.locator('.jp-OutputArea-output [role="alert"]')
    refusal.wait_for()
    assert refusal.text_content().startswith("mass must be")
    assert chapter.locator(".jp-OutputArea-output", has_text="Traceback").count() == 0
