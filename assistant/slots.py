"""What a question is about: the nouns counted, the words before each question word, what is left out."""

import re
from collections.abc import Sequence
from itertools import pairwise, takewhile

from assistant.vocabulary import FRAMING, FRAMING_PLAIN, KEPT_PAIRS, TIME_NOUNS, TRADE, is_function_word, only_joins
from index.lexicon import canonical_words
from index.types import Span
from index.words import Word, key

Words = tuple[Word, ...]

_MAX_NOUN, _MAX_SUBJECT = 3, 4
_OPENING = re.compile(r"^(?:trong|ở|tại|về|tính|theo|o|tai|ve|tinh|năm|nam)\s[^,:]{2,60}[,:]\s", re.IGNORECASE)
_EXCLUDED = re.compile(
    r"(?:(?:^|[,(]\s*)(?:ngoài|ngoai|trừ|tru|không kể|khong ke)|\b(?:không|khong|chưa|chua)"
    r" (?:tính|tinh|gồm|gom|bao gồm)"
    r"|[,(]\s*(?:không|khong) (?:phải|phai))\s+([^,()?]*)",
    re.IGNORECASE,
)
_INCLUDED = re.compile(
    r"\b(?:(?:kể|tính|gồm|gộp|ke|tinh|gom|gop) (?:luôn |luon )?(?:cả|ca)|(?:dù|du))"
    r" (?=(?:những |nhung |cái |cai |số |so )?(?:chưa|chua|không|khong|đã|da|phần|phan)\b)([^,()?]*)",
    re.IGNORECASE,
)
"""What is to be counted in, and so tells nothing of what is asked: "kể cả chưa kích hoạt"."""
_PARTING = re.compile(r"[,;]\s+|\s(?:và|va)\s(?=[^,;]*?\b(?:bao nhiêu|bao nhieu|mấy|may|bn)\b)", re.IGNORECASE)
_COUNTED = re.compile(
    r"(?:^|(?<=^so )|so sánh |so sanh |biết |biet |hỏi |hoi )(?:tổng |tong )?(?:số lượng|so luong|số|so)\s(?!với|voi)"
    r"|\b(?P<more>(?:nhiều|ít|đông|nhieu|it|dong)\s)(?=(?:\S+\s){1,4}(?:nhất|nhat)\b|(?:\S+\s){1,9}(?:hơn|hon)\b)",
    re.IGNORECASE,
)
_SETS_BESIDE = re.compile(r"so\s(?=.*[^\x00-\x7f])", re.IGNORECASE)
""" "So doanh thu …" of a question with diacritics, which compares; without any "so" may be "số"."""
_RANKING = frozenset(key(word) for word in "thứ hạng".split())
_SCALES = frozenset(key(word) for word in "triệu nghìn ngàn vạn".split())
"""Words of a number that may stand before the noun: "bao nhiêu triệu hồ sơ"."""
_COUNTABLE = frozenset(key(word) for word in "lượt lần bài tỉnh thứ".split())
"""Words that count after "bao nhiêu", though elsewhere they only join or ask."""
_PARTLY = [key("một"), key("phần")]
_MONTH = key("tháng")
_YEAR = re.compile(r"(?:19|20)\d{2}")
_SOURCE_LEADS, _SOURCE = frozenset("theo trong nam ki ban".split()), ["bao", "cao"]
"""Words before "báo cáo" that make it where a figure is looked for, not what is asked about."""


def counted_nouns(question: str, places: Sequence[Span] = ()) -> tuple[Words, ...]:
    """The noun after each "bao nhiêu" and "mấy"; empty ones only when no question word has a noun.

    Args:
        question: As asked.
        places: Where it names provinces, with which no noun goes on: "người dân Thái Bình".
    """
    slots: list[Words] = []
    canonical = canonical_words(question, typed=True)
    for number in range(len(canonical)):
        if _ends_question_word(canonical, number):
            noun = _up_to(places, _noun_after(question, canonical, number))
            if not number and noun and noun[0].key in TIME_NOUNS and not asks_once(question):
                continue  # "Mấy ngày lễ hội bán được bao nhiêu tấn?"
            slots.append(noun)
            if noun and (listed := _up_to(places, _listed_noun(question, canonical, noun[-1]))):
                slots.append(listed)
    if not any(slots) and (noun := _up_to(places, _named_count(question, canonical))):
        return (noun,)
    return tuple(slot for slot in slots if slot) or tuple(slots)


def _up_to(places: Sequence[Span], noun: Words) -> Words:
    """A noun up to the first province in it."""
    return tuple(takewhile(lambda word: not any(s.start <= word.start < s.end for s in places), noun))


def asks_once(question: str) -> bool:
    """Whether one question word alone asks for a number, so that one figure may count all that is listed after it."""
    canonical = canonical_words(question, typed=True)
    return sum(_ends_question_word(canonical, number) for number in range(len(canonical))) == 1


def parts(question: str) -> list[str]:
    """The parts of a question between commas, and before "và" where a part that asks follows; each keeps its place.

    What stands before a part is blank in it, so that its offsets are the question's.
    """
    cuts = [0, *(match.end() for match in _PARTING.finditer(question)), len(question)]
    return [" " * start + question[start:end] for start, end in pairwise(cuts)]


def _named_count(question: str, canonical: Sequence[Word]) -> Words:
    """What is counted without a question word right before it: "số trạm BTS", "nhiều trạm BTS nhất"."""
    for match in _COUNTED.finditer(question, 3 if _SETS_BESIDE.match(question) else 0):
        noun = [word for word in canonical if match.end() <= word.start][:_MAX_NOUN]
        if match["more"]:  # "nhiều xã có đài truyền thanh hơn"
            noun = [*takewhile(lambda word: not is_function_word(word) and word.folded != "tien", noun)]
        while noun and is_function_word(noun[-1]):
            noun.pop()
        if noun and not any(is_function_word(word) for word in noun):
            return tuple(word for word in noun if word.folded not in ("nhat", "hon"))
    return ()


def _ends_question_word(canonical: Sequence[Word], number: int) -> bool:
    """Whether the word at ``number`` ends a question word for a number: "bao nhiêu", "mấy"."""
    if number >= len(canonical):
        return False
    word = canonical[number]
    before = canonical[number - 1].folded if number else ""
    after = canonical[number + 1].folded if number + 1 < len(canonical) else ""
    return (
        word.key in ("mây'", "bn", "baonhieu", "bnhieu")
        or (word.folded == "nhieu" and before == "bao")
        or word.key == "nhiêu"
        or (word.key == "may" and after != "tinh")
    )


def _noun_after(question: str, canonical: Sequence[Word], number: int) -> Words:
    noun: list[Word] = []
    if number and canonical[number - 1].key in _RANKING:  # "xếp thứ mấy cả nước"
        return ()
    number += number + 1 < len(canonical) and canonical[number + 1].key in _SCALES
    for at, word in enumerate(canonical[number + 1 : number + 1 + _MAX_NOUN], start=number + 1):
        counts = not noun and (word.key in TIME_NOUNS or word.key in _COUNTABLE)
        dates = word.key in TIME_NOUNS and at + 1 < len(canonical) and canonical[at + 1].key[:1].isdigit()
        pauses = "," in question[canonical[number].end : word.start]
        asks = _ends_question_word(canonical, at + (word.folded == "bao"))
        joined = word.folded == "bao" and bool(noun) and noun[-1].folded == "thue"
        if pauses or dates or asks or (only_joins(canonical, at) and not counts and not joined):
            break
        noun.append(word)
    return tuple(noun)


def _listed_noun(question: str, canonical: Sequence[Word], last: Word) -> Words:
    """A second noun of the same question word: "bao nhiêu tập thể, cá nhân?"."""
    first = next((number for number, word in enumerate(canonical) if word.start >= last.end), len(canonical))
    later = canonical[first:]
    if not re.match(r",\s|\s+(và|va)\s", question[last.end :]) or any(
        _ends_question_word(canonical, number) for number in range(first, len(canonical))
    ):
        return ()
    while later and later[0].folded == "va":
        later = later[1:]
    noun = list(takewhile(lambda word: not is_function_word(word), later))
    return tuple(noun) if len(noun) <= _MAX_NOUN else ()


def leads(question: str) -> tuple[Words, ...]:
    """With several question words and no noun: the content words before each, since the last pause."""
    if any(counted_nouns(question)):
        return ()
    canonical = canonical_words(question, typed=True)
    found: list[Words] = []
    lead: list[Word] = []
    for number, word in enumerate(canonical):
        if number and re.search(r"[,:;]", question[canonical[number - 1].end : word.start]):
            lead = []
        if _ends_question_word(canonical, number):
            found.append(tuple(lead))
            lead = []
        elif not is_function_word(word):
            lead.append(word)
    return tuple(found) if len(found) > 1 and all(found) else ()


def subject(question: str, terms: Sequence[Word]) -> Words:
    """The first run of content words, after an opening "Trong …," or "Ở …,"."""
    opening = _OPENING.match(question)
    later = [word for word in terms if not opening or word.start >= opening.end()]
    run = later[:1]
    for word in later[1:_MAX_SUBJECT]:
        if word.start - run[-1].end > 1:
            break
        run.append(word)
    return tuple(run)


def left_out(question: str, words: Sequence[Word]) -> Words:
    """The words of what the question excludes: "ngoài OCOP"."""
    spans = [match.span(1) for match in _EXCLUDED.finditer(question)]
    return tuple(word for word in words if any(start <= word.start < end for start, end in spans))


def counted_in(question: str) -> Span | None:
    """Where a question says what is to be counted in, or None: "kể cả chưa kích hoạt"."""
    match = _INCLUDED.search(question)
    return Span(match.start(), match.end()) if match else None


def content_words(words: Sequence[Word], excluded: Words, asking: frozenset[str], accented: bool) -> Words:
    """The words that say what a question is about.

    Args:
        words: The question's words without the provinces.
        excluded: See ``left_out``.
        asking: Words that only tell the kind of answer, see ``kinds.asking_words``.
        accented: The question is typed with diacritics.
    """
    trade = _trade_words(words)
    framing = _framing_words(words, accented)
    kept = tuple(
        word
        for number, word in enumerate(words)
        if word not in excluded
        and word not in framing
        and (word.key not in asking or _is_kept(words, number))
        and word not in trade
        and not only_joins(words, number, accented)
        and not _YEAR.fullmatch(word.key)
    )
    return _with_split_pairs(kept, words) or tuple(trade)


def _is_kept(words: Sequence[Word], number: int) -> bool:
    """Whether a word that asks elsewhere names a thing together with a neighbour: "tiền phạt", "chỉ số"."""
    around = (words[number - 1 : number + 1] if number else (), words[number : number + 2])
    return any(len(pair) == 2 and (pair[0].key, pair[1].key) in KEPT_PAIRS for pair in around)


def _with_split_pairs(kept: Words, words: Sequence[Word]) -> Words:
    """``kept``, "bao" wherever it does not ask ("thuê bao"), and "một phần" where it is no "phần trăm"."""
    asks = {word for word, after in pairwise(words) if word.folded == "bao" and after.folded == "nhieu"}
    part = {w for pair in pairwise(words) if [w.key for w in pair] == _PARTLY for w in pair}
    return tuple(w for w in words if w in kept or w in part or (w.key == "bao" and w not in asks))


def _framing_words(words: Sequence[Word], accented: bool) -> set[Word]:
    """The words of phrases that say no more than "in all" or "by the end of the year"."""
    found: set[Word] = set()
    for pair in pairwise(words):
        dated = _YEAR.fullmatch(pair[1].key) or pair[1].key == _MONTH or "/" in pair[1].key
        year = dated and pair[0].folded == "cuoi"
        named = tuple(word.key for word in pair) in FRAMING
        plain = not accented and tuple(word.folded for word in pair) in FRAMING_PLAIN
        if year or named or plain:
            found.update(word for word in pair if "/" not in word.key)
    for first, second, third in zip(words, words[1:], words[2:], strict=False):
        if first.folded in _SOURCE_LEADS and [second.folded, third.folded] == _SOURCE:
            found.update((second, third))
    return found


def _trade_words(words: Sequence[Word]) -> list[Word]:
    """The words of "thông tin và truyền thông"."""
    folded = [word.folded for word in words]
    found: list[Word] = []
    for number in range(len(folded) - len(TRADE) + 1):
        if folded[number : number + len(TRADE)] == TRADE:
            found.extend(words[number : number + len(TRADE)])
    return found
