"""Masses and |U_ei|^2 of NuFIT 6.0 (talk, backup table)."""

from __future__ import annotations

import math

_FIT = {"NO": (0.308, 0.02215, 7.49e-5, 2.513e-3), "IO": (0.308, 0.02231, 7.49e-5, -2.484e-3)}


def electron_mixing(ordering: str) -> tuple[float, float, float]:
    """|U_e1|^2, |U_e2|^2, |U_e3|^2."""
    s12, s13, _, _ = _FIT[ordering]
    return (1 - s12) * (1 - s13), s12 * (1 - s13), s13


def masses(ordering: str, lightest: float) -> tuple[float, float, float]:
    """m_1, m_2, m_3 in eV for the ``lightest`` mass in eV."""
    _, _, solar, atmospheric = _FIT[ordering]
    if ordering == "NO":
        return lightest, math.sqrt(lightest**2 + solar), math.sqrt(lightest**2 + atmospheric)
    second = math.sqrt(lightest**2 - atmospheric)
    return math.sqrt(second**2 - solar), second, lightest
