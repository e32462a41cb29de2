"""Refusal of input outside physics: one clear sentence naming the parameter and its range."""

from __future__ import annotations

import math
from collections.abc import Iterable
from numbers import Real

import numpy as np


class DomainError(ValueError):
    """A parameter outside the domain of a function; the message names it and the allowed range."""


def finite(name: str, value: float) -> float:
    """Return ``value`` as a float; raise :class:`cnub.DomainError` unless it is a finite real number."""
    return _number(name, value, "a finite real number", lambda x: True)


def positive(name: str, value: float) -> float:
    """Return ``value`` as a float; raise :class:`cnub.DomainError` unless it is finite and > 0."""
    return _number(name, value, "finite and > 0", lambda x: x > 0)


def non_negative(name: str, value: float) -> float:
    """Return ``value`` as a float; raise :class:`cnub.DomainError` unless it is finite and >= 0."""
    return _number(name, value, "finite and >= 0", lambda x: x >= 0)


def within(name: str, value: float, low: float, high: float) -> float:
    """Return ``value`` as a float; raise :class:`cnub.DomainError` unless low <= value <= high."""
    return _number(name, value, f"between {low:g} and {high:g}", lambda x: low <= x <= high)


def integer(name: str, value: int, low: int, high: int | None = None) -> int:
    """Return ``value`` as an int; raise :class:`cnub.DomainError` unless it is whole and low <= value <= high."""
    allowed = f"a whole number >= {low}" if high is None else f"a whole number between {low} and {high}"
    number = _number(name, value, allowed, lambda x: x == int(x) and x >= low and (high is None or x <= high))
    return int(number)


def one_of(name: str, value: str, allowed: Iterable[str]) -> str:
    """Return ``value``; raise :class:`cnub.DomainError` unless it is one of ``allowed``."""
    choices = list(allowed)
    if not isinstance(value, str) or value not in choices:
        raise DomainError(f"{name} must be one of {', '.join(choices)}; got {value!r}")
    return value


def finite_array(name: str, value: object, low: float = -math.inf, high: float = math.inf) -> np.ndarray:
    """Return ``value`` as a float array; raise :class:`cnub.DomainError` unless every entry is finite and in range."""
    allowed = "finite real numbers" if (low, high) == (-math.inf, math.inf) else f"between {low:g} and {high:g}"
    try:
        array = np.asarray(value, dtype=float)
    except (TypeError, ValueError) as error:
        raise DomainError(f"{name} must be {allowed}; got {value!r}") from error
    if array.size == 0 or not np.isfinite(array).all() or (array < low).any() or (array > high).any():
        raise DomainError(f"{name} must be {allowed}, at least one; got {_shown(array)}")
    return array


def finite_complex(name: str, value: object) -> np.ndarray:
    """Return ``value`` as a complex array; raise :class:`cnub.DomainError` unless every entry is finite."""
    try:
        array = np.asarray(value, dtype=complex)
    except (TypeError, ValueError) as error:
        raise DomainError(f"{name} must be finite complex numbers; got {value!r}") from error
    if array.size == 0 or not np.isfinite(array).all():
        raise DomainError(f"{name} must be finite complex numbers; got {_shown(array)}")
    return array


def _number(name, value, allowed, accept):
    is_number = isinstance(value, (Real, np.number)) and not isinstance(value, (bool, np.bool_))
    number = float(value) if is_number else math.nan
    if not math.isfinite(number) or not accept(number):
        raise DomainError(f"{name} must be {allowed}; got {value!r}")
    return number


def _shown(array):
    text = np.array2string(array, threshold=4)
    return text if len(text) < 80 else text[:77] + "..."
