"""Claims on forces: how many G_F's they have, the gradient force, torsion balances."""

from __future__ import annotations

import math

import numpy as np

from cnub.claims.ledger import Claim
from cnub.forces.earth import surface_acceleration
from cnub.forces.gradient import prism_energy, prism_force
from cnub.forces.recoil import (
    collimated_forces,
    isotropic_stack_pressure,
    power,
    prism_forces,
    reflection_moment,
    refracted_pressure,
    wind_pressure,
)
from cnub.forces.sensitivity import shortfall

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


def _theta_claim(order: int, id: str, what: str) -> Claim:
    return Claim(
        id=f"talk-count-{id}",
        source="talk",
        place=_COUNT,
        statement=f"powers of theta_c from the {what}",
        quoted="1",
        compute=lambda: _moment_power(order),
        tolerance=_LEADING,
        by=reflection_moment,
        note=_EXPONENT,
    )


CLAIMS = [
    _theta_claim(0, "flux", "part of an isotropic flux that is totally reflected"),
    _theta_claim(1, "surface", "inclination of the surface"),
    _theta_claim(2, "recoil", "recoil of a reflected neutrino"),
    Claim(
        id="talk-reflection-total",
        source="talk",
        place=_COUNT,
        statement="powers of G_F in the reflected pressure on one face: three critical angles",
        quoted="1.5",
        compute=lambda: power(lambda d: reflection_moment(d, 2), _DELTA),
        tolerance=_LEADING,
        by=reflection_moment,
        note=_EXPONENT,
    ),
    Claim(
        id="talk-refraction-recoil",
        source="talk",
        place="'Lewis's idea of refraction'",
        statement="powers of G_F in the recoil of refraction, one face",
        quoted="1",
        compute=lambda: power(refracted_pressure, _DELTA),
        tolerance=_LEADING,
        by=refracted_pressure,
        note=_EXPONENT,
    ),
    Claim(
        id="talk-isotropic-cancels",
        source="talk",
        place=_VANISHING,
        statement="net pressure of the isotropic gas on both sides of an asymmetric stack, over that on one side",
        quoted="0",
        compute=_stack_asymmetry,
        tolerance=1e-9,
        by=isotropic_stack_pressure,
        note="Exact to rounding: a stack without absorption reflects equally from both sides.",
    ),
    Claim(
        id="talk-only-gf2",
        source="talk",
        place=_VANISHING,
        statement="powers of G_F in the net pressure on a slab in a neutrino wind",
        quoted="2",
        compute=lambda: power(lambda d: wind_pressure(d, 1.0), _DELTA),
        tolerance=0.05,
        by=wind_pressure,
        note="delta^2 log(1/delta): the local exponent lies below 2 by about the inverse of the logarithm.",
    ),
    Claim(
        id="talk-collimated-faces",
        source="talk",
        place=_VANISHING,
        statement="powers of G_F in the force of a collimated flux on one face (s = 0.3)",
        quoted="1",
        compute=lambda: power(lambda d: collimated_forces(d, 0.3).entry, _DELTA),
        tolerance=_LEADING,
        by=collimated_forces,
        note=_EXPONENT,
    ),
    Claim(
        id="talk-collimated-net",
        source="talk",
        place=_VANISHING,
        statement="powers of G_F in the net force of a collimated flux on a slab, both faces (s = 0.3)",
        quoted="2",
        compute=lambda: power(lambda d: collimated_forces(d, 0.3).net, _DELTA),
        tolerance=_LEADING,
        by=collimated_forces,
        note=_EXPONENT,
    ),
    Claim(
        id="talk-collimated-prism",
        source="talk",
        place=_VANISHING,
        statement="first-order force on a closed prism over that on its strongest side, any direction of the flux",
        quoted="0",
        compute=_prism_sum,
        tolerance=1e-12,
        by=prism_forces,
        note="Exact to rounding: the sides of a closed polygon add up to zero.",
    ),
    Claim(
        id="talk-gradient-acceleration",
        source="talk",
        place="'Asymmetry'",
        statement="acceleration by the gradient at a flat Earth, 0.1 eV, three flavours, rock on rock",
        quoted="1e-30",
        unit="cm/s^2",
        approximate=True,
        compute=lambda: abs(surface_acceleration("talk")),
        by=surface_acceleration,
        note=lambda: (
            "lambda_cr is not defined on the slide; 1/(k sqrt(2|delta|)) is used. One flavour alone gives "
            f"{abs(surface_acceleration('talk', flavours=('e',))):.2g}."
        ),
    ),
    Claim(
        id="talk-gradient-mu",
        source="talk",
        place="'Gradient force'",
        statement="U(x_d) = (G_F/mu) Int rho (n_nu - n_nubar): the value of mu",
        quoted="1",
        note="mu is not defined on the slide; rows above use the potential of the slide 'Matter potential' instead.",
    ),
    Claim(
        id="talk-gradient-energy",
        source="talk",
        place=_GRADIENT,
        statement="E = S Int U_1 rho_m rho_nu dq over the sum of the energies of the slices of the body",
        quoted="1",
        compute=_prism_atoms,
        tolerance=1e-7,
        by=prism_energy,
        definition=True,
        note="Layered matter in an exponential profile; the integral is the limit of the sum.",
    ),
    Claim(
        id="talk-gradient-force",
        source="talk",
        place=_GRADIENT,
        statement="F_y = -(V/l) Int U_1 rho_m d rho_nu/d y_a dq over -dE/d y_a, the slope of E by differences",
        quoted="1",
        compute=_prism_ratio,
        tolerance=1e-6,
        by=prism_force,
        note="Sign included, with V = S l; the third derivative of the energy is left by the difference.",
    ),
    Claim(
        id="talk-torsion-balance",
        source="talk",
        place="'Sensitivity for acceleration'",
        statement="acceleration that a torsion balance resolves",
        quoted="1e-15",
        unit="cm/s^2",
        printed="a < 10^-15 cm s^-2",
        note="An experimental number; nothing in the talk to compute it from.",
    ),
    Claim(
        id="talk-balance-shortfall",
        source="talk",
        place="'Sensitivity for acceleration'",
        statement="sensitivity missing even with the flat Earth's enhancement, the ratio of the two quoted numbers",
        quoted="1e15",
        printed="'not working even with the Earth enhancement' (1e-15 over 1e-30)",
        approximate=True,
        compute=lambda: shortfall(abs(surface_acceleration("talk"))),
        by=shortfall,
    ),
]
