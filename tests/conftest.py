"""Fixtures that several test modules use."""

from pathlib import Path

import pytest

from formgen.kit import resolve
from tests.support.locals import SAMPLES


@pytest.fixture(params=SAMPLES, ids=[path.parent.name for path in SAMPLES])
def sample_file(request) -> Path:
    """Give the `local.yaml` of each sample local in turn."""
    return request.param


@pytest.fixture
def sample(sample_file):
    """Give each sample local in turn, resolved."""
    return resolve(sample_file)
