"""The provinces and cities: the 63 that the reports know, and the 34 that they are since 1 July 2025.

``provinces.tsv`` has one line for each of the 63. The second column names the province it was joined into by
Resolution 202/2025/QH15 of the National Assembly, and is empty for the 34 that gave the new province its name or
stayed as they were. The city of Huế, until the end of 2024 tỉnh Thừa Thiên Huế, keeps that name here. The third
column lists other spellings; "Đắk/Đăk Nông" is two. Those that differ only by case, spaces, hyphens or the place of
the tone need no entry.
"""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib import resources
from itertools import product

MERGED = date(2025, 7, 1)
"""The day on which 63 provinces and cities became 34."""


@dataclass(frozen=True, slots=True)
class Province:
    """One of the 63.

    Attributes:
        name: Its canonical name, the one in ``Report.province``.
        joined: Name of the province that it is a part of since ``MERGED``, or "" for the 34.
        spellings: How else it is written.
    """

    name: str
    joined: str
    spellings: tuple[str, ...]


def _read() -> dict[str, Province]:
    lines = resources.files("index").joinpath("provinces.tsv").read_text("utf-8").splitlines()
    rows = [(*line.split("\t"), "", "")[:3] for line in lines[1:]]
    return {name: Province(name, joined, _spelled_out(spellings)) for name, joined, spellings in rows}


def _spelled_out(listed: str) -> tuple[str, ...]:
    """ "Đắk/Đăk Nông, Dak Nong" → "Đắk Nông", "Đăk Nông", "Dak Nong"."""
    spellings = [spelling.split() for spelling in listed.split(",") if spelling.strip()]
    return tuple(" ".join(parts) for words in spellings for parts in product(*(word.split("/") for word in words)))


PROVINCES = _read()
"""The 63 by their names, in the order of the Vietnamese alphabet."""
NAMES = tuple(PROVINCES)


def successor(name: str, year: int | None = None) -> str:
    """The province that ``name`` belongs to: itself, or the one it was joined into.

    Args:
        name: One of ``NAMES``.
        year: Year of a report's results; None is today. Results of a year before 2025 are of the old provinces,
            those of 2025, told at its end, of the new ones.
    """
    before = year is not None and year < MERGED.year
    return name if before else PROVINCES[name].joined or name


@lru_cache(maxsize=64)
def former_parts(name: str) -> tuple[str, ...]:
    """The provinces that make up ``name`` since ``MERGED``, itself first; none when it was joined into another."""
    if successor(name) != name:
        return ()
    return (name, *(other.name for other in PROVINCES.values() if other.joined == name))
