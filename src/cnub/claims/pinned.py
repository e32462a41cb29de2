"""The ledger as the repository pins it: id, verdict and value of every row, compared by the tests.

``python -m cnub.claims.pinned > tests/reference/ledger.csv`` writes it anew; ``git diff`` then shows what changed.
"""

from __future__ import annotations

import sys

from cnub.claims import recompute
from cnub.claims.ledger import Entry

HEADER = "id,verdict,computed"
NOISE = 1e-9
"""Below this a value that is to vanish is rounding, and differs from machine to machine."""


def pinned_lines(entries: list[Entry]) -> list[str]:
    """One line per row, sorted by id, below the header: id, verdict, computed value to three digits."""
    return [HEADER, *sorted(f"{e.claim.id},{e.verdict},{_shown(e)}" for e in entries)]


def _shown(entry: Entry) -> str:
    if entry.computed is None:
        return ""
    if float(entry.claim.quoted) == 0 and abs(entry.computed) < NOISE:
        return "0"
    return f"{entry.computed:.3g}"


if __name__ == "__main__":
    sys.stdout.writelines(line + "\n" for line in pinned_lines(recompute()))
