"""The comparison sums: right where the libraries are, and wrong where the run says they break."""

from __future__ import annotations

import pytest

from cnub.domain import DomainError
from cnub.sphere.benchmark import LIBRARIES, least_seconds, library_sum
from cnub.sphere.contour import contour

# delta = 1e-4 costs four digits of the difference in the talk's formula; measured: 3e-9 of delta.
CANCELLATION = 1e-6


@pytest.mark.parametrize("library", LIBRARIES)
def test_libraries_serve_a_small_ball(library):
    value, waves = library_sum(library, 1000.0, -1e-4)
    assert value == pytest.approx(contour(1000.0, -1e-4)[0], abs=CANCELLATION * 1e-4)
    assert waves > 1000


def test_the_shortest_time_is_kept(monkeypatch):
    clock = iter([0.0, 5.0, 10.0, 12.0, 20.0, 23.0])  # calls of 5, 2 and 3 s
    monkeypatch.setattr("cnub.sphere.benchmark.time.perf_counter", lambda: next(clock))
    assert least_seconds(lambda: None, 3) == 2.0


def test_refusals_name_the_parameter():
    with pytest.raises(DomainError, match="library"):
        library_sum("abacus", 1e3, 1e-4)
