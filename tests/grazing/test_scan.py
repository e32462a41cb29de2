"""The scan goes on where it was interrupted."""

import json
from concurrent.futures import Executor, Future

import pytest

from cnub import DomainError
from cnub.grazing import scan
from cnub.grazing.halfspace import trapped_density

TIGHT = 1e-4
"""Error above which the comparison with the plane would say little; 1.9e-5 is claimed and 7e-7 is measured."""


@pytest.fixture
def counted(monkeypatch):
    """Pieces computed by a stand-in, one after another in this process."""
    calls = []

    class Inline(Executor):
        def __init__(self, processes):
            pass

        def submit(self, function, piece):
            calls.append(piece)
            future = Future()
            future.set_result([piece | {"excess": -0.5, "error": 0.0}])
            return future

    monkeypatch.setattr(scan, "ProcessPoolExecutor", Inline)
    return calls


def test_finished_pieces_are_not_computed_again(tmp_path, counted):
    wanted = scan.pieces([2.0], [0.0, 0.3], [0.0])
    path = tmp_path / "pieces.jsonl"
    first = scan.run(wanted, path)
    lines = [line for line in path.read_text().splitlines() if line]
    assert len(counted) == len(wanted) == len(lines) - 1 == len(first)
    # an interruption: half of the lines, the last one cut short
    path.write_text("\n".join(lines[:6]) + "\n" + lines[6][:30])
    counted.clear()
    again = scan.run(wanted, path)
    assert len(counted) == len(wanted) - 5
    assert again.equals(first)


def test_pieces_cover_shapes_positions_and_hills():
    wanted = scan.pieces([0.5, 20.0], [0.0, 1.0, 100.0], [0.0, 1.0])
    assert len({json.dumps(piece, sort_keys=True) for piece in wanted}) >= len(wanted) - 1
    assert {piece["shape"] for piece in wanted} == {"smooth", "chord", "flat-topped"}
    assert any(piece["position"] for piece in wanted) and any(piece["rms"] for piece in wanted)


def test_one_piece():
    rows = scan.compute(scan.pieces([50.0], [0.1], [1.0])[0])
    # a patch filled to its edge and no further lacks what a plane would
    assert abs(rows[0]["excess"] + trapped_density(1.0)) < rows[0]["error"] < TIGHT
    assert rows[-1]["excess"] == 0.0
    assert [row["filling_length"] for row in rows] == [0.05 + x / 50.0 for x in scan.BEYOND]


def test_unwritable_file_is_refused(tmp_path, counted):
    with pytest.raises(DomainError, match="path must be a writable file"):
        scan.run(scan.pieces([2.0], [0.0], [0.0]), tmp_path / "missing" / "pieces.jsonl")
