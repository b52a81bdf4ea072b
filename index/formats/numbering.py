"""The numbers that Word shows before paragraphs of lists; the file only tells how they are counted."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from docx.oxml.ns import qn
from lxml.etree import _Element

_ROMAN = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


@dataclass(frozen=True, slots=True)
class Level:
    """How a level of a list is marked.

    Attributes:
        form: ``w:numFmt``: "bullet", "decimal", "upperRoman", "lowerLetter" …
        text: ``w:lvlText``: "%1.%2." with the number of each level in its place.
        start: The first number.
    """

    form: str
    text: str
    start: int


@dataclass(slots=True)
class Numbering:
    """Counts the lists of a document, paragraph by paragraph.

    Attributes:
        levels: By list and level.
    """

    levels: Mapping[tuple[str, int], Level]
    _counts: dict[tuple[str, int], int] = field(default_factory=dict)

    def mark(self, number_id: str, depth: int) -> str:
        """What stands before the next paragraph of a list: "- ", "2. ", "III. "; "" for a list that shows nothing."""
        level = self.levels.get((number_id, depth))
        if level is None or level.form == "bullet":
            return "- "
        self._counts[number_id, depth] = self._counts.get((number_id, depth), level.start - 1) + 1
        for deeper in range(depth + 1, 9):
            self._counts.pop((number_id, deeper), None)
        shown = level.text
        for other in range(depth + 1):
            outer = self.levels.get((number_id, other), level)
            count = self._counts.get((number_id, other), outer.start)
            shown = shown.replace(f"%{other + 1}", _written(count, outer.form))
        return f"{shown.strip()} " if shown.strip() else ""


def numbering_of(root: _Element | None) -> Numbering:
    """The lists of ``word/numbering.xml``, or none where a document has none."""
    if root is None:
        return Numbering({})
    abstract = {
        one.get(qn("w:abstractNumId")): {
            int(level.get(qn("w:ilvl"), "0")): _level(level) for level in one.iterfind(qn("w:lvl"))
        }
        for one in root.iterfind(qn("w:abstractNum"))
    }
    levels: dict[tuple[str, int], Level] = {}
    for one in root.iterfind(qn("w:num")):
        of = one.find(qn("w:abstractNumId"))
        known = abstract.get(of.get(qn("w:val")), {}) if of is not None else {}
        levels |= {(one.get(qn("w:numId"), ""), depth): level for depth, level in known.items()}
    return Numbering(levels)


def _level(level: _Element) -> Level:
    def value(name: str, default: str) -> str:
        found = level.find(qn(name))
        return str(found.get(qn("w:val"), default)) if found is not None else default

    start = value("w:start", "1")
    return Level(value("w:numFmt", "decimal"), value("w:lvlText", ""), int(start) if start.isdecimal() else 1)


def _written(count: int, form: str) -> str:
    if form.endswith("Letter") and count > 0:
        letter = chr(ord("a") + (count - 1) % 26) * ((count - 1) // 26 % 9 + 1)
        return letter.upper() if form == "upperLetter" else letter
    if form.endswith("Roman") and 0 < count < 40:
        roman = ""
        for value, sign in _ROMAN:
            roman += sign * (count // value)
            count %= value
        return roman if form == "upperRoman" else roman.lower()
    return str(count)
