"""Word lists of Vietnamese questions: what asks, what joins, what says little."""

from index.words import Word, fold, is_plain, key

FUNCTION_WORDS = """
    bao nhiêu mấy là gì nào như thế ra sao được bị bởi của và với cho ở tại trong từ đến tới vào về theo thì mà có
    không chưa rồi hay hoặc những các mỗi mọi cái năm ngày tháng lúc khi ai đâu vì xin hãy biết mình bạn ạ nhé nhỉ
    đây đó này kia ấy thuộc gồm còn rằng vậy hiện đã đang sẽ giúp nói tỉnh số đạt mức một lần lượt lên tổng cộng tỉ
    triệu đồng phần trăm ta tôi nhiều ít bài so sánh hơn con tính dùng sử dụng cỡ chừng khoảng thứ từng rơi thê hết
    trên kể lệ riêng bóc tách xài app hỏi sang hẳn
"""
CHAT_WORDS = "bn baonhieu bnhieu đc dc ko hok vs".split()
"""Short forms of chat that stand for question and function words."""
PLAIN_CONTENT = frozenset("thu le ban ke tach bao".split())
"""Forms without diacritics that are as likely a content word ("doanh thu", "ban") and are kept."""

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
TRADE = "thong tin va truyen thong".split()
"""What every report here is about, and so says nothing in a question."""
TIME_NOUNS = frozenset(key(word) for word in "năm tháng ngày tuần".split())


def is_function_word(word: Word, accented: bool = True) -> bool:
    """Whether a word of a question only asks or joins.

    Args:
        word: A word of the question.
        accented: The question is typed with diacritics, so that a plain "nam" is not "năm".
    """
    if len(word.key) == 1 and word.key.isascii() and word.key.isalpha():
        return True
    return word.key in _KEYS or (not accented and is_plain(word.key) and word.folded in _PLAIN)
