"""Every public function refuses what is not a number in its range, in one sentence that names the parameter.

A valid call of each of its functions is taken from the example of its docstring; each number, array and word of that
call is then replaced by something that is none. ``CALLS`` adds the arguments that no example shows, and calls of
functions behind the public ones, which refuse by themselves.
"""

import importlib
import inspect
import math
import re
from functools import cache

import numpy as np
import pytest

from cnub import DomainError
from cnub.fluorescence.channels import channel
from cnub.fluorescence.target import NOMINAL
from cnub.grazing import paraxial, profiles
from cnub.grazing.earth import grazing_scales
from cnub.matter import material
from cnub.nonlinear_optics import spdc, susceptibility
from cnub.pages.reference import public_layer
from cnub.slow_light.crystal import LayeredCrystal
from public_examples import example_call

NU = channel("NO")
TARGET = NOMINAL["M1"]
ROCK = material("crust")
CRYSTAL = LayeredCrystal((3.0, 1.0), (30.0, 90.0))
STACK = [(1.0, 1e-2), (2.0, -1e-2)]
FLAT, MESH, SCALES = profiles.plane(), paraxial.grid(-5.0, 5.0, 0.5), grazing_scales()
WAVE = np.ones(MESH.nodes, dtype=complex)
X, Z = np.array([1.0, 0.0, 0.0]), np.array([0.0, 0.0, 1.0])
AT_REST, FAST = np.zeros(3), np.array([0.0, 0.0, 0.02])
POINTS = np.array([[0.0, 0.0, 0.0], [1.0, 0.5, 0.2]])
MOLECULE = susceptibility.polar_molecule()
WAVES = [(0.5, (1e-3, 0.0, 0.0)), (-0.5, (1e-3, 0.0, 0.0))]
THERMAL = {"width": 1e-7, "transition": "M1", "photon_slope": 1.0, "temperature": 1.7e-4, "gas_velocity": 0.0}
PRISM = {"position": 0.0, "length": 1.0, "matter": math.cos, "coupling": 1.0}
SPINS = {"m_i": 0.05, "p_i": AT_REST, "m_j": 0.01, "p_j": FAST}

CALLS = {
    "cnub.domain": dict.fromkeys(
        (
            "finite", "positive", "non_negative", "within", "refraction", "integer", "one_of", "finite_array",
            "finite_complex", "representable",
        ),
        "tested on its own",
    ),
    "cnub.matter": {
        "mass_for": {"delta": 1e-8, "medium": ROCK, "momentum": 5e-4},
    },
    "cnub.sky.helicity": {
        "speed_density": {"speed": [0.1, 0.2], "mass": 1e-3},
        "flipped_by_turning": {"angle": 0.1, "speed": 0.5},
    },
    "cnub.sky.decoupling": {
        "expansion_rate": {"temperature": 1e6},
        "weak_over_expansion": {"temperature": 1e6},
        "decoupling_temperature": {},
        "temperature_ratio": {"photon_temperature": 1e6},
        "denser_by_reheating": {},
    },
    "cnub.sky.drift": {
        "wind_flux_ratio": {"drift_km_s": 370.0, "mass": 0.1},
        "slow_share": {"drift_km_s": 370.0, "mass": 0.1},
    },
    "cnub.sky.focusing": {
        "solar_potential": {},
        "mean_focusing": {"mass": 0.1},
        "focusing": {"cosine": [0.1, 0.2], "mass": 0.1, "distance_au": [1.0, 1.0]},
        "focusing_over_the_year": {"julian_date": [2461041.5], "mass": 0.1},
    },
    "cnub.sky.overdensity": {
        "bound_ceiling": {"mass": 0.1},
        "unbound_density": {"mass": 0.1},
        "energy_ceiling": {"mass": 0.1},
    },
    "cnub.sky.beta": {"beta_shape": {"energy": [1e5, 2e5], "endpoint": 1e6}},
    "cnub.sky.nucleosynthesis": {"decay_flux": {"energy": [1e-3, 1e-2]}, "age_at": {"temperature": 1e5}},
    "cnub.sky.supernovae": {
        "emitted": {"energy": [1e6, 1e7]},
        "burst_flux": {"energy": [1e6, 1e7]},
        "diffuse_flux": {"energy": [1e6, 1e7]},
    },
    "cnub.sky.spectrum": {
        "relic_flux_of_state": {"energy": [1e-3, 1e-2], "ordering": "NO", "state": 3},
    },
    "cnub.coherence.arrangements": {
        "lattice_spacing": {"kind": "lattice ball", "count": 27},
        "arrangement_amplitude": {"kind": "random ball", "count": 27, "q": POINTS},
    },
    "cnub.coherence.phases": {
        "total_amplitude": {"positions": POINTS, "q": POINTS},
    },
    "cnub.coherence.structure": {
        "form_factor": {"body": "cube", "q": POINTS},
    },
    "cnub.coherence.cross_sections": {
        "target_cross_section": {"kind": "hard", "momentum": 5e-4},
        "relativistic_potential": {},
        "target_delta": {"nature": "dirac", "mass": 0.1, "momentum": 5e-4},
        "spin_weight": {"nature": "dirac", "speed": 0.5},
    },
    "cnub.coherence.ideas": {
        "ion_energy": {"gamma": 1e3, "mass": 0.1},
        "lorentz_factor_for": {"energy": 1e3, "mass": 0.1},
        "ion_strikes_per_year": {"gamma": 1e3, "ions": 1e11},
        "z_resonance_energy": {"mass": 0.1},
        "z_cross_section": {"energy": [4e22, 5e22], "mass": 0.1},
        "z_burst_probability": {"energy": [4e22, 5e22], "mass": 0.1},
        "neutron_star_overdensity": {"temperature_K": 1e5},
        "star_potential": {},
    },
    "cnub.coherence.liquid": {
        "liquid_structure_factor": {"x": [0.0, 3.0]},
        "liquid_expectation": {"count": 27, "form_factor": [1.0, 0.5], "x": [0.0, 3.0]},
        "sphere_diameter": {"count": 27},
        "hard_spheres": {"edge": 4},
    },
    "cnub.coherence.inelastic": {
        "debye_waller": {"q": [0.0, 3.0], "displacement": 0.1},
        "elastic_and_inelastic": {"static": [9.0, 3.0], "count": 3, "q": [0.0, 3.0], "displacement": 0.1},
    },
    "cnub.coherence.speed": dict.fromkeys(
        ("sincos_rates", "kernel_rate", "fused_rate", "copy_rate"), "measures for seconds"
    ),
    "cnub.coherence.scattering": {
        "nucleus_cross_section": {"mass": 0.1},
        "unit_phase_length_m": {},
        "no_go_mass": {"length_m": 1e4},
        "rms_energy_over_momentum": {"mass": 0.1},
        "energy_over_momentum": {"mass": 0.1, "momentum": 5e-4},
        "rate_hz": {"probability": 1e-8, "speed": 0.1},
        "domain_rate_hz": {"cross_section": 1e-8, "speed": 0.1},
    },
    "cnub.coherence.strikes": {
        "surface_cross_section": {"delta": 1e-8, "area": 6.0},
        "graded_share": {"width": 100.0, "momentum": 5e-4},
        "strike_rate_hz": {"momentum": 5e-4},
        "strike_recoil": {},
        "lowest_momentum": {},
    },
    "cnub.forces.recoil": {
        "isotropic_stack_pressure": {"layers": STACK},
        "reflection_moment": {"delta": 1e-3, "order": 1},
        "wind_pressure": {"delta": 1e-3, "anisotropy": 0.1},
    },
    "cnub.forces.ground": {
        "earth": {"momentum": 5e-4, "shape": "patch", "length_m": 2e4, "filling_length_m": 1e4},
    },
    "cnub.forces.gradient": {
        "prism_energy": PRISM | {"area": 1.0, "neutrinos": math.cos},
        "prism_force": PRISM | {"volume": 1.0, "slope": math.cos},
    },
    "cnub.forces.stodolsky": {
        "helicity_factor": {"mass": 0.1},
        "talk_readings": {},
    },
    "cnub.sphere.direct": {
        "highest_order": {"kR": 10.0},
    },
    "cnub.sphere.talk": dict.fromkeys(("printed_tangent", "printed_term"), "takes numbers of any kind"),
    "cnub.sphere.contour": {
        "contour": {"kR": 1e4, "delta": 1e-6},
        "contour_profile": {"kR": 1e4, "delta": 1e-6, "heights": [0.0, 1.0]},
    },
    "cnub.sphere.born": {
        "born": {"kR": 10.0, "delta": 1e-3},
        "unit_ball": {"kR": 10.0, "height": 1.0},
        "second_order": {"kR": 10.0, "delta": 1e-3, "height": 1.0},
    },
    "cnub.sphere.layered": {
        "layered_phase_shifts": {"k_radii": [5.0, 10.0], "deltas": [1e-3, 2e-3]},
        "penetrability": {"kR": 10.0, "orders": [0, 5]},
    },
    "cnub.sphere.prem": {
        "density": {"radius_km": 3000.0},
        "shells": {},
        "shell_refraction": {"mass": 0.1, "momentum": 5e-4},
        "moments": {},
    },
    "cnub.sphere.beam": {
        "gathered": {"kR": 10.0, "delta": 1e-3, "panels": 4},
    },
    "cnub.sphere.trapped": {
        "mode_count": {"kR": 1e3, "delta": 0.01},
        "resonance": {"n": 1, "kR": 1e4, "delta": 0.01},
        "trapped_excess": {"kR": 1e4, "delta": 0.01, "modes": 1},
        "narrower_than": {"log_width_in_size": 0.0, "kR": 1e4, "delta": 0.01},
        "crossing_time_s": {"radius_m": 1.0, "momentum": 5e-4, "mass": 0.1},
    },
    "cnub.sphere.filling": {
        "filling_table": {"momenta": [5e-4], "mass": 0.1, "potential": -1e-14},
    },
    "cnub.sphere.crossover": {
        "crossover_map": {"sizes": [1e4], "deltas": [1e-3]},
        "published_grid": {},
        "one_k_scan": {"points": 3},
        "scatter": {"kR": 1e3, "criterion": 1.0, "points": 2},
    },
    "cnub.grazing.halfspace": {
        "decay_lengths": {},
    },
    "cnub.grazing.layers": {
        "vertical_side": {"layers": STACK, "substrate": 1e-2, "height": 1.0},
    },
    "cnub.grazing.anisotropy": {
        "horizon_structure_excess": {"width": 1.0, "sign": "attract"},
    },
    "cnub.grazing.profiles": {
        "patch": {"kappa": 1.0, "length": 1.0},
    },
    "cnub.grazing.paraxial": {
        "grid": {"low": -1.0, "high": 1.0, "cell": 0.5},
        "resolve": "refuses under the name it is given",
        "advance": {
            "wave": WAVE, "mesh": MESH, "profile": FLAT, "begin": 0.0, "end": 0.1, "step": 0.1, "sign": "attract",
        },
        "plane_wave_packet": {"mesh": MESH, "q": 0.1, "centre": 0.0, "width": 5.0},
        "picture": {
            "wave": WAVE, "mesh": MESH, "profile": FLAT, "stations": [0.0, 0.1], "step": 0.1, "sign": "attract",
        },
        "complete_set_density": {
            "profile": FLAT, "begin": 0.0, "end": 0.1, "mesh": MESH, "step": 0.1, "sign": "attract",
        },
    },
    "cnub.grazing.gallery": {
        "gallery_resonances": {"kappa": 0.5},
        "gallery_wave": {"kappa": 0.5, "energy": -0.1, "depth": [0.0, 1.0]},
        "gallery_depth": {"kappa": 0.5, "energy": -0.1, "share": 0.9},
    },
    "cnub.grazing.scan": dict.fromkeys(("pieces", "compute", "run"), "the pieces of a recorded run"),
    "cnub.sphere.ldos": {
        "isotropic_density": {"kR": 1.0, "index": lambda x: 1.01, "distance": 1.0},
    },
    "cnub.grazing.earth": {
        "grazing_scales": {"momentum": 5e-4},
        "curvature": {"kR": 1e10, "delta": 1e-8},
        "patch_filling_time_s": {"length_m": 1e4, "scales": SCALES},
        "curvature_outliving": {"seconds": 1e17, "scales": SCALES},
        "thermal_excess": {"height_m": 1.0, "sign": "attract", "flux": "both", "trapped": "empty"},
    },
    "cnub.fluorescence.channels": {
        "channel": {"ordering": "NO", "initial": 3, "final": 1},
        "channel_symbol": {"name": "nu3->nu1"},
    },
    "cnub.fluorescence.target": {
        "nominal_target": {
            "transition": "M1", "volume_m3": 1.0, "density_per_cm3": 1e20, "coherence_time_s": 1e-9,
        },
        "spontaneous_lifetime_s": {"energy": 0.02, "dipole": 1e-6},
    },
    "cnub.fluorescence.rates": {
        "event_rate": {
            "transition": "M1", "ordering": "NO", "initial": 3, "final": 1, "coherence_time_s": 1e-9, "volume_m3": 1.0,
            "density_per_cm3": 1e20, "level_energy": 0.025, "dipole": 1e-6, "D_k": 1.0,
        },
    },
    "cnub.fluorescence.decay": {
        "spin_factor": {"chosen": NU, "convention": "paper"},
    },
    "cnub.fluorescence.averages": {
        "thermal_resonance": {"chosen": NU, "level_energy": 0.025, **THERMAL},
    },
    "cnub.fluorescence.kinematics": {
        "energy_transfer": {"k": 0.02, "initial_mass": 0.05, "final_mass": 0.01},
        "intersections": {"chosen": NU, "k_max": 0.1, "scan_points": 100},
    },
    "cnub.fluorescence.currents": {
        "helicity_spinor": {"direction": Z, "sign": 1},
        "u_spinor": {"mass": 0.05, "momentum": FAST, "spin": np.array([1.0, 0.0])},
        "v_spinor": {"mass": 0.05, "momentum": FAST, "spin": np.array([1.0, 0.0])},
        "spin_averaged_tensor": SPINS,
        "trace_tensor": SPINS,
    },
    "cnub.fluorescence.form_factors": {
        "dipole_tensor": {"dipoles": "polarized"},
        "emission_pattern": {"transition": "M1", "dipoles": "polarized", "directions": [X, Z], "chosen": NU},
    },
    "cnub.fluorescence.amplitude": {
        "grating_positions": {"number": 5, "length": 1.0, "grating": 3.0},
    },
    "cnub.slow_light.matching": {
        "coherence_time": {"spread": 1e-7},
    },
    "cnub.slow_light.recovery": {
        "recovery": {"chosen": NU, "width": 1e-7, "slope": 0.5},
        "chain_recovery": {"chosen": NU, "width": 1e-7, "pairs": 2},
        "matched_chain": {"chosen": NU, "pairs": 2},
    },
    "cnub.slow_light.harmonics": {"harmonic_share": {"crystal": CRYSTAL, "momentum": CRYSTAL.middle}},
    "cnub.slow_light.crystal": {
        "flat_cone": {"crystal": CRYSTAL, "tolerance": 1e-7},
    },
    "cnub.discovery.scanning": {
        "zeeman_field_T": {"energy": 1e-4},
    },
    "cnub.fluorescence.sum_rule": {
        "single_dipole_rate": {"chosen": NU, "level_energy": 0.025},
        "transition_strength": {"transition": "E1", "chosen": NU, "level_energy": 0.025},
    },
    "cnub.discovery.exposure": {
        "saturated_rate_per_year": {"chosen": NU, "target": TARGET, "dipole": 1e-7},
    },
    "cnub.fluorescence.reaction": {
        "first_order": {
            "transition": "M1", "chosen": NU, "target": TARGET, "dipole": 1e-7, "level_energy": 0.025,
        },
        "target_yield": {"chosen": NU, "target": TARGET, "coupling": 1e-3},
    },
    "cnub.fluorescence.polariton": {
        "broadened_width": {"coupling": 1e-8, "width": 1e-7, "escape": 1e-8},
        "first_order_weight": {"detuning": 0.0, "coupling": 1e-8, "width": 1e-7},
        "on_shell_yield": {
            "detuning": 0.0, "coupling": 1e-8, "width": 1e-7, "escape": 1e-8, "daughter_speed": 0.9,
        },
    },
    "cnub.pages.explorers": {
        "explorer": "a picture: only its word is tested",
        "asymmetry": "takes nothing",
        "rate": "takes nothing",
        "candidates": "takes nothing",
    },
    "cnub.discovery.candidates": {
        "m1_strength": {"L": 1.0, "S": 1.0, "J": 1.0},
        "m1_decay_rate": {"energy": 0.02, "strength": 1.0, "degeneracy": 3},
    },
    "cnub.nonlinear_optics.susceptibility": {
        "polarization_series": "takes tensors",
    },
    "cnub.nonlinear_optics.spdc": {
        "idler_wavelength": {"pump_um": 0.4, "signal_um": 0.8},
        "wave_mismatch": {
            "crystal": spdc.BBO, "pump_um": 0.4, "axis_angle": 0.5, "signal_um": 0.8, "polar": 0.01, "azimuth": 0.0,
        },
        "external_angle": {"crystal": spdc.BBO, "wavelength_um": 0.8, "internal": 0.01},
    },
    "cnub.figures": {
        "show": "tested with the figures",
        "save": "tested with the figures",
    },
    "cnub.figures.registry": {"figure": "tested with the figures"},
    "cnub.figures.rendered": dict.fromkeys(("html", "without_roles"), "tested with the figures"),
    "cnub.pages.numbers": dict.fromkeys(("numbers", "format_number", "rerun"), "tested with the pages"),
    "cnub.claims": dict.fromkeys(
        ("claims", "recompute", "subject_claims", "chapter_claims", "tally"), "tested with the ledger"
    ),
    "cnub.claims.ledger": dict.fromkeys(
        ("judge", "agrees", "dotted_name", "half_unit_of_last_digit"), "tested with the ledger"
    ),
    "cnub.runs.chapters": dict.fromkeys(("names", "parameters", "execute"), "tested with the chapters"),
    "cnub.runs.heavy": dict.fromkeys(("names", "title", "parameters", "execute"), "tested with the runs"),
    "cnub.runs.records": dict.fromkeys(("recorded", "results"), "tested with the runs"),
}  # fmt: skip
"""By module and function: keyword arguments over those of the example, or in words why it is not called here."""

WITHOUT_EXAMPLE = {"execute", "save", "show", "recompute"}
"""Public functions that write files or take minutes."""
ALSO_CALLED = {"name": "material", "ground": "material", "body": "material", "medium": "material", "id": "figure"}
"""What a refusal names by what they are, not by the parameter."""
MAY_BE_INFINITE = {"earth": {"filling_length_m"}, "patch": {"length"}, "patch_excess": {"length", "filling_length"}}


PUBLIC = [one for one in public_layer() if one.kind == "function"]
BY_PLACE = {(one.home, one.name): one for one in PUBLIC}


def listed():
    """(module, function) of the public functions, and of those behind them that ``CALLS`` names."""
    inner = [(module, name) for module, calls in CALLS.items() for name in calls]
    return list(dict.fromkeys([*BY_PLACE, *inner]))


TRIED = [(module, name) for module, name in listed() if not isinstance(CALLS.get(module, {}).get(name), str)]


@cache
def call_of(module, function):
    """Keyword arguments of a valid call: those of the example, and what ``CALLS`` says over them."""
    more, one = CALLS.get(module, {}).get(function), BY_PLACE.get((module, function))
    example = example_call(one) if one else None
    assert not (more is None and example is None), f"{module}.{function} has no call: show one in its docstring"
    return (example or {}) | (more or {})


def spoiled(function, call):
    """The call with one argument replaced at a time: (parameter, replacement, arguments)."""
    parameters = inspect.signature(function).parameters
    defaults = {name: p.default for name, p in parameters.items() if p.default is not p.empty}
    for name, good in (defaults | call).items():
        for bad in _replacements(good, parameters[name].default):
            if not (bad is math.inf and name in MAY_BE_INFINITE.get(function.__name__, ())):
                yield name, bad, call | {name: bad}


def _replacements(good, default):
    if isinstance(good, str):
        return ["nonsense", 7]
    if isinstance(good, (list, np.ndarray)):
        if len(good) == 0 or isinstance(good[0], tuple):
            return []
        array = np.array(good)
        if array.dtype.kind not in "ifc":
            return []
        return [np.where(np.arange(array.size).reshape(array.shape) == 0, bad, array) for bad in (math.nan, math.inf)]
    if isinstance(good, (int, float, complex)) and not isinstance(good, bool):
        return [math.nan, math.inf, "word"] + ([None] if default is not None else [])
    return []


def test_every_number_of_a_call_is_tried():
    untried = []
    for module, function in TRIED:
        called, call = getattr(importlib.import_module(module), function), call_of(module, function)
        for name, parameter in inspect.signature(called).parameters.items():
            numeric = any(word in str(parameter.annotation) for word in ("float", "int"))
            if numeric and name not in call and parameter.default in (parameter.empty, None):
                untried.append(f"{module}.{function}: {name}")
    assert untried == []


@pytest.mark.parametrize(("module", "function"), TRIED)
def test_no_argument_that_is_not_a_number_passes(module, function):
    called = getattr(importlib.import_module(module), function)
    for name, bad, arguments in spoiled(called, call_of(module, function)):
        try:
            answer = called(**arguments)
        except DomainError as error:
            named = rf"(?<!\w)({re.escape(name)}|{ALSO_CALLED.get(name, name)})\b"
            assert re.search(named, str(error)), f"{name} = {bad!r} is not named: {error}"
        else:
            pytest.fail(f"{name} = {bad!r} gives {answer!r}")
