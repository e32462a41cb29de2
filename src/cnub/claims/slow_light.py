"""Claims of the paper on the momentum spread and on slow light (Sec. II B, after Eq. (24), and Fig. 2)."""

from __future__ import annotations

from dataclasses import replace

from cnub.claims.ledger import Claim
from cnub.constants import SECOND, SPEED_OF_LIGHT_M_PER_S
from cnub.fluorescence.channels import channel
from cnub.fluorescence.momentum import component_rms
from cnub.fluorescence.slow_light import (
    coherence_time,
    energy_spread,
    kinetic_spread,
    slope_needed,
)

_PLACE = "Sec. II B, after Eq. (24)"
_DP, _M3, _SLOPE = 1e-4, 0.05, 1e-3
_WIDTH = 1 / (1e-8 * SECOND)


def _channel():
    return replace(channel("NO"), initial_mass=_M3, final_mass=0.0)


def slowest_light() -> float:
    """17 m/s in units of c."""
    return 17 / SPEED_OF_LIGHT_M_PER_S


CLAIMS = [
    Claim(
        id="paper-momentum-dispersion",
        source="paper",
        place=_PLACE,
        statement="momentum dispersion of relic neutrinos at 1.95 K",
        quoted="1e-4",
        unit="eV",
        approximate=True,
        compute=component_rms,
        by=component_rms,
        note="Root mean square of one component, the one that moves the matching; 3.5 times the quoted order.",
    ),
    Claim(
        id="talk-momentum-dispersion",
        source="talk",
        place="Backups, 'Monoenergetic requirement'",
        statement="momentum dispersion, within the printed decade (its geometric middle)",
        quoted="3.2e-4",
        printed="10^-3 - 10^-4 eV",
        unit="eV",
        approximate=True,
        compute=component_rms,
        by=component_rms,
    ),
    Claim(
        id="paper-kinetic-spread",
        source="paper",
        place=_PLACE,
        statement="energy spread of the incoming neutrinos, dp^2/(2 m_3)",
        quoted="1e-6",
        unit="eV",
        approximate=True,
        compute=lambda: kinetic_spread(_DP, _M3),
        correction="With the rms of one component in the gas, 3.5e-4 eV, instead of 1e-4 eV.",
        corrected=lambda: kinetic_spread(component_rms(), _M3),
        by=kinetic_spread,
        note="The quoted dp = 1e-4 eV gives 1e-7 eV.",
    ),
    Claim(
        id="paper-kinetic-time",
        source="paper",
        place=_PLACE,
        statement="time scale of an energy spread of 1e-6 eV",
        quoted="1",
        unit="ns",
        approximate=True,
        compute=lambda: 1e9 * coherence_time(1e-6),
        by=coherence_time,
    ),
    Claim(
        id="paper-vacuum-spread",
        source="paper",
        place=_PLACE,
        statement="spread of E_3 - E_1' in vacuum, comparable to the momentum spread",
        quoted="1e-4",
        unit="eV",
        approximate=True,
        compute=lambda: energy_spread(component_rms(), 1.0, _channel().final_speed),
        by=energy_spread,
        note="Half the spread of the component along the photon: both particles carry off a part.",
    ),
    Claim(
        id="paper-slope-spread",
        source="paper",
        place=_PLACE,
        statement="spread of E_3 - E_1' at d omega/d|k| = 1e-3, dp = 1e-4 eV",
        quoted="1e-7",
        unit="eV",
        compute=lambda: energy_spread(_DP, _SLOPE),
        by=energy_spread,
    ),
    Claim(
        id="paper-slope-time",
        source="paper",
        place=_PLACE,
        statement="inverse of the energy spread reached by slow light",
        quoted="10",
        unit="ns",
        approximate=True,
        compute=lambda: 1e9 * coherence_time(energy_spread(_DP, _SLOPE)),
        by=coherence_time,
    ),
    Claim(
        id="paper-slope-needed",
        source="paper",
        place=_PLACE,
        statement="slope below which the spread stays within the line of a 10 ns level",
        quoted="1e-3",
        approximate=True,
        compute=lambda: slope_needed(_WIDTH, component_rms()),
        correction="With the paper's dp = 1e-4 eV instead of the rms of one component in the gas.",
        corrected=lambda: slope_needed(_WIDTH, _DP),
        by=slope_needed,
        note="With the gas it is 5 times smaller.",
    ),
    Claim(
        id="paper-fig2-vacuum",
        source="paper",
        place="Fig. 2",
        statement="photon energy at the vacuum intersection, m_3 = 0.05 eV, m_1 = 0",
        quoted="0.025",
        unit="eV",
        compute=lambda: _channel().photon_energy,
        by=channel,
    ),
    Claim(
        id="paper-slow-light-exists",
        source="paper",
        place="Sec. II B, Ref. [36]",
        statement="light slowed to 17 m/s in an ultracold gas: its d omega/dk",
        quoted="5.7e-8",
        printed="17 m/s",
        compute=slowest_light,
        note="Far below 1e-3, but in the visible and in a small cloud of ultracold atoms.",
    ),
]
