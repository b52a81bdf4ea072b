import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index import store
from index.opened import Index
from index.provinces import find_provinces
from index.provinces_table import PROVINCES
from index.restore import restore
from index.words import FULLY_ACCENTED, accented_share, fold, keys
from training.corpus import strip_diacritics

QUESTION = "Đắk Nông có bao nhiêu trạm BTS?"
SOUNDS = st.text(alphabet="aăâbcdđeghiklmnoôơpqrstuưvxyáàảãạếồữĐẮ0123456789.,/%&?-() \n", max_size=40)


def no_reports(key: str) -> float:
    return 0.0


def reports(**shares: float):
    """Shares by key, with "_" for the space between two words."""
    return lambda key: {name.replace("_", " "): share for name, share in shares.items()}.get(key, 0.0)


@pytest.fixture(scope="module")
def index(bundled_index: Path) -> Index:
    opened = store.read(bundled_index)
    assert opened is not None
    return opened


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("dak nong co bao nhieu tram bts", "đắk nông có bao nhiêu trạm bts"),
        ("Phu Tho co bao nhieu ho so", "Phú Thọ có bao nhiêu hồ sơ"),
        ("dich vu cong truc tuyen", "dịch vụ công trực tuyến"),
        ("Tỷ lệ hộ gia dình có cáp quang", "Tỷ lệ hộ gia đình có cáp quang"),
        ("chuyển đổi sô", "chuyển đổi số"),
        ("ty le ho dan", "tỷ lệ hộ dân"),
        ("ti le ho dan", "tỉ lệ hộ dân"),
        ("lao cai con may lang chua ket noi", "lào cai còn mấy làng chưa kết nối"),
        ("par index hang may", "par index hạng mấy"),
        ("co may to cong nghe so", "có mấy tổ công nghệ số"),
        ("may tinh bang trao may cai", "máy tính bảng trao mấy cái"),
        ("so may chu va may moc", "số máy chủ và máy móc"),
        ("DAK NONG CO BAO NHIEU TRAM BTS?", "ĐẮK NÔNG CÓ BAO NHIÊU TRẠM BTS?"),
    ],
)
def test_diacritics_are_put_back_and_the_rest_stays_as_typed(typed: str, meant: str) -> None:
    assert restore(typed, no_reports) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Đắk Nông có baonhiêu trạm BTS?", QUESTION),
        ("Hồ sơ đựoc giải quyết", "Hồ sơ được giải quyết"),
        ("doanh thu bưu chínhh", "doanh thu bưu chính"),
        ("doanh thu viễn thogn", "doanh thu viễn thông"),
        ("ngiên cứu khoa học", "nghiên cứu khoa học"),
    ],
)
def test_slips_of_the_keys_and_joined_syllables_are_mended(typed: str, meant: str) -> None:
    assert restore(typed, no_reports) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("hồ sơ sử lý trước hạn", "hồ sơ xử lý trước hạn"),
        ("xử dụng điện thoại", "sử dụng điện thoại"),
        ("doanh thu bưu trính", "doanh thu bưu chính"),
        ("triễn khai", "triển khai"),
        ("giao rịch", "giao dịch"),
        ("nghành thông tin", "ngành thông tin"),
    ],
)
def test_sounds_taken_for_one_another_are_mended(typed: str, meant: str) -> None:
    assert restore(typed, no_reports) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("đc bao nhiêu trạm", "được bao nhiêu trạm"),
        ("có bn trạm BTS", "có bao nhiêu trạm BTS"),
        ("tỉnh ko có", "tỉnh không có"),
        ("tăng so vs 2022", "tăng so với 2022"),
    ],
)
def test_chat_shorthand_is_written_out(typed: str, meant: str) -> None:
    assert restore(typed, no_reports) == meant


@pytest.mark.parametrize(
    "typed",
    [
        "CNTT",
        "VNPT?",
        "Huyện KBang có trạm BTS",
        "x" * 2_000,
        "cntt",
        "dvctt là gì",
        "VNPT",
        "Zalo OA",
        "viettel",
        "dti",
        "Bà con hỏi anh Siu Thưng chuyện gì?",
        "1.167",
        "99,7%",
        "31/12/2023",
        "4G",
        "?!.",
        "",
        "🛰",
    ],
)
def test_abbreviations_foreign_names_and_numbers_stand_for_themselves(typed: str) -> None:
    assert restore(typed, no_reports) == typed


@pytest.mark.parametrize("spelling", ["hoà bình", "hòa bình", "thuỷ điện", "kỹ năng", "tỉ lệ", "tỷ lệ", "quí 1"])
def test_either_accepted_spelling_stays(spelling: str) -> None:
    assert restore(spelling, no_reports) == spelling


def test_white_space_and_marks_between_words_stay() -> None:
    assert restore("  co  bao nhieu\n“tram” BTS ?! ", no_reports) == "  có  bao nhiêu\n“trạm” BTS ?! "


def test_the_reports_own_words_decide_between_likely_readings() -> None:
    assert restore("cong ty ha tang", no_reports) == "công ty hạ tầng"
    local = reports(**{"ha`": 0.5, "tăng.": 0.5, "ha`_tăng.": 0.5})
    assert restore("cong ty ha tang", local) == "công ty hà tặng"


def test_a_word_of_the_reports_is_no_slip() -> None:
    assert restore("viễn thogn", no_reports) == "viễn thông"
    assert restore("viễn thogn", reports(thogn=0.01)) == "viễn thogn"
    assert restore("viễn thogn", reports(**{"~thogn": 0.01})) == "viễn thogn"


def test_every_fully_accented_sentence_of_the_bundled_reports_comes_back_as_it_was(index: Index) -> None:
    told = [index.reports[p.report].text[s.start : s.end] for p in index.passages for s in p.sentences]
    accented = [sentence for sentence in told if accented_share(keys(sentence)) >= FULLY_ACCENTED]
    assert len(accented) > 100
    assert [sentence for sentence in accented if restore(sentence, index.share) != sentence] == []


def test_the_sentences_of_the_bundled_reports_get_nearly_all_their_diacritics_back(index: Index) -> None:
    right = total = 0
    for passage in index.passages:
        for span in passage.sentences:
            sentence = index.reports[passage.report].text[span.start : span.end].lower()
            restored = keys(restore(strip_diacritics(sentence), index.share))
            right += sum(one == other for one, other in zip(restored, keys(sentence), strict=False))
            total += len(keys(sentence))
    assert right / total > 0.95


def test_restoring_twice_changes_nothing_more(index: Index) -> None:
    for typed in ("dak nong co bao nhieu tram bts", "hồ sơ sử lý đc bn %", "Doanh thu viễn thogn Điên Biên nam 2019"):
        once = restore(typed, index.share)
        assert restore(once, index.share) == once


@given(SOUNDS)
def test_any_text_is_restored_to_nfc_with_its_numbers_kept(text: str) -> None:
    restored = restore(text, no_reports)
    assert restored == unicodedata.normalize("NFC", restored)
    assert [key for key in keys(restored) if key[0].isdigit()] == [key for key in keys(text) if key[0].isdigit()]


@pytest.mark.parametrize("wording", ["Tỉnh {} có bao nhiêu trạm BTS?", "doanh thu bưu chính của {} năm 2023"])
def test_no_province_written_in_full_is_lost_or_changed(wording: str, index: Index) -> None:
    for name in PROVINCES:
        assert restore(wording.format(name), index.share) == wording.format(name)


@pytest.mark.parametrize(
    "typed",
    [
        pytest.param(lambda name: f"{fold(name)} co bao nhieu tram bts", id="small letters"),
        pytest.param(lambda name: f"{strip_diacritics(name)} co bao nhieu tram BTS", id="capitals"),
        pytest.param(lambda name: f"{strip_diacritics(name)} có bao nhiêu trạm BTS?", id="the name alone"),
        pytest.param(lambda name: f"doanh thu buu chinh cua {fold(name)} nam 2023", id="inside"),
        pytest.param(lambda name: f"{fold(name).replace(' ', '')} co bao nhieu tram", id="joined"),
        pytest.param(lambda name: f"Theo {fold(name).replace(' ', '')}.gov.vn có bao nhiêu trạm?", id="address"),
    ],
)
def test_no_province_typed_without_diacritics_is_lost(typed, index: Index) -> None:
    lost = []
    for name in PROVINCES:
        question = typed(name)
        before = {mention.name for mention in find_provinces(question, typed=True)}
        if before != {mention.name for mention in find_provinces(restore(question, index.share), typed=True)}:
            lost.append((name, restore(question, index.share)))
    assert lost == []


@pytest.mark.parametrize(
    "typed",
    [
        "http://dichvucong.dienbien.gov.vn",
        "tuyenquang.gov.vn",
        "bandoc@dongthap.com.vn",
        "Theo dienbien.gov.vn, có gì?",
    ],
)
def test_addresses_stay_as_they_are(typed: str) -> None:
    assert restore(typed, no_reports) == typed


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("So doanh thu của tỉnh năm 2023 với năm 2022.", "So doanh thu của tỉnh năm 2023 với năm 2022."),
        ("So doanh thu vien thong voi nam 2022 la bao nhieu", "Số doanh thu viễn thông với năm 2022 là bao nhiêu"),
    ],
)
def test_setting_against_is_told_from_a_number(typed: str, meant: str) -> None:
    assert restore(typed, lambda key: 0.9 if key == keys("số doanh")[0] else 0.0) == meant


@pytest.mark.parametrize("question", ["Lào Cai dựng thêm bao nhiêu cột sóng năm 2022?", "Ai nối lại cáp ở Sông Mã?"])
def test_a_word_written_in_full_is_not_given_another_mark(question: str) -> None:
    assert restore(question, no_reports) == question


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("bao nhiêu trmạ BTS", "bao nhiêu trạm BTS"), ("cainay", "cái này")],
)
def test_a_mended_word_keeps_the_marks_it_was_typed_with(typed: str, meant: str) -> None:
    assert restore(typed, no_reports) == meant
