"""Two mass states at one energy, unequally filled: what their mixing under the surface leaves of order sqrt(delta).

At one energy the states have momenta k_1 and k_2 that differ, and so do their fillings f_1, f_2. Matter mixes them, by
the part V_12 of its potential that is not diagonal. In grazing units and in the frame of a sphere's surface

    i dphi_j/dX = -(k_1/k_j) d^2 phi_j/dZ^2 - (k_j/k_1) kappa Z phi_j + D_j phi_j + Theta(-Z) sum_i V_ji phi_i,

D_1 = 0 and D_2 = D = (k_1 - k_2) l. The propagation is unitary, and a complete set of waves of state j, trapped ones
included, gives at any place the share P_ij of state i, with sum_j P_ij = 1. So state i has the excess
sum_j (f_j/f_i - 1) P_ij: only what is transferred knows that the fillings differ, and that is of order (V_12/D)^2.
"""

from __future__ import annotations

import math

import numpy as np
from scipy.linalg import eigh

from cnub.domain import finite, finite_array, one_of, positive
from cnub.matter import Material, potential
from cnub.oscillation import ORDERINGS, masses, mixing_matrix

BOTTOM, TOP, CELL = -24.0, 12.0, 0.15
"""The grid in lambda: its walls are farther than a grazing wave goes in a few l, and a set is complete anyway."""


def partial_shares(
    kappa: float, wells: object, coupling: float, detuning: float, lengths: object, ratio: float = 1.0
) -> np.ndarray:
    """P_ij at the surface, shape (2, 2): the density of state i from a complete set of j, averaged over ``lengths``.

    ``kappa`` > 0; ``wells``: V_11 and V_22, negative attracts; ``coupling`` V_12; ``detuning`` D; ``lengths`` in l, how
    far back the sets are complete; ``ratio`` k_2/k_1 > 0. Raises :class:`cnub.DomainError` outside these ranges.
    """
    energies, states, surface = _waves(positive("kappa", kappa), wells, coupling, detuning, ratio)
    count, stations = states.shape[0] // 2, finite_array("lengths", lengths, 0.0).ravel()
    shares = np.zeros((2, 2))
    for length in stations:
        rows = (states * np.exp(-1j * energies * length))[[surface, count + surface]] @ states.T
        shares += (np.abs(rows) ** 2).reshape(2, 2, count).sum(axis=2) / stations.size
    return shares


def _waves(kappa, wells, coupling, detuning, ratio):
    depths, mix = finite_array("wells", wells), finite("coupling", coupling)
    shift, k = finite("detuning", detuning), positive("ratio", ratio)
    z = np.arange(BOTTOM, TOP, CELL)
    below = np.where(z < -0.5 * CELL, 1.0, np.where(z < 0.5 * CELL, 0.5, 0.0))
    blocks = [_block(z, kappa, depths[0] * below, 1.0, 0.0), _block(z, kappa, depths[1] * below, k, shift)]
    whole = np.block([[blocks[0], np.diag(mix * below)], [np.diag(mix * below), blocks[1]]])
    energies, states = eigh(whole)
    return energies, states, int(np.argmin(np.abs(z)))


def _block(z, kappa, well, ratio, shift):
    kinetic = np.full(z.size, 2.0 / CELL**2 / ratio)
    side = np.full(z.size - 1, -1.0 / CELL**2 / ratio)
    return np.diag(kinetic - ratio * kappa * z + well + shift) + np.diag(side, 1) + np.diag(side, -1)


def earth_mixing(medium: Material, lightest_mass: float, momentum: float, ordering: str = "NO") -> tuple[float, float]:
    """V_12 over the depth of the deeper well, and D, of nu_1 and nu_2 of one energy, nu_2 at ``momentum`` (eV, > 0).

    ``lightest_mass`` in eV. The smaller of the two mass differences: any other pair is detuned more. Raises
    :class:`cnub.DomainError` outside these ranges.
    """
    p = positive("momentum", momentum)
    first, second, _ = masses(one_of("ordering", ordering, ORDERINGS), lightest_mass)
    gap = (second - first) * (second + first)
    other = math.sqrt(p * p + gap)
    electron = np.abs(mixing_matrix(ordering)[0, :2])
    # only the exchange of a W tells the flavours apart
    mixed = float(electron.prod()) * (potential(medium, "e") - potential(medium, "mu"))
    deeper = max(abs(potential(medium, state, ordering=ordering)) for state in ("1", "2"))
    delta = second * deeper / p**2
    return mixed / deeper * math.sqrt(p / other), gap / (other + p) / (p * delta)
