"""Where things stand in a layer: the names of its folders and files, each built here alone."""

from __future__ import annotations

import os
from pathlib import Path

# What a layer holds: words, looks, and files that pages show.
CONTENT, TEMPLATES, ASSETS = FOLDERS = ("content", "templates", "assets")
# The endings of files that people edit.
TEXTS = frozenset({".yaml", ".md", ".j2", ".css"})
# Beside them: the locals of a pack, and the packs that locals build on.
LOCALS, PACKS = "locals", "packs"
# The settings of a local, in the folder that is its own.
LOCAL_FILE = "local.yaml"

_PROGRAM, _CATALOG, _PACK = "program.yaml", "documents.yaml", "pack.yaml"
PACK_FILE = f"{CONTENT}/{_PACK}"
SETTINGS_FILE = f"{CONTENT}/{_PROGRAM}"
CATALOG_FILE = f"{CONTENT}/{_CATALOG}"
# In the folder of a language: the small words, the pieces of sentences that depend on settings, and
# what the settings mean.
WORDS, PIECES, DESCRIPTIONS = "words.yaml", "say.yaml", "settings.yaml"
# There, too: the words of the page in the browser, which are those of the base pack.
STUDIO_WORDS = "studio.yaml"
# These are laid over each other, so a nearer one hides nothing.
MERGED = frozenset({_PACK, _PROGRAM, _CATALOG, WORDS, PIECES, DESCRIPTIONS})
# The language of the base pack, and of who names none.
FIRST_LANGUAGE = "en"

# In any layer: what its files that replace others were made from.
OWN_FILES = f"{CONTENT}/own-files.yaml"
# In a pack: the edition in which each document last changed.
EDITIONS_FILE = f"{CONTENT}/editions.yaml"
# In a pack: what is new in each edition, in words for people.
NOTES_FILE = f"{CONTENT}/NOTES.md"
# There, too: who approved the words that the pack locks.
APPROVALS_FILE = f"{CONTENT}/approvals.yaml"
# What a pack keeps of its editions, and no page of a document shows.
PACK_RECORDS = frozenset({EDITIONS_FILE, NOTES_FILE, APPROVALS_FILE})
# Beside the folders that are read: own words that were given up, which nothing reads.
OLD_WORDS = "old-words"
# There, too: own words in which what an edition changed clashes with what was changed here.
TO_MERGE = "to-merge"


def local_file(place: Path) -> Path:
    """Return the `local.yaml` that a command's LOCAL means: a folder, or the file."""
    # Unlike Path.is_dir, this takes what may not be looked at for no folder.
    return place / LOCAL_FILE if os.path.isdir(place) else place  # noqa: PTH112


def language_path(language: str, name: str) -> str:
    """Return the path of a file or folder of a language's words."""
    return f"{CONTENT}/{language}/{name}"


def words_paths(language: str) -> tuple[str, str]:
    """Return the paths of a language's small words and of its pieces of sentences."""
    return language_path(language, WORDS), language_path(language, PIECES)


def settings_paths(language: str) -> tuple[str, str]:
    """Return the paths of a layer's settings; the second lies on the first."""
    return SETTINGS_FILE, language_path(language, _PROGRAM)


def template_path(name: str) -> str:
    """Return the path of a template, or of a file or folder beside it."""
    return f"{TEMPLATES}/{name}"


def style_path(name: str) -> str:
    """Return the path of a style sheet."""
    return template_path(f"styles/{name}")


def asset_path(name: str) -> str:
    """Return the path of a file that pages show."""
    return f"{ASSETS}/{name}"
