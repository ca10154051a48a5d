"""The lock on systems that the tests do not run on."""

import pytest

from tests.support.locks import MACHINES, download, lock_for


@pytest.mark.slow
@pytest.mark.parametrize("tag", MACHINES)
def test_every_package_has_a_wheel_for_the_machines_of_volunteers(tag, tmp_path):
    entries = list(lock_for(tag, "3.13"))

    download(tag, "3.13", entries, tmp_path / "wheels")

    assert len(list((tmp_path / "wheels").glob("*.whl"))) == len(entries)
    names = {entry.partition("==")[0] for entry in entries}
    assert {"gstreamer-libs", "pikepdf", "cryptography", "weasyprint"} <= names
