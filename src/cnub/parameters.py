"""One grammar for what is given as text, to figures, runs, chapters and cases: each value of its default's type."""

from __future__ import annotations

import ast
import math
import reprlib
from collections.abc import Mapping
from numbers import Real
from typing import Any

from cnub.domain import DomainError

_WORDS = {"true": True, "false": False}


def parse(given: list[str]) -> dict[str, str]:
    """NAME=VALUE texts as a dictionary; raise :class:`cnub.DomainError` on anything else or a name given twice."""
    values: dict[str, str] = {}
    for item in given:
        name, equals, text = item.partition("=")
        if not equals or not name:
            raise DomainError(f"parameter must be NAME=VALUE; got {item!r}")
        if name in values:
            raise DomainError(f"parameter {name} must be given once; got {values[name]!r} and {text!r}")
        values[name] = text
    return values


def cast(owner: str, values: Mapping[str, object], declared: dict[str, object]) -> dict[str, object]:
    """``values`` (texts or values) in the types of the ``declared`` defaults of ``owner``, say "run patch_scan".

    Raises :class:`cnub.DomainError` naming the parameter that is not declared or whose value is of another type.
    """
    for name in values:
        if name not in declared:
            raise DomainError(f"{owner} has no parameter {name!r}; it has {', '.join(declared) or 'none'}")
    return {name: _cast(name, value, declared[name]) for name, value in values.items()}


def _cast(name: str, value: object, default: object) -> object:
    try:
        return _like(value, default)
    except (TypeError, ValueError, SyntaxError, OverflowError) as error:
        kind = {float: "number", int: "whole number", str: "word"}.get(type(default), type(default).__name__)
        raise DomainError(f"{name} must be a {kind}, like {default!r}; got {reprlib.repr(value)}") from error


def _like(value: Any, default: Any) -> object:
    kind = type(default)
    if isinstance(value, str) and kind is not str:
        value = _literal(value)
    if kind is list:
        return [_like(entry, default[0]) for entry in _of(list, value)]
    if kind in (int, float) and isinstance(value, Real) and not isinstance(value, bool):
        return _number(value, kind)
    return _of(kind, value)


def _literal(text: str) -> object:
    if text.strip().lower() in _WORDS:
        return _WORDS[text.strip().lower()]
    try:
        return float(text) if not text.strip().lstrip("+-").isdecimal() else int(text)
    except ValueError:
        return ast.literal_eval(text)


def _number(value: Any, kind: type) -> float:
    if math.isnan(value) or kind(value) != value:  # 1e6 is a whole number, 1.5 is not
        raise ValueError("another number")
    return kind(value)


def _of(kind: type, value: Any) -> Any:
    if type(value) is not kind:
        raise TypeError("another type")
    return value
