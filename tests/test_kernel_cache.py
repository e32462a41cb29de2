"""A kernel compiled from other sources, by other versions, or spoiled on the disk never answers."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import cnub
from cnub import kernel_cache

SOURCE = Path(cnub.__file__).parent
INNER = "from cnub.kernel_cache import njit\n\n\n@njit(cache=True)\ndef inner(x):\n    return x + {}\n"
OUTER = INNER.replace("njit\n", "njit\nfrom cnub.inner import inner\n", 1).replace("inner(x)", "outer(x)")
ASK = "from cnub.outer import outer; print(outer(1.0), sum(outer.stats.cache_hits.values()))"
FRESH, KEPT = "0", "1"


@pytest.fixture()
def package(tmp_path):
    """A copy of the package with two kernels more, one that calls the other across files."""
    copy = tmp_path / "tree" / "cnub"
    shutil.copytree(SOURCE, copy, ignore=shutil.ignore_patterns("__pycache__"))
    (copy / "outer.py").write_text(OUTER.format("inner(x)"))
    set_inner(copy, 1.0)
    return copy


def set_inner(package, value):
    (package / "inner.py").write_text(INNER.format(value))
    shutil.rmtree(package / "__pycache__" / "inner.pyc", ignore_errors=True)
    for stale in (package / "__pycache__").glob("inner.*.pyc"):  # Python's own, blind to edits within one second
        stale.unlink()


def start(package, code=ASK, **environment):
    clean = {name: value for name, value in os.environ.items() if not name.startswith("NUMBA_")}
    home = {"PYTHONPATH": str(package.parent), "XDG_CACHE_HOME": str(package.parent / "home")}
    command = [sys.executable, "-c", code]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=clean | home | environment)


def answer(package, code=ASK, **environment):
    process = start(package, code, **environment)
    out, _ = process.communicate(timeout=120)
    assert process.returncode == 0
    return out.split()


def kept(package):
    return [path for path in (package / "__pycache__" / "cnub-kernels").rglob("*outer*") if path.is_file()]


@pytest.mark.parametrize("variables", [(), ("NUMBA_CACHE_DIR",)])
def test_an_edit_of_another_file_is_seen_and_the_older_state_is_still_known(package, tmp_path, variables):
    chosen = {name: str(tmp_path / "chosen") for name in variables}
    assert answer(package, **chosen) == ["3.0", FRESH]
    assert bool(kept(package)) != bool(chosen)
    set_inner(package, 2.0)
    assert answer(package, **chosen) == ["4.0", FRESH]
    assert answer(package, **chosen) == ["4.0", KEPT]
    set_inner(package, 1.0)
    assert answer(package, **chosen) == ["3.0", KEPT]


def test_an_edit_of_what_a_kernel_does_not_depend_on_costs_nothing(package):
    assert answer(package) == ["3.0", FRESH]
    (package / "relic.py").write_text((package / "relic.py").read_text() + "\n# edited\n")
    assert answer(package) == ["3.0", KEPT]


def test_a_process_that_started_before_an_edit_leaves_nothing_for_a_later_one(package):
    edited = INNER.format(2.0)
    edit = f"import cnub, pathlib; pathlib.Path(cnub.__path__[0], 'inner.py').write_text({edited!r});"
    assert answer(package, edit + ASK) == ["4.0", FRESH]
    assert kept(package) == []
    late = (
        "import cnub.kernel_cache as k, cnub, pathlib; k.folder(pathlib.Path(cnub.__path__[0], 'outer.py'));"
        + edit
        + ASK
    )
    set_inner(package, 1.0)
    assert answer(package, late) == ["4.0", FRESH]
    assert kept(package) == []
    set_inner(package, 1.0)
    assert answer(package) == ["3.0", FRESH]
    assert answer(package, late) == ["4.0", FRESH]


def test_processes_that_start_together_all_answer_and_keep_one_version(package):
    together = [start(package) for _ in range(3)]
    assert [process.communicate(timeout=120)[0].split()[0] for process in together] == ["3.0"] * 3
    assert len(kept(package)) == 1
    assert answer(package) == ["3.0", KEPT]


def test_where_nothing_is_writable_kernels_are_compiled_anew(package):
    nowhere = package.parent / "file"
    nowhere.write_text("")
    shutil.rmtree(package / "__pycache__", ignore_errors=True)
    (package / "__pycache__").write_text("a file: not even root makes a folder in it")
    assert answer(package, NUMBA_CACHE_DIR=str(nowhere), XDG_CACHE_HOME=str(nowhere)) == ["3.0", FRESH]
    assert answer(package, NUMBA_CACHE_DIR=str(nowhere)) == ["3.0", FRESH]
    assert answer(package) == ["3.0", KEPT]  # in the user's own folder


def test_a_spoiled_file_is_compiled_anew(package):
    assert answer(package) == ["3.0", FRESH]
    (file,) = kept(package)
    spoiled = bytearray(file.read_bytes())
    spoiled[len(spoiled) // 2] ^= 1
    file.write_bytes(spoiled)
    assert answer(package) == ["3.0", FRESH]
    assert kernel_cache._unsealed(file) is not None
    file.unlink()
    file.mkdir()
    assert answer(package) == ["3.0", FRESH]


def test_only_what_was_written_is_read(tmp_path):
    file = tmp_path / "new folder" / "kernel"
    assert kernel_cache._unsealed(file) is None
    kernel_cache._seal(file, b"machine code")
    assert kernel_cache._unsealed(file) == b"machine code"
    assert [path.name for path in file.parent.iterdir()] == ["kernel"]
    whole = file.read_bytes()
    for spoiled in (b"", whole[:10], whole[:-1], whole + b"x", whole[:20] + b"x" + whole[21:]):
        file.write_bytes(spoiled)
        assert kernel_cache._unsealed(file) is None


def test_a_spoiled_folder_is_passed_over(package):
    assert answer(package) == ["3.0", FRESH]
    folder = kept(package)[0].parent
    shutil.rmtree(folder)
    folder.write_text("not a folder")
    assert answer(package) == ["3.0", FRESH]
    assert answer(package) == ["3.0", KEPT]


def test_versions_and_settings_of_the_compiler_change_the_folder(monkeypatch):
    kernel = SOURCE / "bessel" / "airy.py"
    before = kernel_cache._digest(kernel)
    assert kernel_cache._digest(kernel) == before
    monkeypatch.setenv("NUMBA_CACHE_DIR", "elsewhere")
    assert kernel_cache._digest(kernel) == before
    monkeypatch.setenv("NUMBA_BOUNDSCHECK", "1" if os.environ.get("NUMBA_BOUNDSCHECK") != "1" else "0")
    checked = kernel_cache._digest(kernel)
    assert checked != before
    for upgraded in kernel_cache._COMPILER:
        with monkeypatch.context() as patched:
            patched.setattr(kernel_cache, "_versions", kernel_cache._versions.__wrapped__)
            patched.setattr("importlib.metadata.version", lambda name, new=upgraded: "99" if name == new else "1")
            first = kernel_cache._digest(kernel)
            patched.setattr("importlib.metadata.version", lambda name: "1")
            assert kernel_cache._digest(kernel) != first


def test_only_the_newest_folders_stay(tmp_path):
    for age in range(6):
        (tmp_path / str(age)).mkdir()
        os.utime(tmp_path / str(age), (1e9 - age, 1e9 - age))
    kernel_cache._prune(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["0", "1", "2", "3"][: kernel_cache.KEPT]


def test_every_kernel_of_the_package_is_kept_this_way():
    other = re.compile(r"from numba import .*jit|numba\.(n?jit|vectorize|guvectorize|cfunc)\(")
    strangers = [path.name for path in SOURCE.rglob("*.py") if other.search(path.read_text())]
    assert strangers == ["kernel_cache.py"]
