"""One LS term in a magnetic field by exact diagonalisation: levels, magnetic-dipole components, fields of resonance.

H = sum over J of E_J P_J + mu_B B (g_L L_z + g_s S_z) on the (2L+1)(2S+1) states of the term, with measured energies
E_J. The field mixes the levels J of one m = M_L + M_S; other terms and the diamagnetic shift (of order
(e a_0 B)^2/(8 m_e), 1e-8 eV at 45 T) are left out. g_L = 1 for an orbital moment, 0 for a rotation (O2, case b).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files

import numpy as np
import pandas as pd
from scipy.constants import value

from cnub.constants import BOHR_MAGNETON, CENTIMETRE, TESLA
from cnub.domain import DomainError, finite, non_negative, one_of, positive, representable, within
from cnub.faces import later

brentq = later("scipy.optimize", "brentq")

SPIN_G = -value("electron g factor")
STRONGEST_FIELD_T = 45.0
"""The strongest steady magnetic field (hybrid magnet, Tallahassee and Hefei)."""
HIGHEST_FIELD_T = 1e6
"""Beyond it the field binds the electrons, and a term has no meaning."""
LETTERS = "SPDFGHI"
WAVENUMBER = 2 * np.pi / CENTIMETRE
"""1 cm^-1 in eV."""
FAINT = 1e-9
"""Strength in mu_B^2 below which a component is forbidden: rounding of the operators, squared."""
DEGENERATE = 1e-12
"""Share of the highest energy below which two levels are one: rounding of the eigenvalues."""
STEPS = 181
"""Fields at which crossings are looked for: one line crosses a photon energy at most once in 0.25 T."""


@dataclass(frozen=True)
class Term:
    """One term: ``symbol`` such as "3P", and the energy in eV of each of its levels J; ``orbital_g`` is g_L.

    Raises :class:`cnub.DomainError` unless the levels are |L - S| to L + S, each once.
    """

    symbol: str
    levels: dict[float, float]
    orbital_g: float = 1.0

    def __post_init__(self) -> None:
        if not re.fullmatch(rf"\d+[{LETTERS}]", str(self.symbol)):
            raise DomainError(f"symbol must be a multiplicity and a letter of {LETTERS}; got {self.symbol!r}")
        wanted = np.arange(abs(self.L - self.S), self.L + self.S + 1)
        if sorted(self.levels) != [float(J) for J in wanted]:
            raise DomainError(f"levels must be those of J = {', '.join(f'{J:g}' for J in wanted)}; got {self.levels}")
        for energy in self.levels.values():
            finite("levels", energy)

    @property
    def S(self) -> float:
        """Spin."""
        return (int(self.symbol[:-1]) - 1) / 2

    @property
    def L(self) -> float:
        """Orbital angular momentum."""
        return float(LETTERS.index(self.symbol[-1]))

    @cached_property
    def operators(self) -> dict[str, np.ndarray]:
        """Real matrices of L and S (z, +, -), of m and of the energy without field."""
        orbit, spin = _ladder(self.L), _ladder(self.S)
        found = {f"L{q}": np.kron(orbit[q], np.eye(len(spin["z"]))) for q in "z+-"}
        found |= {f"S{q}": np.kron(np.eye(len(orbit["z"])), spin[q]) for q in "z+-"}
        product = found["Lz"] @ found["Sz"] + (found["L+"] @ found["S-"] + found["L-"] @ found["S+"]) / 2
        return found | {"H": _free(self, product), "m": found["Lz"] + found["Sz"]}


def _ladder(j: float) -> dict[str, np.ndarray]:
    m = np.arange(-j, j + 1)
    up = np.diag(np.sqrt(j * (j + 1) - m[:-1] * m[1:]), -1)
    return {"z": np.diag(m), "+": up, "-": up.T}


def _free(term: Term, product: np.ndarray) -> np.ndarray:
    """sum over J of E_J P_J, the projectors as polynomials of L.S."""
    total, one = np.zeros_like(product), np.eye(len(product))
    value_of = {J: (J * (J + 1) - term.L * (term.L + 1) - term.S * (term.S + 1)) / 2 for J in term.levels}
    for J, energy in term.levels.items():
        projector = one
        for other in set(term.levels) - {J}:
            projector = projector @ (product - value_of[other] * one) / (value_of[J] - value_of[other])
        total = total + energy * projector
    return total


def level_energies(
    term: Term, fields_T: np.ndarray, only: Collection[float] = ()
) -> dict[tuple[float, float], np.ndarray]:
    """Energy in eV of each level (J, m), or of those with m in ``only``, at fields in T, array.

    Levels of one m do not cross, so that their order tells the J that each comes from.
    """
    op, tesla = term.operators, BOHR_MAGNETON * TESLA
    zeeman = term.orbital_g * op["Lz"] + SPIN_G * op["Sz"]
    diagonal = np.diag(op["m"])
    found: dict[tuple[float, float], np.ndarray] = {}
    for m in only or np.unique(diagonal):
        block = np.ix_(diagonal == m, diagonal == m)
        energies = np.linalg.eigvalsh(op["H"][block] + np.multiply.outer(fields_T * tesla, zeeman[block]))
        found |= {(J, float(m)): energies[..., k] for k, J in enumerate(_levels_with(term, m))}
    return found


def _levels_with(term: Term, m: float) -> list[float]:
    return sorted((J for J in term.levels if abs(m) <= J), key=term.levels.__getitem__)


def states(term: Term, field_T: float) -> tuple[pd.DataFrame, np.ndarray]:
    """Levels in a field (T, 0 to 1e6) by energy in eV, with m and the J that each comes from, and their vectors.

    Raises :class:`cnub.DomainError` outside.
    """
    field = within("field_T", field_T, 0.0, HIGHEST_FIELD_T) * TESLA * BOHR_MAGNETON
    op = term.operators
    hamiltonian = op["H"] + field * (term.orbital_g * op["Lz"] + SPIN_G * op["Sz"])
    diagonal, rows, vectors = np.diag(op["m"]), [], []
    for m in np.unique(diagonal):
        inside = diagonal == m
        energies, found = np.linalg.eigh(hamiltonian[np.ix_(inside, inside)])
        rows += [(J, m, energy) for J, energy in zip(_levels_with(term, m), energies, strict=True)]
        whole = np.zeros((len(diagonal), len(energies)))
        whole[inside] = found
        vectors.append(whole)
    table = pd.DataFrame(rows, columns=["J", "m", "energy_eV"])
    by_energy = table["energy_eV"].argsort(kind="stable").to_numpy()
    return table.iloc[by_energy].reset_index(drop=True), np.hstack(vectors)[:, by_energy]


@representable
def components(term: Term, field_T: float) -> pd.DataFrame:
    """Magnetic-dipole components of a term in a field (T): from each level to each higher one.

    Columns: J and m of both, ``energy_eV``, ``polarisation`` (pi or sigma), ``moment2`` = |<v|g_L L + g_s S|g>|^2 in
    mu_B^2, ``spin2`` = |<v|2 S|g>|^2, what a neutrino drives, and whether the lower is the lowest of all. Raises
    :class:`cnub.DomainError` outside these ranges.

    Source: derived from exact diagonalisation of the term in the field.

    >>> doublet = Term("2P", {0.5: 0.0, 1.5: 0.02})
    >>> print(f'{components(doublet, field_T=0.0).spin2.sum():.3f}')
    5.333
    """
    return pd.DataFrame(_columns(term, field_T))


def _columns(term: Term, field_T: float) -> dict[str, np.ndarray]:
    """The columns of :func:`components`."""
    table, vectors = states(term, field_T)
    op = term.operators
    moment, spin = (
        sum(
            weight * (vectors.T @ (g_L * op[f"L{q}"] + g_s * op[f"S{q}"]) @ vectors) ** 2
            for q, weight in (("z", 1.0), ("+", 0.5), ("-", 0.5))
        )
        for g_L, g_s in ((term.orbital_g, SPIN_G), (0.0, 2.0))
    )
    J, m, energy = (table[name].to_numpy() for name in ("J", "m", "energy_eV"))
    g, v = np.nonzero(np.triu(np.maximum(moment, spin) > FAINT, 1))
    above = energy[v] - energy[g] > DEGENERATE * np.abs(energy).max()
    g, v = g[above], v[above]
    return {
        "lower_J": J[g], "lower_m": m[g], "upper_J": J[v], "upper_m": m[v], "energy_eV": energy[v] - energy[g],
        "polarisation": np.where(m[g] == m[v], "pi", "sigma"), "moment2": moment[v, g], "spin2": spin[v, g],
        "lowest": g == 0,
    }  # fmt: skip


def resonant_fields(
    species: str | Term,
    energy: float,
    strongest_T: float = STRONGEST_FIELD_T,
    line: Sequence[float] = (),
) -> pd.DataFrame:
    """Fields up to ``strongest_T`` (T) at which a component has ``energy`` (eV), each with its row of components.

    ``species`` of levels.csv, such as "N III", or a term of one's own; ``line``: only those between these two J, lower
    and upper. By rising field; empty if there is none. Raises :class:`cnub.DomainError` outside these ranges.

    Source: derived from exact diagonalisation of the term in the field.

    >>> from cnub.fluorescence import channel
    >>> found = resonant_fields("N III", channel("NO").photon_energy)
    >>> print(f"{found.field_T[0]:.1f}")
    35.2
    """
    term = species if isinstance(species, Term) else term_of(species)
    energy, top = positive("energy", energy), within("strongest_T", strongest_T, 0.0, HIGHEST_FIELD_T)
    fields = np.linspace(0.0, top, STEPS)
    levels, rows = level_energies(term, fields), []
    for lower, upper in ((g, v) for g in levels for v in levels if abs(g[1] - v[1]) <= 1):
        if line and (lower[0], upper[0]) != tuple(line):
            continue
        gaps = levels[upper] - levels[lower] - energy
        for k in np.nonzero(gaps[:-1] * gaps[1:] < 0)[0]:
            field = brentq(lambda at, g=lower, v=upper: _gap(term, g, v, at) - energy, fields[k], fields[k + 1])
            rows += _component(term, lower, upper, field)
    columns = ["field_T", "lower_J", "lower_m", "upper_J", "upper_m", "polarisation", "moment2", "spin2", "lowest"]
    return pd.DataFrame(rows, columns=columns).sort_values("field_T", ignore_index=True)


def _gap(term, lower, upper, field):
    levels = level_energies(term, np.array(field), {lower[1], upper[1]})
    return float(levels[upper] - levels[lower])


def _component(term, lower, upper, field):
    found = _columns(term, field)
    ends = np.column_stack([found[name] for name in ("lower_J", "lower_m", "upper_J", "upper_m")])
    at = np.flatnonzero((ends == [*lower, *upper]).all(axis=1))
    kept = (found[name] for name in ("polarisation", "moment2", "spin2", "lowest"))
    return [(field, *ends[k], *rest) for k, *rest in zip(at, *(column[at] for column in kept), strict=True)]


@cache
def term_of(species: str) -> Term:
    """The ground term of a species of levels.csv with its measured levels; raises :class:`cnub.DomainError` on another.

    Source: derived from the level lists that levels.csv names.

    >>> print(term_of("N III").symbol)
    2P
    """
    levels = term_table()
    one_of("species", species, tuple(levels["species"].unique()))
    mine = levels[levels["species"] == species]
    energies = {float(J): e * WAVENUMBER for J, e in zip(mine["J"], mine["level_per_cm"], strict=True)}
    return Term(mine["term"].iloc[0], energies)


@cache
def term_table() -> pd.DataFrame:
    """Levels of the terms that are diagonalised: species, term, J, level above the lowest (1/cm), source."""
    with (files("cnub.discovery") / "levels.csv").open() as stream:
        return pd.read_csv(stream)


@representable
def lande_g(L: float, S: float, J: float) -> float:
    """g_J of a level in LS coupling with this g_s, 0 for J = 0 (L, S, J >= 0, |L - S| <= J <= L + S)."""
    L, S, J = non_negative("L", L), non_negative("S", S), non_negative("J", J)
    if not abs(L - S) <= J <= L + S:
        raise DomainError(f"J must be >= |L - S| = {abs(L - S):g} and <= L + S = {L + S:g}; got {J:g}")
    if J == 0:
        return 0.0
    spin = (J * (J + 1) + S * (S + 1) - L * (L + 1)) / (2 * J * (J + 1))
    return 1 - spin + SPIN_G * spin
