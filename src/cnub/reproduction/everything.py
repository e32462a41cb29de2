"""Claims, figures, chapters and heavy runs computed again at their published inputs, each as it is ready."""

from __future__ import annotations

import json
import multiprocessing
from collections.abc import Callable, Collection, Iterator
from concurrent.futures import ProcessPoolExecutor
from itertools import chain
from pathlib import Path
from typing import Any

from cnub.domain import DomainError, one_of
from cnub.reproduction import published
from cnub.reproduction.compared import Compared, stated_error, texts, trees
from cnub.runs import chapters, freshness, heavy, notebooks, records
from cnub.runs.attempt import RunStopped, reason
from cnub.runs.pool import cores

WORK = chapters.ROOT / "_build" / "reproduce"


def reproduce(quick: bool = False, only: Collection[str] | None = None) -> Iterator[Compared]:
    """Compute everything again and compare it with what is published; yield each comparison as it is ready.

    ``quick``: of the heavy runs a sample of their recorded pieces instead of the whole; ``only``: these of claims,
    figures, chapters, pieces and runs. Raises :class:`cnub.DomainError` on another, and outside the repository.
    """
    heavy.names()
    ways = {"claims": claims, "figures": figures, "chapters": printed, "pieces": pieces, "runs": runs}
    wanted = [one_of("only", name, ways) for name in only or ways if not (quick and name == "runs")]
    return chain.from_iterable(ways[name]() for name in wanted)


def claims() -> Iterator[Compared]:
    """Every row of the ledger: its verdict, and its value to a unit of the third digit."""
    from cnub.claims import recompute
    from cnub.claims.pinned import pinned_lines

    kept = published.read(published.LEDGER)
    for line in pinned_lines(recompute())[1:]:
        id, verdict, value = line.split(",")
        (before, (then, *_)), *_ = kept.get(id, {"": [""]}).items()
        why = "" if before == verdict else f"the verdict was {before or 'not there'} and is {verdict}"
        found = texts("claim", id, {"computed": then}, {"computed": value})
        yield Compared("claim", id, found.numbers, found.difference, 1.0, found.unit, why or found.why)


def figures() -> Iterator[Compared]:
    """The data of every figure, by their summaries."""
    kept = published.read(published.FIGURES)
    for id, columns in computed_figures():
        yield _figure(id, kept.get(id, {}), columns)


def _figure(id: str, kept: dict[str, list[str]], columns: dict[str, list]) -> Compared:
    count = int(sum(column[0] for column in columns.values()))
    if kept.keys() != columns.keys():
        return Compared("figure", id, count, float("inf"), published.FIGURE_ERROR, why="its columns are others")
    far = {name: published.apart(published.numbers(kept[name]), columns[name]) for name in columns}
    worst = max(far, key=lambda name: far[name])
    why = "" if far[worst] < float("inf") else f"its column {worst} has other entries"
    return Compared("figure", id, count, far[worst], published.FIGURE_ERROR, why=why)


def computed_figures() -> Iterator[tuple[str, dict[str, list]]]:
    """The id of every figure with the summary of its data, computed now."""
    from cnub.figures import catalogue

    yield from _on_all_cores(_computed, list(catalogue()))


def _computed(id: str) -> dict[str, list]:
    from cnub.figures import find

    return published.summary(find(id).compute())


def printed() -> Iterator[Compared]:
    """Every number that the prose of a chapter prints."""
    kept = published.read(published.CHAPTERS)
    for name, now in executed_chapters():
        if isinstance(now, Exception):
            yield Compared("chapter", name, 0, float("inf"), 1.0, "last digits", str(now))
        else:
            yield texts("chapter", name, {key: row[0] for key, row in kept.get(name, {}).items()}, now)


def executed_chapters() -> Iterator[tuple[str, dict[str, str] | Exception]]:
    """Every chapter executed with its own inputs, with the numbers that it prints or why it stopped."""
    yield from _on_all_cores(_executed, chapters.names())


def _on_all_cores(compute: Callable, names: list[str]) -> Iterator[tuple[str, Any]]:
    with ProcessPoolExecutor(cores(), mp_context=multiprocessing.get_context("spawn")) as pool:
        yield from zip(names, pool.map(compute, names), strict=True)


def _executed(name: str) -> dict[str, str] | Exception:
    try:
        return published.glued(notebooks.execute(chapters.BOOK / f"{name}.md", {}))
    except Exception as stopped:  # a chapter that fails is one that does not reproduce, and stops no other
        return RuntimeError(reason(stopped))


def pieces() -> Iterator[Compared]:
    """A sample of the recorded pieces of every heavy run, computed again."""
    for name in heavy.names():
        kept = freshness.recomputed(name)
        if kept:
            far = max(piece.difference for piece in kept)
            count = sum(trees("", "", piece.recorded, piece.now, 0.0).numbers for piece in kept)
            yield Compared("piece", name, count, far, stated_error(_said(name), name))


def runs() -> Iterator[Compared]:
    """Every heavy run, whole, one after the other."""
    for name in heavy.names():
        try:
            folder = heavy.execute(name, out=WORK / name)
        except (DomainError, RunStopped) as stopped:
            yield Compared("run", name, 0, float("inf"), 0.0, why=str(stopped))
            continue
        said, now = _said(name), _results(folder)
        yield trees("run", name, records.results(name), now, stated_error(said, name), said.get("measured", ()))


def _said(name: str) -> dict[str, Any]:
    return notebooks.said(heavy.NOTEBOOKS / f"{name}.md")


def _results(folder: Path) -> Any:
    return json.loads((folder / "results.json").read_text(encoding="utf-8"))
