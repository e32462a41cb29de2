"""The registry of figures: a stable id -> parameters, tidy table, drawing, caption and alternative text."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass, field

import pandas as pd
from matplotlib.figure import Figure as Canvas

from cnub.domain import DomainError
from cnub.figures.parameters import Parameter, declared, plain
from cnub.figures.rendered import Rendered
from cnub.parameters import cast

Table = Callable[..., pd.DataFrame]
Drawing = Callable[..., Canvas]
Words = str | Callable[..., str]
"""A sentence, or a function of the computed table and of those parameters of the figure that it names."""


@dataclass
class Figure:
    """One figure: ``table(**parameters)`` computes, ``draw(table)`` paints, a call shows it in a notebook.

    ``draw``, ``caption`` and ``alt`` take the table and, by name, those parameters of the figure that they need;
    ``draw`` may name ``narrow``, which is true where it draws for a phone.
    """

    id: str
    chapter: str
    summary: str
    table: Table
    caption: Words = field(default="", repr=False)
    alt: Words = field(default="", repr=False)
    draw: Drawing | None = field(default=None, repr=False)

    def __post_init__(self) -> None:
        self.__doc__ = self.table.__doc__  # what a notebook shows as the help of the call
        self.__signature__ = inspect.signature(self.table)

    def __call__(self, **parameters: object) -> Rendered:
        """The figure as a notebook shows it; raise :class:`cnub.DomainError` as :meth:`compute` does.

        >>> from cnub.figures import stodolsky_effect as figures
        >>> figures.torque(points=5).caption.startswith("Eq. {eq}`eq-sto-torque`")
        True
        """
        return Rendered(self, self.compute(**parameters), self.parameters() | self.checked(parameters))

    def drawing(self, function: Drawing) -> Drawing:
        """Attach the function that turns the tidy table into a Matplotlib figure."""
        self.draw = function
        return function

    @property
    def function(self) -> str:
        """Dotted name of the function that computes the table."""
        return f"{self.table.__module__}.{self.table.__qualname__}"

    def declared(self) -> dict[str, Parameter]:
        """The parameters of the table: type, default, range or choice, unit and meaning."""
        return declared(self.table)

    def parameters(self) -> dict[str, object]:
        """Names and defaults of the parameters of the table."""
        return {name: parameter.default for name, parameter in self.declared().items()}

    def compute(self, **parameters: object) -> pd.DataFrame:
        """Return the tidy table; raise :class:`cnub.DomainError` on a parameter the figure does not have or allow.

        Ranges are checked before anything is computed; values that do not go together are refused with all of them.
        """
        checked = self.checked(parameters)
        try:
            return self.table(**checked)
        except DomainError as error:
            given = ", ".join(f"{name}={plain(value)}" for name, value in checked.items())
            raise DomainError(f"{given} must go together in figure {self.id}: {error}" if given else error) from error

    def canvas(self, table: pd.DataFrame, parameters: dict[str, object] | None = None) -> Canvas:
        """The drawing of ``table``, computed with ``parameters`` (those left out: their defaults)."""
        return self._told(self.draw, table, parameters or {})

    def words(self, table: pd.DataFrame, parameters: dict[str, object] | None = None) -> tuple[str, str]:
        """Caption, in MyST, and alternative text of the figure of ``table``, each on one line."""
        told = (w if isinstance(w, str) else self._told(w, table, parameters or {}) for w in (self.caption, self.alt))
        caption, alt = (" ".join(text.split()) for text in told)
        return caption, alt

    def checked(self, parameters: dict[str, object]) -> dict[str, object]:
        """``parameters``, texts or values, in their types; raise :class:`cnub.DomainError` unless all are allowed."""
        known = self.declared()
        typed = cast(f"figure {self.id}", parameters, self.parameters())
        return {name: known[name].check(value) for name, value in typed.items()}

    def _told(self, function: Callable, table: pd.DataFrame, parameters: dict[str, object]) -> object:
        """``function`` of the table and of the parameters that it names; of a drawing whether it is for a phone."""
        values = {"narrow": False} | self.parameters() | parameters
        _, *named = inspect.signature(function).parameters
        return function(table, **{name: values[name] for name in named})


REGISTRY: dict[str, Figure] = {}


def figure(id: str, *, chapter: str, summary: str, caption: Words = "", alt: Words = "") -> Callable[[Table], Figure]:
    """Register the decorated function (parameters -> tidy table) as the figure ``id``; attach ``@it.drawing`` next.

    ``caption`` (MyST: math, citations, references) and ``alt`` (plain words) are sentences, or functions of the table
    and of those parameters that they name.
    """

    def register(table: Table) -> Figure:
        if id in REGISTRY:
            raise ValueError(f"two figures are called {id}")
        REGISTRY[id] = Figure(id, chapter, summary, table, caption, alt)
        return REGISTRY[id]

    return register
