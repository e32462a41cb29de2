"""The explorers live: controls that ask the package on each change, for a notebook in JupyterLab.

The site has the charts of :mod:`cnub.pages.explorers`, whose values were computed when it was built. Here any value is
asked, and what the package refuses is said in one sentence in place of the picture.
"""

from __future__ import annotations

import math
from base64 import b64encode
from collections.abc import Callable
from html import escape
from typing import Any

from ipywidgets import HTML, Box, Checkbox, Dropdown, FloatLogSlider, FloatSlider, FloatText, VBox, Widget

from cnub.constants import AVOGADRO
from cnub.domain import DomainError, one_of
from cnub.fluorescence.averages import SLOPES
from cnub.fluorescence.channels import channel_words, open_channels
from cnub.forces.ground import STATES
from cnub.matter import MATERIALS
from cnub.oscillation import NATURES, ORDERINGS
from cnub.pages.explorer_tables import FLAT
from cnub.pages.live_answers import Answer, above_ground, rate_in_steps, real_lines
from cnub.pages.numbers import format_number

DIGITS = 4
"""Digits of a value that a slider of powers gives: its steps have no round ones."""
_WAVES = {"round": "round", "flat, all filled": "flat", "flat patch": "patch"} | FLAT
_ROW = {"flex_flow": "row wrap"}
_WIDTH = "23rem"
"""Of a control: the longest label and still a slider that can be moved."""
_ON_RELEASE = {"continuous_update": False}


class Live(VBox):
    """An explorer: ``controls`` by name, and the last ``answer``, none where the package refused with ``refusal``.

    ``idle`` names the controls that have no say in a choice.
    """

    def __init__(
        self,
        name: str,
        controls: dict[str, Widget],
        ask: Callable[..., Answer],
        idle: Callable[[dict[str, Any]], set[str]] = lambda chosen: set(),
    ):
        self.name, self.controls, self._ask, self._idle = name, controls, ask, idle
        self.answer: Answer | None = None
        self.refusal = ""
        self.page = HTML()
        for control in controls.values():
            control.style.description_width = "initial"
            control.layout.width = _WIDTH
            control.observe(self._redraw, names="value")
        super().__init__([Box(list(controls.values()), layout=_ROW), self.page])
        self._redraw()

    def __repr__(self) -> str:  # what a notebook keeps for readers without widgets
        return f"The explorer {self.name!r}, live: run this cell in JupyterLab."

    def chosen(self) -> dict[str, Any]:
        """The value of each control."""
        return {name: _kept(control) for name, control in self.controls.items()}

    def _redraw(self, change: object = None) -> None:
        chosen = self.chosen()
        for name, control in self.controls.items():
            control.disabled = name in self._idle(chosen)
        self.page.value = "computing …"
        try:
            self.answer, self.refusal = self._ask(**chosen), ""
        except DomainError as error:
            self.answer, self.refusal = None, str(error)
        self.page.value = _shown(self.answer) if self.answer else f'<p role="alert">{escape(self.refusal)}</p>'


def asymmetry(mass_eV: float = 0.1, ground: str = "crust") -> Live:
    """Neutrinos minus antineutrinos above the ground. Raises :class:`cnub.DomainError` for an unknown ``ground``."""
    controls = {
        "mass": FloatText(mass_eV, description="mass (eV)", **_ON_RELEASE),
        "state": Dropdown(options=STATES, description="state"),
        "nature": Dropdown(options=NATURES, description="nature"),
        "ground": _menu("ground", MATERIALS, ground, "ground"),
        "waves": Dropdown(options=list(_WAVES.items()), description="ground and its waves"),
        "momentum": _powers(1.0, math.log10(0.2), 1.0, "momentum over the mean"),
        "gas": Checkbox(False, description="the gas of all momenta", indent=False),
        "height_m": _powers(1e-3, -5, 2, "height (m)"),
        "length_m": _powers(1e4, 0, 7, "patch (m)"),
        "filling_length_m": _powers(1e3, 0, 7, "trapped empty before (m)"),
    }
    return Live("asymmetry", controls, above_ground, _idle_above_ground)


def _idle_above_ground(chosen: dict[str, Any]) -> set[str]:
    of_patch = set() if chosen["waves"] == "patch" else {"length_m", "filling_length_m"}
    return of_patch | ({"momentum"} if chosen["gas"] else set())


def rate(
    lightest_mass_eV: float = 0.0,
    volume_m3: float = 27.0,
    density_per_cm3: float = AVOGADRO,
    coherence_time_s: float = 1e-8,
) -> Live:
    """Photons a year, from the printed formula to what remains."""
    controls = {
        "ordering": Dropdown(options=ORDERINGS, description="ordering"),
        "lightest_mass": FloatText(lightest_mass_eV, description="lightest mass (eV)", **_ON_RELEASE),
        "volume_m3": FloatText(volume_m3, description="volume (m³)", **_ON_RELEASE),
        "density_per_cm3": FloatText(density_per_cm3, description="dipoles per cm³", **_ON_RELEASE),
        "coherence_time_s": FloatText(coherence_time_s, description="coherence time (s)", **_ON_RELEASE),
        "photon_slope": _powers(1e-3, math.log10(SLOPES[0]), 0, "slope of slow light"),
    }
    return Live("rate", controls, rate_in_steps)


def candidates(volume_m3: float = 27.0, coherence_time_s: float = 1e-8) -> Live:
    """Real lines that meet a channel, by a field or by the lightest mass."""
    channels = sorted({channel_words(f"{o} {c.name}") for o in ORDERINGS for c in open_channels(o)})
    controls = {
        "means": Dropdown(options=["field", "mass"], description="tuned by"),
        "channel": Dropdown(options=[("every channel", ""), *((c, c) for c in channels)], description="channel"),
        "largest": _up_to(45.0, 1.0, "field up to (T)"),
        "heaviest": _up_to(0.45, 0.01, "lightest mass up to (eV)"),
        "volume_m3": FloatText(volume_m3, description="volume (m³)", **_ON_RELEASE),
        "coherence_time_s": FloatText(coherence_time_s, description="coherence time (s)", **_ON_RELEASE),
    }
    return Live("candidates", controls, real_lines, lambda chosen: {"largest", "heaviest"} - {_LIMIT[chosen["means"]]})


_LIMIT = {"field": "largest", "mass": "heaviest"}


def _menu(name: str, options: Any, start: str, label: str) -> Dropdown:
    return Dropdown(options=list(options), value=one_of(name, start, options), description=label)


def _powers(start: float, low: float, high: float, label: str) -> FloatLogSlider:
    return FloatLogSlider(
        start, base=10, min=low, max=high, step=0.1, description=label, readout_format=f".{DIGITS}g", **_ON_RELEASE
    )


def _up_to(most: float, step: float, label: str) -> FloatSlider:
    return FloatSlider(most, min=step, max=most, step=step, description=label, **_ON_RELEASE)


def _kept(control: Widget) -> Any:
    if isinstance(control, FloatLogSlider):
        return float(f"{control.value:.{DIGITS}g}")
    return control.value


def _shown(answer: Answer) -> str:
    facts = {name: format_number(value, DIGITS) for name, value in answer.numbers.items()}
    words = "; ".join(f"{name}: {text}" for name, text in facts.items())
    picture = b64encode(answer.picture.encode()).decode()
    rows = "".join(f'<tr><th scope="row">{escape(name)}</th><td>{text}</td></tr>' for name, text in facts.items())
    return (
        f'<img style="max-width: 100%" alt="{escape(words)}" src="data:image/svg+xml;base64,{picture}">'
        f"{answer.more or f'<table>{rows}</table>'}"
        f"<p>The same by command: <code>{escape(answer.command)}</code></p>"
        f'<p>In Python:</p><pre style="white-space: pre-wrap">{escape(answer.call)}</pre>'
    )
