"""What the scatterers do meanwhile: elastic scattering adds amplitudes, what changes or marks a scatterer adds squares.

For scatterers that move independently about their places, <|M|^2> over their motion splits exactly into |<M>|^2, the
elastic part with the factor of Debye and Waller, and the rest, N (1 - exp(-2W)): each of its final states has one
scatterer that moves differently. It is the same with amplitudes that differ from one scatterer to the next, by spin or
isotope: the mean of them is coherent, their variance is not.
"""

from __future__ import annotations

import numpy as np

from cnub.domain import finite_array, integer, non_negative, representable


@representable
def debye_waller(q: object, displacement: float) -> np.ndarray:
    """exp(-2W) = exp(-q^2 u^2) of a momentum transfer ``q`` (any shape, >= 0) and ``displacement`` u (>= 0).

    u is the root mean square along one axis, in the inverse unit of ``q``. Raises :class:`cnub.DomainError` outside
    these ranges.
    """
    return np.exp(-((finite_array("q", q, low=0.0) * non_negative("displacement", displacement)) ** 2))


@representable
def elastic_and_inelastic(
    static: object, count: int, q: object, displacement: float, spread: float = 0.0
) -> tuple[np.ndarray, np.ndarray]:
    """The parts of S(q) that leave all of ``count`` scatterers as they were, and that leave one of them changed.

    ``static`` is |sum exp(i q.x)|^2 of the places (>= 0, of the shape of ``q``); ``displacement`` as for
    :func:`debye_waller`; ``spread`` (>= 0) the variance over the squared mean of their amplitudes. Raises
    :class:`cnub.DomainError` outside these ranges.

    >>> elastic, inelastic = elastic_and_inelastic(100.0**2, 100, 0.0, displacement=0.1, spread=0.5)
    >>> float(elastic), float(inelastic)
    (10000.0, 50.0)
    """
    number, kept = integer("count", count, 1), debye_waller(q, displacement)
    moved = -np.expm1(-((finite_array("q", q, low=0.0) * displacement) ** 2))
    return kept * finite_array("static", static, low=0.0), number * (moved + non_negative("spread", spread))
