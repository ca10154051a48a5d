"""List the elements of a file's structure that others refer to, such as a table's headers.

WeasyPrint names them without the list that readers find them by (ISO 32000-1, table 322).
"""

from __future__ import annotations

from formgen.pdf.engine.objects import PDF, Array, Dictionary, type_of


def write_id_tree(pdf: PDF, prefix: str) -> None:
    """Write the tree of names of a file whose structure is whole; each begins with a prefix."""
    root = next((each for each in pdf.objects if type_of(each) == "/StructTreeRoot"), None)
    if root is None:
        return
    elements = [
        each
        for each in pdf.objects
        if isinstance(each, Dictionary) and "ID" in each and "S" in each
    ]
    for element in elements:
        # Those that refer to it hold the same string. Bound files need names that differ.
        element["ID"].string = f"{prefix}-{element['ID'].string}"
    named = {each["ID"].data: each for each in elements}
    leaf = [x for data in sorted(named) for x in (named[data]["ID"], named[data].reference)]
    tree = Dictionary({"Names": Array(leaf)})
    pdf.add_object(tree)
    root["IDTree"] = tree.reference
