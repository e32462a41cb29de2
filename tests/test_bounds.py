"""No kernel reads or writes outside its arrays: a pass with every index checked, in a process of its own."""

import os
import subprocess
import sys
from pathlib import Path

KERNELS = Path(__file__).with_name("kernels_in_bounds.py")
OUTSIDE = """
import numpy as np
from cnub.grazing.states import _overlaps
one = np.ones(1)
_overlaps(np.ones(3, complex), one, one, one, np.ones((9, 1)), 2)
"""


def checked(*arguments):
    environment = os.environ | {"NUMBA_BOUNDSCHECK": "1"}
    return subprocess.run([sys.executable, *arguments], env=environment, capture_output=True, text=True, timeout=900)


def test_kernels_stay_within_their_arrays():
    result = checked(str(KERNELS))
    assert result.returncode == 0, result.stderr


def test_the_check_sees_an_index_outside():
    result = checked("-c", OUTSIDE)
    assert result.returncode == 1 and "IndexError" in result.stderr
