"""Chapters of the book, executed again, with other inputs if wanted: what ``cnub chapter`` does."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from cnub.domain import DomainError, one_of
from cnub.output import check_writable, write_text
from cnub.parameters import cast
from cnub.runs import notebooks

ROOT = Path(__file__).resolve().parents[3]
BOOK = ROOT / "book"
WORK = ROOT / "_build" / "rerun"
"""Where executed chapters go: in ``book`` each would be a second page of the same name."""


def names() -> list[str]:
    """The chapters that execute; raise :class:`cnub.DomainError` outside the repository.

    >>> "stodolsky_effect" in names(), "bibliography" in names()
    (True, False)
    """
    if not BOOK.is_dir():
        raise DomainError("chapter must be called in a clone of the repository; an installed package has no book")
    return sorted(path.stem for path in BOOK.glob("*.md") if "```{code-cell}" in path.read_text())


def parameters(name: str) -> dict[str, object]:
    """Names and defaults of the inputs of a chapter; raise :class:`cnub.DomainError` if there is no such chapter.

    >>> isinstance(parameters("intro"), dict)
    True
    """
    one_of("chapter", name, names())
    return notebooks.declared(BOOK / f"{name}.md")


def execute(name: str, values: Mapping[str, object] | None = None, out: str | Path | None = None) -> Path:
    """Execute the chapter ``name`` with ``values`` over its inputs; return the path of the executed notebook.

    It is written to ``out``, by default ``_build/rerun/<name>.ipynb``. Raises :class:`cnub.DomainError` on an unknown
    chapter or input, a value of the wrong type or one that the chapter refuses, a file that cannot be written.

    >>> execute("intro").name
    'intro.ipynb'
    """
    chosen = cast(f"chapter {name}", values or {}, parameters(name))
    if out is None:
        WORK.mkdir(parents=True, exist_ok=True)
    path = WORK / f"{name}.ipynb" if out is None else Path(out)
    check_writable("out", path)
    executed = notebooks.execute(BOOK / f"{name}.md", chosen)
    write_text("out", path, notebooks.as_text(executed))
    return path
