"""What is missing at the surface of the round Earth where its gallery waves were empty, wave by wave."""

import math

from cnub.grazing.gallery import gallery_resonances


def gallery_excess(kappa, filling_length):
    """-pi sum of surface densities, each fading as e^{-width X}, in units of sqrt(2 delta); -2/3 for kappa -> 0."""
    waves = gallery_resonances(kappa)
    return -math.pi * math.fsum(wave.surface_density * math.exp(-wave.width * filling_length) for wave in waves)
