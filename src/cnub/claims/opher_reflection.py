"""Claims on forces: how many G_F's they have, the gradient force, torsion balances."""

from __future__ import annotations

import math

import numpy as np

from cnub.claims.ledger import Claim, talk
from cnub.forces.gradient import modulated_prism, prism_energy, prism_force
from cnub.forces.recoil import (
    collimated_forces,
    isotropic_stack_pressure,
    power,
    prism_forces,
    reflection_moment,
    refracted_pressure,
    wind_pressure,
)
from cnub.forces.sensitivity import TORSION_BALANCE, shortfall
from cnub.forces.surface import surface_acceleration

_DELTA = -1e-8
_COUNT = "'How many G_F's for the force?'"
_VANISHING = "'Vanishing of G_F force'"
_LEADING = 1e-3
_EXPONENT = f"Held to {_LEADING:g}: corrections are of relative order theta_c = {math.sqrt(-2 * _DELTA):.1e}."
_TRIANGLE = [[0.0, 0.0], [2.0, 0.0], [0.5, 1.5]]
_GRADIENT = "'Gradient force'"


def _moment_power(order: int) -> float:
    """Powers of theta_c that the n-th moment of the reflectivity has above the one before."""
    own = power(lambda d: reflection_moment(d, order), _DELTA)
    before = power(lambda d: reflection_moment(d, order - 1), _DELTA) if order else 0.0
    return 2 * (own - before)


def _stack_asymmetry() -> float:
    forces = isotropic_stack_pressure([(30.0, -2e-3), (200.0, 1e-3), (7.0, -5e-4)])
    return forces.net / forces.entry


def _prism_sum() -> float:
    forces = prism_forces(_TRIANGLE, _DELTA)
    return float(abs(forces.sum(axis=0)).max() / abs(forces).max())


def _decay(y: float) -> float:
    return math.exp(-0.5 * y)


def _layers(q: float) -> float:
    return 2.0 + math.sin(3.0 * q)


def _prism_ratio() -> float:
    """Printed force over minus the slope of the printed energy, layered matter in an exponential profile, V = S l."""
    length, area, step = 1.7, 0.3, 1e-3
    low, high = (prism_energy(0.4 + s, length, area, _layers, _decay, 0.8) for s in (-step, step))
    force = prism_force(0.4, length, area * length, _layers, lambda y: -0.5 * _decay(y), 0.8)
    return force / (-(high - low) / (2 * step))


def _prism_atoms() -> float:
    """Printed energy over the sum over 4e4 slices of a prism, each of its volume, its density and its energy."""
    length, area, count = 1.7, 0.3, 40_000
    q = (np.arange(count) + 0.5) * length / count
    slices = sum(area * length / count * _layers(x) * 0.8 * _decay(0.4 + x) for x in q)
    return prism_energy(0.4, length, area, _layers, _decay, 0.8) / slices


def _steepest() -> float:
    """Acceleration in cm/s^2 of a prism of a thousandth of a period where n_nu - n_nubar is steepest."""
    return modulated_prism(1e-3)[1]


def _theta_claim(order: int, id: str, what: str) -> Claim:
    return talk(
        f"count-{id}", _COUNT, f"powers of theta_c from the {what}", "1",
        lambda: _moment_power(order), reflection_moment, tolerance=_LEADING, note=_EXPONENT,
    )  # fmt: skip


CLAIMS = [
    _theta_claim(0, "flux", "part of an isotropic flux that is totally reflected"),
    _theta_claim(1, "surface", "inclination of the surface"),
    _theta_claim(2, "recoil", "recoil of a reflected neutrino"),
    talk(
        "reflection-total", _COUNT, "powers of G_F in the reflected pressure on one face: three critical angles", "1.5",
        lambda: power(lambda d: reflection_moment(d, 2), _DELTA), reflection_moment, tolerance=_LEADING,
        note=_EXPONENT,
    ),
    talk(
        "refraction-recoil", "'Lewis's idea of refraction'", "powers of G_F in the recoil of refraction, one face", "1",
        lambda: power(refracted_pressure, _DELTA), refracted_pressure, tolerance=_LEADING,
        note=_EXPONENT,
    ),
    talk(
        "isotropic-cancels", _VANISHING,
        "net pressure of the isotropic gas on both sides of an asymmetric stack, over that on one side", "0",
        _stack_asymmetry, isotropic_stack_pressure, tolerance=1e-9,
        note="Exact to rounding: a stack without absorption reflects equally from both sides.",
    ),
    talk(
        "only-gf2", _VANISHING, "powers of G_F in the net pressure on a slab in a neutrino wind", "2",
        lambda: power(lambda d: wind_pressure(d, 1.0), _DELTA), wind_pressure, tolerance=0.05,
        note="delta^2 log(1/delta): the local exponent lies below 2 by about the inverse of the logarithm.",
    ),
    talk(
        "collimated-faces", _VANISHING, "powers of G_F in the force of a collimated flux on one face (s = 0.3)", "1",
        lambda: power(lambda d: collimated_forces(d, 0.3).entry, _DELTA), collimated_forces, tolerance=_LEADING,
        note=_EXPONENT,
    ),
    talk(
        "collimated-net", _VANISHING,
        "powers of G_F in the net force of a collimated flux on a slab, both faces (s = 0.3)", "2",
        lambda: power(lambda d: collimated_forces(d, 0.3).net, _DELTA), collimated_forces, tolerance=_LEADING,
        note=_EXPONENT,
    ),
    talk(
        "collimated-prism", _VANISHING,
        "first-order force on a closed prism over that on its strongest side, any direction of the flux", "0",
        _prism_sum, prism_forces, tolerance=1e-12,
        note="Exact to rounding: the sides of a closed polygon add up to zero.",
    ),
    talk(
        "gradient-acceleration", "'Asymmetry'",
        "acceleration by the gradient at a flat Earth, 0.1 eV, three flavours, rock on rock", "1e-30",
        lambda: abs(surface_acceleration("talk")), surface_acceleration, unit="cm/s^2", approximate=True,
        note=lambda: (
            "lambda_cr is not defined on the slide; 1/(k sqrt(2|delta|)) is used. One flavour alone gives "
            f"{abs(surface_acceleration('talk', flavours=('e',))):.2g}."
        ),
    ),
    talk(
        "gradient-mu", "'Gradient force'", "U(x_d) = (G_F/mu) Int rho (n_nu - n_nubar): the value of mu", "1",
        note="mu is not defined on the slide; other rows use the potential of the slide 'Matter potential' instead.",
    ),
    talk(
        "gradient-energy", _GRADIENT,
        "E = S Int U_1 rho_m rho_nu dq over the sum of the energies of the slices of the body", "1",
        _prism_atoms, prism_energy, tolerance=1e-7, definition=True,
        note="Layered matter in an exponential profile; the integral is the limit of the sum.",
    ),
    talk(
        "gradient-force", _GRADIENT,
        "F_y = -(V/l) Int U_1 rho_m d rho_nu/d y_a dq over -dE/d y_a, the slope of E by differences", "1",
        _prism_ratio, prism_force, tolerance=1e-6,
        note="Sign included, with V = S l; the third derivative of the energy is left by the difference.",
    ),
    talk(
        "gradient-artificial", _GRADIENT,
        "acceleration in the steepest density that a gas of the mean momentum can have, over what the talk's torsion "
        "balance resolves", "0",
        lambda: _steepest() / TORSION_BALANCE, modulated_prism, tolerance=1e-3,
        printed="'no known way to generate artificial density gradients large enough to result in easily measurable "
        "steady forces' (Ferreras and Wasserman)",
        note="A small body, standing waves of full contrast at the cosmic density; below one, no way could do.",
    ),
    talk(
        "torsion-balance", "'Sensitivity for acceleration'", "acceleration that a torsion balance resolves", "1e-15",
        unit="cm/s^2", printed="a < 10^-15 cm s^-2",
        note="An experimental number; nothing in the talk to compute it from.",
    ),
    talk(
        "balance-shortfall", "'Sensitivity for acceleration'",
        "sensitivity missing even with the flat Earth's enhancement, the ratio of the two quoted numbers", "1e15",
        lambda: shortfall(abs(surface_acceleration("talk"))), shortfall,
        printed="'not working even with the Earth enhancement' (1e-15 over 1e-30)", approximate=True,
    ),
]  # fmt: skip
