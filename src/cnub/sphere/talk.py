"""The talk's formulas for one partial wave as they are printed ('Bessel modes', second and third equation).

They take the spherical Bessel functions from anywhere: numbers or arrays of doubles, of mpmath or of Arb. In doubles
the numerator loses log10(1/|delta|) digits; :mod:`cnub.sphere.recurrence` does not form it this way.
"""

from __future__ import annotations


def printed_tangent(kR, inside, j, y, inner):
    """tan(delta_l) at ``kR``, with k'R = ``inside``: j_l(kR), y_l(kR), j_l(k'R), each a pair of orders l and l + 1.

    >>> from scipy.special import spherical_jn, spherical_yn
    >>> x, l = 2.0, [1, 2]
    >>> float(abs(printed_tangent(x, x, spherical_jn(l, x), spherical_yn(l, x), spherical_jn(l, x))))
    0.0
    """
    numerator = kR * inner[0] * j[1] - inside * j[0] * inner[1]
    return numerator / (kR * inner[0] * y[1] - inside * inner[1] * y[0])


def printed_term(l, tangent, j, y):
    """(2l+1) [sin^2(delta_l) (y_l^2 - j_l^2) - sin(2 delta_l) j_l y_l] from tan(delta_l), j_l(kr) and y_l(kr)."""
    return (2 * l + 1) * (tangent * tangent * (y * y - j * j) - 2 * tangent * j * y) / (1 + tangent * tangent)
