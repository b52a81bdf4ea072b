"""Questions that no report here answers, for the ranker to learn to say no: other offices, other fields, everyday life.

Each comes with the words that a report must lack for the question to be one it does not answer.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.types import Report
from index.words import fold


@dataclass(frozen=True, slots=True)
class Template:
    """A question with a place for a province, and words of which a report that answers it would hold one."""

    question: str
    lacking: tuple[str, ...]


TEMPLATES = (
    Template("Dân số của {} là bao nhiêu người?", ("dân số tỉnh", "dân số của", "dân số toàn tỉnh")),
    Template("Dân số tỉnh {}?", ("dân số tỉnh", "dân số của", "dân số toàn tỉnh")),
    Template("Diện tích tự nhiên {} rộng bao nhiêu km2?", ("diện tích tự nhiên", "km2")),
    Template("Ai là giám đốc Sở Y tế {}?", ("sở y tế",)),
    Template("Giám đốc Sở Giáo dục và Đào tạo {} tên gì?", ("sở giáo dục",)),
    Template("Giám đốc Công an tỉnh {} là ai?", ("giám đốc công an",)),
    Template("{} có bao nhiêu bệnh viện?", ("bệnh viện",)),
    Template("Toàn tỉnh {} có mấy trường học?", ("trường học", "trường phổ thông", "trường")),
    Template("{} có bao nhiêu giáo viên?", ("giáo viên",)),
    Template("Năm nay {} có mấy học sinh thi đại học?", ("học sinh",)),
    Template("Tỷ lệ hộ nghèo của {} còn bao nhiêu phần trăm?", ("hộ nghèo",)),
    Template("Tỷ lệ thất nghiệp ở {} là mấy %?", ("thất nghiệp",)),
    Template("Tăng trưởng GRDP của {} đạt bao nhiêu phần trăm?", ("grdp",)),
    Template("Thu nhập bình quân đầu người {} là bao nhiêu?", ("bình quân đầu người", "thu nhập")),
    Template("{} đón bao nhiêu lượt khách du lịch?", ("khách du lịch", "lượt khách", "du khách")),
    Template("Doanh thu du lịch của {} được mấy tỷ?", ("doanh thu du lịch", "du lịch")),
    Template("Doanh thu xăng dầu ở {} là bao nhiêu?", ("xăng",)),
    Template("Sản lượng lúa của {} đạt bao nhiêu tấn?", ("sản lượng lúa", "lúa")),
    Template("{} trồng được mấy ha cà phê?", ("cà phê",)),
    Template("Diện tích rừng của {} là bao nhiêu ha?", ("diện tích rừng", "rừng")),
    Template("{} xảy ra bao nhiêu vụ tai nạn giao thông?", ("tai nạn",)),
    Template("Có mấy vụ cháy ở {}?", ("vụ cháy", "hỏa hoạn")),
    Template("{} có bao nhiêu km đường cao tốc?", ("cao tốc",)),
    Template("Sân bay ở {} đón mấy chuyến một ngày?", ("sân bay",)),
    Template("{} thu hút bao nhiêu vốn FDI?", ("fdi", "vốn đầu tư nước ngoài")),
    Template("Giá vàng hôm nay ở {} bao nhiêu?", ("giá vàng",)),
    Template("Ngày mai {} mưa hay nắng?", ("mưa",)),
    Template("Đội bóng {} xếp thứ mấy giải V-League?", ("bóng đá", "v-league")),
    Template("{} có bao nhiêu trạm biến áp?", ("biến áp",)),
    Template("Số thuê bao truyền hình cáp của {}?", ("truyền hình cáp", "truyền hình trả tiền")),
    Template("{} có mấy đài khí tượng?", ("khí tượng",)),
    Template("Số người mắc sốt xuất huyết ở {}?", ("sốt xuất huyết",)),
    Template("Bao nhiêu phần trăm trẻ em {} được tiêm chủng?", ("tiêm chủng",)),
    Template("{} xuất khẩu bao nhiêu tấn gạo?", ("gạo",)),
    Template("Tiền lương trung bình của công chức {} là bao nhiêu?", ("tiền lương", "lương")),
)


def untold_questions(reports: Sequence[Report]) -> Iterator[dict[str, object]]:
    """For each province the questions that none of its reports answers, as rows of a question set."""
    texts: dict[str, str] = {}
    for report in reports:
        if report.province:
            texts[report.province] = f"{texts.get(report.province, '')} {fold(report.text)}"
    for province, text in sorted(texts.items()):
        for number, template in enumerate(TEMPLATES):
            if not any(fold(words) in text for words in template.lacking):
                yield {
                    "id": f"untold-{fold(province)}-{number}",
                    "question": template.question.format(province),
                    "reports": [],
                    "must": [],
                    "history": [],
                }
