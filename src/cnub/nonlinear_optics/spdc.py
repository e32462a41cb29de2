"""Phase matching of parametric down-conversion in a uniaxial crystal (Appendix A of 2507.10868v1).

gamma_P -> gamma_S + gamma_I with omega_P = omega_S + omega_I and k_P = k_S + k_I: the same condition as q = 0 in
Eq. (1), with the birefringence of the crystal making it solvable. Refractive indices of beta-barium borate from two
published Sellmeier fits; angles in radians, wavelengths in micrometres, all for the pump along z and the optic axis in
the x-z plane.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from cnub.domain import DomainError, finite, one_of, positive, representable, within
from cnub.faces import later

brentq = later("scipy.optimize", "brentq")

TYPES = {"I": ("o", "o"), "II": ("o", "e")}
"""Polarizations of signal and idler: both ordinary, or ordinary signal and extraordinary idler; the pump is e."""
_SCAN = 100
_WIDEST = 0.5


@dataclass(frozen=True)
class Crystal:
    """A negative uniaxial crystal: n^2 = A + B/(l^2 - C) + D l^2 for the o and e rays, l in micrometres.

    ``ordinary`` and ``extraordinary`` hold (A, B, C, D), ``range_um`` the wavelengths they were fitted for, ``source``
    the publication.
    """

    name: str
    ordinary: tuple[float, float, float, float]
    extraordinary: tuple[float, float, float, float]
    range_um: tuple[float, float]
    source: str

    def index(self, wavelength_um: float, polarization: str, axis_angle: float = math.pi / 2) -> float:
        """n of the ray ``o`` or ``e`` whose wave vector makes ``axis_angle`` (rad) with the optic axis.

        1/n_e(theta)^2 = cos^2(theta)/n_o^2 + sin^2(theta)/n_e^2. Raises :class:`cnub.DomainError` outside the range
        of the fit.
        """
        one_of("polarization", polarization, ("o", "e"))
        wavelength = within("wavelength_um", wavelength_um, *self.range_um)
        n_o = _sellmeier(self.ordinary, wavelength)
        if polarization == "o":
            return n_o
        n_e = _sellmeier(self.extraordinary, wavelength)
        angle = finite("axis_angle", axis_angle)
        return 1 / math.sqrt((math.cos(angle) / n_o) ** 2 + (math.sin(angle) / n_e) ** 2)


BBO = Crystal(
    "beta-BaB2O4",
    (2.7359, 0.01878, 0.01822, -0.01354),
    (2.3753, 0.01224, 0.01667, -0.01516),
    (0.205, 3.0),
    "K. Kato, IEEE J. Quantum Electron. 22 (1986) 1013",
)
BBO_EIMERL = Crystal(
    "beta-BaB2O4",
    (2.7405, 0.0184, 0.0179, -0.0155),
    (2.3730, 0.0128, 0.0156, -0.0044),
    (0.22, 1.0642),
    "D. Eimerl et al., J. Appl. Phys. 62 (1987) 1968",
)


@representable
def idler_wavelength(pump_um: float, signal_um: float) -> float:
    """Wavelength of the idler, 1/l_P - 1/l_S = 1/l_I; raises :class:`cnub.DomainError` unless l_S > l_P > 0."""
    pump, signal = positive("pump_um", pump_um), positive("signal_um", signal_um)
    if signal <= pump:
        raise DomainError(f"signal_um must be longer than the pump, {pump:g}; got {signal:g}")
    return 1 / (1 / pump - 1 / signal)


@representable
def phase_matching_angle(crystal: Crystal, pump_um: float, kind: str = "I") -> float:
    """Angle (rad) between pump and optic axis for collinear, degenerate down-conversion of type ``I`` or ``II``.

    Raises :class:`cnub.DomainError` if no angle matches at this pump wavelength.

    Source: derived from phase matching in a uniaxial crystal.

    >>> print(f"{np.degrees(phase_matching_angle(BBO, pump_um=0.4)):.1f}")
    29.2
    """
    one_of("kind", kind, TYPES)
    low, high = crystal.range_um
    pair = 2 * within("pump_um", pump_um, low, high / 2)

    def mismatch(angle):
        indices = [crystal.index(pair, polarization, angle) for polarization in TYPES[kind]]
        return crystal.index(pump_um, "e", angle) - sum(indices) / 2

    if mismatch(1e-6) * mismatch(math.pi / 2) > 0:
        raise DomainError(f"pump_um must allow type {kind} matching in {crystal.name}; got {pump_um:g}")
    return brentq(mismatch, 1e-6, math.pi / 2, xtol=1e-14)


@representable
def wave_mismatch(
    crystal: Crystal, pump_um: float, axis_angle: float, signal_um: float, polar: float, azimuth: float, kind: str = "I"
) -> float:
    """|k_P - k_S| - n_I omega_I in rad/um: zero where an idler exists that matches momentum and energy.

    The pump runs along z at ``axis_angle`` from the optic axis, the signal at (``polar``, ``azimuth``) inside the
    crystal; all in rad. Raises :class:`cnub.DomainError` outside the range of the Sellmeier fits.
    """
    one_of("kind", kind, TYPES)
    pump_um, signal_um = (
        within(name, value, *crystal.range_um) for name, value in (("pump_um", pump_um), ("signal_um", signal_um))
    )
    idler_um = idler_wavelength(pump_um, signal_um)
    if idler_um > crystal.range_um[1]:
        raise DomainError(f"signal_um must leave an idler of at most {crystal.range_um[1]:g} um; got {signal_um:g}")
    axis_angle, polar, azimuth = finite("axis_angle", axis_angle), finite("polar", polar), finite("azimuth", azimuth)
    return _mismatch(crystal, (pump_um, signal_um, idler_um), axis_angle, polar, azimuth, TYPES[kind])


@representable
def emission_angles(
    crystal: Crystal, pump_um: float, axis_angle: float, signal_um: float, azimuth: float, kind: str = "I"
) -> list[float]:
    """Internal polar angles (rad, below 0.5) at which the signal is emitted in the half-plane ``azimuth``.

    None, one (inside a cone) or two (a cone that does not enclose the pump); arguments as :func:`wave_mismatch`. Raises
    :class:`cnub.DomainError` outside these ranges.

    Source: derived from phase matching in a uniaxial crystal.

    >>> angle = phase_matching_angle(BBO, pump_um=0.4)
    >>> print(len(emission_angles(BBO, 0.4, angle + 0.01, signal_um=0.8, azimuth=0.0)))
    1
    """
    polar = np.linspace(0.0, _WIDEST, _SCAN + 1)

    wave_mismatch(crystal, pump_um, axis_angle, signal_um, 0.0, azimuth, kind)  # refuses what is out of range
    wavelengths = pump_um, signal_um, idler_wavelength(pump_um, signal_um)

    def mismatch(angle):
        return _mismatch(crystal, wavelengths, axis_angle, angle, azimuth, TYPES[kind])

    values = [mismatch(angle) for angle in polar]
    changes = [i for i in range(_SCAN) if values[i] * values[i + 1] < 0]
    return [brentq(mismatch, polar[i], polar[i + 1], xtol=1e-13) for i in changes]


@representable
def external_angle(crystal: Crystal, wavelength_um: float, internal: float) -> float:
    """Angle (rad) outside a face normal to the pump of an ordinary ray at ``internal`` (rad), by Snell's law."""
    sine = crystal.index(wavelength_um, "o") * math.sin(finite("internal", internal))
    if abs(sine) > 1:
        raise DomainError(f"internal must be below the critical angle; got {internal!r}")
    return math.asin(sine)


def _sellmeier(coefficients, wavelength):
    a, b, c, d = coefficients
    squared = wavelength * wavelength
    return math.sqrt(a + b / (squared - c) + d * squared)


def _mismatch(crystal, wavelengths, axis_angle, polar, azimuth, polarizations):
    """The mismatch for wavelengths of pump, signal and idler that were checked, and polarizations of the pair."""
    pump_um, signal_um, idler_um = wavelengths
    axis = math.sin(axis_angle), 0.0, math.cos(axis_angle)
    along = math.sin(polar) * math.cos(azimuth), math.sin(polar) * math.sin(azimuth), math.cos(polar)
    pump = _wave_number(crystal, pump_um, "e", (0.0, 0.0, 1.0), axis)
    signal = _wave_number(crystal, signal_um, polarizations[0], along, axis)
    idler = -signal * along[0], -signal * along[1], pump - signal * along[2]
    length = math.hypot(*idler)
    return length - _wave_number(crystal, idler_um, polarizations[1], [q / length for q in idler], axis)


def _wave_number(crystal, wavelength_um, polarization, direction, axis):
    cosine = min(1.0, abs(sum(a * b for a, b in zip(direction, axis, strict=True))))
    return 2 * math.pi / wavelength_um * crystal.index(wavelength_um, polarization, math.acos(cosine))
