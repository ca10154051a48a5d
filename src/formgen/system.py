"""What formgen needs from the operating system, and who brings it.

Standard library only: `build.py` uses it before anything is installed, `formgen doctor`
afterwards.
"""

from __future__ import annotations

import ctypes
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
    pango: str
    java: str = ""
    venv: str = ""  # a part of Python, except on Debian
    poppler: str = "poppler-utils"
    chromium: str = "chromium"
    node: str = "nodejs npm"
    libreoffice: str = "libreoffice-writer"
    fillers: str = "pdftk-java qpdf"
    libatomic: str = "libatomic"
    origin: str = ""  # where the manager itself comes from, if not with the system


MANAGERS = {
    "apt-get": Manager(
        install="sudo apt-get update && sudo apt-get install -y",
        pango="libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0",
        java="default-jdk-headless",
        venv="python{}.{}-venv".format(*sys.version_info),
        libreoffice="libreoffice-writer-nogui",
        libatomic="libatomic1",
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
    ),
    "apk": Manager(
        install="sudo apk add",
        pango="so:libpango-1.0.so.0 so:libpangoft2-1.0.so.0 so:libharfbuzz-subset.so.0",
        java="openjdk17-jdk",
        fillers="pdftk qpdf",
    ),
    "brew": Manager(
        install="brew install",
        pango="pango",
        java="openjdk",
        poppler="poppler",
        chromium="google-chrome",
        node="node",
        libreoffice="libreoffice",
        origin="Homebrew (https://brew.sh)",
    ),
    "msys2": Manager(
        install=r"C:\msys64\usr\bin\pacman -S --needed",
        pango="mingw-w64-ucrt-x86_64-pango",
        origin="MSYS2 (https://www.msys2.org)",
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
    "venv": "Python's own venv and ensurepip",
}

# Each library that WeasyPrint loads, and the number of its interface. WeasyPrint makes do
# without harfbuzz-subset, but then a short document takes ten times as long.
LIBRARIES = {"gobject-2.0": 0, "pango-1.0": 0, "pangoft2-1.0": 0, "fontconfig": 1}
LIBRARIES |= {"harfbuzz": 0, "harfbuzz-subset": 0}
LIBRARY_FILE = {"Darwin": "lib{}.{}.dylib", "Windows": "lib{}-{}.dll"}
HOMEBREW_LIBRARIES = "/opt/homebrew/lib"
MSYS2_LIBRARIES = r"C:\msys64\ucrt64\bin;C:\msys64\mingw64\bin"

MAC_LIBREOFFICE = "/Applications/LibreOffice.app/Contents/MacOS/soffice"
MAC_CHROME = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"
# What the tests start. Of names parted by a bar, one must be there. Java starts the checker of
# PDFs from its source, for which it needs the compiler.
TEST_PROGRAMS = {
    "poppler": ("pdftoppm", "pdftotext", "pdfinfo"),
    "chromium": ("chromium|chromium-browser|google-chrome|" + MAC_CHROME,),
    "java": ("java", "javac"),
    "node": ("node", "npm"),
    "libreoffice": ("soffice|" + MAC_LIBREOFFICE,),
    "fillers": ("pdftk", "qpdf"),
}


def find_manager(system: str) -> Manager | None:
    """Choose the package manager of this system."""
    if system in {"Darwin", "Windows"}:
        return MANAGERS["brew" if system == "Darwin" else "msys2"]
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


def library_files(system: str) -> list[str]:
    """Name the files of the libraries as this kind of system calls them."""
    pattern = LIBRARY_FILE.get(system, "lib{}.so.{}")
    return [pattern.format(name, number) for name, number in LIBRARIES.items()]


def open_library_folders(system: str) -> None:
    """Let this process and those it starts find libraries where Python does not look."""
    if system == "Windows":
        folders = os.environ.get("WEASYPRINT_DLL_DIRECTORIES", MSYS2_LIBRARIES)
        for folder in filter(os.path.isdir, folders.split(";")):
            os.add_dll_directory(folder)  # type: ignore[attr-defined, unused-ignore]
    elif system == "Darwin" and Path(HOMEBREW_LIBRARIES).is_dir():
        os.environ.setdefault("DYLD_FALLBACK_LIBRARY_PATH", f"{HOMEBREW_LIBRARIES}:/usr/local/lib")


def loads(file: str) -> bool:
    """Tell whether a library can be loaded, by its name or from Homebrew's folder."""
    for name in (file, f"{HOMEBREW_LIBRARIES}/{file}"):
        try:
            ctypes.CDLL(name)
        except OSError:
            continue
        return True
    return False
