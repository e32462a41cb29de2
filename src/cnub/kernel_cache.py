"""No stale kernels.

Numba keys a cached kernel on the file it stands in alone: after a change of another file that the kernel calls into,
the cache would go on answering with the old code. So all cached kernels of the package go when any of its sources
has changed.
"""

from __future__ import annotations

import contextlib
import hashlib
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
_STAMP = _PACKAGE / "__pycache__" / "kernels.digest"


def discard_stale() -> None:
    """Delete the package's cached kernels unless they were compiled from exactly these sources."""
    current = _digest()
    if _STAMP.is_file() and _STAMP.read_text() == current:
        return
    # An unwritable installation cannot hold stale kernels: Numba then caches elsewhere, keyed by the installed files.
    with contextlib.suppress(OSError):
        for pattern in ("*.nbi", "*.nbc"):
            for path in _PACKAGE.rglob(pattern):
                path.unlink(missing_ok=True)
        _STAMP.parent.mkdir(exist_ok=True)
        _STAMP.write_text(current)


def _digest() -> str:
    hasher = hashlib.sha256()
    for path in sorted(_PACKAGE.rglob("*.py")):
        hasher.update(path.read_bytes() + b"\0")
    return hasher.hexdigest()
