"""Sphinx extension: the glossary at the first mention of a word, and under an equation where its source has it."""

from __future__ import annotations

import csv
import re
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx

BOOK = Path(__file__).resolve().parents[1]
GLOSSARY = "glossary"
UNTOUCHED = {GLOSSARY, "symbols", "bibliography", "genindex", "search"}
ABBREVIATION = re.compile(r"[A-Z]+\d?")


def setup(app: Sphinx) -> dict[str, object]:
    """Words are looked up when a page is written, so that all pages are written when the glossary changes."""
    app.connect("env-get-outdated", note_change)
    app.connect("env-updated", rewrite)
    app.connect("doctree-resolved", explain)
    app.connect("doctree-resolved", name_sources)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def note_change(app: Sphinx, env, added: set[str], changed: set[str], removed: set[str]) -> list[str]:
    """Remember whether the glossary is read anew."""
    app.glossary_changed = GLOSSARY in added | changed
    return []


def rewrite(app: Sphinx, env) -> list[str]:
    """Every page, if the glossary is new."""
    return sorted(env.found_docs) if getattr(app, "glossary_changed", False) else []


def definitions(app: Sphinx) -> dict[str, tuple[str, str]]:
    """Term -> (identifier in the glossary, definition as plain text)."""
    found = {}
    for item in app.env.get_doctree(GLOSSARY).findall(nodes.definition_list_item):
        term, definition = item.next_node(nodes.term), item.next_node(nodes.definition)
        found[term.astext()] = (term["ids"][0], " ".join(definition.astext().split()))
    return found


def pattern(terms) -> re.Pattern:
    """Any of the terms as whole words: abbreviations as they are, words also capitalised or in the plural."""
    forms = [
        re.escape(term) if ABBREVIATION.fullmatch(term) else f"(?i:{re.escape(term)}s?)"
        for term in sorted(terms, key=len, reverse=True)
    ]
    return re.compile(rf"(?<![\w-])(?:{'|'.join(forms)})(?![\w-]|\.\w)")  # a name of a file is no word


def explain(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Link the first mention of each term in running text; an abbreviation is written out unless it was before."""
    if docname in UNTOUCHED or docname.startswith("api/") or GLOSSARY not in app.env.found_docs:
        return
    known = definitions(app)
    by_form = {term.lower(): term for term in known} | {f"{term.lower()}s": term for term in known}
    words, seen, before = pattern(known), set(), ""
    for text in list(doctree.findall(nodes.Text)):
        if isinstance(text.parent, nodes.paragraph):
            pieces, end = [], 0
            for match in words.finditer(text):
                term = by_form[match[0].lower()]
                if term not in seen:
                    seen.add(term)
                    told = (before + text[: match.start()]).lower()
                    pieces += [
                        nodes.Text(text[end : match.start()]),
                        *_mention(app, docname, match[0], known[term], told),
                    ]
                    end = match.end()
            if pieces:
                text.parent.replace(text, [*pieces, nodes.Text(text[end:])])
        before += text


def _mention(app: Sphinx, docname: str, shown: str, entry: tuple[str, str], told: str) -> list[nodes.Node]:
    identifier, definition = entry
    address = f"{app.builder.get_relative_uri(docname, GLOSSARY)}#{identifier}"
    link = nodes.reference("", shown, refuri=address, reftitle=definition, internal=True, classes=["term"])
    written_out = definition.partition(":")[0]
    if ABBREVIATION.fullmatch(shown) and written_out.lower() not in told:
        inside = told.rfind("(") > told.rfind(")")  # of a bracket that is open
        return [link, nodes.Text(f", {written_out}" if inside else f" ({written_out})")]
    return [link]


def name_sources(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Under an equation that one of the two sources has: its number or slide there."""
    with (BOOK / "equation_sources.csv").open(encoding="utf-8") as file:
        sources = {row["label"]: row["source"] for row in csv.DictReader(file)}
    for equation in list(doctree.findall(nodes.math_block)):
        source = sources.get(equation.get("label") or "")
        if source:
            note = nodes.paragraph("", source, classes=["equation-source"])
            equation.parent.insert(equation.parent.index(equation) + 1, note)
