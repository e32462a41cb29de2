"""Every chapter executes from top to bottom, without a word on standard error."""

import re
from pathlib import Path

import jupytext
import nbclient
import pytest

BOOK = Path(__file__).resolve().parents[2] / "book"
CHAPTERS = re.findall(r"(?:root|file):\s*(\S+)", (BOOK / "_toc.yml").read_text())


@pytest.mark.parametrize("name", CHAPTERS)
def test_chapter_executes(name):
    text = (BOOK / f"{name}.md").read_text()
    if "{code-cell}" not in text:
        assert name in {"conventions", "api", "bibliography"}
        return
    notebook = jupytext.reads(text, fmt="md:myst")
    nbclient.NotebookClient(
        notebook, timeout=300, kernel_name="python3", resources={"metadata": {"path": BOOK}}
    ).execute()
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    assert outputs
    assert not [output for output in outputs if output.get("name") == "stderr"]


def test_every_figure_of_a_chapter_has_a_caption_and_alt_text():
    for name in CHAPTERS:
        for cell in re.findall(r"```\{code-cell\}.*?```", (BOOK / f"{name}.md").read_text(), flags=re.S):
            if re.search(r"^show\(", cell, flags=re.M):
                assert "caption:" in cell and "alt:" in cell, f"{name}: {cell}"
