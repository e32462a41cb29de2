"""Where each formula of the two sources is computed, read off the docstrings.

A public docstring closes its prose with one paragraph that names what the formula is taken from::

    Source: Eq. (22) of 2507.10868v1; talk, 'Bessel modes' (overdensity); DLMF 10.20.4.

An entry is one of: equations of the paper; a slide of the talk, with the formula in brackets if it has several;
a section of the DLMF; a publication, which has its year or arXiv number; ``derived`` or ``definition``, with of what.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass

from cnub.domain import DomainError
from cnub.pages.reference import Public, public_layer

PAPER = "2507.10868v1"
PAPER_EQUATIONS = {
    "1": "amplitude of N dipoles, in phase or not",
    "2": "four-fermion coupling of neutrinos and electrons",
    "3": "Hamiltonian of one dipole, E1",
    "4": "Hamiltonian of one dipole, M1",
    "5": "neutrino current as an operator",
    "6": "neutrino current, Dirac",
    "7": "neutrino current, Majorana",
    "8": "current of a fast outgoing neutrino, time component",
    "9": "current of a fast outgoing neutrino, space components",
    "10": "current between slow neutrinos, time component",
    "11": "current between slow neutrinos, space components",
    "12": "state as a superposition of levels",
    "13": "amplitude of the excited level, E1",
    "14": "coupling of two neutrinos and a photon, E1",
    "15": "amplitude of the decay, E1",
    "16": "differential rate of the decay",
    "17": "rate of the decay, E1",
    "18": "event rate, E1, normal ordering",
    "19": "event rate, E1, inverted ordering",
    "20": "amplitude of the excited level, M1",
    "21": "coupling of two neutrinos and a photon, M1",
    "22": "rate of the decay, M1",
    "23": "event rate, M1, normal ordering",
    "24": "event rate, M1, inverted ordering",
    "A1": "polarization as a series in the field",
    "A2": "amplitude of an excited level, first order in the field",
    "A3": "dipole moment, first order",
    "A4": "coupling of two photons",
    "A5": "amplitude of an excited level, second order",
    "A6": "polarization, second order",
}
"""Every numbered equation of the paper."""

TALK_FORMULAS = {
    "Coherent enhancement": ("incoherent sum", "coherent sum", "total amplitude"),
    "Matter potential": ("matter potential",),
    "Refractive index": ("refractive index",),
    "Critical angle": ("critical angle",),
    "How many G_F's for the force?": ("powers of the critical angle",),
    "Gradient force": ("coupling", "potential of a nucleus", "energy of a prism", "force on a prism"),
    "Stodolsky effect": ("energy splitting", "torque acceleration"),
    "Enhanced asymmetry and gradient": ("asymmetry",),
    "Asymmetry": ("acceleration on the ground",),
    "But Earth is round": ("sum rule",),
    "Semiclassical treatment": ("density of rays", "density as a flux"),
    "The scattering problem": ("Lippmann-Schwinger", "partial waves", "radial equation", "radial wave"),
    "Bessel modes": ("phase shift", "overdensity"),
    "Bessel evaluation precision": ("J, uniform", "J, transition", "Y, uniform", "Y, transition"),
    "Overdensity": ("overdensity of the Earth",),
    "There is a criterion": ("criterion",),
    "Sensitivity for acceleration": ("torsion balance",),
    "Coherent scattering rate": ("rate of a metre-scale target",),
    "Coherent photon emission": ("total amplitude",),
    "Fluorescence of relic neutrinos": (
        "coupling",
        "Hamiltonian, E1",
        "Hamiltonian, M1",
        "state",
        "amplitude",
        "effective coupling, E1",
        "effective coupling, M1",
        "E1 rate",
        "E1 events",
        "M1 rate",
        "M1 events",
    ),
    "A no-go theorem": ("Majorana", "Dirac"),
    "Monoenergetic requirement": ("capped rate", "group velocity"),
    "Challenges": ("NuFIT table",),
}
"""Every formula of the talk, by the title of its slide."""

REASONS = {
    "Gradient force (coupling)": "definition of the couplings",
    "But Earth is round (sum rule)": "observation; the excess itself is computed, by rays and by waves",
    "The scattering problem (Lippmann-Schwinger)": "definition of the problem that the partial waves solve",
    "The scattering problem (radial equation)": "intermediate step; its solutions are the radial waves",
    "Bessel evaluation precision (J, transition)": "special case; the uniform expansion holds at the turning point too",
    "Bessel evaluation precision (Y, transition)": "special case; the uniform expansion holds at the turning point too",
    "Fluorescence of relic neutrinos (coupling)": "definition of the couplings",
}
"""Why no public function computes a formula by itself."""

_ENTRY = {
    "paper": re.compile(rf"Eqs?\. (?P<numbers>\(A?\d+\)(?:, \(A?\d+\)|-\(A?\d+\))*) of {re.escape(PAPER)}"),
    "paper text": re.compile(rf"(?:[A-Za-z][\w ,.()-]*? )of {re.escape(PAPER)}"),
    "talk": re.compile(r"talk, '(?P<slide>.+)'(?: \((?P<formula>[^()]+)\))?"),
    "DLMF": re.compile(r"DLMF \d+(?:\.\d+)+(?:\([ivx]+\))?(?:, \d+(?:\.\d+)+(?:\([ivx]+\))?)*"),
    "own": re.compile(r"(?:derived|definition)\b.*"),
    "publication": re.compile(r".*(?:\b(?:1[89]|20)\d\d\b|\b\d{4}\.\d{4,5}\b).*"),
}


@dataclass(frozen=True)
class Source:
    """One entry of a source paragraph: its ``kind``, its ``text``, and the formulas it names, as keys of the index."""

    kind: str
    text: str
    formulas: tuple[str, ...] = ()


def sources(docstring: str) -> list[Source]:
    """The entries of the source paragraph of a docstring; raise :class:`cnub.DomainError` on one of no known form."""
    paragraph = re.search(r"^Source: (.+?)(?=\n\n|\Z)", docstring, flags=re.M | re.S)
    if paragraph is None:
        return []
    return [_entry(text) for text in re.split(r";\s+", " ".join(paragraph[1].split()).removesuffix("."))]


def _entry(text):
    for kind, form in _ENTRY.items():
        if found := form.fullmatch(text):
            return Source(kind, text, _formulas(kind, found))
    raise DomainError(f"source must be an equation, slide, DLMF section, publication or derivation; got {text!r}")


def _formulas(kind, found):
    if kind == "paper":
        return tuple(_numbers(found["numbers"]))
    if kind == "talk":
        slide, formula = found["slide"], found["formula"]
        known = TALK_FORMULAS.get(slide, ())
        if not known or (formula and formula not in known):
            raise DomainError(f"source names no formula of the talk: {found[0]!r}")
        return (f"{slide} ({formula or known[0]})",) if formula or len(known) == 1 else (slide,)
    return ()


def _numbers(text):
    """Equation numbers of "(8), (9)" or "(8)-(11)", in the paper's order."""
    order = list(PAPER_EQUATIONS)
    for part in text.split(", "):
        first, _, last = part.partition("-")
        ends = [end.strip("()") for end in (first, last or first)]
        if not set(ends) <= set(order):
            raise DomainError(f"source names no equation of the paper: {part!r}")
        yield from order[order.index(ends[0]) : order.index(ends[1]) + 1]


def formulas() -> list[str]:
    """Keys of all formulas: equation numbers of the paper, then "slide (formula)" of the talk."""
    return [*PAPER_EQUATIONS, *(f"{slide} ({one})" for slide, all_of in TALK_FORMULAS.items() for one in all_of)]


def index() -> dict[str, list[Public]]:
    """Formula -> the public names whose docstring says that they compute it."""
    found = defaultdict(list)
    for one in public_layer():
        for source in sources(one.docstring):
            for formula in source.formulas:
                found[formula].append(one)
    return dict(found)


def equations_page() -> str:
    """The page "equation -> function": every formula of both sources, and what computes it, or why nothing does."""
    found = index()
    head = "# From equation to function\n\nRead off the source that each docstring names; a test holds it complete.\n"
    paper = [_row(f"Eq. ({number})", number, what, found) for number, what in PAPER_EQUATIONS.items()]
    talk = [
        _row(slide, f"{slide} ({one})", one, found) for slide, formulas in TALK_FORMULAS.items() for one in formulas
    ]
    return "\n".join(
        [head, "## The paper", f"\narXiv:{PAPER}.", *_TABLE, *paper, "", "## The talk", *_TABLE, *talk, ""]
    )


_TABLE = ("", "| formula | what it is | computed by |", "| --- | --- | --- |")


def anchor(formula: str) -> str:
    """The identifier of a formula's row."""
    return "formula-" + re.sub(r"[\W_]+", "-", formula).strip("-").lower()


def _row(label, key, what, found):
    functions = ", ".join(f"{{py:obj}}`~{one.face}.{one.name}`" for one in found.get(key, ()))
    return f"| [{label}]{{#{anchor(key)}}} | {what} | {functions or '*' + REASONS.get(key, '') + '*'} |"
