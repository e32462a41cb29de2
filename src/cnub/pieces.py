"""A long sum in parts: on several threads, each finished part kept in a file so that an interrupted run goes on."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from cnub.domain import DomainError

Part = tuple[int, int, bool]
Sum = tuple[float, float]


def identity(ball) -> dict[str, str]:
    """What a checkpoint belongs to: the exact doubles of the ball."""
    return {"kR": ball.kR.hex(), "delta": ball.delta.hex(), "height": ball.height.hex()}


def run_parts(
    compute: Callable[[Part], Sum], parts: Sequence[Part], threads: int, owner: dict[str, str], path: str | Path | None
) -> list[Sum]:
    """``compute`` for every part, in order; those found in the file ``path`` are not computed again.

    The file has one JSON object per line, the first naming its ``owner``; a line cut short by an interruption is
    ignored. Raises :class:`cnub.DomainError` if the file belongs to another sum or cannot be written.
    """
    if path is None:
        return _map(compute, parts, threads)
    done = _load(Path(path), owner)
    with _opened(Path(path), owner, bool(done) or _exists(path)) as stream:

        def keep(part):
            value = compute(part)
            stream.write(json.dumps({"first": part[0], "count": part[1], "sum": value}) + "\n")
            stream.flush()
            return value

        _map(keep, [part for part in parts if part[:2] not in done], threads)
    done = _load(Path(path), owner)
    return [done[part[:2]] for part in parts]


def _map(compute, parts, threads):
    if threads == 1:
        return [compute(part) for part in parts]
    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(compute, parts))


def _exists(path):
    return Path(path).is_file() and Path(path).stat().st_size > 0


def _opened(path, owner, exists):
    try:
        stream = path.open("a")
    except OSError as error:
        raise DomainError(f"checkpoint must be a writable file; {str(path)!r}: {error.strerror}") from error
    stream.write("\n" if exists else json.dumps(owner) + "\n")
    return stream


def _load(path, owner):
    if not _exists(path):
        return {}
    lines = path.read_text().splitlines()
    if _parsed(lines[0]) != owner:
        raise DomainError(f"checkpoint must be the file of this very sum; {str(path)!r} belongs to another")
    entries = [entry for line in lines[1:] if (entry := _parsed(line))]
    return {(entry["first"], entry["count"]): tuple(entry["sum"]) for entry in entries}


def _parsed(line):
    try:
        return json.loads(line)
    except ValueError:
        return None
