"""The interactive explorer of the book: events per year over volume, coherence time and slow light."""

from __future__ import annotations

import numpy as np
import plotly.graph_objects as go

from cnub.discovery.exposure import events_table
from cnub.figures import style

VOLUMES_M3 = np.geomspace(1e-6, 1e3, 19)
TIMES_S = (1e-9, 1e-8, 1e-7, 1e-6, 1e-5)
SLOPES = (1.0, 1e-1, 1e-2, 1e-3, 1e-4, 1e-5, 1e-6)
ALTERNATIVE = (
    "Interactive chart, logarithmic axes: events per year against the target volume, one rising line for each of five "
    "coherence times from 1 ns to 10 µs. The slider sets the slope of the photon band: a flatter band lifts all five. "
    "A dotted line many orders of magnitude below includes the photon's reaction on the dipoles: a flatter band lowers "
    "it."
)
"""What the explorer shows, for someone who cannot see it."""
_NAMES = {1e-9: "1 ns", 1e-8: "10 ns", 1e-7: "100 ns", 1e-6: "1 µs", 1e-5: "10 µs"}


def rate_explorer(ordering: str = "NO") -> go.Figure:
    """Plotly figure: one line per coherence time, a slider for d omega/dk, dotted: what the photon's reaction leaves.

    Raises :class:`cnub.DomainError` on an unknown ordering. Self-contained once a plotly script is on the page.
    """
    table = events_table(VOLUMES_M3, TIMES_S, SLOPES, ordering)
    figure = go.Figure()
    for slope in SLOPES:
        part = table[table["slope"] == slope]
        for time, colour in zip(TIMES_S, style.CYCLE, strict=False):
            line = part[part["coherence_time_s"] == time]
            figure.add_scatter(x=line["volume_m3"], y=line["events_per_year"], name=_NAMES[time], visible=slope == 1.0,
                               line={"color": colour})  # fmt: skip
        bound = part[part["coherence_time_s"] == TIMES_S[1]]
        figure.add_scatter(x=bound["volume_m3"], y=bound["saturated_per_year"], name="with the photon's reaction",
                           visible=slope == 1.0, line={"color": "#000000", "dash": "dot"})  # fmt: skip
    figure.update_traces(mode="lines")
    figure.update_layout(sliders=[_slider()], template="plotly_white", height=570, font={"size": 13},
                         legend={"orientation": "h", "y": 1.02, "yanchor": "bottom"},
                         margin={"l": 60, "r": 10, "t": 20, "b": 40})  # fmt: skip
    figure.update_xaxes(type="log", title="target volume (m³)", exponentformat="power", dtick=1)
    figure.update_yaxes(type="log", title="events per year", exponentformat="power", range=[-18, 10], dtick=4)
    return figure


def explorer_html(ordering: str = "NO", identifier: str = "rate-explorer") -> str:
    """The explorer as an HTML fragment without any script of its own source: the page loads plotly."""
    drawn, options = rate_explorer(ordering), {"responsive": True}
    body = drawn.to_html(full_html=False, include_plotlyjs=False, div_id=identifier, config=options)
    return f'<div role="group" aria-label="{ALTERNATIVE}">{body}</div>'


def _slider():
    per_slope = len(TIMES_S) + 1
    steps = []
    for n, slope in enumerate(SLOPES):
        visible = [i // per_slope == n for i in range(per_slope * len(SLOPES))]
        steps.append({"method": "restyle", "args": ["visible", visible], "label": f"{slope:g}"})
    return {"active": 0, "currentvalue": {"prefix": "dω/d|k| = "}, "pad": {"t": 75}, "steps": steps}
