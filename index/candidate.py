"""A possible answer that a report tells, with the words that belong to it."""

from dataclasses import dataclass

from index.numbers import Kind, Quantity
from index.sentences import Sentence
from index.types import Span


@dataclass(frozen=True, slots=True)
class Candidate:
    """A possible answer; offsets are those of the report.

    Attributes:
        sentence: The sentence it stands in.
        span: The stretch that tells it and no other figure: what leads to it, itself, the noun after it.
        lead: What leads to the figure, or to the one whose subject it shares.
        core: The figure with its precision word, or the name, date or clause itself.
        zone: ``span`` and what follows up to the next figure's stretch: where its own words stand.
        tail: Where in ``zone`` a further part begins, after the first comma past the noun.
        heads: What it shares with its neighbours: the start of its clause up to the first figure, after
            "trong đó" the start of the clause or sentence before, and all that belongs to the figure before
            when it has no subject of its own.
        quantity: The figure or date, or None for names and clauses.
        noun: What follows the figure, or of an earlier value the one beside it, and is counted ("trạm BTS"), the
            person's name, or "".
        direction: "tăng" or "giảm" if it is a change, else "".
        planned: Whether it is a planned value.
        years: Years told for it; empty when only the report's own year dates it.
        former: Whether it is the value of an earlier time that the one told is compared with or started from.
        is_part: Whether it stands after "trong đó", as a part of a whole told before.
        of_plan: Whether it is the share of a plan that was reached ("bằng 103,9% kế hoạch").
        is_base: Whether another figure is counted out of it: 149 in "136 trong tổng số 149 bài viết".
        member: What it is of in a list told respectively: "VNPT" of "Viettel, VNPT có lần lượt 12 và 9 trạm".
    """

    sentence: Sentence
    span: Span
    lead: Span
    core: Span
    zone: Span
    tail: int
    heads: tuple[Span, ...] = ()
    quantity: Quantity | None = None
    noun: str = ""
    direction: str = ""
    planned: bool = False
    years: frozenset[int] = frozenset()
    is_part: bool = False
    former: bool = False
    of_plan: bool = False
    is_base: bool = False
    member: Span | None = None

    @property
    def begins(self) -> int:
        """Where the figure's own stretch, or what leads to it, begins."""
        return min(self.span.start, self.lead.start)

    @property
    def kind(self) -> Kind | None:
        """The figure's form, or None for names and clauses."""
        return self.quantity.kind if self.quantity else None

    @property
    def is_range(self) -> bool:
        """Whether its core tells two figures, the quantity being the upper one: "200 - 220"."""
        return self.quantity is not None and self.core.start < self.quantity.precision_start

    def has_form_of(self, other: "Candidate") -> bool:
        """Whether both are figures of one kind and unit."""
        one, two = self.quantity, other.quantity
        return one is not None and two is not None and (one.kind, one.unit) == (two.kind, two.unit)
