"""What binding does to the electron's energy: a tritium atom held in a potential has a spread of momenta.

The decay is sudden. The ion takes the atom's momentum q and the electron's recoil, so that the electron that leaves
along n has its energy moved by (p/M) n.q: the line is the momentum distribution of the bound ground state along n
(Y. Cheipesh et al., Phys. Rev. D 104 (2021) 116004). What the ion keeps of its potential energy adds to that and is
left out; it shifts the line, and broadens it in second order where the ion is not bound as the atom was.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy import constants as codata

from cnub.capture.nucleus import ATOM, ION, endpoint, momentum
from cnub.constants import ELECTRON_MASS, HBAR_C_EV_M
from cnub.domain import DomainError, finite_array, integer, one_of, positive, representable

ANGSTROM = 1e-10 / HBAR_C_EV_M
"""In 1/eV."""
FWHM = 2 * math.sqrt(2 * math.log(2))
"""Full width at half maximum of a Gaussian over its standard deviation."""
PER_CENTIMETRE = 100 * HBAR_C_EV_M * 2 * math.pi
"""Energy in eV of a wavenumber of 1/cm."""
HYDROGEN = 1e6 * codata.value("proton mass energy equivalent in MeV") + ELECTRON_MASS
DEUTERIUM = 1e6 * codata.value("deuteron mass energy equivalent in MeV") + ELECTRON_MASS
"""Masses in eV of the atoms."""
GRAPHENE = {"stretch": 2650.0, "bend": 1210.0}
"""Wavenumbers (1/cm) of the C-H stretching and bending modes of hydrogen on graphite; T. Zecho et al., J. Chem. Phys.
117 (2002) 8486, its abstract, which gives the numbers and leaves their names to the text."""
DEUTERATED = {"stretch": 1950.0, "bend": 640.0}
"""The same of deuterium, from the same abstract: the stretch is slower by 1.36, near sqrt 2, the bend by 1.89."""
TUBE = {"height_eV": 1.0, "radius_A": 1.0, "power": 8}
"""V = height (x/radius)^power across a hydrogenated nanotube: chosen here for its flat bottom and hard walls. The
talk's figure has no numbers in the text that we have."""
EDGE = 1e-8
"""Of the peak density of a ground state, at the ends of the grid: more is a well that does not end inside."""
TARGETS = ("free", "graphene", "nanotube")


@dataclass(frozen=True)
class GroundState:
    """Lowest state in a potential: ``energy_eV``, rms of position (``position_A``) and momentum (``momentum_eV``).

    ``grid_A`` and ``amplitude`` (1/sqrt(A), real) are the wave function.
    """

    energy_eV: float
    position_A: float
    momentum_eV: float
    grid_A: np.ndarray
    amplitude: np.ndarray

    def momentum_density(self, momenta_eV: np.ndarray) -> np.ndarray:
        """|phi(q)|^2 in 1/eV at ``momenta_eV``."""
        step_A = self.grid_A[1] - self.grid_A[0]
        phases = np.exp(-1j * np.multiply.outer(np.asarray(momenta_eV, dtype=float), self.grid_A * ANGSTROM))
        return np.abs(phases @ self.amplitude) ** 2 * step_A**2 * ANGSTROM / (2 * math.pi)


@representable
def ground_state(
    potential: Callable[[np.ndarray], np.ndarray], reach_A: float = 3.0, points: int = 301, mass: float = ATOM
) -> GroundState:
    """Lowest state of a particle of ``mass`` (eV) in ``potential`` (eV, of positions in angstrom, along one line).

    Solved on ``points`` (11 to 2001) equal steps from -``reach_A`` to ``reach_A`` with sine waves (D. T. Colbert and
    W. H. Miller, J. Chem. Phys. 96 (1992) 1982), exact but for the ends and the step. Raises
    :class:`cnub.DomainError` outside these ranges, and if the state does not fit between the ends or the steps.

    Source: definition of the stationary state; D. T. Colbert and W. H. Miller, J. Chem. Phys. 96 (1992) 1982.

    >>> state = ground_state(lambda x: 20.0 * x**2, reach_A=0.6)
    >>> print(f"{state.energy_eV:.4f} eV, {state.position_A:.4f} A")
    0.1177 eV, 0.0543 A
    """
    count, reach, m = integer("points", points, 11, 2001), positive("reach_A", reach_A), positive("mass", mass)
    grid = np.linspace(-reach, reach, count)
    wells = finite_array("potential", potential(grid))
    if wells.shape != grid.shape:
        raise DomainError(f"potential must give one value per position; got shape {wells.shape} for {grid.shape}")
    step = 2 * reach / (count - 1) * ANGSTROM
    kinetic = _kinetic_matrix(count, step, m)
    energies, vectors = np.linalg.eigh(kinetic + np.diag(wells))
    psi = vectors[:, 0] * np.sign(vectors[np.abs(vectors[:, 0]).argmax(), 0])
    weight = psi**2
    if max(weight[0], weight[-1]) > EDGE * weight.max():
        raise DomainError(f"reach_A must hold the state, which is not small at {reach:g} A")
    square = 2 * m * float(psi @ kinetic @ psi)
    if square * step**2 > 1:
        raise DomainError(f"points must resolve the state: its momentum is {math.sqrt(square):.2g} eV; got {count}")
    mean = float(weight @ grid)
    spread = math.sqrt(float(weight @ (grid - mean) ** 2))
    return GroundState(float(energies[0]), spread, math.sqrt(square), grid, psi / math.sqrt(step / ANGSTROM))


def _kinetic_matrix(count, step, mass):
    apart = np.subtract.outer(np.arange(count), np.arange(count))
    signs = np.where(apart % 2 == 0, 1.0, -1.0)
    with np.errstate(divide="ignore"):
        matrix = 2 * signs / apart.astype(float) ** 2
    np.fill_diagonal(matrix, math.pi**2 / 3)
    return matrix / (2 * mass * step**2)


def harmonic_momentum(wavenumber_per_cm: float, measured_mass: float = HYDROGEN) -> float:
    """rms momentum (eV) of tritium along a vibration at ``wavenumber_per_cm`` (> 0): sqrt(M omega/2).

    The wavenumber is of an atom of ``measured_mass`` (eV, > 0), hydrogen if not given; against a rigid wall it goes as
    the inverse root of the mass.
    """
    omega = positive("wavenumber_per_cm", wavenumber_per_cm) * PER_CENTIMETRE
    omega *= math.sqrt(positive("measured_mass", measured_mass) / ATOM)
    return math.sqrt(ATOM * omega / 2)


def tube_potential(x_A: np.ndarray) -> np.ndarray:
    """The potential across a nanotube, in eV."""
    return TUBE["height_eV"] * (np.asarray(x_A) / TUBE["radius_A"]) ** TUBE["power"]


@representable
def energy_spread(momentum_eV: float) -> float:
    """Standard deviation in eV of the electron's energy for an rms momentum (eV, > 0) of the atom along its way.

    (p/M) times the momentum: 4.9e-5 of it. Raises :class:`cnub.DomainError` outside these ranges.

    Source: Y. Cheipesh et al., Phys. Rev. D 104 (2021) 116004.

    >>> print(f"{energy_spread(1e4):.2f} eV")
    0.49 eV
    """
    return float(momentum(endpoint())) / ION * positive("momentum_eV", momentum_eV)


@representable
def localised_momentum(localisation_A: float) -> float:
    """Least rms momentum (eV) of what is held within an rms distance of ``localisation_A`` (> 0), 1/(2 dx).

    Raises :class:`cnub.DomainError` outside these ranges.

    Source: definition of the uncertainty of a Gaussian state.
    """
    return 1 / (2 * positive("localisation_A", localisation_A) * ANGSTROM)


def axes_momenta(target: str, length_A: float = 1e4) -> tuple[float, float, float]:
    """rms momenta (eV) along the three axes of a ``target``; the last is across the sheet or along the tube.

    In the tube the atom is free along ``length_A``, the rms extent of its state there.
    """
    if one_of("target", target, TARGETS) == "free":
        return 0.0, 0.0, 0.0
    if target == "graphene":
        bend, stretch = (harmonic_momentum(GRAPHENE[name]) for name in ("bend", "stretch"))
        return bend, bend, stretch
    across = ground_state(tube_potential, 2.5 * TUBE["radius_A"]).momentum_eV
    return across, across, localised_momentum(length_A)


@representable
def share_of_directions(momenta: tuple[float, float, float], spread_eV: float) -> float:
    """Share of all directions in which the electron's energy spreads by at most ``spread_eV`` (> 0), from 0 to 1.

    ``momenta`` along the axes in eV, two of them equal. Raises :class:`cnub.DomainError` outside these ranges.

    Source: derived from the spread along a direction, (p/M) sqrt(n.Q.n).

    >>> print(f"{share_of_directions((1e4, 1e4, 0.0), spread_eV=0.05):.4f}")
    0.0051
    """
    across, twin, along = (float(q) for q in finite_array("momenta", momenta, low=0.0))
    if across != twin:
        raise DomainError(f"momenta must begin with two equal ones; got {across:g} and {twin:g}")
    allowed = (positive("spread_eV", spread_eV) / energy_spread(1.0)) ** 2
    if across == along:
        return float(across**2 <= allowed)
    cosine2 = min(max((allowed - across**2) / (along**2 - across**2), 0.0), 1.0)  # where the spread is the allowed one
    return 1 - math.sqrt(cosine2) if along < across else math.sqrt(cosine2)
