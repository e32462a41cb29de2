"""The ball under an isotropic flux: special functions, the sum over waves, its O(1) integral, Born, rays."""

from cnub.sphere.solution import METHODS, SphereSolution, density_excess

__all__ = ["METHODS", "SphereSolution", "density_excess"]
