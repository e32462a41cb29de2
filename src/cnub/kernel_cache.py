"""Compiled kernels kept on disk, in one folder per module and state of what its kernels were compiled from.

Numba's own cache keys a kernel on the file it stands in alone, trusts what it reads, and writes what a process compiled
from old sources under the stamp of new ones. Here the folder is named by a digest of the module's file and of all files
of the package that it depends on, the compiler's versions and its settings; each file carries its own checksum; and a
process one of whose sources changed after it started neither reads nor writes. Nothing writable: kernels are compiled
anew.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import pickle
import shutil
import sys
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

from cnub.sources import PACKAGE, closure

KEPT = 4
"""Folders kept for each module: the states between which a reader who compares versions goes back and forth."""
_SEAL = hashlib.sha256().digest_size
_COMPILER = ("llvmlite", "numba", "numpy", "scipy")  # scipy and numpy also make the tables that kernels freeze


def _state(path: Path) -> tuple[int, int, int] | None:
    """Size, time and inode of a file: what no edit leaves alone, at a fraction of reading it."""
    with contextlib.suppress(OSError):
        stat = path.stat()
        return stat.st_size, stat.st_mtime_ns, stat.st_ino
    return None


def _files(folder: str):
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir():
                yield from _files(entry.path) if entry.name != "__pycache__" else ()
            else:
                yield Path(entry.path)


_AT_START = {path: _state(path) for path in _files(str(PACKAGE))}


def _unchanged(path: Path) -> bool:
    """Whether what the module at ``path`` depends on is still what this process started from."""
    return all(_state(file) == _AT_START.get(file, ()) for file in closure(path))


def njit(**options: object) -> Callable[[Callable], Callable]:
    """Decorator: ``numba.njit`` with ``options``, whose compiled code is kept as this module says.

    ``cache=False`` keeps nothing, and neither does a closure, whose variables no digest of sources knows.
    """
    import numba  # here and below: the commands that need no kernel start in half the time without it

    keep = options.pop("cache", True)

    def compiled(function):
        kernel = numba.njit(**options)(function)
        place = Path(function.__code__.co_filename).resolve()
        alone = function.__closure__ is None and place in _AT_START
        if keep and alone and not numba.config.DISABLE_JIT and folder(place) is not None:
            kernel._cache = _kept_overloads()(function)
        return kernel

    return compiled


@cache
def folder(path: Path) -> Path | None:
    """Folder for the kernels of the module at ``path``, these sources and versions; None where nothing can be kept."""
    digest = _digest(path)
    if not _unchanged(path):
        return None
    for base in _bases():
        with contextlib.suppress(OSError):
            states = base / ".".join(path.relative_to(PACKAGE).with_suffix("").parts)
            place = states / digest
            place.mkdir(parents=True, exist_ok=True)
            tempfile.TemporaryFile(dir=place).close()
            os.utime(place)
            _prune(states)
            return place
    return None


def _digest(path):
    hasher = hashlib.sha256(_compiler().encode())
    for file in sorted(closure(path)):
        hasher.update(_signed(file))
    return hasher.hexdigest()[:32]


@cache
def _signed(file):
    content = file.read_bytes()
    return f"{file.relative_to(PACKAGE)}\0{len(content)}\0".encode() + content


def _compiler():
    settings = sorted(item for item in os.environ.items() if item[0].startswith("NUMBA_"))
    return repr((sys.version, _versions(), [item for item in settings if item[0] != "NUMBA_CACHE_DIR"]))


@cache
def _versions():
    from importlib.metadata import version

    return [(name, version(name)) for name in _COMPILER]


def _bases():
    from numba import config
    from numba.misc.appdirs import user_cache_dir

    wanted = (config.CACHE_DIR and os.path.abspath(config.CACHE_DIR), PACKAGE / "__pycache__", user_cache_dir("cnub"))
    # without a home the last is relative, and would land wherever the process stands
    return [Path(base) / "cnub-kernels" for base in wanted if base and os.path.isabs(base)]


def _prune(base):
    aged = sorted((path.stat().st_mtime, path) for path in base.iterdir())
    for _, path in aged[:-KEPT]:
        shutil.rmtree(path, ignore_errors=True)


class _KeptOverloads:
    """The compiled versions of one kernel, a sealed file each; the interface is the one Numba asks for."""

    def __init__(self, function):
        self._source = Path(function.__code__.co_filename).resolve()
        self._name = function.__qualname__
        self.enable()

    @property
    def cache_path(self):
        return str(folder(self._source))

    def load_overload(self, sig, target_context):
        from numba.core.compiler import CompileResult
        from numba.core.runtime import rtsys

        rtsys.initialize(target_context)
        path = self._path(sig, target_context.codegen())
        content = _unsealed(path) if path is not None and _unchanged(self._source) else None
        return None if content is None else CompileResult._rebuild(target_context, *pickle.loads(content))

    def save_overload(self, sig, data):
        from numba.core.serialize import dumps

        path = self._path(sig, data.codegen)
        if path is None or data.library.has_dynamic_globals or not all(x.can_cache for x in data.lifted):
            return
        content = dumps(data._reduce())
        if _unchanged(self._source):
            _seal(path, content)

    def flush(self):
        for path in folder(self._source).glob(f"{self._name}-*"):
            path.unlink(missing_ok=True)

    def enable(self):
        self._enabled = True

    def disable(self):
        self._enabled = False

    def _path(self, sig, codegen):
        from numba.core import types

        # the name of a type that holds a function is the address of the function, which is nobody's key
        if not self._enabled or any(isinstance(argument, types.Callable) for argument in sig):
            return None
        key = repr((tuple(map(str, sig)), codegen.magic_tuple()))
        return folder(self._source) / f"{self._name}-{hashlib.sha256(key.encode()).hexdigest()[:32]}"


@cache
def _kept_overloads():
    """The class above as one that Numba takes for its own; its base is not loaded before a kernel is."""
    from numba.core.caching import _Cache

    return type("KeptOverloads", (_KeptOverloads, _Cache), {})


def _unsealed(path):
    # machine code that a full disk or a flipped bit spoiled would answer wrongly, or not at all
    with contextlib.suppress(OSError):
        sealed = path.read_bytes()
        if hashlib.sha256(sealed[_SEAL:]).digest() == sealed[:_SEAL]:
            return sealed[_SEAL:]
    return None


def _seal(path, content):
    # the name comes last and at once: no process ever sees half a file
    part = path.with_name(f"{path.name}.{os.getpid()}")
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        part.write_bytes(hashlib.sha256(content).digest() + content)
        os.replace(part, path)
    with contextlib.suppress(OSError):
        part.unlink()
