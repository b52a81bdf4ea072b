"""Provinces, people and other names that a question mentions, however they are cut or abbreviated."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant import sides
from assistant.people import BODIES
from index.lexicon import ABBREVIATIONS
from index.names import OFFICE_WORDS, capital_runs, find_names
from index.provinces import NAMES, find_provinces
from index.types import Report, Span
from index.words import CAPITALS, WORD, Word, fold

_PLACED = re.compile(r"(?:tỉnh|ở|tại|của|cho|tinh|o|tai|cua)\s+$", re.IGNORECASE)
_DATED = re.compile(r"\s*(?:năm|nam)?\s*(?:19|20)\d{2}")
_HEADED = re.compile(rf"{_DATED.pattern}\s*[:,–-]\s")
_CUT = re.compile(rf"(?<!\w)([{CAPITALS}])\.?\s?([{CAPITALS}]\w+)(?!\w)")
"""A name whose first word is cut to its initial."""
_TITLED = re.compile(r"\b(?:ông|bà|anh|chị|em|cô|đồng chí)\s+$", re.IGNORECASE)
"""Before the name of a person, whose initial is no province's: "ông N. Bình"."""


_JOINT = "x"
"""Joins the words of a province's name."""


@dataclass(frozen=True, slots=True)
class Places:
    """The provinces a question names, and where: ``mentions[i]`` stands at ``spans[i]``."""

    mentions: tuple[str, ...]
    spans: tuple[Span, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """Each province once, in order."""
        return tuple(dict.fromkeys(self.mentions))

    def as_words(self, question: str) -> str:
        """The question with each name in one word of the same length, so that none of its words asks or counts.

        "Bình Định làm ra …" plans nothing, and "người dân Thái Bình" counts people.
        """
        joined = [
            _JOINT if letter.isspace() and any(s.start < at < s.end for s in self.spans) else letter
            for at, letter in enumerate(question)
        ]
        return "".join(joined)

    @property
    def named(self) -> tuple[sides.Named, ...]:
        """Each mention with its place."""
        return tuple(sides.Named(name, span.start) for name, span in zip(self.mentions, self.spans, strict=True))


def find_places(question: str, canonical: Sequence[Word], reports: Sequence[Report]) -> Places:
    """The provinces a question names; one cut short ("QNam", "ĐN") only where no other is named."""
    mentions = find_provinces(question, typed=True)
    if mentions:
        names = tuple(mention.name for mention in mentions)
        return Places(names, tuple(Span(mention.start, mention.end) for mention in mentions))
    if shortened := _shortened(question, reports):
        return shortened
    for word in canonical:
        written = question[word.start : word.end]
        opens, dated = word.start == 0, _DATED.match(question[word.end :]) is not None
        headed = opens and _HEADED.match(question[word.end :]) is not None  # "CB 2023: …" is no "cán bộ"
        loose = headed if written in ABBREVIATIONS else opens or dated
        placed = loose or _PLACED.search(question[: word.start])
        if placed and (name := _initials(written, reports)):
            return Places((name,), (Span(word.start, word.end),))
    return Places((), ())


def _shortened(question: str, reports: Sequence[Report]) -> Places | None:
    """The one province whose first word is cut to its initial ("QNam", "Đ.Nai"), one with reports before others."""
    indexed = {report.province for report in reports}
    for match in _CUT.finditer(question):
        if _TITLED.search(question[: match.start()]):
            continue
        cut = [fold(match[1]), fold(match[2])]
        fitting = [
            name
            for name in NAMES
            if len(parts := fold(name).split()) == len(cut) and parts[0][0] == cut[0] and parts[1] == cut[1]
        ]
        fitting = [name for name in fitting if name in indexed] or fitting
        if len(fitting) == 1:
            return Places((fitting[0],), (Span(match.start(), match.end()),))
    return None


_PRIZES = frozenset(["nhất", "nhì", "ba", "tư", "khuyến", "đặc"])
_LEVELS = frozenset(["tỉnh", "huyện", "xã", "phường", "quận"])
"""What stands before a name and is none of it, in capitals where a question begins with it."""


_OPENERS = frozenset(
    "toàn cả các tổng mọi mỗi những một hai ba tỷ tỉ tổ dịch doanh bưu hồ chính nhà ngành sở bộ mạng số trạm thuê tỉnh"
    " nước trung đài báo ban cơ người hộ chỉ công chuyển kinh xã huyện thiết sản máy điện viễn phát truyền thông"
    " văn cán".split()
)
"""First words of things, which no name of a place begins with where a question is typed in capitals."""
_LETTERED = re.compile(r"\b(?:giải|loại|hạng|nhóm|khối)\s+$", re.IGNORECASE)
"""Before a letter that is no part of a name: "giải A", not "xã A Lưới"."""
_DOES = re.compile(r"\s(?:có|còn|được|đạt|hiện|đang|thu|nộp|xếp|đứng|lắp|phủ)\b")
"""What follows a name that a question begins with: "Bến Cát có bao nhiêu trạm"."""


def proper_names(question: str, places: Sequence[Span]) -> tuple[str, ...]:
    """People and other names of two and more capitalised words, but for the provinces."""
    found = [
        name.name
        for name in find_names(question)
        if not any(place.start < name.end and name.start < place.end for place in places)
    ]
    told = [match for match in WORD.finditer(question) if not any(s.start <= match.start() < s.end for s in places)]
    capitalised = [match.group().istitle() for match in told[1:] if match.group()[0].isalpha()]
    if sum(capitalised) > len(capitalised) / 2:  # a headline: capitals tell nothing
        return tuple(found)
    for run in capital_runs(question):
        named = len(run) > 1 and run[0].group().lower() not in _OPENERS and _DOES.match(question, run[-1].end())
        opens = run[0].start() == 0 and not named
        level = run[0].group().lower() in _LEVELS
        if opens and not level and run[0].group().lower() in _OPENERS:
            continue
        if opens or level:  # a question begins with a capital
            run = run[1:]
        if (
            run
            and run[0].group().lower() in _PRIZES
            and question[: run[0].start()].lower().endswith(("giải ", "giai "))
        ):
            run = run[1:]
        while run and run[-1].group() in OFFICE_WORDS:
            run = run[:-1]
        lettered = (
            bool(run) and len(run[0].group()) == 1 and (len(run) == 1 or _LETTERED.search(question, 0, run[0].start()))
        )
        if not run or run[0].group().lower() in BODIES or lettered:
            continue
        name = question[run[0].start() : run[-1].end()] if len(run) > 1 else ""
        known = any(other in name or name in other for other in found)
        if name and not known and not find_provinces(name, typed=True):
            found.append(name)
    return tuple(found)


def _initials(written: str, reports: Sequence[Report]) -> str:
    """The one indexed province that a word in capitals abbreviates ("ĐN"), or ""."""
    if not (2 <= len(written) <= 4 and written.isupper()):
        return ""
    provinces = {report.province for report in reports if report.province}
    fitting = [name for name in provinces if "".join(part[0] for part in name.split()) == written]
    return fitting[0] if len(fitting) == 1 else ""
