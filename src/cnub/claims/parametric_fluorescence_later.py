"""Claims of a later version of the paper. Only its abstract is known here, and nothing of how its numbers were made."""

from __future__ import annotations

from functools import partial

from cnub.claims.ledger import later
from cnub.constants import METRE, SPEED_OF_LIGHT_M_PER_S
from cnub.fluorescence.polariton import finite_share
from cnub.fluorescence.rates import event_rate
from cnub.fluorescence.target import LATER_LARGE, LATER_SMALL, Target

_TARGETS = (
    ("large", "5 m^3 at a coherence time of 10 ns", LATER_LARGE),
    ("small", "5 cm^3 at a coherence time of 10 us", LATER_SMALL),
)


def _rate(target: Target):
    return event_rate("M1", "NO", volume_m3=target.volume_m3, coherence_time_s=target.coherence_time_s)


def _first(target: Target) -> float:
    """Eq. (22) on the target, D_k = 1."""
    return _rate(target).rate_per_year


def _kept(target: Target) -> float:
    return finite_share(target.width, target.volume_m3 ** (1 / 3) * METRE)


def _finite(target: Target) -> float:
    return _first(target) * _kept(target)


def _remains(target: Target) -> float:
    return _rate(target).domain.remains_high_per_year


def _finite_note(target: Target) -> str:
    return (
        f"Eq. (22) alone, D_k = 1, gives {_first(target):.2f}; but a photon leaves the cube after "
        f"{target.volume_m3 ** (1 / 3) / SPEED_OF_LIGHT_M_PER_S / target.coherence_time_s:.1e} coherence times, and of "
        f"the resonance a share of {_kept(target):.1e} is left."
    )


def _remains_note(target: Target) -> str:
    domain = _rate(target).domain
    return (
        f"2g/Gamma_v is {domain.over_coupling:.0e} at N_A per cm^3: the photon acts back on the dipoles long before "
        "that coherence time. If the later version counts this in its T_c, T_c is no longer free; its abstract does "
        "not say."
    )


CLAIMS = [
    *(
        later(
            f"first-{name}", "abstract", f"event rate of {what}, Eq. (22) of the first version", "1",
            partial(_first, target), event_rate, unit="/yr", approximate=True,
            note="Density, dipole and form factor of the first version, D_k as its quoted rates need it; to first "
            "order in an endless target.",
        )
        for name, what, target in _TARGETS
    ),
    *(
        later(
            name, "abstract", f"event rate of {what}, to first order in a target of that size", "1",
            partial(_finite, target), finite_share, unit="/yr", approximate=True, note=partial(_finite_note, target),
        )
        for name, what, target in _TARGETS
    ),
    *(
        later(
            f"remains-{name}", "abstract", f"event rate of {what}, with the reaction of the emitted photon", "1",
            partial(_remains, target), event_rate, unit="/yr", approximate=True, note=partial(_remains_note, target),
        )
        for name, what, target in _TARGETS
    ),
    later(
        "volume-time", "abstract", "rate of the large target over that of the small one, Eq. (22)", "1",
        lambda: _first(LATER_LARGE) / _first(LATER_SMALL), event_rate, printed="the same rate for both",
        note="The rate on resonance goes with the volume times the square of the coherence time, so that the T_c of "
        "the abstract stands where the first version has tau_v.",
    ),
    later(
        "coherence-time", "abstract", "what the coherence time T_c contains that the lifetime tau_v did not", "1",
        printed="T_c in place of tau_v",
        note="Only the abstract is known here, and it gives no equation that would define T_c.",
    ),
]  # fmt: skip
