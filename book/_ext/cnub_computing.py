"""The pages on what reproduces the book, what was reproduced, and how the heavy runs go on more machines."""

from __future__ import annotations

import json
from typing import Any

from cnub_findable import site

from cnub.reproduction import published
from cnub.reproduction.compared import Compared
from cnub.reproduction.report import counted
from cnub.runs import names, pool, records, scaling


def reproduce_page() -> str:
    """What reproduces everything, what was executed, and the recorded runs."""
    rows = "\n".join(_run_row(name) for name in names())
    return f"""# Reproduce

With git, make and Python 3.11 or newer, in a clone:

```bash
make book
make test
```

The first makes the environment from a lock with hashes, executes every chapter and builds this site, in a few minutes on two cores; the
second holds every published number to its printed digits. `make pdf` prints the whole book into one file.{_pdf()}
The data of each figure are in the line under it, those of the claims on {{doc}}`their page <../claims>`.

## Heavy runs

What takes longer is recorded with its inputs, versions and commit, and every page is built from the record. `make runs` repeats
those whose program, notebook or parameters changed since. {{doc}}`What was computed again and compared <reproduced>`.

| run | finished | took | cnub | NumPy |
| --- | --- | --- | --- | --- |
{rows}

## What was executed

Seconds are those of the last execution, on the machine that built this site.

```{{nb-exec-table}}
```
"""


def reproduced_page(told: dict) -> str:
    """What was computed again and compared with what is published, and what of it differs."""
    if not told:
        return "# Reproduced\n\nNo report is recorded yet.\n"
    compared = [Compared(**_but(row, "agrees")) for row in told["compared"]]
    counts = counted(compared)
    rows = "\n".join(f"| {kind} | {number} | {agree} |" for kind, (agree, number) in counts.items())
    differing = [one.sentence for one in compared if not one.agrees]
    differ = "\n".join(f"- {sentence}." for sentence in differing) or "Nothing differs."
    versions = ", ".join(f"{name} {version}" for name, version in told["versions"].items())
    return f"""# Reproduced

{told["finished"][:10]}, at commit {told["commit"][:10]}, {told["seconds"] / 60:.0f} min: everything computed again at its published inputs,
and each number compared with the published one within the error stated of it. In a clone:

```bash
.venv/bin/cnub reproduce
.venv/bin/cnub reproduce --quick
```

The second takes a sample of the pieces of each heavy run.

| what | compared | agree |
| --- | --- | --- |
{rows}

A value of a claim agrees to a unit of its third digit, a printed number to a unit of its last, the data of a figure to
{published.FIGURE_ERROR:.0e} of the size of a column (by their number, mean, root mean square, a weighted mean and the mean logarithm).

## What differs

{differ}

## Heavy runs

| run | numbers | largest relative difference | stated |
| --- | --- | --- | --- |
{_reproduced_runs(compared)}

A piece is one of a sample; times are not compared. Versions: {versions}.
"""


def _reproduced_runs(compared: list) -> str:
    kept = [one for one in compared if one.kind in ("piece", "run")]
    said = {"piece": "sample", "run": "whole"}
    return "\n".join(
        f"| {{doc}}`runs/{one.name}`, {said[one.kind]} | {one.numbers} | {one.difference:.1e} | {one.stated:.0e} |" for one in kept
    )


def _but(row: dict, name: str) -> dict:
    return {key: value for key, value in row.items() if key != name}


def _run_row(name: str) -> str:
    about = json.loads((records.RECORDS / name / "provenance.json").read_text(encoding="utf-8"))
    versions = about["program"]["versions"] if "program" in about else about["packages"]  # of older records
    return (
        f"| {{doc}}`runs/{name}` | {about['finished'][:10]} | {about['seconds']:.0f} s "
        f"| {versions['cnub']}, commit {about['commit'][:10]} | {versions['numpy']} |"
    )


def _pdf() -> str:
    return " The published site has it: <a href='../cnub.pdf'>cnub.pdf</a>." if site() else ""


def machines_page(told: dict[str, Any]) -> str:
    """How a heavy run goes on a cluster, what spreading costs here, and what that predicts for many cores."""
    spent, task = told["piece_seconds"], told["task_seconds"]
    work, pieces, longest = sum(spent), told["pieces"], max(spent)
    gain = told["one_process"] / told["two_processes"]
    predicted = scaling.predicted_seconds(work, pieces, longest, task, 2)
    rows = "\n".join(_cores_row(work, pieces, longest, task, cores) for cores in (1, 2, 10, 100, 1000))
    return f"""# More machines

The same command runs on this machine's cores, or on any Dask cluster whose workers have this package at the same commit:

```bash
.venv/bin/cnub run bessel_accuracy -p samples=1 -p last_decade=4 --workers 2
```

With `--cluster tcp://HOST:PORT` the pieces of the run, or the sets of a sweep, go to the workers of that scheduler. Results come
back to the driver, which alone writes: no file system is shared. Partial sums are added in a fixed order, so that the digits
do not depend on the number of workers. A worker with another program refuses; a cluster without workers ends in a sentence after
{pool.PATIENCE_S:g} s; a killed worker's piece is given to another.

## Slurm

`dask-jobqueue` submits workers as jobs. From a login node, in the clone's environment with `pip install dask-jobqueue`:

```python
from dask_jobqueue import SLURMCluster

cluster = SLURMCluster(cores=1, memory="2GB", walltime="01:00:00")
cluster.scale(jobs=100)
print(cluster.scheduler_address)
input("Enter ends the cluster")
```

and in a second shell the same `cnub run`, with that address. Without it, one `dask scheduler` in a job and `srun dask worker
tcp://HOST:8786 --nthreads 1` in another do the same: one thread a worker, as the kernels are.

## Kubernetes

The Dask operator's `KubeCluster` takes an image with this package; `.devcontainer` and Binder build one from the lock:

```python
from dask_kubernetes.operator import KubeCluster

cluster = KubeCluster(name="cnub", image="YOUR-REGISTRY/cnub:COMMIT", n_workers=100)
print(cluster.scheduler_address)
input("Enter ends the cluster")
```

Neither has been tried by us on a real cluster; schedulers on loopback with one, two and no workers are in the tests.

## What spreading costs, and what that predicts

Measured in the {{doc}}`recorded run <runs/scaling>` on {told["cores"]} cores: the plain sum at $kR$ = {told["kR"]:.0e} in {pieces} pieces takes
{told["one_process"]:.2f} s on one process and {told["two_processes"]:.2f} s on two, {gain:.2f} times as fast ({predicted:.2f} s by the rule below). A
task costs the scheduler {1e3 * task:.1f} ms by itself, one after the other.

With work $W$, $P$ pieces, the longest of $L$ seconds, and $t$ seconds a task, $n$ processes need about
$\\max(W/n + L, P t)$, or $L$ if there is one for every piece. For that sum, repeated at as many sizes as there are cores, so that
the work grows with them, and for the sum alone:

| cores | the sum alone, s | gain | as many sums as cores, s | of the cores busy |
| --- | --- | --- | --- | --- |
{rows}

The sum alone stops gaining at about {scaling.most_useful_workers(work, pieces, task)} processes. A sweep gains as long as a set takes longer than
{1e3 * task:.1f} ms times the number of cores: {1000 * task:.1f} s for 1,000. This is an extrapolation from two processes on one machine; a network adds its own delays.
"""


def _cores_row(work: float, pieces: int, longest: float, task: float, cores: int) -> str:
    alone = scaling.predicted_seconds(work, pieces, longest, task, cores)
    many = scaling.predicted_seconds(work * cores, pieces * cores, longest, task, cores)
    return f"| {cores} | {alone:.3g} | {work / alone:.2g} | {many:.3g} | {work / many:.0%} |"
