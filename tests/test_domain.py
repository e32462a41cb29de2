"""Refusals name the parameter and its range."""

import math

import numpy as np
import pytest

from cnub import DomainError
from cnub.domain import finite, finite_array, finite_complex, integer, non_negative, one_of, positive, within


@pytest.mark.parametrize("bad", [math.nan, math.inf, -math.inf, "1", None, True, 1j])
@pytest.mark.parametrize("check", [finite, positive, non_negative])
def test_not_a_finite_real_is_refused_by_name(check, bad):
    with pytest.raises(DomainError, match=r"^mass must be .*; got "):
        check("mass", bad)


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (lambda: positive("kR", 0), "kR must be finite and > 0; got 0"),
        (lambda: non_negative("height", -1.0), "height must be finite and >= 0; got -1.0"),
        (lambda: within("delta", 2, -0.1, 0.1), "delta must be between -0.1 and 0.1; got 2"),
        (lambda: integer("l", 1.5, 0), "l must be a whole number >= 0; got 1.5"),
        (lambda: integer("n", 9, 0, 8), "n must be a whole number between 0 and 8; got 9"),
        (lambda: one_of("ordering", "XO", ("NO", "IO")), "ordering must be one of NO, IO; got 'XO'"),
        (lambda: one_of("ordering", 3, ("NO", "IO")), "ordering must be one of NO, IO; got 3"),
    ],
)
def test_sentence(call, sentence):
    with pytest.raises(DomainError) as caught:
        call()
    assert str(caught.value) == sentence


def test_accepted_values_come_back_as_plain_floats():
    assert positive("x", np.float64(2)) == 2.0 and type(positive("x", np.int64(2))) is float
    assert type(integer("l", 3.0, 0)) is int
    assert within("delta", -0.1, -0.1, 0.1) == -0.1


@pytest.mark.parametrize("bad", [[], [1.0, math.nan], ["a"], [0.5, 3.0]])
def test_array_refused(bad):
    with pytest.raises(DomainError, match=r"^heights must be between 0 and 2"):
        finite_array("heights", bad, 0, 2)


def test_array_accepted():
    np.testing.assert_array_equal(finite_array("p", [1, 2]), [1.0, 2.0])


@pytest.mark.parametrize("bad", [float("nan"), complex(0, float("inf")), "a word", [], None])
def test_complex_numbers_must_be_finite(bad):
    with pytest.raises(DomainError, match="amplitude"):
        finite_complex("amplitude", bad)
    assert finite_complex("amplitude", 1 + 2j) == 1 + 2j
