"""Claims on what arrives and what it meets: the relic gas, masses and mixing, the matter potential."""

from __future__ import annotations

import math

from cnub.claims.ledger import Claim, half_unit_of_last_digit
from cnub.constants import AVOGADRO, FERMI_CONSTANT
from cnub.forces.recoil import power
from cnub.matter import (
    critical_angle,
    material,
    mean_refractivity,
    refractivity,
    weak_charge_per_nucleon,
    weak_potential,
)
from cnub.oscillation import NUFIT, fit
from cnub.relic import (
    TEMPERATURE,
    TEMPERATURE_K,
    age_s,
    de_broglie_length_m,
    mean_momentum,
)

_DECOUPLING = 1e6
"""1 MeV in eV, the customary temperature of neutrino decoupling."""
_CRUST, _MASS = material("crust"), 0.1
_TABLE = "Backups, 'Challenges' (NuFIT 6.0)"
_ANGLES = {"12": (5e-3, 5e-4), "23": (5e-2, 5e-4), "13": (5e-3, 5e-6)}
"""Half a unit of the last printed digit of each angle, in degrees and of its sin^2."""
_COLUMNS = ("best_fit", "low", "high")
_ACCURACIES = {"theta_12": "2", "theta_23": "2", "theta_13": "1", "delta_cp": "16", "dm2_21": "3", "dm2_3l": "1"}
"""Accuracies in per cent, as printed."""


def temperature_K() -> float:
    """(4/11)^(1/3) T_CMB in kelvin."""
    return TEMPERATURE_K


def avogadro() -> float:
    """N_A per mole."""
    return AVOGADRO


def _angle(sin2: float) -> float:
    return math.degrees(math.asin(math.sqrt(sin2)))


def _angle_follows(ordering: str, name: str, column: str) -> bool:
    """Whether an angle is that of its sin^2, within the rounding of both."""
    sin2, degrees = (getattr(getattr(fit(ordering), f"{stem}_{name}"), column) for stem in ("sin2", "theta"))
    rounding, sin2_rounding = _ANGLES[name]
    slope = math.degrees(1 / math.sin(2 * math.radians(degrees)))
    return abs(_angle(sin2) - degrees) <= rounding + sin2_rounding * slope


def _angles_that_follow() -> int:
    return sum(_angle_follows(o, name, column) for o in NUFIT for name in _ANGLES for column in _COLUMNS)


def _accuracy_follows(field: str, printed: str) -> bool:
    measured = getattr(fit("NO"), field)
    percent = 100 * (measured.plus + measured.minus) / 2 / abs(measured.best_fit)
    return abs(percent - float(printed)) <= half_unit_of_last_digit(printed)


def _accuracies_that_follow() -> int:
    return sum(_accuracy_follows(field, printed) for field, printed in _ACCURACIES.items())


_GAS = [
    Claim(
        id="talk-thermal-length",
        source="talk",
        place="'Coherent enhancement'",
        statement="1/T_nu, the length scale of coherence",
        quoted="0.1",
        unit="cm",
        approximate=True,
        compute=lambda: 100 * de_broglie_length_m(TEMPERATURE),
        by=de_broglie_length_m,
        note="At the mean momentum, 3.15 T, it is 0.037 cm.",
    ),
    Claim(
        id="talk-one-second",
        source="talk",
        place="'Triutium capture'",
        statement="age of the Universe when neutrinos decoupled, at 1 MeV",
        quoted="1",
        unit="s",
        approximate=True,
        compute=lambda: age_s(_DECOUPLING),
        by=age_s,
    ),
    Claim(
        id="paper-one-second",
        source="paper",
        place="Sec. I",
        statement="age of the Universe when the cosmic neutrino background formed, at 1 MeV",
        quoted="1",
        unit="s",
        approximate=True,
        compute=lambda: age_s(_DECOUPLING),
        by=age_s,
    ),
    Claim(
        id="paper-temperature",
        source="paper",
        place="Sec. II B, after Eq. (24)",
        statement="temperature of relic neutrinos, (4/11)^(1/3) T_CMB",
        quoted="1.95",
        unit="K",
        compute=temperature_K,
    ),
    Claim(
        id="paper-avogadro",
        source="paper",
        place="Sec. I",
        statement="Avogadro constant",
        quoted="6.02e23",
        compute=avogadro,
        definition=True,
        note="The constant is exact by the definition of the mole.",
    ),
]

_MATTER = [
    Claim(
        id="talk-potential-prefactor",
        source="talk",
        place="'Matter potential'",
        statement="U of nu_e over the relativistic potential sqrt(2) G_F (n_e - n_n/2)",
        quoted="0.5",
        compute=lambda: (
            weak_potential(_CRUST)
            / (math.sqrt(2) * FERMI_CONSTANT * _CRUST.nucleon_density() * (_CRUST.z_over_a - (1 - _CRUST.z_over_a) / 2))
        ),
        tolerance=1e-12,
        by=weak_potential,
        note="A neutrino at rest is half left-handed: an exact half.",
    ),
    Claim(
        id="talk-potential-mu",
        source="talk",
        place="'Matter potential'",
        statement="U of nu_mu over U of nu_e in matter with Z/A = 1/2, (Z - A)/(3Z - A)",
        quoted="-1",
        compute=lambda: weak_charge_per_nucleon(0.5, "mu") / weak_charge_per_nucleon(0.5),
        tolerance=1e-12,
        by=weak_charge_per_nucleon,
    ),
    Claim(
        id="talk-potential-antineutrino",
        source="talk",
        place="'Matter potential'",
        statement="U of antineutrinos over U of neutrinos",
        quoted="-1",
        compute=lambda: weak_potential(_CRUST, antineutrino=True) / weak_potential(_CRUST),
        tolerance=1e-12,
        by=weak_potential,
    ),
    Claim(
        id="talk-refractivity",
        source="talk",
        place="'Refractive index'",
        statement="|delta| of 0.1 eV at the mean momentum in rock of 2.7 g/cm^3",
        quoted="1e-8",
        approximate=True,
        compute=lambda: abs(refractivity(_MASS, mean_momentum(), weak_potential(_CRUST))),
        by=refractivity,
    ),
    Claim(
        id="talk-refractivity-average",
        source="talk",
        place="'Refractive index'",
        statement="|delta| = <m U/k^2> averaged over the gas as the slide writes it, 0.05 eV, rock",
        quoted="1e-8",
        approximate=True,
        compute=lambda: abs(mean_refractivity(0.05, weak_potential(_CRUST))),
        by=mean_refractivity,
        note="<1/k^2> is 3.8 times 1/<k>^2; with 0.1 eV the average is 3.5e-8.",
    ),
    Claim(
        id="talk-critical-angle",
        source="talk",
        place="'Critical angle'",
        statement="theta_c = sqrt(2 |delta|), 0.1 eV, mean momentum, rock",
        quoted="1e-4",
        unit="rad",
        approximate=True,
        compute=lambda: critical_angle(refractivity(_MASS, mean_momentum(), weak_potential(_CRUST))),
        by=critical_angle,
    ),
    Claim(
        id="talk-critical-angle-power",
        source="talk",
        place="'Critical angle'",
        statement="power of G_F in the critical angle",
        quoted="0.5",
        compute=lambda: power(critical_angle, -1e-8),
        tolerance=1e-9,
        by=critical_angle,
    ),
]

CLAIMS = [
    *_GAS,
    Claim(
        id="nufit-angles",
        source="talk",
        place=_TABLE,
        statement="how many of the 18 angles (three, best fit and 3 sigma range, two orderings) follow from the sin^2 "
        "printed beside them",
        quoted="18",
        compute=_angles_that_follow,
        by=fit,
        note="The table against itself, within the rounding of both columns: it guards the values all other rows use, "
        "and says nothing about the fit.",
    ),
    Claim(
        id="nufit-accuracies",
        source="talk",
        place=_TABLE,
        statement="how many of the 6 printed accuracies follow from the best fit and the mean of its two errors (NO)",
        quoted="6",
        compute=_accuracies_that_follow,
        by=fit,
        note="The table against itself, at the printed digits.",
    ),
    Claim(
        id="nufit-delta-chi-squared",
        source="talk",
        place=_TABLE,
        statement="chi^2 of the inverted over that of the normal ordering",
        quoted="6.1",
        note="Needs the global fit to oscillation data, not its result.",
    ),
    *_MATTER,
]
