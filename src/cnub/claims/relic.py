"""Claims on what arrives and what it meets: the relic gas, masses and mixing, the matter potential."""

from __future__ import annotations

import math

from cnub.claims.ledger import Claim
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
from cnub.oscillation import NUFIT, Measurement, fit
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
_ANGLES = {"12": "theta_12", "23": "theta_23", "13": "theta_13"}
_COLUMNS = {"best_fit": "best fit", "low": "lower end of 3 sigma", "high": "upper end of 3 sigma"}
_DIGITS = {"theta_12": ("{:.2f}", 5e-3), "theta_23": ("{:.1f}", 5e-2), "theta_13": ("{:.2f}", 5e-3)}
_SIN2_ROUNDING = {"theta_12": 5e-4, "theta_23": 5e-4, "theta_13": 5e-6}


def _angle(sin2: float) -> float:
    return math.degrees(math.asin(math.sqrt(sin2)))


def _angle_claim(ordering: str, name: str, column: str) -> Claim:
    """The two columns of the table, sin^2 and degrees, have to agree within the rounding of both."""
    angle = _ANGLES[name]
    sin2, degrees = (getattr(getattr(fit(ordering), f"{stem}_{name}"), column) for stem in ("sin2", "theta"))
    form, rounding = _DIGITS[angle]
    slope = math.degrees(1 / math.sin(2 * math.radians(degrees)))
    return Claim(
        id=f"nufit-{ordering.lower()}-{name}-{column.replace('_', '-')}",
        source="talk",
        place=_TABLE,
        statement=f"{angle} from sin^2 = {sin2:g}, {_COLUMNS[column]}, {ordering}",
        quoted=form.format(degrees),
        unit="degrees",
        compute=lambda: _angle(sin2),
        by="cnub.oscillation.fit",
        tolerance=(rounding + _SIN2_ROUNDING[angle] * slope) / degrees,
        note="Both columns are rounded: held to half a unit of each.",
    )


def _accuracy(measured: Measurement) -> float:
    return 100 * (measured.plus + measured.minus) / 2 / abs(measured.best_fit)


def _accuracy_claim(field: str, symbol: str, quoted: str) -> Claim:
    return Claim(
        id=f"nufit-accuracy-{field.replace('_', '-')}",
        source="talk",
        place=_TABLE,
        statement=f"1 sigma accuracy of {symbol}, normal ordering, mean of both errors",
        quoted=quoted,
        unit="%",
        compute=lambda: _accuracy(getattr(NUFIT["NO"], field)),
        by="cnub.oscillation.fit",
    )


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
        by="cnub.relic.de_broglie_length_m",
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
        by="cnub.relic.age_s",
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
        by="cnub.relic.age_s",
    ),
    Claim(
        id="paper-temperature",
        source="paper",
        place="Sec. II B, after Eq. (24)",
        statement="temperature of relic neutrinos, (4/11)^(1/3) T_CMB",
        quoted="1.95",
        unit="K",
        compute=lambda: TEMPERATURE_K,
        by="cnub.relic.TEMPERATURE_K",
    ),
    Claim(
        id="paper-avogadro",
        source="paper",
        place="Sec. I",
        statement="Avogadro constant",
        quoted="6.02e23",
        compute=lambda: AVOGADRO,
        by="cnub.constants.AVOGADRO",
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
        by="cnub.matter.weak_potential",
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
        by="cnub.matter.weak_charge_per_nucleon",
    ),
    Claim(
        id="talk-potential-antineutrino",
        source="talk",
        place="'Matter potential'",
        statement="U of antineutrinos over U of neutrinos",
        quoted="-1",
        compute=lambda: weak_potential(_CRUST, antineutrino=True) / weak_potential(_CRUST),
        tolerance=1e-12,
        by="cnub.matter.weak_potential",
    ),
    Claim(
        id="talk-refractivity",
        source="talk",
        place="'Refractive index'",
        statement="|delta| of 0.1 eV at the mean momentum in rock of 2.7 g/cm^3",
        quoted="1e-8",
        approximate=True,
        compute=lambda: abs(refractivity(_MASS, mean_momentum(), weak_potential(_CRUST))),
        by="cnub.matter.refractivity",
    ),
    Claim(
        id="talk-refractivity-average",
        source="talk",
        place="'Refractive index'",
        statement="|delta| = <m U/k^2> averaged over the gas as the slide writes it, 0.05 eV, rock",
        quoted="1e-8",
        approximate=True,
        compute=lambda: abs(mean_refractivity(0.05, weak_potential(_CRUST))),
        by="cnub.matter.mean_refractivity",
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
        by="cnub.matter.critical_angle",
    ),
    Claim(
        id="talk-critical-angle-power",
        source="talk",
        place="'Critical angle'",
        statement="power of G_F in the critical angle",
        quoted="0.5",
        compute=lambda: power(critical_angle, -1e-8),
        tolerance=1e-9,
        by="cnub.matter.critical_angle",
    ),
]

CLAIMS = [
    *_GAS,
    *(_angle_claim(ordering, name, column) for ordering in NUFIT for name in _ANGLES for column in _COLUMNS),
    _accuracy_claim("theta_12", "theta_12", "2"),
    _accuracy_claim("theta_23", "theta_23", "2"),
    _accuracy_claim("theta_13", "theta_13", "1"),
    _accuracy_claim("delta_cp", "delta_CP", "16"),
    _accuracy_claim("dm2_21", "Delta m^2_21", "3"),
    _accuracy_claim("dm2_3l", "Delta m^2_3l", "1"),
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
