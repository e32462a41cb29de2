"""How much of the peak rate slow light gives back, from the thermal average with exact kinematics.

Two readings of "slow light". The paper keeps the field of one photon as in vacuum and changes d omega/dk only. Light
slowed by a resonant medium is mostly excitation of that medium: the squared field of one quantum falls by the photon
fraction, which equals d omega/dk (:mod:`cnub.slow_light.bands`). Then narrower spread and weaker field cancel. Light
slowed by structure keeps the mean field, but only one harmonic of its Bloch wave is matched in phase
(:func:`cnub.slow_light.harmonics.harmonic_share`).
"""

from __future__ import annotations

from dataclasses import dataclass

from cnub.domain import DomainError, one_of, positive, representable, within
from cnub.fluorescence.averages import SLOPES, thermal_resonance
from cnub.fluorescence.channels import Channel
from cnub.fluorescence.decay import phase_space_factor, resonance_factor

FIELDS = ("vacuum", "stored", "structured")
"""``vacuum``: the field of one photon as in vacuum; ``stored``: slow because stored in a resonant medium;
``structured``: slow by structure, with the share of the field that is in the matched harmonic."""


@dataclass(frozen=True)
class Recovery:
    """Rate over the on-peak rate in vacuum at one ``slope``: ``fraction`` with its ``error_estimate``.

    ``resonance`` is the share of the peak that the gas average leaves, ``phase_space`` = D_k over that of vacuum,
    ``field`` the squared field of one photon over that in vacuum; the fraction is their product.
    """

    slope: float
    fraction: float
    error_estimate: float
    resonance: float
    phase_space: float
    field: float
    method: str


@representable
def recovery(
    chosen: Channel, width: float, slope: float, field: str = "vacuum", harmonic_share: float | None = None
) -> Recovery:
    """Rate with a photon band of ``slope`` = d omega/dk relative to the peak of Eq. (22) in vacuum, for the relic gas.

    ``width`` = Gamma_v in eV (> 0), ``slope`` 1e-12 to 1, ``field`` one of ``FIELDS``; ``harmonic_share`` (> 0 to 1) is
    that of :func:`cnub.slow_light.harmonics.harmonic_share`, for "structured" only. Raises :class:`cnub.DomainError`
    outside, or if the share is missing there or given elsewhere. 2507.10868v1, text after Eq. (24).
    """
    width, slope = positive("width", width), within("slope", slope, SLOPES[0], 1.0)
    squared = _squared_field(one_of("field", field, FIELDS), slope, harmonic_share)
    mean = thermal_resonance(chosen, width, photon_slope=slope)
    peak = resonance_factor(0.0, width)
    phase_space = phase_space_factor(chosen, slope) / phase_space_factor(chosen)
    scale = phase_space * squared / peak
    return Recovery(
        slope, mean.value * scale, mean.error_estimate * scale, mean.value / peak, phase_space, squared, mean.method
    )


def _squared_field(field: str, slope: float, harmonic_share: float | None) -> float:
    """The squared field of one photon over that in vacuum."""
    if (harmonic_share is None) == (field == "structured"):
        raise DomainError(f"harmonic_share must be given for the field 'structured', and for no other; got {field!r}")
    if harmonic_share is not None:
        return within("harmonic_share", positive("harmonic_share", harmonic_share), 0.0, 1.0)
    return slope if field == "stored" else 1.0
