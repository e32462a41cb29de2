"""Slow light: matching of phase and group, bands, what momentum resonance recovers."""
