"""Files are written whole or not at all, keep what they are, and respect the umask."""

import os
import stat
import subprocess
import sys
import threading

import pytest

from cnub import DomainError
from cnub.output import check_writable, is_standard_output, write_bytes, write_text


@pytest.fixture()
def umask():
    """A umask that takes something away."""
    old = os.umask(0o027)
    yield
    os.umask(old)


def mode(path):
    return stat.S_IMODE(path.stat().st_mode)


def test_new_file_has_the_permissions_that_the_umask_leaves(tmp_path, umask):
    write_text("out", tmp_path / "f.csv", "a\n")
    assert mode(tmp_path / "f.csv") == 0o640


def test_replaced_file_keeps_its_permissions(tmp_path, umask):
    path = tmp_path / "f.csv"
    path.write_text("old")
    path.chmod(0o604)
    write_text("out", path, "new")
    assert path.read_text() == "new" and mode(path) == 0o604


def test_link_is_followed_to_its_file(tmp_path):
    (tmp_path / "elsewhere").mkdir()
    target, link, dangling = tmp_path / "elsewhere" / "f", tmp_path / "link", tmp_path / "dangling"
    target.write_text("old")
    link.symlink_to(target)
    dangling.symlink_to(tmp_path / "elsewhere" / "born")
    for path in (link, dangling):
        write_text("out", path, "new")
    assert link.is_symlink() and dangling.is_symlink()
    assert target.read_text() == (tmp_path / "elsewhere" / "born").read_text() == "new"


def test_named_pipe_is_written_to(tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    received = []
    reader = threading.Thread(target=lambda: received.append(pipe.read_bytes()), daemon=True)
    reader.start()
    write_bytes("out", pipe, b"content")
    reader.join(10)
    assert received == [b"content"] and stat.S_ISFIFO(pipe.stat().st_mode)


def test_device_is_written_to():
    write_bytes("out", "/dev/null", b"content")
    assert stat.S_ISCHR(os.stat("/dev/null").st_mode)
    with pytest.raises(DomainError, match=r"^data must be a writable file; '/dev/full': No space left on device$"):
        write_bytes("data", "/dev/full", b"content")
    assert stat.S_ISCHR(os.stat("/dev/full").st_mode)


WRITE = "import cnub.output as o; o.write_text('out', '/dev/stdout', 'content'); print(' and the rest')"


@pytest.mark.parametrize("whither", ["pipe", "file"])
def test_standard_output_is_written_to_in_order(tmp_path, whither):
    path = tmp_path / "f"
    path.write_text("what was there: ")
    with path.open("ab") as file:
        done = subprocess.run([sys.executable, "-c", WRITE], stdout=subprocess.PIPE if whither == "pipe" else file)
    text = done.stdout.decode() if whither == "pipe" else path.read_text()
    assert text == ("" if whither == "pipe" else "what was there: ") + "content and the rest\n"


def test_standard_output_has_many_names(tmp_path, capfd):
    assert is_standard_output("/dev/stdout")
    assert not is_standard_output(tmp_path / "no-such-file") and not is_standard_output(None)


@pytest.mark.parametrize("failing", ["chmod", "replace"])
def test_interrupted_writing_leaves_the_old_file_and_nothing_else(tmp_path, monkeypatch, failing):
    path = tmp_path / "f"
    path.write_text("old")

    def interrupt(*arguments):
        raise KeyboardInterrupt

    monkeypatch.setattr(os, failing, interrupt)
    with pytest.raises(KeyboardInterrupt):
        write_bytes("out", path, b"new")
    assert path.read_text() == "old" and list(tmp_path.iterdir()) == [path]


def loop(folder):
    (folder / "loop").symlink_to(folder / "loop")
    return folder / "loop"


@pytest.mark.parametrize(
    ("place", "reason"),
    [
        (lambda folder: folder, "Is a directory"),
        (lambda folder: folder / "no" / "f", "No such file or directory"),
        (lambda folder: folder / ("x" * 300), "File name too long"),
        (lambda folder: folder / "a\0b", "null byte"),
        (loop, "Too many levels of symbolic links"),
        (lambda folder: __file__ + "/f", "Not a directory"),
    ],
)
def test_what_cannot_be_written_is_refused_before_and_after(tmp_path, place, reason):
    path = place(tmp_path)
    before = sorted(tmp_path.iterdir())
    for refusing in (check_writable, lambda name, path: write_bytes(name, path, b"content")):
        with pytest.raises(DomainError, match=rf"^out must be a writable file; .*{reason}"):
            refusing("out", path)
    assert sorted(tmp_path.iterdir()) == before


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_read_only_file_is_not_replaced(tmp_path):
    path = tmp_path / "f"
    path.write_text("old")
    path.chmod(0o400)
    with pytest.raises(DomainError, match="Permission denied"):
        write_text("out", path, "new")
    assert path.read_text() == "old"


def test_longest_name_is_written(tmp_path):
    write_text("out", tmp_path / ("x" * 255), "content")
    assert [path.read_text() for path in tmp_path.iterdir()] == ["content"]
