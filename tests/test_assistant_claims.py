import pytest

from assistant.claims import Claim, claims, statements, years_named


def only(text: str) -> Claim:
    found = claims(text)
    assert len(found) == 1
    return found[0]


def told(text: str) -> list[str]:
    return [text[one.quantity.start : one.quantity.end] for one in claims(text)]


def test_a_statement_rests_on_the_markers_that_follow_it() -> None:
    text = "Lào Cai có 5 trạm [1], Cà Mau có 7 trạm [2] [3]. Cả hai đều tăng [1]."
    assert [(text[s.span.start : s.span.end], s.markers) for s in statements(text)] == [
        ("Lào Cai có 5 trạm ", (1,)),
        (", Cà Mau có 7 trạm ", (2, 3)),
        ("Cả hai đều tăng ", (1,)),
    ]


def test_markers_behind_the_full_stop_belong_to_the_sentence_before() -> None:
    assert [one.markers for one in claims("Có 5 trạm. [1] Có 7 xã. [2]")] == [(1,), (2,)]


def test_a_figure_without_any_marker_rests_on_nothing() -> None:
    assert only("Lào Cai có 5 trạm.").markers == ()


def test_words_left_out_end_no_sentence() -> None:
    assert [one.markers for one in claims("Doanh thu … tăng 7,3% so với năm 2021 [1]")] == [(1,), (1,)]


def test_a_heading_tells_whose_and_of_when() -> None:
    claim = only("- **Lào Cai (2022):** Toàn tỉnh có 5 trạm [1]")
    assert (claim.provinces, claim.years, claim.headed, claim.planned) == (("Lào Cai",), (2022,), (2022,), False)


def test_a_heading_may_tell_a_target() -> None:
    assert only("**Phú Thọ (mục tiêu 2024):** Đạt 80% [1]").planned


@pytest.mark.parametrize(
    ("text", "provinces", "years"),
    [
        ("Năm 2022, Lào Cai có 5 trạm [1].", ("Lào Cai",), (2022,)),
        ("Lào Cai có 5 trạm, nhiều hơn năm ngoái (năm 2022) [1].", ("Lào Cai",), (2022,)),
        ("Lào Cai có 5 trạm so với cuối năm 2021 [1].", ("Lào Cai",), ()),
        ("Toàn tỉnh có 5 trạm [1].", (), ()),
    ],
)
def test_prose_tells_whose_and_of_when(text: str, provinces: tuple[str, ...], years: tuple[int, ...]) -> None:
    claim = claims(text)[0] if text.startswith("Lào") else next(c for c in claims(text) if c.quantity.value == 5)
    assert (claim.provinces, claim.years) == (provinces, years)


def test_of_two_provinces_the_one_before_the_figure_is_meant() -> None:
    assert [one.provinces for one in claims("Lào Cai có 5 trạm [1], Cà Mau có 7 trạm [2].")] == [
        ("Lào Cai",),
        ("Cà Mau",),
    ]


@pytest.mark.parametrize(
    ("text", "planned"),
    [
        ("Phấn đấu đạt 80% [1]", True),
        ("Mục tiêu là 80% [1]", True),
        ("Vượt kế hoạch với 80% [1]", False),
        ("Đạt 19/29 chỉ tiêu [1]", False),
        ("So với kế hoạch, tỉnh đạt 80% [1]", False),
    ],
)
def test_what_makes_a_plan_of_a_figure(text: str, planned: bool) -> None:
    assert only(text).planned is planned


def test_a_change_has_its_direction_and_a_count_its_noun() -> None:
    assert [(one.direction, one.noun) for one in claims("Thuê bao tăng 7% [1], gồm 12 trạm BTS [1]")] == [
        ("tăng", ""),
        ("", "trạm BTS"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "- Báo cáo không nêu: Cà Mau (2018), Lào Cai.",
        "Lưu ý: số liệu khác năm.",
        "Báo cáo không nói số trạm giảm.",
    ],
)
def test_what_is_said_not_to_be_told_claims_nothing(text: str) -> None:
    assert claims(text) == []


def test_a_figure_behind_such_words_is_a_claim() -> None:
    assert told("- Báo cáo không nêu: Cà Mau có 5.000 trạm") == ["5.000"]


def test_bare_years_are_years_and_bold_names_of_rows_no_figures() -> None:
    text = "Cao hơn: **Lào Cai (2022)**.\n- **Lào Cai (2022):** 5 trạm [1]\nLào Cai 2022: 5 trạm [1]"
    assert told(text) == ["5", "2022", "5"]


@pytest.mark.parametrize(
    ("stretch", "years"),
    [
        ("năm 2022", (2022,)),
        ("tăng so với năm 2021", ()),
        ("gấp 1,6 lần năm 2021", ()),
        ("DTI 2021 (công bố năm 2022)", (2021,)),
        ("2.022 trạm [2]", ()),
    ],
)
def test_years_compared_with_or_of_publication_are_not_those_told(stretch: str, years: tuple[int, ...]) -> None:
    assert years_named(stretch) == years
