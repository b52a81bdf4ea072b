"""Terms that a statement uses and its passages do not: what it tells is of something else."""

from collections.abc import Collection, Iterator
from functools import lru_cache
from itertools import pairwise

from assistant.vocabulary import is_function_word
from index.provinces import find_provinces
from index.types import Span
from index.words import Word, key, words

_TELLING = frozenset(
    tuple(key(word) for word in pair.split())
    for pair in """
    mục tiêu, kế hoạch, kim ngạch,
    chỉ tiêu, phấn đấu, dự kiến, đặt mục, nhiệm vụ, địa bàn, địa phương, hoạt động, phục vụ,
    ghi nhận, lĩnh vực, mạng lưới, lắp đặt, kéo dài, thu hút, toàn bộ, toàn quốc, toàn tỉnh, toàn ngành, cả nước,
    cả tỉnh, đô la, trị giá, giá trị, thực hiện, triển khai, hoàn thành, hoàn tất, thu được, thu về, mang về,
    đem về, đem lại, tổng cộng, tổng số, hiện nay, hiện có, tính đến, kết quả, báo cáo, số liệu, con số, thống kê,
    cho biết, cho thấy, nêu rõ, tăng thêm, tăng lên, giảm bớt, giảm xuống, gia tăng, mở rộng, xây dựng, phát triển,
    phát sóng, đầu tư, vận hành, khai thác, sử dụng, cung cấp, hỗ trợ, tham gia, tham dự, tổ chức, diễn ra,
    nhận được, khen thưởng, giành được, đoạt giải, trao tặng, trao thưởng, thuộc về, đạt được, đạt mức, vượt mức,
    còn lại, thời điểm, giai đoạn, trung bình, bình quân, tương đương, tương ứng, xấp xỉ, tỷ trọng, tỉ trọng,
    tỷ lệ, tỉ lệ, quy mô, số lượng, sản lượng, vị trí, thứ hạng, xếp hạng, xếp thứ, đứng thứ, thăng hạng, tụt hạng,
    tăng hạng, cải thiện, dẫn đầu, đứng đầu, năm ngoái, năm trước, cùng kỳ, cùng kì, trước đó, sau đó, đồng thời,
    ngoài ra, bên cạnh, trong khi, tuy nhiên, mặc dù, chính thức, bắt đầu, kết thúc, đến nay, riêng lẻ, chủ trì,
    phát biểu, có mặt, hiện diện, công bố, đánh giá, phần trăm, nghìn tỷ, triệu đồng, tăng trưởng, so sánh,
    chênh lệch, gấp đôi, một nửa, phân nửa, đa số, hầu hết, phần lớn, phản ánh, trong đó, cụ thể, trực tiếp,
    đến cuối, trong số, mỗi năm, cả thảy, tất cả, lên đến, lên tới, góp phần, nhờ đó, quá trình, thời gian,
    khu vực, chủ yếu, riêng biệt, tiếp tục, duy trì, bổ sung, trang bị, đón nhận, ra mắt, khởi động, thành lập,
    ban hành, thông tin, người dân, doanh nghiệp, ước tính, theo ước, được gửi, gửi đến, gửi tới, ý kiến, tiếp cận,
    trả lời
    """.split(",")
)
"""Pairs of syllables that only tell: a journalist may use them whatever the report says."""


@lru_cache(maxsize=4)  # an answer is looked through claim by claim
def _provinces(text: str) -> tuple[Span, ...]:
    return tuple(Span(mention.start, mention.end) for mention in find_provinces(text))


@lru_cache(maxsize=4)
def _words(text: str) -> tuple[Word, ...]:
    return tuple(words(text))


def foreign_terms(text: str, span: Span, known: Collection[str]) -> Iterator[str]:
    """Terms of two and more syllables in a stretch of an answer of which the passages have no syllable.

    Args:
        text: The answer's.
        span: The stretch.
        known: Keys of the words of its passages, of what they stand under, and of the question.
    """
    provinces = _provinces(text)
    listed = [w for w in _words(text) if span.start <= w.start < span.end]
    telling = {word for pair in pairwise(listed) if tuple(w.key for w in pair) in _TELLING for word in pair}

    def is_foreign(word: Word) -> bool:
        named = any(province.start <= word.start < province.end for province in provinces)
        plain = word in telling or named or word.key in known or is_function_word(word)
        return not plain and text[word.start : word.end].isalpha()

    run: list[Word] = []
    for word in [*listed, Word(len(text), len(text), "", "")]:
        adjoins = not run or text[run[-1].end : word.start] == " "
        if word.key and adjoins and is_foreign(word):
            run.append(word)
            continue
        if len(run) > 1:
            yield text[run[0].start : run[-1].end]
        run = [word] if word.key and is_foreign(word) else []
