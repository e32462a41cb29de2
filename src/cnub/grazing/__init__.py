"""The plane and the flattened patch: half-space, layers, and the paraxial wave over any profile of the ground."""
