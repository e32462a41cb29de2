"""The list of mutations that change nothing speaks of lines that exist."""

import csv
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
with Path(__file__).with_name("survivors.csv").open(newline="", encoding="utf-8") as stream:
    SURVIVORS = list(csv.DictReader(stream))


@pytest.mark.parametrize("row", SURVIVORS, ids=lambda row: f"{Path(row['file']).stem}: {row['after'][:40]}")
def test_a_listed_line_stands_in_its_file_and_says_why_it_may_change(row):
    lines = [line.strip() for line in (ROOT / row["file"]).read_text(encoding="utf-8").splitlines()]
    assert row["before"] in lines and row["after"] not in lines
    assert row["reason"]
