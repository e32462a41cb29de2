r"""One plane wave on the ball: where on the sphere the density is, before the average over directions.

Psi(r, theta) = sum_l i^l (2l+1) exp(i delta_l) [cos(delta_l) j_l(kr) - sin(delta_l) y_l(kr)] P_l(cos theta), the beam
along theta = 0 (talk, "The scattering problem"). An isotropic flux at one point is one beam at all points of a sphere::

    n(r)/n0 = (1/4 pi) Int |Psi(r, theta)|^2 dOmega

It shows what the average hides: deficits and excesses of order sqrt(2|delta|) at the limb that cancel.
"""

from __future__ import annotations

import numpy as np

from cnub.domain import finite_array, integer, non_negative, refraction, within
from cnub.kernel_cache import njit
from cnub.quadrature import panels as gauss_panels
from cnub.sphere.layered import LARGEST, layered_phase_shifts, riccati
from cnub.sphere.orders import DEPTH, evanescent_order


def beam_density(kR: float, delta: float, cos_theta: object, height: float = 0.0) -> np.ndarray:
    """Density |Psi|^2 at r = R + height/k and the angles ``cos_theta`` (-1 ... 1, any shape) from the beam's direction.

    ``kR`` from 1e-3 to 1e5, ``|delta| < 1``, ``height`` >= 0 in 1/k. cos_theta = -1 is the lit side. Raises
    :class:`cnub.DomainError`.

    Source: talk, 'The scattering problem' (partial waves); talk, 'The scattering problem' (radial wave).

    >>> print(beam_density(100.0, 1e-3, cos_theta=[-1.0, 1.0]))
    [0.99904376 0.96126874]
    """
    cosines = finite_array("cos_theta", cos_theta, low=-1.0, high=1.0)
    kR, delta = _validated(kR, delta)
    outer = kR + non_negative("height", height)
    shifts = layered_phase_shifts([kR], [delta])
    count = max(len(shifts), evanescent_order(outer, DEPTH) + 1)
    shifts = np.append(shifts, np.zeros(count - len(shifts)))
    return _density(shifts, outer, cosines.ravel()).reshape(cosines.shape)


def gathered(kR: float, delta: float, panels: int = 64, height: float = 0.0) -> tuple[np.ndarray, np.ndarray]:
    """cos theta of panel edges, and the excess gathered from the lit side, half the integral of |Psi|^2 - 1.

    Panels are equally wide in theta; the last entry is the excess of the isotropic flux. ``panels`` >= 4. Raises
    :class:`cnub.DomainError`.
    """
    kR, delta = _validated(kR, delta)
    height = non_negative("height", height)
    edges = -np.cos(np.linspace(0.0, np.pi, integer("panels", panels, 4) + 1))
    # |Psi|^2 turns by at most 2kr radians per radian of theta
    points, weights = gauss_panels(edges, 24 + int(1.3 * (kR + height) * np.pi / panels))
    pieces = 0.5 * ((beam_density(kR, delta, points, height) - 1) * weights).sum(axis=1)
    return edges, np.concatenate([[0.0], np.cumsum(pieces)])


def _validated(kR, delta):
    return within("kR", kR, 1e-3, LARGEST), refraction("delta", delta)


@njit(cache=True)
def _amplitudes(shift, x):
    psi, chi, _ = riccati(x, len(shift))
    real, imaginary = np.zeros(len(shift)), np.zeros(len(shift))
    quarter = 1.0 + 0.0j
    for l in range(len(shift)):
        s, c = np.sin(shift[l]), np.cos(shift[l])
        wave = c * psi[l] - (s * chi[l] if s != 0.0 else 0.0)
        turned = (2 * l + 1) / x * wave * complex(c, s) * quarter
        quarter *= 1j
        real[l], imaginary[l] = turned.real, turned.imag
    return real, imaginary


@njit(cache=True)
def _density(shift, x, cosines):
    real, imaginary = _amplitudes(shift, x)
    answer = np.empty(len(cosines))
    for i in range(len(cosines)):
        z = cosines[i]
        before, p = 0.0, 1.0
        a, b = 0.0, 0.0
        for l in range(len(shift)):
            a += real[l] * p
            b += imaginary[l] * p
            before, p = p, ((2 * l + 1) * z * p - l * before) / (l + 1)
        answer[i] = a * a + b * b
    return answer
