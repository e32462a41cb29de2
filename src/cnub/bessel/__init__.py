"""Bessel functions of huge and half-integer order, by regions; a library that stands by itself."""

from typing import TYPE_CHECKING

from cnub.faces import face

if TYPE_CHECKING:  # loaded on first use
    from cnub.bessel.real_order import BesselValues, bessel

__all__ = [
    "BesselValues",
    "bessel",
]

__getattr__, __dir__ = face(__name__)
