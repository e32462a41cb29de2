"""Every chapter executes from top to bottom, without a word on standard error."""

import re

import nbformat
import pytest

from cnub.runs import chapters

TOC = (chapters.BOOK / "_toc.yml").read_text()
PAGES = re.findall(r"(?:root|file):\s*(\w+)$", TOC, flags=re.M)
"""Without the pages of the reference, which are written when the book is built."""


def test_every_page_but_three_executes():
    assert sorted(PAGES) == sorted([*chapters.names(), "conventions", "api", "bibliography"])


@pytest.mark.parametrize("name", chapters.names())
def test_chapter_executes(name, tmp_path):
    notebook = nbformat.read(chapters.execute(name, out=tmp_path / "executed.ipynb"), as_version=4)
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    assert outputs
    assert not [output for output in outputs if output.get("name") == "stderr"]
