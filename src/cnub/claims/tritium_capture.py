"""Claims on the capture of relic neutrinos on tritium, as far as the abstracts of its literature state them."""

from __future__ import annotations

from scipy.optimize import brentq

from cnub.capture.nucleus import GROUND_SHARE, RYDBERG, cross_section_cm2
from cnub.capture.rates import capture_rate
from cnub.claims.ledger import literature

MASS = 0.1
"""In eV, of all three states within a tenth: the abstract speaks of a degenerate spectrum of at least that."""


def resolution_over_mass() -> float:
    """Full width at half maximum, over the mass, at which as many decays as captures lie in the window."""

    def excess(resolution):
        found = capture_rate(MASS, resolution=resolution)
        return found.background_per_year / found.signal_per_year - 1

    return float(brentq(excess, 0.3 * MASS, 1.5 * MASS, xtol=1e-6)) / MASS


def _rate_note() -> str:
    others = 100 * (cross_section_cm2() / cross_section_cm2(from_matrix_elements=True) - 1)
    return (
        f"From the half-life of tritium: {cross_section_cm2():.2e} cm^2. With the nuclear matrix elements of that work "
        f"it is {others:.1f} % less. {100 * GROUND_SHARE:.0f} % of all captures leave a free ion in its ground state; "
        f"the others lie {3 * RYDBERG:.0f} eV lower and more."
    )


CLAIMS = [
    literature(
        "capture-dirac", "abstract of 1405.7654", "captures per year on 100 g of tritium, slow Dirac neutrinos", "4",
        lambda: capture_rate(MASS).rate_per_year, capture_rate, unit="per year", note=_rate_note,
    ),
    literature(
        "capture-majorana", "abstract of 1405.7654", "captures per year on 100 g of tritium, slow Majorana neutrinos",
        "8",
        lambda: capture_rate(MASS, nature="majorana").rate_per_year, capture_rate, unit="per year",
        note="Twice as many: both helicities are captured. For a massless state the two natures are alike.",
    ),
    literature(
        "capture-resolution", "abstract of 1405.7654",
        "resolution over mass below which signal exceeds background, degenerate masses", "0.7",
        resolution_over_mass, capture_rate, printed="< ~0.7 m", approximate=True,
        note=lambda: f"At {MASS:g} eV, in a window as wide as the peak's full width at half maximum around it.",
    ),
]  # fmt: skip
