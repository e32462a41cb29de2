"""A table that sources alone decide, kept in a file, so that the next process need not load them to list it.

The file is named by a digest of these sources and of all that they depend on: after an edit the table is made anew.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from cnub.sources import PACKAGE, followed, forget

KEPT = 4
"""Files kept of each table: the states between which a reader who compares versions goes back and forth."""


def kept(name: str, sources: Iterable[Path], compute: Callable[[], Any]) -> Any:
    """``compute()``, which JSON can write, or what it gave for these very ``sources``; ``name`` tells tables apart.

    >>> kept("example", [], lambda: [1, 2])
    [1, 2]
    """
    sources = list(sources)
    place = _folder() / f"{name}-{_digest(sources)}.json"
    with contextlib.suppress(OSError, ValueError):
        return json.loads(place.read_text(encoding="utf-8"))
    text = json.dumps(compute())
    forget()
    if place.name == f"{name}-{_digest(sources)}.json":  # nobody has edited them meanwhile
        with contextlib.suppress(OSError):
            _write(place, text)
            for old in sorted(place.parent.glob(f"{name}-*.json"), key=lambda path: path.stat().st_mtime)[:-KEPT]:
                old.unlink()
    return json.loads(text)


def _folder():
    return Path(os.path.abspath(os.environ.get("NUMBA_CACHE_DIR") or PACKAGE / "__pycache__")) / "cnub-tables"


def _digest(sources):
    hasher = hashlib.sha256()
    for path in sorted(followed(set(sources))):
        hasher.update(f"{path.relative_to(PACKAGE)}\0{path.stat().st_size}\0".encode() + path.read_bytes())
    return hasher.hexdigest()[:32]


def _write(place, text):
    place.parent.mkdir(parents=True, exist_ok=True)
    part = place.with_suffix(f".{os.getpid()}")
    part.write_text(text, encoding="utf-8")
    os.replace(part, place)
