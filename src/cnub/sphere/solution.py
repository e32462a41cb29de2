"""One entry to the sphere's density excess: two quantities, the answer, its error, and the method that gave it.

The talk's sum is at exactly one k; asked for, its average over k by one order spacing (:mod:`cnub.sphere.average`).
Which is answered depends on that question alone, never on the method:

- ``direct`` adds the partial waves one by one; its cost grows with kR, inside the ball with k'r;
- ``contour`` integrates over complex order: for the average at O(1), at one k with every resonance, broad and narrow;
- ``born`` is the first order in delta in closed form, where nothing resonates.
"""

from __future__ import annotations

import math
import time
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module

from cnub.domain import DomainError, one_of, positive, refraction, within
from cnub.pieces import Progress
from cnub.sphere.limits import MAX_HEIGHT, MAX_SIZE

METHODS = ("auto", "contour", "direct", "born")
FIXED, AVERAGE = "fixed k", "k average"
GOAL = 1e-9
"""Error in units of |delta| that ``auto`` asks of a method..."""
RELATIVE_GOAL = 1e-6
"""... and in units of the amplitude of the value itself."""
PATIENCE_S = 10.0
"""What an answer may take unless it is asked for by name."""
QUICK_WAVES = 3e3
"""kR up to which the plain sum is cheaper than to look for something cheaper."""


@dataclass(frozen=True)
class SphereSolution:
    """Density excess dn/n0 with its error estimate, what it is, the method, the trapped waves and the seconds spent.

    ``density_excess`` and ``error_estimate`` are in units of the mean density n0; ``quantity`` is "fixed k" or
    "k average"; ``trapped_waves`` counts the resonances narrower than one order spacing; ``method`` says what was used.
    """

    density_excess: float
    error_estimate: float
    quantity: str
    method: str
    trapped_waves: int
    seconds: float


def density_excess(
    kR: float,
    delta: float,
    height: float = 0.0,
    *,
    average: bool = False,
    method: str = "auto",
    progress: Progress | None = None,
) -> SphereSolution:
    """Density excess dn/n0 at r = R + height/k of a uniform ball of index n = 1 + delta.

    ``kR`` is the size of the ball in units of 1/k (> 0, <= 1e13; average: >= 50), ``delta`` the refraction (|delta| <
    1, > 0 attracts), ``height`` the distance from the surface in units of 1/k, -kR (the centre) to 1e15. The answer is
    the sum at exactly this k or, with ``average``, its average over k by one order spacing. ``method`` is ``auto``,
    ``contour``, ``direct`` or ``born`` and never changes what is answered; ``auto`` takes the cheapest that is good to
    1e-9 |delta| and to 1e-6 of the value's own amplitude, or else the best. ``progress`` is told the share of a plain
    sum that is done. Raises :class:`cnub.DomainError` outside those ranges, where the chosen method does not reach, and
    where the sum at one k would take more than 10 s and was not asked for by name.

    Source: talk, 'Bessel modes' (overdensity); talk, 'Overdensity'.

    >>> round(density_excess(1.7e10, -2.5e-8).density_excess * 1e8, 6)
    -1.25
    """
    x, d = within("kR", positive("kR", kR), 0.0, MAX_SIZE), refraction("delta", delta)
    h, name = within("height", height, -x, MAX_HEIGHT), one_of("method", method, METHODS)
    start = time.perf_counter()
    if d == 0.0:
        chosen, value, error = name, 0.0, 0.0
    else:
        chosen, value, error = _average(x, d, h, name) if average else _fixed(x, d, h, name, progress)
    trapped = _room("poles").trapped_waves(x, d)
    quantity = AVERAGE if average else FIXED
    return SphereSolution(float(value), float(error), quantity, chosen, trapped, time.perf_counter() - start)


def _room(name):
    return import_module(f"cnub.sphere.{name}")


def _average(x, d, h, name):
    module = _room("average")
    within("kR", x, module.MIN_SIZE, MAX_SIZE)
    if name == "born":
        raise DomainError("method must be auto, contour or direct for an average over k; got 'born'")
    if name == "direct":
        within("kR", x, module.MIN_SIZE, module.LARGEST_LINE)
        return name, *_room("line").line_average(x, d, h)
    return module.chosen_average(x, d, h) if name == "auto" else (name, *module.smooth(x, d, h))


def _fixed(x, d, h, name, progress):
    if name == "direct":
        return name, *_room("direct").direct_sum(x, d, h, progress=progress)
    if name != "auto":
        return name, *getattr(_room(name), name)(x, d, h)
    answers = []
    for candidate in _candidates(x, d, h):
        if _good(candidate, x, d, h):
            return candidate
        answers.append(candidate)
    best = min(answers, key=lambda answer: answer[2], default=None)
    # an error as large as the excess itself answers nothing
    if best is None or best[2] > max(abs(d), abs(best[1])):
        raise _too_long(x, d, h)
    return best


def _candidates(x, d, h) -> Iterator[tuple[str, float, float]]:
    """Answers from the cheapest method on; one that does not reach here is left out."""
    for name in ("direct",) if x <= QUICK_WAVES else ("contour", "born"):
        try:
            value, error = getattr(_room(name), "direct_sum" if name == "direct" else name)(x, d, h)
        except DomainError:
            continue
        if math.isfinite(error) and math.isfinite(value):
            yield name, value, error
    if x > QUICK_WAVES and _room("direct").expected_seconds(x, d, h) <= PATIENCE_S:
        yield "direct", *_room("direct").direct_sum(x, d, h)


def _good(candidate, x, d, h):
    _, value, error = candidate
    if error > GOAL * abs(d):
        return False
    return error <= RELATIVE_GOAL * abs(value) or error <= RELATIVE_GOAL * _room("born").amplitude(x, d, h)


def _too_long(x, d, h):
    seconds = _room("direct").expected_seconds(x, d, h)
    return DomainError(
        f"kR must be smaller, or average asked for: the sum over every wave at this k, kR = {x:g}, would take about "
        f"{seconds:.2g} s (method direct does it all the same); the average over k (average, --average) is immediate"
    )
