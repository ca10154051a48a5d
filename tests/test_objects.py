"""pdf/engine/objects.py: what passes rely on of pydyf, which promises none of it."""

import io

import pydyf

from formgen.pdf.engine.objects import PDF, Array, Dictionary, Stream, String, number_of, type_of


def small_file():
    pdf = PDF()
    pdf.add_page(Dictionary({"Type": "/Page", "Parent": pdf.pages.reference}))
    pdf.add_object(Stream([b"q Q"], compress=True))
    return pdf


def test_objects_are_python_lists_and_dictionaries_of_bytes_and_each_other():
    assert isinstance(Array(["/a"]), list)
    assert isinstance(Dictionary({"S": "/P"}), dict)
    assert String("a (b)").data == b"(a \\(b\\))"


def test_an_object_is_found_by_its_number_in_the_list_of_objects():
    pdf = small_file()

    assert [thing.number for thing in pdf.objects] == list(range(len(pdf.objects)))
    assert number_of(pdf.objects[2].reference) == 2
    assert number_of("/Name") == -1


def test_the_catalog_holds_references_and_types_are_names():
    pdf = small_file()

    assert type_of(pdf.catalog) == "/Catalog"
    assert type_of(pdf.objects[number_of(pdf.catalog["Pages"])]) == "/Pages"
    assert type_of(Stream([])) is None


def test_a_file_is_written_from_what_its_objects_say_of_themselves():
    pdf, file = small_file(), io.BytesIO()
    held = pdf.objects[-1]

    class Known(pydyf.Object):  # type: ignore[misc]
        data, compressible = held.data, held.compressible

    known = Known()
    known.number, known.generation = held.number, held.generation
    pdf.objects[-1] = known
    pdf.write(file)

    assert held.data in file.getvalue()
