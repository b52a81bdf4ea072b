"""Vietnamese numbers written in words: "hai mươi ba" ⇄ 23, "một trăm linh năm" ⇄ 105."""

_DIGITS = "không một hai ba bốn năm sáu bảy tám chín".split()
_VALUES = {word: value for value, word in enumerate(_DIGITS)} | {
    "bẩy": 7, "tư": 4, "mốt": 1, "lăm": 5, "nhăm": 5,
}  # fmt: skip
_DIGIT = "một|hai|ba|bốn|năm|sáu|bảy|bẩy|tám|chín"
_AFTER_TEN = "một|mốt|hai|ba|bốn|tư|lăm|nhăm|sáu|bảy|bẩy|tám|chín"
_TENS = rf"(?:(?:{_DIGIT})\s+mươi|mười)(?:\s+(?:{_AFTER_TEN}))?(?!\w)"
_HUNDREDS = rf"(?:{_DIGIT})\s+trăm(?:\s+(?:(?:linh|lẻ)\s+(?:{_DIGIT}|tư)(?!\w)|{_TENS}))?"
_BELOW_THOUSAND = rf"(?:{_HUNDREDS}|{_TENS})"
_REST = rf"(?:không\s+trăm\s+(?:(?:linh|lẻ)\s+(?:{_DIGIT}|tư)(?!\w)|{_TENS})|{_BELOW_THOUSAND})"
_MANY = rf"(?:(?:{_BELOW_THOUSAND}|{_DIGIT})\s+(?:nghìn|ngàn)\s+{_REST}|{_BELOW_THOUSAND})"
_COUNTED = (
    "cuộc|đợt|lớp|xã|phường|huyện|tỉnh|thành phố|thị trấn|thị xã|thôn|bản|tập thể|cá nhân|đơn vị|cơ quan|doanh nghiệp"
    "|hội nghị|hội thảo|tọa đàm|lần|thủ tục|trạm|vị trí|giải pháp|giải|hệ thống|nhiệm vụ|dự án|đề án|mô hình"
    "|trường hợp|vụ|người|cán bộ|chuyên viên|công chức|bằng khen|giấy khen|cờ|huân chương|sở|nhà mạng|tổ|đài|tờ báo"
    "|tạp chí|chỉ tiêu|chỉ số|nhóm|trụ cột|nền tảng|ứng dụng|phần mềm|văn bản|quyết định|kế hoạch|nghị quyết|phiên"
    "|khóa|bậc|hạng|lượt|tin bài|bản tin|chương trình|sản phẩm|trung tâm|phòng|trường|bệnh viện|hộ|mục tiêu|hạn chế"
    "|tồn tại|khó khăn|nguyên nhân|bài học|dịch vụ|bưu cục|điểm|cổng|trang|kênh|thuê bao|tuyến|máy|bộ|gói|lĩnh vực"
)
_UNITS = "tháng|năm|ngày|tuần|quý|phần trăm|nghìn|ngàn|triệu|tỷ|tỉ"
_ONCE = "cuộc|đợt|lớp|tập thể|cá nhân|trường hợp|vụ|cơ quan báo chí|bằng khen|giấy khen|cờ thi đua|huân chương|giải"
_FIVE = "|".join(
    rf"(?<={word}\s)" for word in "có gồm cho tặng khen thêm mở và với trao còn chức được thưởng lập trên".split()
)
"""Before "năm" as five; elsewhere it is a year."""
SPELLED = (
    rf"(?:{_MANY}(?!\w)|(?:hai|ba|bốn|(?:{_FIVE}|(?<=,\s))năm|sáu|bảy|bẩy|tám|chín)(?=\s+(?:{_COUNTED})(?!\w|\shội\b))"
    rf"|(?:hai|ba|bốn|sáu|bảy|bẩy|tám|chín)(?=\s+(?:{_UNITS})(?!\w))"
    rf"|một(?=\s+(?:{_ONCE}|nghìn|ngàn|triệu|tỷ|tỉ)(?!\w))|năm(?=\s+(?:nghìn|ngàn|triệu|tỷ|tỉ)(?!\w)))"
).replace(" ", r"\s+")
"""Pattern of a number in words. A single digit is one only before what is counted or a unit: "ba" may be a father,
"năm" a year and "một" an article."""
_ORDINALS = {"nhất": 1, "nhì": 2} | {word: _VALUES[word] for word in "hai ba tư năm sáu bảy bẩy tám chín".split()}
ORDINAL = rf"(?:{'|'.join(_ORDINALS)}|{_TENS})"
"""Pattern of a place in words: "thứ nhất", "thứ mười hai"."""


def spelled_value(words: str) -> int:
    """Value of a number in words that ``SPELLED`` or ``ORDINAL`` matches: "hai mươi ba" → 23."""
    total = value = 0
    listed = words.lower().split()
    for number, word in enumerate(listed):
        if word in ("nghìn", "ngàn"):
            total, value = total + value * 1000, 0
        elif word == "trăm":
            value *= 100
        elif word == "mười":
            value += 10
        elif word == "mươi":
            digit = _VALUES[listed[number - 1]]
            value += digit * 9
        elif word in _ORDINALS and len(listed) == 1:
            return _ORDINALS[word]
        elif word not in ("linh", "lẻ"):
            value += _VALUES[word]
    return total + value


def in_words(number: int) -> str:
    """A number in words: 23 → "hai mươi ba".

    Raises:
        ValueError: It is not between 1 and 999,999.
    """
    if not 1 <= number <= 999_999:
        raise ValueError(f"{number} is not between 1 and 999,999")
    thousands, rest = divmod(number, 1000)
    head = f"{_below_thousand(thousands, padded=False)} nghìn" if thousands else ""
    tail = _below_thousand(rest, padded=bool(thousands)) if rest else ""
    return f"{head} {tail}".strip()


def _below_thousand(number: int, padded: bool) -> str:
    hundreds, rest = divmod(number, 100)
    head = f"{_DIGITS[hundreds]} trăm " if hundreds or padded else ""
    if not rest:
        return head.strip()
    if rest < 10:
        return f"{head}{'linh ' if head else ''}{_DIGITS[rest]}"
    return f"{head}{_below_hundred(rest)}"


def _below_hundred(number: int) -> str:
    tens, digit = divmod(number, 10)
    head = "mười" if tens == 1 else f"{_DIGITS[tens]} mươi"
    if not digit:
        return head
    special = {5: "lăm"} if tens == 1 else {1: "mốt", 5: "lăm"}
    return f"{head} {special.get(digit, _DIGITS[digit])}"
