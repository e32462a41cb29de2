"""A chapter as Sphinx makes it a page and a notebook: its figure has a number, words, a foot and files."""

import csv
import importlib
import json
import os
import re
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import jupytext
import nbclient
import nbformat
import pytest

EXTENSIONS = Path(__file__).resolve().parents[2] / "book" / "_ext"
HEADER = """---
jupytext: {text_representation: {extension: .md, format_name: myst}}
kernelspec: {name: python3, display_name: Python 3}
---
"""
CHAPTER = (
    HEADER
    + r"""(the-start)=
# Ring

See {numref}`fig-stodolsky-torque`, {numref}`Figure %s <fig-stodolsky-torque>`, {ref}`the-start`,
{doc}`index`, {doc}`here <ring>`, {eq}`eq-sto-torque`, {cite}`one,two`, {py:func}`cnub.relic.speed`:
{glue:text}`third` or {glue:text}`third_more`, `{eq}` as such.

$$
a = \tau
$$ (eq-sto-torque)

```{code-cell} ipython3
:tags: [parameters]

nucleons = 100.0
```

```{code-cell} ipython3
:tags: [hide-input]

from cnub.figures import stodolsky_effect as figures
from cnub.pages.ledger import agreement
from cnub.pages.numbers import Number, numbers, rerun

numbers(third=1 / 3, third_more=Number(1.5, "cm", label="one and a half"))
```

```{code-cell} ipython3
figures.torque(nucleons=nucleons, points=11)
```

```{code-cell} ipython3
:tags: [remove-input]

rerun("stodolsky_effect")
```
"""
)
CONF = """
extensions = ["myst_nb", "sphinx.ext.autodoc", "sphinx.ext.viewcode", "sphinxcontrib.bibtex"]
extensions += ["cnub_figures", "cnub_notebooks"]
myst_enable_extensions = ["dollarmath", "colon_fence"]
nb_render_markdown_format = "myst"
nb_mime_priority_overrides = [["html", "text/markdown", 25]]
numfig = math_numfig = True
bibtex_bibfiles = ["references.bib"]
bibtex_reference_style = "label"
"""
INDEX = """# Start

```{toctree}
ring
```

```{bibliography}
```

```{eval-rst}
.. autofunction:: cnub.relic.speed
```
"""
BIB = "@article{one, author={Ada One}, title={First}, journal={J}, year={1999}}\n" \
      "@article{two, author={Bob Two}, title={Second}, journal={J}, year={2001}}\n"  # fmt: skip


def build(folder, chapter=CHAPTER, mode="cache"):
    """Build the chapter in ``folder``; return what Sphinx warned of."""
    (folder / "ring.md").write_text(chapter)
    (folder / "conf.py").write_text(CONF)
    (folder / "references.bib").write_text(BIB)
    (folder / "index.md").write_text(INDEX)
    places = os.pathsep.join(filter(None, (str(EXTENSIONS), os.environ.get("PYTHONPATH"))))
    warnings = folder / "warnings"  # a kernel that is stopped may write to the standard error, too
    options = ["-q", "--no-color", "-w", warnings, "-D", f"nb_execution_mode={mode}", "-d", folder / "trees"]
    done = subprocess.run(
        [sys.executable, "-m", "sphinx", *options, folder, folder / "out"],
        env=os.environ | {"PYTHONPATH": places}, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return warnings.read_text()


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    folder = tmp_path_factory.mktemp("book")
    assert build(folder) == ""
    return folder / "out"


@pytest.fixture(scope="module")
def figure(site):
    (found,) = re.findall(r"<figure.*?</figure>", (site / "ring.html").read_text(), flags=re.S)
    return found


def test_the_figure_has_number_target_words_and_image(site, figure):
    assert 'id="fig-stodolsky-torque"' in figure and "Fig. 1" in figure
    layouts = re.findall(r'<svg [^>]*class="figure-(\w+)" role="img" aria-label="([^"]*)"', figure)
    assert [layout for layout, _ in layouts] == ["wide", "narrow"]
    assert all(alt.startswith("Two parallel rising lines") for _, alt in layouts)
    caption = re.search(r"<figcaption>.*?</p>", figure, flags=re.S)[0]
    assert "100 nucleons" in caption and 'href="#equation-eq-sto-torque"' in caption and "{eq}" not in caption
    assert "Fig. 1" in re.search(r"<p>See (.*?)</p>", (site / "ring.html").read_text(), flags=re.S)[1]


def test_the_foot_has_command_parameters_files_source_and_version(site, figure):
    (foot,) = re.findall(r'<details class="figure-foot">.*?</details>', figure, flags=re.S)
    text = re.sub(r"<[^>]*>", "", foot)
    assert "cnub figure stodolsky-torque -p nucleons=100.0 -p points=11 --out stodolsky-torque.svg" in text
    assert "nucleons = 100, radius_cm = 1 cm, points = 11" in text
    assert re.search(r"cnub \d+\.\d+", text) and 'class="highlight' in foot
    for link in re.findall(r'href="([^"]*)"', foot):
        path, _, anchor = link.partition("#")
        assert (site / path).is_file(), link
        assert not anchor or f'id="{anchor}"' in (site / path).read_text()


def test_the_files_of_the_figure_say_how_they_were_made(site):
    folder = site / "_static" / "figures"
    suffixes = (".csv", ".csv-metadata.json", ".svg")
    files = {f"stodolsky-torque{suffix}" for suffix in suffixes}
    shared = {path.name for path in folder.iterdir()} - files
    assert files < {path.name for path in folder.iterdir()} and "drawings.css" in shared
    assert {path.suffix for path in folder.iterdir() if path.name in shared} == {".css", ".woff"}
    with open(folder / "stodolsky-torque.csv") as stream:
        assert len(list(csv.DictReader(stream))) == 11
    about = json.loads((folder / "stodolsky-torque.csv-metadata.json").read_text())
    assert about["notes"][0]["parameters"] == {"nucleons": 100.0, "radius_cm": 1.0, "points": 11}
    assert "nucleons=100.0" in (folder / "stodolsky-torque.svg").read_text()
    sheet = (folder / "drawings.css").read_text()
    for used in set(re.findall(r'class="(d[0-9a-f]{8})"', (site / "ring.html").read_text())):
        assert f".{used} {{" in sheet
    assert all((folder / name).is_file() for name in re.findall(r"url\(([^)]*)\)", sheet))


def test_the_page_shows_its_numbers_in_a_table_and_in_the_sentence(site):
    page = (site / "ring.html").read_text()
    assert "0.333" in page and page.count("1.50 cm") == 2
    assert "admonition-title" in page and "Rerun this" in page


@pytest.fixture(scope="module")
def notebook(site):
    return nbformat.read(site / "_sources" / "ring.ipynb", as_version=4)


def test_the_notebook_has_every_role_resolved(site, notebook):
    prose = "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")
    assert (
        "See Fig. 1, Figure 1, Ring,\n*Start*, *here*, (1), [One99, Two01], `cnub.relic.speed`:\n"
        "0.333 or 1.50 cm, `{eq}` as such." in prose
    )
    assert "\\tag{1}" in prose and "(the-start)=" not in prose and "- [One99] Ada One" in prose
    assert not re.search(r"\{[\w:]+\}`[^`]+`", prose.replace("`{eq}` as such", ""))
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    pages = [output["data"]["text/html"] for output in outputs if "data" in output]
    assert len(pages) == len(outputs) == 3
    assert "Eq. (1) at its peak" in pages[1] and "<details>" in pages[1]
    assert not [kind for output in outputs for kind in output["data"] if kind not in ("text/html", "text/plain")]


def test_the_notebook_runs_in_plain_jupyter(notebook, tmp_path):
    nbformat.validate(notebook)
    again = nbformat.from_dict(notebook)
    nbclient.NotebookClient(again, timeout=300, resources={"metadata": {"path": tmp_path}}).execute()
    assert "100 nucleons" in str([cell.get("outputs") for cell in again.cells])


def test_the_theme_is_told_of_the_notebooks_there_are(tmp_path, monkeypatch):
    monkeypatch.syspath_prepend(EXTENSIONS)
    name_notebook = importlib.import_module("cnub_notebooks").name_notebook
    settings = SimpleNamespace(output_folder=tmp_path)
    app = SimpleNamespace(env=SimpleNamespace(mystnb_config=settings, found_docs={"ring", "words"}))
    for page in ("ring", "gone"):
        (tmp_path / f"{page}.ipynb").touch()
    contexts = {page: {} for page in ("ring", "words", "gone")}
    for page, context in contexts.items():
        name_notebook(app, page, "page.html", context, None)
    assert contexts == {"ring": {"ipynb_source": "ring.ipynb"}, "words": {}, "gone": {}}


def test_a_role_that_is_not_known_is_a_warning(tmp_path):
    said = build(
        tmp_path, HEADER + "# Ring\n\n{abbr}`G (gravity)`, {cite}`one,two`, {py:func}`cnub.relic.speed`\n", mode="off"
    )
    assert re.fullmatch(r".*: WARNING: notebook: \{abbr\}`G \(gravity\)` cannot be resolved\n", said)


def test_the_inputs_of_a_chapter_are_those_of_its_tagged_cell():
    (cell,) = [c for c in jupytext.reads(CHAPTER, fmt="md:myst").cells if "parameters" in c.metadata.get("tags", [])]
    assert cell.source == "nucleons = 100.0"


@pytest.mark.parametrize(("commit", "linked"), [("ab12", True), ("ab12+", False), ("", False)])
def test_the_source_is_linked_at_its_commit_if_the_repository_has_it(monkeypatch, commit, linked):
    monkeypatch.syspath_prepend(EXTENSIONS)
    source = importlib.import_module("cnub_figures")._source
    env = SimpleNamespace(docname="part/ring", config=SimpleNamespace(cnub_commit=commit))
    monkeypatch.setenv("CNUB_REPOSITORY_URL", "https://host.example/cnub/")
    found = source(env, "cnub.figures.stodolsky_effect.torque", "../")
    assert 'href="../_modules/cnub/figures/stodolsky_effect.html#torque"' in found
    address = re.findall(r"https://host.example/cnub/blob/ab12/(\S+)#L(\d+)", found)
    assert bool(address) == linked
    for file, line in address:
        text = (EXTENSIONS.parents[1] / file).read_text().splitlines()
        assert "stodolsky-torque" in "".join(text[int(line) - 1 : int(line) + 2])
