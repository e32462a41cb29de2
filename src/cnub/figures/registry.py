"""The registry of figures: a stable id -> parameters, tidy table, drawing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import pandas as pd
from matplotlib.figure import Figure as Canvas

from cnub.domain import DomainError
from cnub.figures.parameters import Parameter, declared, plain

Table = Callable[..., pd.DataFrame]
Drawing = Callable[[pd.DataFrame], Canvas]


@dataclass
class Figure:
    """One figure: ``table(**parameters)`` computes, ``draw(table)`` paints."""

    id: str
    chapter: str
    summary: str
    table: Table
    draw: Drawing | None = field(default=None, repr=False)

    def drawing(self, function: Drawing) -> Drawing:
        """Attach the function that turns the tidy table into a Matplotlib figure."""
        self.draw = function
        return function

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
        known = self.declared()
        for name in parameters:
            if name not in known:
                raise DomainError(f"figure {self.id} has no parameter {name!r}; it has {', '.join(known) or 'none'}")
        checked = {name: known[name].check(value) for name, value in parameters.items()}
        try:
            return self.table(**checked)
        except DomainError as error:
            given = ", ".join(f"{name}={plain(value)}" for name, value in checked.items())
            raise DomainError(f"{given} must go together in figure {self.id}: {error}" if given else error) from error


REGISTRY: dict[str, Figure] = {}


def figure(id: str, *, chapter: str, summary: str) -> Callable[[Table], Figure]:
    """Register the decorated function (parameters -> tidy table) as the figure ``id``; attach ``@it.drawing`` next."""

    def register(table: Table) -> Figure:
        if id in REGISTRY:
            raise ValueError(f"two figures are called {id}")
        REGISTRY[id] = Figure(id, chapter, summary, table)
        return REGISTRY[id]

    return register
