"""The way back of an observer: what his grid holds, and what passes over it."""

import math

import numpy as np
import pytest

from cnub.grazing import profiles
from cnub.grazing.paraxial import grid
from cnub.grazing.states import trapped_states
from cnub.grazing.way import EDGE, Observer, Resolution, plan

LEADING = 5e-3
"""Of the density above the grid; the next order is 1/(height + top)^2. Measured 3.6e-3 at height 0, 2e-4 at 200."""
HIGHER = 3000.0
"""Above which 1e-4 of what passes over the grid is left."""


def way_back(height, carried=False):
    return plan(Observer(profiles.patch(20.0, 4.0), 0.0, height, carried), 0.5, 1.0, Resolution(0.1, 0.01, 30.0))


@pytest.mark.parametrize("height", [0.0, 5.0, 50.0, 200.0])
def test_what_passes_over_the_grid_is_the_projector_that_a_higher_grid_holds(height):
    way = way_back(height)
    top = float(way.mesh.z[-1]) - EDGE
    higher = grid(way.mesh.bottom, top + HIGHER, way.mesh.cell, EDGE, height)
    node = round((height - higher.bottom) / higher.cell)
    row = trapped_states(higher.bottom, higher.cell, higher.nodes, 0.0, 0.0, 4 * way.states).projected(node)
    over = math.pi * higher.cell * np.sum(np.abs(row[higher.z > top]) ** 2)
    assert way.above == pytest.approx(over, rel=LEADING)


def test_nothing_passes_over_the_grid_of_states_that_are_carried_along():
    assert way_back(1.0, carried=True).above == 0.0
