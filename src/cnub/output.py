"""Files that are written whole or not at all.

A regular file is replaced in one step by a finished one, with the permissions it had or those the umask leaves; a link
is followed to its file. What is no regular file (a device, a named pipe, the standard output) is written to as it is:
replacing it would destroy it.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import stat
import sys
from pathlib import Path

from cnub.domain import DomainError


def write_text(name: str, path: str | Path, text: str) -> None:
    """Write ``text`` to ``path``, whole or not at all; ``name`` is the parameter that a refusal names."""
    write_bytes(name, path, text.encode())


def write_bytes(name: str, path: str | Path, content: bytes) -> None:
    """Write ``content`` to ``path``, whole or not at all; raise :class:`cnub.DomainError` if it cannot be written."""
    try:
        _write(Path(path), content)
    except (OSError, ValueError) as error:
        raise _refusal(name, path, error) from error


def check_writable(name: str, path: str | Path) -> None:
    """Raise :class:`cnub.DomainError` if ``path`` cannot be written: to be asked before a long computation."""
    try:
        status = _status(Path(path))
        if status is not None and stat.S_ISDIR(status.st_mode):
            raise IsADirectoryError(21, "Is a directory")
        if status is None or stat.S_ISREG(status.st_mode):
            _directory(Path(path))
    except (OSError, ValueError) as error:
        raise _refusal(name, path, error) from error


def is_standard_output(path: str | Path | None) -> bool:
    """Whether ``path`` is where the standard output goes, by whatever name."""
    try:
        return path is not None and os.path.samestat(os.stat(path), os.fstat(sys.stdout.fileno()))
    except (OSError, ValueError, AttributeError):  # no such file; no file behind the standard output
        return False


def _write(path: Path, content: bytes) -> None:
    status = _status(path)
    if is_standard_output(path):
        sys.stdout.flush()
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
    elif status is None or stat.S_ISREG(status.st_mode):
        _replace(_directory(path) / path.resolve().name, content, status)
    else:  # opening a directory fails, as it should
        with open(path, "wb") as stream:
            stream.write(content)


def _status(path: Path) -> os.stat_result | None:
    try:
        return os.stat(path)
    except FileNotFoundError:
        return None


def _directory(path: Path) -> Path:
    """The directory of the file behind ``path``; raises OSError if the file could not be replaced there."""
    target = path.resolve()
    os.stat(target.parent)
    for place in (target.parent, target):
        if place.exists() and not os.access(place, os.W_OK):
            raise PermissionError(13, "Permission denied")
    return target.parent


def _replace(target: Path, content: bytes, status: os.stat_result | None) -> None:
    temporary = target.parent / f".cnub-{secrets.token_hex(8)}"
    try:
        with open(temporary, "xb") as stream:
            stream.write(content)
        if status is not None:
            with contextlib.suppress(OSError):  # only root may give a file away
                os.chown(temporary, status.st_uid, status.st_gid)
            os.chmod(temporary, stat.S_IMODE(status.st_mode))
        os.replace(temporary, target)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def _refusal(name: str, path: str | Path, error: OSError | ValueError) -> DomainError:
    reason = getattr(error, "strerror", None) or str(error)
    return DomainError(f"{name} must be a writable file; {str(path)!r}: {reason}")
