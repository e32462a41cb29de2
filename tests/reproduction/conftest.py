import pytest

from cnub.figures import catalogue


@pytest.fixture(scope="package")
def catalogue_ids():
    return set(catalogue())
