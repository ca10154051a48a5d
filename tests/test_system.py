"""What the operating system brings, and the command that brings it."""

import platform
import shutil

import pytest

from formgen import system


@pytest.mark.parametrize(
    ("manager", "needs", "root", "command"),
    [
        (
            "apt-get",
            ["pango"],
            False,
            (
                "sudo apt-get update && sudo apt-get install -y "
                "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
            ),
        ),
        ("apt-get", ["java"], True, "apt-get update && apt-get install -y default-jdk-headless"),
        ("dnf", ["java"], False, "sudo dnf install -y java-latest-openjdk-devel"),
        ("pacman", ["java"], True, "pacman -S --needed jdk-openjdk"),
        ("apk", ["java"], True, "apk add openjdk17-jdk"),
        ("dnf", ["pango", "poppler"], False, "sudo dnf install -y pango harfbuzz poppler-utils"),
        ("pacman", ["poppler"], True, "pacman -S --needed poppler"),
        ("apk", ["node", "chromium"], False, "sudo apk add nodejs npm chromium"),
        ("brew", ["pango"], False, "brew install pango"),
        (
            "msys2",
            ["pango"],
            False,
            r"C:\msys64\usr\bin\pacman -S --needed mingw-w64-ucrt-x86_64-pango",
        ),
    ],
)
def test_one_command_mends_what_is_missing(manager, needs, root, command):
    message = system.how_to_install(system.MANAGERS[manager], needs, "start build.py", root=root)
    assert f"\n    {command}\n" in message
    assert all(system.NAMES[need] in message for need in needs)


def test_what_no_command_brings_is_named():
    assert "Pango and HarfBuzz" in system.how_to_install(
        None, ["pango"], "start build.py", root=False
    )
    message = system.how_to_install(system.MANAGERS["dnf"], ["venv"], "start build.py", root=False)
    assert "ensurepip" in message
    assert "dnf" not in message


@pytest.mark.parametrize(
    ("kind", "found", "release", "expected"),
    [
        ("Linux", {"apt-get"}, "debian", "apt-get"),
        ("Linux", {"dnf"}, "fedora", "dnf"),
        ("Linux", {"pacman"}, "arch", "pacman"),
        ("Linux", {"apk"}, "alpine", "apk"),
        ("Linux", set(), "other", None),
        ("Darwin", {"apt-get"}, "", "brew"),
        ("Windows", set(), "", "msys2"),
    ],
)
def test_package_manager_of_each_system(monkeypatch, kind, found, release, expected):
    monkeypatch.setattr(shutil, "which", lambda name: name if name in found else None)
    monkeypatch.setattr(platform, "freedesktop_os_release", lambda: {"ID": release})
    assert system.find_manager(kind) == system.MANAGERS.get(expected)


def test_ubuntu_calls_chromium_otherwise(monkeypatch):
    monkeypatch.setattr(shutil, "which", lambda name: name)
    monkeypatch.setattr(platform, "freedesktop_os_release", lambda: {"ID": "ubuntu"})
    assert system.find_manager("Linux").chromium == "chromium-browser"
