"""The ball under an isotropic flux: special functions, the sum over waves, its averages, Born, rays, resonances."""

from typing import TYPE_CHECKING

from cnub.faces import face

if TYPE_CHECKING:  # loaded on first use
    from cnub.sphere.average import order_average, surface_limit
    from cnub.sphere.beam import beam_density
    from cnub.sphere.curvature import curvature_criterion
    from cnub.sphere.direct import direct_sum, phase_shift, phase_shifts
    from cnub.sphere.filling import SlowTail, slow_tail
    from cnub.sphere.ldos import local_density_of_states
    from cnub.sphere.poles import trapped_waves
    from cnub.sphere.rays import RayDensity, filled_density, trace
    from cnub.sphere.solution import METHODS, SphereSolution, density_excess
    from cnub.sphere.thermal import mean_profile
    from cnub.sphere.trapped import Resonance, resonances

__all__ = [
    "METHODS",
    "RayDensity",
    "Resonance",
    "SlowTail",
    "SphereSolution",
    "beam_density",
    "curvature_criterion",
    "density_excess",
    "direct_sum",
    "filled_density",
    "local_density_of_states",
    "mean_profile",
    "order_average",
    "phase_shift",
    "phase_shifts",
    "resonances",
    "slow_tail",
    "surface_limit",
    "trace",
    "trapped_waves",
]

__getattr__, __dir__ = face(__name__)
