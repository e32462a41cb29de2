"""A torsion balance of its own: spins on a fibre, the angle by which the wind of neutrinos turns them, and its noise.

N spins across the wind feel the torque N dE/2; a fibre of torsion constant kappa turns by tau/kappa. What the fibre
loses (kappa (1 + i/Q), structural) shakes it with the torque noise 4 k_B T kappa/(Q omega) per Hz at the frequency
omega at which a turntable modulates the signal; after a time t its amplitude is known to the root of that over t.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from cnub.constants import GRAM, JULIAN_YEAR_S, KELVIN, METRE, SECOND
from cnub.domain import positive, representable

JOULE = 1e3 * GRAM * METRE**2 / SECOND**2
"""One N m in eV."""
PUBLISHED_B_EV = 5.0e-21
PUBLISHED_SPINS = 9e22
"""|b| of V = -sigma b, in eV, and polarised electrons of a spin pendulum: B. R. Heckel et al. 2006, hep-ph/0606218."""
PUBLISHED_SPLITTING_EV = 2 * PUBLISHED_B_EV
"""The splitting that it excludes: 2 b."""


@dataclass(frozen=True)
class TorsionBalance:
    """Signal and thermal noise: torques in N m, angles in rad, and the splitting in eV at which they are equal."""

    torque_Nm: float
    angle_rad: float
    noise_torque_Nm: float
    noise_angle_rad: float
    reach_eV: float
    shortfall: float


@representable
def torsion_balance(
    splitting: float,
    spins: float = PUBLISHED_SPINS,
    kappa_Nm: float = 1e-8,
    quality: float = 2000.0,
    temperature_K: float = 300.0,
    period_s: float = 3600.0,
    time_s: float = JULIAN_YEAR_S,
) -> TorsionBalance:
    """Torque and angle of ``spins`` polarised electrons split by ``splitting`` (eV) across the wind, and their noise.

    ``kappa_Nm`` the fibre's torsion constant in N m/rad, ``quality`` its Q, ``temperature_K``, ``period_s`` of the
    modulation, slow against the pendulum, ``time_s`` of the average. All > 0. Raises :class:`cnub.DomainError`
    otherwise.

    Source: P. R. Saulson, Phys. Rev. D 42 (1990) 2437.

    >>> found = torsion_balance(1.75e-38, 9e22, 1e-8, 2000.0, 300.0, 3600.0, 3.15576e7)
    >>> print(f"{found.angle_rad:.1e} {found.noise_angle_rad:.1e}")
    1.3e-26 1.2e-10
    """
    count, kappa = positive("spins", spins), positive("kappa_Nm", kappa_Nm)
    energy = positive("temperature_K", temperature_K) * KELVIN / JOULE
    per_hertz = 4 * energy * kappa / (positive("quality", quality) * 2 * math.pi / positive("period_s", period_s))
    noise = math.sqrt(per_hertz / positive("time_s", time_s))
    torque = count * positive("splitting", splitting) / 2 / JOULE
    reach = 2 * noise * JOULE / count
    return TorsionBalance(torque, torque / kappa, noise, noise / kappa, reach, noise / torque)
