"""A text reduced to a fair sample of its shingle hashes (FracMinHash; Irber et al. 2022, sourmash).

A hash is kept when ``hash mod scale == 0``: two texts keep the same ones of those they share, so shared counts
estimate containment in both directions, which banded MinHash cannot. Inside quotation marks every hash is kept.
"""

from __future__ import annotations

import base64
from binascii import a2b_base64
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from schemas.accepted import Sketch
from wirespin.reuse.shingles import Hashes, distinct, number_of_distinct, shingle_hashes
from wirespin.text.document import Document

ORDINARY_SCALE = 4
"""One in how many hashes outside quotation marks an article of ordinary length keeps."""

SCALES = ((100, 1), (200, 2), (8_000, ORDINARY_SCALE), (32_000, 16))
"""(shingles below, scale). Short texts keep more: a sample of under ~50 hashes estimates nothing."""

LONGEST_QUOTING = 8_000
"""Shingles of a text up to which those inside quotation marks are all kept: quotations are what a fair rewrite
leaves as it is. On the labelled sets a rewrite then shares 10 to 22 kept hashes with its source instead of 1 to 10
(set a), for 136 kept hashes an article instead of 84. A longer text is a transcript."""

LARGEST_SCALE = 64
"""For texts of over 32,000 shingles: books and data dumps."""

TENTHS = 10
_ALL_TENTHS = bytes(range(TENTHS))


@dataclass(frozen=True)
class Sample:
    """The kept hashes of a text, decoded.

    Attributes:
        hashes: uint64, ascending, distinct.
        tenths: uint8, for each hash the tenth of the text (0-9) in which it first stands.
        shingles: distinct shingles of the whole text.
        scale: one in how many hashes outside quotation marks was kept.
    """

    hashes: Hashes
    tenths: npt.NDArray[np.uint8]
    shingles: int
    scale: int


def scale_for(shingles: int) -> int:
    """One in how many hashes a text of so many shingles keeps."""
    return next((scale for limit, scale in SCALES if shingles < limit), LARGEST_SCALE)


def sample(document: Document) -> Sample:
    """Reduce a text to its kept hashes and the tenths in which they stand."""
    hashes = shingle_hashes(document.tokens)
    count = number_of_distinct(hashes)
    scale = scale_for(count)
    keep = hashes % np.uint64(scale) == 0
    if count < LONGEST_QUOTING:
        keep |= _within_quotations(document, len(hashes))
    values, first = distinct(hashes[keep])
    tenths = (np.flatnonzero(keep)[first] * TENTHS // max(1, len(hashes))).astype(np.uint8)
    return Sample(values, tenths, count, scale)


def _within_quotations(document: Document, count: int) -> npt.NDArray[np.bool_]:
    """Which shingles begin and end inside quotation marks."""
    quoted = np.array(document.quoted, dtype=bool)
    both_ends: npt.NDArray[np.bool_] = quoted[:count] & quoted[len(quoted) - count :]
    return both_ends


def to_sketch(taken: Sample) -> Sketch:
    """The sample as it travels."""
    return Sketch(
        scale=taken.scale,
        shingles=taken.shingles,
        hashes=base64.b64encode(taken.hashes.astype("<u8").tobytes()).decode(),
        tenths=base64.b64encode(taken.tenths.tobytes()).decode(),
    )


def from_sketch(sketch: Sketch) -> Sample:
    """The sample of a sketch that travelled.

    Raises:
        ValueError: the two arrays are not base64 or not of one length, or hold what a sketch does not.
    """
    return unpacked(sketch.hashes, sketch.tenths, sketch.shingles, sketch.scale)


def unpacked(hashes: str, tenths: str, shingles: int, scale: int) -> Sample:
    """The sample of the fields of a sketch; raises as `from_sketch`."""
    kept = np.frombuffer(a2b_base64(hashes, strict_mode=True), dtype="<u8")
    places = a2b_base64(tenths, strict_mode=True)
    if len(kept) != len(places):
        raise ValueError(f"sketch holds {len(kept)} hashes but {len(places)} tenths")
    if np.count_nonzero(kept[1:] <= kept[:-1]):
        raise ValueError("sketch holds hashes that do not ascend")
    if places.translate(None, _ALL_TENTHS):  # a posting has four bits for it: the next ones are the article's number
        raise ValueError(f"sketch holds a tenth over {TENTHS - 1}")
    return Sample(kept.astype(np.uint64, copy=False), np.frombuffer(places, dtype=np.uint8), shingles, scale)
