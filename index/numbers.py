"""Vietnamese figures in running text: numbers, shares, ratios, money, ranks, dates and times, with offsets."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from index.kept import kept_if_short
from index.number_words import ORDINAL, SPELLED, spelled_value


class Kind(StrEnum):
    """What a figure is by its form."""

    NUMBER = "number"
    PERCENT = "percent"
    MONEY = "money"
    RATIO = "ratio"
    MULTIPLE = "multiple"
    RANK = "rank"
    DATE = "date"
    TIME = "time"
    YEAR = "year"
    PERIOD = "period"


MOMENTS = (Kind.YEAR, Kind.DATE, Kind.TIME)
DATING = (*MOMENTS, Kind.PERIOD)
"""Forms that tell when, not how much."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """A figure of a text.

    Attributes:
        start: Offset of its first digit (of "ngày" or "thứ" where that belongs to it).
        end: Offset after the number and the unit written with it ("tỷ đồng", "%").
        kind: What it is by its form.
        value: The number in units ("3.720 tỷ đồng" → 3720000000000); of a ratio the first number; None for dates.
        unit: "%", "đồng", "USD" or "" where a noun follows instead.
        precision: "gần", "hơn", "trên", "khoảng", "ước đạt" …, lower case, or "".
        precision_start: Offset of the precision word, ``start`` if there is none.
    """

    start: int
    end: int
    kind: Kind
    value: Decimal | None
    unit: str
    precision: str
    precision_start: int


_NUMBER = (
    r"\d{1,3}(?:[.,]\d{3})+(?:[.,]\d+)?(?!\d)|\d{1,3}(?:[ \u00a0]\d{3})+(?:[.,]\d{1,2})?(?![\d.,]\d)|\d+(?:[.,]\d+)?"
)
_SCALE = r"nghìn\ tỷ|nghìn\ tỉ|ngàn\ tỷ|tỷ|tỉ|triệu|nghìn|ngàn"
_SCALES = {
    "nghìn": 10**3,
    "ngàn": 10**3,
    "triệu": 10**6,
    "tỷ": 10**9,
    "tỉ": 10**9,
    "nghìn tỷ": 10**12,
    "nghìn tỉ": 10**12,
    "ngàn tỷ": 10**12,
}
_REST = (
    r"(?:(?<=t[ỷỉ])\ \d{1,3}\ triệu(?!\w)(?:\ \d{1,3}\ (?:nghìn|ngàn)(?!\w))?"
    r"|(?<=triệu)\ \d{1,3}\ (?:nghìn|ngàn)(?!\w))"
)
"""What may follow a scale: "1 triệu 960 nghìn", "1 tỷ 200 triệu 500 nghìn"."""
_CURRENCY = r"đồng|đ|VNĐ|VND|USD|đô\ la(?:\ Mỹ)?"
_OF_MANY = "xã|huyện|phường|thôn|bản|ấp|thị\\ trấn|tiêu\\ chí|chỉ\\ tiêu|đơn\\ vị|hệ\\ thống|sở|cơ\\ quan|nhiệm\\ vụ"
"""What is counted by "từ 12 đến 15/19 xã", which is no date."""
_GLUED = r"km|m2|m²|m|ha|kg|[KMGT]B|[KMG]bps"
"""Units that are written right after a number; other letters there make a label ("4G") of it."""
_PATTERN = re.compile(
    rf"""
      (?P<date>(?:ngày\s+)?\d{{1,2}}\s+tháng\s+\d{{1,2}}(?:\s*(?:năm\s+|/)\d{{4}})?
        |(?<![\d/])\d{{1,2}}[/.-]\d{{1,2}}[/.-](?:19|20)\d{{2}}(?![\d/])
        |(?<=ngày\ )\d{{1,2}}(?:[/-]\d{{1,2}})?\s*(?:và|đến|,|đến\ ngày)\s*
           \d{{1,2}}[/-]\d{{1,2}}(?:[/-]\d{{4}})?(?![\d/])
        |(?<=ngày\ )\d{{1,2}}(?:/\d{{1,2}})?\s*[-–]\s*\d{{1,2}}/\d{{1,2}}(?:/\d{{4}})?
        |(?<=từ\ )\d{{1,2}}(?:/\d{{1,2}})?\s+(?:đến|tới)\s+(?:ngày\s+)?
           \d{{1,2}}/(?:0?[1-9]|1[0-2])(?:/(?:19|20)\d{{2}})?(?![\d/%]|\s+(?:{_OF_MANY})\b)
        |(?:(?<=ngày\ )|(?<=chiều\ )|(?<=sáng\ )|(?<=tối\ )|(?<=hôm\ )|(?<=nay\ )|(?<=trước\ ))
           \d{{1,2}}/\d{{1,2}}(?![\d/-])
        |(?:(?<=ngày\ )|(?<=chiều\ )|(?<=sáng\ )|(?<=tối\ )|(?<=hôm\ )|(?<=nay\ )|(?<=trước\ ))
           \d{{1,2}}-(?:0?[1-9]|1[0-2])(?=\s*(?:[,;.)]|$|(?:tại|ở|của|do|với|và|đến|năm)\b))
        |(?<![\d/-])\d{{1,2}}-(?:0?[1-9]|1[0-2])\s+(?:đến|tới)\s+(?:ngày\s+)?\d{{1,2}}-(?:0?[1-9]|1[0-2])
           (?:-(?:19|20)\d{{2}})?(?![\d-])
        |(?<![\d/.,-])\d{{1,2}}/(?:0?[1-9]|1[0-2])\s*[-–]\s*\d{{1,2}}/(?:0?[1-9]|1[0-2])/(?:19|20)\d{{2}}(?![\d/])
        |(?:tháng\s+)\d{{1,2}}(?:/|\s+năm\s+)(?:19|20)\d{{2}}
        |quý\s+(?:IV|I{{1,3}}|[1-4])(?:/|\s+năm\s+)(?:19|20)\d{{2}}
        |(?<![\d/])\d{{2}}/(?:19|20)\d{{2}}(?![\d/]))
    | (?P<time>\b\d{{1,2}}(?::|h|\ giờ\ )\d{{2}}(?:\ phút)?(?!\d)|\b\d{{1,2}}\ giờ\b)
    | (?P<year>(?:(?<=năm\ )|(?<=năm\ \ )|(?<=INDEX\ )|(?<=DTI\ )|(?<=PCI\ )|(?<=PAPI\ )|(?<=SIPAS\ ))
           (?:19|20)\d{{2}}(?:\s*[-–]\s*(?:19|20)\d{{2}})?(?![\d.,/]\d)
        |(?:(?<=hoạch\ )|(?<=kỳ\ )|(?<=cuối\ )|(?<=đầu\ )|(?<=hết\ ))(?:19|20)\d{{2}}
           (?=\s*(?:[,;:)]|\.\s|(?:là|đạt|đặt|có|đề|toàn|tỉnh|cả|của)(?!\w)|$))
        |(?:(?<=với\ )|(?<=từ\ )(?<!tăng\ từ\ )(?<!giảm\ từ\ )(?<!nâng\ từ\ )|(?<=giá\ )
           |(?<=kỳ\ )|(?<=sang\ )|(?<=trong\ ))(?:19|20)\d{{2}}
           (?=\s+(?:đến|tới|thêm|tăng|giảm|ghi|lên|sang|là|thì|nhiều|ít|cao|thấp)(?!\w))
        |(?<![\d.,/])(?:19|20)\d{{2}}\s*[-–]\s*(?:19|20)\d{{2}}(?!\d)
        |(?<=đến\ hết\ )(?:19|20)\d{{2}}(?![\d.,/]\d)
        |(?<![\d.,/-])(?:19|20)\d{{2}}(?=[,;.)]?(?:\s*$|[,;.):]\s|\))))
    | (?P<rank>(?:thứ|hạng|vị\ trí)\s+(?P<place>\d{{1,3}})(?:\s*/\s*\d{{1,3}})?(?![\d.,]\d|\s*,\s*\d{{1,2}}/)
        |(?:(?<=xếp\ )|(?<=đứng\ ))(?P<of_all>\d{{1,2}})\s?/\s?6[34](?![\d/]|[.,]\d)
        |(?:(?<=xếp\ )|(?<=đứng\ )|(?<=hạng\ )|(?<=vị\ trí\ ))thứ\s+(?P<ordinal>{ORDINAL})(?!\w))
    | (?P<multiple>gấp\s+(?:đôi|ba|rưỡi|(?:(?:hơn|gần|khoảng|trên)\s+)?(?:{_NUMBER})\s+lần))
    | (?P<ratio>(?<![\d.,/-])(?:{_NUMBER})\s?/\s?(?:{_NUMBER})(?![\d/]|-[A-ZĐ]))
    | (?:(?P<number>(?:(?<![\w.,/-])|(?<=\d-))(?>{_NUMBER})
           (?!(?!(?:{_SCALE}|{_CURRENCY}|{_GLUED})(?!\w))[^\W\d_]|-[A-ZĐ]|/[A-ZĐ]))
        |(?<!\w)(?<!thứ\ )(?P<spelled>{SPELLED}))
      (?:(?P<period>\s(?:tháng|năm|ngày|tuần|quý)(?!\w))
        |\s?(?P<percent>%|phần\ trăm)|\s?(?P<scale>{_SCALE})(?!\w)(?P<rest>{_REST})?)?
      (?:\s?(?P<currency>{_CURRENCY})(?!\w))?
    """,
    re.VERBOSE | re.IGNORECASE,
)
_PRECISION = re.compile(
    r"(?<!\w)(?:(?:gần|(?<!cao )(?<!nhiều )(?<!ít )(?<!thấp )(?<!lớn )(?<!nhỏ )(?<!nhỉnh )(?<!kém )hơn"
    r"|(?<!đặt )(?<!nằm )(?<!lắp )(?<!treo )trên|dưới|khoảng|xấp xỉ|chừng|tối thiểu|ít nhất|ước đạt|ước tính"
    r"|ước|trên dưới)"
    r"\s+(?:đạt\s+)?)+$",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"(?:(?<!chỉ )(?<!tổng )(?<!trong )\bsố|\b(?:đề án|quyết định|nghị quyết|chỉ thị|nghị định|thông tư|kế hoạch số"
    r"|khóa|khoá|khóm|ấp|phường|quận|giai đoạn|tổ|khu phố|điều|khoản|mức độ|mức|cấp độ|phiên bản|lần thứ|web|windows"
    r"|công nghiệp|quý|(?<!mỗi )(?<!hằng )(?<!hàng )(?<!một )(?<!\d )(?<!ba )(?<!sáu )(?<!chín )tháng"
    r"|kỳ họp thứ|tổng đài|đường dây nóng))\s+$",
    re.IGNORECASE,
)

_LEADING = re.compile(_NUMBER)
_CODE = re.compile(r"0\d")
_UNIT_OR_NOUN = re.compile(r"\s(?!(?:và|đến|tới|của|tại|ở|năm|là)\b)[^\W\d_]")
_RANK_LEAD = re.compile(r"(?:\b(?:xếp|đứng|giữ|ở)|[,;(])\s+(?:hạng|vị trí)\s$", re.IGNORECASE)
_RANK_END = re.compile(r"\s*(?:[,;.)]|$|(?:trên|trong|cả nước|toàn quốc|về|của)\b)", re.IGNORECASE)
_DAY = re.compile(r"(0?[1-9]|[12]\d|3[01])/(0?[1-9]|1[0-2])")
_TIME_LEAD = re.compile(r"\b(?:từ|đến|tới|hết|vào|dịp|sau|trước)\s$", re.IGNORECASE)
_COUNTED = re.compile(rf"\s+(?:{_OF_MANY})\b".replace("\\ ", " "), re.IGNORECASE)
_SHARE_LEAD = re.compile(r"\b(?:hoàn thành|đạt|vượt|xử lý|giải quyết|có|được)\s$", re.IGNORECASE)
_DAY_END = re.compile(r"\s*(?:[,;.)]|$)")
_AGE = re.compile(r"\s+tuổi\b", re.IGNORECASE)
"""After a number that only says who is meant: "dân số từ 15 tuổi trở lên"."""


def parse_number(written: str) -> Decimal:
    """Value of a number written the Vietnamese or the English way: "1.167" → 1167, "99.29" → 99.29.

    One separator before exactly three digits groups thousands, as these reports write it.
    """
    compact = re.sub(r"\s", "", written)
    grouped = re.fullmatch(r"(\d{1,3}(?:[.,]\d{3})+)(?:[.,](\d+))?", compact)
    # after a zero one separator is a decimal mark; two of them are none
    if grouped and not (compact.startswith("0") and len(re.findall("[.,]", compact)) == 1):
        whole = re.sub(r"[.,]", "", grouped.group(1))
        return Decimal(f"{whole}.{grouped.group(2)}" if grouped.group(2) else whole)
    return Decimal(compact.replace(",", "."))


def format_number(value: Decimal) -> str:
    """A number the Vietnamese way: 1167 → "1.167", 99.29 → "99,29"."""
    whole, _, fraction = f"{value:f}".partition(".")
    return f"{int(whole):,}".replace(",", ".") + (f",{fraction}" if fraction else "")


def in_vietnamese_form(text: str) -> str:
    """The text with its plain numbers grouped by dots and with a decimal comma; values stay the same.

    Years, dates, ratios, ranks and numbers with leading zeros stay as they are written.
    """
    for quantity in reversed(find_quantities(text)):
        if quantity.kind not in (Kind.NUMBER, Kind.PERCENT, Kind.MONEY):
            continue
        written = re.match(_NUMBER, text[quantity.start : quantity.end])
        if written and not re.match(r"0\d", written.group()):
            formed = format_number(parse_number(written.group()))
            text = text[: quantity.start] + formed + text[quantity.start + written.end() :]
    return text


@kept_if_short
def find_quantities(text: str, start: int = 0, end: int | None = None) -> list[Quantity]:
    """Figures in ``text[start:end]``, in order; numbers that are mere labels ("Đề án 06", "4G") are left out."""
    return list(_quantities(text, start, len(text) if end is None else end))


def _quantities(text: str, start: int, end: int) -> Iterator[Quantity]:
    last: Quantity | None = None
    for match in _PATTERN.finditer(text, start, end):
        head = text[max(start, match.start() - 24) : match.start()]
        precision = _PRECISION.search(head)
        if precision and match["ratio"]:  # "trên 624/624 thôn" tells the place, not "more than"
            precision = None
        precise = re.sub(r"\s+", " ", precision.group().strip().lower()) if precision else ""
        before = match.start() - (len(head) - precision.start()) if precision else match.start()
        quantity = _quantity(match, precise, before)
        if _AGE.match(text, match.end()) or _ends_name(head, match.group()):
            continue
        bare = (match["number"] or "").isdigit() and not match["scale"]
        if quantity.kind is Kind.NUMBER and bare and _LABEL.search(head):
            continue
        if match["number"] and head.endswith("-") and not _ends_range(text, last, quantity):
            continue
        last = quantity
        yield quantity


def _ends_range(text: str, low: Quantity | None, high: Quantity) -> bool:
    """Whether a number behind a hyphen is the upper end of a range: "150-180 cuộc gọi", no day ("30-4"), no label."""
    if low is None or low.kind is not Kind.NUMBER or low.end != high.start - 1 or low.unit:
        return False
    if _CODE.match(text, low.start):
        return False
    lower, upper = parse_number(text[low.start : low.end]), parse_number(_LEADING.match(text, high.start)[0])  # type: ignore[index]
    return lower < upper and (high.kind is not Kind.NUMBER or _UNIT_OR_NOUN.match(text, high.end) is not None)


def _ends_name(head: str, written: str) -> bool:
    """Whether a number word is the last of a person's names: "Hồ Văn Mười"."""
    before = head.split()
    return written[:1].isupper() and bool(before) and head[-1:] == " " and before[-1].istitle()


def _quantity(match: re.Match[str], precision: str, before: int) -> Quantity:
    kind, value, unit = Kind.NUMBER, None, ""
    if match["date"]:
        kind = Kind.DATE
    elif match["time"]:
        kind = Kind.TIME
    elif match["year"]:
        kind, value = Kind.YEAR, Decimal(match["year"][:4])
    elif match["rank"]:
        place = match["place"] or match["of_all"] or spelled_value(match["ordinal"])
        kind, value = Kind.RANK, Decimal(place)
    elif match["multiple"]:
        kind, value = Kind.MULTIPLE, _multiple(match["multiple"])
    elif match["ratio"] and _is_day(match):
        kind = Kind.DATE
    elif match["ratio"]:
        kind, value = Kind.RATIO, parse_number(match["ratio"].partition("/")[0].strip())
    else:
        kind, unit = _kind_and_unit(match)
        number = Decimal(spelled_value(match["spelled"])) if match["spelled"] else parse_number(match["number"])
        value = number * _SCALES.get((match["scale"] or "").lower(), 1) + _rest_value(match["rest"])
    return Quantity(match.start(), match.end(), kind, value, unit, precision, before)


def _rest_value(written: str | None) -> Decimal:
    """What a number goes on by after its scale: 960000 of "1 triệu 960 nghìn"."""
    if not written:
        return Decimal(0)
    parts = written.split()
    return sum(
        (Decimal(n) * _SCALES[scale.lower()] for n, scale in zip(parts[::2], parts[1::2], strict=True)), Decimal(0)
    )


def _is_day(match: re.Match[str]) -> bool:
    """Whether "16/10" is a day: more than its whole, or led to by a time word and followed by nothing."""
    day = _DAY.fullmatch(match["ratio"])
    if day is None or _COUNTED.match(match.string, match.end()):
        return False
    if _SHARE_LEAD.search(match.string, max(0, match.start() - 12), match.start()):
        return False
    led = _TIME_LEAD.search(match.string, max(0, match.start() - 12), match.start()) is not None
    return int(day[1]) > int(day[2]) or (led and _DAY_END.match(match.string, match.end()) is not None)


def _is_rank(match: re.Match[str]) -> bool:
    """Whether a number in words is a place: "điểm, hạng hai mươi bảy"."""
    before = match.string[max(0, match.start() - 16) : match.start()]
    return _RANK_LEAD.search(before) is not None and _RANK_END.match(match.string, match.end()) is not None


def _kind_and_unit(match: re.Match[str]) -> tuple[Kind, str]:
    """What a plain number is by the unit written with it."""
    if match["period"]:
        return Kind.PERIOD, match["period"].strip().lower()
    if match["percent"]:
        return Kind.PERCENT, "%"
    if match["spelled"] and match["spelled"][0].islower() and _is_rank(match):
        return Kind.RANK, ""
    if match["currency"]:
        return Kind.MONEY, "USD" if match["currency"].lower().startswith(("usd", "đô")) else "đồng"
    if match["scale"] and match["scale"].lower().endswith(("tỷ", "tỉ")):
        return Kind.MONEY, "đồng"
    return Kind.NUMBER, ""


def _multiple(written: str) -> Decimal:
    word = [word for word in written.lower().split() if word != "lần"][-1]
    words = {"đôi": Decimal(2), "ba": Decimal(3), "rưỡi": Decimal("1.5")}
    return words[word] if word in words else parse_number(word)
