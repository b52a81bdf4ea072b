"""Reports → the table of figures: what each figure measures, of which year, and what it tells."""

import re
from collections.abc import Iterator, Mapping, Sequence

from index import stretches
from index.candidate import Candidate
from index.cells import figures_in
from index.clauses import date_candidates
from index.numbers import Kind
from index.sentences import Sentence, Sentences
from index.types import Figure, FigureKind, Passage, Report, Span

_SHARES = (Kind.PERCENT, Kind.RATIO)
_EACH_BEFORE = re.compile(r"\b(?:mỗi|bình quân|trung bình|thưởng)\b[^,;.]{0,60}$", re.IGNORECASE)
_EACH_AFTER = re.compile(
    r"\s*/\s*[^\W\d_]+|\s+(?:một|mỗi)\s+(?:người|giải|hộ|tháng|thuê bao|trạm|lượt)\b", re.IGNORECASE
)
_PERIOD = re.compile(
    r"\b(?:\d{1,2}|ba|sáu|chín|mười|mười một)\s+tháng\s+(?:đầu|cuối)\s+năm(?:\s+(?:19|20)\d{2})?"
    r"|\bquý\s+[IVX\d]+(?:\s*/\s*(?:19|20)\d{2}|\s+năm\s+(?:19|20)\d{2})?"
    r"|\bgiai đoạn\s+(?:19|20)\d{2}\s*[-–]\s*(?:19|20)\d{2}",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?:19|20)\d{2}")
_OPENING = re.compile(
    r"^(?:[\s,;:.\-–+*•(]|(?:\d{1,2}[.)]\s+)"
    r"|(?:(?:tính )?(?:trong|đến|tính đến|hết|cuối|đến hết|đến cuối|sang|bước sang)\s+)?"
    r"(?:năm|tháng|quý|ngày)\s+[\d/]+[,:]?\s|(?:đến nay|hiện nay|hiện|trong đó|theo đó|ngoài ra|bên cạnh đó|đồng thời"
    r"|đặc biệt|riêng|nâng|đưa|và|với|còn|qua đó)\b[,:]?)+",
    re.IGNORECASE,
)
_ENDING = re.compile(
    r"(?:[\s,:;(]|\b(?:đạt|là|ước|có|lên|còn|với|được|tăng|giảm|thêm|đến|tới|ở mức|mức|khoảng|chiếm|bằng|gồm|xếp|đứng"
    r"|tại|cho|của|trên|từ|xuống|đã|hiện|tỷ lệ|tỉ lệ|so với|năm|cùng kỳ|trước|kế hoạch|phấn đấu))++$",
    re.IGNORECASE,
)


def find_figures(reports: Mapping[str, Report], passages: Sequence[Passage]) -> list[Figure]:
    """The figures of all reports, in the order of the passages.

    Args:
        reports: By path.
        passages: Those of every report, in order.
    """
    sentences = Sentences(reports, passages)
    return [
        figure
        for position in range(len(passages))
        for sentence in sentences.of_passage(position)
        for figure in figures_of(sentence)
    ]


def figures_of(sentence: Sentence) -> Iterator[Figure]:
    """The figures of one sentence or table row, then its dates."""
    for candidate in (*figures_in(sentence), *date_candidates(sentence, (Kind.DATE,))):
        yield _figure(candidate)


def _figure(candidate: Candidate) -> Figure:
    sentence, quantity = candidate.sentence, candidate.quantity
    assert quantity is not None
    text = sentence.report.text
    named = tuple(_named(candidate))
    year = _year(candidate)
    return Figure(
        report=sentence.report.path,
        province=sentence.report.province,
        year=year,
        period=_period(candidate, year),
        kind=_kind(candidate),
        indicator=" ".join(" … ".join(text[span.start : span.end] for span in named).split()),
        named=named,
        written=" ".join(text[candidate.core.start : candidate.core.end].split()),
        value=quantity.value,
        unit=quantity.unit or candidate.noun,
        precision=quantity.precision,
        start=candidate.core.start,
        end=candidate.core.end,
        sentence=sentence.span,
    )


def _kind(candidate: Candidate) -> FigureKind:
    if candidate.kind is Kind.DATE:
        return FigureKind.DATE
    if candidate.planned:
        return FigureKind.TARGET
    if candidate.kind is Kind.RANK:
        return FigureKind.RANK
    if candidate.direction and candidate.kind is not Kind.RATIO:
        return FigureKind.CHANGE
    if candidate.kind in _SHARES or candidate.of_plan:
        return FigureKind.SHARE
    return FigureKind.EACH if _is_each(candidate) else FigureKind.RESULT


def _is_each(candidate: Candidate) -> bool:
    """Whether a figure is of one of many: "5 triệu đồng/giải", "mỗi hộ 500.000 đồng"."""
    text = candidate.sentence.report.text
    before = text[max(candidate.sentence.span.start, candidate.span.start) : candidate.core.start]
    return _EACH_BEFORE.search(before) is not None or _EACH_AFTER.match(text, candidate.core.end) is not None


def _year(candidate: Candidate) -> int | None:
    year = candidate.sentence.report.year
    if candidate.kind is Kind.DATE:
        named = _YEAR.findall(candidate.sentence.report.text[candidate.core.start : candidate.core.end])
        return int(named[-1]) if named else year
    if candidate.years:
        return max(candidate.years)
    return year + 1 if year is not None and candidate.planned else year


def _period(candidate: Candidate, year: int | None) -> str:
    """The months, quarter or years told before a figure in its clause, else its year."""
    sentence = candidate.sentence
    text = sentence.report.text
    clause = stretches.clause_at(text, sentence.span, candidate.core.start)
    told = list(_PERIOD.finditer(text, clause.start, candidate.core.start))
    if not told:
        return str(year or "")
    period = " ".join(told[-1].group().split())
    return period if re.search(r"(?:19|20)\d{2}", period) or not year else f"{period} {year}"


def _named(candidate: Candidate) -> Iterator[Span]:
    """The stretches that say what a figure measures: what leads to it, or to the one it goes on about; its noun."""
    text = candidate.sentence.report.text
    lead = trimmed(text, Span(candidate.span.start, candidate.core.start))
    if candidate.kind is Kind.DATE:
        rest = trimmed(text, Span(candidate.core.end, candidate.span.end))
        yield from (span for span in (lead, rest) if span.start < span.end)
        return
    if lead.start >= lead.end or candidate.sentence.row:
        clause = stretches.clause_at(text, candidate.sentence.span, candidate.core.start)
        shared = candidate.sentence.row or not candidate.noun or candidate.lead.start >= clause.start
        lead = trimmed(text, candidate.lead) if shared else lead
    if lead.start < lead.end:
        yield lead
    if candidate.noun and not candidate.sentence.row and candidate.quantity:
        start = candidate.quantity.end
        while text[start].isspace():
            start += 1
        if text.startswith(candidate.noun, start):  # else it is the one counted before
            yield Span(start, start + len(candidate.noun))


def trimmed(text: str, span: Span) -> Span:
    """A stretch without what only opens it ("Trong năm 2022,") or leads on to a figure ("ước đạt")."""
    start, end = span.start, span.end
    if opening := _OPENING.match(text[start:end]):
        start += opening.end()
    if ending := _ENDING.search(text[start:end]):
        end = start + ending.start()
    return Span(start, max(start, end))
