"""No input gives a traceback, and no value is ever more than text."""

import itertools
import re
import shutil
import time
from html.parser import HTMLParser

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from formgen.build.check import check_pages
from formgen.compose.pages import make_composer
from formgen.findings import InputError
from formgen.kit import resolve
from formgen.model.settings import Settings
from tests.support.composed import FORMATS, STANDING, index_of, text_of
from tests.support.everything import (
    EVERYTHING,
    leaves,
    setting_of,
    settings_in,
    with_value,
)
from tests.support.locals import (
    SAMPLES,
    findings_of,
    lines_of,
    minimal,
    resolved,
    without_mark,
    write_local,
)
from tests.support.pictures import bitmap, encoded, noise, png
from tests.support.typefaces import give

# The bad inputs that were promised exact messages: file, place, code, what is wrong, remedy.
# Each is a whole local.yaml (or its lines beside the smallest one), ^^ before the place.
PROMISED = {
    "1 colon in a text": (
        minimal("committee:\n  name: Mentoring^^: our committee"),
        'error[yaml-syntax]: ":" inside unquoted text. Fix: put the value in double quotes.',
    ),
    "2 tab": (
        minimal("committee:\n^^\tname: A"),
        "error[yaml-tab]: tab used for indentation. Fix: use two spaces.",
    ),
    "3 key twice": (
        minimal(
            "coordinator:\n  name: A\n  phone: 555-0100\n  email: a@b.org\n  ^^phone: 555-0101"
        ),
        'error[duplicate-key]: "phone" is set twice (first on line 7). Fix: delete one.',
    ),
    "5 anchor": (
        minimal("local:\n  name: ^^&x A"),
        (
            'error[yaml-anchor]: "&x" is not supported.'
            " Fix: write the value out, or put it in double quotes."
        ),
    ),
    "6 tag": (
        minimal("local:\n  name: ^^!!python/name:os.system A"),
        (
            'error[yaml-tag]: "!!python/name:os.system" is not supported.'
            " Fix: remove it, or put the value in double quotes."
        ),
    ),
    "7 depth": (
        f"{'[' * 40}^^{'[' * 40}",
        "error[too-deep]: nested more than 40 levels. Fix: flatten the list.",
    ),
    "8 unknown key": (
        minimal("local:\n  name: A\n  ^^adress: [x]"),
        'error[unknown-key]: "adress" is not a setting here. Fix: did you mean "address"?',
    ),
    "9 date": (
        minimal("dates:\n  matched_by: ^^2026-13-40"),
        'error[bad-date]: "2026-13-40" is not a date. Fix: YYYY-MM-DD, month 01-12.',
    ),
    "10 time": (
        minimal("events:\n  - {name: A, date: 2026-09-24, time: ^^8:3o}"),
        'error[bad-time]: "8:3o" is not a time. Fix: e.g. 8:30 or 20:00.',
    ),
    "11 id": (
        minimal("id: ^^../x"),
        (
            'error[bad-id]: "../x" must be 1 to 64 of the characters a-z, 0-9 and -.'
            ' Fix: e.g. "local-1245".'
        ),
    ),
    "12 reserved name": (
        minimal("id: ^^con"),
        'error[reserved-name]: "con" cannot be a file name on Windows. Fix: choose another id.',
    ),
    "14 colour": (
        minimal("brand:\n  primary: ^^red}"),
        (
            'error[bad-colour]: "red}" is not a color.'
            " Fix: write it as #RRGGBB, or as a name such as navy."
        ),
    ),
    "15 link": (
        minimal("local:\n  name: A\n  website: ^^javascript:alert(1)"),
        'error[bad-link]: scheme "javascript" not allowed. Fix: start it with https://',
    ),
    "16 truncated picture": (
        minimal("brand:\n  logo: ^^truncated.png"),
        "error[image-truncated]: truncated.png ends early or is damaged. Fix: export it again.",
    ),
    "17 huge picture": (
        minimal("brand:\n  logo: ^^huge.png"),
        (
            "error[image-too-big]: huge.png is 20000×20000; limit 100 megapixels."
            " Fix: resize to 2000 px."
        ),
    ),
    "18 no glyph": (
        minimal("committee:\n  name: ^^学"),
        'error[no-glyph]: no pack font has "学" (U+5B66). Fix: use other letters for it.',
    ),
    "19 reversed text": (
        minimal("committee:\n  name: Mentoring ^^\u202eeettimmoC"),
        "error[control-char]: U+202E hides or reverses text. Fix: retype the value.",
    ),
}


@pytest.mark.parametrize(("marked", "said"), PROMISED.values(), ids=PROMISED)
def test_a_promised_message_is_given(marked, said, tmp_path):
    text, line, column = without_mark(marked)
    (tmp_path / "truncated.png").write_bytes(encoded(noise())[:5000])
    (tmp_path / "huge.png").write_bytes(png(20_000, 20_000))

    found = findings_of(write_local(tmp_path, text))

    assert lines_of(found, tmp_path) == [f"local.yaml:{line}:{column}: {said}"]


@pytest.mark.parametrize("encoding", ["cp1252", "utf-16", "utf-16-be", "utf-8-sig"])
def test_a_local_is_read_as_other_editors_save_it(encoding, tmp_path):
    mark = "\ufeff" if encoding == "utf-16-be" else ""
    text = minimal("program: {name: Café}")
    (tmp_path / "local.yaml").write_bytes(f"{mark}{text}".encode(encoding))

    kit = resolve(tmp_path / "local.yaml")

    assert kit.settings.program.name == "Café"
    assert [each.code for each in kit.warnings] == ["other-encoding"] * (encoding != "utf-8-sig")


# --- Values are text ---------------------------------------------------------------------

PAYLOAD = (
    "{{ 7*7 }} {% if 1 %}x{% endif %} {# c #} <script>alert(1)</script> <b onclick='x'>"
    ' ](javascript:x) [a](javascript:x) *b* __c__ `d` &lt; &amp; | ::: "q" %s ${x} #1'
)
# Settings that take no free text, and what they say of the payload.
TYPED = {
    "formgen": "format",
    "id": "bad-id",
    "extends": "no-pack",
    "pack_keys": "bad-key",
    "language": "bad-name",
    "paper": "bad-choice",
    "local.website": "bad-link",
    "brand.logo": "bad-path",
    "brand.partner_logo": "bad-path",
    "brand.cover": "bad-path",
    "brand.primary": "bad-colour",
    "brand.accent": "bad-colour",
    "local.article": "bad-choice",
    "brand.look": "bad-choice",
    "brand.typeface.voice": "bad-choice",
    "brand.typeface.file": "bad-path",
    "brand.typeface.bold": "bad-path",
    "brand.typeface.italic": "bad-path",
    "program.school_year": "bad-school-year",
    "program.basis": "bad-choice",
    "program.governance": "bad-choice",
    "program.state_kind": "bad-choice",
    "program.unit": "bad-choice",
    "program.pilot.scope": "bad-choice",
    "dates.applications_due": "bad-date",
    "dates.matched_by": "bad-date",
    "dates.exit_forms_due": "bad-date",
    "events.date": "bad-date",
    "events.time": "bad-time",
    "events.for": "bad-choice",
    "coordinator.phone": "bad-phone",
    "coordinator.email": "bad-email",
    "mentors.minimum_years": "bad-type",
    "mentors.membership": "bad-choice",
    "mentors.retirees": "bad-choice",
    "mentors.references": "bad-type",
    "mentors.interview": "bad-choice",
    "mentees.eligible": "bad-choice",
    "mentees.interview": "bad-choice",
    "compensation": "bad-choice",
    "attendance.purpose": "bad-choice",
    "confidentiality.separate_agreement": "bad-type",
    "outputs": "bad-type",
    "hold_harmless.pair": "bad-type",
    "hold_harmless.employer": "bad-type",
    "archive.documents": "unknown-document",
    "archive.years": "bad-type",
    "pledges.mentor.remove": "unknown-promise",
    "pledges.mentee.remove": "unknown-promise",
    "pledges.shared.remove": "unknown-promise",
    "certificate.administrator": "bad-type",
    "coordinator.listed": "bad-type",
    "certificate.signers.who": "bad-choice",
    "letters.signers.who": "bad-choice",
    "online_site.url": "bad-link",
    "documents.add.form": "bad-path",
    "documents.add.letter": "bad-path",
    "documents.add.pledge": "bad-path",
    "documents.add.id": "bad-name",
    "documents.add.code": "bad-name",
    "documents.add.audience": "bad-name",
    "documents.add.step": "bad-name",
    "voices.chapter": "unknown-chapter",
    "manual.order": "unknown-chapter",
    "manual.drop": "unknown-chapter",
    "documents.omit": "unknown-document",
    "packets.omit": "unknown-packet",
    "packets.change.add": "unknown-document",
    "packets.change.remove": "not-in-packet",
    "forms.remove": "unknown-field",
    "forms.add.name": "bad-name",
    "forms.add.type": "bad-choice",
    "forms.add.width": "bad-type",
    "forms.add.with_above": "bad-type",
    "forms.add.lines": "bad-type",
    "forms.add.rows": "bad-type",
    "forms.add.rows_for": "bad-choice",
    "forms.add.required": "bad-type",
    "forms.add.choices.name": "bad-name",
    "forms.add.choices_from": "too-long",
    "forms.add.or_other": "bad-type",
    "forms.add.read_only": "bad-type",
    "forms.add.max_length": "bad-type",
    "forms.add.comb": "bad-type",
    "forms.add.appearance": "bad-choice",
    "forms.add.start": "bad-type",
    "forms.add.end": "bad-type",
    "forms.add.columns": "bad-columns",
    "forms.add.columns.name": "bad-name",
    "forms.add.columns.type": "bad-choice",
    "forms.add.columns.width": "bad-type",
    "forms.add.columns.sum": "bad-type",
    "forms.add.columns.sum_name": "bad-name",
    "forms.add.columns.choices.name": "bad-name",
    "forms.add.columns.choices_from": "too-long",
    "forms.add.columns.appearance": "bad-choice",
    "forms.add.columns.start": "bad-type",
    "forms.add.columns.end": "bad-type",
    "forms.add.columns.roster": "bad-name",
    "forms.add.columns.relevant": "no-condition",
    "forms.add.roster": "bad-name",
    "forms.add.relevant": "no-condition",
    "forms.add.after": "unknown-field",
}
# Where a text has a form of its own, the payload takes that form as far as it can.
SHAPED = {
    "coordinator.phone": "555 {{ 7*7 }} <script>alert(1)</script> *b* ](javascript:x)",
    "coordinator.email": "{{7*7}}*b*_c_`d`][javascript:x@example.org",
}
FREE = [steps for steps, _ in leaves(EVERYTHING) if setting_of(steps) not in TYPED]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Give a folder with the files that a local with every setting names."""
    folder = tmp_path_factory.mktemp("everything")
    give(folder / "fonts")
    (folder / "logo.png").write_bytes(bitmap())
    return folder


def found_in(local_yaml):
    """Return everything that checking a local finds."""
    try:
        return check_pages(resolve(local_yaml))
    except InputError as problem:
        return list(problem.findings)


def test_the_local_with_every_setting_leaves_none_out():
    given_settings = {setting_of(steps) for steps, _ in leaves(EVERYTHING)}

    assert given_settings == set(settings_in(Settings))
    assert set(TYPED) <= given_settings


def test_the_local_with_every_setting_has_no_findings(folder):
    assert found_in(write_local(folder, EVERYTHING)) == []


@pytest.mark.parametrize(("setting", "code"), TYPED.items(), ids=TYPED)
def test_a_setting_that_takes_no_free_text_refuses_the_payload(setting, code, folder):
    steps = next(steps for steps, _ in leaves(EVERYTHING) if setting_of(steps) == setting)

    found = found_in(write_local(folder, with_value(EVERYTHING, steps, PAYLOAD)))

    assert code in [finding.code for finding in found]
    assert {finding.place.file for finding in found} == {folder / "local.yaml"}
    assert all("\n" not in str(finding) for finding in found)


class Structure(HTMLParser):
    """The elements of a page with the names of their attributes, their values, and its links.

    Those of figures are a set: a figure breaks its texts into lines, or is a list, by their length.
    """

    def __init__(self, page):
        super().__init__()
        self.elements, self.values, self.links, self.drawn = [], [], [], set()
        self.in_figure = False
        self.feed(page)
        self.close()

    def handle_starttag(self, tag, attrs):
        element = (tag, tuple(name for name, _ in attrs))
        self.in_figure |= tag == "figure"
        if self.in_figure:
            self.drawn.add(element)
        else:
            self.elements.append(element)
        self.values += [" ".join((value or "").split()) for _, value in attrs]
        self.links += [value for name, value in attrs if name in {"href", "src", "action"}]

    def handle_endtag(self, tag):
        self.in_figure &= tag != "figure"


OUR_LINK = re.compile(
    r"https://example\.org|#|\.\./index\.html$|data:image/(png;base64|svg\+xml),|formgen:(logo|partner-logo|cover)$"
    r"|mailto:|tel:"
)


def payloads():
    """Return a payload for every setting that takes text, each with a mark of its own."""
    marks = ("".join(pair) for pair in itertools.product("ABCDEFGHIJKLM", repeat=2))
    texts = {steps: f"Q{mark} {PAYLOAD}"[:195] for steps, mark in zip(FREE, marks, strict=False)}
    by_setting = {setting_of(steps): steps for steps, _ in leaves(EVERYTHING)}
    return texts | {by_setting[setting]: text for setting, text in SHAPED.items()}


def pages_with(texts, folder):
    values = EVERYTHING
    for steps, text in texts.items():
        values = with_value(values, steps, text)
    kit = resolved(folder, values)
    composer = make_composer(kit)
    pages = {
        (document.id, variant): composer.compose(document, FORMATS[variant])
        for document in kit.documents
        for variant in STANDING
    }
    # What a fillable file holds already is in its fields and not on its page.
    filled = "\n".join(
        " ".join(field.value.split())
        for page in pages.values()
        for field in (page.form.fields if page.form else ())
    )
    html = {key: page.html for key, page in pages.items()}
    return html | {("index", "web"): index_of(composer)}, filled


@pytest.fixture(scope="module")
def hostile_pages(hostile_kit):
    """Give all pages of a local that has a payload in every text setting."""
    return hostile_kit[0]


@pytest.fixture(scope="module")
def hostile_kit(folder):
    """Give those pages, and what their fillable files hold already."""
    return pages_with(payloads(), folder)


@pytest.fixture(scope="module")
def hostile_texts(hostile_kit):
    """Give what those pages show: their words, and what is filled in already."""
    pages, filled = hostile_kit
    texts = {
        key: "\n".join([text_of(page), *Structure(page).values]) for key, page in pages.items()
    }
    texts["action-plan", "fillable"] += f"\n{filled}"
    return texts


@pytest.fixture(scope="module")
def harmless_pages(folder):
    """Give all pages of the same local with plain words, as long, in every text setting."""
    words = {
        steps: f"{number}{' word' * 40}"[: len(text)].strip()
        for number, (steps, text) in enumerate(payloads().items())
    }
    by_setting = {setting_of(steps): steps for steps in words}
    words[by_setting["coordinator.phone"]] = "555-0100"
    words[by_setting["coordinator.email"]] = "a@example.org"
    return pages_with(words, folder)[0]


@pytest.mark.parametrize(("steps", "text"), payloads().items(), ids=lambda value: str(value)[:40])
def test_a_payload_comes_out_as_it_was_typed(steps, text, hostile_texts):
    typed = " ".join(text.split())

    shown_in = {variant for (_, variant), texts in hostile_texts.items() if typed in texts}

    # A cover is on paper alone.
    assert shown_in == set(STANDING) - ({"web"} if steps == ("brand", "cover_alt") else set())


def test_no_payload_becomes_markup(hostile_pages, harmless_pages, folder):
    """Whatever the values hold, the elements of a page and their attributes stay the same."""
    harmless = {key: Structure(page) for key, page in harmless_pages.items()}
    short = map(Structure, pages_with({}, folder)[0].values())
    drawn = set().union(*(structure.drawn for structure in (*harmless.values(), *short)))
    for key, page in hostile_pages.items():
        found = Structure(page)
        assert (key, found.elements) == (key, harmless[key].elements)
        assert (key, found.drawn - drawn) == (key, set())


def test_no_payload_is_evaluated(hostile_texts):
    for text in hostile_texts.values():
        assert "{{ 7*7 }}" in text
        assert not re.search(r"(Q[A-Z]{2}|555) 49\b|\b49\*b", text)


def test_no_page_has_a_script_beyond_our_own_or_a_link_that_runs(hostile_pages, harmless_pages):
    for (document, variant), page in hostile_pages.items():
        ours = re.findall(r"<script>.*?</script>", harmless_pages[document, variant], re.DOTALL)
        assert re.findall(r"<script.*?</script>", page, re.DOTALL | re.IGNORECASE) == ours
        assert len(ours) == (1 if variant == "web" else 0)
        assert [link for link in Structure(page).links if not OUR_LINK.match(link or "")] == []


# --- Mutations ---------------------------------------------------------------------------

METACHARACTERS = [
    ": ", "- ", "? ", "# ", "{", "}", "[", "]", ",", "&a ", "*a ", "!t ", "!!int ", "| ", "> ",
    "'", '"', "%", "@", "`", "\t", "\n", "\r\n", "\r", "---\n", "...\n", "<<: ", "\\", "\\u0000",
    "{{ 7*7 }}", "{% x %}", "<script>", "](javascript:x)", "../", "\x00", "\x1b[2J",
]  # fmt: skip
UNUSUAL = [
    "\u202e", "\u200b", "\ufeff", "\u2028", "\x85", "\ue000", "\ue0000\ue001", "\uffff", "e\u0301",
    "\u0301" * 40, "\ufdfa", "ß", "İ", "Ⅷ", "٣", "学", "🎉", "\u200d", "ﷺ", "\U000e0041",
]  # fmt: skip
NUMBERS = ["9" * 30, "9" * 5000, "-1", "1e999", "0x10", "1_0", "nan", "-0", "٣", "2026-13-40"]
PIECES = st.one_of(
    st.sampled_from(METACHARACTERS),
    st.sampled_from(UNUSUAL),
    st.sampled_from(NUMBERS),
    st.text(max_size=12),
)


@st.composite
def mutated(draw, text):
    """Change a text in a few places: characters, spans and whole lines."""
    for _ in range(draw(st.integers(1, 4))):
        how = draw(
            st.sampled_from(["insert", "delete", "replace", "repeat", "swap", "drop", "value"])
        )
        lines = text.splitlines(keepends=True) or [""]
        first = draw(st.integers(0, len(lines) - 1))
        second = draw(st.integers(0, len(lines) - 1))
        at = draw(st.integers(0, len(text)))
        span = draw(st.integers(1, 30))
        if how == "insert":
            text = text[:at] + draw(PIECES) + text[at:]
        elif how == "delete":
            text = text[:at] + text[at + span :]
        elif how == "replace":
            text = text[:at] + draw(PIECES) + text[at + span :]
        elif how == "value":
            key, colon, _ = lines[first].partition(":")
            lines[first] = f"{key}{colon} {draw(PIECES)}\n"
            text = "".join(lines)
        elif how == "swap":
            lines[first], lines[second] = lines[second], lines[first]
            text = "".join(lines)
        else:
            lines[first:first] = [lines[second]] if how == "repeat" else []
            text = "".join(lines if how == "repeat" else lines[:first] + lines[first + 1 :])
    return text


ANYTHING = st.one_of(
    PIECES,
    st.text(max_size=80),
    st.sampled_from([PAYLOAD, "x" * 5000, "x " * 400_000, " ", "", "a|b", "{value}", "%(x)s"]),
    st.lists(PIECES, max_size=3),
    st.dictionaries(PIECES, PIECES, max_size=2),
    st.just(["x"] * 3000),
)
# The same examples in every run. Time is taken of the processor, so that a busy machine is
# no failure.
SECONDS = 10
CAREFULLY = settings(
    max_examples=38,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


@pytest.fixture(scope="module")
def workshop(tmp_path_factory):
    """Give copies of the sample locals, to be spoilt."""
    folder = tmp_path_factory.mktemp("workshop")
    for sample in SAMPLES:
        shutil.copytree(sample.parent, folder / sample.parent.name)
    (folder / "everything").mkdir()
    (folder / "everything" / "logo.png").write_bytes(bitmap())
    return folder


def demand_clean_findings(local_yaml):
    """Check a local; whatever it holds, only findings may come of it, each with its place."""
    start = time.process_time()
    try:
        found = check_pages(resolve(local_yaml))
    except InputError as problem:
        found = list(problem.findings)
        assert found, "refused without a finding"
    assert time.process_time() - start < SECONDS
    for finding in found:
        assert finding.place.file.is_file(), finding
        lines = finding.place.file.read_text(encoding="utf-8").splitlines()
        assert 0 <= finding.place.line <= max(len(lines), 1), finding
        assert re.fullmatch(r"[a-z0-9-]+", finding.code), finding
        assert finding.message, finding
        assert finding.fix, finding
        assert "\n" not in str(finding), finding
        assert len(str(finding)) < 1000, finding


@pytest.mark.parametrize("sample", SAMPLES, ids=[path.parent.name for path in SAMPLES])
def test_a_spoilt_file_gives_findings_and_nothing_else(sample, workshop):
    local_yaml = workshop / sample.parent.name / "local.yaml"

    @CAREFULLY
    @given(mutated(sample.read_text(encoding="utf-8")))
    def survives(text):
        local_yaml.write_text(text, encoding="utf-8", newline="")
        demand_clean_findings(local_yaml)

    survives()


@CAREFULLY
@given(data=st.data())
def test_any_value_of_a_setting_gives_findings_or_pages(workshop, data):
    steps, _ = data.draw(st.sampled_from(list(leaves(EVERYTHING))))
    value = data.draw(ANYTHING)

    demand_clean_findings(
        write_local(workshop / "everything", with_value(EVERYTHING, steps, value))
    )
