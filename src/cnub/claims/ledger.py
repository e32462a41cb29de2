"""The ledger: each quantitative claim of the two sources, the function that recomputes it, the verdict.

Verdicts are computed, never typed: a claim is *reproduced* if the computed value agrees at the printed digits (a "~"
within a factor 2), *reproduced with a correction* if it does so after the named correction only, *differs* if neither,
*not computable* if there is nothing to compute from, *pending* while its computation is not written. A row that no
input could make differ, because it states an identity or a convention, is a *definition* and counts as no success.
"""

from __future__ import annotations

import inspect
import math
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property, partial

Compute = Callable[[], float]
Text = str | Callable[[], str]
"""Prose of a row: typed if it has no number of ours, else a function that computes what it says."""

REPRODUCED = "reproduced"
CORRECTED = "reproduced with a correction"
DIFFERS = "differs"
DEFINITION = "definition"
NOT_COMPUTABLE = "not computable"
PENDING = "pending"
VERDICTS = (REPRODUCED, CORRECTED, DIFFERS, DEFINITION, NOT_COMPUTABLE, PENDING)
SOURCES = ("talk", "paper", "later", "literature")
"""The two documents, and the works about the same questions of which the abstract is quoted."""

APPROXIMATE_FACTOR = 2.0
"""A source's "~" promises the order of magnitude; we hold it to a factor 2."""


@dataclass(frozen=True)
class Claim:
    """One claim.

    ``quoted`` is the printed number as text ("1.25e-8", "112"); for a formula or a scaling law it is the number that
    the computation measures, and ``statement`` says what that number is (for example a fitted exponent, or the ratio
    of both sides of an equation). ``printed`` is how the source prints it, where that is more than the number.
    ``by`` is the function that recomputes it; a test sees that it is called. Left out, it is ``compute`` itself, which
    then has a public name. ``corrected`` (with ``correction``, a sentence) is the computation after a correction. A
    claim with neither ``compute`` nor ``corrected`` is *not computable* (``note`` says what is missing), or *pending*
    if ``pending`` is set. ``tolerance`` replaces the comparison at printed digits where ``quoted`` is an exact number
    such as an exponent: relative, or absolute about zero; its reason stands in ``note``. ``at_least`` marks a number
    that the source gives as a lower bound. ``definition`` marks a row that cannot fail for any input of physics.
    """

    id: str
    source: str
    place: str
    statement: str
    quoted: str
    compute: Compute | None = None
    by: Callable | None = None
    unit: str = ""
    printed: str = ""
    approximate: bool = False
    tolerance: float | None = None
    at_least: bool = False
    correction: Text = ""
    corrected: Compute | None = None
    pending: bool = False
    definition: bool = False
    note: Text = ""

    @property
    def function(self) -> Callable | None:
        """The function that recomputes the claim: ``by``, or else ``compute`` itself."""
        return self.by or self.compute or self.corrected


@dataclass(frozen=True)
class Entry:
    """A claim with what was computed for it: a row of the ledger."""

    claim: Claim
    computed: float | None
    ratio: float | None
    verdict: str

    @cached_property
    def note(self) -> str:
        """What the row says besides its numbers: the correction, if that is what made it agree, and the note."""
        parts = (self.claim.correction if self.verdict == CORRECTED else "", self.claim.note)
        return " ".join(filter(None, (part() if callable(part) else part for part in parts)))

    def row(self) -> dict[str, object]:
        """The row as ``cnub claims --json`` prints it."""
        claim = self.claim
        return {
            "id": claim.id,
            "source": claim.source,
            "place": claim.place,
            "statement": claim.statement,
            "quoted": claim.printed or _with_unit(claim),
            "computed": self.computed,
            "ratio": self.ratio,
            "unit": claim.unit,
            "verdict": self.verdict,
            "function": dotted_name(claim.function),
            "note": self.note,
        }


def row(
    source: str,
    key: str,
    place: str,
    statement: str,
    quoted: str,
    compute: Compute | None = None,
    by: Callable | None = None,
    prefix: str = "",
    **more: object,
) -> Claim:
    """The :class:`Claim` ``prefix``-``key`` of ``source``, whose name is the prefix if none is given."""
    return Claim(f"{prefix or source}-{key}", source, place, statement, quoted, compute, by, **more)


talk, paper, later, literature = (partial(row, source) for source in SOURCES)


def judge(claim: Claim) -> Entry:
    """Recompute one claim and give its verdict.

    Raises :class:`cnub.DomainError` outside these ranges.

    Source: definition of the verdicts.

    >>> print(judge(claims()[0]).verdict in VERDICTS)
    True
    """
    if claim.compute is None and claim.corrected is None:
        return Entry(claim, None, None, PENDING if claim.pending else NOT_COMPUTABLE)
    if claim.compute is not None:
        computed = float(claim.compute())
        if agrees(claim, computed):
            return _entry(claim, computed, DEFINITION if claim.definition else REPRODUCED)
        if claim.corrected is None:
            return _entry(claim, computed, DIFFERS)
    corrected = float(claim.corrected())
    if agrees(claim, corrected):
        return _entry(claim, corrected, CORRECTED)
    return _entry(claim, computed if claim.compute is not None else corrected, DIFFERS)


def agrees(claim: Claim, computed: float) -> bool:
    """Whether ``computed`` agrees with the quoted number: at printed digits, to a factor or tolerance, or above it."""
    quoted = float(claim.quoted)
    if not math.isfinite(computed):
        return False
    if claim.at_least:
        return computed >= quoted
    if claim.tolerance is not None:
        return abs(computed - quoted) <= claim.tolerance * (abs(quoted) or 1.0)
    if claim.approximate:
        return quoted * computed > 0 and 1 / APPROXIMATE_FACTOR <= computed / quoted <= APPROXIMATE_FACTOR
    return abs(computed - quoted) <= half_unit_of_last_digit(claim.quoted)


def dotted_name(function: Callable | None) -> str:
    """Where a function is found, "module.name" ("" for none); caches and other wrappers are looked through."""
    if function is None:
        return ""
    inner = inspect.unwrap(function)
    return f"{inner.__module__}.{inner.__qualname__}"


def half_unit_of_last_digit(printed: str) -> float:
    """Half a unit of the last printed digit of a decimal number ("1.25e-8" -> 5e-11), with its rounding slack."""
    exponent = Decimal(printed).as_tuple().exponent
    return 0.5 * 10.0**exponent * (1 + 1e-9)


def _entry(claim: Claim, computed: float, verdict: str) -> Entry:
    quoted = float(claim.quoted)
    return Entry(claim, computed, computed / quoted if quoted else None, verdict)


def _with_unit(claim: Claim) -> str:
    return " ".join(part for part in ("~" if claim.approximate else "", claim.quoted, claim.unit) if part)
