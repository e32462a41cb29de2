"""Structure factors in closed form or term by term: witnesses of the sampled sums."""

import numpy as np


def debye_sum(positions, q):
    """S(q) averaged over all directions exactly: sum_ab sin(q r_ab)/(q r_ab), Debye, Ann. Phys. 351 (1915) 809."""
    distance = np.linalg.norm(positions[:, None] - positions[None], axis=-1)[np.triu_indices(len(positions), 1)]
    return np.array([len(positions) + 2 * np.sum(np.sinc(value * distance / np.pi)) for value in np.atleast_1d(q)])


def cube_form_factor(q):
    """F = product of sin(q_i)/q_i of a uniform cube of half edge one, for q of shape (M, 3)."""
    return np.sinc(q / np.pi).prod(axis=1)


def lattice_cube_sum(n, q):
    """S(q) of n^3 points in a cube of half edge one: product of sin^2(n q a/2)/sin^2(q a/2), a = 2/n."""
    half = q / n
    factors = np.full(half.shape, float(n))
    generic = np.abs(np.sin(half)) > 1e-9
    factors[generic] = np.sin(n * half[generic]) / np.sin(half[generic])
    return (factors**2).prod(axis=1)
