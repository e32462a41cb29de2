"""Kernels mean the same as the Python that they are written in: small answers, compiled and not."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

KERNELS = Path(__file__).with_name("kernels_by_hand.py")
SPREAD = 1e-14
"""Between the compiler's elementary functions and products and Python's; measured 3e-16, of one value."""


def answers(**environment):
    done = subprocess.run(
        [sys.executable, str(KERNELS)], env=os.environ | environment, capture_output=True, text=True, timeout=300
    )
    assert done.returncode == 0, done.stderr
    return dict(line.rsplit(" ", 1) for line in done.stdout.splitlines())


def test_compiled_kernels_answer_as_plain_python():
    compiled, interpreted = answers(), answers(NUMBA_DISABLE_JIT="1")
    assert compiled.keys() == interpreted.keys()
    for name, value in compiled.items():
        assert complex(value) == pytest.approx(complex(interpreted[name]), rel=SPREAD), name
