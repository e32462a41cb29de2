"""Plain text of the ledger as HTML with Greek letters, powers and indices: it needs no script to be read."""

from __future__ import annotations

import re
from html import escape

GREEK = dict(
    zip(
        "alpha beta gamma delta epsilon zeta eta theta kappa lambda mu nu xi pi rho sigma tau phi chi psi omega "
        "Gamma Delta Theta Lambda Xi Pi Sigma Phi Psi Omega hbar".split(),
        "αβγδεζηθκλμνξπρστφχψωΓΔΘΛΞΠΣΦΨΩℏ",
        strict=True,
    )
)
SIGNS = {"->": "→", "<=": "≤", ">=": "≥", "<<": "≪", ">>": "≫", "sqrt": "√", "nubar": "ν̄", "infinity": "∞"}
_LETTER = rf"(?:{'|'.join(GREEK)}|[A-Za-z])"
_LINK = r"\b[a-z]+\d*(?:-[a-z0-9]+)+\b"
_PATTERN = re.compile(
    rf"(?P<link>{_LINK})"
    r"|(?P<mantissa>\b\d+(?:\.\d+)?)e(?P<exponent>[+-]?\d+)\b"
    rf"|(?<![A-Za-z_.]){_LETTER}'?(?P<index>_\w+)(?P<prime>'?)(?!\w)"
    r"|\^(?P<power>\([^()]*\)|[+-]?\d+(?:\.\d+)?(?:/\d+)?|[A-Za-z]+)(?P<below>_\w+)?"
    rf"|(?<![A-Za-z_.-])(?P<greek>{'|'.join(GREEK)})(?![A-Za-z-])"
    rf"|(?P<sign>{'|'.join(SIGNS)})"
)


def typeset(text: str, links: frozenset[str] | set[str] = frozenset()) -> str:
    """HTML of a sentence of the ledger; words that are in ``links`` lead to that row of the page.

    >>> typeset("U of nu_e is 1.25e-08 of delta^(3/2)")
    'U of <i>ν<sub>e</sub></i> is 1.25 × 10<sup>−8</sup> of <i>δ</i><sup>3/2</sup>'
    """
    parts, end = [], 0
    for found in _PATTERN.finditer(text):
        parts += [escape(text[end : found.start()]), _replaced(found, links)]
        end = found.end()
    return "".join([*parts, escape(text[end:])])


def _replaced(found: re.Match, links) -> str:
    whole = found[0]
    if found["link"]:
        return f'<a href="#{whole}">{whole}</a>' if whole in links else escape(whole)
    if found["mantissa"]:
        leading = "" if found["mantissa"] == "1" else f"{found['mantissa']} × "
        return f"{leading}10<sup>{_minus(str(int(found['exponent'])))}</sup>"
    if found["index"]:
        base = whole[: whole.index("_")]
        return f"<i>{_greek(base)}<sub>{_greek(found['index'][1:])}</sub></i>{found['prime']}"
    if found["power"]:
        return _power(found["power"], found["below"] or "")
    if found["greek"]:
        return f"<i>{GREEK[whole]}</i>"
    return SIGNS[whole]


def _greek(word: str) -> str:
    letter = word.rstrip("'")
    return escape({"nubar": "ν̄", "tot": "tot"}.get(letter, GREEK.get(letter, letter))) + "'" * (len(word) - len(letter))


def _power(power: str, index: str) -> str:
    """A power and the index under it; an order such as (1) keeps its brackets."""
    inside = power if re.fullmatch(r"\(\d+\)", power) else power.strip("()")
    return f"<sup>{_minus(escape(_words(inside)))}</sup>" + (f"<sub>{escape(index[1:])}</sub>" if index else "")


def _words(power: str) -> str:
    return re.sub(r"[A-Za-z]+", lambda word: GREEK.get(word[0], word[0]), power)


def _minus(text: str) -> str:
    return text.replace("-", "−")
