"""Parametric fluorescence of relic neutrinos: channels, kinematics, currents, rates and their averages."""

from typing import TYPE_CHECKING

from cnub.faces import face

if TYPE_CHECKING:  # loaded on first use
    from cnub.fluorescence.amplitude import box_form_factor, phase_matching_width, total_amplitude
    from cnub.fluorescence.averages import (
        ThermalResonance,
        incoherent_suppression,
        line_shape,
        paper_suppression,
        thermal_resonance,
    )
    from cnub.fluorescence.channels import Channel, channel, open_channels
    from cnub.fluorescence.currents import (
        contracted_current,
        dirac_current,
        majorana_current,
        nonrelativistic_current,
        relativistic_current,
    )
    from cnub.fluorescence.decay import decay_rate, dipole_moment, phase_space_factor, resonance_factor
    from cnub.fluorescence.form_factors import form_factor, phase_space_rate
    from cnub.fluorescence.kinematics import VACUUM, Intersection, LinearBand, band_through_rest, intersections
    from cnub.fluorescence.rates import FluorescenceRate, event_rate
    from cnub.fluorescence.target import LATER_LARGE, LATER_SMALL, NOMINAL, Target
    from cnub.fluorescence.two_level import evolved_amplitude, matrix_element, neutrino_coupling, virtual_amplitude

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
    "box_form_factor",
    "channel",
    "contracted_current",
    "decay_rate",
    "dipole_moment",
    "dirac_current",
    "event_rate",
    "evolved_amplitude",
    "form_factor",
    "incoherent_suppression",
    "intersections",
    "line_shape",
    "majorana_current",
    "matrix_element",
    "neutrino_coupling",
    "nonrelativistic_current",
    "open_channels",
    "paper_suppression",
    "phase_matching_width",
    "phase_space_factor",
    "phase_space_rate",
    "relativistic_current",
    "resonance_factor",
    "thermal_resonance",
    "total_amplitude",
    "virtual_amplitude",
]

__getattr__, __dir__ = face(__name__)
