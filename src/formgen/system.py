"""What formgen needs from the operating system, and who brings it.

Standard library only: `build.py` uses it before anything is installed, `formgen doctor`
afterwards.
"""

from __future__ import annotations

import ctypes
import importlib.metadata
import os
import platform
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple


class Manager(NamedTuple):
    """A package manager: its command, and what it calls each thing that may be missing."""

    install: str
    pango: str = ""  # where no package from PyPI brings it
    java: str = ""
    venv: str = ""  # a part of Python, except on Debian
    poppler: str = "poppler-utils"
    chromium: str = "chromium"
    node: str = "nodejs npm"
    libreoffice: str = "libreoffice-writer"
    fillers: str = "pdftk-java qpdf"
    libatomic: str = "libatomic"
    wine: str = "wine"
    mingw: str = "mingw64-gcc"
    origin: str = ""  # where the manager itself comes from, if not with the system


MANAGERS = {
    "apt-get": Manager(
        install="sudo apt-get update && sudo apt-get install -y",
        pango="libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0",
        java="default-jdk-headless",
        venv="python{}.{}-venv".format(*sys.version_info),
        libreoffice="libreoffice-writer-nogui",
        libatomic="libatomic1",
        wine="wine wine64",
        mingw="gcc-mingw-w64-x86-64-win32",
    ),
    "dnf": Manager(
        install="sudo dnf install -y", pango="pango harfbuzz", java="java-latest-openjdk-devel"
    ),
    "pacman": Manager(
        install="sudo pacman -S --needed",
        pango="pango harfbuzz",
        java="jdk-openjdk",
        poppler="poppler",
        libreoffice="libreoffice-fresh",
        fillers="pdftk qpdf",
        libatomic="gcc-libs",
        mingw="mingw-w64-gcc",
    ),
    "apk": Manager(
        install="sudo apk add",
        pango="so:libpango-1.0.so.0 so:libpangoft2-1.0.so.0 so:libharfbuzz-subset.so.0",
        java="openjdk17-jdk",
        mingw="mingw-w64-gcc",
        fillers="pdftk qpdf",
    ),
    "brew": Manager(
        install="brew install",
        java="openjdk",
        poppler="poppler",
        chromium="google-chrome",
        node="node",
        libreoffice="libreoffice",
        wine="wine-stable",
        mingw="mingw-w64",
        origin="Homebrew (https://brew.sh)",
    ),
}
NAMES = {
    "pango": "Pango and HarfBuzz",
    "poppler": "Poppler (pdftoppm, pdftotext, pdfinfo)",
    "chromium": "Chromium or Chrome",
    "java": "a Java development kit (java, javac)",
    "node": "Node.js with npm",
    "libreoffice": "LibreOffice Writer (soffice)",
    "fillers": "pdftk and qpdf",
    "libatomic": "libatomic (Playwright needs it)",
    "wine": "Wine (it runs what is for Windows)",
    "mingw": "the MinGW-w64 C compiler",
    "venv": "Python's own venv and ensurepip",
}

# Each library that WeasyPrint loads, and the number of its interface. WeasyPrint makes do
# without harfbuzz-subset, but then a short document takes ten times as long.
LIBRARIES = {"gobject-2.0": 0, "pango-1.0": 0, "pangoft2-1.0": 0, "fontconfig": 1}
LIBRARIES |= {"harfbuzz": 0, "harfbuzz-subset": 0}
LIBRARY_FILE = {"Darwin": "lib{}.{}.dylib", "Windows": "{}-{}.dll"}
# GStreamer's files for Windows have no number here.
UNNUMBERED = ("harfbuzz",)


class Bundle(NamedTuple):
    """The packages from PyPI that bring the libraries: folders in them, and megabytes."""

    folders: dict[str, str]
    fetched: int
    unpacked: int


BUNDLES = {
    "Windows": Bundle({"gstreamer-libs": "bin", "gstreamer-ext-runtime": "bin"}, 34, 100),
    "Darwin": Bundle({"gstreamer-libs": "lib"}, 96, 296),
}
BUNDLE_PACKAGE = "gstreamer-libs"
BUNDLE_NEWS = (
    "Among them are Pango and HarfBuzz, which set the type. They come in {package}, from the\n"
    "GStreamer project (https://gstreamer.freedesktop.org): {fetched} MB to fetch, {unpacked} MB\n"
    "on the disk, free software under the LGPL and other free licences."
)

MAC_LIBREOFFICE = "/Applications/LibreOffice.app/Contents/MacOS/soffice"
MAC_CHROME = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"
DEBIAN_WINE = "/usr/lib/wine/wine64"
# What the tests start. Of names parted by a bar, one must be there. Java starts the checker of
# PDFs from its source, for which it needs the compiler.
TEST_PROGRAMS = {
    "poppler": ("pdftoppm", "pdftotext", "pdfinfo"),
    "chromium": ("chromium|chromium-browser|google-chrome|" + MAC_CHROME,),
    "java": ("java", "javac"),
    "node": ("node", "npm"),
    "libreoffice": ("soffice|" + MAC_LIBREOFFICE,),
    "wine": ("wine64|" + DEBIAN_WINE + "|wine",),
    "mingw": ("x86_64-w64-mingw32-gcc",),
    "fillers": ("pdftk", "qpdf"),
}


def find_manager(system: str) -> Manager | None:
    """Choose the package manager of this system."""
    if system in BUNDLES:
        return MANAGERS["brew"] if system == "Darwin" else None
    name = next((name for name in ("apt-get", "dnf", "pacman", "apk") if shutil.which(name)), None)
    if name == "apt-get" and platform.freedesktop_os_release()["ID"] == "ubuntu":
        return MANAGERS[name]._replace(chromium="chromium-browser")
    return MANAGERS[name] if name else None


def how_to_install(manager: Manager | None, needs: Sequence[str], then: str, *, root: bool) -> str:
    """Say what is missing, with the one command that brings it where there is one."""
    missing = "formgen still needs " + ", ".join(NAMES[need] for need in needs)
    packages = [getattr(manager, need, "") for need in needs]
    if not manager or not all(packages):
        return f"{missing}. Please install what is named here, then {then} again."
    command = " ".join([manager.install, *packages])
    if root:
        command = command.replace("sudo ", "")
    origin = f" of {manager.origin}" if manager.origin else ""
    return f"{missing}. Give this command{origin}, then {then} again:\n\n    {command}\n"


def bundle_news(system: str) -> str:
    """Say what the packages with the libraries are and how large, before they are fetched."""
    bundle = BUNDLES.get(system)
    if bundle is None:
        return ""
    return BUNDLE_NEWS.format(
        package=BUNDLE_PACKAGE, fetched=bundle.fetched, unpacked=bundle.unpacked
    )


def library_files(system: str) -> list[str]:
    """Name the files of the libraries as this kind of system calls them."""
    pattern = LIBRARY_FILE.get(system, "lib{}.so.{}")
    return [
        f"{name}.dll"
        if system == "Windows" and name.startswith(UNNUMBERED)
        else pattern.format(name, number)
        for name, number in LIBRARIES.items()
    ]


def bundled_folders(system: str) -> list[Path]:
    """Find the folders of libraries in packages from PyPI; none of a package is imported."""
    found = []
    for package, folder in BUNDLES[system].folders.items() if system in BUNDLES else ():
        try:
            distribution = importlib.metadata.distribution(package)
        except importlib.metadata.PackageNotFoundError:
            continue
        place = distribution.locate_file(f"{package.replace('-', '_')}/{folder}")
        found.append(Path(str(place)))
    return found


def open_library_folders(system: str) -> None:
    """Let this process and those it starts find the libraries that came from PyPI, before others.

    The loader of Windows wants a folder, and Python, which it asks about names with a dot, the
    `PATH`. On macOS, Python looks along the fallback path, and so does the loader of what is
    started later.
    """
    folders = [str(folder) for folder in bundled_folders(system) if folder.is_dir()]
    if not folders:
        return
    if system == "Windows":
        for folder in folders:
            os.add_dll_directory(folder)  # type: ignore[attr-defined, unused-ignore]
        # WeasyPrint would open MSYS2's and GTK's as well.
        os.environ["WEASYPRINT_DLL_DIRECTORIES"] = ";".join(folders)
        _put_first("PATH", folders, ";", os.environ.get("PATH", ""))
    else:
        usual = "/usr/local/lib:/usr/lib"
        name = "DYLD_FALLBACK_LIBRARY_PATH"
        _put_first(name, folders, ":", os.environ.get(name, usual))


def _put_first(variable: str, folders: Sequence[str], separator: str, before: str) -> None:
    others = [
        folder
        for folder in before.split(separator)
        if folder and folder not in folders and not _has_others(folder)
    ]
    os.environ[variable] = separator.join([*folders, *others])


def _has_others(folder: str) -> bool:
    """Tell whether WeasyPrint would take a library from here that does not fit to ours.

    It asks for the names of MSYS2 and Git first, wherever those lie.
    """
    return any(
        Path(folder, f"lib{name}-{number}.dll").is_file()
        for name, number in {**LIBRARIES, "harfbuzz-vector": 0}.items()
    )


def loads(file: str, folders: Sequence[Path] = ()) -> bool:
    """Tell whether a library can be loaded, by its name or from one of some folders."""
    for name in (*(str(folder / file) for folder in folders), file):
        try:
            ctypes.CDLL(name)
        except OSError:
            continue
        return True
    return False


def missing_libraries(system: str) -> list[str]:
    """Return the files of the libraries that cannot be loaded."""
    folders = bundled_folders(system)
    return [file for file in library_files(system) if not loads(file, folders)]


def how_to_get_libraries(system: str, then: str, *, root: bool) -> str:
    """Say what brings the libraries to this machine."""
    if system not in BUNDLES:
        return how_to_install(find_manager(system), ["pango"], then, root=root)
    return (
        f"formgen still needs {NAMES['pango']}, which come with the package {BUNDLE_PACKAGE}. "
        "Delete the folder .venv and start build.py, or, without the repository: "
        f"pip install --force-reinstall {BUNDLE_PACKAGE}. Then {then} again."
    )
