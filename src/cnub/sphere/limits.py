"""How large a ball and how high an observer the methods for a uniform ball answer for: one rule for all of them."""

MAX_SIZE = 1e13
"""Largest kR: the first orders of the plain sum reduce phases of this size, of which a double alone keeps three digits
(:mod:`cnub.sphere.starts`)."""
MAX_HEIGHT = 1e15
"""Greatest k (r - R) of an observer: a hundred radii of the largest ball."""
