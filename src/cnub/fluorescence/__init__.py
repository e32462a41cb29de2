"""Parametric fluorescence of relic neutrinos: channels, kinematics, currents, rates and their averages."""

from cnub.fluorescence.channels import Channel, channel, open_channels
from cnub.fluorescence.rates import (
    FluorescenceRate,
    decay_rate,
    dipole_moment,
    event_rate,
    paper_suppression,
    phase_space_factor,
    resonance_factor,
)
from cnub.fluorescence.target import LATER_LARGE, LATER_SMALL, NOMINAL, Target

__all__ = [
    "LATER_LARGE",
    "LATER_SMALL",
    "NOMINAL",
    "Channel",
    "FluorescenceRate",
    "Target",
    "channel",
    "decay_rate",
    "dipole_moment",
    "event_rate",
    "open_channels",
    "paper_suppression",
    "phase_space_factor",
    "resonance_factor",
]
