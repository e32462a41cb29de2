"""Drawing of the chapter on Opher's reflection: a slab in a beam, what its faces do to the rays, and the pushes."""

from __future__ import annotations

import math
from typing import Annotated

import pandas as pd
from matplotlib.figure import Figure as Canvas
from matplotlib.patches import Rectangle

from cnub.figures import sketch, style
from cnub.figures.parameters import Range
from cnub.figures.registry import figure
from cnub.forces.recoil import collimated_forces
from cnub.reflection import face_reflectivity

BENT = 0.5
"""Change of the squared momentum along the normal that is drawn, over itself outside: +-BENT inside."""
THICK = 0.5
"""Of the slab, in the length of the incoming arrow."""


def drawn_delta(delta: float, sine: float) -> float:
    """The refraction that is drawn instead of ``delta``: of its sign, s'^2 = (1 +- BENT) s^2 at the ``sine`` s."""
    return math.sqrt(1 + math.copysign(BENT, delta) * sine**2) - 1


def _caption(table: pd.DataFrame, delta: float, sine: float) -> str:
    shown = drawn_delta(delta, sine)
    left_here, left_really = (f.net / abs(f.entry) for f in (collimated_forces(d, sine) for d in (shown, delta)))
    return rf"""A slab in a beam whose glancing angle has the sine $s = {sine:g}$, drawn for $\delta = {shown:.2g}$.
    Top: the rays at the angles of Snell's law, wider where they carry more. Vertical arrows: the momentum along the
    normal, $s$ outside and $s'$ inside, in units of $k$. Bottom: the pushes on the slab, Eq. {{eq}}`eq-oph-both`, in
    one scale. The entry face turns $s$ into $s'$ and the exit face turns it back, so that the pushes are opposite;
    their sum comes from the reflected rays alone. Over the push on the entry face it is {style.tex(left_here)} here,
    and {style.tex(left_really)} at $\delta =$ {style.tex(delta)}."""


def _alt(table: pd.DataFrame, delta: float, sine: float) -> str:
    shares = table[table["kind"] == "ray"].groupby("part", sort=False)["size"].first()
    pushes = table[table["kind"] == "push"].groupby("part", sort=False)["size"].first()
    steeper = "steeper" if delta > 0 else "more gently"
    return (
        f"A beam meets a slab from the upper left, runs {steeper} inside and leaves below, parallel to itself, with "
        f"{100 * shares['transmitted']:.0f} percent of it; {100 * shares['reflected']:.0f} percent is reflected by the "
        f"first face and {100 * shares['reflected again']:.0f} percent by the second. Below, three arrows, positive "
        f"downwards: {pushes['entry']:+.3f} on the entry face, {pushes['exit']:+.3f} on the exit face, "
        f"{pushes['sum']:+.3f} in sum."
    )


@figure(
    "recoil-sketch",
    chapter="opher_reflection",
    summary="Drawing: a slab in a beam, its rays and the pushes on its faces",
    caption=_caption,
    alt=_alt,
)
def slab(
    delta: Annotated[float, Range(-0.1, 0.1, "refraction of the slab; its sign is drawn", least=1e-12)] = -1e-8,
    sine: Annotated[float, Range(0.4, 0.6, "sine of the glancing angle of the beam")] = 0.5,
) -> pd.DataFrame:
    """Corners of the rays with the share of the beam that each carries, and the pushes on the faces in n v k."""
    shown = drawn_delta(delta, sine)
    forces, face = collimated_forces(shown, sine), float(face_reflectivity(shown, sine))
    out = math.asin(sine)
    inner = math.acos(math.cos(out) / (1 + shown))
    crossing = THICK / math.tan(inner)
    step = math.cos(out), math.sin(out)
    through, back = (crossing, -THICK), (2 * crossing, 0.0)
    rays = {
        "incoming": (1.0, (-step[0], step[1]), (0.0, 0.0)),
        "reflected": (face, (0.0, 0.0), step),
        "inside": (1 - face, (0.0, 0.0), through),
        "transmitted": ((1 - face) ** 2, through, (crossing + step[0], -THICK - step[1])),
        "back": ((1 - face) * face, through, back),
        "reflected again": ((1 - face) ** 2 * face, back, (back[0] + step[0] / 2, step[1] / 2)),
    }
    normal = {
        "before": (sine, (-step[0], step[1])),
        "in": (math.sin(inner) * (1 + shown), (0, 0)),
        "after": (sine, through),
    }
    rows = [("ray", name, share, *point) for name, (share, *ends) in rays.items() for point in ends]
    rows += [("momentum", name, size, *start) for name, (size, start) in normal.items()]
    rows += [
        ("push", name, value, 0.0, y)
        for name, value, y in (
            ("entry", forces.entry, 0.0),
            ("exit", forces.exit, -THICK),
            ("sum", forces.net, -THICK / 2),
        )
    ]
    return pd.DataFrame(rows, columns=["kind", "part", "size", "x", "y"])


NAMES = {"incoming": (-0.6, 0.55), "reflected": (0.98, 0.4), "transmitted": (0.55, -0.22)}
"""Where the name of a ray begins, from where the ray meets the slab."""
PLACES = {"entry": -0.35, "exit": 0.9, "sum": 2.5}
DOWN, LONGEST = 1.72, 0.56
"""From the rays down to the pushes, and the length of the longest push there."""


@slab.drawing
def _draw(table: pd.DataFrame) -> Canvas:
    canvas, axes = sketch.sheet((-1.1, 3.2, -2.8, 0.74))
    for y in (0.0, -DOWN):
        _body(axes, y)
    for name, part in table[table["kind"] == "ray"].groupby("part", sort=False):
        again = name in ("back", "reflected again")
        width = 1.2 + 2.4 * part["size"].iloc[0]
        sketch.arrow(axes, part[["x", "y"]], color=sketch.FIRST, lw=width, ls=(0, (4, 3)) if again else "-")
        if name in NAMES:
            face = part.iloc[-1 if name == "incoming" else 0]
            right, up = NAMES[name]
            sketch.words(axes, face["x"] + right, face["y"] + up, name, ha="left")
    for row in table[table["kind"] == "momentum"].itertuples():
        sketch.arrow(axes, [(row.x, row.y), (row.x, row.y - row.size)], head=9.0, lw=1.3)
        sketch.words(axes, row.x - 0.07, row.y - row.size / 2, "$s'$" if row.part == "in" else "$s$", ha="right")
    _pushes(axes, table[table["kind"] == "push"].set_index("part"))
    return canvas


def _body(axes, y):
    left, right = axes.get_xlim()
    axes.add_patch(Rectangle((left, y - THICK), right - left, THICK, color=sketch.ink(), alpha=0.1, lw=0))
    for face in (y, y - THICK):
        sketch.line(axes, [left, right], [face, face], lw=1.2)


def _pushes(axes, table):
    """Arrows with head or tail on their face, outside the slab; a positive push is down."""
    unit = LONGEST / table["size"].abs().max()
    for name, row in table.iterrows():
        x, face, length = PLACES[name], row["y"] - DOWN, unit * row["size"]
        start = face + {"entry": max(length, 0.0), "exit": min(length, 0.0), "sum": length / 2}[name]
        sketch.arrow(axes, [(x, start), (x, start - length)], color=sketch.SECOND, head=11.0, lw=2.8)
        away = {"entry": 0.3, "exit": -0.3, "sum": 0.0}[name]
        sketch.words(axes, x + 0.12, face + away, "sum" if name == "sum" else f"push on the {name} face", ha="left")
