"""Further enhancement: the Stark-enhanced E1, Lambda coherence, superradiance, and who gets N^2."""

from typing import TYPE_CHECKING

from cnub.faces import face

if TYPE_CHECKING:  # loaded on first use
    from cnub.enhancement.driven import DrivenRate, driven_rate
    from cnub.enhancement.product_states import transition_weight
    from cnub.enhancement.schemes import scheme_table
    from cnub.enhancement.stark import field_for_mixing, stark_enhancement
    from cnub.enhancement.superradiance import dicke_time, lambda_enhancement, mean_square_coherence, prepared_coherence

__all__ = [
    "DrivenRate",
    "dicke_time",
    "driven_rate",
    "field_for_mixing",
    "lambda_enhancement",
    "mean_square_coherence",
    "prepared_coherence",
    "scheme_table",
    "stark_enhancement",
    "transition_weight",
]

__getattr__, __dir__ = face(__name__)
