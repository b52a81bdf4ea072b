"""Names of people in Vietnamese text."""

import re
from dataclasses import dataclass

SURNAMES = frozenset(
    [
        "Nguyễn",
        "Trần",
        "Lê",
        "Phạm",
        "Hoàng",
        "Huỳnh",
        "Phan",
        "Vũ",
        "Võ",
        "Đặng",
        "Bùi",
        "Đỗ",
        "Hồ",
        "Ngô",
        "Dương",
        "Lý",
        "Hà",
        "Trương",
        "Đinh",
        "Lâm",
        "Mai",
        "Tô",
        "Trịnh",
        "Đoàn",
        "Lương",
        "Cao",
        "Châu",
        "Tạ",
        "Quách",
        "Thái",
        "Triệu",
        "Vi",
        "Nông",
        "Lò",
        "Sùng",
        "Giàng",
        "Quàng",
        "Cà",
        "Ma",
        "Hứa",
        "La",
        "Mùa",
        "Vàng",
        "Thào",
        "Hạng",
        "Điểu",
        "Ksor",
        "Rơ",
        "Siu",
        "Đàm",
        "Kiều",
        "Tống",
        "Từ",
        "Phùng",
        "Khuất",
        "Bạch",
        "Chu",
        "Doãn",
        "Đào",
        "Đồng",
        "Giang",
        "Kim",
        "Lục",
        "Lưu",
        "Mạc",
        "Nghiêm",
        "Ninh",
        "Phí",
        "Sầm",
        "Thạch",
        "Tăng",
        "Thân",
        "Tiêu",
        "Tôn",
        "Uông",
        "Văn",
        "Vương",
        "Quản",
        "Lù",
        "Lầu",
        "Hầu",
        "Cầm",
        "Khà",
        "Hờ",
        "Thiều",
        "Khổng",
        "Nhâm",
        "Viên",
        "Bế",
        "Chẩu",
        "A",
        "Y",
        "Đàng",
        "Kpă",
        "Rmah",
        "Bríu",
        "Pinăng",
        "Chamaléa",
        "Tằng",
        "Phàn",
        "Vừ",
        "Thò",
        "Ly",
    ]
)
_WORD = re.compile(r"[^\W\d_]+")
_TITLES = frozenset(["Ông", "Bà", "Anh", "Chị"])
_TITLE = re.compile(r"(?:ông|bà|đồng chí|đ/c|anh|chị|bác sĩ|tiến sĩ|thạc sĩ)\s+$", re.IGNORECASE)

_PLACE = re.compile(r"(tỉnh|huyện|xã|thị trấn|thành phố|TP|TX|phường|tại|ở|Báo|đường|Sở)\.?\s+$")
_LETTERS = frozenset("AY")
_FEWEST_WITH_LETTER = 3
_CLASS = re.compile(r"\b(?:giải|loại|hạng|nhóm|mục|khu|lô|huyện)\s+$", re.IGNORECASE)
"""What a single letter goes with that is no surname: "giải A"."""
OFFICE_WORDS = frozenset(
    "Phó Chủ Giám Chánh Trưởng Bí Thứ Bộ Sở Ban Ủy Uỷ Hội Trung Cổng Phòng Ngành Chỉ Cục Tổng".split()
)
"""Capitalised words that begin offices and bodies ("Phó Chủ tịch"), and no person's name."""


@dataclass(frozen=True, slots=True)
class PersonName:
    """A person named at ``[start, end)``."""

    name: str
    start: int
    end: int


def find_names(text: str) -> list[PersonName]:
    """People named in ``text``: two to five capitalised syllables, led by a surname or after "ông", "bà" …"""
    found = []
    for run in capital_runs(text):
        opens_titled = run[0].group() in _TITLES  # "Bà Lùng Thị Hiên tới dự"
        titled = opens_titled or _TITLE.search(text[max(0, run[0].start() - 16) : run[0].start()]) is not None
        run = run[1:] if opens_titled else run
        while run and (run[0].group() in OFFICE_WORDS or (run[0].group() not in SURNAMES and not titled)):
            run, titled = run[1:], titled and run[0].group() not in OFFICE_WORDS
        placed = bool(run) and _PLACE.search(text[max(0, run[0].start() - 16) : run[0].start()]) is not None
        letter = bool(run) and run[0].group() in _LETTERS
        if letter and len(run) < _FEWEST_WITH_LETTER and not titled:
            continue  # "Bộ Y Tế", "A Lưới"
        if letter and _CLASS.search(text[max(0, run[0].start() - 8) : run[0].start()]):
            continue
        if 2 <= len(run) <= 5 and (not placed or len(run) > 2):  # "huyện Cao Lãnh", but "UBND tỉnh Lê Văn Quý"
            start, end = run[0].start(), run[-1].end()
            found.append(PersonName(text[start:end], start, end))
    return found


def capital_runs(text: str) -> list[list[re.Match[str]]]:
    """Runs of capitalised words (not of capitals alone) with one space between them."""
    runs: list[list[re.Match[str]]] = []
    for match in _WORD.finditer(text):
        if not match.group().istitle():
            continue
        if runs and text[runs[-1][-1].end() : match.start()] == " ":
            runs[-1].append(match)
        else:
            runs.append([match])
    return runs
