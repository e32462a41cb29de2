"""How tests are shared among workers: one by one, except where the tests of a file share what takes long to make."""

import pytest

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
