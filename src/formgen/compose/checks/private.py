"""Hold a composed page to its privacy class: what only the pair may see leads back to nobody.

Forms cannot fill anything in on such a page (`forms.py`), and no setting puts it on the archive
list (`model/rules.py`); this looks at what the templates of all layers made of it.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from formgen.codes import Code
from formgen.findings import Finding, Place, brief
from formgen.kit import Kit, KitDocument

# A code to scan is a picture, and the logo is the only picture that belongs here.
_PICTURES = re.compile(r"<(?:svg|object|embed|iframe|canvas|picture|video)\b", re.IGNORECASE)
_IMAGES = re.compile(r"<img\b[^>]*>", re.IGNORECASE)
_LOGO = re.compile(r'<img class="logo[^"]*"')
_SHORTEST = 4


def check_private(kit: Kit, document: KitDocument, page: str, place: Place) -> Iterator[Finding]:
    """Yield a refusal for each name, address or code that a private page would carry."""
    if document.privacy != "private":
        return
    words = " ".join(html.unescape(page).split())
    for name in _leads(kit):
        if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", words):
            message = f'{document.id} is private, and a template prints "{brief(name)}" on it.'
            yield Finding(place, Code.PRIVATE, message, "take it out of the template.")
    strangers = [image for image in _IMAGES.findall(page) if not _LOGO.match(image)]
    if strangers or _PICTURES.search(page):
        message = f"{document.id} is private, and a template puts a picture on it."
        yield Finding(place, Code.PRIVATE, message, "take it out of the template.")


def _leads(kit: Kit) -> Iterator[str]:
    """Yield what would tell whose page it is or where to send it, as the settings have it."""
    settings = kit.settings
    local = settings.local
    known = f"{local.name} {local.short_name} {local.district} {settings.program.name}"
    person = settings.coordinator
    texts = (person.name, person.phone, person.email, local.president)
    for text in (*texts, *local.address):
        name = " ".join(text.split())
        if len(name) >= _SHORTEST and name not in known:
            yield name
