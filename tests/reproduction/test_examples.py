"""The examples in the docstrings of the room, which has no face, print what they say."""

import doctest

import pytest

from cnub.reproduction import compared, published, report


@pytest.mark.parametrize("module", [compared, published, report])
def test_examples(module):
    found = doctest.testmod(module)
    assert found.attempted > 0
    assert found.failed == 0
