"""Whose figure or deed a stretch tells: the names of places and bodies in it, beside those a question names."""

import re
from collections.abc import Iterator
from functools import lru_cache

from assistant.types import Asked, Query
from index.candidate import Candidate
from index.lexicon import ABBREVIATIONS
from index.names import OFFICE_WORDS, capital_runs
from index.numbers import Kind
from index.provinces import find_provinces
from index.sentences import Sentence
from index.types import Span
from index.words import CAPITALS, fold, key, keys

_PROPER = re.compile(r"(?<=[\s(,])[A-ZĐ][\w-]{2,}")
_PLACED = re.compile(r"(?:huyện|xã|phường|thị trấn|thị xã|thành phố|TP|TX|ấp|bản|thôn|chợ|làng)\.?\s+$", re.IGNORECASE)
_LOCAL = re.compile(
    r"(?<![\w/])(?<!các )(?<!số )(?<!cấp )(xã|huyện|phường|thị trấn|thị xã|thành phố|quận|thôn|bản|xóm|ấp)\s"
    r"(?:(?:đã|hiện|nay|này|cũng|mới|còn)\s)*(?:có|đạt|còn|là|được)\b",
    re.IGNORECASE,
)
"""A smaller place of which something is told: "xã có 6 trạm BTS"."""
_WHOLE = re.compile(
    r"\b(?:toàn|cả|chung|trên địa bàn) (?:tỉnh|thành phố|ngành)\b|\btỉnh (?:hiện |đã )?có\b", re.IGNORECASE
)
_ON_DAY = re.compile(
    r"(?<!đến )(?<!tới )(?<!hết )(?<!den )(?<!toi )(?<!het )\b(?:ngày|ngay) (?P<day>\d{1,2})[/-](?P<month>\d{1,2})\b",
    re.IGNORECASE,
)
_GIVEN_TO = re.compile(
    r"\b(?:(?:tặng|trao) (?:giấy khen|bằng khen|cờ|danh hiệu|kỷ niệm chương|giải)|khen thưởng|biểu dương|tôn vinh"
    r"|vinh danh)\b(?:(?!\bcấp |hỗ trợ)[^;.\d]){0,120}\bcho\s+$",
    re.IGNORECASE,
)
_REWARD = re.compile(
    r"\b(?:khen|tang|thuong|bieu duong|ton vinh|vinh danh|trao|giai|danh hieu|phong|xuat sac|cong nhan|nhan)\b"
)
_NATION = re.compile(r"\b(?:ca nuoc|toan quoc|quoc gia|binh quan|trung binh|mat bang|khu vuc|mien)\b")
_OF_NATION = re.compile(
    r"(?<!hơn )(?<!hơn mức )(?<!vượt )(?<!vượt mức )(?<!với )(?<!với mức )"
    r"\b(?:bình quân|trung bình|mức chung|mặt bằng|tỷ lệ|mức(?! bình quân| trung bình))(?: chung)?(?: của)?"
    r" (?:cả nước|toàn quốc)\b[^;.]{0,40}$",
    re.IGNORECASE,
)
_FIRMS = "viettel|vnpt|vinaphone|mobifone|vietnamobile|fpt|vnpost|vietnam post|gtel"
FIRM = re.compile(rf"\b(?:{_FIRMS})\b")
_RANKED_BODY = re.compile(
    r"\b(Đài(?: (?:Phát thanh|Truyền thanh|Truyền hình|PT-?TH)(?: và Truyền hình)?)?|Báo|Tạp chí|Bệnh viện|Trường"
    rf"|Công ty)\s(?:(?:tỉnh|huyện|thành phố)\s)?[{CAPITALS}]"
)
"""What is ranked beside the province: its newspaper, its station."""
_OF_PLACE = re.compile(
    rf"\b(?P<sort>[Hh]uyện|[Tt]hị xã|[Tt]hành phố|[Qq]uận|TP|TX)\.?"
    rf"\s(?P<name>[{CAPITALS}][^\W\d_]*(?:\s[{CAPITALS}][^\W\d_]*){{0,3}})"
    r"\s?[(:–-]?\s?(?:(?:có|đạt|với|là|còn|được|hiện)\s)?(?:gần|hơn|khoảng|trên|ước)?\s?$"
)
"""Right before a figure, the place that it is of: "Thành phố Hòa Bình (67,1%", "huyện Trà Cú 121 tổ"."""
_SPREAD = re.compile(
    r"(?:[^\d.;:()]|\dG\b){0,60}?\b(?:tập trung|phần lớn|chủ yếu|đa số|nhiều nhất|đều)\b", re.IGNORECASE
)
"""Behind a figure, what leads to some of the places it is of."""
_RECEIVES = re.compile(
    r"\b(?:được (?:nhận|trao|tặng|khen|thưởng|phong)|duoc (?:nhan|trao|tang|khen|thuong|phong)"
    r"|(?:ai|người|nguoi)(?: nào| nao)? (?:nhận|nhan)(?! (?:định|xét|thức|dinh|xet|thuc)))\b"
)
_HANDS_OVER = re.compile(
    r"(?:(?!\b(?:được|nhận)\b)[^.;]){0,60}?\b(?:trao(?! đổi)|tặng)\b[^.;]{0,80}\bcho\b", re.IGNORECASE
)
"""How the one who gets something is asked for, and what stands behind the name of who hands it over."""
_OF_FIRM = re.compile(rf"\b(?:giam doc|dung dau|lanh dao|dai dien|sep|chu tich|truong)(?: cua)? ({_FIRMS})\b")
"""Whose person is asked for: "người đứng đầu VNPT"."""
_NEAR_PLACE = 60
_FEWEST = 2
"""Capitalised words that make a name, where no "huyện" or the like stands before it."""


def names_told(candidate: Candidate, query: Query) -> dict[str, float]:
    """Whether the candidate's own stretch names what the question names, something else, or something unasked."""
    text = candidate.sentence.report.text
    own = text[candidate.span.start : candidate.zone.end]
    if candidate.member is not None:
        own = f"{text[candidate.member.start : candidate.member.end]} {own}"
    asked = _asked(query.question, query.names)
    if asked and candidate.member is None and not _names_in(own):  # it goes on about what leads to the figure before
        own = text[candidate.begins : candidate.zone.end]
    if not asked:
        said = text[candidate.span.start : candidate.span.end]
        return {"unasked_named": float(bool(_names_in(said)))}
    told = f" {' '.join(keys(own))} "
    holds = any(f" {name} " in told for name in asked)
    return {
        "named": float(holds),
        "no_named": float(not holds),
        "other_named": float(not holds and bool(_names_in(own))),
    }


def tells_no_firm_asked(candidate: Candidate, query: Query) -> bool:
    """Whether the question names a firm and neither the figure's paragraph up to it nor its headings do.

    Of a person the name's own sentence must, if it is the firm's person that is asked for.
    """
    of_person = candidate.quantity is None
    asked = set((_OF_FIRM if of_person else FIRM).findall(fold(query.question)))
    if not asked or (of_person and query.asked is not Asked.WHO):
        return False
    sentence, text = candidate.sentence, candidate.sentence.report.text
    parts = [*candidate.heads, *sentence.headings, *([candidate.member] if candidate.member else [])]
    parts += [sentence.span] if of_person else _paragraph_up_to(sentence)
    return not any(set(FIRM.findall(fold(text[part.start : part.end]))) & asked for part in parts)


def _paragraph_up_to(sentence: Sentence | None) -> Iterator[Span]:
    """A sentence and those before it in its paragraph."""
    while sentence is not None:
        yield sentence.span
        sentence = sentence.before


def is_of_smaller_place(candidate: Candidate, query: Query) -> bool:
    """Whether a figure is told of one district, town or commune by its name, which the question does not hold."""
    if candidate.quantity is None or query.extreme or query.names:
        return False
    text = candidate.sentence.report.text
    start = candidate.begins
    place = _OF_PLACE.search(text, max(start, candidate.core.start - _NEAR_PLACE), candidate.core.start)
    if place is None:
        return False
    asked = fold(query.question)
    sort, name = fold(place["sort"]), fold(place["name"])
    provinces = {fold(province) for province in query.provinces}
    called = f"{sort} {name}" if name in provinces else name
    return f" {called} " not in f" {re.sub(r'[^a-z0-9]+', ' ', asked)} "


def is_of_more_places(candidate: Candidate, query: Query) -> bool:
    """Whether a figure is of several places, mostly the one asked about: "47 bản, tập trung ở Kỳ Sơn (19), …"."""
    if candidate.quantity is None or not query.names:
        return False
    text, sentence = candidate.sentence.report.text, candidate.sentence
    led = f" {' '.join(keys(text[candidate.begins : candidate.core.start]))} "
    spread = _SPREAD.match(text, candidate.core.end, sentence.span.end)
    if spread is None or any(f" {' '.join(keys(name))} " in led for name in query.names):
        return False
    behind = f" {' '.join(keys(text[spread.end() : sentence.span.end]))} "
    return any(f" {' '.join(keys(name))} " in behind for name in query.names)


def is_of_nation(candidate: Candidate, query: Query) -> bool:
    """Whether a figure is told of the whole country, which is not asked for: "bình quân cả nước 40,5%"."""
    if candidate.quantity is None or candidate.kind is Kind.RANK or _NATION.search(fold(query.question)):
        return False
    told = _OF_NATION.search(candidate.sentence.report.text, candidate.begins, candidate.core.start)
    return told is not None and not candidate.direction


def tells_no_day_asked(candidate: Candidate, query: Query) -> bool:
    """Whether a figure of one day is asked for and neither its sentence nor the one before names the day."""
    day = _ON_DAY.search(query.question)
    if day is None or candidate.quantity is None:
        return False
    named = rf"(?<!\d)0?{int(day['day'])}[/-]0?{int(day['month'])}(?!\d)"
    return re.search(named, candidate.sentence.with_before) is None


def gives_what_is_received(candidate: Candidate, query: Query) -> bool:
    """Whether a name is of who hands something over where the one who gets it is asked for."""
    if query.asked is not Asked.WHO or not _RECEIVES.search(query.question.lower()):
        return False
    return _HANDS_OVER.match(candidate.sentence.report.text, candidate.core.end) is not None


def is_rewarded(candidate: Candidate, query: Query) -> bool:
    """Whether those counted are given a prize, which is not asked for: "tặng giấy khen cho 25 tổ"."""
    text = candidate.sentence.report.text
    given = _GIVEN_TO.search(text, candidate.begins, candidate.core.start)
    return given is not None and _REWARD.search(fold(query.question)) is None


def ranks_another_body(candidate: Candidate, query: Query) -> bool:
    """Whether a rank is told of a newspaper, a station or the like that the question does not name."""
    if candidate.kind is not Kind.RANK:
        return False
    body = _RANKED_BODY.search(candidate.sentence.report.text, candidate.lead.start, candidate.core.start)
    return body is not None and fold(body.group(1)).split()[0] not in fold(query.question).split()


def level_told(candidate: Candidate, query: Query) -> dict[str, float]:
    """Whether a figure is told of a smaller place than the province, which is not asked for, or of the whole."""
    if candidate.quantity is None:
        return {}
    text = candidate.sentence.report.text
    start = candidate.begins
    local = _LOCAL.search(text, start, candidate.core.start)
    asked = fold(query.question)
    whole = _WHOLE.search(text, start, candidate.core.start) is not None
    return {
        "local_told": float(local is not None and not whole and f" {fold(local.group(1))} " not in f" {asked} "),
        "whole_told": float(whole),
        "member": float(candidate.member is not None),
    }


@lru_cache(maxsize=1024)
def _asked(question: str, names: tuple[str, ...]) -> frozenset[str]:
    """What a question names in capitals, as keys: places, people and firms, but no province and no abbreviation."""
    provinces = find_provinces(question, typed=True)
    found = [
        match.group()
        for match in _PROPER.finditer(question)
        if match.group().upper() not in ABBREVIATIONS
        and match.group() not in OFFICE_WORDS
        and not any(place.start <= match.start() < place.end for place in provinces)
    ]
    alone = [one for one in found if one.isupper() or not one.istitle()]  # "VNPT", "MobiFone"
    return frozenset(" ".join(keys(name)) for name in (*names, *alone) if key(name))


@lru_cache(maxsize=32768)
def _names_in(stretch: str) -> tuple[str, ...]:
    """The places and bodies a stretch names, without provinces."""
    found = []
    for run in capital_runs(stretch):
        opens = run[0].start() == 0
        run = run[1:] if opens and len(run) > 1 else run
        while run and run[0].group() in OFFICE_WORDS:
            run = run[1:]
        if not run or (opens and run[0].start() == 0):
            continue
        name = stretch[run[0].start() : run[-1].end()]
        placed = _PLACED.search(stretch[max(0, run[0].start() - 12) : run[0].start()]) is not None
        if (len(run) >= _FEWEST or placed) and (placed or not find_provinces(name)):
            found.append(name)
    return tuple(found)
