"""Mutation campaign: change one line of the physics at a time and see whether a test notices.

    python tests/mutation/campaign.py --room forces --count 20 --log forces.csv

Each mutation is made in a temporary copy of the tree; the tests that import the changed module run there, those named
after it first, until one fails. What survives is compared with ``survivors.csv``, which says of each known survivor why
it is equivalent; the exit status counts the others.
"""

from __future__ import annotations

import argparse
import ast
import csv
import os
import random
import select
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from functools import cache
from pathlib import Path

import hypothesis  # noqa: F401
import mpmath  # noqa: F401
import numba  # noqa: F401
import pandas  # noqa: F401
import pytest
import scipy.integrate
import scipy.optimize
import scipy.special
import scipy.stats  # noqa: F401
from sites import Site, sites

ROOT = Path(__file__).resolve().parents[2]
SURVIVORS = Path(__file__).with_name("survivors.csv")
ROOMS = {
    "gas": ["constants.py", "relic.py", "oscillation.py", "matter.py"],
    "forces": ["forces"],
    "coherence": ["coherence"],
    "fluorescence": ["fluorescence", "slow_light", "enhancement", "discovery", "nonlinear_optics"],
    "grazing": ["grazing"],
    "sphere": ["sphere", "bessel"],
}
"""Files and folders of src/cnub. Figures, chapters and the ledger show the physics and have none of their own; argument
checks and output have tests that list what they must refuse and write."""
NOT_PHYSICS = {"__init__.py", "benchmark.py", "scan.py"}
SLOW = {"test_ledger.py", "test_figures.py", "test_notebooks.py", "test_public_layer.py", "test_cli.py", "test_runs.py"}
"""Tests of what is built on the rooms, which run for a minute or more: a mutation has to be caught without them."""
LONG = {"test_averages.py", "test_recovery.py", "test_amplitude.py", "test_exposure.py", "test_scalings.py"}
MOST = 6
"""Test files run for one mutation: one that only a later file would catch counts as a survivor."""
PATIENCE_S = 1800.0


def main() -> int:
    options = _options()
    chosen = choose(options.room, options.count, options.seed)[options.skip :]
    known = {(row["file"], row["before"], row["after"]) for row in csv.DictReader(SURVIVORS.open())}
    tally = Counter()
    with tempfile.TemporaryDirectory() as folder, options.log.open("a", newline="") as stream:
        log = csv.writer(stream)
        tree = Path(folder) / "tree"
        shutil.copytree(ROOT, tree, ignore=shutil.ignore_patterns(".*", "_build", "__pycache__", "papermill_runs"))
        for site in chosen:
            before, after, result, by, seconds = attempt(site, tree)
            name = str(site.path.relative_to(ROOT))
            if result == "survived" and (name, before, after) in known:
                result = "equivalent"
            tally[result] += 1
            log.writerow([name, site.line, site.kind, before, after, result, by, f"{seconds:.0f}"])
            stream.flush()
    print(dict(tally))
    return tally["survived"] + tally["no answer"]


def choose(rooms: list[str], count: int, seed: int) -> list[Site]:
    """``count`` sites per room, no two on one line, the kinds of edit as evenly as they occur."""
    chosen = []
    for room in rooms:
        draw = random.Random(f"{seed} {room}")
        by_kind: dict[str, list[Site]] = {}
        for site in (site for path in _files(room) for site in sites(path)):
            by_kind.setdefault(site.kind, []).append(site)
        for pool in by_kind.values():
            draw.shuffle(pool)
        taken: dict[tuple[Path, int], Site] = {}
        while len(taken) < count and any(by_kind.values()):
            for kind in sorted(by_kind):
                if by_kind[kind] and len(taken) < count:
                    site = by_kind[kind].pop()
                    taken.setdefault((site.path, site.line), site)
        chosen += taken.values()
    return chosen


def attempt(site: Site, tree: Path) -> tuple[str, str, str, str, float]:
    """The line before and after, what became of it, the test that killed it, and the seconds it took.

    "killed", "survived", or "no answer" in time, which is no verdict.
    """
    path = tree / site.path.relative_to(ROOT)
    source = path.read_text()
    mutant = site.apply(source)
    before, after = (text.split("\n")[site.line - 1].strip() for text in (source, mutant))
    start = time.perf_counter()
    path.write_text(mutant)
    try:
        killer = _first_failure(tree, _tests_of(site.path), site.path not in _behind_kernels())
    finally:
        path.write_text(source)
    result = "no answer" if killer.startswith("no answer") else "killed" if killer else "survived"
    return before, after, result, killer, time.perf_counter() - start


def _first_failure(tree, tests, same_kernels):
    """Name of the first test that fails in a fork of this process, which has the libraries but not the package."""
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(read)
        os.write(write, _pytest(tree, tests, same_kernels).encode())
        os._exit(0)
    os.close(write)
    ready, _, _ = select.select([read], [], [], PATIENCE_S)
    if not ready:
        os.kill(child, signal.SIGKILL)
    with os.fdopen(read) as stream:
        answer = stream.read() if ready else f"no answer in {PATIENCE_S:g} s"
    status = os.waitpid(child, 0)[1]
    return f"died with status {status}" if status and ready else answer


def _pytest(tree, tests, same_kernels):
    os.chdir(tree)
    sys.dont_write_bytecode = True
    sys.path.insert(0, str(tree / "src"))
    os.environ["PYTHONPATH"] = str(tree / "src")
    if same_kernels:
        from cnub import kernel_cache

        kernel_cache._digest = lambda: "same"  # what no kernel was compiled from has changed: compile them once
    for stream in (1, 2):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream)
    seen = _FirstFailure()
    status = pytest.main(["-x", "-q", "-p", "no:cacheprovider", "--tb=no", *map(str, tests)], plugins=[seen])
    return seen.name or ("" if status in (0, 5) else f"pytest: {status!s}")


class _FirstFailure:
    """A pytest plugin that remembers which test, or which file that could not be imported, failed first."""

    name = ""

    def pytest_runtest_logreport(self, report):
        """A test."""
        if report.failed:
            self.name = self.name or report.nodeid

    def pytest_collectreport(self, report):
        """A file."""
        if report.failed:
            self.name = self.name or report.nodeid


def _tests_of(path: Path) -> list[Path]:
    """Test files, from the root of the tree, that import the module at ``path``: those named after it first."""
    module = ".".join(path.relative_to(ROOT / "src").with_suffix("").parts)
    stem = path.stem
    found = [test for test in sorted((ROOT / "tests").rglob("test_*.py")) if test.name not in SLOW]
    near = [test for test in found if stem in test.stem or module in _imported(test)]
    near = near or [test for test in found if module in set().union(*map(_imported, _sources(test)))]
    order = sorted(near, key=lambda test: (stem not in test.stem, test.name in LONG, test.name))
    return [test.relative_to(ROOT) for test in order[:MOST]]


@cache
def _behind_kernels() -> frozenset[Path]:
    """Files that hold a compiled kernel, and all that these import."""
    reached, new = set(), {p for p in (ROOT / "src").rglob("*.py") if "njit" in p.read_text()}
    while new:
        reached |= new
        new = {source for path in new for source in _sources(path)} - reached
    return frozenset(reached)


def _sources(path: Path) -> list[Path]:
    """Files of the modules that a file imports."""
    files = [ROOT / "src" / Path(*module.split(".")).with_suffix(".py") for module in _imported(path)]
    return [file for file in files if file.is_file()]


def _imported(path: Path) -> set[str]:
    """Modules that a file imports by name, directly or through the names of a package."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("cnub"):
            found.add(node.module)
            package = ROOT / "src" / Path(*node.module.split("."))
            for name in node.names:
                found.add(f"{node.module}.{name.name}")
                if (package / "__init__.py").is_file():
                    found |= _origin(package / "__init__.py", name.name)
    return found


def _origin(package, name):
    nodes = [node for node in ast.walk(ast.parse(package.read_text())) if isinstance(node, ast.ImportFrom)]
    return {node.module for node in nodes if node.module and name in {alias.name for alias in node.names}}


def _files(room):
    for name in ROOMS[room]:
        path = ROOT / "src" / "cnub" / name
        inside = [path] if path.is_file() else [*path.rglob("*.py"), *path.rglob("*.csv")]
        yield from sorted(found for found in inside if found.name not in NOT_PHYSICS)


def _options():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--room", nargs="+", choices=ROOMS, default=list(ROOMS))
    parser.add_argument("--count", type=int, default=30, help="mutations per room")
    parser.add_argument("--seed", type=int, default=8)
    parser.add_argument("--skip", type=int, default=0, help="leave out the first so many")
    parser.add_argument("--log", type=Path, default=Path("mutations.csv"))
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
