"""The ball under an isotropic flux: special functions, the sum over waves, its averages, Born, rays, resonances."""

from cnub.sphere.solution import METHODS, SphereSolution, density_excess

__all__ = ["METHODS", "SphereSolution", "density_excess"]
