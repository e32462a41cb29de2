"""Parametric fluorescence of relic neutrinos: channels, kinematics, currents, rates and their averages."""

from cnub.fluorescence.averages import line_shape, thermal_resonance
from cnub.fluorescence.channels import Channel, channel, open_channels
from cnub.fluorescence.currents import dirac_current, majorana_current
from cnub.fluorescence.decay import decay_rate, dipole_moment
from cnub.fluorescence.form_factors import form_factor
from cnub.fluorescence.kinematics import intersections
from cnub.fluorescence.rates import FluorescenceRate, event_rate
from cnub.fluorescence.target import NOMINAL, Target

__all__ = [
    "NOMINAL",
    "Channel",
    "FluorescenceRate",
    "Target",
    "channel",
    "decay_rate",
    "dipole_moment",
    "dirac_current",
    "event_rate",
    "form_factor",
    "intersections",
    "line_shape",
    "majorana_current",
    "open_channels",
    "thermal_resonance",
]
