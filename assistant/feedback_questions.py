"""Rated answers made questions of an evaluation set: what an answer rated right tells, a right answer must tell."""

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import asdict

from assistant.evaluation import Question, canonical, holds, judge
from assistant.feedback import Feedback, alike, spoken
from assistant.reckon import COMPUTED
from assistant.types import Answer, Asked, Message, Query, Reckoning
from assistant.understand import understand
from index.numbers import Kind, Quantity, find_quantities, format_number
from index.words import accented_share, keys, nfc

_CATEGORIES = {
    Asked.COUNT: "figure",
    Asked.MONEY: "figure",
    Asked.PERCENT: "percent",
    Asked.CHANGE: "change",
    Asked.RANK: "rank_score",
    Asked.SCORE: "rank_score",
    Asked.WHEN: "date_place",
    Asked.WHERE: "date_place",
    Asked.WHO: "name",
    Asked.YES_NO: "yesno",
    Asked.TEXT: "list_text",
}
_AMOUNTS = (Kind.NUMBER, Kind.RATIO, Kind.MONEY, Kind.PERCENT, Kind.RANK, Kind.MULTIPLE)
_FORMS: dict[Asked, tuple[tuple[Kind, ...], ...]] = {
    Asked.COUNT: ((Kind.NUMBER, Kind.RATIO), (Kind.PERIOD,), _AMOUNTS),
    Asked.MONEY: ((Kind.MONEY,), _AMOUNTS),
    Asked.PERCENT: ((Kind.PERCENT,), _AMOUNTS),
    Asked.CHANGE: (_AMOUNTS,),
    Asked.RANK: ((Kind.RANK,), _AMOUNTS),
    Asked.SCORE: ((Kind.NUMBER,), _AMOUNTS),
    Asked.WHEN: ((Kind.DATE, Kind.TIME), (Kind.PERIOD,), (Kind.YEAR,)),
}
"""Forms of the figures that answer a kind of question, those looked for first first; names and texts have none."""
_COMPUTING = (Reckoning.DIFFERENCE, Reckoning.RATIO, Reckoning.TOTAL)
_DAY = re.compile(r"(?:ngày )?(\d{1,2})(?:/| tháng )(\d{1,2})(?:(?:/| ?năm )(\d{4}))?", re.IGNORECASE)
_MONTH = re.compile(r"(?:tháng )?(\d{1,2})(?:/| năm )(\d{4})", re.IGNORECASE)
_DATED = re.compile(r"(?:ngày|tháng|quý)\s+$", re.IGNORECASE)
"""Before a number that is not counted: "cao điểm là tháng 8"."""
_ALONE = 100
"""A count from here on is told by its digits alone; a smaller one might be another figure, or a marker "[1]"."""


def set_of(feedback: Iterable[Feedback]) -> list[dict[str, object]]:
    """The questions of an evaluation set as JSON-ready values, one for each question asked.

    What tells no right answer has ``"review": true`` and no ``must``; ``why``: its answers were "rated_down",
    its ratings or the answers rated right are "contradicting", or it has "no_figures" to tell the right answer by.
    """
    return [_row(group) for group in alike(feedback)]


def _row(group: Sequence[Feedback]) -> dict[str, object]:
    last = group[-1]
    identity = f"gy-{hashlib.sha256(chr(0).join(spoken(last)).encode('utf-8', 'replace')).hexdigest()[:10]}"
    right = [one for one in group if one.rating == "up"]
    made = [question_of(identity, one.answer, one.history) for one in right]
    told = {None if one is None else frozenset(one.must) for one in made}
    if not right:
        return _to_review(identity, group, "rated_down")
    if len(right) < len(group) or len(told) > 1:
        return _to_review(identity, group, "contradicting")
    question = made[-1]
    if question is None:
        return _to_review(identity, group, "no_figures")
    return {
        "id": identity,
        "question": question.question,
        "category": question.category,
        "reports": question.reports,
        "answer": last.answer.text if question.must else "",
        "must": question.must,
        "must_not": question.must_not,
        "evidence": _quotes(last.answer) if question.must else [],
        "history": [asdict(turn) for turn in question.history],
    }


def _to_review(identity: str, group: Sequence[Feedback], why: str) -> dict[str, object]:
    last = group[-1]
    return {
        "id": identity,
        "question": last.answer.question,
        "category": category(last.answer.question, last.history),
        "reports": list(dict.fromkeys(citation.report for citation in last.answer.citations)),
        "answer": "",
        "must_not": [],
        "evidence": _quotes(last.answer),
        "history": [asdict(turn) for turn in last.history],
        "review": True,
        "why": why,
        "reason": ", ".join(dict.fromkeys(one.reason for one in group if one.reason)),
        "note": "\n".join(dict.fromkeys(one.note for one in group if one.note)),
        "said": [{"rating": one.rating, "status": one.answer.status, "text": one.answer.text} for one in group],
    }


def _quotes(answer: Answer) -> list[str]:
    return list(dict.fromkeys(citation.quote for citation in answer.citations))


def question_of(identity: object, answer: Answer, history: Sequence[Message] = ()) -> Question | None:
    """The question that an answer known to be right is the answer to.

    Args:
        identity: Of the question.
        answer: An abstention makes a question that the reports do not tell; else its figures that quotes support, as
            far as they are what is asked, make ``must``.
        history: The turns before the question.

    Returns:
        None where no figure tells the right answer: it is a name, a place or a text.
    """
    if answer.status == "abstained":
        return Question(identity, answer.question, (), "unanswerable", history=tuple(history))
    quotes = [canonical(quote) for quote in _quotes(answer)]
    writings = [_writings(one, answer.text) for one in _asked_for(answer, history)]
    must = tuple(dict.fromkeys(_with_bare(forms, quotes) for forms in writings if forms))
    reports = tuple(dict.fromkeys(citation.report for citation in answer.citations))
    kind = category(answer.question, history)
    made = Question(identity, answer.question, must, kind, reports, history=tuple(history))
    return made if must and judge(made, answer).right else None


def category(question: str, history: Sequence[Message] = ()) -> str:
    """The kind of a question that the reports answer, by the names of the evaluation sets."""
    query = understand(nfc(question), history, ())
    if history:
        return "followup"
    if not accented_share(keys(question)):
        return "no_diacritics"
    if query.extreme:
        return "superlative"
    if query.compares:
        return "comparison"
    return "target" if query.target and query.asked is not Asked.YES_NO else _CATEGORIES[query.asked]


def _asked_for(answer: Answer, history: Sequence[Message]) -> list[Quantity]:
    """The supported figures of an answer that are what its question asks for, not what only goes with it."""
    query = understand(nfc(answer.question), history, ())
    backed = [check for check in answer.checks if check.supported]
    told = [
        quantity
        for quantity in find_quantities(answer.text)
        if any(check.start <= quantity.start and quantity.end <= check.end for check in backed)
        and not (quantity.kind is Kind.NUMBER and _DATED.search(answer.text, 0, quantity.start))
    ]
    told = _fitting(_computed_or_not(told, answer.text, query), query)
    given = {(one.kind, one.value, one.unit) for one in find_quantities(answer.question)}
    told = [one for one in told if (one.kind, one.value, one.unit) not in given] or told
    if query.extreme and told:  # the first row tells the largest, or the smallest
        end = answer.text.find("\n", told[0].end)
        told = [one for one in told if end < 0 or one.start < end]
    return told


def _computed_or_not(told: Sequence[Quantity], text: str, query: Query) -> list[Quantity]:
    """The figures computed of those of several reports where they are asked for, else the others."""
    spans = [match.span() for match in COMPUTED.finditer(text)]
    computed = [one for one in told if any(start <= one.start < end for start, end in spans)]
    if query.reckoning in _COMPUTING and computed:
        return computed
    return [one for one in told if one not in computed]


def _fitting(told: Sequence[Quantity], query: Query) -> list[Quantity]:
    """The figures of the first form that answers such a question; of all forms where it asks for several."""
    forms = _FORMS.get(query.amount or query.asked, ())
    if query.several:
        forms = forms[-1:]
    found = ([one for one in told if one.kind in kinds] for kinds in forms)
    return next(filter(None, found), [])


def _writings(figure: Quantity, text: str) -> tuple[str, ...]:
    """How a figure of a text may be written in another, but for what ``canonical`` takes for the same; or nothing."""
    written = " ".join(text[figure.start : figure.end].split())
    numbers = [int(number) for number in re.findall(r"\d+", written)]
    if figure.kind is Kind.PERCENT:
        share = re.sub(r"\s*(?:%|phần trăm)$", "", written, flags=re.IGNORECASE)
        return f"{share}%", f"{share} phần trăm"
    if figure.kind is Kind.MONEY:
        amount = re.sub(r"(?<=[^\W\d_])\s*(?:đồng|đ|VNĐ|VND)$", "", written, flags=re.IGNORECASE)
        return tuple(dict.fromkeys((amount, amount.replace("tỷ", "tỉ"), amount.replace("tỉ", "tỷ"))))
    if figure.kind is Kind.RANK and numbers:
        among = (f"{numbers[0]}/{numbers[1]}",) if len(numbers) > 1 else ()
        return *(f"{word} {form}" for word in ("thứ", "hạng", "vị trí") for form in _padded(numbers[0])), *among
    if figure.kind is Kind.RATIO:
        one, _, other = re.sub(r"\s", "", written).partition("/")
        return f"{one}/{other}", f"{one} trên {other}"
    if figure.kind is Kind.TIME and len(numbers) == 2:
        hour, minute = numbers
        return tuple(f"{form}{mark}{minute:02}" for form in _padded(hour) for mark in (":", "h", " giờ "))
    if figure.kind is Kind.DATE:
        return _dates(written)
    return _counts(figure, written, text) if figure.kind is Kind.NUMBER else (written,)


def _with_bare(forms: tuple[str, ...], quotes: Sequence[str]) -> tuple[str, ...]:
    """With the bare number where only that stands in the quotes: the row of a table has the unit in another cell."""
    bare = re.search(r"\d[\d.,]*\d", forms[0])
    if bare is None or any(holds(quote, form) for quote in quotes for form in forms):
        return forms
    return (*forms, bare[0]) if any(holds(quote, bare[0]) for quote in quotes) else forms


def _padded(number: int) -> tuple[str, ...]:
    return (str(number), f"{number:02}") if number < 10 else (str(number),)


def _dates(written: str) -> tuple[str, ...]:
    day, month = _DAY.fullmatch(written), _MONTH.fullmatch(written)
    if day:
        pairs = [(one, other) for one in _padded(int(day[1])) for other in _padded(int(day[2]))]
        slash, word = (f"/{day[3]}", f" năm {day[3]}") if day[3] else ("", "")
        return *(f"{d}/{m}{slash}" for d, m in pairs), *(f"{d} tháng {m}{word}" for d, m in pairs)
    if month:
        return tuple(f"{m}{mark}{month[2]}" for m in _padded(int(month[1])) for mark in ("/", " năm "))
    return (written,)


def _counts(figure: Quantity, written: str, text: str) -> tuple[str, ...]:
    """A plain number, with the word behind it where it is small."""
    value = figure.value
    if value is None or value != int(value):
        return (written,)
    forms = dict.fromkeys((written, *(_padded(int(value)) if value < _ALONE else (format_number(value),))))
    counted = re.compile(r"\s+([^\W\d_]+)").match(text, figure.end)
    if value >= _ALONE or (counted is None and value >= 10):
        return tuple(forms)
    return tuple(f"{form} {counted[1]}" for form in forms) if counted else ()
