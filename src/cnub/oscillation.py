"""Masses and mixing for both orderings: NuFIT 6.0, the table of the talk's backup slide, or the best fits of 6.1."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from cnub.domain import integer, one_of, representable, within

__all__ = [
    "NATURES",
    "NUFIT",
    "NUFIT_RELEASE",
    "NUFIT_RELEASES",
    "ORDERINGS",
    "Fit",
    "Measurement",
    "fit",
    "heaviest_mass",
    "masses",
    "mixing_matrix",
    "transition_coefficient",
]

ORDERINGS = ("NO", "IO")
NATURES = ("dirac", "majorana")
"""What a neutrino may be: two fields, or its own antiparticle."""
HEAVIEST = 100.0
"""Largest lightest mass in eV: above it relic neutrinos would outweigh the Universe (sum of masses < 94 eV), and a
splitting of 7.5e-5 eV^2 would lose half of its digits in a double."""


@dataclass(frozen=True)
class Measurement:
    """A fitted parameter: best fit, its 1 sigma errors up and down, and the 3 sigma range (None: not at hand)."""

    best_fit: float
    plus: float | None = None
    minus: float | None = None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class Fit:
    """One ordering of the table; angles in degrees, mass differences squared in eV^2.

    ``dm2_3l`` is m3^2 - m1^2 (> 0) in the normal and m3^2 - m2^2 (< 0) in the inverted ordering.
    """

    sin2_12: Measurement
    theta_12: Measurement
    sin2_23: Measurement
    theta_23: Measurement
    sin2_13: Measurement
    theta_13: Measurement
    delta_cp: Measurement
    dm2_21: Measurement
    dm2_3l: Measurement


def _squared(power: float, *numbers: float) -> Measurement:
    return Measurement(*(number * power for number in numbers))


NUFIT = {
    "NO": Fit(
        sin2_12=Measurement(0.308, 0.012, 0.011, 0.275, 0.345),
        theta_12=Measurement(33.68, 0.73, 0.70, 31.63, 35.95),
        sin2_23=Measurement(0.470, 0.017, 0.013, 0.435, 0.585),
        theta_23=Measurement(43.3, 1.0, 0.8, 41.3, 49.9),
        sin2_13=Measurement(0.02215, 0.00056, 0.00058, 0.02030, 0.02388),
        theta_13=Measurement(8.56, 0.11, 0.11, 8.19, 8.89),
        delta_cp=Measurement(212.0, 26.0, 41.0, 124.0, 364.0),
        dm2_21=_squared(1e-5, 7.49, 0.19, 0.19, 6.92, 8.05),
        dm2_3l=_squared(1e-3, 2.513, 0.021, 0.019, 2.451, 2.578),
    ),
    "IO": Fit(
        sin2_12=Measurement(0.308, 0.012, 0.011, 0.275, 0.345),
        theta_12=Measurement(33.68, 0.73, 0.70, 31.63, 35.95),
        sin2_23=Measurement(0.550, 0.012, 0.015, 0.440, 0.584),
        theta_23=Measurement(47.9, 0.7, 0.9, 41.5, 49.8),
        sin2_13=Measurement(0.02231, 0.00056, 0.00056, 0.02060, 0.02409),
        theta_13=Measurement(8.59, 0.11, 0.11, 8.25, 8.93),
        delta_cp=Measurement(274.0, 22.0, 25.0, 201.0, 335.0),
        dm2_21=_squared(1e-5, 7.49, 0.19, 0.19, 6.92, 8.05),
        dm2_3l=_squared(1e-3, -2.484, 0.020, 0.020, -2.547, -2.421),
    ),
}
"""NuFIT 6.0 (Esteban et al., JHEP 12 (2024) 216), as printed in the talk, 'Challenges'."""


def _best_fits(sin2_12, sin2_13, sin2_23, delta_cp, dm2_21, dm2_3l) -> Fit:
    sines = {"12": sin2_12, "13": sin2_13, "23": sin2_23}
    angles = {f"theta_{name}": Measurement(math.degrees(math.asin(math.sqrt(s)))) for name, s in sines.items()}
    fitted = {f"sin2_{name}": Measurement(s) for name, s in sines.items()}
    others = {"delta_cp": delta_cp, "dm2_21": dm2_21, "dm2_3l": dm2_3l}
    return Fit(**fitted, **angles, **{name: Measurement(number) for name, number in others.items()})


NUFIT_RELEASE = "6.0"
"""The release of every published number of this package: the one that the talk prints."""
NUFIT_RELEASES = {
    "6.0": NUFIT,
    "6.1": {
        "NO": _best_fits(0.3088, 0.02248, 0.470, 212.0, 7.537e-5, 2.511e-3),
        "IO": _best_fits(0.3088, 0.02262, 0.550, 274.0, 7.537e-5, -2.483e-3),
    },
}
"""Releases by number. 6.1 (www.nu-fit.org, 2025) contains JUNO's first result; of it only the best fits are here."""


def fit(ordering: str, nufit: str = NUFIT_RELEASE) -> Fit:
    """The values of ``ordering`` ("NO" or "IO") in release ``nufit`` of NuFIT ("6.0", which the talk prints, or "6.1").

    Raises :class:`cnub.DomainError` on another.

    Source: talk, 'Challenges'; I. Esteban et al., JHEP 12 (2024) 216.

    >>> print(fit("NO").sin2_13.best_fit)
    0.02215
    """
    one_of("nufit", nufit, NUFIT_RELEASES)
    return NUFIT_RELEASES[nufit][one_of("ordering", ordering, ORDERINGS)]


@representable
def masses(ordering: str, lightest_mass: float = 0.0, nufit: str = NUFIT_RELEASE) -> tuple[float, float, float]:
    """Masses (m1, m2, m3) in eV for ``ordering`` ("NO" or "IO") and the lightest of them in eV (0 to 100).

    The lightest is m1 in the normal and m3 in the inverted ordering; ``nufit`` as in :func:`fit`.
    Raises :class:`cnub.DomainError` otherwise.

    Source: talk, 'Challenges'.

    >>> m1, m2, m3 = masses("NO")
    >>> print(f"{m3:.4f}")
    0.0501
    """
    table, lightest = fit(ordering, nufit), within("lightest_mass", lightest_mass, 0.0, HEAVIEST)
    solar, atmospheric, m2_lightest = table.dm2_21.best_fit, table.dm2_3l.best_fit, lightest**2
    if ordering == "NO":
        return lightest, math.sqrt(m2_lightest + solar), math.sqrt(m2_lightest + atmospheric)
    second = m2_lightest - atmospheric
    return math.sqrt(second - solar), math.sqrt(second), lightest


def heaviest_mass(ordering: str, lightest_mass: float = 0.0, nufit: str = NUFIT_RELEASE) -> float:
    """Largest of the three masses in eV, m3 in "NO" and m2 in "IO", for ``lightest_mass`` in eV (>= 0).

    Raises :class:`cnub.DomainError` outside these ranges.

    Source: talk, 'Challenges'.

    >>> print(f'{heaviest_mass("IO"):.4f}')
    0.0498
    """
    return max(masses(ordering, lightest_mass, nufit))


def mixing_matrix(ordering: str, nufit: str = NUFIT_RELEASE) -> np.ndarray:
    """PMNS matrix U, complex (3, 3), rows e, mu, tau and columns 1, 2, 3, in the PDG parametrisation.

    No Majorana phases. Built from the sin^2 of the table (printed with more digits than the angles) and delta_CP.
    Raises :class:`cnub.DomainError` outside these ranges.

    Source: talk, 'Challenges'; S. Navas et al., Phys. Rev. D 110 (2024) 030001, section 14.

    >>> u = mixing_matrix("NO")
    >>> print(np.abs(u[0]) ** 2)
    [0.6766722 0.3011778 0.02215  ]
    """
    table = fit(ordering, nufit)
    sines = [math.sqrt(s.best_fit) for s in (table.sin2_12, table.sin2_13, table.sin2_23)]
    (s12, s13, s23), (c12, c13, c23) = sines, (math.sqrt(1 - s * s) for s in sines)
    phase = complex(np.exp(1j * math.radians(table.delta_cp.best_fit)))
    rotation_23 = np.array([[1, 0, 0], [0, c23, s23], [0, -s23, c23]])
    rotation_13 = np.array([[c13, 0, s13 / phase], [0, 1, 0], [-s13 * phase, 0, c13]])
    rotation_12 = np.array([[c12, s12, 0], [-s12, c12, 0], [0, 0, 1]])
    return rotation_23 @ rotation_13 @ rotation_12


def transition_coefficient(initial: int, final: int, ordering: str, nufit: str = NUFIT_RELEASE) -> complex:
    """C_ij = U_ei^* U_ej of the mass states i = ``initial`` and j = ``final`` (1, 2 or 3).

    Raises :class:`cnub.DomainError` outside these ranges.

    Source: Eq. (2) of 2507.10868v1.

    >>> print(f'{abs(transition_coefficient(3, 1, "NO")) ** 2:.5f}')
    0.01499
    """
    electron = mixing_matrix(ordering, nufit)[0]
    i, j = integer("initial", initial, 1, 3), integer("final", final, 1, 3)
    return complex(np.conj(electron[i - 1]) * electron[j - 1])
