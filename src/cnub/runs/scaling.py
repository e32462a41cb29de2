"""What spreading costs and gains: seconds a task by itself, pieces on few processes, and what follows for many."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Sequence
from typing import Any

from cnub.domain import DomainError, integer, positive
from cnub.runs import pool


def spread_seconds(compute: Callable[[Any], Any], pieces: Sequence[Any], workers: int) -> float:
    """Seconds until ``compute`` of all ``pieces`` came back from ``workers`` processes that are up and have done one.

    Raises :class:`cnub.DomainError` without pieces.
    """
    from distributed import Client

    if not pieces:
        raise DomainError("pieces must be at least one; there is none")
    with pool.opened(None, workers) as address, Client(address, timeout="30s", set_as_default=False) as client:
        client.wait_for_workers(workers)
        client.gather([client.submit(compute, pieces[0], pure=False, workers=[w]) for w in client.nthreads()])
        started = time.perf_counter()
        client.gather(client.map(compute, pieces, pure=False))
        return time.perf_counter() - started


def predicted_seconds(core_seconds: float, pieces: int, longest: float, task: float, workers: int) -> float:
    """Seconds on ``workers`` processes of so many ``pieces``: ``core_seconds`` together, the longest ``longest``.

    The driver hands out one piece in ``task`` seconds, one after the other; what is left takes the share of the busiest
    process, which is at most the even share and one piece. Raises :class:`cnub.DomainError` outside these ranges.

    >>> predicted_seconds(1000.0, 1000, 1.0, 1e-3, 100)
    11.0
    """
    positive("core_seconds", core_seconds), positive("longest", longest), positive("task", task)
    share = core_seconds / integer("workers", workers, 1) + (longest if workers > 1 else 0.0)
    return max(share if workers < integer("pieces", pieces, 1) else longest, pieces * task)


def most_useful_workers(core_seconds: float, pieces: int, task: float) -> int:
    """Processes beyond which the driver, not they, sets the time: they are done before it has handed out all.

    >>> most_useful_workers(1000.0, 1000, 1e-3)
    1000
    """
    return min(integer("pieces", pieces, 1), math.ceil(positive("core_seconds", core_seconds) / (pieces * task)))
