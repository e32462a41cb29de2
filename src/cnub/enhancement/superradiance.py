"""The Lambda system prepared in a superposition of its two ground states (Sec. III of 2507.10868v1).

nu_i + |e> -> nu_j + gamma + |g>: the neutrino drives e -> v (M1), the photon is emitted in v -> g (E1). The amplitudes
of different atoms add up only through their coherence rho_eg = <e|psi><psi|g>.
"""

from __future__ import annotations

import math

from cnub.constants import SPEED_OF_LIGHT_M_PER_S
from cnub.domain import integer, positive, representable, within
from cnub.enhancement.stark import PAPER_RATIO

LARGEST_COHERENCE = 0.5
"""|rho_eg| <= sqrt(rho_ee rho_gg) <= 1/2."""


def prepared_coherence(angle: float) -> float:
    """|rho_eg| of cos(angle)|g> + sin(angle)|e>, sin(2 angle)/2; ``angle`` in [0, pi/2].

    Raises :class:`cnub.DomainError` outside these ranges.

    Source: Section III of 2507.10868v1.

    >>> print(f"{prepared_coherence(angle=0.5):.3f}")
    0.421
    """
    return 0.5 * math.sin(2 * within("angle", angle, 0.0, math.pi / 2))


@representable
def mean_square_coherence(coherence: float, dephasing_time: float, period: float) -> float:
    """Average of rho_eg^2 over a run that prepares it anew every ``period``: what the rate is proportional to.

    rho^2 T_2 (1 - exp(-2 t/T_2))/(2 t); times in one unit, both > 0. Raises :class:`cnub.DomainError` outside these
    ranges.

    Source: Section III of 2507.10868v1.

    >>> print(f"{mean_square_coherence(coherence=0.5, dephasing_time=1e-9, period=1.0):.2e}")
    1.25e-10
    """
    coherence = within("coherence", coherence, 0.0, LARGEST_COHERENCE)
    x = 2 * positive("period", period) / positive("dephasing_time", dephasing_time)
    return coherence**2 * -math.expm1(-x) / x


@representable
def collective_factor(count: int, coherence: float, population: float) -> float:
    """Mean of |sum_r e^{i phi_r} ...|^2 for N independent atoms: N (N - 1) rho_eg^2 + N rho_ee, phases matched.

    ``count`` N >= 1, ``coherence`` |rho_eg|, ``population`` rho_ee in [0, 1]. The first term is superradiant; the
    second is what is left without coherence. Raises :class:`cnub.DomainError` unless |rho_eg|^2 <= rho_ee (1 - rho_ee).

    Source: Section III of 2507.10868v1.

    >>> print(f"{collective_factor(count=100, coherence=0.5, population=0.5):.1f}")
    2525.0
    """
    count, population = integer("count", count, 1), within("population", population, 0.0, 1.0)
    largest = math.sqrt(population * (1 - population)) + 1e-12
    coherence = within("coherence", coherence, 0.0, largest)
    return count * (count - 1) * coherence**2 + count * population


@representable
def lambda_enhancement(coherence: float, ratio: float = PAPER_RATIO, energy_ratio: float = 1.0) -> float:
    """Rate over that of the M1 transition with all atoms in |g>, rho_eg^2 (d_E1/d_M1)^2 w_gamma/w_0, first order.

    ``energy_ratio`` = w_gamma/w_0 (> 0), the photon's energy over the one that the neutrino gives at the same recoil:
    they differ by that of e. With 1, at most ratio^2/4. Raises :class:`cnub.DomainError` outside these ranges.

    Source: Section III of 2507.10868v1.

    >>> print(f"{lambda_enhancement(coherence=0.5):.0f}")
    4695
    """
    gain = within("coherence", coherence, 0.0, LARGEST_COHERENCE) ** 2 * positive("ratio", ratio) ** 2
    return gain * positive("energy_ratio", energy_ratio)


@representable
def dicke_time(lifetime: float, density: float, wavelength: float, length: float) -> float:
    """Time in which the prepared medium radiates e -> g by itself, 8 pi tau/(3 n lambda^2 l) (Gross and Haroche 1982).

    ``lifetime`` tau of |e> in any unit of time (returned), density, wavelength, length in one unit of length, all > 0.
    The coherence cannot outlive it: what is in phase for the signal is in phase for the decay of |e>. Raises
    :class:`cnub.DomainError` outside these ranges.

    Source: M. Gross and S. Haroche, Phys. Rep. 93 (1982) 301.

    >>> print(f"{dicke_time(lifetime=1e-9, density=1e24, wavelength=1e-6, length=1e-2):.1e}")
    8.4e-19
    """
    optical = positive("density", density) * positive("wavelength", wavelength) ** 2 * positive("length", length)
    return 8 * math.pi * positive("lifetime", lifetime) / (3 * optical)


@representable
def collective_decay_s(lifetime_s: float, density_per_cm3: float, wavelength_m: float, length_m: float) -> float:
    """Time in seconds in which the coherence of e and g turns into light: that of :func:`dicke_time`, or longer.

    That formula lets the light leave at once. Where it asks for less than light takes to cross the medium, the light
    stays and is taken back: no coherence is lost before a quarter of a Rabi cycle of the collective coupling,
    g^2 = 3 n lambda^2 c/(8 pi tau). All arguments > 0. Raises :class:`cnub.DomainError` outside these ranges.

    Source: as :func:`dicke_time`; derived from g^2 = n d^2 omega/2 with d^2 = 3 pi/(tau omega^3).

    >>> print(f"{collective_decay_s(1.0, 6.02e23, 1.24e-6, 3.0):.1e}")
    2.7e-13
    """
    density, length = 1e6 * positive("density_per_cm3", density_per_cm3), positive("length_m", length_m)
    leaving = dicke_time(positive("lifetime_s", lifetime_s), density, positive("wavelength_m", wavelength_m), length)
    coupling = math.sqrt(SPEED_OF_LIGHT_M_PER_S / length / leaving)
    return max(leaving, math.pi / 2 / coupling)
