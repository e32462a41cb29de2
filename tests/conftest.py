"""What a tolerance means, and how tests are shared among workers: one by one, except where the tests of a file share
what takes long to make."""

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

TOGETHER = ("tests/claims/test_ledger.py",)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    from xdist.scheduler import LoadScopeScheduling

    class ByTest(LoadScopeScheduling):
        """By path and not by ``xdist_group``: xdist 3.8 writes the group where pytest 9.2 no longer reads it."""

        def _split_scope(self, nodeid):
            file, _, _ = nodeid.partition("::")
            return file if file in TOGETHER else nodeid

    return ByTest(config, log)
