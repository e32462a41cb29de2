"""A chapter executed in a shell of this process: the cells that a kernel executes, without the start of one."""

import contextlib
import sys
import types
import warnings

import jupytext
from IPython.core.displayhook import CapturingDisplayHook
from IPython.core.displaypub import CapturingDisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output
from traitlets.config import Config

from cnub.parameters import cast
from cnub.runs import chapters

NO_HISTORY = Config({"HistoryManager": {"enabled": False}})
SILENT = (DeprecationWarning, PendingDeprecationWarning, ImportWarning, ResourceWarning)
"""What Python does not show of the warnings of a library."""


def execute(name, values):
    """Execute the chapter ``name`` with ``values`` over its inputs; return its outputs and what it said of itself.

    What it said is the text on its standard error and the warnings that would have stood there. Raises what a cell
    raises.
    """
    sources = list(_sources(name, cast(f"chapter {name}", values, chapters.parameters(name))))
    with _shell() as shell, contextlib.chdir(chapters.BOOK), warnings.catch_warnings(record=True) as warned:
        warnings.resetwarnings()
        for kind in SILENT:
            warnings.simplefilter("ignore", kind)
        said = "".join(_said(shell, source) for source in sources)
    said += "".join(f"{one.category.__name__}: {one.message}\n" for one in warned)
    return list(shell.display_pub.outputs), said


def _sources(name, values):
    """The cells of code, and after the tagged one another that sets ``values``, as papermill does."""
    for cell in jupytext.read(chapters.BOOK / f"{name}.md").cells:
        if cell.cell_type == "code":
            yield cell.source
            if "parameters" in cell.metadata.get("tags", []):
                yield "\n".join(f"{key} = {value!r}" for key, value in values.items())


@contextlib.contextmanager
def _shell():
    """The shell that ``get_ipython`` finds, which keeps what is displayed; afterwards there is none again."""
    before = (sys.excepthook, sys.displayhook)
    shell = InteractiveShell.instance(config=NO_HISTORY, user_module=types.ModuleType("chapter"))
    shell.display_pub = CapturingDisplayPublisher()
    shell.display_trap.hook = CapturingDisplayHook(shell, shell.display_pub.outputs)
    try:
        yield shell
    finally:
        InteractiveShell.clear_instance()
        sys.modules.pop("chapter", None)
        sys.excepthook, sys.displayhook = before


def _said(shell, source):
    with capture_output(display=False) as captured:
        shell.run_cell(source).raise_error()
    if captured.stdout:
        shell.display_pub.publish({"text/plain": captured.stdout})
    return captured.stderr
