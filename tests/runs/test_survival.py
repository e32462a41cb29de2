"""Runs that are killed, interrupted, edited, doubled or out of space: no finished piece is lost, no record is half."""

import json
import os
import resource
import signal
import tempfile
from pathlib import Path

import pytest

from cnub import DomainError, runs
from cnub.runs import attempt, records

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning:papermill", "ignore::DeprecationWarning")
VALUES = [0.1, 0.6, 1.1, 1.6, 2.1, 2.6]


def pids(place):
    return {int(line.split()[1]) for line in (place.orders / "computed").read_text().splitlines()}


def running(pids):
    """Those that are processes still, and no zombies."""
    found = set()
    for pid in pids:
        try:
            with open(f"/proc/{pid}/stat") as stream:
                found |= {pid} if stream.read().split()[2] != "Z" else set()
        except OSError:
            pass
    return found


def values(place):
    return {"pieces": 8, "wait": 0.3, "orders": str(place.orders)}


def test_killed_driver_and_killed_worker_lose_no_piece_and_leave_no_process(place):
    runs.parameters("toy")  # what reads notebooks is loaded before the clock starts
    driver = place.start("run", "toy", "-p", "pieces=8", "-p", "wait=300ms", "-p", f"orders={place.orders}", "--record")
    place.until(lambda: len(place.computed()) >= 3)
    with pytest.raises(DomainError, match=rf"is being executed by process {driver.pid}: wait for it, or stop it"):
        runs.execute("toy", values(place))
    driver.kill()
    driver.wait()
    workers = pids(place)
    place.until(lambda: not running(workers) and not place.left(), 10.0)
    first = place.computed()
    kept = [
        json.loads(line) for line in next(place.folder.glob("work/toy/*/*/pieces/*.jsonl")).read_text().splitlines()
    ]
    assert not (place.folder / "records").exists() and len(kept) - 1 >= 2
    place.order("kill", "5")
    record = runs.execute("toy", values(place), record=True)
    assert runs.results("toy")["values"] == [0.5 * number + 0.1 for number in range(8)]
    again = place.computed()[len(first) :]
    known = {entry["piece"] for entry in kept[1:]}
    assert not known & set(again) and again.count(5) == 2  # once in the worker that was killed
    facts = json.loads((record / "provenance.json").read_text())
    assert facts["attempts"] == 2 and facts["resumed_pieces"] == len(known)
    assert facts["core_seconds"]["pieces"] >= 8 * 0.3 and facts["seconds"] > 2.0


def test_interrupted_driver_says_what_is_kept_and_leaves_no_process(place):
    driver = place.start("run", "toy", "-p", "wait=10", "-p", f"orders={place.orders}", "--workers", "1")
    place.until(lambda: list(place.folder.glob("work/toy/*/*/progress.json")))
    driver.send_signal(signal.SIGINT)
    out, err = driver.communicate(timeout=20)
    assert driver.returncode == 130 and out == ""
    assert err.splitlines() == [
        "cnub: interrupted; finished pieces are kept in _build/runs, and the same command goes on from there"
    ]
    place.until(lambda: not place.left(), 10.0)


def test_piece_that_raises_is_reported_and_the_others_are_kept(place, alone):
    place.order("raise", "4")
    with pytest.raises(attempt.RunStopped, match=r"RuntimeError: broken on request at In \[4\]\. Finished pieces"):
        runs.execute("toy", {"orders": str(place.orders)}, record=True)
    assert place.computed() == [0, 1, 2, 3, 4] and not (place.folder / "records").exists()
    (place.orders / "raise").unlink()
    runs.execute("toy", {"orders": str(place.orders)}, record=True)
    assert place.computed()[5:] == [4, 5] and runs.results("toy")["values"] == VALUES


def test_killed_kernel_is_named_and_an_edit_starts_anew(place, alone):
    place.order("kill kernel", "yes")
    with pytest.raises(attempt.RunStopped, match="its kernel died; it was killed, or memory ran out"):
        runs.execute("toy", {"orders": str(place.orders)})
    place.withdraw()
    notebook = place.folder / "book" / "toy.md"
    notebook.write_text(notebook.read_text().replace("scale=scale", "scale=-scale"))
    folder = runs.execute("toy", {"orders": str(place.orders)})
    assert json.loads((folder / "results.json").read_text())["values"] == [0.1 - (v - 0.1) for v in VALUES]


def test_full_disk_is_named_and_what_was_written_before_is_kept(place, alone):
    place.order("limit", "3")
    with pytest.raises(attempt.RunStopped, match=r"File too large.*\. Finished pieces and the notebook"):
        runs.execute("toy", {"orders": str(place.orders)}, record=True)
    assert not (place.folder / "records").exists()
    place.withdraw()
    runs.execute("toy", {"orders": str(place.orders)}, record=True)
    assert 0 not in place.computed() and runs.results("toy")["values"] == VALUES


def in_a_child(function):
    """What ``function`` refuses, or "", in a process of its own whose limits and rights do not come back."""
    reader, writer = os.pipe()
    if os.fork() == 0:
        said = "another end"
        try:
            said = function() or ""
        except DomainError as refusal:
            said = str(refusal)
        finally:
            os.write(writer, said.encode())
            os._exit(0)
    os.close(writer)
    os.wait()
    with os.fdopen(reader) as stream:
        return stream.read()


@pytest.fixture()
def recorded(place):
    folder = place.folder / "fresh"
    folder.mkdir()
    (folder / "results.json").write_text(json.dumps({"value": 2.0}) + " " * 10_000)
    record = place.folder / "records" / "toy"
    record.mkdir(parents=True)
    (record / "results.json").write_text('{"value": 1.0}')
    return folder


def test_record_that_does_not_fit_leaves_the_earlier_one(recorded):
    def full():
        resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
        records.replace_record("toy", recorded)

    said = in_a_child(full)
    assert said.startswith("papermill_runs must be a writable folder") and said.endswith(
        f"the results are in {recorded}"
    )
    assert runs.results("toy") == {"value": 1.0}
    assert [path.name for path in records.RECORDS.iterdir()] == ["toy"]


def test_read_only_record_is_refused_before_anything_runs(monkeypatch):
    def refused():
        if os.getuid() == 0:
            os.setuid(65534)  # root may write anywhere
        records.check_recordable("toy")

    with tempfile.TemporaryDirectory() as folder:
        monkeypatch.setattr(records, "RECORDS", Path(folder))
        os.chmod(folder, 0o555)
        assert in_a_child(refused).startswith("papermill_runs must be a writable file")


def test_record_is_exchanged_in_one_step_and_takes_results_alone(recorded):
    (recorded / "leftover.txt").write_text("no result")
    records.replace_record("toy", recorded)
    assert runs.results("toy") == {"value": 2.0}
    assert [path.name for path in (records.RECORDS / "toy").iterdir()] == ["results.json"]
    assert [path.name for path in records.RECORDS.iterdir()] == ["toy"]
