"""What a tolerance means, and how tests are shared among workers: file by file, so that what the tests of a file share
is made once and two workers do not compile the same kernels at the same time.
"""

import sys

import pytest

sys.modules.setdefault("rfc3987_syntax", None)  # jsonschema would read its grammar for 3 s; no schema here asks for it
_approx = pytest.approx


def _relative_alone(expected, rel=None, abs=None, nan_ok=False):
    """A tolerance that is given as relative is only that.

    pytest adds an absolute one of 1e-12, beside which an acceleration of 1e-31 equals any other.
    """
    return _approx(expected, rel=rel, abs=0.0 if rel is not None and abs is None else abs, nan_ok=nan_ok)


pytest.approx = _relative_alone

FIRST = (
    "tests/book/test_notebooks.py",  # one worker compiles most kernels here, meanwhile the other does what needs none
    "tests/runs/",
    "tests/book/test_page.py",
    "tests/test_kernel_cache.py",
    "tests/test_cli.py",
    "tests/figures/test_figures.py",
)
"""What takes longest, so that both workers end together; after it the other files as they are collected."""
ONE_BY_ONE = ("tests/figures/test_figures.py",)
"""Files whose tests share nothing, which are minutes for one worker."""


def pytest_collection_modifyitems(items):
    items.sort(key=_rank)


def _rank(item):
    return next((place for place, start in enumerate(FIRST) if item.nodeid.startswith(start)), len(FIRST))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    from xdist.scheduler import LoadScopeScheduling

    class ByFile(LoadScopeScheduling):
        """By path and not by ``xdist_group``: xdist 3.8 writes the group where pytest 9.2 no longer reads it."""

        def _split_scope(self, nodeid):
            file, _, _ = nodeid.partition("::")
            return nodeid if file in ONE_BY_ONE else file

    config.option.loadscopereorder = False  # the files with the most tests are not those that take longest
    return ByFile(config, log)
