"""Refusal of input outside physics: one clear sentence naming the parameter and its range."""

from __future__ import annotations

import functools
import inspect
import math
import reprlib
from collections.abc import Callable, Iterable
from dataclasses import fields, is_dataclass
from numbers import Integral, Real
from typing import Any, ParamSpec, TypeVar

import numpy as np

__all__ = [
    "DomainError",
]

_LONGEST = 60
"""Characters of a refused value that a sentence shows."""
_PLAIN = {float, int, np.float64, np.int64}
"""Types that NumPy converts to a double as they stand."""
P = ParamSpec("P")
R = TypeVar("R")


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


def refraction(name: str, value: float) -> float:
    """Return delta = n - 1 as a float; raise :class:`cnub.DomainError` unless its size is below 1."""
    return _number(name, value, "> -1 and < 1", lambda x: -1 < x < 1)


def integer(name: str, value: int, low: int, high: int | None = None) -> int:
    """Return ``value`` as an int; raise :class:`cnub.DomainError` unless it is whole and low <= value <= high."""
    allowed = f"a whole number >= {low}" if high is None else f"a whole number between {low} and {high}"
    number = _number(name, value, allowed, lambda x: x == int(x) and x >= low and (high is None or x <= high))
    # a double holds whole numbers only up to 2^53
    return int(value) if isinstance(value, Integral) else int(number)


def one_of(name: str, value: str, allowed: Iterable[str]) -> str:
    """Return ``value``; raise :class:`cnub.DomainError` unless it is one of ``allowed``."""
    choices = list(allowed)
    if not isinstance(value, str) or value not in choices:
        raise DomainError(f"{name} must be one of {', '.join(choices)}; got {_shown(value)}")
    return value


def finite_array(name: str, value: object, low: float = -math.inf, high: float = math.inf) -> np.ndarray:
    """Return ``value`` as a float array; raise :class:`cnub.DomainError` unless every entry is finite and in range.

    Entries are real numbers: no words, truth values, complex numbers or masked entries, which NumPy would convert.
    """
    allowed = "finite real numbers" if (low, high) == (-math.inf, math.inf) else f"between {low:g} and {high:g}"
    array = _array(value, "iuf", _real)
    if array is None:
        raise DomainError(f"{name} must be {allowed}; got {_shown(value)}")
    if array.size == 0 or not np.isfinite(array).all() or (array < low).any() or (array > high).any():
        raise DomainError(f"{name} must be {allowed}, at least one; got {_shown(array)}")
    return array


def finite_complex(name: str, value: object) -> np.ndarray:
    """Return ``value`` as a complex array; raise :class:`cnub.DomainError` unless every entry is finite."""
    array = _array(value, "iufc", _complex)
    if array is None or array.size == 0 or not np.isfinite(array).all():
        raise DomainError(f"{name} must be finite complex numbers; got {_shown(value)}")
    return array


def representable(function: Callable[P, R]) -> Callable[P, R]:
    """Make ``function`` refuse, naming the most extreme argument, where a double cannot hold its answer.

    For laws that hold at any size of their arguments, so that no range of one of them keeps the answer finite.
    """
    signature = inspect.signature(function)

    @functools.wraps(function)
    def checked(*arguments: P.args, **named: P.kwargs) -> R:
        try:
            with np.errstate(all="ignore"):
                answer = function(*arguments, **named)
        except (OverflowError, ZeroDivisionError, _BeyondDoubles) as error:
            raise _beyond_doubles(signature.bind(*arguments, **named).arguments) from error
        if not _is_finite(answer):
            raise _beyond_doubles(signature.bind(*arguments, **named).arguments)
        return answer

    return checked


class _BeyondDoubles(DomainError):
    """An answer that overflows; who called for it says which of its own arguments is to blame."""


def _beyond_doubles(arguments: dict[str, object]) -> _BeyondDoubles:
    """The refusal of an answer that overflows: it names the argument furthest from one."""
    name = max(arguments, key=lambda n: _remoteness(arguments[n]))
    return _BeyondDoubles(f"{name} must leave an answer between 1e-308 and 1e308; got {_shown(arguments[name])}")


def _remoteness(value: Any) -> float:
    array = _array(value, "iuf", _real)
    sizes = np.abs(array[np.isfinite(array) & (array != 0)]) if array is not None else np.zeros(0)
    return float(np.abs(np.log10(sizes)).max()) if sizes.size else -1.0


def _is_finite(answer: Any) -> bool:
    if is_dataclass(answer):
        return all(_is_finite(getattr(answer, field.name)) for field in fields(answer))
    if isinstance(answer, (tuple, list)):
        return all(_is_finite(part) for part in answer)
    if isinstance(answer, dict):
        return all(_is_finite(part) for part in answer.values())
    numbers = isinstance(answer, (float, complex, np.ndarray, np.number)) and np.asarray(answer).dtype.kind in "fc"
    return bool(np.isfinite(answer).all()) if numbers else True


def _number(name, value, allowed, accept):
    number = value if type(value) is float else _real(value)
    if not math.isfinite(number) or not accept(number):
        raise DomainError(f"{name} must be {allowed}; got {_shown(value)}")
    return number


def _real(value: object) -> float:
    """A real number as a double; not a number for anything else, or where a double cannot hold it."""
    value = value[()] if isinstance(value, np.ndarray) and value.ndim == 0 else value
    if not isinstance(value, Real) or isinstance(value, (bool, np.timedelta64)):
        return math.nan
    try:
        return float(value)
    except OverflowError:  # 10**400
        return math.nan


def _complex(value: Any) -> complex:
    is_complex = isinstance(value, (complex, np.complexfloating))
    return complex(value) if is_complex else complex(_real(value))


def _array(value: object, kinds: str, entry: Callable) -> np.ndarray | None:
    """``value`` as an array of what ``entry`` makes of each number; nothing where its dtype is not of ``kinds``."""
    wanted = complex if "c" in kinds else float
    if isinstance(value, np.ma.MaskedArray) and np.ma.is_masked(value):
        return None
    try:
        array = np.asarray(value) if hasattr(value, "dtype") else np.asarray(value, dtype=object)
        if array.dtype.kind != "O":
            with np.errstate(over="ignore"):  # a long double beyond doubles becomes infinite, and is refused for that
                return array.astype(wanted, copy=False) if array.dtype.kind in kinds else None
        if set(map(type, array.flat)) <= _PLAIN:
            return array.astype(wanted)
        return np.array([entry(x) for x in array.flat], dtype=wanted).reshape(array.shape)
    except (TypeError, ValueError, OverflowError):
        return None


class _Short(reprlib.Repr):
    """A few characters of a value, whatever its size; Python writes no integer of more than 4300 digits."""

    def repr_int(self, value, level):
        size = round(value.bit_length() * math.log10(2))
        return repr(value) if size < _LONGEST else f"about {'-' * (value < 0)}10**{size}"

    def repr_ndarray(self, value, level):
        return self.repr1(value.tolist(), level) if value.dtype == object else np.array2string(value, threshold=4)


_SHORT = _Short()
_SHORT.maxstring = _SHORT.maxother = _LONGEST


def _shown(value: object) -> str:
    text = " ".join(_SHORT.repr(value).split())
    return text if len(text) <= _LONGEST else text[: _LONGEST - 3] + "..."
