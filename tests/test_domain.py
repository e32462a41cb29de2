"""Refusals name the parameter and its range."""

import math
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest

from cnub import DomainError
from cnub.domain import (
    finite,
    finite_array,
    finite_complex,
    integer,
    non_negative,
    one_of,
    positive,
    refraction,
    representable,
    within,
)

SENTENCE = 160
"""Characters that a refusal may take: two lines of a terminal."""
MASKED = np.ma.masked_array([1.0, 2.0], [False, True])
NOT_REAL = [
    "1.5", b"1.5", np.str_("1.5"), "x" * 10**6, None, True, np.bool_(True), np.array("1.5"), np.array(True),
    1j, np.complex128(1 + 5j), 1.5 + 0j, 10**400, -(10**5000), np.longdouble("1e400"), Fraction(10**400),
    Decimal("1.5"), Decimal("sNaN"), Decimal("1e400"), np.timedelta64(3, "s"), np.datetime64("2025-01-01"),
    np.ma.masked, object(), {1.0}, {}, lambda: 1.0, math.nan, math.inf, -math.inf,
]  # fmt: skip
"""What is no finite real number, though NumPy or float() would make one of many."""


@pytest.mark.parametrize("bad", [*NOT_REAL, [1.0], np.ones(2), MASKED], ids=lambda bad: type(bad).__name__)
@pytest.mark.parametrize(
    "check",
    [finite, positive, non_negative, refraction, lambda n, x: within(n, x, -2, 2), lambda n, x: integer(n, x, -2)],
)
def test_not_a_finite_real_is_refused_by_name(check, bad):
    with pytest.raises(DomainError, match=r"^mass must be .*; got ") as caught:
        check("mass", bad)
    assert len(str(caught.value)) < SENTENCE and "\n" not in str(caught.value)


@pytest.mark.parametrize("check", [finite_array, finite_complex])
@pytest.mark.parametrize("bad", NOT_REAL, ids=lambda bad: type(bad).__name__)
def test_no_array_is_made_of_what_is_no_number(check, bad):
    is_complex = isinstance(bad, (complex, np.complexfloating))
    for value in (bad, [0.5, bad], np.array([0.5, bad], dtype=object), [[0.5], [bad]]):
        if check is finite_complex and is_complex:
            assert np.all(check("wave", value).flat[-1] == bad)
            continue
        with pytest.raises(DomainError, match=r"^wave must be .*; got ") as caught:
            check("wave", value)
        assert len(str(caught.value)) < SENTENCE and "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "bad",
    [
        np.array(["1.5"]), np.array([b"1.5"]), np.array([True, False]), [1, True], [1.0, "2"], MASKED, [],
        np.array([1], dtype="timedelta64[s]"), np.array([10**400], dtype=object), [10**400], [[1.0], [1.0, 2.0]],
        np.array([1 + 0j]), (x for x in [1.0]), [[]], np.full(10**6, math.nan), ["word"] * 10**5,
        np.zeros(3, dtype="f8,f8"),
    ],
    ids=lambda bad: type(bad).__name__,
)  # fmt: skip
def test_array_that_numpy_would_convert_is_refused(bad):
    with pytest.raises(DomainError, match=r"^p must be finite real numbers.*; got ") as caught:
        finite_array("p", bad)
    assert len(str(caught.value)) < SENTENCE and "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("value", "number"),
    [
        (Fraction(3, 2), 1.5), (np.array(1.5), 1.5), (np.float32(1.5), 1.5), (np.int8(2), 2.0),
        (np.longdouble("1.5"), 1.5), (2**70, 2.0**70), (np.array(3, dtype=object), 3.0), (np.ma.masked_array(1.5), 1.5),
    ],
)  # fmt: skip
def test_every_kind_of_real_number_has_its_value(value, number):
    assert finite("x", value) == number and type(finite("x", value)) is float
    np.testing.assert_array_equal(finite_array("x", [value, 1]), [number, 1.0])
    np.testing.assert_array_equal(finite_array("x", value), number)
    np.testing.assert_array_equal(finite_complex("x", [value, 1j]), [number, 1j])


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (lambda: positive("kR", 0), "kR must be finite and > 0; got 0"),
        (lambda: non_negative("height", -1.0), "height must be finite and >= 0; got -1.0"),
        (lambda: within("delta", 2, -0.1, 0.1), "delta must be between -0.1 and 0.1; got 2"),
        (lambda: refraction("delta", -1), "delta must be > -1 and < 1; got -1"),
        (lambda: integer("l", 1.5, 0), "l must be a whole number >= 0; got 1.5"),
        (lambda: integer("n", 9, 0, 8), "n must be a whole number between 0 and 8; got 9"),
        (lambda: integer("n", 10**400, 0, 8), "n must be a whole number between 0 and 8; got about 10**400"),
        (lambda: one_of("ordering", "XO", ("NO", "IO")), "ordering must be one of NO, IO; got 'XO'"),
        (lambda: one_of("ordering", 3, ("NO", "IO")), "ordering must be one of NO, IO; got 3"),
        (lambda: one_of("ordering", ["NO"], ("NO", "IO")), "ordering must be one of NO, IO; got ['NO']"),
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
    assert refraction("delta", math.nextafter(1.0, 0.0)) < 1.0


def test_a_whole_number_beyond_two_to_the_53_keeps_its_last_digit():
    assert integer("l", 2**53 + 1, 0) == 2**53 + 1
    assert integer("l", np.int64(2**53 + 1), 0) == 2**53 + 1


@pytest.mark.parametrize("bad", [[], [1.0, math.nan], ["a"], [0.5, 3.0]])
def test_array_refused(bad):
    with pytest.raises(DomainError, match=r"^heights must be between 0 and 2"):
        finite_array("heights", bad, 0, 2)


def test_array_accepted():
    np.testing.assert_array_equal(finite_array("p", [1, 2]), [1.0, 2.0])
    given = np.array([1.0, 2.0])
    assert finite_array("p", given) is given


@pytest.mark.parametrize("bad", [float("nan"), complex(0, float("inf")), "a word", [], None])
def test_complex_numbers_must_be_finite(bad):
    with pytest.raises(DomainError, match="amplitude"):
        finite_complex("amplitude", bad)
    assert finite_complex("amplitude", 1 + 2j) == 1 + 2j


@representable
def _law(first, second=1.0, *, third=1.0, word="M1", absent=None):
    return first**2 * second / third


@pytest.mark.parametrize(
    ("arguments", "named", "blamed"),
    [
        ((1e200,), {}, "first"),
        ((1e100,), {"second": 1e200}, "second"),
        ((1.0, 1.0), {"third": 0.0}, "first"),
        ((np.array([1.0, 1e200]),), {}, "first"),
        ((1e150,), {"third": 1e-200}, "third"),
    ],
)
def test_an_answer_beyond_doubles_blames_the_most_extreme_argument(arguments, named, blamed):
    with pytest.raises(DomainError, match=f"^{blamed} must leave an answer between 1e-308 and 1e308; got "):
        _law(*arguments, **named)


@representable
def _caller(size):
    return 1.0 + _law(size**2)


def test_the_caller_is_told_the_name_that_it_gave():
    with pytest.raises(DomainError, match=r"^size must leave an answer .*; got 1e\+100$"):
        _caller(1e100)


def test_an_answer_that_doubles_hold_passes_unchanged():
    assert _law(3.0, 2.0) == 18.0
    np.testing.assert_array_equal(_law(np.array([1.0, 2.0]), third=2.0), [0.5, 2.0])
