"""Example questions that the reports at hand can answer."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from index.types import Report


@dataclass(frozen=True, slots=True)
class _Topic:
    found: re.Pattern[str]
    question: str


# found: the report gives a figure for it, close by
_TOPICS = tuple(
    _Topic(re.compile(found, re.IGNORECASE), question)
    for found, question in (
        (r"\d trạm BTS", "{province} có bao nhiêu trạm BTS?"),
        (
            r"doanh thu[^.;\n]{0,40}viễn thông[^.;\n]{0,40}\d[\d.,]* (?:tỷ|triệu)",
            "Doanh thu viễn thông của {province} năm {year} là bao nhiêu?",
        ),
        (
            r"hồ sơ[^.;\n]{0,60}trực tuyến[^.;\n]{0,30}\d[\d.,]*\s?%",
            "Tỷ lệ hồ sơ giải quyết trực tuyến của {province} năm {year} là bao nhiêu?",
        ),
        (
            r"doanh thu[^.;\n]{0,40}bưu chính[^.;\n]{0,40}\d[\d.,]* (?:tỷ|triệu)",
            "Doanh thu bưu chính của {province} năm {year} là bao nhiêu?",
        ),
        (r"cáp quang[^.;\n]{0,120}\d[\d.,/]*", "Hạ tầng cáp quang của {province} năm {year} ra sao?"),
        (r"chủ trì|chỉ đạo", "Ai chủ trì hội nghị tổng kết năm {year} của {province}?"),
    )
)


def example_questions(reports: Iterable[Report], limit: int = 4) -> list[str]:
    """One question per report, about as many different topics as there are.

    Args:
        reports: Those whose province or year is unknown give none.
        limit: At most so many.
    """
    questions: list[str] = []
    used: set[_Topic] = set()
    for report in reports:
        if not report.province or report.year is None or len(questions) == limit:
            continue
        told = [topic for topic in _TOPICS if topic.found.search(report.text)]
        topic = next((topic for topic in told if topic not in used), None)
        if topic is not None:
            used.add(topic)
            questions.append(topic.question.format(province=report.province, year=report.year))
    return questions
