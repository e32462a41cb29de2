"""Every quantitative claim of the talk and the paper, recomputed."""

from __future__ import annotations

import importlib
from collections import Counter

from cnub.claims.ledger import SOURCES, VERDICTS, Claim, Entry, judge
from cnub.domain import one_of

SUBJECTS: tuple[str, ...] = (
    "relic",
    "mixing",
    "coherence",
    "forces",
    "stodolsky",
    "plane",
    "sphere",
    "semiclassical",
    "curvature",
    "bessel",
    "fluorescence",
    "fluorescence_kinematics",
    "fluorescence_factors",
    "fluorescence_rates",
    "slow_light",
    "discovery",
    "enhancement",
    "nonlinear_optics",
)
"""The modules of claims, in the order of the book."""

__all__ = [
    "SOURCES",
    "SUBJECTS",
    "VERDICTS",
    "Claim",
    "Entry",
    "claims",
    "judge",
    "recompute",
    "subject_claims",
    "tally",
]


def claims(source: str | None = None) -> list[Claim]:
    """All claims, or those of one source ("talk" or "paper"); raise :class:`cnub.DomainError` on another source."""
    if source is not None:
        one_of("source", source, SOURCES)
    every = [claim for subject in SUBJECTS for claim in subject_claims(subject)]
    return [claim for claim in every if source in (None, claim.source)]


def subject_claims(subject: str) -> list[Claim]:
    """The claims of one module; raise :class:`cnub.DomainError` unless ``subject`` is one of ``SUBJECTS``."""
    return importlib.import_module(f"cnub.claims.{one_of('subject', subject, SUBJECTS)}").CLAIMS


def recompute(source: str | None = None) -> list[Entry]:
    """Recompute every claim and return the ledger."""
    return [judge(claim) for claim in claims(source)]


def tally(entries: list[Entry]) -> dict[str, int]:
    """How many claims have each verdict, in the order of ``VERDICTS``."""
    counts = Counter(entry.verdict for entry in entries)
    return {verdict: counts[verdict] for verdict in VERDICTS if counts[verdict]}
