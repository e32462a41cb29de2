"""The interactive explorers: a Vega-Lite chart over a table of the package's answers, and the command behind each.

What the reader chooses is a parameter of the chart; what it shows is looked up in the table or scaled from it. The
signal ``command`` of the chart is the command behind it. The page's script keeps the choice in the address and shows
the command; without script the chart stands as a picture. JupyterLab draws the same chart by itself.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from html import escape
from typing import Any

import vl_convert

from cnub.domain import one_of
from cnub.pages.explorer_tables import (
    DENSITIES,
    FLAT,
    GROUNDS,
    HEIGHTS_M,
    LIFETIMES_S,
    LIGHTEST_EV,
    MASSES_EV,
    MOMENTA,
    SLOPES,
    STATES,
    STEPS,
    VOLUMES_M3,
    asymmetry_constants,
    asymmetry_rows,
    candidate_rows,
    rate_rows,
)

VEGA_LITE = "5.20"
"""The newest of the versions whose charts JupyterLab draws as well."""
PICTURE_WIDTH = 640
"""In pixels; only a page has a container whose width a chart can take."""
CHART = "application/vnd.vegalite.v5+json"
"""What JupyterLab draws."""


@dataclass(frozen=True)
class Explorer:
    """A chart with its choices. A page shows the HTML, JupyterLab the chart of Vega-Lite."""

    name: str
    spec: dict[str, Any]
    alternative: str

    def svg(self) -> str:
        """The chart as it stands before anything is chosen."""
        return vl_convert.vegalite_to_svg(self.spec | {"width": PICTURE_WIDTH}, vl_version=VEGA_LITE)

    def html(self) -> str:
        """The chart for a page: as a picture, which the script of the page replaces by the chart itself."""
        spec = json.dumps(self.spec, separators=(",", ":")).replace("</", "<\\/")
        return (
            f'<div class="explorer" id="explore-{self.name}" data-name="{self.name}">'
            f'<div class="explorer-chart" role="group" aria-label="{escape(self.alternative)}">{self.svg()}</div>'
            '<p class="explorer-command" hidden>The same by command: <code></code></p>'
            '<p class="explorer-values" hidden>Shown: <output aria-live="polite"></output></p>'
            f'<script type="application/json">{spec}</script></div>'
            '<script defer src="_static/vega/vega.min.js"></script><script defer src="_static/explorers.js"></script>'
        )

    def _repr_mimebundle_(self, include=None, exclude=None):
        return {"text/plain": self.alternative, "text/html": self.html(), CHART: self.spec}


def explorer(name: str) -> Explorer:
    """The explorer called ``name``: asymmetry, rate or candidates. Raises :class:`cnub.DomainError` for another."""
    return EXPLORERS[one_of("name", name, EXPLORERS)]()


def _chosen(name, options, label, start=None):
    bind = {"input": "select", "options": list(options), "name": f"{label} "}
    return {"name": name, "value": options[0] if start is None else start, "bind": bind}


def _spec(params, csv, parse, transform, **marks):
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "width": "container",
        "autosize": {"type": "fit-x", "contains": "padding"},
        "params": params,
        "data": {"values": csv, "format": {"type": "csv", "parse": parse}},
        "transform": transform,
        **marks,
    }


_ROUND_COMMAND = (
    "'.venv/bin/cnub earth --mass ' + mass + ' --state ' + state + ' --material ' + ground + ' --height ' + above"
    " + (momentum == 'gas' ? ' --gas' : ' --momentum ' + constants.momentum[fixed])"
)
_FLAT_COMMAND = (
    "'.venv/bin/python -c \"from cnub.forces.surface import asymmetry; print(' + density + ' * asymmetry(\\''"
    " + flat[shape] + '\\', ' + delta + ', ' + k * above + '))\"'"
)
_OF_MEAN = "grazing && momentum == 'gas' ? 'over flat ground: at the mean momentum, no average over the gas' : ''"


def asymmetry() -> Explorer:
    """Neutrinos minus antineutrinos above the ground, by :func:`cnub.forces.ground.earth` and the talk's flat Earth."""
    params = [
        _chosen("mass", MASSES_EV, "mass (eV)", 0.1),
        _chosen("momentum", [*MOMENTA, "gas"], "momentum over the mean", "1"),
        _chosen("state", STATES, "state"),
        _chosen("ground", GROUNDS, "ground"),
        _chosen("shape", ["round", *FLAT], "ground and its waves"),
        _chosen("above", HEIGHTS_M, "height (m)", 1e-3),  # height is the chart's own
        {"name": "constants", "value": asymmetry_constants()},
        {"name": "fixed", "expr": "momentum == 'gas' ? '1' : momentum"},
        {"name": "kind", "expr": "shape == 'round' ? (momentum == 'gas' ? 'gas' : 'round') : shape"},
        {"name": "U", "expr": "constants.potential[state + ' ' + ground]"},
        {"name": "delta", "expr": "constants.per_potential[mass + ' ' + fixed] * U"},
        {"name": "k", "expr": "constants.per_metre[fixed]"},
        {"name": "angle", "expr": "sqrt(2 * abs(delta))"},
        {"name": "grazing", "expr": "shape != 'round'"},
        {"name": "density", "expr": "constants.density_per_cm3"},
        {"name": "flat", "value": FLAT},
        {"name": "command", "expr": f"grazing ? {_FLAT_COMMAND} : {_ROUND_COMMAND}"},
    ]
    amount = "grazing ? (delta < 0 ? 1 : -1) * angle * datum.f : kind == 'gas' ? U * datum.f : 2 * delta * datum.f"
    transform = [
        {
            "filter": "datum.kind == kind && (kind != 'gas' || datum.mass == mass)"
            " && (kind != 'round' || datum.p == fixed)"
        },
        {"calculate": "grazing ? datum.x / (k * angle) : datum.x", "as": "height"},
        {"calculate": f"density * ({amount})", "as": "asymmetry"},
    ]
    x = {"field": "height", "type": "quantitative", "scale": {"type": "log"}, "title": "height above the ground (m)",
         "axis": {"labelSeparation": 8, "labelOverlap": "greedy"}}  # fmt: skip
    y = {"field": "asymmetry", "type": "quantitative", "title": "neutrinos − antineutrinos (cm⁻³)",
         "axis": {"format": ".1e"}}  # fmt: skip
    near = [
        {"calculate": "abs(log(datum.height / above))", "as": "away"},
        {"joinaggregate": [{"op": "min", "field": "away", "as": "nearest"}]},
        {"filter": "datum.away == datum.nearest && datum.away < 0.1"},
    ]
    shown = {"text": {"field": "asymmetry", "format": ".3e"}, "x": x, "y": y}
    layer = [
        {"mark": {"type": "line", "clip": True}, "encoding": {"x": x, "y": y, "order": {"field": "height"}}},
        {"transform": near, "mark": {"type": "point", "size": 70, "filled": True}, "encoding": {"x": x, "y": y}},
        {"transform": near, "mark": {"type": "text", "dy": -12, "fontSize": 13}, "encoding": shown},
    ]
    parse = {"mass": "number", "x": "number", "f": "number", "p": "string"}
    spec = _spec(params, asymmetry_rows().to_csv(index=False), parse, transform, layer=layer, height=300,
                 title={"text": {"expr": _OF_MEAN}, "fontSize": 12, "fontWeight": "normal"})  # fmt: skip
    return Explorer("asymmetry", spec, (
        "Interactive chart: neutrinos minus antineutrinos per cubic centimetre against the height above the ground, on "
        "a logarithmic axis, for a mass, a momentum or the gas, a state, a ground and a filling of the grazing waves "
        "that are chosen below it; the value at the chosen height is written at the curve."
    ))  # fmt: skip


_RATE_COMMAND = (
    "'.venv/bin/cnub rate --transition M1 --ordering ' + ordering + ' --lightest-mass ' + mass + ' --coherence-time ' +"
    " lifetime + ' --volume ' + volume + ' --density ' + dipoles + ' --average thermal --photon-slope ' + slope"
)


def rate() -> Explorer:
    """Photons a year from Eq. (22) as printed to what remains, by :func:`cnub.discovery.steps.fluorescence_steps`."""
    choices = {
        "ordering": (["NO", "IO"], "ordering", "NO"),
        "mass": (LIGHTEST_EV, "lightest mass (eV)", 0.0),
        "lifetime": (LIFETIMES_S, "coherence time (s)", 1e-8),
        "slope": (SLOPES, "slope of slow light", 1e-3),
        "volume": (VOLUMES_M3, "volume (m³)", 27),
        "dipoles": (DENSITIES, "dipoles per cm³", DENSITIES[-1]),
    }
    params = [_chosen(name, options, label, start) for name, (options, label, start) in choices.items()]
    params.append({"name": "command", "expr": _RATE_COMMAND})
    same = " && ".join(f"datum.{name} == {name}" for name in choices)
    x = {"field": "rate", "type": "quantitative", "scale": {"type": "log"}, "title": "photons per year",
         "axis": {"format": ".0e", "tickCount": 6, "labelSeparation": 8, "labelOverlap": "greedy"}}  # fmt: skip
    y = {"field": "step", "type": "nominal", "sort": list(STEPS), "title": None, "axis": {"labelLimit": 170}}
    shown = {"x": x, "y": y, "text": {"field": "rate", "format": ".1e"}}
    layer = [
        {"mark": {"type": "line", "opacity": 0.4},
         "encoding": {"x": x, "y": y, "order": {"field": "place", "type": "quantitative"}}},
        {"mark": {"type": "point", "filled": True, "size": 60}, "encoding": {"x": x, "y": y}},
        {"mark": {"type": "text", "dy": -10}, "encoding": shown},
        {"data": {"values": [{"one": 1}]}, "transform": [], "mark": {"type": "rule", "strokeDash": [4, 4]},
         "encoding": {"x": {"field": "one", "type": "quantitative"}}},
    ]  # fmt: skip
    each = [{"filter": same}, {"fold": list(STEPS), "as": ["step", "rate"]}, {"filter": "datum.rate > 0"},
            {"calculate": f"indexof({json.dumps(STEPS)}, datum.step)", "as": "place"}]  # fmt: skip
    numeric = dict.fromkeys(["mass", "lifetime", "slope", "volume", "dipoles", *STEPS], "number")
    spec = _spec(params, rate_rows().to_csv(index=False), numeric, each, layer=layer, height=360)
    return Explorer("rate", spec, (
        "Interactive chart: photons a year from a target of magnetic dipoles on a logarithmic axis, one point for each "
        "step from the printed formula to what remains, for an ordering, a lightest mass, a coherence time, a slope of "
        "slow light, a volume and a density that are chosen below it. A dashed line marks one a year. Where the "
        "dipoles have no ground state at that density the last two points are missing."
    ))  # fmt: skip


_FIELD, _MASS = "field that tunes it (T)", "lightest mass that it fits (eV)"


def candidates() -> Explorer:
    """Real lines that meet a channel, by :func:`cnub.discovery.ranking.survey`."""
    rows = candidate_rows()
    channels = ["every channel", *sorted(rows["channel"].unique())]
    params = [
        _chosen("means", ["field", "mass"], "tuned by"),
        _chosen("channel", channels, "channel"),
        {"name": "largest", "value": 45,
         "bind": {"input": "range", "min": 1, "max": 45, "step": 1, "name": "field up to (T) "}},
        {"name": "heaviest", "value": 0.45,
         "bind": {"input": "range", "min": 0.01, "max": 0.45, "step": 0.01, "name": "lightest mass up to (eV) "}},
        {"name": "command",
         "value": ".venv/bin/python -c 'from cnub.discovery.ranking import survey; print(survey())'"},
    ]  # fmt: skip
    transform = [
        {"filter": "datum.means == means && (channel == 'every channel' || datum.channel == channel)"},
        {"filter": "datum.need <= (means == 'field' ? largest : heaviest)"},
    ]
    x = {"field": "need", "type": "quantitative", "title": None}  # an axis' title cannot follow a choice
    y = {"field": "rate", "type": "quantitative", "scale": {"type": "log"}, "title": "photons that remain per year",
         "axis": {"format": ".0e", "tickCount": 6, "labelSeparation": 8, "labelOverlap": "greedy"}}  # fmt: skip
    told = [{"field": name, "type": "nominal"} for name in ("species", "line", "channel")]
    told += [{"field": name, "type": "quantitative", "format": ".2e"} for name in ("need", "rate")]
    layer = [
        {"mark": {"type": "point", "filled": True, "size": 60, "tooltip": True},
         "encoding": {"x": x, "y": y, "tooltip": told,
                      "shape": {"field": "ordering", "type": "nominal", "title": "ordering"}}},
        {"transform": [{"window": [{"op": "rank", "as": "place"}], "sort": [{"field": "rate", "order": "descending"}]},
                       {"filter": "datum.place <= 6"}],
         "mark": {"type": "text", "dy": -10, "align": "left"},
         "encoding": {"x": x, "y": y, "text": {"field": "species"}}},
    ]  # fmt: skip
    below = {"text": {"expr": f"means == 'field' ? '{_FIELD}' : '{_MASS}'"}, "orient": "bottom", "fontSize": 13}
    spec = _spec(params, rows.to_csv(index=False), {"need": "number", "rate": "number"}, transform, layer=layer,
                 height=320, title=below)  # fmt: skip
    return Explorer("candidates", spec, (
        "Interactive chart: what remains per year on a logarithmic axis against the field or the lightest mass that "
        "brings a real line to a channel; channel and limits are chosen below it. The table below has every line."
    ))  # fmt: skip


EXPLORERS = {"asymmetry": asymmetry, "rate": rate, "candidates": candidates}
"""Explorers by name."""
