"""first_page.py: the first page of a PDF as a small picture."""

import io

from PIL import Image

from formgen.outputs.making.embedding import make_whole
from formgen.pdf.first_page import first_page

BOX = (224, 264)


def test_a_page_fits_into_its_box_in_eight_greys(sample_kits):
    pdf = (sample_kits["riverbend-esp"] / "print/mentor-application.pdf").read_bytes()

    png, size = first_page(pdf, BOX)

    picture = Image.open(io.BytesIO(png))
    assert picture.size == size == (204, 264)
    assert len(picture.convert("L").getcolors()) <= 8
    assert len(png) < 6000
    assert first_page(pdf, BOX)[0] == png


def test_a_page_gets_its_files_and_keeps_what_is_said_of_them():
    page = b'<img src="formgen:first/a"> url("formgen:face/sans-400") &#34;formgen:first/a&#34;'
    files = {"page": page, "formgen:first/a": b"1", "formgen:face/sans-400": b"2"}

    [whole] = make_whole(None, files).files.values()

    assert whole == (
        b'<img src="data:image/png;base64,MQ=="> url("data:font/woff2;base64,Mg==")'
        b" &#34;formgen:first/a&#34;"
    )
