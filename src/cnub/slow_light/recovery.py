"""How much of the peak rate slow light gives back, from the thermal average with exact kinematics.

Three readings of "slow light". The paper keeps the field of one photon as in vacuum and changes d omega/dk only. Light
slowed by a resonant medium is mostly excitation of that medium: the squared field of one quantum falls by the photon
fraction, which equals d omega/dk (:mod:`cnub.slow_light.bands`). Then narrower spread and weaker field cancel. Light
slowed by structure keeps the mean field, but only one harmonic of its Bloch wave is matched in phase
(:func:`cnub.slow_light.harmonics.harmonic_share`), at a |k| above omega: :func:`chain_recovery`.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from cnub.domain import DomainError, one_of, positive, representable, within
from cnub.faces import later
from cnub.fluorescence.averages import SLOPES, ThermalResonance, thermal_resonance
from cnub.fluorescence.channels import Channel
from cnub.fluorescence.decay import field_bound, phase_space_factor, resonance_factor
from cnub.fluorescence.kinematics import LinearBand
from cnub.relic import component_rms
from cnub.slow_light.crystal import LayeredCrystal, cavity_chain
from cnub.slow_light.harmonics import harmonic_share

brentq = later("scipy.optimize", "brentq")

FIELDS = ("vacuum", "stored")
"""``vacuum``: the field of one photon as in vacuum; ``stored``: slow because stored in a resonant medium."""
INSIDE = 3.0
"""Times the rms of one component of the gas that must lie in the band of a chain: then its tangent is good to 3 %."""


@dataclass(frozen=True)
class Recovery:
    """Rate over the on-peak rate in vacuum at one ``slope``: ``fraction`` with its ``error_estimate``.

    ``resonance`` is the share of the peak that the gas average leaves, ``phase_space`` = |k|^2 D_k over that of
    vacuum, ``field`` the squared field of one photon over that in vacuum; the fraction is their product.
    """

    slope: float
    fraction: float
    error_estimate: float
    resonance: float
    phase_space: float
    field: float
    method: str


@representable
def recovery(chosen: Channel, width: float, slope: float, field: str = "vacuum") -> Recovery:
    """Rate with a photon band of ``slope`` = d omega/dk relative to the peak of Eq. (22) in vacuum, for the relic gas.

    ``width`` = Gamma_v in eV (> 0), ``slope`` 1e-12 to 1, ``field`` one of ``FIELDS``. Raises
    :class:`cnub.DomainError` outside. 2507.10868v1, text after Eq. (24).
    """
    width, slope = positive("width", width), within("slope", slope, SLOPES[0], 1.0)
    squared = slope if one_of("field", field, FIELDS) == "stored" else 1.0
    mean = thermal_resonance(chosen, width, photon_slope=slope)
    return _recovery(mean, width, slope, phase_space_factor(chosen, slope) / phase_space_factor(chosen), squared)


@representable
def chain_recovery(chosen: Channel, width: float, pairs: int) -> Recovery:
    """The same for emission along a chain of cavities between mirrors of ``pairs`` layer pairs, silicon and vacuum.

    The chain is that of :func:`matched_chain`, the level in the middle of its band, of which the tangent is taken;
    ``field`` is the part of the quantum's |B|^2 in the matched harmonic, for dipoles that fill the chain evenly.
    ``width`` = Gamma_v in eV (> 0). It holds along the axis, as the band is flat in a small cone
    (:func:`cnub.slow_light.crystal.flat_cone`). Raises :class:`cnub.DomainError` outside, or where the gas is wider
    than the band.
    """
    width, chain = positive("width", width), matched_chain(chosen, pairs)
    k, half_band = chain.middle, math.pi / (2 * chain.period)
    if INSIDE * component_rms() > half_band:
        raise DomainError(
            f"pairs must leave {INSIDE:g} times the rms of the gas inside the band of {chosen.name}, "
            f"{half_band:.2g} eV to each side; got {pairs}"
        )
    omega, slope = float(chain.omega(k)), float(chain.group_velocity(k))
    mean = thermal_resonance(chosen, width, omega, dispersion=LinearBand(k, omega, slope))
    bound = float(field_bound(k, omega))  # of the plane wave at rest, counted in ``field``
    mean = replace(mean, value=mean.value / bound, error_estimate=mean.error_estimate / bound)
    depth = 1 / (slope + k / math.hypot(chosen.final_mass, k))
    phase_space = (k / chosen.photon_momentum) ** 2 * depth / phase_space_factor(chosen)
    return _recovery(mean, width, slope, phase_space, harmonic_share(chain, k) * omega / chosen.photon_energy)


def matched_chain(chosen: Channel, pairs: int) -> LayeredCrystal:
    """The cavity chain of ``pairs`` layer pairs whose middle a neutrino at rest meets: omega + E_j'(k) = m_i."""
    m_i, m_j = chosen.initial_mass, chosen.final_mass
    slowness = cavity_chain(pairs, 1.0).middle  # k over omega, the same at every scale
    energy = brentq(lambda w: w + math.hypot(m_j, slowness * w) - m_i, 0.0, m_i - m_j, xtol=1e-18, rtol=1e-15)
    return cavity_chain(pairs, energy)


def _recovery(mean: ThermalResonance, width: float, slope: float, phase_space: float, field: float) -> Recovery:
    peak = resonance_factor(0.0, width)
    scale = phase_space * field / peak
    return Recovery(
        slope, mean.value * scale, mean.error_estimate * scale, mean.value / peak, phase_space, field, mean.method
    )
