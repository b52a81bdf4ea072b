"""The towns that provinces are governed from, which tell the province where a report hardly names it."""

import re

SEATS = {
    "An Giang": "Long Xuyên",
    "Bà Rịa - Vũng Tàu": "Bà Rịa",
    "Bình Dương": "Thủ Dầu Một",
    "Bình Định": "Quy Nhơn",
    "Bình Phước": "Đồng Xoài",
    "Bình Thuận": "Phan Thiết",
    "Đắk Lắk": "Buôn Ma Thuột",
    "Đắk Nông": "Gia Nghĩa",
    "Đồng Nai": "Biên Hòa",
    "Đồng Tháp": "Cao Lãnh",
    "Gia Lai": "Pleiku",
    "Hà Nam": "Phủ Lý",
    "Hậu Giang": "Vị Thanh",
    "Khánh Hòa": "Nha Trang",
    "Kiên Giang": "Rạch Giá",
    "Lâm Đồng": "Đà Lạt",
    "Long An": "Tân An",
    "Nghệ An": "Vinh",
    "Ninh Thuận": "Phan Rang - Tháp Chàm",
    "Phú Thọ": "Việt Trì",
    "Phú Yên": "Tuy Hòa",
    "Quảng Bình": "Đồng Hới",
    "Quảng Nam": "Tam Kỳ",
    "Quảng Ninh": "Hạ Long",
    "Quảng Trị": "Đông Hà",
    "Tiền Giang": "Mỹ Tho",
    "Vĩnh Phúc": "Vĩnh Yên",
}
"""Province → the seat of its government until July 2025, where it has another name than the province."""
_OF_SEAT = {seat.replace("òa", "oà"): province for province, seat in SEATS.items()} | {
    seat: province for province, seat in SEATS.items()
}
_TOWN = re.compile(rf"\b(?i:thành phố|TP\.?|thị xã|TX\.?)\s*({'|'.join(map(re.escape, _OF_SEAT))})(?!\w)")


def provinces_of_seats(text: str) -> list[str]:
    """The province of each seat of government named in ``text``, in order."""
    return [_OF_SEAT[match.group(1)] for match in _TOWN.finditer(text)]
