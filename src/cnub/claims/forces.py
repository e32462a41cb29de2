"""Claims on forces: how many G_F's they have, the gradient force, the Stodolsky effect, torsion balances."""

from __future__ import annotations

from cnub.claims.ledger import Claim
from cnub.forces.gradient import earth_gradient_acceleration
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
from cnub.forces.stodolsky import energy_splitting, talk_inputs

_DELTA = -1e-8
_COUNT = "'How many G_F's for the force?'"
_VANISHING = "'Vanishing of G_F force'"
_EXPONENT = "Held to 1e-3: corrections are of relative order theta_c = 1.4e-4."
_TRIANGLE = [[0.0, 0.0], [2.0, 0.0], [0.5, 1.5]]
_STODOLSKY = "'Stodolsky effect'"
_MATCHING = "A = 50, beta = 1e-3, mean torque, half splitting"


def _moment_power(order: int) -> float:
    """Powers of theta_c that the n-th moment of the reflectivity has above the one before."""
    own = power(lambda d: reflection_moment(d, order), _DELTA)
    before = power(lambda d: reflection_moment(d, order - 1), _DELTA) if order else 0.0
    return 2 * (own - before)


def _stack_asymmetry() -> float:
    forces = isotropic_stack_pressure([-2e-3, 1e-3, -5e-4], [30.0, 200.0, 7.0])
    return forces.net / forces.entry


def _prism_sum() -> float:
    forces = prism_forces(_TRIANGLE, _DELTA)
    return float(abs(forces.sum(axis=0)).max() / abs(forces).max())


def _theta_claim(order: int, id: str, what: str) -> Claim:
    return Claim(
        id=f"talk-count-{id}",
        source="talk",
        place=_COUNT,
        statement=f"powers of theta_c from the {what}",
        quoted="1",
        compute=lambda: _moment_power(order),
        tolerance=1e-3,
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
        tolerance=1e-3,
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
        tolerance=1e-3,
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
        note="delta^2 log(1/delta): the local exponent lies below 2 by the inverse of the logarithm, 0.04 here.",
    ),
    Claim(
        id="talk-collimated-faces",
        source="talk",
        place=_VANISHING,
        statement="powers of G_F in the force of a collimated flux on one face (s = 0.3)",
        quoted="1",
        compute=lambda: power(lambda d: collimated_forces(d, 0.3).entry, _DELTA),
        tolerance=1e-3,
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
        tolerance=1e-3,
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
        compute=lambda: abs(earth_gradient_acceleration()),
        by=earth_gradient_acceleration,
        note="lambda_cr is not defined on the slide; 1/(k sqrt(2|delta|)) is used. One flavour alone gives 2.8e-31.",
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
        id="talk-stodolsky-linear",
        source="talk",
        place=_STODOLSKY,
        statement="splitting at half the asymmetry over that at full: the suppression by the asymmetry is linear",
        quoted="0.5",
        compute=lambda: energy_splitting(0.5) / energy_splitting(1.0),
        tolerance=1e-12,
        by=energy_splitting,
    ),
    Claim(
        id="talk-stodolsky-torque",
        source="talk",
        place=_STODOLSKY,
        statement="torque acceleration of a magnet at (n_nubar - n_nu)/(2 nbar) = 1",
        quoted="4e-29",
        unit="cm/s^2",
        compute=lambda: talk_inputs()["iron, wind of the CMB, mean torque"],
        correction="With A = 50, beta = 1e-3, a ring of 1 cm, and the energy of one spin in place of the splitting.",
        corrected=lambda: talk_inputs()[_MATCHING],
        by=talk_inputs,
        note="The slide prints no inputs; iron in the wind of the CMB (370 km/s) gives 9.6e-29.",
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
        compute=lambda: shortfall(abs(earth_gradient_acceleration())),
        by=shortfall,
    ),
]
