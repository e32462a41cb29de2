"""The golden rule with the response of a medium: what the neutrino excites is Im chi, and Maxwell's equations give chi.

n_d dipoles answer a local field with the polarizability alpha(w), |v> above |g> and, beyond the rotating wave, also
below it. The field at momentum k is that of the polarization M itself, D M = [k^2/(k^2 - w^2) P - local] M with P the
projector across k: the field B inside a medium, less ``local`` = 2/3 of M for the field at a dipole (Lorentz). Then
chi = alpha/(1 - D alpha), the neutrino of momentum transfer k and energy transfer w = E_i - E_j'(k) excites
Im tr[T chi] with T its averaged currents, and the part chi^dagger Im(D) chi of it leaves as photons when light
decays at the rate ``escape``. Nothing is counted in powers of the coupling: a witness for the closed form
(:func:`cnub.fluorescence.polariton.on_shell_yield`) and for what lies beyond it.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from cnub.domain import DomainError, one_of, positive, representable, within
from cnub.fluorescence.channels import Channel
from cnub.fluorescence.currents import trace_tensor

LORENTZ = 2 / 3
"""Share of M that the field at a dipole lacks of B: H + M/3 = B - 2 M/3, random or cubic places."""
POINTS_PER_WIDTH = 12
"""Points per width, that of light divided by (1 + 1/v_j)/2 along the neutrino's line: good to exp(-6 pi)."""
MOST_POINTS = 200_000
"""Points of a spectrum: half a second."""
SHAPES = {
    "spin flip": np.array([1, 1j, 0]) / math.sqrt(2),
    "fixed": np.array([0, 0, 1], dtype=complex),
}
"""d_gv/|d_gv| of a spin that flips along z, which turns, and of a dipole that stays along z."""


@dataclass(frozen=True)
class EmissionSpectrum:
    """``energy`` of the quanta in eV, ``excited`` and ``photons`` per eV, over what independent dipoles give.

    Per direction, against the mean over directions of independent dipoles: neutrinos of one helicity prefer one side of
    a spin that flips.
    """

    energy: np.ndarray
    excited: np.ndarray
    photons: np.ndarray

    def totals(self) -> tuple[float, float]:
        """Excitations and photons, both over the excitations of independent dipoles."""
        return float(np.trapezoid(self.excited, self.energy)), float(np.trapezoid(self.photons, self.energy))

    def lines(self, share: float = 0.05) -> np.ndarray:
        """Energies in eV of the photons' maxima of at least ``share`` of the highest, rising."""
        p = self.photons
        top = np.flatnonzero((p[1:-1] > p[:-2]) & (p[1:-1] >= p[2:]) & (p[1:-1] > share * p.max())) + 1
        return self.energy[top]


@representable
def emission_spectrum(
    chosen: Channel,
    coupling: float,
    width: float,
    escape: float,
    *,
    angle: float = math.pi / 2,
    shape: str = "fixed",
    local: float = LORENTZ,
    rotating_wave: bool = False,
) -> EmissionSpectrum:
    """Spectrum of quanta that neutrinos at rest leave in a medium, at one ``angle`` of the photon to the z axis.

    ``coupling`` g = |d| sqrt(n_d w/2), ``width`` Gamma of the level and ``escape`` of light in eV, so wide that
    2e5 points resolve them; the level is on resonance. ``shape`` of the dipoles: "spin flip" or "fixed"; ``local`` 2/3
    with the local field, 0 without. Raises :class:`cnub.DomainError` outside these ranges.

    Source: derived from the golden rule and Maxwell's equations.

    >>> from cnub.fluorescence import channel
    >>> found = emission_spectrum(channel("NO"), coupling=4.5e-3, width=1e-5, escape=1e-5, local=0.0)
    >>> print(np.round(1e3 * found.lines(), 2))
    [21.25 27.82]
    """
    g, axis = positive("coupling", coupling), within("angle", angle, 0.0, math.pi)
    loss, out = positive("width", width), positive("escape", escape)
    lacking, d = within("local", local, 0.0, 1.0), SHAPES[one_of("shape", shape, SHAPES)]
    k, omega, speed = _neutrino_line(chosen, loss, out)
    across = np.array([math.sin(axis), 0.0, math.cos(axis)])
    field, projector = _field(chosen, k, omega, out, rotating_wave), np.eye(3) - np.outer(across, across)
    alpha = _polarizability(chosen, d, g, loss, omega, rotating_wave)
    reaction = field[:, None, None] * projector - lacking * np.eye(3)
    chi = alpha @ np.linalg.inv(np.eye(3) - reaction @ alpha)
    emitted = _dagger(chi) @ (field.imag[:, None, None] * projector) @ chi
    currents = _currents(chosen, across)
    alone = math.pi * 2 * g * g / chosen.photon_energy
    phase_space = (k / chosen.photon_momentum) ** 2 * chosen.final_speed / speed / alone
    parts = (np.einsum("ab,nba->n", currents, part).real for part in ((chi - _dagger(chi)) / 2j, emitted))
    return EmissionSpectrum(omega, *(phase_space * part for part in parts))


def _neutrino_line(chosen, width, escape):
    """k and w = m_i - E_j(k) in eV at rising w, equal steps, and the speed of nu_j there."""
    top, narrow = chosen.initial_mass - chosen.final_mass, 2 * escape / (1 + 1 / chosen.final_speed)
    step = min(width, narrow) / POINTS_PER_WIDTH
    if top / step > MOST_POINTS:
        name, given = ("width", width) if width < narrow else ("escape", escape)
        least = given * top / step / MOST_POINTS
        raise DomainError(f"{name} must be at least {least:.2g} eV, or it is not resolved; got {given:g}")
    omega = np.arange(step, top, step)
    energy = chosen.initial_mass - omega
    k = np.sqrt((energy - chosen.final_mass) * (energy + chosen.final_mass))
    return k, omega, k / energy


def _field(chosen, k, omega, escape, rotating_wave):
    """B of a unit of polarization across k: k^2/(k^2 - w^2), or w_0/2/(k - w) near the light line."""
    leaving = omega + 0.5j * escape
    return chosen.photon_energy / 2 / (k - leaving) if rotating_wave else k**2 / (k**2 - leaving**2)


def _polarizability(chosen, d, g, width, omega, rotating_wave):
    """alpha(w), (points, 3, 3): n_d d_gv d_gv^dagger/(E - w) and the conjugate with E + w; n_d |d|^2 = 2 g^2/w_0."""
    strength, dyad = 2 * g * g / chosen.photon_energy, np.outer(d, d.conj())
    above = strength * dyad / (chosen.photon_energy - omega - 0.5j * width)[:, None, None]
    if rotating_wave:
        return above
    return above + strength * dyad.conj() / (chosen.photon_energy + omega + 0.5j * width)[:, None, None]


def _currents(chosen, direction):
    """<j^a j^b*>/(4 m_i E_j) of a neutrino at rest whose photon goes in ``direction``, (3, 3)."""
    k, energy = chosen.photon_momentum, chosen.initial_mass - chosen.photon_energy
    tensor = trace_tensor(chosen.initial_mass, np.zeros(3), chosen.final_mass, -k * direction)
    return tensor[1:, 1:] / (4 * chosen.initial_mass * energy)


def _dagger(matrices):
    return matrices.conj().swapaxes(1, 2)
