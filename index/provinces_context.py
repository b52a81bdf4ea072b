"""What only looks like the name of a province: ordinary words, streets and rivers, people, the President."""

import re
from collections.abc import Sequence

from index.names import SURNAMES
from index.provinces_slips import agrees
from index.words import Word, keys

ORDINARY = (
    # hide the start of a name, above all when typed without diacritics: "cong nghe an toan", "cap quang nam 2023"
    "an ninh, bình yên, báo cáo, chuyên gia, công an, công nghệ, cáp quang, dịch vụ công, di động, dự án, dự kiến, "
    "đánh giá, đấu giá, đề án, điều tra, đơn giá, đồ án, độc giả, hài lòng, hành động, hình thành, hoàn thành, "
    "hoạt động, hóa đơn, huy động, khán giả, kiểm tra, làng nghề, lao động, miền bắc, miền nam, mỗi năm, nâng cao, "
    "nghìn đồng, phát thanh, phía bắc, phía nam, phía tây, phủ sóng, phương án, quay lại, quảng cáo, quốc gia, "
    "sinh thái, sợi quang, sự kiện, tác giả, tất cả, tay nghề, tây bắc, tên miền, tham gia, thanh tra, thăng long, "
    "thuê bao, trạng thái, triệu đồng, trở lại, trở thành, trung bình, trực tuyến, truyền hình, truyền thanh, "
    "tỷ đồng, ưu tiên, văn hóa, việc làm, việt nam, ý kiến, "
    # hold a name
    "các diễn biến, chung sống hòa bình, cuộc sống hòa bình, diễn biến dịch, diễn biến giá, diễn biến mới, "
    "diễn biến phức tạp, diễn biến thị trường, diễn biến thời tiết, đã nâng cao, đã nâng cấp, hai đường dây, "
    "hai đường truyền, hai phòng học, hai phòng máy, hải dương học, hóa bình quân, hòa bình ổn định, "
    "hòa bình thế giới, lại châu á, lại châu âu, làm động lực, năm định hướng đến, năm định hướng phát triển, "
    "nền hòa bình, những diễn biến, tiên giảng dạy, vì hòa bình, "
    # other places
    "bình định vương, hà nam ninh, thái bình dương"
).split(", ")
"""Phrases whose words name no province; found among real sentences in which a name could be misread."""

_NAMED_AFTER = (
    "đường, đường sắt, đường phố, cao tốc, quốc lộ, đèo, sông, lưu vực, đại học, chiến dịch, chiến thắng, trận"
).split(", ")
"""What bears the name of a province, lies elsewhere or in several."""
_OF_THE_PRESIDENT = (
    "bác, bảo tàng, chính trị quốc gia, chủ tịch, cộng sản, cháu ngoan, con người, di chúc, di sản, đạo đức, "
    "đường mòn, giải thưởng, gương, học viện, huân chương, lãnh tụ, lăng, phong cách, quảng trường, thời đại, "
    "tiền phong, tncs, tư tưởng"
).split(", ")
"""Before "Hồ Chí Minh": the man, not the city."""
_PRESIDENT = tuple(keys("Hồ Chí Minh"))
_SURNAME = "Nguyễn|Trần|Lê|Phạm|Phan|Vũ|Võ|Đặng|Bùi|Đỗ|Ngô|Huỳnh|Hoàng|Trương|Đinh|Trịnh"
_TITLED = rf"(?:[Ôô]ng|[Bb]à|[Đđ]ồng chí) (?:{'|'.join(sorted(SURNAMES))})"
_SURNAMED = re.compile(rf"\b(?:{_SURNAME}|{_TITLED})(?: Văn| Thị)? $")
"""A surname: what follows is a person's name. Rarer ones need a title, "Mai" is also tomorrow."""


def _phrases(listed: Sequence[str]) -> list[tuple[str, ...]]:
    return [tuple(keys(phrase)) for phrase in listed]


_AFTER = _phrases(_NAMED_AFTER)
_AFTER_HIM = _phrases(_OF_THE_PRESIDENT)
LONGEST_LEAD = max(map(len, _AFTER + _AFTER_HIM))
"""How many words before a name may tell that it stands for something else."""


def names_another(name: tuple[str, ...], text: str, before: Sequence[Word], typed: bool) -> bool:
    """Whether a name stands for a street, a river, a university or a person instead of the province.

    Args:
        name: Keys of the spelling found.
        text: What precedes it, at least 40 characters where there are so many.
        before: The words that precede it after the last province found, at least ``LONGEST_LEAD`` of them.
        typed: The text is a question as people type it.
    """
    leads = _AFTER + _AFTER_HIM if name == _PRESIDENT else _AFTER
    return any(_ends_with(before, lead, typed) for lead in leads) or _SURNAMED.search(text) is not None


def _ends_with(before: Sequence[Word], lead: tuple[str, ...], typed: bool) -> bool:
    """Whether ``lead`` comes last; one of a single word with its diacritics: "phu song Ha Nam" is no river."""
    last = [word.key for word in before[-len(lead) :]]
    if not typed or len(lead) == 1:
        return last == list(lead)
    return len(last) == len(lead) and all(map(agrees, last, lead))
