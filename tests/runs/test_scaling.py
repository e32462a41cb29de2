"""What spreading costs is measured for real, and the rule for many processes keeps its limits."""

import time

import pytest

from cnub import DomainError
from cnub.runs.scaling import most_useful_workers, predicted_seconds, spread_seconds

WORK, PIECES, LONGEST, TASK = 1000.0, 1000, 2.0, 1e-3


def test_two_processes_share_pieces_that_wait():
    """Ten pieces of 0.2 s: 2 s on one process, 1 s on two; sleeping asks for no core."""
    one, two = (spread_seconds(time.sleep, [0.2] * 10, workers) for workers in (1, 2))
    assert one > 2.0
    assert 1.0 < two < 0.8 * one


@pytest.mark.parametrize(
    ("workers", "seconds"), [(1, WORK), (2, WORK / 2 + LONGEST), (1000, LONGEST), (10**6, LONGEST)]
)
def test_prediction_has_its_limits(workers, seconds):
    assert predicted_seconds(WORK, PIECES, LONGEST, TASK, workers) == seconds


def test_the_driver_sets_the_time_of_many_short_pieces():
    assert predicted_seconds(WORK, 10**6, 1e-3, TASK, 1000) == 10**6 * TASK
    assert most_useful_workers(WORK, 10**6, TASK) == 1
    assert most_useful_workers(WORK, 10, TASK) == 10


def test_no_pieces_are_refused():
    with pytest.raises(DomainError, match="pieces must be at least one"):
        spread_seconds(abs, [], 1)
