"""From which curvature on a round attracting body holds its first trapped wave: four answers to four questions.

All are values of C = kR delta^1.5 = 1/(sqrt(2) kappa). In grazing units the well under the surface has the depth 1 and
a floor that rises with the slope kappa; s = kappa^(-2/3) is its depth in Airy's unit.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from scipy.special import ai_zeros, airy

from cnub.domain import within
from cnub.faces import later
from cnub.grazing.gallery import critical_curvature, gallery_resonances
from cnub.sphere.curvature import FIRST_TRAPPED

brentq = later("scipy.optimize", "brentq")

SIZES = (1e2, 1e13)
"""kR for which a width of one order spacing is sought."""


@dataclass(frozen=True)
class FirstWave:
    """C = kR delta^1.5 from which on there is a first wave, in four senses.

    ``bound``: held if the barrier were endless; ``above``: of an order above kR; ``phase``: its phase fits between the
    surface, if it vanished there, and its turning point (semiclassical; ``phase_exact`` by the zero of Ai); ``narrow``:
    narrower than one order spacing.
    """

    bound: float
    above: float
    phase: float
    phase_exact: float
    narrow: float


def first_wave(kR: float) -> FirstWave:
    """The four criteria for a ball of ``kR`` (1e2 to 1e13); only the last depends on it.

    Raises :class:`cnub.DomainError` outside this range.

    Source: derived from Airy functions joined at the surface.

    >>> found = first_wave(1e4)
    >>> print(f"{found.bound:.3f} {found.above:.2f} {found.phase:.2f} {found.narrow:.1f}")
    0.727 1.34 2.50 3.9
    """
    size = within("kR", kR, *SIZES)
    bound = criterion_of(critical_curvature())
    return FirstWave(bound, _above(), FIRST_TRAPPED, _of_depth(-float(ai_zeros(1)[0][0])), _narrow(size, bound))


def criterion_of(kappa: float) -> float:
    """kR delta^1.5 of a curvature ``kappa``."""
    return 1 / (math.sqrt(2) * kappa)


def _of_depth(depth):
    return depth**1.5 / math.sqrt(2)


def _above():
    """Where the wave that stands still at the surface, order kR, joins the growing one outside: Ai'/Ai = Bi'/Bi."""
    _, _, bi, slope = airy(0.0)

    def mismatch(depth):
        ai, dai, _, _ = airy(-depth)
        return dai / ai - slope / bi

    return _of_depth(brentq(mismatch, 1.1, 2.2, xtol=1e-14))


def width_in_orders(criterion: float, kR: float) -> float:
    """Width of the first wave in orders, kR delta times its width in grazing units, at C = ``criterion``."""
    delta = (criterion / kR) ** (2 / 3)
    return kR * delta * gallery_resonances(1 / (math.sqrt(2) * criterion))[0].width


def _narrow(kR, least):
    return brentq(lambda c: math.log(width_in_orders(c, kR)), 1.02 * least, 30.0, xtol=1e-10)
