"""A long computation in pieces, each finished one kept in a file, so that an interrupted one goes on.

The file has one JSON object per line: first what it belongs to, then a piece and its result as they finish. A line cut
short by an interruption is ignored.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, as_completed
from functools import partial
from pathlib import Path
from typing import Any

from cnub.domain import DomainError

Progress = Callable[[float], None]
"""Told the share of a long computation that is done, from 0 to 1."""


def run_pieces(
    compute: Callable[[Any], Any],
    pieces: Sequence[Any],
    executor: Executor | None = None,
    path: str | Path | None = None,
    owner: Mapping[str, Any] | None = None,
    name: str = "path",
    spread: Callable[[Callable, list], Iterator[tuple[Any, Any]]] | None = None,
) -> list[Any]:
    """``compute`` of every piece, in order; those found in the file ``path`` are not computed again.

    Pieces and results are what JSON can write (a tuple comes back as a list); ``executor`` computes several at a time,
    by default one after the other, or else ``spread`` does, which yields each piece of a list with its result as they
    finish; ``owner`` says what the file belongs to. Raises :class:`cnub.DomainError` under the
    ``name`` of the file if it belongs to something else or cannot be written.

    >>> run_pieces(abs, [-2, 3])
    [2, 3]
    """
    spread = spread or partial(_finished, executor=executor)
    if path is None:
        done = {_key(piece): result for piece, result in spread(compute, list(pieces))}
        return [done[_key(piece)] for piece in pieces]
    owner = dict(owner or {})
    done = _load(Path(path), owner, name)
    missing = {_key(piece): piece for piece in pieces if _key(piece) not in done}
    with _opened(Path(path), owner, name) as stream:
        for piece, result in spread(compute, list(missing.values())):
            stream.write(json.dumps({"piece": piece, "result": result}) + "\n")
            stream.flush()
    done = _load(Path(path), owner, name)
    return [done[_key(piece)] for piece in pieces]


def _finished(compute, pieces, executor) -> Iterator[tuple[Any, Any]]:
    """Pieces with their results, in the order in which they finish."""
    if executor is None:
        yield from ((piece, compute(piece)) for piece in pieces)
        return
    futures = {executor.submit(compute, piece): piece for piece in pieces}
    try:
        for future in as_completed(futures):
            yield futures[future], future.result()
    finally:
        for future in futures:
            future.cancel()


def _key(piece):
    return json.dumps(piece, sort_keys=True)


def _exists(path):
    return path.is_file() and path.stat().st_size > 0


def _opened(path, owner, name):
    exists = _exists(path)
    try:
        stream = path.open("a")
    except OSError as error:
        raise DomainError(f"{name} must be a writable file; {str(path)!r}: {error.strerror}") from error
    stream.write("\n" if exists else json.dumps({"owner": owner}) + "\n")
    return stream


def _load(path, owner, name):
    if not _exists(path):
        return {}
    first, *lines = path.read_text(errors="replace").splitlines()
    if _parsed(first).get("owner") != owner:
        raise DomainError(f"{name} must be the file of this very computation; {str(path)!r} belongs to another")
    entries = [entry for line in lines if (entry := _parsed(line))]
    return {_key(entry["piece"]): entry["result"] for entry in entries}


def _parsed(line):
    try:
        entry = json.loads(line)
    except ValueError:
        return {}
    return entry if isinstance(entry, dict) else {}
