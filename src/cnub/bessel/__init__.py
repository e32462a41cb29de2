"""Bessel functions of huge and half-integer order, by regions; a library that stands by itself."""

from cnub.bessel.real_order import BesselValues, bessel

__all__ = [
    "BesselValues",
    "bessel",
]
