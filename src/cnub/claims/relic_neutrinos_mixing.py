"""Claims of the talk on masses and mixing: the NuFIT 6.0 table of its backup slide."""

from __future__ import annotations

import math
from functools import partial

import numpy as np

from cnub.claims.ledger import Claim, half_unit_of_last_digit, talk
from cnub.oscillation import NUFIT, fit, masses, mixing_matrix

_TABLE = "Backups, 'Challenges' (NuFIT 6.0)"


_ANGLES = {"12": (5e-3, 5e-4), "23": (5e-2, 5e-4), "13": (5e-3, 5e-6)}
"""Half a unit of the last printed digit of each angle, in degrees and of its sin^2."""


_COLUMNS = ("best_fit", "low", "high")


_ACCURACIES = {"theta_12": "2", "theta_23": "2", "theta_13": "1", "delta_cp": "16", "dm2_21": "3", "dm2_3l": "1"}
"""Accuracies in per cent, as printed."""


def _angle(sin2: float) -> float:
    return math.degrees(math.asin(math.sqrt(sin2)))


def _angle_follows(ordering: str, name: str, column: str) -> bool:
    """Whether an angle is that of its sin^2, within the rounding of both."""
    sin2, degrees = (getattr(getattr(fit(ordering), f"{stem}_{name}"), column) for stem in ("sin2", "theta"))
    rounding, sin2_rounding = _ANGLES[name]
    slope = math.degrees(1 / math.sin(2 * math.radians(degrees)))
    return abs(_angle(sin2) - degrees) <= rounding + sin2_rounding * slope


def _angles_that_follow() -> int:
    return sum(_angle_follows(o, name, column) for o in NUFIT for name in _ANGLES for column in _COLUMNS)


def _accuracy_follows(field: str, printed: str) -> bool:
    measured = getattr(fit("NO"), field)
    percent = 100 * (measured.plus + measured.minus) / 2 / abs(measured.best_fit)
    return abs(percent - float(printed)) <= half_unit_of_last_digit(printed)


def _accuracies_that_follow() -> int:
    return sum(_accuracy_follows(field, printed) for field, printed in _ACCURACIES.items())


def _splitting(ordering: str, upper: int, lower: int) -> float:
    """m_upper^2 - m_lower^2 in eV^2 of the masses that the rest of the ledger computes with."""
    found = masses(ordering)
    return found[upper - 1] ** 2 - found[lower - 1] ** 2


def _phase(ordering: str) -> float:
    """delta_CP in degrees, from 0 to 360, out of U_e3 = s_13 exp(-i delta)."""
    return math.degrees(-np.angle(mixing_matrix(ordering)[0, 2])) % 360


_nufit = partial(talk, prefix="nufit")


def _central(key: str, what: str, quoted: str, compute, by, unit: str) -> Claim:
    return _nufit(
        key, _TABLE, f"central value of {what}", quoted, compute, by, unit=unit, definition=True,
        note="An input, taken out again of the masses or the mixing matrix that other rows use.",
    )  # fmt: skip


_NUFIT_CENTRAL = [
    _central("dm2-21", "Delta m^2_21", "7.49e-5", lambda: _splitting("NO", 2, 1), masses, "eV^2"),
    _central("dm2-31-no", "Delta m^2_31, NO", "2.513e-3", lambda: _splitting("NO", 3, 1), masses, "eV^2"),
    _central("dm2-32-io", "Delta m^2_32, IO", "-2.484e-3", lambda: _splitting("IO", 3, 2), masses, "eV^2"),
    _central("delta-cp-no", "delta_CP, NO", "212", lambda: _phase("NO"), mixing_matrix, "degrees"),
    _central("delta-cp-io", "delta_CP, IO", "274", lambda: _phase("IO"), mixing_matrix, "degrees"),
]  # fmt: skip


CLAIMS = [
    _nufit(
        "angles", _TABLE,
        "how many of the 18 angles (three, best fit and 3 sigma range, two orderings) follow from the sin^2 printed "
        "beside them",
        "18",
        _angles_that_follow, fit,
        note="The table against itself, within the rounding of both columns: it guards the values all other rows use, "
        "and says nothing about the fit.",
    ),
    _nufit(
        "accuracies", _TABLE,
        "how many of the 6 printed accuracies follow from the best fit and the mean of its two errors (NO)", "6",
        _accuracies_that_follow, fit,
        note="The table against itself, at the printed digits.",
    ),
    _nufit(
        "delta-chi-squared", _TABLE, "chi^2 of the inverted over that of the normal ordering", "6.1",
        note="Needs the global fit to oscillation data, not its result.",
    ),
    *_NUFIT_CENTRAL,
]  # fmt: skip
