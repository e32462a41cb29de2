"""Verdicts follow from the printed digits and the computation alone, and none changes unseen."""

import ast
import cProfile
import difflib
import importlib
import inspect
import math
import pkgutil
import re
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from cnub import DomainError
from cnub.claims import SOURCES, SUBJECTS, VERDICTS, chapter_claims, claims, subject_claims, tally
from cnub.claims.ledger import (
    CORRECTED,
    DEFINITION,
    DIFFERS,
    NOT_COMPUTABLE,
    PENDING,
    REPRODUCED,
    Claim,
    agrees,
    dotted_name,
    judge,
)
from cnub.claims.pinned import NOISE, pinned_lines
from cnub.pages.ledger import agreement

MIN_CLAIMS = 60
"""The least number of rows the ledger promises."""

PINNED = Path(__file__).parents[1] / "reference" / "ledger.csv"
REWRITE = "python -m cnub.claims.pinned > tests/reference/ledger.csv"
THIRD_DIGIT = 0.6
"""Units of the third digit that a value may be off its pinned one: half a unit of rounding, the rest for machines."""

BASE = Claim("x", "talk", "slide", "a number", "1.25e-8", compute=lambda: 1.25e-8)


@pytest.mark.parametrize(
    ("quoted", "approximate", "computed", "verdict"),
    [
        ("1.25e-8", False, 1.2549e-8, REPRODUCED),
        ("1.25e-8", False, 1.256e-8, DIFFERS),
        ("112", False, 111.6, REPRODUCED),
        ("112", False, 112.7, DIFFERS),
        ("5", True, 9.9, REPRODUCED),
        ("5", True, 2.4, DIFFERS),
        ("5", True, -5.0, DIFFERS),
        ("5", True, math.nan, DIFFERS),
        ("0", False, 0.0, REPRODUCED),
    ],
)
def test_verdict(quoted, approximate, computed, verdict):
    entry = judge(replace(BASE, quoted=quoted, approximate=approximate, compute=lambda: computed))
    assert entry.verdict == verdict


def test_correction_counts_only_when_the_plain_value_fails():
    wrong = replace(BASE, compute=lambda: 2.5e-8, correction="Half of it.", corrected=lambda: 1.25e-8)
    assert judge(wrong).verdict == CORRECTED
    assert judge(wrong).row()["note"] == "Half of it."
    assert judge(replace(wrong, compute=lambda: 1.25e-8)).verdict == REPRODUCED
    failed = judge(replace(wrong, corrected=lambda: 3.0))
    assert (failed.verdict, failed.computed) == (DIFFERS, 2.5e-8)


def test_nothing_to_compute():
    assert judge(replace(BASE, compute=None)).verdict == NOT_COMPUTABLE
    assert judge(replace(BASE, compute=None, pending=True)).verdict == PENDING


def test_a_definition_is_no_success_and_can_fail():
    row = replace(BASE, definition=True)
    assert judge(row).verdict == DEFINITION
    assert judge(replace(row, compute=lambda: 1.0)).verdict == DIFFERS


def test_tolerance_is_relative_but_about_zero():
    small = replace(BASE, quoted="1e-10", tolerance=0.01, compute=lambda: 2e-10)
    assert judge(small).verdict == DIFFERS
    assert judge(replace(small, quoted="0", compute=lambda: 0.009)).verdict == REPRODUCED


def test_notes_may_be_computed():
    row = replace(BASE, note=lambda: f"Twice it is {2.5e-8:g}.", correction="None.")
    assert judge(row).row()["note"] == "Twice it is 2.5e-08."


def forget():
    """Clear what the rows keep from each other, so that each is seen to compute what it says."""
    for subject in SUBJECTS:
        for value in vars(importlib.import_module(f"cnub.claims.{subject}")).values():
            if hasattr(value, "cache_clear"):
                value.cache_clear()


@pytest.fixture(scope="module")
def judged():
    """Every row with the code of every Python function that ran while it was computed."""
    found = []
    for claim in claims():
        forget()
        profile = cProfile.Profile(builtins=False)
        entry = profile.runcall(judge, claim)
        found.append((entry, {record.code for record in profile.getstats()}))
    return found


@pytest.fixture(scope="module")
def entries(judged):
    return [entry for entry, _ in judged]


def test_the_named_function_was_called(judged):
    silent = []
    for entry, ran in judged:
        function = entry.claim.function
        if entry.computed is not None and inspect.unwrap(function).__code__ not in ran:
            silent.append(f"{entry.claim.id}: {dotted_name(function)}")
    assert not silent


def test_a_function_that_was_not_called_is_noticed():
    profile = cProfile.Profile(builtins=False)
    profile.runcall(judge, replace(BASE, by=tally))
    assert tally.__code__ not in {record.code for record in profile.getstats()}


def test_named_functions_can_be_found(entries):
    for name in {dotted_name(entry.claim.function) for entry in entries} - {""}:
        assert not any(part.startswith(("_", "<")) for part in name.split(".")), f"{name} is private"
        assert inspect.isfunction(pkgutil.resolve_name(name)), name


def test_no_verdict_or_value_changes_unseen(entries):
    """Rewrite the table by the command in ``REWRITE`` if the change is meant; its diff is part of the commit."""
    pinned, found = PINNED.read_text().splitlines(), pinned_lines(entries)
    by_id = {entry.claim.id: entry for entry in entries}
    rows = [line.split(",") for line in pinned[1:]]
    if [row[0] for row in rows] == sorted(by_id) and all(still_holds(row, by_id[row[0]]) for row in rows):
        return
    moved = difflib.unified_diff(pinned, found, "pinned", "computed", lineterm="", n=0)
    pytest.fail("\n".join([*moved, f"if this is meant: {REWRITE}"]))


def still_holds(row, entry):
    """Whether a pinned row (id, verdict, value) is what was computed: the value to its third digit."""
    _, verdict, value = row
    if verdict != entry.verdict or (value == "") != (entry.computed is None):
        return False
    if not value:
        return True
    unit = 10.0 ** (math.floor(math.log10(abs(float(value)))) - 2) if float(value) else NOISE / THIRD_DIGIT
    return abs(float(value) - entry.computed) <= THIRD_DIGIT * unit


@pytest.mark.parametrize(
    ("pinned", "computed", "same"),
    [
        ("reproduced,1.25e-08", 1.2540e-8, True),
        ("reproduced,1.25e-08", 1.2570e-8, False),
        ("differs,1.25e-08", 1.25e-8, False),
        ("reproduced,", 1.25e-8, False),
        ("reproduced,0", 1.25e-8, False),
    ],
)
def test_a_moved_row_is_seen(pinned, computed, same):
    entry = judge(replace(BASE, tolerance=0.1, compute=lambda: computed))
    assert still_holds(["x", *pinned.split(",")], entry) is same


def test_zero_needs_a_tolerance():
    assert not [c.id for c in claims() if c.compute and float(c.quoted) == 0 and c.tolerance is None]


def test_the_ledger_is_complete_and_explains_itself(entries):
    ids = [entry.claim.id for entry in entries]
    assert len(ids) >= MIN_CLAIMS and len(set(ids)) == len(ids)
    assert sum(tally(entries).values()) == len(entries)
    for entry in entries:
        claim = entry.claim
        assert not (claim.definition and claim.corrected), f"{claim.id} corrects a definition"
        assert claim.source in SOURCES and claim.place and claim.statement, claim.id
        assert entry.verdict in VERDICTS
        assert claim.function or entry.verdict in (NOT_COMPUTABLE, PENDING), f"{claim.id} names no function"
        if entry.verdict in (DIFFERS, NOT_COMPUTABLE):
            assert len(entry.note.split()) >= 5, f"{claim.id} does not explain itself"
        if entry.verdict == CORRECTED:
            assert claim.correction, f"{claim.id} does not name its correction"
        if entry.computed is not None:
            assert math.isfinite(entry.computed), claim.id


def test_no_success_would_survive_a_wrong_value(entries):
    """A value five times as large, or one where zero is claimed, must not pass: no tolerance is idle."""
    for entry in entries:
        if entry.verdict in (REPRODUCED, CORRECTED):
            below = 0.2 * float(entry.claim.quoted)  # of a lower bound only what is below it is wrong
            wrong = below if entry.claim.at_least else 5 * entry.computed + (float(entry.claim.quoted) == 0)
            assert not agrees(entry.claim, wrong), entry.claim.id


def test_statements_are_distinct_and_filled_in(entries):
    statements = [(e.claim.source, e.claim.place, e.claim.statement) for e in entries]
    assert len(set(statements)) == len(statements)
    assert not [text for _, _, text in statements if "{" in text]


MEASURED = re.compile(
    r"\d\.\d|\d%|\d %|\de-?\d|10\^-?\d|\b\d+ (?:[munkMG]?eV|[nmuck]?m|[munp]?s|[kMG]?Hz|m?K|years?|days?|times|rays)\b"
)
"""A number with a decimal point, an exponent, a unit or a per cent sign: measured, hence not to be typed in prose."""
SECTION = re.compile(r"(?:DLMF|NuFIT) [\d.]+")


def typed_prose(module):
    """Literal text of every note and correction of a module of claims, f-strings without what they compute."""
    tree = ast.parse(inspect.getsource(module))
    roots = [k.value for k in ast.walk(tree) if isinstance(k, ast.keyword) and k.arg in ("note", "correction")]
    roots += [f for f in ast.walk(tree) if isinstance(f, ast.FunctionDef) and f.name.endswith("_note")]
    while roots:
        node = roots.pop()
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value
        elif not isinstance(node, ast.FormattedValue):
            roots.extend(ast.iter_child_nodes(node))


@pytest.mark.parametrize("subject", SUBJECTS)
def test_numbers_in_notes_are_computed(subject):
    module = importlib.import_module(f"cnub.claims.{subject}")
    assert not [text for text in typed_prose(module) if MEASURED.search(SECTION.sub("", text))]


def test_a_typed_number_in_a_note_is_noticed():
    for text in ("it is 0.02 of it", "1e-4 remain", "takes 7 ms", "good to 3 %", "10^5 times", "3.5 times"):
        assert MEASURED.search(text), text
    for text in ("2 |U|^2/(pi e^2)", "Eq. (22)", "1/2", "nu_1", "D_k = 1"):
        assert not MEASURED.search(text), text


def test_sources_split_the_ledger():
    assert sum(len(claims(source)) for source in SOURCES) == len(claims())
    with pytest.raises(DomainError, match="source must be one of talk, paper, later, literature"):
        claims("rumour")


def test_chapters_list_what_agrees_from_the_rows():
    """Each chapter shows the verdicts of its own rows, none by hand, and no module of rows is left out."""
    shown = []
    for page in sorted((Path(__file__).parents[2] / "book").glob("*.md")):
        for chapter in re.findall(r"^agreement\(\"(.*)\"\)$", page.read_text(), re.MULTILINE):
            assert chapter == page.stem
            shown += chapter_claims(chapter)
    assert Counter(claim.id for claim in shown) == Counter(claim.id for claim in claims())


def test_agreement_shows_every_row_and_its_verdict():
    shown = agreement("parametric_fluorescence").data
    own = chapter_claims("parametric_fluorescence")
    assert len(own) > len(subject_claims("parametric_fluorescence"))
    for claim in own:
        assert f'href="claims.html#{claim.id}"' in shown
    assert shown.count('<span class="verdict') == len({judge(claim).verdict for claim in own})
    assert "differs</span> (" in shown
    with pytest.raises(DomainError, match="chapter must be one of"):
        agreement("rumour")


@pytest.mark.parametrize(("computed", "verdict"), [(9.9, DIFFERS), (10.0, REPRODUCED), (1e12, REPRODUCED)])
def test_a_lower_bound_holds_for_anything_above(computed, verdict):
    row = replace(BASE, quoted="10", at_least=True, compute=lambda: computed)
    assert judge(row).verdict == verdict
