"""Verdicts follow from the printed digits and the computation alone."""

import math
import pkgutil
from dataclasses import replace

import pytest

from cnub import DomainError
from cnub.claims import SOURCES, VERDICTS, claims, recompute, tally
from cnub.claims.ledger import CORRECTED, DIFFERS, NOT_COMPUTABLE, PENDING, REPRODUCED, Claim, judge
from cnub.claims.table import ledger_table, tally_table

MIN_CLAIMS = 60
"""The least number of rows the ledger promises."""

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


@pytest.fixture(scope="module")
def entries():
    return recompute()


def test_the_ledger_is_complete_and_explains_itself(entries):
    ids = [entry.claim.id for entry in entries]
    assert len(ids) >= MIN_CLAIMS and len(set(ids)) == len(ids)
    assert sum(tally(entries).values()) == len(entries)
    for entry in entries:
        claim = entry.claim
        assert claim.source in SOURCES and claim.place and claim.statement, claim.id
        assert entry.verdict in VERDICTS
        assert claim.by or entry.verdict in (NOT_COMPUTABLE, PENDING), f"{claim.id} names no function"
        if entry.verdict in (DIFFERS, NOT_COMPUTABLE):
            assert len(claim.note.split()) >= 5, f"{claim.id} does not explain itself"
        if entry.verdict == CORRECTED:
            assert claim.correction, f"{claim.id} does not name its correction"
        if entry.computed is not None:
            assert math.isfinite(entry.computed), claim.id


def test_statements_are_distinct_and_filled_in(entries):
    statements = [(e.claim.source, e.claim.place, e.claim.statement) for e in entries]
    assert len(set(statements)) == len(statements)
    assert not [text for _, _, text in statements if "{" in text]


def test_named_functions_exist(entries):
    for entry in entries:
        for dotted in filter(None, (name.strip() for name in entry.claim.by.split(","))):
            assert pkgutil.resolve_name(dotted) is not None, entry.claim.id


def test_sources_split_the_ledger():
    assert len(claims("talk")) + len(claims("paper")) == len(claims())
    with pytest.raises(DomainError, match="source must be one of talk, paper"):
        claims("rumour")


def test_page_shows_every_row(entries):
    shown = sum(ledger_table(entries, source).data.count("<span id=") for source in SOURCES)
    assert shown == len(entries)
    assert f"<td>{len(entries)}</td>" in tally_table(entries).data
