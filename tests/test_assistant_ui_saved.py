import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.types import Answer, Check, Citation, Verification
from assistant.ui.conversation import MAX_TURNS, Conversation, Turn
from assistant.ui.messages import messages_of
from assistant.ui.saved import MAX_CHARS, from_json, to_json
from assistant.ui.texts_vi import VIETNAMESE

ID = "0123456789abcdef" * 2
CITED = Citation(1, "a.md", "Tổng kết", "Đắk Nông", 2023, "Báo A", 0, 14, "Có 44 trạm mới", "00")
HOLDS = Check("44", 3, 5, True, "có trong đoạn trích")
ANSWER = Answer("Mấy trạm?", "Có 44 trạm [1].", "answered", (CITED,), (HOLDS,), (CITED,), "extractive", 2.0)


def turn(number=1, **changed):
    return replace(Turn(number, "Mấy trạm?", ANSWER, done=True), **changed)


def conversation(*turns):
    return Conversation(turns or (turn(),), ID)


def kept(told=None):
    """A conversation as a browser gives it back: whole numbers have lost their point."""
    written = json.dumps(to_json(told or conversation())).replace('"elapsed_ms": 2.0', '"elapsed_ms": 2')
    return json.loads(written)


def changed(*path, to):
    """A kept conversation with another value in one place."""
    value = kept()
    place = value
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = to
    return value


def as_it_was(answer):
    return Verification(answer.checks, ())


def never(answer):
    raise AssertionError("verified what is not to be read")


# --- there and back


def test_a_conversation_comes_back_as_it_was():
    told = conversation(
        turn(1),
        turn(2, rating="up"),
        turn(3, rating="down"),
        Turn(4, "  ", notice="Câu hỏi trống."),
        turn(7, done=False, notice="Mô hình không trả lời."),
    )
    assert from_json(kept(told), as_it_was) == told


def test_an_answer_without_a_year_comes_back():
    cited = replace(CITED, year=None, province="")
    told = conversation(turn(answer=replace(ANSWER, citations=(cited,), near_misses=(), checks=())))
    assert from_json(kept(told), as_it_was) == told


def test_an_answer_that_was_broken_off_is_not_kept():
    told = conversation(turn(1), Turn(2, "Ai?", ANSWER))
    assert [one["number"] for one in to_json(told)["turns"]] == [1]
    assert to_json(conversation(Turn(1, "Ai?")))["turns"] == []


def test_the_title_is_the_first_question_on_one_line():
    assert to_json(conversation(turn(question=" Mấy\n\ttrạm? ")))["title"] == "Mấy trạm?"
    assert to_json(conversation(turn(question="x" * 200), turn(2)))["title"] == "x" * 80
    assert to_json(Conversation())["title"] == ""


def test_an_empty_conversation_is_none_to_go_on_with():
    assert to_json(Conversation()) == {"id": "", "title": "", "turns": []}
    assert from_json(to_json(Conversation()), never) is None


def test_of_a_conversation_too_long_for_a_browser_the_latest_turns_are_kept():
    long = replace(ANSWER, citations=(replace(CITED, quote="x" * (MAX_CHARS // 3)),))
    told = conversation(turn(1, question="Đầu?"), *(turn(number, answer=long) for number in (2, 3, 4)))
    value = to_json(told)
    assert [one["number"] for one in value["turns"]] == [3, 4]
    assert value["title"] == "Đầu?"
    assert len(json.dumps(value["turns"], ensure_ascii=False)) <= MAX_CHARS
    assert [one.number for one in from_json(value, as_it_was).turns] == [3, 4]


def test_a_turn_too_long_for_a_browser_is_not_kept():
    assert to_json(conversation(turn(question="x" * (MAX_CHARS + 1))))["turns"] == []


def test_of_too_many_turns_the_latest_are_kept():
    told = conversation(*(turn(number) for number in range(1, MAX_TURNS + 4)))
    assert [one.number for one in from_json(kept(told), as_it_was).turns] == list(range(4, MAX_TURNS + 4))


# --- verified anew


def test_the_verdicts_are_those_of_today():
    fails = replace(HOLDS, supported=False, reason="không thấy trong đoạn trích")
    verified = []

    def verify(answer):
        verified.append(answer)
        return Verification((fails,), ())

    told = from_json(kept(), verify)
    assert told.turns[0].answer == replace(ANSWER, checks=(fails,))
    assert verified == [ANSWER]


def test_a_forged_verdict_is_not_believed(bot):
    honest = bot.answer("Đắk Nông có bao nhiêu trạm BTS?")
    forged = replace(honest, text=honest.text.replace("1.167", "9.999"))
    forged = replace(forged, checks=tuple(replace(check, figure="9.999", supported=True) for check in honest.checks))
    told = [from_json(to_json(conversation(turn(answer=one))), bot.verify).turns[0].answer for one in (honest, forged)]
    assert told[0] == honest
    assert [check.supported for check in told[1].checks if check.figure == "9.999"] == [False]


# --- hostile values


@pytest.mark.parametrize(
    "value",
    [
        None, True, 0, -1, 1.5, "", "{}", "null", [], [[]], {}, {"turns": []}, {"id": ID, "turns": []}, "x" * 10_000,
        {"id": ID, "title": "", "turns": {}}, {"id": ID, "title": "", "turns": [None]},
        {"id": ID, "title": "", "turns": [[]]}, {"id": ID, "title": "", "turns": [{}]},
        float("nan"), float("inf"), b"{}", {1, 2}, object,
    ],
    ids=repr,
)  # fmt: skip
def test_what_is_no_conversation_is_left(value):
    assert from_json(value, never) is None


@pytest.mark.parametrize("missing", ["id", "title", "turns"])
def test_a_conversation_with_a_part_missing_is_left(missing):
    value = kept()
    del value[missing]
    assert from_json(value, never) is None


@pytest.mark.parametrize("missing", ["number", "question", "answer", "notice", "done", "rating"])
def test_a_turn_with_a_part_missing_is_left(missing):
    value = kept()
    del value["turns"][0][missing]
    assert from_json(value, never) is None


@pytest.mark.parametrize(
    "name",
    ["", "a", ID.upper(), ID + "0", ID[:-1], ID + "\n", "../" + ID[3:], "٣" * 32, "<script>".ljust(32, "a"), 5, None],
)
def test_a_name_that_no_conversation_has_is_left(name):
    assert from_json(changed("id", to=name), never) is None


@pytest.mark.parametrize("number", [0, -1, 10**9, 10**400, 1.5, "1", True, None, [1]])
def test_a_number_that_no_turn_has_is_left(number):
    assert from_json(changed("turns", 0, "number", to=number), never) is None


@pytest.mark.parametrize("numbers", [(1, 1), (2, 1), (1, 3, 2)])
def test_turns_out_of_order_are_left(numbers):
    assert from_json(kept(conversation(*map(turn, numbers))), never) is None


@pytest.mark.parametrize(
    ("part", "value"),
    [
        ("question", None), ("question", 5), ("question", "\ud800"), ("notice", None), ("notice", ["x"]),
        ("done", "true"), ("done", 1), ("done", False), ("rating", "best"), ("rating", None),
        ("answer", "Có 44."), ("answer", []), ("answer", {}), ("answer", None),
    ],
)  # fmt: skip
def test_a_turn_with_another_type_of_part_is_left(part, value):
    assert from_json(changed("turns", 0, part, to=value), never) is None


@pytest.mark.parametrize(
    ("part", "value"),
    [
        ("text", None), ("text", 44), ("status", "certain"), ("citations", {}), ("citations", [5]), ("citations", [{}]),
        ("checks", None), ("near_misses", "x"), ("reader", 5), ("elapsed_ms", "fast"), ("elapsed_ms", float("nan")),
        ("elapsed_ms", float("inf")), ("question", None),
    ],
)  # fmt: skip
def test_an_answer_with_another_type_of_part_is_left(part, value):
    assert from_json(changed("turns", 0, "answer", part, to=value), never) is None


@pytest.mark.parametrize(
    ("part", "value"), [("start", "0"), ("end", 1.5), ("year", "2023"), ("marker", None), ("quote", None)]
)
def test_a_citation_with_another_type_of_part_is_left(part, value):
    assert from_json(changed("turns", 0, "answer", "citations", 0, part, to=value), never) is None


def test_deep_nesting_is_left():
    deep = []
    for _ in range(100_000):
        deep = [deep]
    assert from_json(deep, never) is None
    assert from_json({**kept(), "more": deep}, never) is None
    assert from_json(changed("turns", 0, "answer", to=deep), never) is None


def test_more_than_a_browser_keeps_is_left():
    assert from_json(changed("turns", 0, "question", to="x" * (2 * MAX_CHARS + 1)), never) is None


def test_more_turns_than_a_conversation_has_are_left():
    value = kept()
    value["turns"] = [{**value["turns"][0], "number": number} for number in range(1, MAX_TURNS + 2)]
    assert from_json(value, never) is None
    value["turns"].pop()
    assert len(from_json(value, as_it_was).turns) == MAX_TURNS


def test_an_answer_longer_than_one_can_be_is_left():
    assert from_json(changed("turns", 0, "answer", "text", to="1 " * 6_001), never) is None
    citation = kept()["turns"][0]["answer"]["citations"][0]
    for part in ("citations", "near_misses"):
        assert from_json(changed("turns", 0, "answer", part, to=[citation] * 40), never) is None


def test_a_question_longer_than_a_browser_keeps_comes_back_as_far_as_it_is_shown():
    told = from_json(changed("turns", 0, "question", to="x" * MAX_CHARS), as_it_was)
    assert len(messages_of(told, VIETNAMESE)[0]["content"]) < 1_000


def test_keys_that_mean_nothing_are_not_looked_at():
    value = {**kept(), "at": 1_700_000_000_000, "__proto__": {"admin": True}}
    assert from_json(value, as_it_was) == conversation()


@pytest.mark.parametrize(("start", "end"), [(-10, 5), (5, 2), (0, 10**9), (10**30, 10**31)])
def test_offsets_that_no_text_has_are_left(start, end):
    value = kept()
    for part in ("citations", "near_misses"):
        value["turns"][0]["answer"][part][0] |= {"start": start, "end": end}
        assert from_json(value, never) is None


@pytest.mark.parametrize(("start", "end"), [(0, 0), (10**9 - 2, 10**9 - 1)])
def test_offsets_that_the_report_does_not_have_prove_nothing(bot, start, end):
    honest = bot.answer("Đắk Nông có bao nhiêu trạm BTS?")
    forged = replace(honest, citations=(replace(honest.citations[0], start=start, end=end),))
    (told,) = from_json(to_json(conversation(turn(answer=forged))), bot.verify).turns
    assert [check.supported for check in told.answer.checks] == [False]


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)


@settings(max_examples=60, deadline=None)
@given(
    _JSON,
    st.sampled_from(["id", "title", "turns", "number", "question", "answer", "done", "text", "citations", "start"]),
)
def test_any_value_in_any_place_is_read_or_left(value, place):
    whole = kept()
    turn_of, answer_of = whole["turns"][0], whole["turns"][0]["answer"]
    for part in (whole, turn_of, answer_of, answer_of["citations"][0]):
        if place in part:
            part[place] = value
    told = from_json(whole, as_it_was)
    assert told is None or messages_of(told, VIETNAMESE)
