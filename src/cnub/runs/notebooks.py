"""Notebooks written in Markdown: their declared inputs, and their execution by papermill.

What the heavy runs and the chapters of the book have in common. A notebook is executed in the folder it stands in.
"""

from __future__ import annotations

import ast
import importlib
import json
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

from cnub.domain import DomainError

KERNEL = {"name": "python3", "language": "python", "display_name": "Python 3"}


def declared(path: Path) -> dict[str, object]:
    """Names and defaults of the variables in the notebook's cell tagged ``parameters``; empty without such a cell."""
    inferred = _library("papermill").inspect_notebook(_read(path))
    return {name: _literal(entry["default"]) for name, entry in inferred.items()}


def execute(path: Path, values: dict[str, object], saved: Path | None = None) -> Any:
    """Execute the notebook ``path`` with ``values`` over its declared defaults; return it without what was local.

    ``saved`` is where it is kept as far as it came while it executes. Raises :class:`cnub.DomainError` where the
    notebook refuses a value in these words, papermill's ``PapermillExecutionError`` on any other error in it.
    """
    papermill = _library("papermill")
    try:
        executed = papermill.execute_notebook(
            _read(path),
            saved and str(saved),
            parameters=values,
            kernel_name=KERNEL["name"],
            cwd=str(path.parent),
            progress_bar=sys.stderr.isatty(),
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


def _read(path: Path):
    notebook = _library("jupytext").read(path)
    notebook.metadata["kernelspec"] = dict(KERNEL)
    return notebook


def _library(name: str) -> ModuleType:
    try:
        return importlib.import_module(name)
    except ModuleNotFoundError as error:
        raise DomainError(f"notebook must be executed with the extra 'runs' of this package; {error}") from error


def _literal(text: str) -> object:
    try:
        return ast.literal_eval(text)
    except (ValueError, SyntaxError):
        return text


def _stripped(notebook):
    """Without papermill's times and the paths of this machine."""
    notebook.metadata.pop("papermill", None)
    for cell in notebook.cells:
        cell.metadata.pop("papermill", None)
        cell.metadata.pop("execution", None)
    return notebook
