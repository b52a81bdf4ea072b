import re
import unicodedata
from dataclasses import fields
from string import Formatter

import pytest

from assistant.feedback import Reason
from assistant.figure_table import KINDS
from assistant.ui.texts import Texts
from assistant.ui.texts_en import ENGLISH
from assistant.ui.texts_vi import VIETNAMESE
from index.types import FigureKind
from tests.conftest import ROOT

NAMES = [field.name for field in fields(Texts)]
VIETNAMESE_ON_PURPOSE = {"other_language", "indicator_hint"}


def strings(texts, name):
    value = getattr(texts, name)
    return value if isinstance(value, tuple) else (value,)


def places(text):
    """What is filled in, in the order of names; a place without a name, or with a format, is an error."""
    found = [(name, form, conversion) for _, name, form, conversion in Formatter().parse(text) if name is not None]
    assert [one for one in found if not one[0].isidentifier() or one[1:] != ("", None)] == []
    return sorted(name for name, _, _ in found)


def vietnamese_letters(text):
    """Letters that English does not write."""
    return [letter for letter in text if letter.isalpha() and not unicodedata.normalize("NFC", letter).isascii()]


@pytest.mark.parametrize("texts", [VIETNAMESE, ENGLISH], ids=["vi", "en"])
@pytest.mark.parametrize("name", NAMES)
def test_no_string_is_empty_or_loose(texts, name):
    for text in strings(texts, name):
        assert text
        assert text == text.strip()
        assert text == unicodedata.normalize("NFC", text)
        assert "\n" not in text
        assert "  " not in text


@pytest.mark.parametrize("name", NAMES)
def test_both_languages_have_the_same_places_to_fill_in(name):
    vietnamese, english = strings(VIETNAMESE, name), strings(ENGLISH, name)
    assert [places(text) for text in vietnamese] == [places(text) for text in english]


@pytest.mark.parametrize("name", [name for name in NAMES if name not in VIETNAMESE_ON_PURPOSE])
def test_the_english_page_is_english(name):
    assert [vietnamese_letters(text) for text in strings(ENGLISH, name)] == [[]] * len(strings(ENGLISH, name))


def test_what_is_vietnamese_on_the_english_page_is_an_example_or_the_name_of_the_language():
    assert ENGLISH.other_language == "Tiếng Việt"
    assert ENGLISH.indicator_hint == "for example: trạm BTS, doanh thu viễn thông"


@pytest.mark.parametrize("name", [name for name in NAMES if name not in ("other_language", "other_language_href")])
def test_the_vietnamese_page_is_not_english(name):
    same = [one for one, other in zip(strings(VIETNAMESE, name), strings(ENGLISH, name), strict=True) if one == other]
    assert same == []


def test_no_string_holds_markup():
    for texts in (VIETNAMESE, ENGLISH):
        told = " ".join(text for name in NAMES for text in strings(texts, name))
        assert re.findall('[<>&"`]', told) == []


def test_every_kind_of_figure_has_a_name_in_order():
    assert [VIETNAMESE.kind_name(kind) for kind in FigureKind] == [KINDS[kind] for kind in FigureKind]
    assert [ENGLISH.kind_name(kind) for kind in FigureKind] == list(ENGLISH.kinds)
    assert ENGLISH.kind_name(FigureKind.TARGET) == "target"


def test_every_reason_of_feedback_has_a_name():
    assert len(VIETNAMESE.feedback_reasons) == len(ENGLISH.feedback_reasons) == len(Reason)
    assert len(set(ENGLISH.feedback_reasons)) == len(Reason)


def test_the_languages_lead_to_each_other():
    assert (VIETNAMESE.language, VIETNAMESE.other_language_href) == ("vi", "en")
    assert (ENGLISH.language, ENGLISH.other_language_href) == ("en", ".")


def test_every_string_is_used():
    code = "\n".join(path.read_text("utf-8") for path in sorted((ROOT / "assistant" / "ui").glob("*.py")))
    used = {"kinds", *re.findall(r"(?:texts|VIETNAMESE|ENGLISH)\.(\w+)", code)}  # kinds: by kind_name
    assert [name for name in NAMES if name not in used] == []
