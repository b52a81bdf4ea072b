"""Compile ``training/thesaurus.txt`` to ``index/thesaurus.json``, which loads in a tenth of the time.

    python -m training.thesaurus

Run it after a change of the thesaurus or of ``index/lexicon``, whose canonical words its phrases are put in.
"""

import json
from pathlib import Path

from index.lexicon import canonical_words

SOURCE = Path(__file__).with_name("thesaurus.txt")
COMPILED = Path(__file__).resolve().parents[1] / "index" / "thesaurus.json"


def lines() -> list[str]:
    """The lines of the thesaurus, without headings."""
    return [line for line in SOURCE.read_text("utf-8").splitlines() if line and not line.startswith("#")]


def compiled() -> str:
    """The phrases by their canonical words, and of each line the numbers of those that mean the same and the looser."""
    known: dict[str, int] = {}
    related: list[list[list[int]]] = []
    for line in lines():
        parts = [[_form(phrase) for phrase in part.split("=")] for part in line.split("~")]
        same, *loose = ([known.setdefault(form, len(known)) for form in forms] for forms in parts)
        related.append([same, [number for part in loose for number in part]])
    return json.dumps({"forms": list(known), "lines": related}, ensure_ascii=False, separators=(",", ":")) + "\n"


def _form(phrase: str) -> str:
    return " ".join(word.key for word in canonical_words(phrase))


if __name__ == "__main__":
    COMPILED.write_text(compiled(), "utf-8")
