"""Claims on what arrives and what it meets: the relic gas and the matter potential."""

from __future__ import annotations

import math

import numpy as np
from scipy.optimize import brentq

from cnub.claims.ledger import paper, talk
from cnub.constants import AVOGADRO
from cnub.fluorescence.currents import dirac_current, helicity_spinor
from cnub.forces.recoil import power
from cnub.matter import (
    critical_angle,
    material,
    mean_refractivity,
    refractivity,
    weak_charge_from_couplings,
    weak_potential,
)
from cnub.reflection import face_reflectivity
from cnub.relic import (
    TEMPERATURE,
    TEMPERATURE_K,
    age_s,
    de_broglie_length_m,
    mean_momentum,
)

_DECOUPLING = 1e6
"""1 MeV in eV, the customary temperature of neutrino decoupling."""
_CRUST, _MASS, _OSCILLATING = material("crust"), 0.1, 0.05
_SLOW, _FALLEN = 1e-7, 1e-6
_IRON = material("iron").z_over_a


def temperature_K() -> float:
    """(4/11)^(1/3) T_CMB in kelvin."""
    return TEMPERATURE_K


def avogadro() -> float:
    """N_A per mole."""
    return AVOGADRO


def _time_current(momentum: float) -> float:
    """nu-bar gamma^0 (1 - gamma_5) nu per neutrino of 0.1 eV and helicity -1, at a momentum in eV."""
    p = np.array([0.0, 0.0, momentum])
    spin = helicity_spinor(np.array([0.0, 0.0, 1.0]), -1)
    return float(dirac_current(_MASS, p, spin, _MASS, p, spin)[0].real) / (2 * math.hypot(_MASS, momentum))


def _total_reflection(delta: float) -> float:
    """Sine of the glancing angle at which reflection stops being total, found on the reflectivity itself."""
    return brentq(lambda s: float(face_reflectivity(delta, s)) - (1 - _FALLEN), 0.0, 0.5, xtol=1e-16)


def _average_per_eV() -> float:
    """|<m U/k^2>| per eV of mass, rock."""
    return abs(mean_refractivity(1.0, weak_potential(_CRUST)))


def _average_over_mean() -> float:
    return _average_per_eV() / abs(refractivity(1.0, mean_momentum(), weak_potential(_CRUST)))


_GAS = [
    talk(
        "thermal-length", "'Coherent enhancement'", "1/T_nu, the length scale of coherence", "0.1",
        lambda: 100 * de_broglie_length_m(TEMPERATURE), de_broglie_length_m, unit="cm", approximate=True,
        note=lambda: f"At the mean momentum it is {100 * de_broglie_length_m(mean_momentum()):.2g} cm.",
    ),
    talk(
        "one-second", "'Triutium capture'", "age of the Universe when neutrinos decoupled, at 1 MeV", "1",
        lambda: age_s(_DECOUPLING), age_s, unit="s", approximate=True,
    ),
    paper(
        "one-second", "Sec. I", "age of the Universe when the cosmic neutrino background formed, at 1 MeV", "1",
        lambda: age_s(_DECOUPLING), age_s, unit="s", approximate=True,
    ),
    paper(
        "temperature", "Sec. II B, after Eq. (24)", "temperature of relic neutrinos, (4/11)^(1/3) T_CMB", "1.95",
        temperature_K, unit="K",
    ),
    paper(
        "avogadro", "Sec. I", "Avogadro constant", "6.02e23",
        avogadro, definition=True,
        note="The constant is exact by the definition of the mole.",
    ),
]  # fmt: skip

_MATTER = [
    talk(
        "potential-prefactor", "'Matter potential'",
        "U of a slow left-helical Dirac neutrino over that of a fast one (the G_F/(2 sqrt 2) of the slide)", "0.5",
        lambda: _time_current(_SLOW * _MASS) / _time_current(_MASS / _SLOW), dirac_current, tolerance=1e-6,
        note=f"From explicit spinors: nu-bar gamma^0 (1 - gamma_5) nu is 1 + v; v = {_SLOW:g} is left.",
    ),
    talk(
        "potential-mu", "'Matter potential'", "U of nu_mu over U of nu_e in matter with Z/A = 1/2, (Z - A)/(3Z - A)",
        "-1",
        lambda: weak_charge_from_couplings(0.5, "mu") / weak_charge_from_couplings(0.5), weak_charge_from_couplings,
        tolerance=1e-12,
        note="From the vector couplings of quarks and electrons, and W exchange for nu_e.",
    ),
    talk(
        "potential-charge", "'Matter potential'",
        "twice the vector couplings of quarks and electrons per nucleon, over (3Z - A)/A, nu_e in iron", "1",
        lambda: weak_charge_from_couplings(_IRON) / (3 * _IRON - 1), weak_charge_from_couplings, printed="3Z - A",
        tolerance=1e-12,
        note="W exchange included; sin^2 theta_W cancels between electrons and protons.",
    ),
    talk(
        "potential-antineutrino", "'Matter potential'", "U of antineutrinos over U of neutrinos", "-1",
        lambda: weak_potential(_CRUST, antineutrino=True) / weak_potential(_CRUST), weak_potential, tolerance=1e-12,
        definition=True,
        note="The order of the ladder operators in the vector current; our function has the sign built in.",
    ),
    talk(
        "refractivity", "'Refractive index'", "|delta| of 0.1 eV at the mean momentum in rock of 2.7 g/cm^3", "1e-8",
        lambda: abs(refractivity(_MASS, mean_momentum(), weak_potential(_CRUST))), refractivity, approximate=True,
    ),
    talk(
        "refractivity-average", "'Refractive index'",
        "|delta| = <m U/k^2> averaged over the gas as the slide writes it, 0.05 eV, rock of 2.7 g/cm^3", "1e-8",
        lambda: abs(mean_refractivity(_OSCILLATING, weak_potential(_CRUST))), mean_refractivity, approximate=True,
        note=lambda: (
            f"The slide states no mass; {_OSCILLATING:g} eV is that of the heaviest, the lightest massless. The "
            f"average is {_average_over_mean():.2g} times the value at the mean momentum (talk-refractivity), within "
            f"a factor 2 of the quoted order up to {2e-8 / _average_per_eV():.2g} eV."
        ),
    ),
    talk(
        "critical-angle", "'Critical angle'", "theta_c = sqrt(2 |delta|), 0.1 eV, mean momentum, rock", "1e-4",
        lambda: critical_angle(refractivity(_MASS, mean_momentum(), weak_potential(_CRUST))), critical_angle,
        unit="rad", approximate=True,
        note=lambda: f"With the average of delta over the gas it is {critical_angle(_average_per_eV() * _MASS):.2g}.",
    ),
    talk(
        "critical-angle-power", "'Critical angle'", "power of G_F in the angle at which total reflection ends", "0.5",
        lambda: power(_total_reflection, -1e-8), face_reflectivity, tolerance=1e-6,
        note=f"Found on Fresnel's reflectivity, where it has fallen by {_FALLEN:g}.",
    ),
]  # fmt: skip

CLAIMS = [
    *_GAS,
    *_MATTER,
]  # fmt: skip
