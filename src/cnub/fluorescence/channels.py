"""The transitions nu_i -> nu_j gamma: masses, mixing, and the photon of a neutrino at rest."""

from __future__ import annotations

import re
from dataclasses import dataclass

from cnub.domain import DomainError, integer, one_of, representable
from cnub.oscillation import NUFIT_RELEASE, ORDERINGS, masses, transition_coefficient

TRANSITIONS = ("E1", "M1")
"""Electric and magnetic dipole."""
PAPER_CHANNEL = {"NO": (3, 1), "IO": (2, 1)}
"""The two scenarios of 2507.10868v1: nu_3 -> nu_1 (NO) and nu_2 -> nu_1 (IO)."""


@dataclass(frozen=True)
class Channel:
    """One transition: labels 1..3 of the two states, their masses in eV and |U_ei^* U_ej|^2."""

    ordering: str
    initial: int
    final: int
    initial_mass: float
    final_mass: float
    mixing: float

    @property
    def photon_energy(self) -> float:
        """omega = (m_i^2 - m_j^2)/(2 m_i) in eV, for a neutrino at rest and light as in vacuum."""
        return (self.initial_mass - self.final_mass) * (self.initial_mass + self.final_mass) / (2 * self.initial_mass)

    @property
    def photon_momentum(self) -> float:
        """|k| in eV, equal to omega for that light."""
        return self.photon_energy

    @property
    def final_speed(self) -> float:
        """Speed of nu_j recoiling against that photon: (m_i^2 - m_j^2)/(m_i^2 + m_j^2)."""
        heavy, light = self.initial_mass**2, self.final_mass**2
        return (heavy - light) / (heavy + light)

    @property
    def name(self) -> str:
        """For example ``nu3->nu1``."""
        return f"nu{self.initial}->nu{self.final}"


def channel_symbol(name: str) -> str:
    """``nu3->nu1`` as ν₃ → ν₁ with spaces that do not break, for tables."""
    if not isinstance(name, str) or re.fullmatch(r"nu[123]->nu[123]", name) is None:
        raise DomainError(f"name must be two labels 1..3 as in nu3->nu1; got {name!r}")
    plain = name.replace("nu", "ν").replace("->", "\u00a0→\u00a0")
    return plain.translate(str.maketrans("123", "₁₂₃"))


def channel_words(name: str) -> str:
    """``NO nu3->nu1`` as NO ν₃ → ν₁, for tables; empty stays empty."""
    ordering, _, pair = name.partition(" ")
    return f"{ordering} {channel_symbol(pair)}" if pair else ""


def channel(
    ordering: str,
    initial: int | None = None,
    final: int | None = None,
    lightest_mass: float = 0.0,
    nufit: str = NUFIT_RELEASE,
) -> Channel:
    """The transition ``initial`` -> ``final`` (labels 1..3; by default the paper's for this ordering).

    ``lightest_mass`` in eV. Raises :class:`cnub.DomainError` on an unknown ordering or label, a negative mass, or a
    transition that is energetically closed. Masses and mixing: release ``nufit`` of NuFIT, by default 6.0 (talk, backup
    table).

    Source: talk, 'Challenges'.

    >>> print(f'{channel("NO").photon_energy:.4f}')
    0.0251
    """
    one_of("ordering", ordering, ORDERINGS)
    default = PAPER_CHANNEL[ordering]
    i = integer("initial", default[0] if initial is None else initial, 1, 3)
    j = integer("final", default[1] if final is None else final, 1, 3)
    mass = masses(ordering, lightest_mass, nufit)
    if not mass[i - 1] > mass[j - 1]:
        raise DomainError(
            f"initial -> final must be open: nu{i}->nu{j} is energetically closed in {ordering}, it needs "
            f"m_{i} > m_{j}; "
            f"got {mass[i - 1]:.4g} and {mass[j - 1]:.4g} eV"
        )
    mixing = abs(transition_coefficient(i, j, ordering, nufit)) ** 2
    return Channel(ordering, i, j, float(mass[i - 1]), float(mass[j - 1]), mixing)


@representable
def open_channels(ordering: str, lightest_mass: float = 0.0, nufit: str = NUFIT_RELEASE) -> list[Channel]:
    """The three transitions that are open for this ordering, by falling photon energy.

    Raises :class:`cnub.DomainError` outside these ranges.

    Source: text below Eq. (1) of 2507.10868v1.

    >>> print([(one.initial, one.final) for one in open_channels("IO")])
    [(2, 3), (1, 3), (2, 1)]
    """
    one_of("ordering", ordering, ORDERINGS)
    pairs = [(3, 1), (3, 2), (2, 1)] if ordering == "NO" else [(2, 3), (1, 3), (2, 1)]
    found = [channel(ordering, i, j, lightest_mass, nufit) for i, j in pairs]
    return sorted(found, key=lambda c: -c.photon_energy)
