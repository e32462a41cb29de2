"""CODATA 2022 (``codata.csv``, held to ``scipy.constants``) in natural units, hbar = c = k_B = 1, energies in eV."""

from __future__ import annotations

import math
from pathlib import Path

__all__ = [
    "AGE_OF_EARTH_S",
    "ATOMIC_MASS",
    "AVOGADRO",
    "BOHR_MAGNETON",
    "BOHR_RADIUS",
    "BOLTZMANN_EV_PER_K",
    "CENTIMETRE",
    "EARTH_RADIUS_M",
    "ELECTRON_CHARGE",
    "ELECTRON_MASS",
    "FERMI_CONSTANT",
    "FINE_STRUCTURE",
    "GRAM",
    "GRAVITY",
    "HBAR_C_EV_M",
    "HBAR_EV_S",
    "JULIAN_YEAR_S",
    "KELVIN",
    "KILOGRAM",
    "METRE",
    "SECOND",
    "SPEED_OF_LIGHT_M_PER_S",
    "TESLA",
    "VOLT_PER_METRE",
    "WEAK_MIXING_SIN2",
    "YEAR",
]

# SciPy's own table comes with a tenth of a second of imports, which every command would wait for
_rows = (line.split(",") for line in Path(__file__).with_name("codata.csv").read_text().splitlines()[1:])
_codata = {quantity: float(value) for quantity, value, *_ in _rows}
_charge, _hbar = _codata["elementary charge"], _codata["Planck constant"] / (2 * math.pi)

SPEED_OF_LIGHT_M_PER_S = _codata["speed of light in vacuum"]
HBAR_EV_S = _hbar / _charge
HBAR_C_EV_M = _hbar * SPEED_OF_LIGHT_M_PER_S / _charge
BOLTZMANN_EV_PER_K = _codata["Boltzmann constant"] / _charge
AVOGADRO = _codata["Avogadro constant"]
FERMI_CONSTANT = _codata["Fermi coupling constant"] * 1e-18
"""G_F in eV^-2 (CODATA quotes GeV^-2)."""
FINE_STRUCTURE = _codata["fine-structure constant"]
ELECTRON_CHARGE = math.sqrt(4 * math.pi * FINE_STRUCTURE)
"""e = sqrt(4 pi alpha), dimensionless."""
ELECTRON_MASS = _codata["electron mass energy equivalent in MeV"] * 1e6
ATOMIC_MASS = _codata["atomic mass constant energy equivalent in MeV"] * 1e6
BOHR_RADIUS = 1 / (FINE_STRUCTURE * ELECTRON_MASS)
"""a_0 = 1/(alpha m_e) in 1/eV."""
BOHR_MAGNETON = ELECTRON_CHARGE / (2 * ELECTRON_MASS)
"""mu_B = e/(2 m_e) in 1/eV; the paper's e/m_e is twice this."""
WEAK_MIXING_SIN2 = _codata["weak mixing angle"]
EARTH_RADIUS_M = 6.371e6
"""Mean radius of the Earth (IUGG R_1, 6371.0 km)."""
JULIAN_YEAR_S = 365.25 * 86400.0
AGE_OF_EARTH_S = 4.54e9 * JULIAN_YEAR_S
"""Dalrymple, Geol. Soc. London Spec. Publ. 190 (2001) 205."""

METRE = 1 / HBAR_C_EV_M
"""One metre in 1/eV."""
CENTIMETRE = METRE * 1e-2
SECOND = 1 / HBAR_EV_S
"""One second in 1/eV."""
YEAR = JULIAN_YEAR_S * SECOND
KELVIN = BOLTZMANN_EV_PER_K
"""One kelvin in eV."""
KILOGRAM = SPEED_OF_LIGHT_M_PER_S**2 / _charge
"""One kilogram in eV."""
GRAM = KILOGRAM * 1e-3
VOLT_PER_METRE = HBAR_C_EV_M / ELECTRON_CHARGE
"""One volt per metre in eV^2: e times it is one eV over one metre."""
TESLA = _codata["Bohr magneton in eV/T"] / BOHR_MAGNETON
"""One tesla in eV^2, in units where mu_B = e/(2 m_e)."""
GRAVITY = _codata["Newtonian constant of gravitation"] * METRE**3 / (KILOGRAM * SECOND**2)
"""Newton's constant in 1/eV^2."""
