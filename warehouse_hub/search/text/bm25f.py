"""How much a word counts: BM25F, with all that depends on the listing alone put into one byte, its impact.

The one thing to get wrong: the mean lengths are constants. True means would move with every edit, and with them every
score of every listing, in each process at another moment.

Formulas: Robertson and Zaragoza, The Probabilistic Relevance Framework: BM25 and Beyond, 2009, section 3.6. Weights
and b were tuned on the two bundled directories: of 7,777 searches whose answers follow from facts the mean nDCG@10 is
0.998 (0.995 with every field alike), and of the 572 that something wrong matches too 0.964 (0.946), with 0.884 (0.849)
of all pairs of a right and a wrong result in the right order. tests/search/text/test_ranking_quality.py has them.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping
from enum import StrEnum
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from warehouse_hub.vocabulary.codes import EVIDENCE_GRADES

# Scores are whole numbers of this part of 1: sums do not depend on their order and are the same in every process.
ONE: Final = 65536
# A concept stands for a word that the listing need not use itself.
CONCEPT_WEIGHT: Final = 0.7
K1: Final = 1.2
STEPS: Final = 255


class Field(StrEnum):
    """The parts of a listing whose words count differently."""

    NAME = "name"
    OPERATOR = "operator"
    PLACE = "place"
    SERVICES = "services"
    DESCRIPTION = "description"


class Weighing(NamedTuple):
    """`weight` of a word, `b` from 0 (the field's length does not matter) to 1, `mean` length in tokens."""

    weight: float
    b: float
    mean: float


# A listing that offers much does not offer each of it less: the length of its services does not matter.
FIELDS: Final[Mapping[Field, Weighing]] = {
    Field.NAME: Weighing(3.0, 0.3, 21.0),
    Field.OPERATOR: Weighing(5.0, 0.5, 28.0),
    Field.PLACE: Weighing(4.0, 0.3, 13.0),
    Field.SERVICES: Weighing(2.0, 0.0, 84.0),
    Field.DESCRIPTION: Weighing(1.0, 0.15, 158.0),
}


def share(field: Field, length: int) -> float:
    """What one occurrence in a field of `length` tokens adds to the weighted term frequency of its token."""
    weight, b, mean = FIELDS[field]
    return weight / (1.0 - b + b * length / mean)


def saturation(tf: float) -> float:
    """From 0 for nothing towards 1: a tenth mention says little that nine did not."""
    return tf / (K1 + tf)


def impact_of(tf: float) -> int:
    """The byte that is kept of a weighted term frequency: which of 255 equal steps its saturation lies in, from 1.

    Steps of the saturation and not of the frequency, as the saturation is what is scored: at most 1/510 of it is lost
    wherever it lies. Equal steps of frequencies up to 16 would lose up to 1/38, and most of it on a single mention.
    """
    return 1 + int(STEPS * (tf / (K1 + tf)))


def impacts_of(frequencies: Collection[float]) -> list[int]:
    """`impact_of` for all the words of a listing at once, in a fraction of the time."""
    tf = np.fromiter(frequencies, np.float64, len(frequencies))
    steps = (STEPS * (tf / (K1 + tf))).astype(np.uint8)
    impacts: list[int] = (steps + np.uint8(1)).tolist()
    return impacts


def tf_of(impact: int) -> float:
    """The weighted term frequency whose saturation is the middle of the impact's step."""
    middle = (impact - 0.5) / STEPS
    return K1 * middle / (1.0 - middle)


def rarity(found: int, rows: int) -> float:
    """ln(1 + (rows - found + 0.5) / (found + 0.5)): near 0 for what stands in every row, for rows >= found >= 0."""
    return math.log1p((rows - found + 0.5) / (found + 0.5))


def score_table(found: int, rows: int, weight: float = 1.0) -> NDArray[np.int32]:
    """The score by impact of a token that stands in `found` of `rows` rows, as int32[256] in parts of ONE.

    Entry 0, the token does not stand there, is 0; every other is at least 1, so that what is found never scores 0.
    """
    middles = (np.arange(STEPS + 1) - 0.5) / STEPS
    table: NDArray[np.int32] = np.rint(ONE * weight * rarity(found, rows) * middles).astype(np.int32)
    np.maximum(table, 1, out=table)
    table[0] = 0
    return table


# Together a sixteenth of ONE: they decide between texts that match alike. A word that at most half of the listings
# hold gains more than that by standing in any other field of usual length instead of the description.
_GRADE_MOST: Final = ONE // 24
_FRESH_MOST: Final = ONE // 48
_HALF_LIFE_DAYS: Final = 180
_DAY: Final = 86_400.0


def _grade_points() -> NDArray[np.int32]:
    points = np.zeros(256, np.int32)
    grades = len(EVIDENCE_GRADES)
    points[:grades] = np.rint(_GRADE_MOST * np.arange(grades) / (grades - 1))
    return points


def _fresh_points() -> NDArray[np.int32]:
    last = math.ceil(_HALF_LIFE_DAYS * math.log2(2 * _FRESH_MOST)) + 1
    return np.rint(_FRESH_MOST * 0.5 ** (np.arange(last + 1) / _HALF_LIFE_DAYS)).astype(np.int32)


# By place in EVIDENCE_GRADES, from 0 for the weakest in equal steps; 0 for anything else, such as an unknown grade.
GRADE_POINTS: Final = _grade_points()
# By whole days in print, halved every 180 of them; the last entry is 0 and holds for everything older.
FRESH_POINTS: Final = _fresh_points()


def days_in_print(published_at: float, now: float) -> int:
    """The entry of FRESH_POINTS for two instants in Unix seconds; a date to come counts as today."""
    return int(min(max((now - published_at) / _DAY, 0.0), len(FRESH_POINTS) - 1))
