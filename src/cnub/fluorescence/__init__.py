"""Parametric fluorescence of relic neutrinos: channels, kinematics, currents, rates and their averages."""

from cnub.fluorescence.averages import (
    ThermalResonance,
    incoherent_suppression,
    line_shape,
    narrow_line_resonance,
    thermal_resonance,
)
from cnub.fluorescence.channels import Channel, channel, open_channels
from cnub.fluorescence.kinematics import VACUUM, Intersection, LinearBand, band_through_rest, intersections
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
    "VACUUM",
    "Channel",
    "FluorescenceRate",
    "Intersection",
    "LinearBand",
    "Target",
    "ThermalResonance",
    "band_through_rest",
    "channel",
    "decay_rate",
    "dipole_moment",
    "event_rate",
    "incoherent_suppression",
    "intersections",
    "line_shape",
    "narrow_line_resonance",
    "open_channels",
    "paper_suppression",
    "phase_space_factor",
    "resonance_factor",
    "thermal_resonance",
]
