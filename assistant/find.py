"""The candidates that answer a query: the one it singles out, the parts of a whole, or the most probable ones."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, partial

from assistant.alike import alike_first, all_alike
from assistant.apart import Slot, slots_of
from assistant.attained import attained_first
from assistant.choose import deciding, most, told_together
from assistant.columns import column_first
from assistant.counted import counted_first
from assistant.listed import extreme_listed, member_meant
from assistant.marks import marked_first
from assistant.match import Matcher, ShareOf
from assistant.meaning import Meanings
from assistant.members import members_first
from assistant.most import most_first
from assistant.next_told import given_first, names_first, reason_first
from assistant.parts import base_first, parts_of, sum_first, whole_first
from assistant.plain import plain_first
from assistant.pool import Pool
from assistant.rank import Scored, score_text
from assistant.ranker import Ranked, bundled_ranker
from assistant.settle import asks_parts
from assistant.singled import (
    Maker,
    asks_which_place,
    extreme_cells,
    names_a_place,
    narrowed,
    prize_asked,
    singled_out,
    tells_contest,
)
from assistant.slogans import slogan_asked, tells_event
from assistant.slots import asks_once
from assistant.sure import going_along, is_sure
from assistant.traits import asking_of
from assistant.types import Asked, Query
from index.candidate import Candidate
from index.lexicon import canonical_words
from index.opened import Index
from index.sentences import Sentences
from index.thesaurus import phrases_asked
from index.types import Hit
from index.words import Word

MOST_NEAR = 6
"""Near misses kept of those that rules score."""
ENOUGH_ALONE = 0.25
"""Least coverage of a winner where no other is told."""
NEAR = 0.02
"""Least probability of a near miss."""
_KEPT = 8
"""Matchers and rankings kept, as one question is read in several steps."""

_STEPS = (
    counted_first, members_first, attained_first, base_first, marked_first, whole_first, sum_first, plain_first,
    given_first, names_first, reason_first, most_first,
)  # fmt: skip
"""What puts the candidate that a question means before one told beside it, in turn."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What one report set tells about a query.

    Attributes:
        chosen: The candidates that answer, one a slot of the question; empty when none is sure.
        near: The nearest candidates when none is sure.
        names: How the question calls what each of ``chosen`` is of, where it asks the same of several things.
        probability: Of the first of ``chosen``; 0 where rules chose it.
    """

    chosen: tuple[Candidate, ...]
    near: tuple[Candidate, ...]
    names: tuple[str, ...] = ()
    probability: float = 0.0


class Finder:
    """Finds what answers a query in ranked passages of one index; several threads may ask it.

    Args:
        index: The index.
        sentences: Its sentences.

    Attributes:
        pool: What its passages tell that may answer.
    """

    def __init__(self, index: Index, sentences: Sentences) -> None:
        self._index = index
        self.pool = Pool(index, sentences)
        self._meanings = Meanings()
        self._matchers = lru_cache(maxsize=_KEPT)(partial(_matcher, index.share))
        self._rankings = lru_cache(maxsize=_KEPT)(self._ordered)

    def find(
        self, query: Query, hits: Sequence[Hit], of_side: bool = False, beside: Candidate | None = None
    ) -> Finding:
        """The candidates that answer a query.

        Args:
            query: About one province, or one side of a comparison.
            hits: Its passages.
            of_side: Whether it is one side of a comparison that the question names.
            beside: What another side tells, to be set beside this one's figure.
        """
        if (maker := singled_out(query)) is not None and (found := self._singled(query, hits, maker)) is not None:
            return found
        if asks_parts(query) and (parts := self._parts(query, hits)):
            return Finding(parts, ())
        return self._each(query, hits, of_side, beside)

    def _singled(self, query: Query, hits: Sequence[Hit], maker: Maker) -> Finding | None:
        """The one that a question singles out of several told side by side, or None when none is sure."""
        slogan, prize = slogan_asked(query), prize_asked(query)
        matcher, listed = self.matcher(query), self.pool.sentences(query, hits)
        told = [score_text(c, query, matcher, hit) for sentence, hit in listed for c in maker(sentence)]
        if query.extreme and not prize:
            cells = extreme_cells([sentence for sentence, _ in listed], query)
            cells += [one for sentence, _ in listed for one in extreme_listed(sentence, query.extreme)]
            told += [score_text(cell, query, matcher, 0.0) for cell in cells]
            told = [one for one in told if not asks_which_place(query) or names_a_place(one.candidate)]
        best = max((s for s in told if s.sure and s.fits), key=lambda s: s.score, default=None)
        if best is None and (slogan or prize):
            best = _only_one(told, 0.0 if slogan else ENOUGH_ALONE)
        if best is not None and (
            (slogan and not tells_event(best.candidate, query, matcher))
            or (prize and not tells_contest(best.candidate, query, matcher))
        ):
            best = None
        if best is not None or prize:
            return Finding((best.candidate,) if best else (), _nearest(told))
        return None

    def _each(self, query: Query, hits: Sequence[Hit], of_side: bool, beside: Candidate | None) -> Finding:
        """The figure, date or clause for each thing that a question asks for."""
        chosen: list[Candidate] = []
        slots: list[list[Ranked]] = []
        asked = slots_of(query)
        rankings = [self._rankings(one, tuple(hits)) for one in asked]
        if beside is not None:
            rankings = [alike_first(ranked, beside) for ranked in rankings]
        elif len(asked) > 1 and len({(one.query.asked, one.number) for one in asked}) == 1:
            rankings = all_alike(rankings)
        are_sure = [is_sure(ranked, query, of_side) for ranked in rankings]
        sure = [ranked for ranked, told in zip(rankings, are_sure, strict=True) if told]
        for slot, ranked, told_surely in zip(asked, rankings, are_sure, strict=True):
            if chosen and ranked and ranked[0].candidate.core == chosen[-1].core and asks_once(query.question):
                continue  # one figure counts all that is listed: "bao nhiêu bản đồ, tư liệu"
            along = None if told_surely else going_along(ranked, sure)
            if not told_surely and along is None:
                near = sorted((one for one in ranked if one.near > NEAR), key=lambda one: -one.near)
                return Finding((), tuple(distinct(one.candidate for one in near)))
            slots.append(ranked)
            choice = along or (most(ranked, slot.query) if slot.query.extreme else deciding(ranked, query))
            chosen.append(member_meant(narrowed(choice.candidate, slot.query), slot.query))
        apart = len(distinct(chosen)) == len(chosen)  # one figure may answer all: "19 sở, ban, ngành"
        names = tuple(one.name for one in asked)
        if any(names):  # one figure is not of several things
            each = apart and len(chosen) == len(asked) and _tell_each(chosen, names)
            return Finding(tuple(chosen), (), names) if each else Finding((), tuple(distinct(chosen)))
        told = tuple(distinct(told_together(slots) or chosen if apart else chosen))
        return Finding(told, (), probability=slots[0][0].probability if slots else 0.0)

    def _parts(self, query: Query, hits: Sequence[Hit]) -> tuple[Candidate, ...]:
        """The parts that the report tells of the figure that a question asks the parts of."""
        terms = tuple(word for word in query.terms if word.folded not in ("khoan", "nguon", "phan"))
        whole = replace(query, asked=Asked.MONEY, wanted=(), several=(), given=(), terms=terms, total=True)
        ranked = whole_first(self.ranked(whole, hits), whole, self.matcher(whole))
        if not ranked or not is_sure(ranked, whole, of_side=False):
            return ()
        parts = parts_of(ranked[0].candidate)
        return tuple(parts) if len(parts) > 1 else ()

    def _ordered(self, slot: Slot, hits: tuple[Hit, ...]) -> list[Ranked]:
        """The candidates for one thing asked, the whole before its parts where the question means it."""
        matcher = self.matcher(slot.query)
        ranked = column_first(self.ranked(slot.query, hits, slot.number), slot, matcher)
        for first in _STEPS:
            ranked = first(ranked, slot.query, matcher)
        return ranked

    def ranked(self, query: Query, hits: Sequence[Hit], slot: int = 0) -> list[Ranked]:
        """The candidates for one slot of a query, the most probable first."""
        pool = self.pool.candidates(query, hits)
        asking = asking_of(query, self.matcher(query), self._meanings, slot)
        return bundled_ranker().rank([one for one, _ in pool], [hit for _, hit in pool], asking, self._meanings)

    def matcher(self, query: Query) -> Matcher:
        """A matcher of the query's terms, weighted by how common they are in these reports."""
        return self._matchers(query.terms, query.carried, query.search_text)


def _matcher(share: ShareOf, terms: tuple[Word, ...], carried: tuple[Word, ...], text: str) -> Matcher:
    return Matcher(terms, carried, share, phrases_asked(text))


def _tell_each(chosen: Sequence[Candidate], names: Sequence[str]) -> bool:
    """Whether figures of one form are each of the thing named for it, by its words, headings or the sentence before."""
    for candidate, name in zip(chosen, names, strict=True):
        before = candidate.sentence.before
        told = {word.folded for word in (*candidate.sentence.words, *(before.words if before else ()))}
        if not candidate.has_form_of(chosen[0]) or not {word.folded for word in canonical_words(name)} <= told:
            return False
    return True


def _only_one(told: Sequence[Scored], least: float) -> Scored | None:
    """The one slogan or winner that is told, if enough of what is asked stands around it."""
    best = max(told, key=lambda one: one.coverage, default=None)
    alone = len({(one.candidate.sentence.report.path, one.candidate.core) for one in told}) == 1
    return best if best and alone and best.coverage >= least else None


def _nearest(told: Sequence[Scored]) -> tuple[Candidate, ...]:
    """The best of candidates scored by rules."""
    return tuple(distinct(one.candidate for one in sorted(told, key=lambda one: -one.score)))[:MOST_NEAR]


def distinct(candidates: Iterable[Candidate]) -> list[Candidate]:
    """The candidates without those of a span seen before."""
    return list({(one.sentence.report.path, one.core): one for one in reversed([*candidates])}.values())[::-1]
