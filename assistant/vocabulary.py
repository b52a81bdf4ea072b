"""Word lists of Vietnamese questions: what asks, what joins, what says little."""

import re
from collections.abc import Sequence

from index.words import Word, fold, is_plain, key

FUNCTION_WORDS = """
    bao nhiêu mấy là gì nào như thế ra sao được bị bởi của và với cho ở tại trong từ đến tới vào về theo thì mà có
    không chưa rồi hay hoặc những các mỗi mọi cái năm ngày tháng lúc khi ai đâu vì xin hãy biết mình bạn ạ nhé nhỉ
    đây đó này kia ấy thuộc gồm còn rằng vậy hiện đã đang sẽ giúp nói tỉnh số đạt mức một lần lượt lên tổng cộng tỉ
    triệu đồng phần trăm ta tôi nhiều ít bài so sánh hơn con tính dùng sử dụng cỡ chừng khoảng thứ từng rơi thê hết
    trên kể lệ riêng bóc tách lẫn xài app hỏi sang hẳn nữa hả giùm dùm
"""
CHAT_WORDS = "bn baonhieu bnhieu đc dc ko hok vs".split()
"""Short forms of chat that stand for question and function words."""
PLAIN_CONTENT = frozenset("thu le ban ke tach bao moi nua ha".split())
"""Forms without diacritics that are as likely a content word ("doanh thu", "ban") and are kept."""

KEPT_PAIRS = frozenset(
    (key(one), key(other))
    for one, other in (
        pair.split()
        for pair in """
    cộng đồng, hội đồng, hợp đồng, đồng bộ, đồng bào, tin bài, bài viết, bài dự, bài báo, lượt truy, lượt người,
    lượt hồ, lượt cán, lượt giao, lượt xem, lượt tương, lượt tiếp, lượt khách, lượt phản, con người, con dấu, đổi số,
    nghệ số, tế số, hội số, quyền số, tảng số, năng số, ký số, kí số, thư số, tầng số, liệu số, dân số, lực số, hóa số,
    nghiệp số, đồ số, hình số, phẩm số, hàng số, khoản số, toán số, vụ số, trường số, trợ số, đô số, mạng số, số hóa,
    số hoá, chỉ số, thông số, trị số, mức độ, tính minh, máy tính, vi tính, tiêu dùng, người dùng, chuyên dùng,
    hiện đại, thiết bị, trang bị, chuẩn bị, ra mắt, phần mềm, thành phần, cổ phần, tổng đài, tổng hợp, tổng kết,
    tổng công, thế giới, khoảng cách, đại biểu, năm học, ngày hội, trung tâm, đang ký, từng phần, toàn trình, tài khoản,
    số liệu, dãy số, lần thứ, nhiều kỳ, hết hạn, đúng hạn, tiền phạt, tiền lương, tiền thưởng
    """.split(",")
    )
)
"""Words of two syllables of which one alone would only join or ask: "cộng đồng", "chuyển đổi số", "tổng đài"."""

_FRAMES = [
    pair.split()
    for pair in (
        "tất cả, cả thảy, hết thảy, toàn bộ, tổng cộng, cả tỉnh, toàn tỉnh, cuối năm, cả năm, tính cả, trọn năm,"
        " tính tới, tính đến, thực tế,"
        " cộng lại, gộp lại, liệt kê, lập bảng, cùng hồi, đặt cạnh, cạnh nhau, cùng thời, thời điểm"
    ).split(",")
]
FRAMING = frozenset((key(one), key(other)) for one, other in _FRAMES)
FRAMING_PLAIN = frozenset((fold(one), fold(other)) for one, other in _FRAMES)
"""Pairs of words that only say "in all", "by the end of the year" or "list them", as written and without diacritics."""

_KEYS = frozenset(key(word) for word in FUNCTION_WORDS.split()) | frozenset(CHAT_WORDS)
_PLAIN = frozenset(fold(word) for word in FUNCTION_WORDS.split()) - PLAIN_CONTENT

GENERIC = frozenset(
    key(word)
    for word in """
    lĩnh vực khoản mảng việc loại phần tình hình số lượng tỉnh ngành địa phương đơn vị giành đoạt nhận giữ chức vụ làm
    thuộc phục nước cả hoàn thành thực hiện triển khai
    """.split()
)
"""Words that name no thing of their own, and so weigh little."""
LEADING = frozenset(
    key(word)
    for word in """
    trong đó và với của có là đạt tăng giảm năm ước lên thêm hơn trên gần khoảng đã được nâng đưa cho tổng số tỉ lệ toàn
    tỉnh cả cộng lại chung tính riêng phần xếp đứng hạng thứ cùng kì này hiện theo ở tại những các gồm bao
    """.split()
)
"""Words that lead to any figure and mark no indicator."""

COMBINED = (("bưu chính", "viễn thông"), ("phát thanh", "truyền hình"), ("báo chí", "xuất bản"))
"""Trades that reports count together as well as apart."""
STRICT_RIVALS = 6
"""So many of ``RIVALS``, the first, are never told for one another."""
RIVALS = tuple(
    re.compile(rf"\b(?:{group})\b")
    for group in (
        "buu chinh|vien thong|phat thanh|truyen hinh",
        "toan trinh|mot phan",
        "2g|3g|4g|5g",
        "muc (?:do )?[1-4]",
        "tap the|ca nhan",
        "giai nhat|giai nhi|giai ba|giai khuyen khich|giai a|giai b|giai c|giai tu",
        "buu chinh|vien thong|bao chi|xuat ban|phat thanh|truyen hinh|cong nghe thong tin|cong nghe so(?! cong)"
        "|phan mem|an toan thong tin",
        "thanh tra|kiem tra",
        "cap tinh|cap huyen|cap xa|cap thon",
        "par index|dti|chi so chuyen doi so|pci|ict index|papi|sipas|cai cach hanh chinh|nang luc canh tranh",
        "chinh quyen so|kinh te so|xa hoi so",
        "doanh thu|nop ngan sach|ngan sach|xuat khau|xu phat|kinh phi"
        "|phat(?! (?:trien|thanh|song|hanh|hien|dong|huy|bieu|sinh|minh|tan))",
        "tiep nhan|thanh toan|giai quyet|xu ly|tra loi|so hoa|dung han|tra ket qua",
        "bang khen|giay khen|co thi dua|huan chuong|lao dong xuat sac|lao dong tien tien",
        "di dong|co dinh|cap quang|bang rong|dien thoai thong minh|internet",
        "thap nhat|cao nhat",
        "bo truong|chu tich|giam doc|pho chu tich|pho giam doc",
        "nop truc tuyen|thanh toan truc tuyen|tiep nhan truc tuyen",
        "ocop|nong san|hop tac xa",
        "thon|xa(?! (?:hoi|xoi|la|nhat))|huyen",
        "thon|xa(?! (?:hoi|xoi|la|nhat))|huyen|ho(?! (?:so|tro|ten|chieu|tich|khau|va))|dan so|nguoi dan|can bo"
        "|hoc sinh",
    )
)
"""Things that reports count side by side: a figure of one of them does not answer a question on another."""
INDEXES = 9
"""The number in ``RIVALS`` of the indexes that provinces are ranked by."""
SAME_RIVALS = {
    "phat": "xu phat", "xu ly": "giai quyet", "tra loi": "giai quyet", "cai cach hanh chinh": "par index",
    "chi so chuyen doi so": "dti", "nang luc canh tranh": "pci",
}  # fmt: skip
"""Names in ``RIVALS`` that stand for one thing."""
TRADE = "thong tin va truyen thong".split()
"""What every report here is about, and so says nothing in a question."""
LEADS = frozenset(key(word) for word in "dẫn đứng nhất".split())
"""Words that say who is first or last."""
OUT_OF = r"(?:trong|trên)(?: tổng)?(?: số)?"
"""A pattern of what leads to a figure that another one is counted out of: "136 trong tổng số 149"."""
TIME_NOUNS = frozenset(key(word) for word in "năm tháng ngày tuần".split())


def only_joins(words: Sequence[Word], number: int, accented: bool = True) -> bool:
    """Whether a word of a question only asks or joins, by itself and with its neighbours.

    Args:
        words: The question's words.
        number: Position of the word.
        accented: See ``is_function_word``.
    """
    if not is_function_word(words[number], accented):
        return False
    around = (words[number - 1 : number + 1] if number else (), words[number : number + 2])
    return not any(len(pair) == 2 and (pair[0].key, pair[1].key) in KEPT_PAIRS for pair in around)


def is_function_word(word: Word, accented: bool = True) -> bool:
    """Whether a word of a question only asks or joins.

    Args:
        word: A word of the question.
        accented: The question is typed with diacritics, so that a plain "nam" is not "năm".
    """
    if len(word.key) == 1 and word.key.isascii() and word.key.isalpha():
        return True
    return word.key in _KEYS or (not accented and is_plain(word.key) and word.folded in _PLAIN)
