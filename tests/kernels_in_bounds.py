"""Every kernel that indexes an array by a number it computed, at ordinary and extreme arguments.

Run by ``test_bounds.py`` with NUMBA_BOUNDSCHECK=1, under which an index outside an array is an error instead of a read
of whatever lies there.
"""

import math

import numpy as np

from cnub.coherence.structure import scattering_sum
from cnub.fluorescence.averages import thermal_resonance
from cnub.fluorescence.channels import channel
from cnub.grazing.patch import filling_curve, patch_excess
from cnub.grazing.profiles import round_earth, terrain
from cnub.sphere import density_excess
from cnub.sphere.layered import layered_phase_shifts, layered_sum, penetrability

# grounds that rise and fall by more than the grid was once high; observers far above it
filling_curve(terrain(0.0, 300.0, 0.5, 1, 60.0), [0.0, 1.0, 5.0], cell=0.25, step=0.1)
filling_curve(terrain(0.1, 30.0, 5.0, 2, 60.0), [0.0, 20.0], 50.0, 10.0, cell=0.25, step=0.1)
filling_curve(round_earth(0.25), [0.0, 5.0, 400.0], 3.0, cell=0.25, step=0.1)
filling_curve(round_earth(48.0), [0.0, 0.01], 1e5, cell=0.25, step=0.1)
for shape in ("smooth", "chord", "flat-topped"):
    patch_excess(1e6, 0.5, 1e3, filling_length=0.251, shape=shape)

# shells from far below one wavelength to many, seen from the surface and from beyond any integer
for kR in (1e-3, 0.99, 1.0, 30.0, 1000.5):
    for height in (0.0, 1.0, 1e15):
        assert np.isfinite(layered_sum([0.3 * kR, kR], [0.5, -0.9], height)).all()
    layered_phase_shifts([kR], [0.999])
    penetrability(kR, [0, 1, int(kR) + 50])

# the ball by every method, inside, at the surface and beyond, at the ends of the orders' ranges
for kR, delta, method in (
    (0.1, 0.9, "direct"), (5.5, -0.5, "direct"), (300.0, 0.1, "direct"), (3e5, 1e-6, "direct"),
    (1e4, 1e-2, "contour"), (1.7e10, -2.5e-8, "contour"), (1e13, 1e-9, "contour"), (1.7e10, 2.5e-8, "born"),
):  # fmt: skip
    for height in (0.0, 1e3):
        assert math.isfinite(density_excess(kR, delta, height, method=method).density_excess)
for height in (-2000.0, -300.0, 0.0, 1e15):
    assert math.isfinite(density_excess(2000.0, 0.01, height, average=True).density_excess)
    assert math.isfinite(density_excess(2000.0, 0.01, height).density_excess)

# the gas at rest and in a wind, whose occupation is read from a table
for speed in (0.0, 0.9):
    for level in (1e-3, 0.025, 1.0):
        assert math.isfinite(thermal_resonance(channel("NO"), 1e-7, level, gas_velocity=speed).value)

# scatterers, one and many
for count in (1, 40):
    positions = np.arange(3.0 * count).reshape(count, 3)
    scattering_sum(positions, [[0.0, 0.0, 1e8]])
