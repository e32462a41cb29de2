"""Sphinx extension: the pages about the book, written from what they are about: how to cite, rerun and reproduce it.

The recorded heavy runs become pages as well, as the notebooks that they are.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

import nbformat
import yaml
from cnub_computing import machines_page, reproduce_page, reproduced_page
from cnub_findable import repository, site
from cnub_gallery import gallery_page
from sphinx.application import Sphinx

from cnub.reproduction.report import reported
from cnub.runs import chapters, names, results

ROOT = Path(__file__).resolve().parents[2]
BOOK = ROOT / "book"
ABOUT = BOOK / "about"
RECORDS = ROOT / "papermill_runs"


def setup(app: Sphinx) -> dict[str, object]:
    """Write the pages before anything looks for them."""
    app.connect("config-inited", write_pages, priority=0)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def pages() -> dict[str, str]:
    """Every page about the book, by its path under ``about``, with its text."""
    included = {"changelog.md": "CHANGELOG.md", "contributing.md": "CONTRIBUTING.md"}
    written = {name: f"```{{include}} ../../{source}\n```\n" for name, source in included.items()}
    written |= {"cite.md": cite_page(), "rerun.md": rerun_page(), "reproduce.md": reproduce_page()}
    written |= {"reproduced.md": reproduced_page(reported()), "machines.md": machines_page(results("scaling"))}
    written |= {"gallery.md": gallery_page()}
    return written | {f"runs/{name}.ipynb": run_page(name) for name in names()}


def write_pages(app: Sphinx, config: object) -> None:
    """Write the pages that changed, and take away those that are none any more."""
    written = {ABOUT / name: text for name, text in pages().items()}
    for old in (path for path in ABOUT.rglob("*.*") if path not in written):
        old.unlink()
    for path, text in written.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.is_file() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")


def bibtex() -> str:
    """The entry of this book, from ``CITATION.cff``, with its address if that is known."""
    about = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    fields = {
        "author": f"{{{about['authors'][0]['name']}}}",
        "title": about["title"],
        "version": about["version"],
        "year": about["date-released"].year,
        "url": site() or repository(),
    }
    lines = [f"  {name} = {{{value}}}" for name, value in fields.items() if value]
    return "@software{cnub,\n" + ",\n".join(lines) + "\n}"


def source_entries() -> list[str]:
    """The entries of the two sources, as the bibliography has them."""
    entries = (BOOK / "references.bib").read_text(encoding="utf-8")
    return [re.search(rf"^@\w+\{{{key},.*?^\}}", entries, flags=re.M | re.S)[0] for key in ("paper", "talk")]


def cite_page() -> str:
    """How to cite the book, and the source whose claim is meant."""
    cff = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    return f"""# Cite

If you use a number or a figure of this book, cite it:

{_code(bibtex(), "bibtex")}

and the source whose claim it checks:

{_code(chr(10).join(source_entries()), "bibtex")}

A figure has a name, the small print under it; a claim has an address in the {{doc}}`../claims`. Name either, and the
version. The text and the figures are under CC BY 4.0, the code under the MIT License. What changed between versions is in the
{{doc}}`changelog`; all works that a chapter uses are in the {{doc}}`../bibliography`.

The same for programs is `CITATION.cff` in the repository:

{_code(cff.strip(), "yaml")}
"""


def rerun_page() -> str:
    """Every chapter with its notebook and its inputs."""
    order = re.findall(r"(?:root|file):\s*(\w+)$", (BOOK / "_toc.yml").read_text(encoding="utf-8"), flags=re.M)
    rows = "\n".join(_chapter_row(name) for name in order if name in chapters.names())
    return f"""# Rerun and change

**Here.** Each notebook has the outputs that the page shows and runs in any Jupyter whose kernel has this package:
`pip install .` in a clone. The same file is behind the arrow at the head of each chapter.

| chapter | notebook | inputs |
| --- | --- | --- |
{rows}

**In JupyterLab.** `make lab` opens the chapters as notebooks on a double click. Change an input, run on, and the numbers and
figures below follow; behind an explorer the cell "live" asks the package itself.

**In the shell.** A chapter from other inputs, one figure with another parameter, one number:

```bash
.venv/bin/cnub chapter stodolsky_effect
.venv/bin/cnub figure stodolsky-torque -p nucleons=100
.venv/bin/cnub rate --transition M1 --ordering IO
```

`.venv/bin/cnub figures` lists every figure with its parameters.
{_open_elsewhere()}"""


def _chapter_row(name: str) -> str:
    inputs = ", ".join(f"`{key}`" for key in chapters.parameters(name)) or "none"
    link = f'<a href="../_sources/{name}.ipynb" download>{name}.ipynb</a>'
    return f"| {{doc}}`../{name}` | {link} | {inputs} |"


def _open_elsewhere() -> str:
    """Where the notebooks open without an installation; nothing while the repository has no address."""
    found = re.fullmatch(r"https://github\.com/([\w.-]+/[\w.-]+)", repository())
    if not found:
        return ""
    return f"""
**Elsewhere.** [On Binder](https://mybinder.org/v2/gh/{found[1]}/HEAD?urlpath=lab/tree/book), or in a container from
[the repository]({repository()}).
"""


def run_page(name: str) -> str:
    """The notebook of a recorded run, with the command that repeats it under its title."""
    notebook = nbformat.read(RECORDS / name / "notebook.ipynb", as_version=4)
    about = json.loads((RECORDS / name / "provenance.json").read_text(encoding="utf-8"))
    note = f"*Recorded {about['finished'][:10]}, {about['seconds']:.0f} s.*"
    notebook.cells.insert(1, nbformat.v4.new_markdown_cell(note, id="recorded"))
    return nbformat.writes(notebook) + "\n"


def _code(text: str, language: str) -> str:
    return f"```{language}\n{text}\n```"
