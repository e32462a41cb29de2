"""Parametric fluorescence of relic neutrinos (2507.10868v1)."""
