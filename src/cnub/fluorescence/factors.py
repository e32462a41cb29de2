"""What a rate is made of: the factors that its dipoles, its neutrinos and its line put in, and how it is shown."""

from __future__ import annotations

from dataclasses import dataclass
from operator import attrgetter

from cnub.constants import BOHR_MAGNETON, BOHR_RADIUS, ELECTRON_CHARGE
from cnub.fluorescence.channels import Channel
from cnub.fluorescence.decay import resonance_factor
from cnub.fluorescence.reaction import FirstOrder
from cnub.fluorescence.target import Target


@dataclass(frozen=True)
class Coupling:
    """What the dipoles and the neutrinos put into the rate: ``dipole_moment`` in 1/eV, the rest without unit."""

    D_k: float
    dipole_moment: float
    form_factor: float
    spin_factor: float
    nature_factor: float

    @property
    def magnetons(self) -> float:
        """The dipole moment in Bohr magnetons."""
        return self.dipole_moment / BOHR_MAGNETON

    @property
    def charge_radii(self) -> float:
        """The dipole moment in units of e a_0."""
        return self.dipole_moment / (ELECTRON_CHARGE * BOHR_RADIUS)


@dataclass(frozen=True)
class Line:
    """How the neutrinos meet the level; energies in eV.

    ``photon_slope`` = d omega/dk, ``average`` and ``gas_velocity`` as asked for; ``resonance`` stands for
    1/[detuning^2 + Gamma_v^2/4] in eV^-2, ``relative_error`` is its own, ``method`` how it was got.
    """

    level_energy: float
    detuning: float
    width: float
    photon_slope: float
    average: str
    gas_velocity: float
    resonance: float
    relative_error: float
    method: str

    @property
    def peak_resonance(self) -> float:
        """4/Gamma_v^2 in eV^-2."""
        return resonance_factor(0.0, self.width)


_ROW = (
    "rate_per_year", "error_estimate", "domain.verdict", "domain.inside_first_order", "domain.weight",
    "domain.over_coupling", "domain.coupling", "over_energy", "domain.static_susceptibility",
    "domain.single_dipole_per_year", "domain.sum_rule_low_per_year", "domain.sum_rule_high_per_year",
    "domain.photon_yield", "domain.finite_share", "domain.remains_low_per_year", "domain.remains_high_per_year",
    "line.method", "decay_rate_per_second", "transition", "channel.ordering",
    "nature", "channel.name", "convention", "lightest_mass", "channel.initial_mass", "channel.final_mass",
    "channel.mixing", "channel.photon_energy", "channel.photon_momentum", "line.photon_slope", "line.level_energy",
    "line.detuning", "coupling.D_k", "coupling.dipole_moment", "coupling.magnetons", "coupling.charge_radii",
    "coupling.form_factor", "coupling.spin_factor", "coupling.nature_factor", "line.width", "target.coherence_time_s",
    "line.peak_resonance", "line.resonance", "resonance_suppression", "line.average", "target.density_per_cm3",
    "target.volume_m3", "neutrino_density_per_cm3", "clustering", "line.gas_velocity",
)  # fmt: skip
_RENAMED = {"channel.name": "channel", "domain.weight": "first_order_weight", "domain.coupling": "collective_coupling"}
_TWO_DIGITS = "domain.remains"
"""Of the row: more than their assumptions carry would be shown otherwise."""


@dataclass(frozen=True)
class FluorescenceRate:
    """An event rate and every factor that made it.

    ``rate_per_year`` = n_nu V Gamma; ``error_estimate`` its numerical error (0 for a closed form);
    ``decay_rate_per_second`` = Gamma of one neutrino; ``clustering`` multiplies the neutrino density. All are of first
    order in the coupling of the photon to the dipoles; ``domain`` says whether that holds and what remains if not.
    """

    rate_per_year: float
    error_estimate: float
    decay_rate_per_second: float
    transition: str
    nature: str
    convention: str
    lightest_mass: float
    neutrino_density_per_cm3: float
    clustering: float
    channel: Channel
    target: Target
    coupling: Coupling
    line: Line
    domain: FirstOrder

    @property
    def over_energy(self) -> float:
        """g/omega: its square is what the rotating wave leaves out."""
        return self.domain.coupling / self.channel.photon_energy

    @property
    def resonance_suppression(self) -> float:
        """The resonance factor that was used over its peak."""
        return self.line.resonance / self.line.peak_resonance

    def row(self) -> dict[str, object]:
        """Inputs, factors and result by name, as ``cnub rate --json`` prints them."""
        return {_RENAMED.get(path, path.split(".")[-1]): _shown(path, attrgetter(path)(self)) for path in _ROW}


def _shown(path: str, value: object) -> object:
    return float(f"{value:.1e}") if path.startswith(_TWO_DIGITS) and isinstance(value, float) else value
