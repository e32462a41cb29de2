"""The force on a slab, a cylinder and a ball twice over: the momentum that the wave leaves, and |psi|^2 grad U.

A stationary wave obeys (nabla^2 + k^2 - 2mU) psi = 0. Its stress tensor

    T_ij = Re(d_i psi* d_j psi) + delta_ij/2 [(k^2 - 2mU) |psi|^2 - |grad psi|^2]

has the divergence -m |psi|^2 dU/dx_j: what flows into any closed surface is the force Int |psi|^2 grad U on the matter
within, to all orders of U. Both sides are computed apart, from exact waves: for the net force the momentum of the
scattered wave, for one half of a body the flux through its cap and through its cut. Lengths are in 1/k and forces per
n v k and shadow, pi R^2 or 2R per length; the halves are the lit one ("entry") and the other. A half is pushed at
first order by the difference of two fluxes of order one, which leaves 1e-14/|delta| of it by momentum.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy import special

from cnub.domain import one_of, positive, representable, within
from cnub.forces.recoil import SlabForces
from cnub.quadrature import unit_rule
from cnub.reflection import face_reflectivity, index_step

SHAPES = ("ball", "cylinder")
METHODS = ("momentum flux", "gradient")
FLUXES = ("collimated", "isotropic")
LARGEST = 50.0
"""kR up to which the partial waves are summed."""


@dataclass(frozen=True)
class _Waves:
    """Partial waves inside: 1/(c - i s) is the amplitude of each order, s/c the tangent of its phase shift."""

    shape: str
    size: float
    delta: float
    cosine: np.ndarray
    sine: np.ndarray

    @property
    def index(self) -> float:
        return 1 + self.delta

    @property
    def orders(self) -> np.ndarray:
        return np.arange(len(self.cosine))

    @property
    def weights(self) -> np.ndarray:
        return 2 * self.orders + 1 if self.shape == "ball" else np.where(self.orders == 0, 1, 2)

    @property
    def moduli(self) -> np.ndarray:
        return 1 / np.hypot(self.cosine, self.sine)

    def turned(self) -> np.ndarray:
        """sin(delta_l - delta_l+1) of the phase shifts, without forming their difference."""
        s, c, a = self.sine, self.cosine, self.moduli
        return (s[:-1] * c[1:] - c[:-1] * s[1:]) * a[:-1] * a[1:]


@representable
def body_forces(
    shape: str, delta: float, size: float, flux: str = "collimated", by: str = "momentum flux"
) -> SlabForces:
    """Force on the lit half, on the other half and on the whole of a ball or of a cylinder across the flux, exactly.

    ``shape`` "ball" or "cylinder", ``delta`` within +-0.1, ``size`` kR (1e-2 to 50), ``flux`` "collimated" or
    "isotropic", whose halves are those of any plane through the centre and whose sum vanishes by symmetry. ``by``
    "momentum flux" or "gradient". Per n v k and shadow. Raises :class:`cnub.DomainError` outside these ranges.

    Source: talk, 'How many G_F's for the force?'; derived from the stress tensor of a wave.

    >>> lost = body_forces("ball", delta=1e-3, size=5.0, flux="collimated", by="momentum flux")
    >>> pulled = body_forces("ball", delta=1e-3, size=5.0, by="gradient")
    >>> print(f"{lost.net:.4e}", abs(pulled.net / lost.net - 1) < 1e-8)
    5.2405e-06 True
    """
    one_of("shape", shape, SHAPES), one_of("flux", flux, FLUXES), one_of("by", by, METHODS)
    waves = _waves(shape, within("delta", delta, -0.1, 0.1), within("size", size, 1e-2, LARGEST))
    if flux == "isotropic":
        density = float(_mean(waves, size)[0])
        half = _isotropic_stress(waves) if by == "momentum flux" else -index_step(delta) / 2 * density
        return SlabForces(half, -half, 0.0)
    if by == "momentum flux":
        return SlabForces(*_half_stresses(waves), _scattered(waves))
    return SlabForces(*_half_gradients(waves), _pulled(waves))


@representable
def slab_gradient(delta: float, sine: float) -> SlabForces:
    """The step of the potential times the density at both faces of a thick slab, for glancing sine ``sine`` (0 to 1].

    The pressures of :func:`cnub.forces.recoil.collimated_forces`, from densities in place of momenta: what arrives
    makes |1 + r|^2 at the entry face, what was reflected at the exit adds to it. Raises :class:`cnub.DomainError`.

    >>> print(f"{slab_gradient(1e-8, 0.5).entry:.3e}")
    -1.000e-08
    """
    step = index_step(within("delta", delta, -0.1, 0.1))
    s = positive("sine", within("sine", sine, 0.0, 1.0))
    if s * s + step <= 0:
        return SlabForces(2 * s * s, 0.0, 2 * s * s)
    inside, once = math.sqrt(s * s + step), float(face_reflectivity(delta, s))
    scale = 4 * s / (s + inside) ** 2
    entry, back = scale * (s + once * inside / (1 + once)), scale * inside / (1 + once)
    return SlabForces(-step / 2 * entry, step / 2 * back, -step / 2 * (entry - back))


def _waves(shape: str, delta: float, size: float) -> _Waves:
    step, index = index_step(delta), 1 + delta
    orders = np.arange(int(size * max(index, 1) + 6 * np.cbrt(size) + 16))
    regular, slope, singular, rising = _cylinder(orders) if shape == "cylinder" else _ball(orders)
    flux = size**2 if shape == "ball" else math.pi * size / 2  # over the Wronskian of j and y, or of J and Y
    cosine = flux * (regular(index * size) * rising(size) - index * slope(index * size) * singular(size))
    x, w = unit_rule(int(40 + 2 * size))
    radii = size * x[:, None]
    measure = radii**2 if shape == "ball" else math.pi / 2 * radii
    overlap = size * w @ (measure * regular(index * radii) * regular(radii))
    return _Waves(shape, size, delta, cosine, step * overlap)


def _ball(orders):
    jn, yn = special.spherical_jn, special.spherical_yn
    return tuple(
        lambda r, f=f, d=d: f(orders, r, derivative=d) for f, d in ((jn, False), (jn, True), (yn, False), (yn, True))
    )


def _cylinder(orders):
    functions = (special.jv, special.jvp, special.yv, special.yvp)
    return tuple(lambda r, f=f: f(orders, r) for f in functions)


def _scattered(waves: _Waves) -> float:
    """The transport cross-section over the shadow, from the phase shifts."""
    turned, n, x = waves.turned(), waves.orders[:-1], waves.size
    return float(4 / x**2 * np.sum((n + 1) * turned**2) if waves.shape == "ball" else 2 / x * np.sum(turned**2))


def _pulled(waves: _Waves) -> float:
    """|psi|^2 grad U over the whole surface: neighbouring orders only, as cos(theta) couples them."""
    regular, _ = _radial(waves, np.array([waves.size]))
    grown = (waves.moduli * regular)[0]
    pairs = waves.turned() * grown[:-1] * grown[1:]
    n, step = waves.orders[:-1], index_step(waves.delta)
    return float(step * (4 * np.sum((n + 1) * pairs) if waves.shape == "ball" else math.pi * np.sum(pairs)))


def _radial(waves: _Waves, radii: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Radial functions inside and their derivatives, rows of ``radii`` and columns of orders."""
    regular, slope, *_ = (_ball if waves.shape == "ball" else _cylinder)(waves.orders)
    inner = waves.index * radii[:, None]
    return regular(inner), waves.index * slope(inner)


def _angular(waves: _Waves, angles: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Angular functions, P_l(cos) or cos(m phi), and their derivatives by the angle."""
    if waves.shape == "cylinder":
        turns = angles[:, None] * waves.orders
        return np.cos(turns), -waves.orders * np.sin(turns)
    cosines = np.cos(angles)[:, None]
    values = special.eval_legendre(waves.orders, cosines)
    before = np.hstack([np.zeros_like(cosines), values[:, :-1]])
    return values, -waves.orders * (before - cosines * values) / np.sin(angles)[:, None]


def _field(waves: _Waves, radii: np.ndarray, angles: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """psi, its radial slope and its slope along the angle over r, at pairs of a radius and an angle."""
    amplitudes = waves.weights * 1j**waves.orders / (waves.cosine - 1j * waves.sine)
    (radial, slope), (angular, turning) = _radial(waves, radii), _angular(waves, angles)
    parts = (radial * angular, slope * angular, radial * turning / radii[:, None])
    return tuple(part @ amplitudes for part in parts)  # type: ignore[return-value]


def _over_half(waves: _Waves, lit: bool) -> tuple[np.ndarray, np.ndarray]:
    """Angles of one half of the surface, and weights of an integral over it in units of the shadow."""
    x, w = unit_rule(int(48 + 4 * waves.size))
    angles = math.pi / 2 * (x + 1 if lit else x)
    return angles, math.pi / 2 * w * (2 * np.sin(angles) if waves.shape == "ball" else 1.0)


def _half_gradients(waves: _Waves) -> tuple[float, float]:
    step, found = index_step(waves.delta), []
    for lit in (True, False):
        angles, weights = _over_half(waves, lit)
        wave = _field(waves, np.full(len(angles), waves.size), angles)[0]
        found.append(float(step / 2 * np.sum(weights * np.abs(wave) ** 2 * np.cos(angles))))
    return found[0], found[1]


def _half_stresses(waves: _Waves) -> tuple[float, float]:
    cut = _over_cut(waves, _cut_stress)
    return -_cap_stress(waves, True) - cut, -_cap_stress(waves, False) + cut


def _cap_stress(waves: _Waves, lit: bool) -> float:
    """Flux of momentum along the beam out of one half of the surface, just outside, where psi and its slopes go on."""
    angles, weights = _over_half(waves, lit)
    wave, slope, along = _field(waves, np.full(len(angles), waves.size), angles)
    forward = np.cos(angles) * slope - np.sin(angles) * along
    free = np.abs(wave) ** 2 - np.abs(slope) ** 2 - np.abs(along) ** 2
    return float(np.sum(weights * ((forward.conj() * slope).real + np.cos(angles) * free / 2)))


def _over_cut(waves: _Waves, stress: Callable[[_Waves, np.ndarray], np.ndarray]) -> float:
    """Integral of a stress over the plane through the centre, inside, in units of the shadow."""
    x, w = unit_rule(int(48 + 4 * waves.size))
    return float(np.sum(w * (2 * x if waves.shape == "ball" else 1.0) * stress(waves, waves.size * x)))


def _cut_stress(waves: _Waves, radii: np.ndarray) -> np.ndarray:
    wave, slope, along = (np.abs(part) ** 2 for part in _field(waves, radii, np.full(len(radii), math.pi / 2)))
    return (waves.index**2 * wave + along - slope) / 2


def _mean(waves: _Waves, radii: float | np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Means over all directions of the flux: |psi|^2, its radial slope squared, those along the surface squared."""
    r = np.atleast_1d(np.asarray(radii, dtype=float))
    radial, slope = _radial(waves, r)
    n, weights = waves.orders, waves.weights * waves.moduli**2
    turns = n * (n + 1) if waves.shape == "ball" else n**2
    found = (radial**2 @ weights, slope**2 @ weights, radial**2 @ (weights * turns) / r**2)
    return found if np.ndim(radii) else tuple(float(part[0]) for part in found)  # type: ignore[return-value]


def _isotropic_stress(waves: _Waves) -> float:
    """Push on the half towards -z: the pressure outside on its cap less the tangential stress in its cut."""
    density, slope, along = _mean(waves, waves.size)
    return float(density + slope - along) / 2 - _over_cut(waves, _tangential)


def _tangential(waves: _Waves, radii: np.ndarray) -> np.ndarray:
    density, slope, along = _mean(waves, radii)
    return (waves.index**2 * density - slope + (along if waves.shape == "cylinder" else 0.0)) / 2
