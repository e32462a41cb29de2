"""Bessel functions of huge and half-integer order, by regions; a library that stands by itself."""
