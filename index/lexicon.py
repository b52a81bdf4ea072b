"""What this field calls the same thing: abbreviations and synonyms.

Texts that say the same in other words get the same canonical words: "smartphone" those of "điện thoại thông
minh", "TTHC" those of "thủ tục hành chính".
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from index.kept import kept_if_short
from index.words import Word, is_plain, words

ABBREVIATIONS = {
    "TT&TT": "thông tin và truyền thông",
    "TTTT": "thông tin và truyền thông",
    "TT-TT": "thông tin và truyền thông",
    "thông tin truyền thông": "thông tin và truyền thông",
    "CNTT": "công nghệ thông tin",
    "VT": "viễn thông",
    "BC": "bưu chính",
    "BCVT": "bưu chính viễn thông",
    "CĐS": "chuyển đổi số",
    "CQĐT": "chính quyền điện tử",
    "CQS": "chính quyền số",
    "DVC": "dịch vụ công",
    "DVCTT": "dịch vụ công trực tuyến",
    "TTHC": "thủ tục hành chính",
    "CSDL": "cơ sở dữ liệu",
    "HTTT": "hệ thống thông tin",
    "HT": "hệ thống",
    "CQNN": "cơ quan nhà nước",
    "UBND": "ủy ban nhân dân",
    "HĐND": "hội đồng nhân dân",
    "MTTQ": "mặt trận tổ quốc",
    "NSNN": "ngân sách nhà nước",
    "NSĐP": "ngân sách địa phương",
    "SXKD": "sản xuất kinh doanh",
    "TMĐT": "thương mại điện tử",
    "TTĐT": "thông tin điện tử",
    "QLVB": "quản lý văn bản",
    "QLVB&ĐH": "quản lý văn bản điều hành",
    "PT-TH": "phát thanh truyền hình",
    "PTTH": "phát thanh truyền hình",
    "BHXH": "bảo hiểm xã hội",
    "BHYT": "bảo hiểm y tế",
    "CCCD": "căn cước công dân",
    "ATTT": "an toàn thông tin",
    "TTCS": "thông tin cơ sở",
    "DN": "doanh nghiệp",
    "SL": "số lượng",
    "TL": "tỉ lệ",
    "HSĐX": "hồ sơ đề xuất",
    "HSCĐ": "hồ sơ cấp độ",
    "DT": "doanh thu",
    "KH": "kế hoạch",
    "XH": "xã hội",
    "QLNN": "quản lý nhà nước",
    "VPHC": "vi phạm hành chính",
    "KTXH": "kinh tế xã hội",
    "GĐ": "giám đốc",
    "PCT": "phó chủ tịch",
    "CT": "chủ tịch",
    "TP": "thành phố",
    "CCHC": "cải cách hành chính",
    "ĐTTM": "đô thị thông minh",
    "TTr": "tổ trưởng",
    "CBCC": "cán bộ công chức",
    "CBCCVC": "cán bộ công chức viên chức",
    "VBĐT": "văn bản điện tử",
    "KTS": "kinh tế số",
    "XHS": "xã hội số",
    "TSLCD": "truyền số liệu chuyên dùng",
    "KP": "kinh phí",
    "XK": "xuất khẩu",
    "KN": "kim ngạch",
    "CB": "cán bộ",
    "DV": "dịch vụ",
    "SP": "sản phẩm",
    "HS": "hồ sơ",
    "TB": "thuê bao",
    "CSTP": "chỉ số thành phần",
    "CNSCĐ": "công nghệ số cộng đồng",
    "ĐDĐT": "định danh điện tử",
    "HTX": "hợp tác xã",
    "DVCQG": "dịch vụ công quốc gia",
    "KNS": "kỹ năng số",
    "MXH": "mạng xã hội",
    "TTKDTM": "thanh toán không dùng tiền mặt",
    "CCVC": "công chức viên chức",
    "TTra": "thanh tra",
    "BTTTT": "bộ thông tin và truyền thông",
    "KT-XH": "kinh tế xã hội",
    "FTTH": "cáp quang",
    "TTDL": "trung tâm dữ liệu",
    "ĐBSCL": "đồng bằng sông cửu long",
    "ATTTM": "an toàn thông tin mạng",
    "BĐVHX": "bưu điện văn hóa xã",
    "BĐ-VHX": "bưu điện văn hóa xã",
    "DNNVV": "doanh nghiệp nhỏ và vừa",
    "CKS": "chữ ký số",
    "DTTS": "dân tộc thiểu số",
    "PAKN": "phản ánh kiến nghị",
    "CNS": "công nghệ số",
    "KCN": "khu công nghiệp",
    "TX": "thị xã",
}
"""Abbreviation → what it stands for; matched in capitals, or in any case when a question has none."""

SYNONYMS: tuple[tuple[str, ...], ...] = (
    (
        "trạm bts",
        "cột bts",
        "cột sóng",
        "trạm phát sóng",
        "cột phát sóng",
        "trạm thu phát sóng",
        "cột thu phát sóng",
        "trạm thu phát sóng bts",
        "cột phát sóng bts",
        "trạm phát sóng bts",
        "trạm thu phát sóng thông tin di động",
        "trạm thu phát sóng di động",
        "trạm phát sóng di động",
        "cột phát sóng di động",
        "cột thu phát sóng di động",
        "trạm sóng",
        "trạm thu phát",
    ),
    ("điện thoại thông minh", "smartphone", "smart phone", "điện thoại di động thông minh"),
    ("trang thông tin điện tử", "website", "trang web", "web"),
    ("máy tính", "máy vi tính", "computer"),
    ("trực tuyến", "qua mạng", "online", "trên mạng"),
    ("internet", "mạng internet"),
    ("không dùng tiền mặt", "không tiền mặt"),
    ("mã qr", "qr code", "mã qr code"),
    ("truy cập", "lượt xem", "lượt truy cập"),
    ("thuê bao", "số thuê bao"),
    ("số hóa", "số hoá"),
    ("người dân", "dân", "công dân", "nhân dân", "bà con"),
    ("doanh nghiệp", "công ty"),
    ("phát triển mới", "dựng thêm", "xây mới", "lắp mới", "lắp đặt mới", "dựng mới"),
    ("nộp ngân sách", "đóng góp ngân sách", "nộp vào ngân sách", "nộp cho ngân sách"),
    ("phấn đấu", "mục tiêu", "đặt mục tiêu", "chỉ tiêu đặt ra"),
    ("doanh thu", "thu về", "thu được", "tiền thu", "nguồn thu", "tổng thu"),
    ("par index", "chỉ số cải cách hành chính", "chỉ số par index"),
    ("chỉ số chuyển đổi số", "dti", "chỉ số dti", "chỉ số đánh giá chuyển đổi số"),
    (
        "chỉ số năng lực cạnh tranh",
        "pci",
        "chỉ số pci",
        "năng lực cạnh tranh cấp tỉnh",
        "chỉ số năng lực cạnh tranh cấp tỉnh",
    ),
    ("papi", "chỉ số papi", "hiệu quả quản trị và hành chính công", "chỉ số hiệu quả quản trị và hành chính công"),
    ("hộ gia đình", "gia đình", "hộ gđ", "nhà dân"),
    ("hộ nông dân", "nhà nông", "hộ sản xuất nông nghiệp"),
    ("miễn phí", "không thu tiền", "không mất tiền", "không tốn tiền", "không thu phí"),
    ("đồng bằng sông cửu long", "miền tây"),
    ("băng rộng cố định", "internet cố định", "internet băng rộng cố định"),
    ("sử dụng", "xài"),
    (
        "thanh toán trực tuyến",
        *(
            f"{pay} {what} {how}"
            for pay in ("nộp", "đóng", "trả", "thanh toán")
            for what in ("phí", "tiền", "phí lệ phí", "lệ phí", "phí và lệ phí")
            for how in ("trực tuyến", "qua mạng", "online", "trên mạng")
        ),
    ),
    ("hoàn thành", "làm xong", "làm trọn", "hoàn tất"),
    ("tổng đài", "đường dây", "đường dây nóng"),
    (
        "đi vào hoạt động",
        "bắt đầu hoạt động",
        "bắt đầu phục vụ",
        "khai trương",
        "đi vào vận hành",
        "đưa vào vận hành",
        "đưa vào hoạt động",
    ),
    ("chuyển sang", "dời sang"),
    ("giám đốc sở", "người đứng đầu sở", "đứng đầu sở", "thủ trưởng sở"),
    ("thương mại điện tử", "mua bán trên mạng", "mua bán qua mạng", "mua bán online"),
    ("tiêm", "chích", "chích ngừa", "tiêm chủng", "tiêm vắc xin", "tiêm vắc-xin", "tiêm ngừa"),
    ("nộp ngân sách nhà nước", "đóng vào ngân sách"),
    ("thu hút", "lôi cuốn", "thu hút được"),
    ("hợp nhất", "sáp nhập", "sát nhập"),
    ("đúng hạn", "đúng hẹn", "đúng thời hạn"),
    ("toàn trình", "trọn vẹn qua mạng", "trọn vẹn trên mạng"),
    ("tiểu thương", "người buôn bán", "hộ buôn bán", "người bán hàng"),
    ("mất liên lạc", "mất sóng", "gián đoạn liên lạc"),
    ("vận động", "quyên góp", "kêu gọi ủng hộ"),
    ("gỡ bỏ", "gỡ xuống", "bóc gỡ"),
    ("viễn thông", "nhà mạng", "các nhà mạng"),
    ("tên miền", "đuôi"),
    ("một cửa", "1 cửa"),
    ("bình quân", "trung bình"),
    ("đài truyền thanh", "truyền thanh"),
    ("hội nghị", "họp", "hội nghị tổng kết", "họp tổng kết"),
    ("giao ban trực tuyến", "họp trực tuyến", "hội nghị truyền hình"),
    ("cấp huyện", "huyện, thị xã, thành phố"),
    *(
        (f"mức độ {digit}", f"mức {digit}", f"bậc {digit}", f"bậc {word}", f"mức {word}", f"mức độ {word}")
        for digit, word in (("2", "hai"), ("3", "ba"), ("4", "bốn"))
    ),
    ("tổ công nghệ số cộng đồng", "tổ cnscđ"),
    ("nông nghiệp", "nông sản", "làm nông nghiệp"),
    ("xử phạt", "phạt"),
    ("nông sản", "sản phẩm nông nghiệp"),
    ("ubnd", "ủy ban nhân dân", "uỷ ban nhân dân", "ủy ban"),
)
"""Phrases that mean the same in these reports."""


@dataclass(frozen=True, slots=True)
class _Phrase:
    keys: tuple[str, ...]
    folded: tuple[str, ...]
    meaning: tuple[Word, ...]
    capitals: bool


@lru_cache(maxsize=1)
def _phrases() -> dict[str, list[_Phrase]]:
    """All phrases by their first folded syllable, longest first."""
    canonical = {_form(phrase): group[0] for group in SYNONYMS for phrase in group}
    table: dict[str, list[_Phrase]] = {}
    for form, meaning in canonical.items():
        _enter(table, form, meaning, capitals=False)
    for short, long in ABBREVIATIONS.items():
        _enter(table, _form(short), canonical.get(_form(long), long), capitals=short.isupper())
    for phrases in table.values():
        phrases.sort(key=lambda phrase: -len(phrase.keys))
    return table


def _form(phrase: str) -> tuple[Word, ...]:
    return tuple(Word(0, 0, word.key, word.folded) for word in words(phrase))


def _enter(table: dict[str, list[_Phrase]], form: tuple[Word, ...], meaning: str, capitals: bool) -> None:
    keys, folded = tuple(word.key for word in form), tuple(word.folded for word in form)
    table.setdefault(folded[0], []).append(_Phrase(keys, folded, _form(meaning), capitals))


@kept_if_short
def canonical_words(text: str, typed: bool = False) -> list[Word]:
    """The words of ``text`` with every phrase of the lexicon put in its canonical words.

    The words of a phrase all have the phrase's offsets: "TTHC" gives four words at the same place.

    Args:
        text: Any text.
        typed: The text is a question as people type it: accents may be missing, abbreviations in lower case.
    """
    listed = words(text)
    lower = typed and text == text.lower()
    found: list[Word] = []
    position = 0
    while position < len(listed):
        phrase = _phrase_at(listed, position, text, typed, lower)
        if phrase is None:
            found.append(listed[position])
            position += 1
            continue
        start, end = listed[position].start, listed[position + len(phrase.keys) - 1].end
        found.extend(Word(start, end, word.key, word.folded) for word in phrase.meaning)
        position += len(phrase.keys)
    return found


def _phrase_at(listed: Sequence[Word], position: int, text: str, typed: bool, lower: bool) -> _Phrase | None:
    for phrase in _phrases().get(listed[position].folded, ()):
        span = listed[position : position + len(phrase.keys)]
        if tuple(word.folded for word in span) != phrase.folded:
            continue
        if phrase.capitals and not lower and not text[span[0].start : span[-1].end].isupper():
            continue
        if all(same_word(word, wanted, typed) for word, wanted in zip(span, phrase.keys, strict=True)):
            return phrase
    return None


def same_word(written: Word, wanted: str, typed: bool) -> bool:
    """Whether a written word stands for the key ``wanted``; a typed one may lack its diacritics."""
    return written.key == wanted or (typed and is_plain(written.key))
