"""Files that are written whole or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from cnub.domain import DomainError


def write_text(name: str, path: str | Path, text: str) -> None:
    """Write ``text`` to ``path``, whole or not at all; ``name`` is the parameter that a refusal names."""
    write_bytes(name, path, text.encode())


def write_bytes(name: str, path: str | Path, content: bytes) -> None:
    """Write ``content`` to ``path``, whole or not at all; raise :class:`cnub.DomainError` if it cannot be written."""
    path = Path(path)
    try:
        _replace(path, content)
    except OSError as error:
        raise DomainError(f"{name} must be a writable file; {str(path)!r}: {error.strerror}") from error


def _replace(path: Path, content: bytes) -> None:
    if path.is_dir():
        raise IsADirectoryError(21, "Is a directory")
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
        os.chmod(temporary, 0o644)
        os.replace(temporary, path)
    except OSError:
        Path(temporary).unlink(missing_ok=True)
        raise
