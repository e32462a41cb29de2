"""Heavy runs: typed parameters, a record that is replaced whole, and records that say where they come from."""

import json

import nbformat
import pytest

from cnub import DomainError, runs

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

if label == "broken":
    raise RuntimeError("broken on request")
Path(output, "results.json").write_text(json.dumps({"total": samples * scale, "label": label}))
```
"""


@pytest.fixture()
def toy(tmp_path, monkeypatch):
    notebooks = tmp_path / "book" / "runs"
    notebooks.mkdir(parents=True)
    (notebooks / "toy.md").write_text(TOY)
    for name, folder in (("NOTEBOOKS", notebooks), ("RECORDS", tmp_path / "records"), ("WORK", tmp_path / "work")):
        monkeypatch.setattr(runs, name, folder)
    return tmp_path


def test_parameters_are_read_from_the_notebook(toy):
    assert runs.names() == ["toy"] and runs.title("toy") == "A toy"
    assert runs.parameters("toy") == {"samples": 3, "scale": 0.5, "label": "toy"}


def test_record(toy):
    record = runs.execute("toy", {"samples": "4", "scale": "2"})
    assert runs.results("toy") == {"total": 8.0, "label": "toy"}
    provenance = json.loads((record / "provenance.json").read_text())
    assert provenance["parameters"] == {"samples": 4, "scale": 2.0, "label": "toy"}
    assert {"commit", "packages", "finished", "seconds"} <= set(provenance)
    assert str(toy) not in (record / "notebook.ipynb").read_text()


@pytest.mark.filterwarnings("ignore::UserWarning:papermill", "ignore::DeprecationWarning")
def test_failed_run_keeps_the_earlier_record(toy):
    runs.execute("toy")
    with pytest.raises(Exception, match="broken on request"):
        runs.execute("toy", {"label": "broken"})
    assert runs.results("toy")["label"] == "toy"
    assert [p.name for p in (toy / "records").iterdir()] == ["toy"]


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"mass": "1"}, "run toy has no parameter 'mass'"),
        ({"samples": "many"}, "samples must be a value of type int"),
        ({"samples": "1.5"}, "samples must be a value of type int"),
        ({"scale": "[1]"}, "scale must be a value of type float"),
    ],
)
def test_refused_values(toy, values, sentence):
    with pytest.raises(DomainError, match=sentence):
        runs.execute("toy", values)
    assert not (toy / "records").exists()


def test_unknown_run_and_silent_cluster(toy):
    with pytest.raises(DomainError, match="run must be one of toy"):
        runs.execute("other")
    with pytest.raises(DomainError, match="cluster must be the address"):
        runs.execute("toy", cluster="not an address")
    with pytest.raises(DomainError, match="run must be one that is recorded"):
        runs.results("toy")


@pytest.mark.parametrize("name", runs.names())
def test_committed_record(name):
    record = runs.RECORDS / name
    provenance = json.loads((record / "provenance.json").read_text())
    assert set(provenance["parameters"]) == set(runs.parameters(name))
    assert len(provenance["commit"]) == 40
    notebook = nbformat.read(record / "notebook.ipynb", as_version=4)
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    assert outputs and not [output for output in outputs if output["output_type"] == "error"]
    assert runs.results(name)
