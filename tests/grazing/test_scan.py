"""The scan of patches: what it covers, and one of its pieces."""

import json

from cnub.grazing import scan
from cnub.grazing.halfspace import trapped_density

TIGHT = 1e-4
"""Error above which the comparison with the plane would say little; 1.9e-5 is claimed and 7e-7 is measured."""


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
