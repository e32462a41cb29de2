"""Random calls of the public layer: a finite answer, or one sentence that names a parameter; never anything else.

Each call starts from the valid one of ``test_public_layer.call_of`` and replaces arguments by ordinary values around
it and by nasty ones. ``CNUB_RANDOM_CALLS=100000`` runs the long campaign; the seed is fixed.
"""

import dataclasses
import importlib
import inspect
import math
import os
import random
import re
import signal
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest

from cnub import DomainError
from test_public_layer import ALSO_CALLED, MAY_BE_INFINITE, TRIED, call_of

CALLS_IN_ALL = int(os.environ.get("CNUB_RANDOM_CALLS", "4000"))
ELSEWHERE = ("cnub.sphere", "cnub.grazing")
"""Rooms whose calls can take seconds; their own tests cover their domains."""
LONGEST_S = 30
"""A call that takes longer hangs: ordinary ones take milliseconds. The valid one comes first, for what compiles."""
LONGEST = {"find": 2000}
"""Characters of a refusal: one sentence, except where it lists every figure."""
MISSING = {"lines", "scheme_table", "survey", "tuning", "events_table", "signature_table"}
"""Tables with entries that do not exist: an unpublished coefficient, a mass at which no line is met, what
remains of a rate where dipoles have no ground state."""
NUMBERS = [
    0, 0.0, -0.0, 1, -1.0, 0.5, 2.0, 1e3, -1e-3, 1e16, 1e30, 1e-30, 1e100, -1e100, 1e200, 1e308, -1e308, 1e-200, 1e-308,
    5e-324, 10**9, 2**63, 10**25, 10**400, Decimal("1.5"), Fraction(3, 2), np.float32(1.5), np.array(1.5), math.pi / 4,
]  # fmt: skip
NONSENSE = [math.nan, math.inf, -math.inf, True, "1.5", b"1.5", 1j, None, [], np.ma.masked, "nonsense", object(), {}]
WORDS = ["NO", "IO", "E1", "M1", "dirac", "majorana", "paper", "definition", "thermal", "none", "e", "mu", "lead", "II"]


def _near(value, generator):
    """An ordinary value like ``value``: of its size within four decades, sometimes of the other sign."""
    factor = 10 ** generator.uniform(-2, 2) * generator.choice([1, 1, 1, -1])
    if isinstance(value, np.ndarray):
        return value * np.array([_near(1.0, generator) for _ in range(value.size)]).reshape(value.shape)
    scaled = value * factor if value else factor
    return round(scaled) if isinstance(value, int) else scaled


def _drawn(value, generator):
    """A replacement of an argument, by its kind; objects stay what they are."""
    ordinary = generator.random() < 0.7
    if isinstance(value, bool) or not isinstance(value, (int, float, complex, str, list, np.ndarray, type(None))):
        return value
    if isinstance(value, str):
        return generator.choice(WORDS) if ordinary else generator.choice([*NONSENSE, *NUMBERS])
    if isinstance(value, (list, np.ndarray)):
        return _drawn_array(value, ordinary, generator)
    if ordinary:
        return _near(1.0 if value is None else value, generator)
    return generator.choice(NUMBERS if generator.random() < 0.8 else NONSENSE)


def _drawn_array(value, ordinary, generator):
    if isinstance(value[0], tuple) or np.array(value).dtype.kind not in "ifc":
        return value
    array = np.array(value)
    if ordinary:
        return _near(array, generator)
    bad = generator.choice([*NUMBERS, *NONSENSE])
    spoiled = array.astype(object)
    spoiled.flat[generator.randrange(array.size)] = bad
    return generator.choice([spoiled, spoiled.tolist(), array[:0], array[0], array[None], array[..., :1], bad])


def _is_finite(answer):
    if dataclasses.is_dataclass(answer):
        return all(_is_finite(getattr(answer, field.name)) for field in dataclasses.fields(answer))
    if isinstance(answer, dict):
        return all(map(_is_finite, answer.values()))
    if isinstance(answer, (list, tuple)):
        return all(map(_is_finite, answer))
    if isinstance(answer, pd.DataFrame):
        return bool(np.isfinite(answer.select_dtypes("number").to_numpy()).all())
    if isinstance(answer, (int, float, complex, np.ndarray, np.generic)) and np.asarray(answer).dtype.kind in "fc":
        return bool(np.isfinite(answer).all())
    return True


def _fault(function, arguments):
    """What is wrong with this call, in words; nothing if it answers or refuses as it should."""
    names = set(inspect.signature(function).parameters)
    signal.alarm(LONGEST_S)
    try:
        answer = function(**arguments)
    except DomainError as refused:
        named = "|".join(re.escape(n) for n in names | {ALSO_CALLED[n] for n in names & set(ALSO_CALLED)})
        sentence = str(refused)
        if not re.search(rf"(?<!\w)({named})\b", sentence):
            return f"names no parameter: {sentence}"
        return (
            f"is long: {sentence}" if len(sentence) > LONGEST.get(function.__name__, 250) or "\n" in sentence else None
        )
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    finally:
        signal.alarm(0)
    return None if function.__name__ in MISSING or _is_finite(answer) else f"gives {answer!r}"


def _hangs(*_):
    raise TimeoutError(f"longer than {LONGEST_S} s")


FOUND_BY_THE_LONG_CAMPAIGN = [
    ("cnub.fluorescence.two_level", "evolved_amplitude", {"coupling": np.float32(1.5), "detuning": 2.3627671419158878}),
    ("cnub.fluorescence.form_factors", "phase_space_rate", {"nodes": 100, "density": 0.5}),
    ("cnub.fluorescence.form_factors", "emission_pattern", {"directions": np.array([[1e-308, 0.0, 0.0]])}),
    ("cnub.slow_light.matching", "illustrative_band", {"slope": 0.011, "width": 5e-324}),
    ("cnub.slow_light.recovery", "recovery", {"slope": 1e-200}),
    ("cnub.discovery.exposure", "exposure_for_evidence", {"background_per_year": 1e308}),
    ("cnub.discovery.exposure", "exposure_for_evidence", {"background_per_year": 1e-308}),
    ("cnub.discovery.exposure", "events_table", {"coherence_times_s": np.array([1e100]), "slopes": 0.5}),
    ("cnub.grazing.earth", "grazing_scales", {"mass": 1e308, "momentum": 0.0327}),
    ("cnub.grazing.earth", "curvature_outliving", {"seconds": 1e-30}),
    ("cnub.grazing.earth", "thermal_excess", {"height_m": 1e308}),
    ("cnub.forces.surface", "surface_acceleration", {"mass": 1e30}),
    ("cnub.forces.surface", "asymmetry", {"delta": 5e-324}),
    ("cnub.nonlinear_optics.susceptibility", "linear_dipole", {"time": Fraction(3, 2)}),
    ("cnub.nonlinear_optics.susceptibility", "chi2", {"omega_j": Fraction(3, 2)}),
]
FUNCTIONS = [(module, name) for module, name in TRIED if not module.startswith(ELSEWHERE)]


@pytest.mark.parametrize(("module", "name"), FUNCTIONS)
def test_a_random_call_answers_or_refuses(module, name):
    function = getattr(importlib.import_module(module), name)
    parameters = inspect.signature(function).parameters
    call = {n: p.default for n, p in parameters.items() if p.default is not p.empty} | call_of(module, name)
    call = {n: v for n, v in call.items() if v is not None or re.search("float|int", str(parameters[n].annotation))}
    generator = random.Random(f"{module}.{name}")
    signal.signal(signal.SIGALRM, _hangs)
    function(**call)
    faults = []
    for _ in range(max(1, CALLS_IN_ALL // len(FUNCTIONS)) if call else 1):
        chosen = {n: _drawn(v, generator) if generator.random() < 0.5 else v for n, v in call.items()}
        infinite = MAY_BE_INFINITE.get(name, ())
        if any(n in infinite and v is math.inf for n, v in chosen.items()):
            continue
        if fault := _fault(function, chosen):
            faults.append(f"{ {n: v for n, v in chosen.items() if v is not call[n]} } {fault}"[:600])
    assert not faults, f"{len(faults)} faults, such as\n" + "\n".join(faults[:3])
