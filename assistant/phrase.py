"""Short Vietnamese statements made of a report's own words."""

import re

from assistant.candidates import Candidate
from assistant.match import Matcher
from index.numbers import in_vietnamese_form
from index.types import Span

MAX_LEAD_CHARS = 130
MAX_CLAUSE_CHARS = 260
_LEADING = re.compile(
    r"^(?:[\s,;:.\-–+*•]+|(?:trong đó|theo đó"
    r"|qua đó|ngoài ra|bên cạnh đó|đồng thời|đặc biệt|riêng|và|với|nhân dịp này|dịp này)\b[,:]?)+",
    re.IGNORECASE,
)
_SUBORDINATE = re.compile(r",\s|\s(?:do|mà|để|nhằm|trong việc|được)\s")
_QUOTED = re.compile(r"[“\"«][^”\"»]{3,250}[”\"»]")
MARKER = re.compile(r"\[(\d{1,4})\]")
"""A citation marker in an answer's text."""
HEADING = re.compile(r"^(?:- )?\*\*.*?:\*\*", re.MULTILINE)
"""The bold words that say whose figure of when it is."""
_MARKDOWN = re.compile(r"([\\`*_\[\]<>#|~!])")


def escape(text: str) -> str:
    """Text of a report made safe inside Markdown: on one line, without markup of its own."""
    return _MARKDOWN.sub(r"\\\1", " ".join(text.split()))


def heading(candidate: Candidate) -> str:
    """Whose figure of when: "Đắk Nông (2023)", "Phú Thọ (mục tiêu 2024)"."""
    report = candidate.sentence.report
    name = escape(report.province or report.title)
    if not report.year:
        return name
    if candidate.planned and candidate.quantity:
        bracketed = report.text[candidate.span.start - 1 : candidate.span.start] == "("
        year = max(candidate.years, default=report.year + (0 if bracketed else 1))
        return f"{name} ({'kế hoạch' if bracketed else 'mục tiêu'} {year})"
    return f"{name} ({report.year})"


def statement(candidate: Candidate, matcher: Matcher) -> str:
    """What the candidate tells, in the report's words: what it is about, the figure, what is counted.

    Numbers are written the Vietnamese way, whatever way the report does; the quote keeps the report's.
    What stands between the subject and the figure, other figures above all, is left out as "…".
    """
    text = candidate.sentence.report.text
    lead = _trimmed_lead(text, candidate, matcher)
    own = text[lead : candidate.span.end]
    subject = _subject(candidate, matcher, lead)
    own = _LEADING.sub("", own) if not subject else own.lstrip(" ,;")
    return escape(in_vietnamese_form(f"{subject} … {own}" if subject else own)).rstrip(" ,;:.")


def _trimmed_lead(text: str, candidate: Candidate, matcher: Matcher) -> int:
    """Start of the own stretch, moved right over leading parts that say nothing of what is asked."""
    start = candidate.span.start
    pauses = [m.end() for m in re.finditer(r"[,:]\s", text[start : candidate.core.start])]
    for pause in pauses:
        dropped = [w for w in candidate.sentence.words if start <= w.start < candidate.span.start + pause]
        kept = candidate.core.start - (candidate.span.start + pause)
        asked = sum(matcher.is_asked(word) for word in dropped)
        if kept < 12 or (asked and candidate.core.start - start <= MAX_LEAD_CHARS) or asked > len(dropped) / 3:
            break
        if candidate.core.start - start > MAX_LEAD_CHARS or not asked:
            start = candidate.span.start + pause
    return start


def _subject(candidate: Candidate, matcher: Matcher, lead: int) -> str:
    """The start of the sentence up to its first figure, when the own stretch does not say what it is about."""
    sentence = candidate.sentence
    own = [w for w in sentence.words if lead <= w.start < candidate.span.end]
    borrowed = candidate.lead.end <= candidate.span.start
    if not borrowed and any(matcher.is_asked(word) and word.key[:1].isalpha() for word in own) and len(own) > 6:
        return ""
    clause_start = max(sentence.span.start, _last_semicolon(sentence.report.text, sentence.span.start, lead))
    if clause_start >= lead:
        return ""
    first = next((q.precision_start for q in sentence.quantities if q.precision_start >= clause_start), lead)
    head = sentence.report.text[clause_start : min(first, lead)]
    head = _LEADING.sub("", re.sub(r"\s*(?:đạt|là|ước|với|có|được|lên)?\s*$", "", head.strip()))
    asked = any(matcher.is_asked(word) for word in sentence.words if clause_start <= word.start < min(first, lead))
    if len(head) > MAX_LEAD_CHARS:
        head = _SUBORDINATE.split(head, maxsplit=1)[0]
    return head if asked and 8 <= len(head) <= MAX_LEAD_CHARS else ""


def _last_semicolon(text: str, start: int, end: int) -> int:
    position = text.rfind("; ", start, end)
    return position + 2 if position >= 0 else start


def clause(candidate: Candidate, matcher: Matcher, wants_name: bool = False) -> str:
    """An answer in words: the candidate's clause, cut at commas to the part that is about the question.

    Args:
        candidate: The clause.
        matcher: Made from the question's terms.
        wants_name: The question asks what something is called, so that words in quotation marks answer it.
    """
    text = candidate.sentence.report.text
    span = candidate.span
    if wants_name and (quoted := _QUOTED.search(text, span.start, span.end)):
        return escape(quoted.group())
    if span.end - span.start > MAX_CLAUSE_CHARS:
        span = _best_window(text, candidate, matcher)
    return escape(in_vietnamese_form(_LEADING.sub("", text[span.start : span.end]))).rstrip(" ,;:.")


def _best_window(text: str, candidate: Candidate, matcher: Matcher) -> Span:
    """The run of comma-parted pieces, at most MAX_CLAUSE_CHARS long, with the most words asked about."""
    whole = candidate.span
    cuts = [
        whole.start,
        *(whole.start + m.end() for m in re.finditer(r"[,:]\s", text[whole.start : whole.end])),
        whole.end,
    ]
    best, best_score = Span(whole.start, min(whole.end, whole.start + MAX_CLAUSE_CHARS)), -1.0
    for i, start in enumerate(cuts[:-1]):
        for end in cuts[i + 1 :]:
            if end - start > MAX_CLAUSE_CHARS:
                break
            held = matcher.held(candidate.sentence, Span(start, end))
            score = held + 0.0004 * (end - start)
            if score > best_score:
                best, best_score = Span(start, end), score
    return best


def sentence_case(text: str) -> str:
    """The text with its first letter in upper case."""
    return text[:1].upper() + text[1:]


def renumbered(text: str, offset: int) -> str:
    """The text with every marker raised by ``offset``."""
    return MARKER.sub(lambda match: f"[{int(match.group(1)) + offset}]", text)
