"""Compiled kernels kept on disk, in one folder per state of what they were compiled from.

Numba's own cache keys a kernel on the file it stands in alone, trusts what it reads, and writes what a process compiled
from old sources under the stamp of new ones. Here the folder is named by a digest of every file of the package, the
compiler's versions and its settings; each file carries its own checksum; and a process whose sources changed after it
started neither reads nor writes. Nothing writable: kernels are compiled anew.
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
from importlib.metadata import version
from pathlib import Path

KEPT = 4
"""Folders kept beside each other: the states between which a reader who compares versions goes back and forth."""
_PACKAGE = Path(__file__).resolve().parent
_SEAL = hashlib.sha256().digest_size
_COMPILER = ("llvmlite", "numba", "numpy", "scipy")  # scipy and numpy also make the tables that kernels freeze


def _state() -> dict[str, tuple[int, int, int]]:
    """Size, time and inode of each file of the package: what no edit leaves alone, at a fraction of reading them."""
    state, folders = {}, [str(_PACKAGE)]
    while folders:
        with os.scandir(folders.pop()) as entries:
            for entry in entries:
                if entry.is_dir():
                    folders += [entry.path] if entry.name != "__pycache__" else []
                else:
                    stat = entry.stat()
                    state[entry.path] = (stat.st_size, stat.st_mtime_ns, stat.st_ino)
    return state


_AT_START = _state()


def njit(**options: object) -> Callable[[Callable], Callable]:
    """Decorator: ``numba.njit`` with ``options``, whose compiled code is kept as this module says.

    ``cache=False`` keeps nothing, and neither does a closure, whose variables no digest of sources knows.
    """
    import numba  # here and below: the commands that need no kernel start in half the time without it

    keep = options.pop("cache", True)

    def compiled(function):
        kernel = numba.njit(**options)(function)
        if keep and not numba.config.DISABLE_JIT and function.__closure__ is None and folder() is not None:
            kernel._cache = _kept_overloads()(function)
        return kernel

    return compiled


@cache
def folder() -> Path | None:
    """Folder of the kernels of exactly these sources and versions; None where nothing can be kept."""
    digest = _digest()
    if _state() != _AT_START:
        return None
    for base in _bases():
        with contextlib.suppress(OSError):
            place = base / digest
            place.mkdir(parents=True, exist_ok=True)
            tempfile.TemporaryFile(dir=place).close()
            os.utime(place)
            _prune(base)
            return place
    return None


def _digest():
    hasher = hashlib.sha256(repr((sys.version, [(name, version(name)) for name in _COMPILER])).encode())
    settings = sorted(item for item in os.environ.items() if item[0].startswith("NUMBA_"))
    hasher.update(repr([item for item in settings if item[0] != "NUMBA_CACHE_DIR"]).encode())
    for path in sorted(_AT_START):
        content = Path(path).read_bytes()
        hasher.update(f"{path[len(str(_PACKAGE)) :]}\0{len(content)}\0".encode() + content)
    return hasher.hexdigest()[:32]


def _bases():
    from numba import config
    from numba.misc.appdirs import user_cache_dir

    wanted = (config.CACHE_DIR and os.path.abspath(config.CACHE_DIR), _PACKAGE / "__pycache__", user_cache_dir("cnub"))
    # without a home the last is relative, and would land wherever the process stands
    return [Path(base) / "cnub-kernels" for base in wanted if base and os.path.isabs(base)]


def _prune(base):
    aged = sorted((path.stat().st_mtime, path) for path in base.iterdir())
    for _, path in aged[:-KEPT]:
        shutil.rmtree(path, ignore_errors=True)


@cache
def _kept_overloads():
    from numba.core import types
    from numba.core.caching import _Cache
    from numba.core.compiler import CompileResult
    from numba.core.serialize import dumps

    class KeptOverloads(_Cache):
        """The compiled versions of one kernel, a sealed file each; the interface is the one Numba asks for."""

        def __init__(self, function):
            self._name = f"{function.__module__}.{function.__qualname__}"
            self.enable()

        @property
        def cache_path(self):
            return str(folder())

        def load_overload(self, sig, target_context):
            target_context.refresh()
            path = self._path(sig, target_context.codegen())
            content = _unsealed(path) if path is not None and _state() == _AT_START else None
            return None if content is None else CompileResult._rebuild(target_context, *pickle.loads(content))

        def save_overload(self, sig, data):
            path = self._path(sig, data.codegen)
            if path is None or data.library.has_dynamic_globals or not all(x.can_cache for x in data.lifted):
                return
            content = dumps(data._reduce())
            if _state() == _AT_START:
                _seal(path, content)

        def flush(self):
            for path in folder().glob(f"{self._name}-*"):
                path.unlink(missing_ok=True)

        def enable(self):
            self._enabled = True

        def disable(self):
            self._enabled = False

        def _path(self, sig, codegen):
            # the name of a type that holds a function is the address of the function, which is nobody's key
            if not self._enabled or any(isinstance(argument, types.Callable) for argument in sig):
                return None
            key = repr((tuple(map(str, sig)), codegen.magic_tuple()))
            return folder() / f"{self._name}-{hashlib.sha256(key.encode()).hexdigest()[:32]}"

    return KeptOverloads


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
