"""Claims of the paper on the momentum spread and on slow light (Sec. II B, after Eq. (24), and Fig. 2)."""

from __future__ import annotations

import math
from dataclasses import replace

from cnub.claims.ledger import paper, talk
from cnub.constants import SECOND, SPEED_OF_LIGHT_M_PER_S
from cnub.fluorescence.channels import channel
from cnub.fluorescence.kinematics import band_through_rest, intersections
from cnub.relic import TEMPERATURE, component_rms, momentum_moment
from cnub.slow_light.matching import (
    coherence_time,
    energy_spread,
    kinetic_spread,
    slope_needed,
)
from cnub.slow_light.recovery import recovery

_PLACE = "Sec. II B, after Eq. (24)"
_DP, _M3, _SLOPE = 1e-4, 0.05, 1e-3
"""Momentum spread and mass in eV and d omega/dk, as the paper has them."""
_WIDTH = 1 / (1e-8 * SECOND)


def _channel():
    return replace(channel("NO"), initial_mass=_M3, final_mass=0.0)


def _crossing_spread() -> float:
    chosen = _channel()
    band = band_through_rest(chosen, _SLOPE)
    along, against = (intersections(chosen, band, _DP, cosine)[0].energy for cosine in (1.0, -1.0))
    return abs(along - against) / 2


def _dispersions() -> str:
    """Other measures of the spread of the same gas, in eV."""
    modulus = math.sqrt(momentum_moment(2) - momentum_moment(1) ** 2)
    return f"that of |p| is {modulus:.1e} eV; only T_nu itself, {TEMPERATURE:.1e} eV, is of the quoted order"


def _gas_slope() -> float:
    return slope_needed(_WIDTH, component_rms())


def slowest_light() -> float:
    """17 m/s in units of c."""
    return 17 / SPEED_OF_LIGHT_M_PER_S


CLAIMS = [
    paper(
        "momentum-dispersion", _PLACE, "momentum dispersion of relic neutrinos at 1.95 K", "1e-4",
        component_rms, component_rms, unit="eV", approximate=True,
        note=lambda: (
            f"Root mean square of one component, the one that moves the matching; {_dispersions()}. The talk prints a "
            "range that holds it (talk-momentum-dispersion); what the paper derives from its order inherits the "
            "factor."
        ),
    ),
    talk(
        "momentum-dispersion", "Backups, 'Monoenergetic requirement'",
        "momentum dispersion, within the printed decade (its geometric middle)", "3.2e-4",
        component_rms, component_rms, unit="eV", printed="10^-3 - 10^-4 eV", approximate=True,
        note="Same quantity as paper-momentum-dispersion: the printed decade holds it, the single order is too low.",
    ),
    paper(
        "kinetic-spread", _PLACE, "energy spread of the incoming neutrinos, dp^2/(2 m_3)", "1e-6",
        lambda: kinetic_spread(_DP, _M3), kinetic_spread, unit="eV", approximate=True,
        correction="With the rms of one component in the gas instead of the quoted dp.",
        corrected=lambda: kinetic_spread(component_rms(), _M3),
        note=lambda: f"The quoted dp gives {kinetic_spread(_DP, _M3):.0e} eV.",
    ),
    paper(
        "kinetic-time", _PLACE, "time scale of an energy spread of 1e-6 eV", "1",
        lambda: 1e9 * coherence_time(1e-6), coherence_time, unit="ns", approximate=True,
    ),
    paper(
        "vacuum-spread", _PLACE, "spread of E_3 - E_1' in vacuum, comparable to the momentum spread", "1e-4",
        lambda: energy_spread(component_rms(), 1.0, _channel().final_speed), energy_spread, unit="eV", approximate=True,
        note="Half the spread of the component along the photon: both particles carry off a part.",
    ),
    paper(
        "slope-spread", _PLACE, "spread of E_3 - E_1' at d omega/d|k| = 1e-3, dp = 1e-4 eV", "1e-7",
        _crossing_spread, intersections, unit="eV",
        note="Half the distance between the crossings of the straight band for neutrinos moving with dp along the "
        "photon and against it, exact kinematics.",
    ),
    paper(
        "slope-time", _PLACE, "inverse of the energy spread reached by slow light", "10",
        lambda: 1e9 * coherence_time(_crossing_spread()), coherence_time, unit="ns", approximate=True,
    ),
    paper(
        "slope-needed", _PLACE, "slope below which the spread stays within the line of a 10 ns level", "1e-3",
        _gas_slope, slope_needed, approximate=True,
        correction="With the paper's dp instead of the rms of one component in the gas.",
        corrected=lambda: slope_needed(_WIDTH, _DP),
        note=lambda: f"With the gas it is {_gas_slope():.1e}.",
    ),
    paper(
        "fig2-vacuum", "Fig. 2",
        "photon energy where omega = k meets E_3 - E_1' (root finding), m_3 = 0.05 eV, m_1 = 0", "0.025",
        lambda: intersections(_channel())[0].energy, intersections, unit="eV",
    ),
    paper(
        "slow-light-exists", "Sec. II B, Ref. [36]", "light slowed to 17 m/s in an ultracold gas: its d omega/dk",
        "5.7e-8",
        slowest_light, printed="17 m/s", definition=True,
        note="A change of units. Far below the slope asked for, but in the visible and in a small cloud of ultracold "
        "atoms.",
    ),
    paper(
        "slow-light-recovery", "Sec. II B, after Eq. (24)",
        "share of the peak recovered at d omega/dk = 1e-3, 10 ns, Fermi-Dirac gas (the spread is solved)", "1",
        lambda: recovery(channel("NO"), _WIDTH, 1e-3).fraction, recovery, printed="can be solved", approximate=True,
        correction=lambda: f"At d omega/dk = {_gas_slope():.1e}, what the true spread of the gas asks for.",
        corrected=lambda: recovery(channel("NO"), _WIDTH, _gas_slope()).fraction,
        note="With the field of one photon as in vacuum, and D_k relative to vacuum.",
    ),
    paper(
        "slow-light-stored", "Sec. II B, Refs. [36]-[38]",
        "rate at d omega/dk = 1e-3 with light slowed by a resonant medium (EIT), over that of the paper's flat band",
        "1",
        lambda: (
            recovery(channel("NO"), _WIDTH, 1e-3, "stored").fraction / recovery(channel("NO"), _WIDTH, 1e-3).fraction
        ),
        recovery, printed="slow light can solve it", approximate=True,
        note="There the photon is excitation of the medium to all but a part d omega/dk, and its field falls with it: "
        "no gain. A structured medium without resonance (photonic crystal) keeps the field in the mean over a period; "
        "the harmonic matched in phase has a part of it.",
    ),
]  # fmt: skip
