"""One small answer of each kind of kernel, a line each: run by ``test_interpreted.py`` compiled and as plain Python."""

import numpy as np

from cnub.bessel import bessel
from cnub.bessel.airy import airy_scaled
from cnub.coherence.liquid import hard_spheres
from cnub.coherence.phases import total_amplitude
from cnub.coherence.structure import scattering_sum
from cnub.fluorescence.averages import thermal_resonance
from cnub.fluorescence.channels import channel
from cnub.grazing.patch import filling_curve
from cnub.grazing.profiles import round_earth
from cnub.sphere import density_excess
from cnub.sphere.bulk import Bulk
from cnub.sphere.layered import layered_sum


def say(name, value):
    """Print a number, real or complex, with all its digits."""
    print(name, repr(complex(value)))


for order, x in ((100.5, 300.0), (100.5, 60.0), (2000.5, 2000.0), (1e10 + 0.5, 1e10)):
    values = bessel(order, x)
    say(f"J {order} {x}", values.j)
    say(f"Y' {order} {x}", values.y_slope)
for z in (0.5 + 0.2j, 5.0 - 1j, -8.0 + 0.1j):
    say(f"Ai {z}", airy_scaled(z)[0])
for kR, delta, method in (
    (5.5, -0.5, "direct"), (40.0, 0.1, "direct"), (1.7e10, -2.5e-8, "contour"), (1e4, 1e-3, "born"),
):  # fmt: skip
    for height in (0.0, 3.0):
        say(f"ball {kR} {delta} {method} {height}", density_excess(kR, delta, height, method=method).density_excess)
for value in Bulk(3e5, [1e-3, -0.02], [0.0, 3.0]).sums(200_000, 8 * 21)[0].flat:
    say("lanes", value)
say("average 2000", density_excess(2000.0, 0.01, 0.0, average=True).density_excess)
say("layers", layered_sum([3.0, 10.0], [0.1, -0.2], 0.5)[0])
say("patch", filling_curve(round_earth(48.0), [0.01], 0.5, cell=0.25, step=0.1)[0][0])
say("gas", thermal_resonance(channel("NO"), 1e-7, 0.025).value)
say("scatterers", scattering_sum(np.arange(12.0).reshape(4, 3), [[0.0, 0.1, 0.2]])[0])
for size in (0.3, 1e3, 1e9):
    say(f"weights {size}", total_amplitude(np.arange(9.0).reshape(3, 3), [[size, 0.0, 0.1]], [1.0, 2j, -0.5])[0])
say("liquid", hard_spheres(4, 0.3)[5] @ [1.0, 1j, 0.5])
