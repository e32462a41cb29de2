"""Appendix A of the paper, equation by equation, on a model molecule against exact diagonalization."""

from __future__ import annotations

import cmath
import math

import numpy as np

from cnub.claims.ledger import paper
from cnub.nonlinear_optics import spdc
from cnub.nonlinear_optics import susceptibility as sus

_DENSITY = 7.7e7
_WEAK = 30.0
_SAME = 1e-4
_PUMP = 0.405
"""Wavelength of the pump in um."""
_RATIO = "1"
_NOTE = "Ratio to the exact ground state of H - d E in a weak static field, by diagonalization."


def _claim(key, place, statement, compute, by, **more):
    more = {"quoted": _RATIO, "tolerance": _SAME, "note": _NOTE} | more
    return paper(key, place, statement, compute=compute, by=by, **more)


def _static(scale):
    """A static field along z as two equal waves of zero frequency, and the exact ground state in it."""
    levels = sus.polar_molecule()
    field = np.array([0.0, 0.0, scale])
    energies, vectors = np.linalg.eigh(np.diag(levels.energies) - np.einsum("k,kab->ab", field, levels.dipoles))
    ground = vectors[:, 0] / (vectors[0, 0] / abs(vectors[0, 0]))
    return levels, [(0.0, field / 2)], ground, energies[0]


def _dipole(levels, ground):
    return float(np.einsum("a,ab,b->", ground.conj(), levels.dipoles[2], ground).real)


def _parts(scale=_WEAK):
    """Odd and even parts of the exact induced dipole."""
    levels, waves, plus, _ = _static(scale)
    _, _, minus, _ = _static(-scale)
    a, b, start = _dipole(levels, plus), _dipole(levels, minus), levels.dipoles[2, 0, 0].real
    return levels, waves, (a - b) / 2, (a + b) / 2 - start


def _a1():
    levels, _, odd, even = _parts()
    field = np.array([0.0, 0.0, _WEAK])
    series = sus.polarization_series(
        field, sus.chi1(levels, _DENSITY, 0.0).real, sus.chi2(levels, _DENSITY, 0.0, 0.0).real
    )
    return series[2] / (_DENSITY * (odd + even))


def _coefficient(order):
    levels, waves, plus, _ = _static(_WEAK)
    _, _, minus, _ = _static(-_WEAK)
    plus, minus = plus / plus[0], minus / minus[0]
    exact = (plus - minus) / 2 if order == 1 else (plus + minus) / 2
    function = sus.first_order_coefficient if order == 1 else sus.second_order_coefficient
    return float((function(levels, waves, 0.0)[0] / exact[1]).real)


def _a3():
    levels, waves, odd, _ = _parts()
    return sus.linear_dipole(levels, waves, 0.0)[2] / odd


def _a4(per_pair):
    levels, waves, _, energy = _static(_WEAK)
    _, _, _, other = _static(-_WEAK)
    return per_pair * sus.two_photon_hamiltonian(levels, _DENSITY, waves, 0.0) / (_DENSITY * (energy + other) / 2)


def _a6():
    levels, waves, _, even = _parts()
    return sus.second_order_polarization(levels, _DENSITY, waves, 0.0)[2] / (_DENSITY * even)


def _permutations():
    levels, amplitude, w1, w2, time = sus.polar_molecule(), 1e3, 0.6, 0.9, 2.1
    waves = [(w, np.array([0, 0, amplitude])) for w in (w1, w2)]
    frequencies = (w1, -w1, w2, -w2)
    total = sum(
        sus.chi2(levels, _DENSITY, a, b)[2, 2, 2] * amplitude**2 * cmath.exp(-1j * (a + b) * time)
        for a in frequencies
        for b in frequencies
    )
    return total.real / sus.second_order_polarization(levels, _DENSITY, waves, time)[2]


def _index_ratio():
    chi = sus.chi1(sus.polar_molecule(), _DENSITY, 1.5)[2, 2].real
    return sus.index_of_chi(chi) / cmath.sqrt(1 + chi * (1 + 1e-3j)).real


def _index_note():
    on_a_line = math.sqrt(2) / cmath.sqrt(2 + 1j).real
    return f"For a small Im chi1; where Im chi1 = Re chi1 = 1, as on a line, it is {on_a_line:.2f}."


def _two_levels(permanent):
    """|chi2| of the molecule cut to two levels over that of all three."""
    full = sus.polar_molecule()
    dipoles = full.dipoles[:, :2, :2].copy()
    if not permanent:
        dipoles[:, [0, 1], [0, 1]] = 0
    cut = sus.Levels(full.energies[:2], dipoles)
    value = [abs(sus.chi2(m, _DENSITY, 0.3, 0.4)[2, 2, 2]) for m in (cut, full)]
    return value[0] / value[1]


def _resonance_slope():
    levels = sus.polar_molecule()
    half = levels.energies[1] / 2
    near, nearer = (abs(sus.chi2(levels, _DENSITY, half - d, half - d)[2, 2, 2]) for d in (1e-4, 1e-5))
    return math.log10(near / nearer)


def _triangle():
    """k_P - k_S - k_I over k_P in Kato's crystal at the angle that the coefficients of Eimerl et al. ask for."""
    angle = spdc.phase_matching_angle(spdc.BBO_EIMERL, _PUMP)
    largest = spdc.wave_mismatch(spdc.BBO, _PUMP, math.pi / 2, 2 * _PUMP, 0.0, 0.0)
    return spdc.wave_mismatch(spdc.BBO, _PUMP, angle, 2 * _PUMP, 0.0, 0.0) / largest


CLAIMS = [
    _claim("a1", "Eq. (A1)", "P = chi1 E + chi2 E E + ..., over the exact P", _a1, sus.polarization_series),
    _claim(
        "index", "Appendix A", "sqrt(1 + Re chi1), over Re sqrt(1 + chi1)", _index_ratio, sus.index_of_chi,
        note=_index_note,
    ),
    _claim(
        "a2", "Eq. (A2)", "C_v^(1) over the exact one", lambda: _coefficient(1), sus.first_order_coefficient
    ),
    _claim("a3", "Eq. (A3)", "<d>^(1), over the exact linear dipole", _a3, sus.linear_dipole),
    _claim(
        "a4", "Eq. (A4)", "H_2gamma^(1), over the exact second-order energy", lambda: _a4(1.0),
        sus.two_photon_hamiltonian, corrected=lambda: _a4(0.5),
        correction="A medium polarized by the field itself has the energy -P E/2; (A4) sums both orders of each pair "
        "of photons and adds the conjugate.",
        note="The neutrino vertices (14) and (21) are not affected: there the two fields differ.",
    ),
    _claim(
        "a5", "Eq. (A5)", "C_v^(2) over the exact one", lambda: _coefficient(2),
        sus.second_order_coefficient,
    ),
    _claim("a6", "Eq. (A6)", "P^(2), over the exact quadratic part", _a6, sus.second_order_polarization),
    _claim(
        "a-permutations", "Appendix A, end", "explicit chi2 with all permutations, over P^(2) of Eq. (A6)",
        _permutations, sus.chi2, tolerance=1e-9,
        note="The paper does not write it out: six permutations, at two frequencies below the levels.",
    ),
    _claim(
        "three-levels", "Appendix A", "chi2 of two levels, relative to that of three (SPDC requires three)",
        lambda: _two_levels(True), sus.chi2, quoted="0", printed="requires a three-level system",
        tolerance=1e-12, corrected=lambda: _two_levels(False),
        correction="True without permanent dipoles; a polar molecule does it with two levels.", note="",
    ),
    _claim(
        "spdc-resonance", "Introduction", "exponent of |chi2| against the distance from a two-photon resonance",
        _resonance_slope, sus.chi2, quoted="-1", printed="resonance enhancement", tolerance=0.01,
        note="The amplitude of one pole; the rate goes as its square.",
    ),
    _claim(
        "spdc-matching", "Introduction", "k_P - k_S - k_I of BBO at the matching angle of independent coefficients, "
        "over that across the "
        "axis", _triangle, spdc.wave_mismatch, quoted="0", printed="k_P = k_S + k_I", tolerance=0.01,
        note="That the condition has a solution in a real crystal is due to its birefringence.",
    ),
]  # fmt: skip
