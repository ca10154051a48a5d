"""What the operating system brings, and the command that brings it."""

import os
import platform
import shutil
import sys

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
        ("brew", ["poppler"], False, "brew install poppler"),
        (
            "apt-get",
            ["wine", "mingw"],
            True,
            ("apt-get update && apt-get install -y wine wine64 gcc-mingw-w64-x86-64-win32"),
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
        ("Windows", set(), "", None),
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


# --- Libraries that come from PyPI


@pytest.fixture
def bundle(tmp_path, monkeypatch):
    """Give what installs the packages with the libraries; their folders are opened from now on."""
    site = tmp_path / "site packages é"
    opened = []

    def install(kind):
        for package, folder in system.BUNDLES[kind].folders.items():
            name = package.replace("-", "_")
            (site / name / folder).mkdir(parents=True)
            information = site / f"{name}-1.28.8.dist-info"
            information.mkdir()
            (information / "METADATA").write_text(f"Name: {package}\nVersion: 1.28.8\n")
        monkeypatch.syspath_prepend(site)
        monkeypatch.setattr(os, "add_dll_directory", opened.append, raising=False)
        return site, opened

    for name in ("WEASYPRINT_DLL_DIRECTORIES", "DYLD_FALLBACK_LIBRARY_PATH"):
        monkeypatch.setenv(name, "")
        monkeypatch.delenv(name)
    monkeypatch.setenv("PATH", os.environ["PATH"])
    return install


def test_on_windows_the_loader_and_the_path_know_the_folders_first(bundle, tmp_path, monkeypatch):
    site, opened = bundle("Windows")
    other, git = tmp_path / "other", tmp_path / "Git"
    for folder in (other, git):
        folder.mkdir()
    # A library by the name that WeasyPrint asks for first; it would not fit to ours.
    (git / "libpango-1.0-0.dll").touch()
    monkeypatch.setenv("PATH", f"{git};{other}")

    system.open_library_folders("Windows")
    system.open_library_folders("Windows")

    ours = [str(site / "gstreamer_libs/bin"), str(site / "gstreamer_ext_runtime/bin")]
    assert os.environ["PATH"] == ";".join([*ours, str(other)])
    assert os.environ["WEASYPRINT_DLL_DIRECTORIES"] == ";".join(ours)
    assert opened == ours * 2
    assert "gstreamer_libs" not in sys.modules


def test_on_macos_the_fallback_path_knows_the_folder_first(bundle):
    site, _ = bundle("Darwin")

    system.open_library_folders("Darwin")
    system.open_library_folders("Darwin")

    ours = str(site / "gstreamer_libs/lib")
    assert os.environ["DYLD_FALLBACK_LIBRARY_PATH"] == f"{ours}:/usr/local/lib:/usr/lib"


@pytest.mark.parametrize("kind", ["Linux", "Windows", "Darwin"])
def test_without_the_packages_nothing_is_opened(kind, bundle):
    before = dict(os.environ)

    system.open_library_folders(kind)

    assert dict(os.environ) == before


def test_the_libraries_have_the_names_of_their_system():
    assert "gobject-2.0-0.dll" in system.library_files("Windows")
    assert "harfbuzz-subset.dll" in system.library_files("Windows")
    assert "libpango-1.0.0.dylib" in system.library_files("Darwin")
    assert "libfontconfig.so.1" in system.library_files("Linux")
    assert system.missing_libraries("Windows") == system.library_files("Windows")
    assert system.missing_libraries("Linux") == []


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("Windows", "pip install --force-reinstall gstreamer-libs"),
        ("Darwin", "pip install --force-reinstall gstreamer-libs"),
        ("Linux", "formgen still needs Pango and HarfBuzz"),
    ],
)
def test_who_lacks_the_libraries_hears_what_brings_them(kind, said):
    remedy = system.how_to_get_libraries(kind, "run `formgen doctor`", root=False)

    assert said in remedy
    assert "run `formgen doctor` again" in remedy


@pytest.mark.parametrize(("kind", "said"), [("Windows", "34 MB"), ("Darwin", "96 MB")])
def test_what_is_fetched_is_named_beforehand_with_its_size_and_licence(kind, said):
    news = system.bundle_news(kind)

    assert said in news
    assert "LGPL" in news
    assert system.bundle_news("Linux") == ""
