"""What a comparison with a published result says, and how two results are compared."""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from cnub.domain import DomainError
from cnub.runs import freshness

_NUMBER = re.compile(r"[-−]?\d+(?:\.(\d+))?(?: × 10([⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)|e([-+]?\d+))?")
_POWERS = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")


@dataclass(frozen=True)
class Compared:
    """One published thing computed again: how many numbers, the largest difference, and what was stated of it.

    ``difference`` is in the unit of ``stated``: relative, or units of the last printed digit; ``why`` says what cannot
    be compared at all.
    """

    kind: str
    name: str
    numbers: int
    difference: float
    stated: float
    unit: str = "relative"
    why: str = ""

    @property
    def agrees(self) -> bool:
        """Whether every number is within what was stated.

        >>> Compared("figure", "x", 3, 1e-12, 1e-6).agrees
        True
        """
        return not self.why and self.difference <= self.stated

    @property
    def sentence(self) -> str:
        """What is said of it in a line.

        >>> Compared("figure", "x", 3, 1e-3, 1e-6).sentence
        'figure x differs: by 0.001 relative; 1e-06 is stated'
        """
        if self.agrees:
            return f"{self.kind} {self.name} agrees"
        return f"{self.kind} {self.name} differs: " + (
            self.why or f"by {self.difference:.2g} {self.unit}; {self.stated:g} is stated"
        )


def trees(kind: str, name: str, published: Any, now: Any, stated: float, measured: Collection[str] = ()) -> Compared:
    """Two results as JSON has them; seconds, and what stands under the names ``measured``, are left out.

    >>> trees("run", "x", {"a": [1.0, 2.0], "seconds": 3.0}, {"a": [1.0, 2.5], "seconds": 4.0}, 1e-9).difference
    0.2
    """
    one, other = _without(published, measured), _without(now, measured)
    difference = freshness.difference(one, other)
    why = "" if math.isfinite(difference) else "the results have other parts, words or infinities"
    return Compared(kind, name, sum(1 for _ in _numbers(one)), difference, stated, why=why)


def texts(kind: str, name: str, published: dict[str, str], now: dict[str, str]) -> Compared:
    """Printed texts by name, seconds left out: each number in them to one unit of its last printed digit.

    >>> texts("chapter", "x", {"a": "1.25 × 10⁻⁸ eV"}, {"a": "1.27 × 10⁻⁸ eV"}).difference
    2.0
    """
    missing = sorted(published.keys() ^ now.keys())
    if missing:
        return Compared(kind, name, len(published), math.inf, 1.0, "last digits", f"only one has {missing[0]}")
    pairs = {key: (published[key], now[key]) for key in published if "seconds" not in key}
    far = {key: _printed_apart(*pair) for key, pair in pairs.items()}
    count = sum(len(_NUMBER.findall(text)) for text, _ in pairs.values())
    worst = max(far, key=lambda key: far[key], default=None)
    other = [key for key in far if math.isinf(far[key])]
    why = f"{other[0]} was {pairs[other[0]][0]!r} and is {pairs[other[0]][1]!r}" if other else ""
    return Compared(kind, name, count, far[worst] if worst else 0.0, 1.0, "last digits", why)


def stated_error(said: dict[str, Any], name: str) -> float:
    """The relative error that the head of a run's notebook states; raise :class:`cnub.DomainError` if it does not.

    >>> stated_error({"error": 1e-9}, "x")
    1e-09
    """
    if not isinstance(said.get("error"), float):
        raise DomainError(f"error must be stated in the head of the notebook of the run {name}, as in error: 1.0e-9")
    return said["error"]


def _printed_apart(one: str, other: str) -> float:
    """The largest difference in units of the last printed digit; inf where the words differ."""
    if one == other:
        return 0.0
    if _NUMBER.sub("#", one) != _NUMBER.sub("#", other):
        return math.inf
    pairs = zip(_NUMBER.finditer(one), _NUMBER.finditer(other), strict=True)
    return round(max(abs(_value(a) - _value(b)) / _last_digit(a) for a, b in pairs), 6)  # 5.4 - 5.3 is not quite 0.1


def _power(found: re.Match) -> int:
    return int((found[2] or found[3] or "0").translate(_POWERS))


def _value(found: re.Match) -> float:
    mantissa = re.split(r" ×|e", found[0])[0].replace("−", "-")
    return float(mantissa) * 10.0 ** _power(found)


def _last_digit(found: re.Match) -> float:
    return 10.0 ** (_power(found) - len(found[1] or ""))


def _without(tree: Any, measured: Collection[str]) -> Any:
    if isinstance(tree, dict):
        return {key: _without(value, measured) for key, value in tree.items() if key not in measured}
    return [_without(value, measured) for value in tree] if isinstance(tree, list) else tree


def _numbers(tree: Any) -> Iterator[float]:
    if isinstance(tree, dict):
        for key, value in tree.items():
            yield from _numbers(value) if "seconds" not in key else ()
    elif isinstance(tree, list):
        for value in tree:
            yield from _numbers(value)
    elif isinstance(tree, (int, float)) and not isinstance(tree, bool):
        yield tree
