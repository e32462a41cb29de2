"""Points of the whole domain of the ball and their independent reference; as a script it writes ``sphere_points.csv``.

The reference is a sum in arbitrary precision up to kR = 1e3, in double-double up to 1e6, a closed form or limit with a
stated uncertainty beyond (:mod:`ball_waves`, :mod:`ball_limits`); none where nothing independent is known.
"""

from __future__ import annotations

import csv
import math
import random
from pathlib import Path

import ball_limits
import ball_waves

from cnub import DomainError
from cnub.sphere import density_excess

TABLE = Path(__file__).parents[1] / "reference" / "sphere_points.csv"
COLUMNS = ("quantity", "kR", "delta", "height", "density_excess", "uncertainty", "source")
QUANTITIES = ("fixed k", "k average")
SPREAD = 2.0
"""Standard deviation of the Gaussian in kR that defines the k average; delta and k(r - R) stay as they are."""
LEAST_AVERAGE = 50.0
LARGEST_ARBITRARY, LARGEST_EXTENDED, LARGEST_AVERAGED = 1e3, 1e6, 5e3
RELATIVE, ABSOLUTE = 1e-17, 1e-26
"""Of sums in double-double: 113-bit arithmetic agrees with them to the last digit of a double, at 120 points."""

ROUNDING = 4e-16
"""Of the value: a difference below is the rounding of the answer."""


def compared(case: list) -> dict:
    """One row: what was answered or refused at (quantity, kR, delta, height), what is known, how far apart they are.

    A fifth entry is what is known, (value, uncertainty, source) or None; without it the reference is computed.
    """
    quantity, kR, delta, height, *given = case
    known = given[0] if given else reference(quantity, kR, delta, height)
    row = {"quantity": quantity, "kR": kR, "delta": delta, "height": height}
    try:
        answer = density_excess(kR, delta, height, average=quantity == "k average")
    except DomainError as refusal:
        return row | {"refused": str(refusal), "source": known[2] if known else None}
    value, estimate = answer.density_excess, answer.error_estimate
    row |= {"value": value, "estimate": estimate, "method": answer.method, "seconds": answer.seconds}
    row |= {"finite": math.isfinite(value) and math.isfinite(estimate)}
    if known is None:
        return row
    truth, uncertainty, source = known
    distance, least = abs(value - truth), max(estimate, 1e-300)
    beyond = max(0.0, distance - uncertainty - ROUNDING * abs(truth))
    told = 10.0 * uncertainty < distance and distance > ROUNDING * abs(truth)
    error = float(distance / least) if told else None
    return row | {"reference": float(truth), "source": source, "ratio": float(beyond / least), "error": error}


def height(chance: random.Random, kR: float) -> float:
    """A quarter at the surface, near 40 % outside (to 1e15), the rest inside: shallow, anywhere, at the centre."""
    kind = chance.random()
    if kind < 0.25:
        return 0.0
    if kind < 0.5:
        return 10 ** chance.uniform(-3, 4)
    if kind < 0.64:
        return 10 ** chance.uniform(4, 15)
    if kind < 0.8:
        return -min(kR, 10 ** chance.uniform(-4, 3)) * chance.uniform(0.1, 0.9)
    return -kR if kind < 0.87 else -kR * chance.uniform(0.05, 0.95)


def draw(count: int, seed: int, least: float = 1e-3, largest: float = 1e13) -> list[tuple[float, float, float]]:
    """Random (kR, delta, height): kR and |delta| (1e-12 to 0.99) uniform in the logarithm, both signs."""
    chance, points = random.Random(seed), []
    for _ in range(count):
        kR = 10 ** chance.uniform(math.log10(least), math.log10(largest))
        delta = chance.choice((-1, 1)) * 10 ** chance.uniform(-12, math.log10(0.99))
        points.append((kR, delta, height(chance, kR)))
    return points


def reference(quantity: str, kR: float, delta: float, height: float) -> tuple[float, float, str] | None:
    """Value, uncertainty and source of a ``quantity``; None where there is no independent one."""
    if quantity == "fixed k" and kR <= LARGEST_ARBITRARY:
        value, error, source = *ball_waves.arbitrary(kR, delta, height), "arbitrary"
    elif quantity == "fixed k" and kR <= LARGEST_EXTENDED:
        value, error, source = ball_waves.extended(kR, delta, height), ABSOLUTE, "extended"
    elif quantity == "k average" and kR <= LARGEST_AVERAGED:
        value, error, source = ball_waves.extended_average(kR, delta, height, SPREAD), ABSOLUTE, "extended"
    else:
        known = ball_limits.limit(kR, delta, height, SPREAD if quantity == "k average" else None)
        if known is None:
            return None
        value, error, source = *known, "limit"
    return float(value), float(error + RELATIVE * abs(value)), source


EXAMPLES = (
    *((float(kR), 0.1, 0.0) for kR in range(60, 69)),
    (3605.054523316274, 0.01, 0.0),
    (3605.0545233162743, 0.01, 0.0),
    (4000.0, 0.01, 0.0),
    (5908.22, 6.7582e-3, 2.172e5),
    (1.0, -1.0979e-4, 958500.0),
    (5.0, 1e-6, 0.0),
    (9.9e5, 0.02, 0.0),
    (1.1e6, 0.02, 0.0),
    (7539121035.239313, 1e-6, 0.0),
    (7539121035.239314, 1e-6, 0.0),
    (1.7e10, 1e-8, 0.0),
    (1.7e10, -1e-8, 0.0),
    (1.7e10, -1e-8, 2.0),
    (1.7e10, 2.5e-8, -3.0),
    (1.7e10, -0.02, -1.7e10),
)
"""Points at which answers have been wrong, or that the texts name."""

KNOWN = (
    ("fixed k", 1e7, -1e-3, 0.0, -0.0004999166806735118, 1e-19, "113 bits"),
    ("fixed k", 1e7, 1e-4, 0.0, -0.003375474441802968, 1e-18, "113 bits"),
    ("fixed k", 1e7, 3e-5, 10.0, -6.451476477580936e-07, 1e-22, "113 bits"),
    ("fixed k", 8e6, -0.3, -5.0, -0.30856754851437, 1e-16, "113 bits"),
    ("fixed k", 1e7, -1e-8, 1.0, 1.7345674671416512e-09, 1e-24, "113 bits"),
    ("fixed k", 5e6, 0.5, 0.0, -0.4786189510735104, 1e-16, "113 bits"),
    ("fixed k", 6e6, 1e-5, -2.0, 9.520044821571957e-06, 3e-21, "113 bits"),
    ("fixed k", 1.1e6, 0.02, 0.0, -0.12251215884675139, 3e-17, "113 bits"),
    ("fixed k", 2e6, 7e-5, 1e3, -1.6272039029412237e-08, 1e-23, "113 bits"),
    ("fixed k", 2e9, 2.32e-6, 1e5, 3.028376e-3 * 2.32e-6, 1e-9 * 2.32e-6, "printed"),
    ("fixed k", 1.7e10, 5.91e-7, 1e4, 0.037579 * 5.91e-7, 1e-6 * 5.91e-7, "printed"),
)
"""Sums over every wave, too long to repeat: by a separate C++ program, or as once printed, to one unit at the end."""


def table(points) -> list[tuple]:
    """Rows of both quantities for the points, where there is a reference."""
    rows = []
    for quantity in QUANTITIES:
        for point in points:
            if quantity == "fixed k" or point[0] >= LEAST_AVERAGE:
                known = reference(quantity, *point)
                rows += [] if known is None else [(quantity, *point, *known)]
    return rows


if __name__ == "__main__":
    with TABLE.open("w") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(KNOWN)
        writer.writerows(table([*EXAMPLES, *draw(30, 1), *draw(25, 2, 1.0, 1e5)]))
