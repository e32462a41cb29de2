"""A repository of one toy run, whose pieces do what a folder of orders says."""

import contextlib
import subprocess
import sys
import time
from pathlib import Path

import pytest

from cnub.runs import heavy, records

HERE = Path(__file__).parent
sys.path.append(str(HERE))  # workers take over the path of the driver
import toys  # noqa: E402

DRIVER = """
import signal
import sys
from pathlib import Path
from cnub.runs import heavy, records
place = Path(sys.argv.pop(1))
heavy.NOTEBOOKS, heavy.WORK, records.RECORDS = place / "book", place / "work", place / "records"
if __name__ == "__main__":
    # a shell that starts the tests in the background has them ignore Ctrl-C, and hands that down
    signal.signal(signal.SIGINT, signal.default_int_handler)
    from cnub.cli import main
    main()
"""


class Place:
    """A folder with a run, its work, its record and its orders."""

    def __init__(self, folder):
        self.folder, self.orders = folder, folder / "orders"
        (folder / "book").mkdir()
        self.orders.mkdir()
        (folder / "book" / "toy.md").write_text(toys.TOY)
        (folder / "driver.py").write_text(DRIVER)

    def order(self, name, text=""):
        (self.orders / name).write_text(text)

    def withdraw(self):
        for path in self.orders.iterdir():
            path.unlink()

    def computed(self):
        return toys.computed(self.orders)

    def until(self, condition, seconds=30.0):
        end = time.monotonic() + seconds
        while not condition():
            assert time.monotonic() < end, "waited in vain"
            time.sleep(0.05)

    def left(self):
        """Processes that belong to this place and still run."""
        found = []
        for path in Path("/proc").glob("[0-9]*"):
            with contextlib.suppress(OSError):
                if (
                    str(self.folder) in (path / "cmdline").read_text()
                    and "Z" not in (path / "stat").read_text().split()[2]
                ):
                    found.append(int(path.name))
        return found

    def start(self, *arguments):
        """The command, in a process of its own."""
        command = [sys.executable, str(self.folder / "driver.py"), str(self.folder), *arguments]
        return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


@pytest.fixture()
def place(tmp_path, monkeypatch):
    made = Place(tmp_path)
    monkeypatch.setattr(heavy, "NOTEBOOKS", tmp_path / "book")
    monkeypatch.setattr(heavy, "WORK", tmp_path / "work")
    monkeypatch.setattr(records, "RECORDS", tmp_path / "records")
    return made


@pytest.fixture()
def alone(monkeypatch):
    """No cluster: the kernel computes the pieces itself."""
    monkeypatch.setattr(heavy, "scheduler", lambda *arguments: contextlib.nullcontext())
