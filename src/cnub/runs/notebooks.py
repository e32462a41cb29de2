"""Notebooks written in Markdown: their declared inputs, and their execution by papermill.

What the heavy runs and the chapters of the book have in common. A notebook is executed in the folder it stands in.
"""

from __future__ import annotations

import ast
import importlib
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any

from cnub.domain import DomainError
from cnub.runs.inputs import Input, from_comment

KERNEL = {"name": "python3", "language": "python", "display_name": "Python 3"}
ADDRESSES = "rfc3987_syntax"
"""What jsonschema, which nbformat loads, reads a grammar of addresses with, for 2 s; no schema of a notebook asks."""
MACHINE_CELL = "cnub-machine"
"""Tag of the cells that a run adds before and behind those of the notebook."""


def declared(path: Path) -> dict[str, object]:
    """Names and defaults of the variables in the notebook's cell tagged ``parameters``; empty without such a cell."""
    return {name: known.default for name, known in inputs(path).items()}


def inputs(path: Path) -> dict[str, Input]:
    """The declared inputs of the notebook, with the units and ranges that their comments give."""
    inferred = _library("papermill").inspect_notebook(read(path))
    return {name: from_comment(name, _literal(entry["default"]), entry["help"]) for name, entry in inferred.items()}


def code(path: Path) -> str:
    """The code of the notebook, its inputs left out."""
    cells = [cell for cell in read(path).cells if cell.cell_type == "code"]
    return "\n".join(cell.source for cell in cells if "parameters" not in cell.metadata.get("tags", []))


def said(path: Path) -> dict[str, Any]:
    """What the head of the notebook says under ``cnub``: how to execute it."""
    return dict(read(path).metadata.get("cnub", {}))


def execute(
    path: Path, values: dict[str, object], saved: Path | None = None, around: tuple[str, str] | None = None
) -> Any:
    """Execute the notebook ``path`` with ``values`` over its declared defaults; return it without what was local.

    ``saved`` is where it is kept as far as it came while it executes; ``around`` is code before and behind that of the
    notebook. Raises :class:`cnub.DomainError` where the notebook refuses a value in these words, papermill's
    ``PapermillExecutionError`` on any other error in it.
    """
    papermill = _library("papermill")
    try:
        executed = papermill.execute_notebook(
            _framed(read(path), around),
            saved and str(saved),
            parameters=values,
            kernel_name=KERNEL["name"],
            cwd=str(path.parent),
            progress_bar=False,
            log_output=False,
            shutdown_kernel="immediate",  # asked to go, it now and then prints a traceback of its own on the way
        )
    except papermill.PapermillExecutionError as error:
        refusals = {DomainError.__name__, *(kind.__name__ for kind in DomainError.__subclasses__())}
        if error.ename in refusals:  # a parameter that only the physics could judge
            raise DomainError(error.evalue) from error
        raise
    return _stripped(executed)


def as_text(notebook) -> str:
    """The notebook as the content of an ``.ipynb`` file."""
    return json.dumps(notebook, indent=1, sort_keys=True) + "\n"


def read(path: Path) -> Any:
    """The notebook in the Markdown file ``path``, for the kernel of this environment."""
    notebook = _library("jupytext").read(path)
    notebook.metadata["kernelspec"] = dict(KERNEL)
    return notebook


def _framed(notebook, around):
    if around is not None:
        from nbformat.v4 import new_code_cell

        first, last = (new_code_cell(source, metadata={"tags": [MACHINE_CELL]}) for source in around)
        notebook.cells = [first, *notebook.cells, last]
    return notebook


def _library(name: str) -> ModuleType:
    try:
        with _without(ADDRESSES):
            return importlib.import_module(name)
    except ModuleNotFoundError as error:
        raise DomainError(f"notebook must be executed with the extra 'runs' of this package; {error}") from error


@contextmanager
def _without(module: str) -> Iterator[None]:
    """``module`` cannot be imported, unless it is there already."""
    absent = module not in sys.modules
    sys.modules.setdefault(module, None)  # type: ignore[arg-type]
    try:
        yield
    finally:
        if absent:
            del sys.modules[module]


def _literal(text: str) -> object:
    try:
        return ast.literal_eval(text)
    except (ValueError, SyntaxError):
        return text


def _stripped(notebook):
    """Without papermill's times, the cells that were added, and the paths of this machine."""
    notebook.metadata.pop("papermill", None)
    notebook.cells = [cell for cell in notebook.cells if MACHINE_CELL not in cell.metadata.get("tags", [])]
    for cell in notebook.cells:
        cell.metadata.pop("papermill", None)
        cell.metadata.pop("execution", None)
    return notebook
