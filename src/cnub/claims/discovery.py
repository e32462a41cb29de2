"""Claims of the paper on its resonance peak: what first order in the photon's coupling asks for, and what is left."""

from __future__ import annotations

import numpy as np

from cnub.claims.ledger import paper
from cnub.constants import CENTIMETRE, KELVIN
from cnub.discovery.exposure import saturated_rate_per_year
from cnub.discovery.polariton import collective_coupling, first_order_weight
from cnub.fluorescence import NOMINAL, channel, dipole_moment

_NITROGEN = 77
"""Boiling point of nitrogen in K."""


def _coupling():
    density = NOMINAL["M1"].density_per_cm3 / CENTIMETRE**3
    return collective_coupling(density, dipole_moment("M1"), channel("NO").photon_energy)


def _weight():
    return first_order_weight(0.0, _coupling(), NOMINAL["M1"].width)


def _level_share(kelvin):
    return float(np.exp(-channel("NO").photon_energy / (kelvin * KELVIN)))


def _dipoles():
    return NOMINAL["M1"].density_per_cm3 * NOMINAL["M1"].volume_m3 * 1e6


CLAIMS = [
    paper(
        "perturbation", "Eq. (22), at the peak, Eq. (23)",
        "weight of the dipoles' excitation in the photon, g^2/(Gamma_v/2)^2, which must not exceed 1", "1",
        _weight, first_order_weight, printed="perturbation theory at the resonance peak", approximate=True,
        note=lambda: (
            f"g = d sqrt(n_d omega/2) is {1e3 * _coupling():.1f} meV at N_A per cm^3, {_weight() ** 0.5:.0e} times "
            "Gamma_v/2: the emitted field acts back on the dipoles long before the resonance is reached."
        ),
    ),
    paper(
        "peak-saturated", "Eq. (23)",
        "events per year at the resonance peak (NO, M1), with the reaction of the emitted photon", "5",
        lambda: saturated_rate_per_year(channel("NO"), NOMINAL["M1"]), saturated_rate_per_year, unit="per year",
        approximate=True,
        note="What is left of Eq. (22) when its first order in the photon coupling is replaced by the coupled modes. "
        "It grows with N, not N^2. If Gamma_v is to contain everything, it contains this coupling and is 2g, and Eq. "
        "(22) then says the same: the quoted coherence time is impossible at that density.",
    ),
    paper(
        "low-temperature", "Sec. II and III", "thermal occupation of the 25 meV level at 4 K", "0",
        lambda: _level_share(4.0), channel, printed="clean bulk material at low temperatures", tolerance=1e-12,
        note=lambda: (
            f"Per dipole, {_level_share(4.0):.0e}; {_level_share(4.0) * _dipoles():.1g} excitations among the "
            f"{_dipoles():.1e} dipoles of the target. At {_NITROGEN} K it is {_level_share(_NITROGEN):.2f}."
        ),
    ),
]  # fmt: skip
