"""While a run computes: how long all its attempts took until now, and a bar that moves with the work in its cells."""

from __future__ import annotations

import contextlib
import json
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

EVERY_S = 0.3


@contextlib.contextmanager
def watched(work: Path, title: str) -> Iterator[None]:
    """Keep the time of the attempt in the folder ``work``, and show what its kernel says of its progress there."""
    before, started = elapsed(work), time.monotonic()

    def keep() -> None:
        spent = round(before["seconds"] + time.monotonic() - started, 2)
        told = json.dumps({"attempts": before["attempts"] + 1, "seconds": spent})
        with contextlib.suppress(OSError):
            part = work / "elapsed.part"
            part.write_text(told)
            part.replace(work / "elapsed.json")

    def seen() -> tuple[str, int, int]:
        told = _read(work / "progress.json")
        keep()
        return told.get("label", "starting"), told.get("done", 0), told.get("total", 0)

    with shown(title, seen):
        yield
    keep()


def elapsed(work: Path) -> dict[str, float]:
    """How many attempts were made in the folder ``work``, and for how many seconds in all."""
    return {"attempts": 0, "seconds": 0.0} | _read(work / "elapsed.json")


@contextlib.contextmanager
def shown(title: str, seen: Callable[[], tuple[str, int, int]]) -> Iterator[None]:
    """Call ``seen`` now and then; where standard error is a terminal, show the label, done and total that it tells."""
    ended = threading.Event()
    with _bar(title) as show:

        def look() -> None:
            while not ended.wait(EVERY_S):
                show(*seen())

        thread = threading.Thread(target=look, daemon=True)
        thread.start()
        try:
            yield
        finally:
            ended.set()
            thread.join()
            seen()


@contextlib.contextmanager
def _bar(title: str) -> Iterator[Callable[[str, int, int], None]]:
    if not sys.stderr.isatty():
        yield lambda label, done, total: None
        return
    from rich import progress
    from rich.console import Console

    times = (progress.TimeElapsedColumn(), progress.TextColumn("left"), progress.TimeRemainingColumn())
    columns = (progress.TextColumn("{task.description}"), progress.BarColumn(), progress.MofNCompleteColumn(), *times)
    with progress.Progress(*columns, console=Console(stderr=True), transient=True) as bars:
        bar = bars.add_task(f"{title}: starting", total=None)
        yield lambda label, done, total: bars.update(
            bar, description=f"{title}: {label}", completed=done, total=total or None
        )


def _read(path: Path) -> dict:
    with contextlib.suppress(OSError, ValueError):
        return json.loads(path.read_text())
    return {}
