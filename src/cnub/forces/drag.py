"""The push of the wind: what a ball that drifts through the gas takes of its momentum, of second order in G_F.

In the frame of the ball a state of momentum p, at the angle theta to the wind, is as full as that of energy gamma (E -
u p cos theta) in the frame of the gas (:mod:`cnub.sky.wind`), and the force is the integral of its mean with cos(theta)
times v, p and sigma_tr(p), the transport cross-section. To first order in u that is u/3 times the integral of (-f')
p^2 sigma_tr; but the wind of the Earth outruns half of a gas of 0.4 eV, and there the first order says nothing.
"""

from __future__ import annotations

import math

import numpy as np

from cnub.coherence.cross_sections import target_cross_section
from cnub.constants import CENTIMETRE, GRAM, METRE
from cnub.domain import non_negative, one_of, positive, representable, within
from cnub.forces.gradient import CM_PER_S2
from cnub.forces.stodolsky import EARTH_SPEED
from cnub.matter import material
from cnub.oscillation import NATURES
from cnub.quadrature import panels
from cnub.relic import TEMPERATURE
from cnub.sky.wind import filling

SLOWEST, FASTEST = 0.02, 40.0
"""p/T between which a gas at rest is integrated."""
PANELS, NODES = 24, 8
"""Twice the nodes, from a quarter of `SLOWEST`, move the force by 2e-4 at most, for balls of 1 cm."""
ABOUT = np.arange(-40.0, 41.0, 2.0)
"""Edges of panels in T about the momentum E u of the wind, where the gas is if the wind is faster than it."""


@representable
def drag_acceleration(
    radius_m: float = 1e-4,
    mass: float = 0.1,
    nature: str = "dirac",
    body: str = "iron",
    clustering: float = 1.0,
    drift: float = EARTH_SPEED,
) -> float:
    """Acceleration in cm/s^2 of a ball along the wind of one flavour, neutrinos and antineutrinos, to second order.

    ``radius_m`` of the ``body``, a material, ``mass`` in eV, ``clustering`` the density over the cosmic mean (> 0),
    ``drift`` in units of c (0 to 0.01), slower or faster than the gas. First Born order; electron flavour, whose
    charge is 3Z - A. Raises :class:`cnub.DomainError` outside these ranges, and for a body too large for that order.

    Source: talk, 'How many G_F's for the force?' (powers of the critical angle).

    >>> print(f"{drag_acceleration(radius_m=1e-4, mass=0.1):.0e}")
    6e-33
    """
    one_of("nature", nature, NATURES)
    matter, u = material(body), within("drift", drift, 0.0, 0.01)
    momenta, weights = _momenta(non_negative("mass", mass) * u)
    along = filling(momenta, mass, u)[1]
    speeds = momenta / np.hypot(momenta, mass)
    sections = np.array([_transport(radius_m, mass, p, nature, matter) for p in momenta])
    integral = float(np.sum(weights * along * speeds * momenta * 4 * math.pi * momenta**2 * sections))
    kinds = 2  # neutrinos and antineutrinos, or both helicities
    force = positive("clustering", clustering) * kinds * integral / (2 * math.pi) ** 3
    ball = 4 / 3 * math.pi * (radius_m * METRE) ** 3 * matter.density_g_per_cm3 * GRAM / CENTIMETRE**3
    return force / ball / CM_PER_S2


def _momenta(wind):
    """Momenta in eV and the weights of an integral over them; ``wind`` is that of a neutrino that flies with it."""
    edges = np.geomspace(SLOWEST, FASTEST + wind / TEMPERATURE, PANELS + 1)
    if wind > TEMPERATURE:
        edges = np.unique(np.concatenate([edges, wind / TEMPERATURE + ABOUT]))
    return tuple(part.ravel() for part in panels(edges[edges >= SLOWEST] * TEMPERATURE, NODES))


def _transport(radius_m, mass, momentum, nature, matter):
    charge = 3 * matter.z_over_a - 1  # 3Z - A per nucleon
    found = target_cross_section("transport", radius_m, mass, momentum, nature, charge, matter.density_g_per_cm3)
    return found.cross_section_m2 * METRE**2
