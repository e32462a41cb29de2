"""Parametric fluorescence of relic neutrinos: channels, kinematics, currents, rates and their averages."""

from typing import TYPE_CHECKING

from cnub.faces import face

if TYPE_CHECKING:  # loaded on first use
    from cnub.fluorescence.amplitude import phase_matching_width, total_amplitude
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
    from cnub.fluorescence.factors import FluorescenceRate
    from cnub.fluorescence.form_factors import form_factor, phase_space_rate
    from cnub.fluorescence.kinematics import VACUUM, Intersection, LinearBand, band_through_rest, intersections
    from cnub.fluorescence.polariton import collective_coupling, critical_density, photon_yield
    from cnub.fluorescence.rates import event_rate
    from cnub.fluorescence.reaction import FirstOrder, first_order
    from cnub.fluorescence.sum_rule import single_dipole_rate, spin_strength
    from cnub.fluorescence.target import LATER_LARGE, LATER_SMALL, NOMINAL, Target
    from cnub.fluorescence.two_level import evolved_amplitude, matrix_element, neutrino_coupling, virtual_amplitude

__all__ = [
    "LATER_LARGE",
    "LATER_SMALL",
    "NOMINAL",
    "VACUUM",
    "Channel",
    "FirstOrder",
    "FluorescenceRate",
    "Intersection",
    "LinearBand",
    "Target",
    "ThermalResonance",
    "band_through_rest",
    "channel",
    "collective_coupling",
    "contracted_current",
    "critical_density",
    "decay_rate",
    "dipole_moment",
    "dirac_current",
    "event_rate",
    "evolved_amplitude",
    "first_order",
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
    "photon_yield",
    "relativistic_current",
    "resonance_factor",
    "single_dipole_rate",
    "spin_strength",
    "thermal_resonance",
    "total_amplitude",
    "virtual_amplitude",
]

__getattr__, __dir__ = face(__name__)
