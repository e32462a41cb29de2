"""The glossary is used, defines each word once, and the sources of equations are those of equations that exist."""

import csv
import re

from cnub.pages.equations import PAPER_EQUATIONS, TALK_FORMULAS
from cnub.runs import chapters

GLOSSARY = (chapters.BOOK / "glossary.md").read_text()
TERMS = re.findall(r"^(\S.*)\n  \S", GLOSSARY, flags=re.M)
PROSE = "\n".join(re.sub(r"^```.*?^```$", "", (chapters.BOOK / f"{name}.md").read_text(), flags=re.M | re.S)
                  for name in chapters.names())  # fmt: skip


def test_each_word_of_the_glossary_is_defined_once_and_met_in_a_chapter():
    assert len(TERMS) == len(set(TERMS)) > 40
    prose = " ".join(PROSE.split())
    assert [term for term in TERMS if not re.search(rf"\b{re.escape(term)}", prose, flags=re.I)] == []


def test_equations_that_a_source_has_exist_in_both():
    labels = set(re.findall(r"^\$\$ \((eq-[\w-]+)\)$", PROSE, flags=re.M))
    with (chapters.BOOK / "equation_sources.csv").open() as file:
        rows = list(csv.DictReader(file))
    assert {row["label"] for row in rows} <= labels
    for row in rows:
        slides = re.findall(r"'([^']+)'", row["source"])
        numbers = re.findall(r"\((A?\d+)\)", row["source"])
        assert slides or numbers
        assert set(numbers) <= set(PAPER_EQUATIONS) and set(slides) <= set(TALK_FORMULAS)
