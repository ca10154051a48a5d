"""Point Fontconfig at our fonts alone, so that every machine sets the same pages."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable
from pathlib import Path
from xml.sax.saxutils import escape

_CONFIG = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>
{folders}
<cachedir>{cache}</cachedir>
<alias binding="strong"><family>serif</family><prefer><family>Source Serif 4</family></prefer></alias>
<alias binding="strong"><family>sans-serif</family><prefer><family>Source Sans 3</family></prefer></alias>
</fontconfig>
"""


def use_only(fonts: Iterable[Path], folder: Path) -> None:
    """Write a Fontconfig configuration for these fonts and make this process use it.

    Must be called before WeasyPrint is imported, since Fontconfig reads it once.
    """
    folders = sorted({font.parent for font in fonts})
    lines = "\n".join(f"<dir>{escape(str(path))}</dir>" for path in folders)
    config = folder / "fonts.conf"
    config.write_text(_CONFIG.format(folders=lines, cache=escape(str(folder))), encoding="utf-8")
    os.environ["FONTCONFIG_FILE"] = str(config)


def private_folder() -> Path:
    """Return a new folder for the configuration and Fontconfig's own cache."""
    return Path(tempfile.mkdtemp(prefix="formgen-fonts-"))
