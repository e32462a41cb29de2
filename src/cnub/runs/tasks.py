"""What a heavy run says in its notebook: these pieces are independent. Here they are spread, kept and timed.

``run(compute, pieces)`` is a plain loop in a notebook opened by hand. Executed by ``cnub run``, the pieces are tasks of
a Dask cluster; each finished one comes back to the kernel and is kept in a file that belongs to this very program and
these parameters, so that the next attempt computes the missing ones only. Results have the order of the pieces, whoever
computed them. A worker with another program refuses.
"""

from __future__ import annotations

import ctypes
import json
import os
import pickle
import queue
import resource
import signal
import socket
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, partial
from importlib import import_module
from pathlib import Path
from typing import Any

from cnub.domain import DomainError
from cnub.output import write_text
from cnub.pieces import run_pieces
from cnub.runs import dependence, pool

SAMPLE = 4
"""Pieces of each kind that a record keeps, to be computed again when it is checked."""
_TOLD_S = 0.2
_DIES_WITH_PARENT = 1  # PR_SET_PDEATHSIG


@dataclass
class _Run:
    """What the kernel that executes a run was told by its driver, and what it has to tell."""

    work: Path
    code: str
    files: list[str]
    digest: str
    key: str
    scheduler: str | None
    patience: float
    resumed: int = 0
    worker_mib: float = 0.0
    spent: dict[str, float] = field(default_factory=dict)
    crowds: dict[str, int] = field(default_factory=dict)
    samples: dict[str, dict] = field(default_factory=dict)


_RUNNING: list[_Run] = []
_VERIFIED: set[tuple[str, tuple[int, ...]]] = set()
"""Digests of programs that this process was found to compute with, and the times of their files then."""


def run(compute: Callable[[Any], Any], pieces: Sequence[Any], label: str = "pieces") -> list[Any]:
    """``compute`` of every piece, in order; ``label`` tells the pieces of one run apart.

    Pieces and results are what JSON can write. Raises :class:`cnub.DomainError` if a worker has another program, or if
    there has been no worker for a while; what finished before is kept.

    >>> run(abs, [-2, 3])
    [2, 3]
    """
    if not _RUNNING:
        return [row["result"] for row in run_pieces(partial(_timed, compute), pieces)]
    running = _RUNNING[0]
    path = running.work / "pieces" / f"{label}.jsonl"
    path.parent.mkdir(exist_ok=True)
    different = len({json.dumps(piece, sort_keys=True) for piece in pieces})  # one asked for twice is computed once
    rows = run_pieces(
        compute, pieces, None, path, {"key": running.key}, spread=partial(_watched, running, label, different)
    )
    running.spent[label] = sum(row["seconds"] for row in rows)
    running.crowds[label] = len({row["by"] for row in rows})
    running.samples[label] = {"compute": _spelled(compute), "pieces": _sample(pieces, rows)}
    return [row["result"] for row in rows]


def seconds(label: str = "pieces") -> float:
    """Seconds that the pieces of this run took, each on its core, whichever attempt computed them; NaN by hand."""
    return _RUNNING[0].spent.get(label, float("nan")) if _RUNNING else float("nan")


def workers(label: str = "pieces") -> int:
    """How many processes the pieces of this run were computed by; 1 by hand."""
    return _RUNNING[0].crowds.get(label, 1) if _RUNNING else 1


def peak_mib() -> float:
    """Most memory that one process of this run has held until now, in MiB.

    >>> peak_mib() > 1.0
    True
    """
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return max(own, _RUNNING[0].worker_mib) if _RUNNING else own


def begin(told: dict[str, Any]) -> None:
    """Take what the driver says; refuse if this kernel has another program than the driver."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_DIES_WITH_PARENT, signal.SIGKILL)
    running = _Run(**told | {"work": Path(told["work"])})
    _same_program(running.code, tuple(running.files), running.digest)
    _RUNNING[:] = [running]


def finish() -> None:
    """Leave for the driver what only this kernel knows: versions, memory, and a sample of the pieces."""
    running = _RUNNING[0]
    kernel = {
        "versions": dependence.versions(),
        "kernel_mib": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1),
        "largest_worker_mib": round(running.worker_mib, 1),
        "resumed_pieces": running.resumed,
        "core_seconds": {label: round(spent, 3) for label, spent in running.spent.items()},
    }
    write_text("output", running.work / "kernel.json", json.dumps(kernel))
    if running.samples:
        write_text("output", running.work / "results" / "sample.json", json.dumps(running.samples, indent=1) + "\n")


def called(spelled: dict[str, Any]) -> Callable[[Any], Any]:
    """The function that a sample was computed by.

    >>> called({"function": "math:pow", "arguments": {}}).__name__
    'pow'
    """
    module, _, name = spelled["function"].partition(":")
    function = getattr(import_module(module), name)
    return partial(function, **spelled["arguments"]) if spelled["arguments"] else function


def _watched(running: _Run, label: str, total: int, compute: Callable, missing: list) -> Iterator[tuple[Any, Any]]:
    """The missing pieces with their results as they finish, and word of it to the driver."""
    import cloudpickle

    done = total - len(missing)
    running.resumed += done
    tell = _teller(running.work / "progress.json", label, total)
    tell(done)
    work = partial(_on_worker, cloudpickle.dumps(compute), running.code, tuple(running.files), running.digest)
    alone = running.scheduler is None or len(missing) < 2
    for piece, row in ((p, work(p)) for p in missing) if alone else _on_cluster(running, work, missing):
        running.worker_mib = max(running.worker_mib, row.pop("mib"))
        yield piece, row
        done += 1
        tell(done)


def _on_cluster(running: _Run, work: Callable, pieces: list) -> Iterator[tuple[Any, Any]]:
    from distributed import Client

    with Client(running.scheduler, timeout="10s", set_as_default=False) as client:
        futures = dict(zip(client.map(work, pieces, pure=False, retries=0), pieces, strict=True))
        finished: queue.SimpleQueue = queue.SimpleQueue()
        for future in futures:
            future.add_done_callback(finished.put)
        try:
            while futures:
                future = pool.next_finished(finished, client, running.patience)
                yield futures.pop(future), future.result()
        except Exception:
            yield from ((piece, future.result()) for future, piece in futures.items() if future.status == "finished")
            raise
        finally:
            client.cancel(list(futures))


def _on_worker(pickled: bytes, code: str, files: tuple[str, ...], digest: str, piece: Any) -> dict[str, Any]:
    _same_program(code, files, digest)
    row = _timed(pickle.loads(pickled), piece)
    _same_program(code, files, digest)  # an edit meanwhile may have been loaded in the middle of the piece
    return row


def _same_program(code: str, files: tuple[str, ...], digest: str) -> None:
    """Refuse if this process computes with another program than that of ``digest``; make its ``files`` importable."""
    sys.path += sorted({str((dependence.ROOT / name).parent) for name in files} - set(sys.path))
    used = (*dependence.files_of(_all_code(code, files)), *(dependence.ROOT / name for name in files))
    stamp = tuple(path.stat().st_mtime_ns for path in used)
    if (digest, stamp) in _VERIFIED:
        return
    dependence.forget()
    right = dependence.digest_of_all(dependence.program(code, list(files))) == digest
    # what an edit after the start of the process left loaded, nobody knows, unless it was verified before
    known = any(digest == verified for verified, _ in _VERIFIED) or max(stamp, default=0) < 1e9 * _started()
    if not (right and known):
        raise DomainError(
            "cluster must have workers with the program of the driver; a kernel or worker has other sources, other "
            "versions, or was started before an edit: bring it up to date and start again"
        )
    _VERIFIED.add((digest, stamp))


@cache
def _all_code(code: str, files: tuple[str, ...]) -> str:
    return "\n".join([code, *((dependence.ROOT / name).read_text(encoding="utf-8") for name in files)])


def _started() -> float:
    import psutil

    return psutil.Process().create_time()


def _timed(compute: Callable, piece: Any) -> dict[str, Any]:
    started = time.perf_counter()
    result = compute(piece)
    spent = time.perf_counter() - started
    return {
        "result": json.loads(json.dumps(result)),
        "seconds": spent,
        "mib": peak_mib(),
        "by": f"{socket.gethostname()}:{os.getpid()}",
    }


def _teller(path: Path, label: str, total: int) -> Callable[[int], None]:
    """Writes how far a run is, now and then and at the end."""
    last = [-_TOLD_S]

    def tell(done: int) -> None:
        now = time.monotonic()
        if now - last[0] >= _TOLD_S or done == total:
            last[0] = now
            write_text("output", path, json.dumps({"label": label, "done": done, "total": total}))

    return tell


def _sample(pieces, rows):
    """A few of the cheaper pieces, evenly from first to last."""
    cheap = sorted(range(len(rows)), key=lambda i: rows[i]["seconds"])[: max(1, len(rows) // 2)]
    chosen = sorted(cheap)[:: max(1, len(cheap) // SAMPLE)][:SAMPLE]
    return [{"piece": pieces[i], "result": rows[i]["result"], "seconds": rows[i]["seconds"]} for i in chosen]


def _spelled(compute):
    """Where a function can be imported from, and the arguments that are fixed."""
    arguments = dict(compute.keywords) if isinstance(compute, partial) else {}
    function = compute.func if isinstance(compute, partial) else compute
    return {"function": f"{function.__module__}:{function.__qualname__}", "arguments": arguments}
