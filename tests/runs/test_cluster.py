"""Spread over processes: the same digits from any number, loopback alone, and no silent wait."""

import json
import queue

import psutil
import pytest
import toys
from distributed import Client, LocalCluster

from cnub import DomainError
from cnub.runs import heavy, pool, provenance, sweep, tasks

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning:papermill", "ignore::DeprecationWarning")


def test_cluster_listens_on_loopback():
    with pool.opened(None, 1) as address, Client(address, set_as_default=False) as client:
        client.wait_for_workers(1)
        family = [psutil.Process(), *psutil.Process().children(recursive=True)]
        heard = [c.laddr.ip for p in family for c in p.net_connections("tcp") if c.status == psutil.CONN_LISTEN]
        assert heard and set(heard) == {"127.0.0.1"}


def test_cluster_without_workers_is_no_silent_wait(monkeypatch):
    monkeypatch.setattr(pool, "PATIENCE_S", 0.5)
    here = {"host": pool.LOOPBACK, "dashboard_address": f"{pool.LOOPBACK}:0"}
    with LocalCluster(n_workers=0, processes=True, **here) as cluster:
        address = cluster.scheduler_address
        with Client(address, set_as_default=False) as client:
            with pytest.raises(DomainError, match=r"cluster must have a worker; there was none for 0\.5 s at tcp:"):
                pool.next_finished(queue.SimpleQueue(), client, 0.5)
        with pytest.raises(DomainError, match=r"cluster must have a worker; none came to tcp:.* within 0\.5 s"):
            pool._check(address)


def test_sweep_keeps_what_succeeds_reports_what_fails_and_does_the_rest_again(place):
    place.order("raise", "2")
    sets = {"scale": [0.5, "2.0"], "pieces": ["2", 3]}
    heard = []
    outcomes = sweep.execute(
        "toy", sets, {"orders": str(place.orders)}, out=place.folder / "out", workers=2, tell=heard.append
    )
    assert [bool(outcome.error) for outcome in outcomes] == [False, True, False, True]
    assert {outcome.error for outcome in outcomes if outcome.error} == {"RuntimeError: broken on request at In [4]"}
    assert sorted(str(outcome.folder) for outcome in heard) == sorted(str(outcome.folder) for outcome in outcomes)
    report = json.loads((place.folder / "out" / "scale=2.0,pieces=3" / "failure.json").read_text())
    assert report["parameters"]["scale"] == 2.0 and "broken" in report["error"]
    done = json.loads((place.folder / "out" / "scale=2.0,pieces=2" / "results.json").read_text())
    assert done["values"] == [0.1, 2.1]
    place.withdraw()
    again = sweep.execute("toy", sets, {"orders": str(place.orders)}, workers=2)
    assert [outcome.known for outcome in again] == [True, False, True, False]
    assert not any(outcome.error for outcome in again) and len(toys.computed(place.orders)) == 2 * 3


@pytest.mark.parametrize(
    ("sets", "values", "sentence"),
    [
        ({"scale": ["1", "x"]}, {}, "scale must be a number"),
        ({"wait": ["1 s", "1 m"]}, {}, "wait must be in s; got '1 m'"),
        ({"scale": ["1", "1.0"]}, {}, "sweep must be of different sets; one is given twice"),
        ({"scale": ["1"]}, {"scale": "2"}, "parameter scale must be given once; it is swept"),
        ({"mass": ["1"]}, {}, "run toy has no parameter 'mass'"),
    ],
)
def test_sweep_is_checked_before_its_first_set(place, sets, values, sentence):
    with pytest.raises(DomainError, match=sentence):
        sweep.execute("toy", sets, values)
    assert not (place.folder / "work").exists()


def test_lists_are_swept_whole():
    assert sweep.values_of(["kappas=[1,2],[3]", "seed=1, 2"]) == {"kappas": ["[1,2]", "[3]"], "seed": ["1", "2"]}


def test_commit_is_that_of_this_repository_whatever_the_surroundings_say(monkeypatch, tmp_path):
    expected = provenance.commit_and_cleanliness()
    monkeypatch.setenv("GIT_DIR", str(tmp_path))
    assert provenance.commit_and_cleanliness() == expected
    monkeypatch.setenv("PATH", str(tmp_path))
    assert provenance.commit_and_cleanliness() == ("unknown", None)


def test_tree_inside_another_repository_has_no_commit(monkeypatch):
    monkeypatch.setattr(provenance, "ROOT", provenance.ROOT / "src")
    assert provenance.commit_and_cleanliness() == ("unknown", None)


def test_other_program_on_a_worker_is_refused(place):
    job = heavy.prepared("toy", {})
    with pytest.raises(DomainError, match="cluster must have workers with the program of the driver"):
        tasks._same_program(job.code, tuple(job.files), "another")
