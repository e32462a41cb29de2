"""Further enhancement: the Stark-enhanced E1, Lambda coherence, superradiance."""
