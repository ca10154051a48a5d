"""Load WeasyPrint, with its libraries from where they are on this kind of system."""

from __future__ import annotations

import platform

from formgen.system import open_library_folders


def load_weasyprint() -> str:
    """Load it, which takes a moment, and return its version. Raises ImportError or OSError."""
    open_library_folders(platform.system())
    import weasyprint

    return str(weasyprint.__version__)
