"""Chapters executed again: declared inputs, one sentence for what cannot be, and nothing written that was not asked."""

import importlib
import sys

import nbformat
import pytest

from cnub import DomainError
from cnub.runs import chapters, heavy, notebooks

TOY = """---
kernelspec:
  display_name: Python 3
  language: python
  name: python3
---

# A chapter

```{code-cell} ipython3
:tags: [parameters]

mass = 0.1
points = 3
```

```{code-cell} ipython3
import os
from pathlib import Path

from cnub.domain import positive

print(positive("mass", mass) * points, Path.cwd().name, sorted(os.listdir()))
```
"""
PLAIN = TOY.replace(":tags: [parameters]\n", "")


@pytest.fixture()
def book(tmp_path, monkeypatch):
    folder = tmp_path / "book"
    folder.mkdir()
    for name, text in (("toy", TOY), ("plain", PLAIN), ("prose", "# No cell\n")):
        (folder / f"{name}.md").write_text(text)
    monkeypatch.setattr(chapters, "BOOK", folder)
    monkeypatch.setattr(chapters, "WORK", tmp_path / "_build" / "rerun")
    return folder


def printed(path):
    cells = nbformat.read(path, as_version=4).cells
    return "".join(output["text"] for cell in cells for output in cell.get("outputs", []) if "text" in output)


def test_chapter_is_executed_in_the_book_and_written_under_build(book, capfd):
    path = chapters.execute("toy")
    assert path == book.parent / "_build" / "rerun" / "toy.ipynb"
    assert printed(path).split()[1:] == ["book", "['plain.md',", "'prose.md',", "'toy.md']"]
    assert str(book) not in path.read_text() and "papermill" not in path.read_text()
    assert capfd.readouterr() == ("", "")


def test_inputs_are_overridden(book):
    assert chapters.parameters("toy") == {"mass": 0.1, "points": 3} and chapters.parameters("plain") == {}
    assert float(printed(chapters.execute("toy", out=book.parent / "a.ipynb")).split()[0]) == pytest.approx(0.3)
    path = chapters.execute("toy", {"mass": "2", "points": "4"}, book.parent / "b.ipynb")
    assert path == book.parent / "b.ipynb" and printed(path).split()[0] == "8.0"
    assert not chapters.WORK.exists()


@pytest.mark.parametrize(
    ("name", "values", "sentence"),
    [
        ("prose", {}, "chapter must be one of plain, toy; got 'prose'"),
        ("toy", {"charge": "1"}, "chapter toy has no parameter 'charge'; it has mass, points"),
        ("plain", {"mass": "1"}, "chapter plain has no parameter 'mass'; it has none"),
        ("toy", {"mass": "heavy"}, "mass must be a number, like 0.1; got 'heavy'"),
        ("toy", {"points": "1.5"}, "points must be a whole number, like 3; got '1.5'"),
    ],
)
def test_refused_values_start_nothing(book, name, values, sentence):
    with pytest.raises(DomainError, match=rf"^{sentence}$"):
        chapters.execute(name, values)
    assert not chapters.WORK.exists()


@pytest.mark.filterwarnings("ignore::UserWarning:papermill", "ignore::DeprecationWarning")
def test_value_that_the_chapter_refuses_leaves_the_earlier_notebook(book):
    before = chapters.execute("toy").read_bytes()
    with pytest.raises(DomainError, match=r"^mass must be finite and > 0; got -1\.0$"):
        chapters.execute("toy", {"mass": "-1"})
    assert (chapters.WORK / "toy.ipynb").read_bytes() == before


def test_file_that_cannot_be_written_is_refused_before_anything_runs(book, monkeypatch):
    monkeypatch.setattr("cnub.runs.notebooks.execute", lambda *arguments: pytest.fail("it was executed"))
    with pytest.raises(DomainError, match=r"^out must be a writable file"):
        chapters.execute("toy", out=book / "none" / "toy.ipynb")


def test_outside_the_repository_it_says_what_it_needs(monkeypatch, tmp_path):
    monkeypatch.setattr(chapters, "BOOK", tmp_path / "book")
    with pytest.raises(DomainError, match=r"^chapter must be called in a clone of the repository"):
        chapters.execute("toy")


def test_runs_and_chapters_are_of_one_repository():
    assert chapters.ROOT == heavy.ROOT and "intro" in chapters.names() and "api" not in chapters.names()


def test_what_no_notebook_needs_is_kept_out_only_while_another_is_loaded():
    with notebooks._without("this"), pytest.raises(ImportError):
        importlib.import_module("this")
    assert "this" not in sys.modules
    with notebooks._without("sys"):
        assert importlib.import_module("sys") is sys
    assert sys.modules["sys"] is sys
