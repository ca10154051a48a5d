"""The plain look: nothing is filled, whatever the document, and less toner goes than in today's."""

import pypdfium2
import pytest
from PIL import ImageDraw, ImageFilter, ImageStat
from pypdfium2 import raw

from formgen.compose.pages import make_composer
from formgen.kit import resolve
from formgen.model.page_format import PAPER
from formgen.pdf.sheet import Sheet
from tests.support.locals import SAMPLES

PLAIN = "juniper-flats-drivers"
SOURCE = next(path for path in SAMPLES if path.parent.name == PLAIN)
MM = 25.4 / 72
# In mm: words and lines leave white between them within this; a ground or a bar does not.
SQUARE = 5
# Of 255: lighter than the palest ground of a box, which words and lines are together.
WHITE = 242
# A square of this side is a ground; a heavy letter may fill some less.
LEAST = 3
# Where today's look takes the most.
HEAVY = ("certificate-of-completion", "mentee-application", "flyer-cards")


def dark_squares(page: pypdfium2.PdfPage) -> int:
    """Return how many places of a page are filled, its pictures aside."""
    picture = page.render(scale=MM, grayscale=True).to_pil()
    draw = ImageDraw.Draw(picture)
    for each in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=4):
        left, bottom, right, top = each.get_bounds()
        high = page.get_height()
        draw.rectangle(
            [v * MM for v in (left - 3, high - top - 3, right + 3, high - bottom + 3)], 255
        )
    lightest = picture.filter(ImageFilter.MaxFilter(SQUARE))
    return sum(lightest.histogram()[:WHITE])


def toner(pdf: bytes) -> float:
    """Return the share of a document's paper that toner covers."""
    pages = [page.render(scale=3, grayscale=True).to_pil() for page in pypdfium2.PdfDocument(pdf)]
    return sum(1 - ImageStat.Stat(page).mean[0] / 255 for page in pages) / len(pages)


@pytest.mark.slow
def test_the_plain_look_fills_nothing(sample_kits):
    files = sorted((sample_kits[PLAIN] / "print").glob("*.pdf"))
    filled = {
        f"{file.stem} {number}"
        for file in files
        for number, page in enumerate(pypdfium2.PdfDocument(file), 1)
        if dark_squares(page) > LEAST**2
    }

    assert len(files) > 30
    assert filled == set()


@pytest.mark.parametrize("name", HEAVY)
def test_the_plain_look_takes_less_toner(name, tmp_path, typesetter):
    def made(look):
        text = SOURCE.read_text(encoding="utf-8").replace("look: plain", f"look: {look}")
        local_yaml = tmp_path / look / "local.yaml"
        local_yaml.parent.mkdir()
        # Without the logo, which both have alike.
        local_yaml.write_text(text.replace("logo: logo.png", 'logo: ""'), encoding="utf-8")
        composer = make_composer(resolve(local_yaml))
        document = next(each for each in composer.kit.documents if each.id == name)
        page = composer.compose(document, PAPER)
        return typesetter(Sheet(page.html, page.styles, page.assets)).pdf

    assert toner(made("plain")) < 0.85 * toner(made("classic"))
