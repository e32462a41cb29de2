"""The Dask cluster of a run: processes of this machine, on loopback, or the scheduler of an address."""

from __future__ import annotations

import contextlib
import logging
import os
import queue
import time
from collections.abc import Iterator
from typing import Any

from cnub.domain import DomainError, integer

PATIENCE_S = 30.0
"""How long a run waits for a worker before it says that there is none."""
LOOPBACK = "127.0.0.1"


@contextlib.contextmanager
def opened(address: str | None, workers: int | None = None) -> Iterator[str]:
    """Address of a scheduler with workers: that at ``address``, or a new one with ``workers`` processes here.

    Raises :class:`cnub.DomainError` if no scheduler answers at ``address`` or no worker comes to it.
    """
    if address is not None:
        _check(address)
        yield address
        return
    with _local(workers or cores()) as scheduler:
        yield scheduler


def cores() -> int:
    """Cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def next_finished(finished: queue.SimpleQueue, client: Any, patience: float) -> Any:
    """The next finished task; raise :class:`cnub.DomainError` if for so many seconds no worker could finish one."""
    alone = time.monotonic()
    while True:
        try:
            return finished.get(timeout=1.0)
        except queue.Empty:
            if client.status == "running" and client.nthreads():
                alone = time.monotonic()
        if time.monotonic() - alone > patience:
            raise DomainError(
                f"cluster must have a worker; there was none for {patience:g} s at {client.scheduler.address}. Start "
                "workers and give the same command again: finished pieces are kept"
            )


@contextlib.contextmanager
def _local(workers: int) -> Iterator[str]:
    import dask
    from distributed import LocalCluster

    quiet = {"logging.distributed": "critical", "distributed.admin.tick.limit": "1h"}
    with (
        dask.config.set(quiet),
        LocalCluster(
            n_workers=0,
            threads_per_worker=1,
            processes=True,
            host=LOOPBACK,
            dashboard_address=f"{LOOPBACK}:0",
            memory_limit=0,
            silence_logs=logging.CRITICAL,
        ) as cluster,
    ):
        cluster.scale(integer("workers", workers, 1))  # they come up while the kernel does
        yield cluster.scheduler_address


def _check(address: str) -> None:
    from distributed import Client

    try:
        client = Client(address, timeout="10s", set_as_default=False)
    except (OSError, ValueError) as error:
        raise DomainError(f"cluster must be the address of a running Dask scheduler; {address!r}: {error}") from error
    with client:
        try:
            client.wait_for_workers(1, timeout=PATIENCE_S)
        except TimeoutError as error:
            raise DomainError(
                f"cluster must have a worker; none came to {address} within {PATIENCE_S:g} s: start some with "
                f"`dask worker {address}`"
            ) from error
