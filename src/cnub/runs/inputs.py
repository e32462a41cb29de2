"""What a notebook says of its inputs beside them: ``mass = 0.1  # [eV, 1e-6 to 10] of the neutrino``.

The unit and the range are optional, as is the rest. A value given as text may carry a unit: the declared one, or the
same with another metric prefix.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass

from cnub.domain import DomainError
from cnub.parameters import cast

PREFIXES = {"f": 1e-15, "p": 1e-12, "n": 1e-9, "u": 1e-6, "µ": 1e-6, "m": 1e-3, "c": 1e-2, "k": 1e3, "M": 1e6, "G": 1e9}
_COMMENT = re.compile(r"\[(?P<unit>[^\],]*?)(?:,? *(?P<low>\S+) to (?P<high>[^\s\]]+))?\]")
_WITH_UNIT = re.compile(r"([-+]?[\d.]+(?:[eE][-+]?\d+)?)\s*(?![eE][-+\d])([A-Za-zµ]\S*)")


@dataclass(frozen=True)
class Input:
    """One declared input: its default, and what its comment says of unit and range."""

    name: str
    default: object
    unit: str = ""
    low: float = -math.inf
    high: float = math.inf

    def in_unit(self, value: object) -> object:
        """``value`` without the unit that its text carries; raise :class:`cnub.DomainError` on another unit."""
        found = _WITH_UNIT.fullmatch(value.strip()) if isinstance(value, str) else None
        if found is None or isinstance(self.default, str):
            return value
        number, unit = found.groups()
        if unit == self.unit:
            return number
        if self.unit and unit[:1] in PREFIXES and unit[1:] == self.unit:
            return repr(float(number) * PREFIXES[unit[0]])
        wanted = f"in {self.unit}" if self.unit else "without a unit"
        raise DomainError(f"{self.name} must be {wanted}; got {value!r}")

    def check(self, value: object) -> None:
        """Raise :class:`cnub.DomainError` unless ``value``, or each entry of it, is in the range."""
        for entry in value if isinstance(value, list) else [value]:
            if isinstance(entry, (int, float)) and not self.low <= entry <= self.high:
                unit = f" {self.unit}" if self.unit else ""
                raise DomainError(f"{self.name} must be {self.low:g} to {self.high:g}{unit}; got {entry!r}")


def from_comment(name: str, default: object, comment: str) -> Input:
    """The input whose declaration carries ``comment``.

    >>> from_comment("mass", 0.1, "[eV, 1e-6 to 10] of the neutrino").high
    10.0
    """
    found = _COMMENT.match(comment)
    if found is None:
        return Input(name, default)
    unit, low, high = found["unit"].strip().removeprefix("1"), found["low"], found["high"]
    return Input(name, default, unit, float(low or -math.inf), float(high or math.inf))


def checked(owner: str, values: Mapping[str, object], declared: Mapping[str, Input]) -> dict[str, object]:
    """``values`` in the types, units and ranges of the ``declared`` inputs of ``owner``, say "run patch_scan".

    Raises :class:`cnub.DomainError` naming the parameter that is none, or whose value is of another type or unit, or
    outside its range.

    >>> checked("run toy", {"mass": "50meV"}, {"mass": Input("mass", 0.1, "eV")})
    {'mass': 0.05}
    """
    plain = {name: declared[name].in_unit(value) if name in declared else value for name, value in values.items()}
    typed = cast(owner, plain, {name: known.default for name, known in declared.items()})
    for name, value in typed.items():
        declared[name].check(value)
    return typed
