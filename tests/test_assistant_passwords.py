import threading
import unicodedata
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant import passwords
from assistant.passwords import OWASP, BusyError, Cost, Gate, Hashed, PasswordError, hash_password, matches, parse_hash

CHEAP = Cost(log_n=1, r=1, p=1)
PASSWORD = "đúng ngựa pin ghim"
TEXT = "$scrypt$ln=17,r=8,p=1$AAECAwQFBgcICQoLDA0ODw$AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8"
BYTES = bytes(range(32))


@pytest.fixture
def closed(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """No hash can be computed: whoever tries is turned away."""
    gate = Gate(at_once=1, waiting=0)
    monkeypatch.setattr(passwords, "_GATE", gate)
    with gate.passed():
        yield


# --- hashes


def test_a_password_matches_its_own_hash_alone() -> None:
    hashed = hash_password(PASSWORD, "văn-thư", CHEAP)
    assert matches(PASSWORD, hashed)
    assert not matches(PASSWORD + " ", hashed)
    assert not matches(PASSWORD.upper(), hashed)
    assert not matches("", hashed)


def test_the_hash_is_the_scrypt_of_rfc_7914() -> None:
    digest = bytes.fromhex("fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b373162")
    cost = Cost(log_n=10, r=8, p=16)
    assert matches("password", Hashed(cost, b"NaCl", digest))
    assert not matches("password", Hashed(cost, b"NaCl", digest[:-1] + b"\x63"))


def test_the_cost_is_the_one_owasp_asks_for_and_can_be_paid() -> None:
    assert (1 << OWASP.log_n, OWASP.r, OWASP.p) == (2**17, 8, 1)
    assert OWASP.memory == 128 * 2**20 + 3 * 1024
    hashed = hash_password(PASSWORD, "")
    assert hashed.cost == OWASP
    assert matches(PASSWORD, hashed)


def test_two_hashes_of_a_password_share_nothing() -> None:
    one, other = (hash_password(PASSWORD, "", CHEAP) for _ in range(2))
    assert one.salt != other.salt
    assert one.digest != other.digest


def test_nothing_matches_the_password_of_a_stranger() -> None:
    stranger = passwords.unmatched(CHEAP)
    assert stranger.cost == CHEAP
    assert not matches("", stranger)
    assert not matches(PASSWORD, stranger)


def test_a_hash_shows_its_cost_alone() -> None:
    assert repr(Hashed(CHEAP, b"salt", b"digest")) == "Hashed(cost=Cost(log_n=1, r=1, p=1))"


# --- hashes as text


def test_a_hash_is_written_as_a_phc_string_and_read_back() -> None:
    hashed = Hashed(OWASP, BYTES[:16], BYTES)
    assert hashed.to_text() == TEXT
    assert parse_hash(TEXT) == hashed


@pytest.mark.parametrize(
    "text",
    [
        "",
        "mật-khẩu-rõ",
        TEXT[:-1],
        TEXT + "A",
        TEXT + "\n",
        TEXT.replace("scrypt", "argon2id"),
        TEXT.replace("ln=17", "ln=0"),
        TEXT.replace("ln=17", "ln=017"),
        TEXT.replace("ln=17", "ln=-1"),
        TEXT.replace("ln=17", "ln=١٧"),
        TEXT.replace("r=8", "r=0"),
        TEXT.replace("p=1$", "p=100$"),
        TEXT.replace("ln=17,r=8", "ln=20,r=8"),  # 1 GiB and a little
        TEXT.replace("ln=17,r=8", "ln=99,r=99"),
        TEXT.replace("ln=17,r=8", "ln=17,r=1"),  # scrypt has no such N
        TEXT.replace("AAEC", "AA-C"),
        TEXT.replace("$AAECAwQFBgcICQoLDA0ODw$", "$$"),
    ],
)
def test_what_is_no_hash_that_can_be_checked_is_not_read(text: str) -> None:
    assert parse_hash(text) is None


@pytest.mark.parametrize("cost", [Cost(19, 8, 1), Cost(15, 1, 1), Cost(1, 1, 99)])
def test_the_dearest_costs_read_are_within_a_gibibyte(cost: Cost) -> None:
    parsed = parse_hash(Hashed(cost, BYTES[:16], BYTES).to_text())
    assert parsed is not None
    assert parsed.cost == cost
    assert cost.memory <= 2**30


# --- forms of a password


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_a_password_matches_however_a_keyboard_composes_its_letters(form: str) -> None:
    hashed = hash_password(unicodedata.normalize("NFD", PASSWORD), "", CHEAP)
    assert matches(unicodedata.normalize(form, PASSWORD), hashed)


def test_a_space_is_a_space_however_wide() -> None:
    assert matches("bốn từ không liên\u00a0quan", hash_password("bốn\u3000từ không liên quan", "", CHEAP))


def test_characters_that_look_different_are_different() -> None:
    assert not matches("diện tích 12 m2", hash_password("diện tích 12 m²", "", CHEAP))


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]), min_size=30, max_size=100))
@settings(max_examples=50, deadline=None)
def test_any_long_text_may_be_a_password(text: str) -> None:
    if len(set(passwords._normal(text))) >= 4:
        hashed = hash_password(text, "", CHEAP)
        assert matches(unicodedata.normalize("NFD", text), hashed)
        assert not matches(text + "a", hashed)


# --- which may be chosen


@pytest.mark.parametrize(
    ("password", "told"),
    [
        ("", r"^Mật khẩu chỉ có 0 ký tự: cần ít nhất 10 ký tự\.$"),
        ("mậtkhẩu12", r"^Mật khẩu chỉ có 9 ký tự: cần ít nhất 10 ký tự\.$"),
        (unicodedata.normalize("NFD", "mậtkhẩu12"), r"^Mật khẩu chỉ có 9 ký tự: "),
        ("abcd" * 256 + "e", r"^Mật khẩu dài quá 1024 byte "),
        ("đ" * 512 + "abc", r"^Mật khẩu dài quá 1024 byte "),
        ("abcd" * 1_000_000, r"^Mật khẩu dài quá 1024 byte "),
        ("mật khẩu \ud83d lạ", r"ký tự không phải Unicode hợp lệ: hãy chọn mật khẩu khác\.$"),
        ("mật khẩu\tcó tab", r"^Mật khẩu có ký tự điều khiển \(như phím Tab\): hãy gõ lại không có ký tự đó\.$"),
        ("mật khẩu\0 có số không", r"^Mật khẩu có ký tự điều khiển "),
        ("121212121212", r"^Mật khẩu chỉ có 2 ký tự khác nhau, quá dễ đoán: hãy chọn mật khẩu khác, "),
        ("phòng-văn-thư", r"^Mật khẩu trùng tên đăng nhập 'phòng-văn-thư': hãy chọn mật khẩu khác, "),
        ("PHÒNG-VĂN-THƯ", r"^Mật khẩu trùng tên đăng nhập "),
    ],
)
def test_a_password_that_may_not_be_chosen_is_refused(closed: None, password: str, told: str) -> None:
    with pytest.raises(PasswordError, match=told):
        hash_password(password, "phòng-văn-thư", CHEAP)


@pytest.mark.parametrize("password", ["mậtkhẩu123", "abcd" * 256, "đ" * 510 + "abcd"])
def test_the_shortest_and_the_longest_passwords_may_be_chosen(password: str) -> None:
    assert matches(password, hash_password(password, "", CHEAP))


def test_the_longest_password_may_be_typed_decomposed() -> None:
    password = "ǘǚǜǖ" * 127 + "mật" + "a" * 3  # 1,024 bytes; 1,532 code points when decomposed
    assert len(password.encode()) == 1024
    assert matches(unicodedata.normalize("NFD", password), hash_password(password, "", CHEAP))


@pytest.mark.parametrize("password", ["a" * 1025, "ậ" * 10_000_000, "\u0301" * 10_000_000, "\ud800" * 12])
def test_what_nobody_can_have_chosen_is_refused_without_hashing(closed: None, password: str) -> None:
    assert not matches(password, Hashed(CHEAP, b"", b""))


# --- how many at a time


def test_a_hash_is_not_computed_when_too_many_are(closed: None) -> None:
    with pytest.raises(BusyError, match=r"^Đang có quá nhiều lượt đăng nhập cùng lúc: hãy thử lại sau ít giây\.$"):
        matches(PASSWORD, Hashed(CHEAP, b"", b""))


def test_a_gate_lets_some_in_some_wait_and_turns_others_away() -> None:
    gate = Gate(at_once=1, waiting=1)
    waiting, in_turn = threading.Event(), threading.Event()

    def wait_for_turn() -> None:
        waiting.set()
        with gate.passed():
            in_turn.set()

    with gate.passed():
        thread = threading.Thread(target=wait_for_turn)
        thread.start()
        assert waiting.wait(10)
        while gate._room.acquire(blocking=False):  # until the thread has taken the one place to wait
            gate._room.release()
        with pytest.raises(BusyError, match="quá nhiều lượt"), gate.passed():
            pass
        assert not in_turn.is_set()
    assert in_turn.wait(10)
    thread.join(10)
    with gate.passed():
        pass


def test_a_gate_opens_again_after_an_error() -> None:
    gate = Gate(at_once=1, waiting=0)
    for _ in range(3):
        with pytest.raises(ZeroDivisionError, match="zero"), gate.passed():
            raise ZeroDivisionError("zero")
    with gate.passed():
        pass


def test_two_hashes_are_computed_while_sixteen_wait() -> None:
    gate = passwords._GATE
    with gate.passed(), gate.passed():
        assert not gate._work.acquire(blocking=False)
        waiting = [gate._room.acquire(blocking=False) for _ in range(17)]
        for taken in waiting:
            if taken:
                gate._room.release()
    assert waiting == [True] * 16 + [False]


def test_many_hash_at_once_and_no_more_than_two_compute(monkeypatch: pytest.MonkeyPatch) -> None:
    hashed, computing, most, lock = Hashed(CHEAP, b"", b""), 0, 0, threading.Lock()
    together = threading.Barrier(2)

    def scrypt(*_: object, **__: object) -> bytes:
        nonlocal computing, most
        with lock:
            computing += 1
            most = max(most, computing)
        together.wait(10)
        with lock:
            computing -= 1
        return b""

    monkeypatch.setattr(passwords.hashlib, "scrypt", scrypt)
    found: list[bool] = []
    threads = [threading.Thread(target=lambda: found.append(matches(PASSWORD, hashed))) for _ in range(18)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    assert found == [True] * 18
    assert most == 2
