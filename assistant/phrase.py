"""Short Vietnamese statements made of a report's own words."""

import re
from collections.abc import Mapping
from itertools import pairwise

from assistant.match import Matcher
from assistant.vocabulary import COMBINED, OUT_OF
from index import stretches
from index.candidate import Candidate
from index.numbers import DATING, Kind, Quantity, in_vietnamese_form
from index.sentences import Sentence
from index.types import Span
from index.words import CAPITALS

MAX_LEAD_CHARS = 130
MAX_CLAUSE_CHARS = 260
MAX_LIST_CHARS = 450
"""A list after a colon is quoted whole up to this length: its first member alone would mislead."""
_LEADING = re.compile(
    r"^(?:[\s,;:.\-–+*•]+|(?:\d{1,2}\.)+\s|(?:\d{1,2}|[a-zđ])\)\s|(?:trong đó|theo đó"
    r"|qua đó|trong khi|(?:bao )?gồm(?: có)?|trong số|trong(?=\s\d)|nhưng|tuy vậy|tuy nhiên|song"
    r"|ngoài ra|bên cạnh đó|đồng thời|đặc biệt|riêng|và|với|nhân dịp này|dịp này)\b[,:]?)+",
    re.IGNORECASE,
)
_BARE_LINK = re.compile(r"^(?:là|lên|xuống)\s(?=\d)", re.IGNORECASE)
"""What links a figure to what is left out."""
_SUBORDINATE = re.compile(r",\s|\s(?:do|mà|để|nhằm|trong việc|được)\s")
_QUOTED = re.compile(r"[“\"«][^”\"»]{3,250}[”\"»]")
MARKER = re.compile(r"\[(\d{1,4})\]")
"""A citation marker in an answer's text."""
HEADING = re.compile(r"^(?:- )?\*\*.*?:\*\*", re.MULTILINE)
"""The bold words that say whose figure of when it is."""
HELD_BACK = 0.3
"""Share of the question that must stand behind the comma after a date for the answer to go on."""
_LOOSE_START = re.compile(r"^[^()]{0,40}\)[\s,;:]+")
"""The end of a bracket that was opened before: "tháng 10/2024), 64 trạm BTS"."""
_ATTAINED = re.compile(r"\s(?:đạt|vượt|hoàn thành)(?=[,;.)]|\svà\s\d|\n|$)")
"""What became of aims counted: "19 chỉ tiêu đạt, 3 chỉ tiêu không đạt"."""
_LOOSE_END = re.compile(
    r"(?:\s+(?:và|với|cùng|cả|đều|cũng|vẫn|đã|đang|sự tham gia|của|cho|từ|để|do|mà|là|trong|được|bị|tại|ở))+\s*$",
    re.IGNORECASE,
)
"""Words that lead on to what is left out."""
_ENDS_OUT_OF = re.compile(rf"\s{OUT_OF}\s*$", re.IGNORECASE)
_GOES_ON_OUT_OF = re.compile(r"\s(?:trong|trên)\s(?:tổng\s)?(?:số\s)?(?=\d)", re.IGNORECASE)
"""What leads on to the figure that one is counted out of: at the end of its stretch, or behind it."""
_LISTED_LAST = re.compile(r"(?:[^\W\d_A-ZĐ]\w*\s){1,3}(?P<link>(?:với|cùng)\s+)$")
"""The last member of a list, with what links a figure to all of them: "ấp, khóm với 5.217 thành viên"."""
_JOINS = re.compile(r"(?:[^\W\d]+ ?){0,2}")
"""What may stand between a subject and the stretch that tells the figure, so that nothing is left out."""
_RUNNER_UP = re.compile(
    r"\b(?:nhất|đầu)\b.*?(?P<other>[,;]\s(?:(?:tiếp|kế)(?: đến| theo| sau| đó| tiếp)?|sau đó|đứng sau|xếp sau|rồi)\b)",
    re.IGNORECASE | re.DOTALL,
)
"""What comes after the one that is told to be the most."""
_LIST_OPENS = re.compile(r":\s|(?<=\s)(?:bao )?gồm\s", re.IGNORECASE)
_SINGLES_OUT = re.compile(r"\b(?:nhất|đứng đầu|dẫn đầu)\b", re.IGNORECASE)
_PARTING = re.compile(
    r"(?:;\s|,\s(?=(?:tăng|giảm|đạt|trưng bày|thu hút|trị giá|tổng|với|thu về|bán được)\b))(?![^()]*\))", re.IGNORECASE
)
_LIST_LEAD = re.compile(r"[,;.]\s")
_PLACE = re.compile(r",?\s*(?:tại|ở)\s")
_PLACE_END = re.compile(
    r"[;()]|\.\s|,\s(?!(?:số|đường|phố|phường|xã|thị trấn|thị xã|huyện|thành phố|tỉnh|ấp|thôn|khu|nhà|tòa nhà"
    r"|trung tâm|trụ sở|khách sạn|hội trường)\b)"
    r"|\s(?:với|do|thu hút|có|nhằm|để|gồm|và|trong)\s",
    re.IGNORECASE,
)
_PLACES_GO_ON = re.compile(
    rf"(?:(?:,\s|\s+và\s+)(?:(?:thành phố|thị xã|thị trấn|huyện|xã|phường|khu [^\s,;.]+(?: [^\s,;.]+)?|TP|TX)\.?\s)?"
    rf"[{CAPITALS}][^\s,;.]*(?:\s[{CAPITALS}][^\s,;.]*)*)+"
)
_OFFICE = re.compile(r"\s*(?:[-–,(])\s*")
_MARKDOWN = re.compile(r"([\\`*_\[\]<>#|~!])")
_PLAIN = re.compile(r"\\([<>&\\`*_{}\[\]()#+\-.!|~])")
ESCAPED_LITERAL = re.compile(r"\\(&lt;|&gt;|&amp;|[\\`*_{}\[\]()#+\-.!|~])")
"""What a backslash makes plain in Markdown, once the text is escaped for HTML."""


def escape(text: str) -> str:
    """Text of a report made safe inside Markdown: on one line, without markup of its own, bold least of all."""
    return _MARKDOWN.sub(r"\\\1", " ".join(text.replace("**", "").split()))


def unescape(text: str) -> str:
    """Markdown with the characters that ``escape`` made plain as they are."""
    return _PLAIN.sub(r"\1", text)


def heading(candidate: Candidate) -> str:
    """Whose figure of when: "Đắk Nông (2023)", "Phú Thọ (mục tiêu 2024)"."""
    report = candidate.sentence.report
    name = escape(report.province or report.title)
    if not report.year or (candidate.planned and not candidate.quantity):  # of words no plan's year is sure
        return name
    if candidate.planned and candidate.quantity:
        year = max(candidate.years, default=report.year + 1)
        return f"{name} ({'kế hoạch' if year <= report.year else 'mục tiêu'} {year})"
    if candidate.quantity and candidate.years and report.year not in candidate.years:
        return f"{name} ({max(candidate.years)})"
    return f"{name} ({report.year})"


def statement(candidate: Candidate, matcher: Matcher) -> str:
    """What the candidate tells, in the report's words: what it is about, the figure, what is counted.

    Numbers are written the Vietnamese way, whatever way the report does; the quote keeps the report's.
    What stands between the subject and the figure, other figures above all, is left out as "…".
    """
    text = candidate.sentence.report.text
    if candidate.member is not None:
        return _of_member(text, candidate, candidate.member)
    lead = _trimmed_lead(text, candidate, matcher)
    end = candidate.span.end
    own = text[lead : end + (text.startswith(")", end) and "(" in text[lead:end])]
    subject = _subject(candidate, matcher, lead)
    own = _LEADING.sub("", _LOOSE_START.sub("", own)) if not subject else own.lstrip(" ,;)")
    own = own if subject else _BARE_LINK.sub("", own)
    out_of = _ENDS_OUT_OF.search(own)
    own = _LOOSE_END.sub("", own[: out_of.start()] if out_of else own)
    if candidate.noun and not out_of and (attained := _ATTAINED.match(text, end)):
        own += attained.group()
    beside = candidate.former or out_of or _GOES_ON_OUT_OF.match(text, candidate.core.end)
    if beside and candidate.noun and candidate.noun not in own:
        own = f"{own} {candidate.noun}"  # what the value beside it counts
    if not subject:
        return escape(in_vietnamese_form(own)).rstrip(" ,;:.")
    between = text[text.rfind(subject, candidate.sentence.span.start, lead) + len(subject) : lead].strip()
    joint = f" {between} ".replace("  ", " ") if _JOINS.fullmatch(between) else " … "
    return escape(in_vietnamese_form(f"{subject}{joint}{own}")).rstrip(" ,;:.")


def _of_member(text: str, candidate: Candidate, member: Span) -> str:
    """A figure told respectively: what is told of all, its own member of the list, and the figure."""
    shared = [span for span in candidate.heads if span not in (member, *candidate.sentence.headings)]
    before = [text[s.start : s.end] for s in shared if s.end <= member.start and s.start < s.end]
    joined = bool(before) and max(s.end for s in shared if s.end <= member.start) + 1 == member.start
    after = [text[s.start : s.end] for s in shared if s.start >= member.end and s.start < s.end]
    named = f"{' … '.join(before)}{' ' if joined else ' … ' if before else ''}{text[member.start : member.end]}"
    figure = text[candidate.core.start : candidate.span.end]
    noun = "" if candidate.noun in figure else f" {candidate.noun}"
    said = _LEADING.sub("", " … ".join((named, *after)))
    return escape(f"{said} … {in_vietnamese_form(figure)}{noun}").rstrip(" ,;:.")


def _trimmed_lead(text: str, candidate: Candidate, matcher: Matcher) -> int:
    """Start of the own stretch, moved right over leading parts that say nothing of what is asked."""
    start = candidate.span.start
    found = re.finditer(r"[,:]\s", text[start : candidate.core.start])
    pauses = [pause.end() for pause in found if not _parts_a_pair(text, start + pause.start())]
    for pause in pauses:
        dropped = [w for w in candidate.sentence.words if start <= w.start < candidate.span.start + pause]
        kept = candidate.core.start - (candidate.span.start + pause)
        asked = sum(matcher.is_asked(word) for word in dropped)
        if kept < 12 or (asked and candidate.core.start - start <= MAX_LEAD_CHARS) or asked > len(dropped) / 3:
            break
        if candidate.core.start - start > MAX_LEAD_CHARS or not asked:
            start = candidate.span.start + pause
    linked = _LISTED_LAST.match(text, start, candidate.core.start) if text.endswith(", ", 0, start) else None
    before = (w for w in candidate.sentence.words if linked and start <= w.start < linked.start("link"))
    return linked.start("link") if linked and not any(map(matcher.is_asked, before)) else start


def _parts_a_pair(text: str, comma: int) -> bool:
    """Whether a comma stands between two trades that are counted together: "bưu chính, viễn thông cộng lại"."""
    before, after = text[:comma].lower(), text[comma + 1 :].lstrip().lower()
    return any(before.endswith(one) and after.startswith(other) for one, other in COMBINED)


def _subject(candidate: Candidate, matcher: Matcher, lead: int) -> str:
    """The start of the sentence up to its first figure, when the own stretch does not say what it is about."""
    sentence = candidate.sentence
    own = [w for w in sentence.words if lead <= w.start < candidate.span.end]
    borrowed = candidate.lead.end <= candidate.span.start
    if not borrowed and any(matcher.is_asked(word) and word.key[:1].isalpha() for word in own) and len(own) > 6:
        return ""
    clause_start = max(sentence.span.start, _last_semicolon(sentence.report.text, sentence.span.start, lead))
    if not borrowed or not _tells_subject(candidate, clause_start, lead):
        return _head(sentence, clause_start, lead, matcher)
    topic = _head(sentence, clause_start, lead, matcher)  # "Phủ sóng: 98%; cùng kỳ 97%"
    return _head(sentence, candidate.lead.start, lead, matcher) or (topic if topic.endswith(":") else "")


def _head(sentence: Sentence, start: int, end: int, matcher: Matcher) -> str:
    """What a stretch of a sentence tells before its first figure, if a word of it is asked and it is not long."""
    first = next((q.precision_start for q in sentence.quantities if q.precision_start >= start), end)
    head = sentence.report.text[start : min(first, end)]
    head = _LEADING.sub("", re.sub(r"\s*(?:đạt|là|ước|với|có|được|lên|từ)?\s*$", "", head.strip()))
    asked = any(matcher.is_asked(word) for word in sentence.words if start <= word.start < min(first, end))
    if len(head) > MAX_LEAD_CHARS:
        head = _SUBORDINATE.split(head, maxsplit=1)[0]
    closed = head.count("(") <= head.count(")")
    return head if asked and closed and 8 <= len(head) <= MAX_LEAD_CHARS else ""


def _tells_subject(candidate: Candidate, clause_start: int, own: int) -> bool:
    """Whether what leads to the figure that one goes on about is of its sentence and tells what both are of."""
    text, lead = candidate.sentence.report.text, candidate.lead
    if not candidate.sentence.span.start <= lead.start < own:
        return False
    opens = text.rfind("(", clause_start, lead.start) > text.rfind(")", clause_start, lead.start)
    return lead.start < clause_start or not (opens or stretches.is_bare(text, lead.start, lead.end))


def _last_semicolon(text: str, start: int, end: int) -> int:
    position = text.rfind("; ", start, end)
    return position + 2 if position >= 0 else start


def clause(
    candidate: Candidate,
    matcher: Matcher,
    wants_name: bool = False,
    whole_list: bool = False,
    wants_figures: bool = True,
    several: bool = False,
) -> str:
    """An answer in words: the candidate's clause, cut at commas to the part that is about the question.

    Args:
        candidate: The clause.
        matcher: Made from the question's terms.
        wants_name: The question asks what something is called, so that words in quotation marks answer it.
        whole_list: A list that the clause begins is told to its end.
        wants_figures: Parts of it that tell figures beside what is asked stay.
        several: More than one thing is asked for, so that what comes after the first one stays.
    """
    text = candidate.sentence.report.text
    span = candidate.span
    if wants_name and (quoted := _QUOTED.search(text, span.start, span.end)):
        return escape(quoted.group())
    if not several and (runner_up := _RUNNER_UP.search(text, span.start, span.end)):
        span = Span(span.start, runner_up.start("other"))
    listed = with_list(candidate) if whole_list else span
    if listed != candidate.span and whole_list:
        return _in_words(text, listed)
    if not wants_figures:
        span = _without_unasked_figures(candidate, span, matcher)
    span = _with_bracket_closed(text, span, candidate.sentence.span.end)
    if span.end - span.start > MAX_CLAUSE_CHARS:
        span = _with_places(text, _best_window(text, candidate, matcher), candidate.span.end)
    return _in_words(text, span)


def _without_unasked_figures(candidate: Candidate, span: Span, matcher: Matcher) -> Span:
    """A clause without parts at its ends that tell figures and of what is asked no more: "…; tổng 612 bản tin gốc".

    A part ends outside of brackets at a semicolon, or a comma before a verb; one at least is left.
    """
    text, sentence = candidate.sentence.report.text, candidate.sentence
    figures = [q.start for q in sentence.quantities if q.kind not in DATING]
    cuts = [span.start, *(match.end() for match in _PARTING.finditer(text, span.start, span.end)), span.end]
    parts = [Span(start, end) for start, end in pairwise(cuts)]

    def asked(part: Span) -> set[str]:
        return {w.folded for w in sentence.words if part.start <= w.start < part.end and matcher.is_asked(w)}

    def beside_the_point(part: Span) -> bool:
        others = {word for one in parts if one is not part for word in asked(one)}
        if _SINGLES_OUT.search(text, part.start, part.end):
            return False
        return any(part.start <= figure < part.end for figure in figures) and asked(part) <= others

    while len(parts) > 1 and beside_the_point(parts[-1]):
        parts.pop()
    while len(parts) > 1 and text[parts[0].end - 2] == ";" and beside_the_point(parts[0]):
        parts.pop(0)
    end = parts[-1].end
    return Span(parts[0].start, end - 2 if end < span.end and text[end - 2] in ",;" else end)


def _with_places(text: str, span: Span, limit: int) -> Span:
    """A window with the further places of the list that it ends in: "… tại thành phố A, thị xã B và khu C"."""
    goes_on = _PLACES_GO_ON.match(text, span.end - (text[span.end - 2 : span.end] == ", ") * 2, limit)
    return Span(span.start, goes_on.end()) if goes_on else span


def _with_bracket_closed(text: str, span: Span, limit: int) -> Span:
    """A clause that ends within a bracket with the rest of it: "3 chỉ tiêu (thanh toán trực tuyến; hồ sơ số; …)"."""
    if text.count("(", span.start, span.end) <= text.count(")", span.start, span.end):
        return span
    closes = text.find(")", span.end, min(limit, span.start + MAX_LIST_CHARS))
    return Span(span.start, closes + 1) if closes >= 0 else span


def _in_words(text: str, span: Span) -> str:
    return escape(in_vietnamese_form(_LEADING.sub("", text[span.start : span.end]))).rstrip(" ,;:.")


def with_list(candidate: Candidate) -> Span:
    """The clause with all members of the list it begins ("ba hạn chế: …; …; …"), if that is not too long."""
    text, span = candidate.sentence.report.text, candidate.span
    opening = _LIST_OPENS.search(text, span.start, span.end)
    colon = opening.start() if opening else -1
    end = candidate.sentence.span.end
    figures = [q for q in candidate.sentence.quantities if span.start <= q.start < span.end]
    members = text.count("; ", span.start, end) + 1
    announced = any(q.end <= colon and q.value == members for q in figures)  # "ba điểm nghẽn: …; …; …"
    counted = not announced and any(colon < q.start for q in figures if q.kind not in DATING)  # figures, not members
    if colon < 0 or counted or text[span.end : span.end + 1] != ";":
        return span
    if end - span.start <= MAX_LIST_CHARS:
        return Span(span.start, end)
    pauses = [match.end() for match in _LIST_LEAD.finditer(text, span.start, colon)]
    start = next((pause for pause in reversed(pauses) if colon - pause > 12), span.start)
    return Span(start, end) if end - start <= MAX_LIST_CHARS else span


def dated(candidate: Candidate, matcher: Matcher, place: bool) -> str:
    """A date in its clause; with the place right behind it when that is asked for too."""
    text, span = candidate.sentence.report.text, _with_event(candidate, matcher)
    if place and candidate.core.end <= span.end and _PLACE.match(text, span.end):
        limit = candidate.sentence.span.end
        ends = _PLACE_END.search(text, span.end + 1, limit)
        return _in_words(text, Span(span.start, ends.start() if ends else limit))
    if span.end - span.start > MAX_CLAUSE_CHARS:
        span = _around(text, span, candidate.core)
    said = _LOOSE_END.sub("", _in_words(text, span))
    return f"{said})" if said.count("(") > said.count(")") else said


def _around(text: str, span: Span, core: Span) -> Span:
    """The pieces between commas of a long clause that hold a date, as many as are not too long."""
    cuts = [span.start, *(span.start + m.end() for m in re.finditer(r",\s", text[span.start : span.end])), span.end]
    start = next(cut for cut in cuts if core.start - cut < MAX_CLAUSE_CHARS // 2)
    ends = [cut for cut in cuts if core.end <= cut <= start + MAX_CLAUSE_CHARS]
    return Span(min(start, core.start), max(ends, default=min(span.end, start + MAX_CLAUSE_CHARS)))


def _with_event(candidate: Candidate, matcher: Matcher) -> Span:
    """The date's stretch; on to what is dated when that stands behind the next comma ("trước ngày 30/4, trạm …")."""
    span, sentence = candidate.span, candidate.sentence
    figures = [
        quantity.precision_start
        for quantity in sentence.quantities
        if quantity.start >= span.end and quantity.kind not in DATING and not _is_of_name(sentence, quantity)
    ]
    longer = Span(span.start, min([candidate.zone.end, *figures]))
    gains = matcher.held(sentence, longer) - matcher.held(sentence, span)
    return longer if gains > HELD_BACK and longer.end - longer.start <= MAX_CLAUSE_CHARS else span


def _is_of_name(sentence: Sentence, quantity: Quantity) -> bool:
    """Whether a number ends a name: "Khu công nghiệp Sông Mây 2"."""
    before = sentence.report.text[sentence.span.start : quantity.start].split()
    return quantity.kind is Kind.NUMBER and bool(before) and before[-1].istitle()


def person(candidate: Candidate, matcher: Matcher) -> str:
    """A person with the office or deed asked about; what follows with figures of its own is left out."""
    text, span = candidate.sentence.report.text, candidate.span
    cuts = [m.start() for m in re.finditer(r",\s", text[candidate.core.end : span.end])]
    cuts = [candidate.core.end + cut for cut in cuts]
    figures = [q.start for q in candidate.sentence.quantities if candidate.core.end <= q.start < span.end]
    asked = [w.end for w in candidate.sentence.words if span.start <= w.start < span.end and matcher.is_asked(w)]
    if figures and _OFFICE.match(text, candidate.core.end):
        needed = max([end for end in asked if end <= figures[0]], default=candidate.core.end)
        later = [cut for cut in cuts if cut >= needed and cut > candidate.core.end + 2 and cut < figures[0]]
        if later:
            return _in_words(text, Span(span.start, later[0]))
    if span.end - span.start > MAX_CLAUSE_CHARS:  # the name above all
        return _in_words(text, _around(text, span, candidate.core))
    return clause(candidate, matcher)


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


def renumbered(text: str, numbers: Mapping[int, int]) -> str:
    """The text with the new number of every marker."""
    return MARKER.sub(lambda match: f"[{numbers[int(match.group(1))]}]", text)
