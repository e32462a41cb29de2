"""The plane and the flattened patch: half-space, layers, and the paraxial wave over any profile of the ground."""

from typing import TYPE_CHECKING

from cnub.faces import face

if TYPE_CHECKING:  # loaded on first use
    from cnub.grazing.earth import GrazingScales, grazing_scales
    from cnub.grazing.gallery import bound_states, critical_curvature
    from cnub.grazing.halfspace import (
        downgoing_asymmetry,
        grazing_excess,
        halfspace_excess,
        talk_asymmetry,
        trapped_density,
    )
    from cnub.grazing.patch import PatchSolution, filling_curve, patch_excess
    from cnub.grazing.profiles import Profile, plane, round_earth, terrain
    from cnub.grazing.switched import switched_excess

__all__ = [
    "GrazingScales",
    "PatchSolution",
    "Profile",
    "bound_states",
    "critical_curvature",
    "downgoing_asymmetry",
    "filling_curve",
    "grazing_excess",
    "grazing_scales",
    "halfspace_excess",
    "patch_excess",
    "plane",
    "round_earth",
    "switched_excess",
    "talk_asymmetry",
    "terrain",
    "trapped_density",
]

__getattr__, __dir__ = face(__name__)
