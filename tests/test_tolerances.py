"""A relative tolerance is relative at any size (see conftest)."""

import numpy as np
import pytest


def test_small_numbers_differ():
    assert 1e-31 != pytest.approx(2e-31, rel=1e-3)
    assert 1e-31 == pytest.approx(1.0001e-31, rel=1e-3)
    assert np.array([1e-31, 1.0]) != pytest.approx(np.array([2e-31, 1.0]), rel=1e-3)


def test_an_absolute_tolerance_is_kept():
    assert 1e-31 == pytest.approx(2e-31, rel=1e-3, abs=1e-30)
    assert 1e-31 == pytest.approx(2e-31)
