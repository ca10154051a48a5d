"""Every code that a finding can have: its name, and how serious it is.

A code has one meaning, and its page in `docs/codes/` says which. Scripts rely on the names.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Literal, Self

# A refusal is an error that no correction settles: a rule of a pack's publisher or of privacy.
Level = Literal["error", "warning", "refusal"]

_WARNING: Level = "warning"
_REFUSAL: Level = "refusal"


class Code(StrEnum):
    """The codes of findings; each has its level besides its name."""

    level: Level

    def __new__(cls, name: str, level: Level = "error") -> Self:
        """Return the code of this name and level."""
        code = str.__new__(cls, name)
        code._value_ = name
        code.level = level
        return code

    # --- Files and folders

    NO_FILE = "no-file"
    UNREADABLE = "unreadable"
    TOO_BIG = "too-big"
    NOT_UTF8 = "not-utf8"
    OTHER_ENCODING = "other-encoding", _WARNING
    CONTROL_CHAR = "control-char"
    BAD_PATH = "bad-path"
    EXISTS = "exists"
    CHANGED = "changed"
    CANNOT_WRITE = "cannot-write"
    NO_CACHE = "no-cache", _WARNING
    NOT_OURS = "not-ours", _WARNING
    UNREAD_FILE = "unread-file", _WARNING
    BROKEN_INSTALLATION = "broken-installation"
    MACHINE = "machine"
    BUG = "bug"
    # Of those who work on formgen.
    NO_CHECKOUT = "no-checkout"
    STALE_PAGE = "stale-page"

    # --- YAML

    YAML_SYNTAX = "yaml-syntax"
    YAML_TAB = "yaml-tab"
    YAML_KEY = "yaml-key"
    YAML_TAG = "yaml-tag"
    YAML_ANCHOR = "yaml-anchor"
    YAML_DOCUMENTS = "yaml-documents"
    CUT_VALUE = "cut-value"
    LOOSE_QUOTE = "loose-quote"
    JOINED_LINES = "joined-lines"
    ODD_BLANK = "odd-blank"
    DUPLICATE_KEY = "duplicate-key"
    TOO_DEEP = "too-deep"
    NOT_EDITABLE = "not-editable"

    # --- Values of settings, of words and of packs

    FORMAT = "format"
    MISSING = "missing"
    UNKNOWN_KEY = "unknown-key"
    BAD_TYPE = "bad-type"
    BAD_NAME = "bad-name"
    BAD_CHOICE = "bad-choice"
    OUT_OF_RANGE = "out-of-range"
    TOO_LONG = "too-long"
    EMPTY = "empty"
    REPEATED = "repeated"
    BAD_ID = "bad-id"
    RESERVED_NAME = "reserved-name"
    DUPLICATE_ID = "duplicate-id"
    BAD_COLOUR = "bad-colour"
    CONTRAST = "contrast", _WARNING
    BAD_DATE = "bad-date"
    BAD_EMAIL = "bad-email"
    BAD_LINK = "bad-link"
    BAD_PHONE = "bad-phone"
    BAD_SCHOOL_YEAR = "bad-school-year"
    BAD_TIME = "bad-time"
    NO_GLYPH = "no-glyph"
    NO_LANGUAGE = "no-language"
    NO_WORDS = "no-words"

    # --- Settings that do not go together

    CONTRADICTION = "contradiction"
    ONE_SIDED = "one-sided", _WARNING
    NO_CONFIDENTIALITY = "no-confidentiality", _WARNING
    ARCHIVE_PUBLIC = "archive-public", _WARNING
    PHRASE = "phrase", _WARNING
    PRIVATE = "private", _REFUSAL

    # --- Documents and packets

    UNKNOWN_DOCUMENT = "unknown-document"
    DUPLICATE_DOCUMENT = "duplicate-document"
    UNKNOWN_CHAPTER = "unknown-chapter"
    UNKNOWN_PACKET = "unknown-packet"
    UNKNOWN_OUTPUT = "unknown-output"
    NOT_IN_PACKET = "not-in-packet"
    NOT_BOUND = "not-bound"

    # --- Forms

    NO_FORM = "no-form"
    UNKNOWN_FIELD = "unknown-field"
    UNKNOWN_PROMISE = "unknown-promise"
    DUPLICATE_FIELD = "duplicate-field"
    REPEATED_NAME = "repeated-name"
    BAD_CHOICES = "bad-choices"
    BAD_COLUMNS = "bad-columns"
    BAD_COMB = "bad-comb"
    BAD_STEPS = "bad-steps"
    BAD_CONDITION = "bad-condition"
    NO_CHOICES = "no-choices"
    NO_COLUMNS = "no-columns"
    NO_CONDITION = "no-condition"
    NO_DEFAULT = "no-default"
    NOT_FOR_TYPE = "not-for-type"
    NOT_FROM_ROSTER = "not-from-roster"
    READ_ONLY = "read-only"
    NO_PLACE = "no-place"

    # --- Words, templates and styles

    NO_FENCE = "no-fence"
    NO_TEXT = "no-text"
    NO_TITLE = "no-title"
    NO_TEMPLATE = "no-template"
    TEMPLATE = "template"
    UNDEFINED = "undefined"
    UNKNOWN_SETTING = "unknown-setting"
    STALE_REFERENCE = "stale-reference"
    UNKNOWN_STYLE = "unknown-style"
    UNUSED_LOOK = "unused-look", _WARNING
    UNKNOWN_TYPEFACE = "unknown-typeface", _WARNING
    BAD_TYPEFACE = "bad-typeface"
    TYPEFACE_LOCKED = "typeface-locked"
    TYPEFACE_LICENSE = "typeface-license", _WARNING
    CSS = "css"

    # --- Pictures

    IMAGE_TOO_BIG = "image-too-big"
    IMAGE_TRUNCATED = "image-truncated"
    IMAGE_UNREADABLE = "image-unreadable"
    IMAGE_UNSAFE = "image-unsafe"
    IMAGE_CHANGED = "image-changed", _WARNING
    IMAGE_PALE = "image-pale", _WARNING
    IMAGE_SMALL = "image-small", _WARNING
    FETCH_DENIED = "fetch-denied"

    # --- Rosters

    NO_ROSTER = "no-roster"
    TWO_ROSTERS = "two-rosters"
    NO_WORKBOOK = "no-workbook"
    NOT_TEXT = "not-text"
    CSV_EMPTY = "csv-empty"
    CSV_ENCODING = "csv-encoding", _WARNING
    CSV_HEADER = "csv-header"
    CSV_COLUMNS = "csv-columns"
    CSV_QUOTE = "csv-quote"
    UNUSED_COLUMN = "unused-column", _WARNING
    ERROR_CELL = "error-cell"
    NOT_A_NAME = "not-a-name"
    TURNED_NAMES = "turned-names", _WARNING
    LEFT_OUT_ROW = "left-out-row", _WARNING
    REPEATED_ROW = "repeated-row"
    REPEATED_PERSON = "repeated-person", _WARNING
    TWO_LINES = "two-lines"
    UNKNOWN_ID = "unknown-id"

    # --- A membership department's sheet

    CHANGED_BY_HAND = "changed-by-hand", _WARNING
    LOST_ZEROS = "lost-zeros", _WARNING

    # --- A site for members

    NOT_LISTED = "not-listed", _WARNING

    # --- Packs

    NO_PACK = "no-pack"
    NOT_A_PACK = "not-a-pack"
    OTHER_PACK = "other-pack"
    PACK_NOT_USED = "pack-not-used"
    PACK_CIRCLE = "pack-circle"
    PACK_VERSION = "pack-version"
    PACK_RANGE = "pack-range"
    UNTRIED_EDITION = "untried-edition", _WARNING
    PACK_INSTALLED = "pack-installed"
    SHARED_PACKS = "shared-packs"
    LINKED_FOLDER = "linked-folder"
    HIDES_PACK = "hides-pack", _WARNING
    STALE_OVERLAY = "stale-overlay", _WARNING
    LOCKED = "locked", _REFUSAL
    LOCKED_WORDS = "locked-words", _REFUSAL
    UNKNOWN_LOCK = "unknown-lock"
    BAD_LOCK = "bad-lock"
    PACK_CODE = "pack-code", _REFUSAL
    # Of its publisher.
    BAD_EDITION = "bad-edition"
    BAD_VERSION = "bad-version"
    EDITION_EXISTS = "edition-exists", _REFUSAL
    NO_SAMPLE = "no-sample"
    NO_NOTES = "no-notes"
    NOT_APPROVED = "not-approved"
    # Of its archive, keys and installation.
    PACK_FILE = "pack-file", _REFUSAL
    PACK_ARCHIVE = "pack-archive", _REFUSAL
    PACK_ADDRESS = "pack-address", _REFUSAL
    FETCH = "fetch"
    BAD_KEY = "bad-key"
    PACK_KEY = "pack-key", _REFUSAL
    PACK_SIGNATURE = "pack-signature", _REFUSAL
    PACK_DOWNGRADE = "pack-downgrade", _REFUSAL
    PACK_REPLAY = "pack-replay", _REFUSAL
    PACK_BREAKS = "pack-breaks", _REFUSAL
    BAD_LOCK_FILE = "bad-lock-file", _REFUSAL
    NEWER_LOCK = "newer-lock", _REFUSAL
    NOT_LOCKED = "not-locked", _REFUSAL
    PACK_HASH = "pack-hash", _REFUSAL
    PACK_MISSING = "pack-missing", _REFUSAL

    # --- Another school year

    NO_YEAR = "no-year"
    NOT_NEXT = "not-next"
    ROLLED = "rolled"
    NO_ARCHIVE = "no-archive"
    BAD_ARCHIVE = "bad-archive"
    OPEN_ARCHIVE = "open-archive", _WARNING

    # --- Typesetting, printing and the machines that do it

    TYPESET = "typeset"
    TIMEOUT = "timeout"
    MEMORY = "memory"
    WORKER_DIED = "worker-died"
    NO_WEASYPRINT = "no-weasyprint"
    NO_PART = "no-part"
    NO_PARTS = "no-parts"
    OTHER_PARTS = "other-parts"
    HAS_FIELDS = "has-fields"
    NOT_GRAY = "not-gray"
    SAME_GRAY = "same-gray", _WARNING
    THICK_BOOKLET = "thick-booklet", _WARNING
    BOOKLET_PAPER = "booklet-paper", _WARNING
    SHARED_BOOKLET = "shared-booklet", _WARNING
    NO_DISTRIBUTED = "no-distributed"
    NO_CLUSTER = "no-cluster"
    NO_WORKERS = "no-workers"
    CLUSTER_VERSIONS = "cluster-versions"
    CLUSTER_DAEMON = "cluster-daemon"
