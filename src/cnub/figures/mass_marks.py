"""The bounds on the masses, on an axis of the lightest mass."""

from __future__ import annotations

from matplotlib.axes import Axes

from cnub.mass_bounds import BOUNDS, lightest_for_sum, mass_sum
from cnub.oscillation import masses

GREY = "0.4"


def mark_bounds(axes: Axes, ordering: str, words: bool = True) -> None:
    """Shade where the sum of masses of ``ordering`` is above DESI's bound; a line at KATRIN's, if in view."""
    low, high = axes.get_xlim()
    total = BOUNDS["DESI"].value
    allowed = mass_sum(ordering) < total
    edge = lightest_for_sum(ordering, total) if allowed else low
    axes.axvspan(max(edge, low), high, color=GREY, alpha=0.12, lw=0, zorder=0)
    if words:
        what = "sum above DESI" if allowed else "sum above DESI everywhere"
        axes.text(max(edge, low) * 1.1, 0.02, what, transform=axes.get_xaxis_transform(), fontsize=7, color=GREY)
    katrin = BOUNDS["KATRIN"].value
    if low < katrin < high and max(masses(ordering, katrin)) > katrin:
        axes.axvline(katrin, color=GREY, lw=0.9, ls=":")
    axes.set_xlim(low, high)


def bounds_caption(orderings: tuple[str, ...]) -> str:
    """The sentence of a caption about the shading of these orderings."""
    edges = [
        f"{lightest_for_sum(ordering, BOUNDS['DESI'].value):.2g} eV in {ordering}"
        if mass_sum(ordering) < BOUNDS["DESI"].value
        else f"everywhere in {ordering}, whose least sum is {mass_sum(ordering):.2g} eV"
        for ordering in orderings
    ]
    return (
        f"Shaded: the sum of masses is above the {BOUNDS['DESI'].value:g} eV of DESI DR2, beyond "
        f"{' and '.join(edges)}. "
        f"KATRIN allows each mass up to {BOUNDS['KATRIN'].value:g} eV."
    )
