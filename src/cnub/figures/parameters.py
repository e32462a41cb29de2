"""What a parameter of a figure may be: its type, range or choice, unit and meaning, checked before it computes.

A figure declares them once, as annotations of the function that computes its table.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, get_args, get_type_hints

from cnub.domain import DomainError, finite, integer, one_of, within
from cnub.fluorescence.decay import CONVENTIONS
from cnub.matter import FLAVOURS
from cnub.oscillation import ORDERINGS


@dataclass(frozen=True)
class Range:
    """Numbers from ``low`` to ``high``, ends included, and no smaller in size than ``least``."""

    low: float
    high: float
    meaning: str
    unit: str = ""
    least: float = 0.0

    def __str__(self) -> str:
        size = f", size at least {self.least:g}" if self.least else ""
        return f"{self.low:g} to {self.high:g}{' ' + self.unit if self.unit else ''}{size}"

    def check(self, name: str, value: object, kind: type) -> float | int:
        """``value`` as a number of ``kind``; raise :class:`cnub.DomainError` outside the range."""
        if kind is int:
            return integer(name, value, int(self.low), int(self.high))
        number = within(name, value, self.low, self.high)
        if abs(number) < self.least:
            raise DomainError(f"{name} must be {self}; got {number!r}")
        return number


@dataclass(frozen=True)
class Choice:
    """One of a few words or numbers."""

    options: tuple[str, ...] | tuple[float, ...]
    meaning: str
    unit: str = ""

    def __str__(self) -> str:
        return f"one of {', '.join(map(plain, self.options))}{' ' + self.unit if self.unit else ''}"

    def check(self, name: str, value: object, kind: type) -> str | float:
        """``value`` if it is one of the options; raise :class:`cnub.DomainError` otherwise."""
        if kind is str:
            return one_of(name, value, self.options)
        number = finite(name, value)
        if number not in self.options:
            raise DomainError(f"{name} must be {self}; got {number:g}")
        return number


@dataclass(frozen=True)
class Parameter:
    """One parameter of a figure: its ``name``, ``kind`` (int, float or str), ``default`` and what is ``allowed``."""

    name: str
    kind: type
    default: object
    allowed: Range | Choice

    def __str__(self) -> str:
        return f"{self.name}={plain(self.default)} ({self.allowed.meaning}, {self.allowed})"

    def check(self, value: object) -> object:
        """``value`` in its type; raise :class:`cnub.DomainError`, naming the parameter, unless it is allowed."""
        return self.allowed.check(self.name, value, self.kind)


def declared(table: Callable) -> dict[str, Parameter]:
    """The parameters that the annotations of ``table`` declare, by name."""
    hints = get_type_hints(table, include_extras=True)
    found = {}
    for name, parameter in inspect.signature(table).parameters.items():
        kind, allowed = get_args(hints[name])
        found[name] = Parameter(name, kind, parameter.default, allowed)
    return found


def plain(value: object) -> str:
    """A value as a sentence shows it."""
    return f"{value:g}" if isinstance(value, float) else str(value)


Mass = Annotated[float, Range(1e-3, 10.0, "neutrino mass", "eV")]
LightestMass = Annotated[float, Range(0.0, 1.0, "lightest neutrino mass", "eV")]
MomentumOverMean = Annotated[float, Range(0.05, 20.0, "momentum over the mean of the gas")]
EarthDelta = Annotated[float, Range(1e-10, 1e-7, "size of the refraction of the Earth at that momentum")]
Flavour = Annotated[str, Choice(FLAVOURS, "flavour of the neutrino")]
GROUNDS = ("crust", "mantle", "earth", "standard rock", "water", "iron", "lead")
"""Materials that a figure stands on: a refusal that lists them is one sentence."""
Ground = Annotated[str, Choice(GROUNDS, "material of the ground")]
Ordering = Annotated[str, Choice(ORDERINGS, "mass ordering")]
Convention = Annotated[str, Choice(CONVENTIONS, "convention of the factors of the rate")]
Volume = Annotated[float, Range(1e-9, 1e12, "volume of the target", "m^3")]
Density = Annotated[float, Range(1e8, 1e25, "dipoles", "per cm^3")]
CoherenceTime = Annotated[float, Range(1e-12, 1.0, "coherence time", "s")]
Points = Annotated[int, Range(5, 1000, "points of a curve")]
Seed = Annotated[int, Range(0, 2**32 - 1, "seed of the random positions")]
