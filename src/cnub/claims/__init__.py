"""Every quantitative claim of the talk and the paper, recomputed."""

from __future__ import annotations

import importlib
from collections import Counter
from collections.abc import Iterable
from functools import cache

from cnub.claims.ledger import SOURCES, VERDICTS, Claim, Entry, judge
from cnub.domain import one_of

SUBJECTS: tuple[str, ...] = (
    "relic_neutrinos",
    "relic_neutrinos_mixing",
    "tritium_capture",
    "coherent_enhancement",
    "opher_reflection",
    "stodolsky_effect",
    "flattened_earth",
    "spherical_scattering",
    "spherical_scattering_semiclassical",
    "spherical_scattering_curvature",
    "spherical_scattering_bessel",
    "parametric_fluorescence",
    "parametric_fluorescence_kinematics",
    "parametric_fluorescence_factors",
    "parametric_fluorescence_rates",
    "parametric_fluorescence_later",
    "slow_light",
    "discovery",
    "enhancement",
    "superradiance",
    "nonlinear_optics",
)
"""The modules of claims, in the order of the book: each is named after its chapter, or begins with its name."""

__all__ = [
    "SOURCES",
    "SUBJECTS",
    "VERDICTS",
    "Claim",
    "Entry",
    "chapter_claims",
    "claims",
    "judge",
    "recompute",
    "tally",
]


def claims(source: str | None = None) -> list[Claim]:
    """All claims, or those of one source, "talk", "paper", "later" or "literature".

    "later" is a later version of the paper, of which only the abstract is known here.

    Raises :class:`cnub.DomainError` on another source.

    Source: definition of the ledger.

    >>> print(sum(len(claims(source)) for source in SOURCES) == len(claims()))
    True
    """
    if source is not None:
        one_of("source", source, SOURCES)
    every = [claim for subject in SUBJECTS for claim in subject_claims(subject)]
    return [claim for claim in every if source in (None, claim.source)]


def subject_claims(subject: str) -> list[Claim]:
    """The claims of one module; raise :class:`cnub.DomainError` unless ``subject`` is one of ``SUBJECTS``.

    Source: definition of the ledger.

    >>> print({claim.source for claim in subject_claims("enhancement")} <= {"talk", "paper"})
    True
    """
    return importlib.import_module(f"cnub.claims.{one_of('subject', subject, SUBJECTS)}").CLAIMS


def chapter_claims(chapter: str) -> list[Claim]:
    """The claims of one chapter of the book, from all its modules; raise :class:`cnub.DomainError` if it has none.

    Source: definition of the ledger.

    >>> print(set(chapter_claims("enhancement")) <= set(claims()))
    True
    """
    own = [subject for subject in SUBJECTS if f"{subject}_".startswith(f"{chapter}_")]
    return [claim for subject in own or [one_of("chapter", chapter, SUBJECTS)] for claim in subject_claims(subject)]


def recompute(source: str | None = None) -> list[Entry]:
    """Recompute every claim, once in a process, and return the ledger.

    Raises :class:`cnub.DomainError` outside these ranges.

    Source: definition of the verdicts.
    """
    return [judged(claim) for claim in claims(source)]


@cache
def judged(claim: Claim) -> Entry:
    """:func:`judge`, once in a process."""
    return judge(claim)


def tally(entries: list[Entry]) -> dict[str, int]:
    """How many claims have each verdict, in the order of ``VERDICTS``.

    Raises :class:`cnub.DomainError` outside these ranges.

    Source: definition of the verdicts.

    >>> print(tally([judge(claims()[0])]).values())
    dict_values([1])
    """
    return count_verdicts(entry.verdict for entry in entries)


def count_verdicts(verdicts: Iterable[str]) -> dict[str, int]:
    """How often each of ``VERDICTS`` is among ``verdicts``, in their order, without those that are not."""
    counts = Counter(verdicts)
    return {verdict: counts[verdict] for verdict in VERDICTS if counts[verdict]}
