"""Heavy runs: typed parameters, records that are replaced whole and on demand, and say where they come from."""

import json

import nbformat
import pytest

from cnub import DomainError, runs
from cnub.runs import heavy, records

TOY = """---
kernelspec:
  display_name: Python 3
  language: python
  name: python3
---

# A toy

```{code-cell} ipython3
:tags: [parameters]

samples = 3
scale = 0.5
label = "toy"
output = "."
```

```{code-cell} ipython3
import json
from pathlib import Path

from cnub.domain import positive

if label == "broken":
    raise RuntimeError("broken on request")
positive("scale", scale)
Path(output, "results.json").write_text(json.dumps({"total": samples * scale, "label": label}))
```
"""


@pytest.fixture()
def toy(tmp_path, monkeypatch):
    notebooks = tmp_path / "book" / "runs"
    notebooks.mkdir(parents=True)
    (notebooks / "toy.md").write_text(TOY)
    monkeypatch.setattr(heavy, "NOTEBOOKS", notebooks)
    monkeypatch.setattr(heavy, "WORK", tmp_path / "work")
    monkeypatch.setattr(records, "RECORDS", tmp_path / "records")
    return tmp_path


def test_parameters_are_read_from_the_notebook(toy):
    assert runs.names() == ["toy"] and runs.title("toy") == "A toy"
    assert runs.parameters("toy") == {"samples": 3, "scale": 0.5, "label": "toy"}


def test_record(toy):
    record = runs.execute("toy", {"samples": "4", "scale": "2"}, record=True)
    assert record == toy / "records" / "toy"
    assert runs.results("toy") == {"total": 8.0, "label": "toy"}
    provenance = json.loads((record / "provenance.json").read_text())
    assert provenance["parameters"] == {"samples": 4, "scale": 2.0, "label": "toy"}
    assert {"commit", "clean", "lock", "program", "started", "finished", "seconds", "cores"} <= set(provenance)
    assert provenance["program"]["versions"]["numpy"] and provenance["kernel_mib"] > 0.0
    assert str(toy) not in (record / "notebook.ipynb").read_text()


def test_only_record_touches_the_published_record(toy, capfd):
    runs.execute("toy", record=True)
    published = {path: path.read_bytes() for path in (toy / "records").rglob("*") if path.is_file()}
    capfd.readouterr()
    folder = runs.execute("toy", {"samples": "8"}, out=toy / "a" / "b")
    assert folder == toy / "a" / "b"
    assert sorted(path.name for path in folder.iterdir()) == sorted(set(records.RESULTS) - {"sample.json", "*.npz"})
    assert json.loads((folder / "results.json").read_text())["total"] == 4.0
    other = runs.execute("toy", {"samples": "9"})
    assert other.is_relative_to(toy / "work" / "toy") and other != runs.execute("toy")
    assert json.loads((other / "results.json").read_text())["total"] == 4.5
    assert {path: path.read_bytes() for path in (toy / "records").rglob("*") if path.is_file()} == published
    assert capfd.readouterr() == ("", "")


@pytest.mark.filterwarnings("ignore::UserWarning:papermill", "ignore::DeprecationWarning")
def test_failed_run_keeps_the_earlier_record(toy):
    runs.execute("toy", record=True)
    with pytest.raises(Exception, match="broken on request"):
        runs.execute("toy", {"label": "broken"}, record=True)
    assert runs.results("toy")["label"] == "toy"
    assert [p.name for p in (toy / "records").iterdir()] == ["toy"]


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"mass": "1"}, "run toy has no parameter 'mass'"),
        ({"samples": "many"}, "samples must be a whole number, like 3; got 'many'"),
        ({"samples": "1.5"}, "samples must be a whole number"),
        ({"samples": True}, "samples must be a whole number"),
        ({"scale": "[1]"}, "scale must be a number"),
        ({"scale": "nan"}, "scale must be a number"),
        ({"scale": "9" * 5000}, "scale must be a number"),
    ],
)
def test_refused_values_start_nothing(toy, values, sentence):
    with pytest.raises(DomainError, match=sentence):
        runs.execute("toy", values, record=True, out=toy / "out")
    assert [path.name for path in toy.iterdir()] == ["book"]


@pytest.mark.filterwarnings("ignore::UserWarning:papermill", "ignore::DeprecationWarning")
def test_value_that_the_notebook_refuses_is_refused_in_its_words(toy):
    with pytest.raises(DomainError, match=r"^scale must be finite and > 0; got -1\.0$"):
        runs.execute("toy", {"scale": "-1"}, record=True)
    assert not (toy / "records").exists()


@pytest.mark.filterwarnings("ignore::UserWarning:papermill", "ignore::DeprecationWarning")
@pytest.mark.parametrize(
    ("name", "parameter", "bad"),
    [
        ("bessel_accuracy", "samples", 0),
        ("coherent_sum", "largest", 0.0),
        ("crossover_map", "points", 1),
        ("earth_direct", "height", -1.0),
        ("patch_scan", "kappas", [-1.0]),
        ("sphere_benchmark", "largest_jv", 1e300),
    ],
)
def test_every_run_checks_its_ranges_before_it_computes(tmp_path, monkeypatch, name, parameter, bad):
    monkeypatch.setattr(heavy, "WORK", tmp_path)
    with pytest.raises(DomainError, match=rf"^{parameter} must be .*; got "):
        runs.execute(name, {parameter: bad})


def test_folder_that_cannot_be_is_refused(toy):
    (toy / "file").write_text("")
    with pytest.raises(DomainError, match="out must be a folder"):
        runs.execute("toy", out=toy / "file")


def test_outside_the_repository_runs_and_records_say_what_they_need(monkeypatch, tmp_path):
    monkeypatch.setattr(heavy, "NOTEBOOKS", tmp_path / "book" / "runs")
    monkeypatch.setattr(records, "RECORDS", tmp_path / "papermill_runs")
    with pytest.raises(DomainError, match="run must be called in a clone of the repository"):
        runs.execute("earth_direct")
    with pytest.raises(DomainError, match="the record papermill_runs/earth_direct is in the repository"):
        runs.results("earth_direct")


def test_unknown_run_and_silent_cluster(toy):
    with pytest.raises(DomainError, match="run must be one of toy"):
        runs.execute("other")
    with pytest.raises(DomainError, match="cluster must be the address"):
        runs.execute("toy", cluster="not an address")
    (toy / "records").mkdir()
    with pytest.raises(DomainError, match="run must be one that is recorded"):
        runs.results("toy")


@pytest.mark.parametrize("name", runs.names())
def test_committed_record(name):
    record = records.RECORDS / name
    provenance = json.loads((record / "provenance.json").read_text())
    assert len(provenance["commit"]) == 40
    notebook = nbformat.read(record / "notebook.ipynb", as_version=4)
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    assert outputs and not [output for output in outputs if output["output_type"] == "error"]
    assert runs.results(name)
