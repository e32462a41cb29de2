"""What the laboratory and cosmology say about the neutrino masses, with the sources of the numbers."""

from __future__ import annotations

from dataclasses import dataclass

from cnub.domain import DomainError, positive
from cnub.faces import later
from cnub.oscillation import HEAVIEST, NUFIT_RELEASE, ORDERINGS, masses

brentq = later("scipy.optimize", "brentq")

__all__ = ["BOUNDS", "JUNO", "Bound", "mass_sum"]


@dataclass(frozen=True)
class Bound:
    """An upper bound in eV on ``quantity`` ("mass" of a single state, or "sum" of the three), with its source."""

    name: str
    quantity: str
    value: float
    source: str


BOUNDS = {
    "KATRIN": Bound("KATRIN", "mass", 0.45, "KATRIN Collaboration, Science 388 (2025) 180, arXiv:2406.13516, 90 % CL"),
    "DESI": Bound("DESI", "sum", 0.0642, "DESI DR2, arXiv:2503.14744, 95 % CL in LambdaCDM with a sum >= 0"),
}
"""The effective mass of tritium decay; the sum from galaxies and the CMB, in an assumed cosmology."""

JUNO = {"sin2_12": (0.3092, 0.0087), "dm2_21": (7.50e-5, 0.12e-5)}
"""First result of JUNO (arXiv:2511.14593), best fit and 1 sigma, normal ordering assumed; dm2_21 in eV^2."""


def mass_sum(ordering: str, lightest_mass: float = 0.0, nufit: str = NUFIT_RELEASE) -> float:
    """Sum of the three masses in eV for the lightest of them in eV (0 to 100).

    Raises :class:`cnub.DomainError` outside these ranges.

    Source: talk, 'Challenges'.

    >>> print(f'{mass_sum("IO"):.4f}')
    0.0989
    """
    return sum(masses(ordering, lightest_mass, nufit))


def lightest_for_sum(ordering: str, total: float, nufit: str = NUFIT_RELEASE) -> float:
    """Lightest mass in eV at which the three add up to ``total`` (eV); inverse of :func:`mass_sum`.

    Raises :class:`cnub.DomainError` if ``total`` is below the smallest sum of the ordering.

    Source: derived from the masses of the two orderings.

    >>> print(f'{lightest_for_sum("NO", 0.0642):.4f}')
    0.0042
    """
    wanted, least = positive("total", total), mass_sum(ordering, 0.0, nufit)
    if not least <= wanted <= HEAVIEST:
        raise DomainError(
            f"total must be >= {least:.4g} eV, the smallest sum of {ordering}, and <= {HEAVIEST:g}; got {total:g}"
        )
    return float(brentq(lambda mass: mass_sum(ordering, mass, nufit) - wanted, 0.0, wanted, xtol=1e-15))


def standing(ordering: str, lightest_mass: float) -> dict[str, bool]:
    """Whether each of ``BOUNDS`` allows this lightest mass (eV, 0 to 100): KATRIN the heaviest state, DESI the sum.

    Raises :class:`cnub.DomainError` outside these ranges.

    Source: KATRIN Collaboration, Science 388 (2025) 180; DESI Collaboration, arXiv:2503.14744.

    >>> print(standing("NO", 0.1))
    {'KATRIN': True, 'DESI': False}
    """
    found = {"mass": max(masses(ordering, lightest_mass)), "sum": mass_sum(ordering, lightest_mass)}
    return {name: found[bound.quantity] < bound.value for name, bound in BOUNDS.items()}


def in_words(lightest_mass: float) -> str:
    """What the bounds say of a lightest mass in eV (0 to 100), as a clause for a page.

    Raises :class:`cnub.DomainError` outside these ranges.
    """
    sums = " or ".join(f"{mass_sum(ordering, lightest_mass):.2g} eV ({ordering})" for ordering in ORDERINGS)
    allowed = {ordering: standing(ordering, lightest_mass) for ordering in ORDERINGS}
    by_cosmology = _said({ordering: one["DESI"] for ordering, one in allowed.items()}, "disfavours")
    by_decay = _said({ordering: one["KATRIN"] for ordering, one in allowed.items()}, "excludes")
    return (
        f"a lightest mass of {lightest_mass:g} eV is one that tritium decay {by_decay} (each below "
        f"{BOUNDS['KATRIN'].value:g} eV, KATRIN); the three masses then add up to {sums}, which cosmology "
        f"{by_cosmology} (below {BOUNDS['DESI'].value:g} eV, DESI DR2)"
    )


def _said(allowed: dict[str, bool], otherwise: str) -> str:
    if len(set(allowed.values())) == 1:
        return "allows" if all(allowed.values()) else otherwise
    yes, no = (next(name for name, holds in allowed.items() if holds is wanted) for wanted in (True, False))
    return f"allows in {yes} and {otherwise} in {no}"
