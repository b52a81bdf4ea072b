"""Answers over several provinces: one line each, those without the figure named, the most or least first."""

from collections.abc import Sequence
from dataclasses import dataclass

from assistant import phrase, refusals
from assistant.types import Draft, Evidence, Query
from index.numbers import Quantity


@dataclass(frozen=True, slots=True)
class Side:
    """What the reports of one province tell.

    Attributes:
        province: Its name.
        draft: The answer for it alone, or None when its reports do not tell.
        quantity: The figure of that answer, or None.
    """

    province: str
    draft: Draft | None
    quantity: Quantity | None


def join(sides: Sequence[Side], query: Query) -> Draft:
    """One draft of all sides.

    Status "partial" when a province that the question names is silent; "abstained" when all are.
    """
    told = [side for side in sides if side.draft is not None]
    silent = [side.province for side in sides if side.draft is None]
    if not told:
        return Draft(refusals.not_told(query), "abstained")
    lines: list[str] = []
    if query.extreme and len(told) > 1 and _comparable(told):
        told.sort(key=lambda side: -query.extreme * _value(side))
        lines.append(f"{'Cao' if query.extreme > 0 else 'Thấp'} nhất: **{phrase.escape(told[0].province)}**.")
    evidence: list[Evidence] = []
    for side in told:
        assert side.draft is not None
        lines.append(f"- {phrase.renumbered(side.draft.text, len(evidence))}")
        evidence.extend(side.draft.evidence)
    partial = bool(silent) and bool(query.provinces)
    if partial:
        lines.append(f"- Báo cáo không nêu: {', '.join(silent)}.")
    return Draft("\n".join(lines), "partial" if partial else "answered", tuple(evidence))


def _comparable(sides: Sequence[Side]) -> bool:
    """Whether all sides tell a figure in the same unit."""
    units = {side.quantity.unit for side in sides if side.quantity and side.quantity.value is not None}
    return len(units) == 1 and all(side.quantity and side.quantity.value is not None for side in sides)


def _value(side: Side) -> float:
    return float(side.quantity.value) if side.quantity and side.quantity.value is not None else 0.0
