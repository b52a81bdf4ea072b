"""How many people a group has: those told right behind the number of the groups ("858 tổ với 4.317 thành viên")."""

import re
from collections.abc import Sequence

from assistant.counting import sole_noun
from assistant.match import Matcher
from assistant.rank import PRESENT
from assistant.ranker import Ranked, reweighed
from assistant.sorts import Sort, sorts_of
from assistant.types import Query
from index.candidate import Candidate
from index.candidates import figure_candidates
from index.numbers import Kind
from index.words import keys, words

_LIKELIER = 20.0
"""How much likelier the members told behind their groups are."""
_BEHIND = re.compile(
    r"(?:[^.;:]{0,80}?[\s)])?(?:với|gồm|quy tụ|thu hút|tập hợp|huy động|có|tổng cộng|tổng số|là|và|,)\s*",
    re.IGNORECASE,
)
"""Between the groups and their members."""
_MOST_MISSING = 0.25
"""Most that may be missing around them of what is asked."""
_OF_BEING = frozenset(
    keys("lực lượng tham gia gồm đông tất cả hiện thành viên hoạt động nhân sự quân số người tổng cộng số toàn tỉnh")
)
"""What a question may say of members that is no deed of theirs: those they taught are others."""


def members_first(ranked: Sequence[Ranked], query: Query, matcher: Matcher) -> list[Ranked]:
    """The ranking with the people told right behind the groups that a question counts the people of the likelier.

    "Lực lượng tổ công nghệ số gồm bao nhiêu người?" is answered by "883 tổ công nghệ số với 5.217 thành viên".
    """
    if Sort.PEOPLE not in sorts_of(sole_noun(query)) or not _asks_size(query):
        return [*ranked]
    return reweighed(ranked, [_LIKELIER if _are_members(one.candidate, matcher) else 1.0 for one in ranked])


def _asks_size(query: Query) -> bool:
    """Whether a question names a group by two words and more, and no deed: "tổ công nghệ số cộng đồng"."""
    asked = [word for word in query.terms if word.key not in _OF_BEING]
    return len(asked) > 1 and Sort.TEAMS in sorts_of(asked[:1])


def _are_members(candidate: Candidate, matcher: Matcher) -> bool:
    """Whether a figure counts people right behind a group whose words the question has."""
    noun = words(candidate.noun)
    if candidate.kind is not Kind.NUMBER or Sort.PEOPLE not in sorts_of(noun) or noun[0].folded == "luot":
        return False
    counts = (one for one in figure_candidates(candidate.sentence) if one.kind is Kind.NUMBER)
    before = [one for one in counts if one.core.end <= candidate.core.start]
    groups = words(before[-1].noun) if before else []
    if not groups or Sort.TEAMS not in sorts_of(groups) or not matcher.is_asked(groups[0]):
        return False
    if _missing(candidate, matcher) > _MOST_MISSING:
        return False  # members of one sort, or other groups
    text = candidate.sentence.report.text
    return _BEHIND.fullmatch(text, before[-1].span.end, candidate.core.start) is not None


def _missing(candidate: Candidate, matcher: Matcher) -> float:
    """Weighted share, 0 to 1, of the words that ask for a group which do not stand around a candidate."""
    found = zip(matcher.terms, matcher.found(candidate), strict=True)
    asked = [(term.weight, value) for term, value in found if term.word.key not in _OF_BEING]
    missing = sum(weight for weight, value in asked if value < PRESENT)
    return missing / max(sum(weight for weight, _ in asked), 1e-9)
