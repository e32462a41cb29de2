"""Sphinx extension: search that finds numbers, symbols and commands.

Sphinx takes 1.25e-8 for three words and drops whole numbers. Here a number is one word however a page writes it, and a
Greek letter is its name; the script of the search page splits a query in the same way.
"""

from __future__ import annotations

import json
import re
import unicodedata

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.search.en import SearchEnglish

RAISED = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹−", "-0123456789-")
GREEK = {chr(code): unicodedata.name(chr(code)).split()[-1].lower() for code in range(0x3B1, 0x3CA)}
GREEK["λ"] = "lambda"  # Unicode spells it otherwise
GREEK |= {letter.upper(): name for letter, name in GREEK.items()}
MANTISSA = r"[0-9]+(?:\.[0-9]+)?"
POWER = r"[eE]([-+]?[0-9]+)|\s*(?:×|\\times|\\cdot)\s*10\s*\^?\s*\{?([-−]?[0-9]+|[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)\}?"
END_OF_BOX = re.compile(r"</(?:td|th|li|p|option|dt|dd|div|text)>")
TOKEN = rf"(?<![\w.])({MANTISSA})(?:{POWER})?|[\w]+"
"""A number with its power of ten, or a word; read alike by Python and, with the flag u, by a browser."""


class SearchNumbers(SearchEnglish):
    """English, with numbers and Greek letters."""

    js_splitter_code = ""

    def split(self, input: str) -> list[str]:
        """The words of a text.

        >>> SearchNumbers({}).split("1.25 × 10⁻⁸ is 1.25e-08, 12 kR and Λ")
        ['1.25e-8', 'is', '1.25e-8', '12.', 'kR', 'and', 'lambda']
        """
        return [word for match in re.finditer(TOKEN, input) for word in _words(match)]


def _words(match: re.Match) -> list[str]:
    mantissa, *powers = match.groups()
    if mantissa is None:
        return [GREEK.get(match[0], match[0])]
    power = next((int(p.translate(RAISED)) for p in powers if p), None)
    if power is not None:
        return [f"{mantissa}e{power}"]
    return [mantissa if "." in mantissa else f"{mantissa}."]  # the script drops what is digits alone


TOKEN_OF_SCRIPT = TOKEN.replace("[\\w", "[\\p{L}\\p{N}_")  # there \\w is ASCII
SearchNumbers.js_splitter_code = f"""
var splitQuery = (query) => {{
  const greek = {json.dumps(GREEK)};
  const raised = (power) => Number([...power].map(c => "⁰¹²³⁴⁵⁶⁷⁸⁹".includes(c)
    ? "⁰¹²³⁴⁵⁶⁷⁸⁹".indexOf(c) : c === "⁻" || c === "−" ? "-" : c).join(""));
  const token = /{TOKEN_OF_SCRIPT}/gu;
  return [...query.matchAll(token)].map(([word, mantissa, ...powers]) => {{
    const power = powers.find(Boolean);
    if (mantissa === undefined) return greek[word] ?? word;
    if (power !== undefined) return `${{mantissa}}e${{raised(power)}}`;
    return mantissa.includes(".") ? mantissa : `${{mantissa}}.`;
  }});
}};
"""


def setup(app: Sphinx) -> dict[str, object]:
    """Take the place of English."""
    app.add_search_language(SearchNumbers)
    app.connect("doctree-resolved", part_cells)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def part_cells(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """A space behind each cell of raw HTML: Sphinx drops the tags, and two numbers would become one.

    Within a cell it would widen the words of drawings.
    """
    for raw in list(doctree.findall(nodes.raw)):
        if "html" in raw.get("format", ""):
            raw[:] = [nodes.Text(END_OF_BOX.sub(r"\g<0> ", raw.astext()))]
