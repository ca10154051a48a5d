"""Read from a bound file which pages belong to which of its parts."""

from __future__ import annotations

import io
from itertools import pairwise

import pikepdf


def labelled_pages(pdf: bytes) -> list[tuple[str, int, int]]:
    """Return for each part what its pages are numbered with, its first page and its last.

    Pages count from one, and blank backs belong to the part before them.
    """
    with pikepdf.open(io.BytesIO(pdf)) as file:
        numbers = file.Root.PageLabels.Nums
        starts = [int(each) for each in list(numbers)[::2]]
        labels = [str(each.get("/P", "")).removesuffix("-") for each in list(numbers)[1::2]]
        ends = pairwise([*starts, len(file.pages)])
        return [(label, first + 1, end) for label, (first, end) in zip(labels, ends, strict=True)]
