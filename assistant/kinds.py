"""What kind of answer a question wants, told by the words that ask.

All patterns look at the question's pattern text (see ``pattern_text``): lower case, without diacritics.
"""

import re
from collections.abc import Sequence

from assistant.bare import kind_of_phrase
from assistant.types import Asked
from index.words import FULLY_ACCENTED, Word, accented_share, fold, is_plain, key, words

_REASON = re.compile(
    r"\b(vi sao|tai sao|vi le gi|l[iy] do|nguyen nhan|do dau|(?<!don )vi dau(?! (?:tien|tu|moi|nganh))|the nao la)\b"
)
_LISTS = re.compile(
    r"\b(nhung|cac) (?!ngay|buoi|thang|nam)(\w+ ){0,4}?(nao|gi)\b"
    r"|\bgom (nhung )?(gi|ai)\b|\bke (ten|ra)\b|\bliet ke\b|\b(nhung|cho|voi) ai\b"
)
"""Questions for things in words, though what they are about may be money or a share."""
_NAMES_SEVERAL = re.compile(
    r"^(?!.*\b(?:bao nhieu|thu may)\b).*\b(?:nhung|cac)(?! (?:ngay|buoi|thang|nam|gio|noi|luc))(?: \w+){1,3}"
    r" (?:nao|gi)(?: (?:vay|the|a|nhi|ha))?$"
    r"|(?<!\bco )\bmay(?! (?:ngay|buoi|thang|nam|gio|noi|luc))(?: \w+){1,2} (?:gi|nao)\b(?! \w+ (?:bao nhieu|may))"
    r"|\bmay (?:\w+ )?(\w+),? (?:la |gom )?(?:nhung )?\1 (?:gi|nao)\b"
    r"|\bmay(?: \w+){1,3} gom (?:nhung )?gi\b|\bmay(?: \w+){1,2} ke ten\b"
)
"""Questions for things by name, though they seem to count: "ba việc gì?", "mấy ngành, kể tên?"."""
_LISTS_DAYS = re.compile(r"\b(?:liet ke|ke ra|ke|cho biet|neu) (?:cac |nhung )?(?:ngay|thoi gian|thoi diem)\b")
"""Days asked for one by one."""
_OFFICERS = re.compile(r"\b(giam\]? doc|chu tich|bi thu|chanh thanh tra|truong phong)\b.*\bla nhung ai\b")
"""Questions for who holds one office in several places."""
_KINDS: tuple[tuple[Asked, str], ...] = (
    (
        Asked.WHEN,
        r"\b(dang|len trang|len mang|xuat ban|dien ra|hop|to chuc|vao|hom)\b.*\bthu may\b|\bthu may trong tuan\b"
        r"|\b(ngay|hom|thang) bao nhieu\b|"
        r"\b(khi|ngay|ngay gio|nam|luc|thang|thoi gian|tu|hom|giai doan|ngay thang) nao\b|\bbao gio\b|\bmay gio\b"
        r"|\b(moc|moc thoi gian|thoi han|han cuoi)( \w+){0,2} nao\b|\bhan chot\b"
        r"|(?<!moi )(?<!hang )(?<!trong )(?<!thoi )\b(ngay|thang) may\b"
        r"|(?<!moi )(?<!dau )(?<!ca )(?<!cuoi )(?<!trong )(?<!nua )\bnam bao nhieu\b(?! (%|phan))",
    ),
    (
        Asked.WHO,
        r"\b(ai|ten la gi|ten gi|ho ten|ten cua)\b|^ten (\w+ ){0,2}\[?giam\]? doc\b.*\bgi$"
        r"|\b(ong|ba|nguoi|giam doc|dong chi) nao\b"
        r"|\b(lanh dao|pho chu tich|chu tich|giam doc)"
        r"( (tinh|ubnd|uy ban nhan dan|so|thong tin|va|truyen thong|huyen|(?<=tinh )\w+))* nao\b",
    ),
    (
        Asked.WHERE,
        r"\b(o|tai) dau\b"
        r"|\b(dia diem|noi|cho|huyen|xa|(?<!dia )phuong|thon|ap|thi tran|thanh pho|thi xa|hoi truong|khach san) nao\b",
    ),
    (
        Asked.CHANGE,
        r"\b(tut|sut|len|xuong|nhich|lui|tang|giam)( \w+){0,3}? (bao nhieu|may|bn) (bac|nac|hang)\b"
        r"|\b(may|bao nhieu|bn) (bac|nac)\b",
    ),
    (
        Asked.RANK,
        r"(?<!doanh )\b(thu|hang|dung|dung thu) (may|bao nhieu)\b"
        r"|\bxep hang (nao|ra sao|the nao|may|bao nhieu)\b|\bxep hang( \w+){1,6} (may|bao nhieu|bn)"
        r"(?=$| (tren|trong|ca nuoc|toan quoc|nam|cua|o|tai|vay|the|nhi)\b)|\bxep thu\b"
        r"|\bvi tri nao\b|\bthu hang\b|^hang\b(?! (muc|hoa|nam|thang|viet)).* (may|bao nhieu|bn)$",
    ),
    (
        Asked.SCORE,
        r"\b(bao nhieu|may|bn|dat) diem\b|\bdiem so\b|\bdiem (la|dat) bao nhieu|^(tong )?diem (chi so|par|pci"
        r"|papi|sipas|ict|dti|xep hang|xep loai|danh gia|chuyen doi so|cai cach|nang luc)",
    ),
    (
        Asked.CHANGE,
        r"\b(tang|giam)( \w+){0,3} nhat\b"
        r"|\b(tang|giam)( \[?\w+\]?){0,4}? (?<!giam con )(?<! con )(bao nhieu|may|bn|the nao|ra sao|nhu the nao)\b"
        r"|\bmuc (tang|giam)\b"
        r"|\b(bao nhieu|may|bn) (bac|diem phan tram) so voi\b|\btoc do tang\b"
        r"|\b(hon|kem|them)( duoc| so voi)? (nam truoc|cung ky|nam ngoai|dau nam)\b"
        r"|\b(tut|sut|bot|len|xuong|nhich|lui)( \w+){0,3}? (bao nhieu|may|bn) (bac|nac|hang)\b"
        r"|(?<!nang )\b(tang|giam)( \[?\w+\]?){0,6}? (bao nhieu|may|bn) (phan tram|diem)\b(?! len)"
        r"|\b(tut|sut) (bao nhieu|may|bn)\b"
        r"|\b(nhich|nhinh|it di|bot di)( len| them)? (bao nhieu|may|bn)\b|\btang hay giam\b"
        r"|\b(nhieu|day|dong|di) len( them)? (bao nhieu|may|bn|co nao)\b|\b(it|bot|hut) (di|mat) (bao nhieu|may|bn)\b"
        r"|\b(len|them|bot) duoc (may|bao nhieu)\b|\btang truong( \w+){0,3} (bao nhieu|may)",
    ),
    (
        Asked.PERCENT,
        r"phan tram|%|\bchiem( khoang)? (bao nhieu|may|bn) (grdp|gdp|trong|tong|so voi)\b|\bti le nao\b"
        r"|\b(cu|moi|trong) (100|(mot )?tram (?:nguoi|ho|thue bao|van ban|thon|so dien|anh|chi|can bo))\b.*"
        r"\b(bao nhieu|may|bn)\b"
        r"|^(mot )?tram (?:nguoi|ho|thue bao|van ban|thon|anh|chi|can bo)\b.*\bmay\b",
    ),
    (
        Asked.MONEY,
        r"\b(bao nhieu|may|bn|baonhieu) (tien|ti|dong|nghin ti|usd"
        r"|trieu(?=$| (?:dong|tien|usd|vnd|cho|trong|o|tai|nam|thi|vay|the|nhi|a|moi|mot|qua|khi|vi|do|roi)\b))\b"
        r"|\bso tien\b(?!.*\b(bao nhieu|may|bn)\b)",
    ),
    (Asked.COUNT, r"\b(bao nhieu|baonhieu|bnhieu|may|bn|so luong|tong so|bao lau|bao xa)\b"),
)
_INDICATORS: tuple[tuple[Asked, str], ...] = (
    (Asked.PERCENT, r"\bti (le|trong)\b|\bchiem\b"),
    (
        Asked.MONEY,
        r"\bdoanh \[?thu\]?|\bnop( \w+){0,3} ngan sach\b|\btri gia\b|\bkinh phi\b|\bso tien\b|\bkim ngach\b"
        r"|\b(kiem|dem|mang|[\[]?thu[\]]?)( duoc| ve)+\b|\b(phai )?[\[]?thu[\]]? (bao nhieu|may|bn)\b"
        r"|\btien (xu )?phat\b|\bton( kem| het)? (bao nhieu|may|bn)\b(?! (dien|gio|ngay|cong|thoi gian))"
        r"|\b(chi(?! (tieu|so|dao|thi|cuc|nhanh|hoi|doan|bo)\b)"
        r"|danh|bo ra|giai ngan|thuong|gop)( \w+){0,4} bao nhieu$|\btong (muc"
        r"|von)\b|\bgia tri\b|\bdoanh so\b"
        r"|\b(dong|gop)( \w+){0,3} ngan sach\b",
    ),
)
"""Kinds told by what is asked about; they hold unless a noun is counted ("bao nhiêu xã")."""
_ASKING_WORDS = {
    Asked.RANK: "xếp hạng đứng thứ vị trí",
    Asked.CHANGE: "tăng giảm tụt sút lên xuống nhích nhảy bật rớt lùi đi hay mức trưởng trước liền cùng kỳ kì tiền đồng"
    " thêm",
    Asked.SCORE: "điểm số",
    Asked.PERCENT: "phần trăm tỷ tỉ lệ chiếm",
    Asked.MONEY: "tiền đồng",
    Asked.WHEN: "ngày giờ tháng năm lúc thời gian hôm bữa diễn ra bắt đầu kết thúc tổ chức trước sau hạn chót"
    " mốc muộn phải để",
    Asked.WHO: "tên họ ông người đồng chí anh",
    Asked.YES_NO: "vượt đạt trên dưới hơn đủ",
    Asked.WHERE: "tổ chức diễn ra địa điểm nơi chỗ",
}
_TARGET_WORDS = "mục tiêu phấn đấu kế hoạch chỉ đạt đặt đề dự kiến hướng nhằm nhắm giao định tính sang muốn"
_PLAN_WORDS = "bằng so với kế hoạch chỉ tiêu mức dự toán giao vượt hụt đạt"
_EARLIER_WORDS = "trước ngoái cùng kì kỳ"
_EXTREME_WORDS = "nhất cao thấp lớn nhỏ"
_CONFUSABLE = {
    "may": "mấy", "tang": "tăng", "giam": "giảm", "ai": "ai", "ten": "tên", "khong": "không", "chua": "chưa",
    "nao": "nào", "gi": "gì", "ti": "tỉ", "diem": "điểm", "hang": "hạng", "thu": "thứ", "le": "lệ", "con": "còn",
    "dung": "đứng", "thang": "tháng", "nam": "năm", "the": "thế", "vay": "vậy", "so": "số", "tu": "từ",
}  # fmt: skip
"""Accented form of words that ask and that others look like without diacritics ("máy", "tặng", "giám")."""
_CONFUSABLE_KEYS = {plain: key(accented) for plain, accented in _CONFUSABLE.items()}
_BRACKETED = re.compile(r"\[\w+\]")
_BARE_PERCENT = re.compile(r"(?<![\d\s])\s*%|(?<!\d)\s%")
_YES_NO = re.compile(
    r"\b(khong|chua|ko|hok)( (nhi|vay|the|ha|a|ban|ad))?$|\b(roi|dung|phai)( (chu|nhi|a|ha|khong))+$"
    r"|^(co phai|phai chang|lieu)\b"
    r"|\bco (?:dat|vuot|hoan thanh)\b(?=.*\b(?:ke hoach|chi tieu|muc tieu|phan tram|\d))(?!.*\b(?:khong|chua|ko|hok)\b)"
    r"|\bda\b.*\bchua (tinh|vao|trong|toi|den|hoi|sau)\b"
)
_ASKS_WHAT = re.compile(r"\b(bao nhieu|may|bn|nao|gi|ai)\b")
_NUMERIC = re.compile(
    r"\b(bao nhieu|baonhieu|bnhieu|may|bn|(muc|co|chung) nao|\[?con\]? so|tong so|so luong)\b"
    r"|^(\[?so\]? (sanh )?)?so (?!voi|sanh)|^\w+ (?:nam )?20\d\d so (?!voi|sanh)"
    r"|\b(nhieu|it|cao|thap|lon|nho)( \w+){0,3} nhat\b"
)
_COUNTS = re.compile(r"\b(bao nhieu|baonhieu|bnhieu|may|bn|khi nao|bao gio)\b")
_WHICH = re.compile(r"\bgi\b|(?<!the )(?<!nhu )(?<!muc )(?<!\bco )(?<!chung )(?<!\bso )\bnao\b")
_SETS_AGAINST = re.compile(r"\b(ben|tinh|noi|nam|cho|dia phuong) nao\b|\bhon( \w+)?$")
"""Words of questions that want a figure of each side, though they ask which."""
SUM = (
    r"tong(?! (?:dai(?! (?:ly|bieu|hoi)\b)|ket(?! noi)|hop(?! (?:thu|dong)\b)|cuc|cong ty|bi thu|giam doc|tham muu"
    r"|bien tap|quat)\b)"
)
""" "tổng" that sums up, not that of "tổng đài", "tổng kết"."""
_TARGET = re.compile(
    r"\b(muc tieu|phan dau|ke hoach( nam)?( 20\d\d)?|(?<!bao nhieu )(?<!may )(?<!bn )chi tieu"
    r"|dat ra|de ra|du kien|huong (toi|den)|nhiem vu nam"
    r"|du tinh|du dinh|dinh (nang|dat|xay|lam|mo|tang|phat trien|dua|lap|dung|thu)"
    r"|(nham|nham vao) (toi|den|muc|bao nhieu|may)|muon (co|dat)( them)? (may|bao nhieu|bn)"
    r"|giao (doanh \[?thu\]?|chi tieu)|(?<!phi )(?<!von )(?<!tien )(?<!sach )duoc( \w+){0,3} giao"
    r"(?! (dich|thong|luu|tiep|ban|ket))|dang ky dat)\b"
)
_SHARE_OF_PLAN = re.compile(
    r"\b(bao nhieu|may|bn)( phan tram)?( \[?so\]?)?( voi| cua)? (muc )?(ke hoach|chi tieu|muc tieu|du toan)\b"
    r"|\b(bang|voi|vuot|hut|hon|kem) (muc )?(ke hoach|chi tieu|muc tieu|du toan)( \w+){0,4} (bao nhieu|may|bn)\b"
)
_RESULT = re.compile(
    r"\b(hut|khong dat|chua dat|lo hen|vuot|hoan thanh)( \w+){0,2} chi tieu\b"
    r"|\bchi tieu( \w+){0,6}? (khong dat|chua dat|khong hoan thanh|chua hoan thanh|lo hen|ve dich|bi hut)\b"
    r"|\b(thuc hien (duoc )?ke hoach|vuot chi tieu|dat va vuot|hoan thanh|ban chi dao)\b"
)
_CAME_OF = re.compile(
    r"\b(?:dat duoc|da dat|thuc te|thuc hien|ket qua|lam ra|(?:nop|thu|lam)(?: \w+){0,3}? duoc)\b"
    r"|^(?:va |thi )?dat (?:bao nhieu|may)(?: \w+)?$"
)
"""What came of a plan, in another part of the question."""
_NEGATED = re.compile(r"\b(chua|khong) (co|duoc|dat|hoan thanh|chuyen|ket noi|phu|trien khai|bi|du)\b(?! chua$)")
_DONE = re.compile(r"\bda (dat|thuc hien|co|thu|nop)\b|\bthuc (te|thu|dat|hien duoc)\b")
_REACHED = re.compile(r"\bdat (?:duoc )?(?:bao nhieu|may|bn)\b|\b(?:den|toi) (?:het|cuoi) (?:nam )?(?:19|20)\d\d\b")
_AHEAD = re.compile(r"\b(?:dinh|se|muon|can|phai|nham|hen|dang ky|yeu cau|nua)\b")
"""How a result is asked for where nothing says that it is planned or lies ahead."""
_COMPARES = re.compile(
    r"\b(so sanh|tinh nao|dia phuong nao|noi nao (nhieu|it|cao|thap)|cac tinh|moi tinh|tung tinh|lan luot)\b"
)
_FOLLOWS = re.compile(
    r"^sang (nam )?\d{4}\b"
    r"|^\[?(con|the|the con|vay|vay con|roi|rieng|thi sao|o cap|nam \d{4} thi|cu the|sang nam|nam (sau|ke tiep|toi))\b"
    r"|\b(thi sao|con sao)( (a|vay|nhi|ha|ban|em|anh|chi|ad))*$|^(\w+ ){1,4}nua( (a|nhi|ha|ban|em))*$"
)
_BACK = (
    r"\b(?:cùng (?:năm|thời điểm|kỳ|lúc)|thời điểm|loại|mảng|khối|lĩnh vực|khoản|cái|số|tỉnh|nơi|chỗ|việc|vụ) "
    r"(?:đó|ấy|này)\b|\bnăm (?:đó|ấy)\b|\btrong (?:số )?(?:đó|này)\b|\b(?:ông|bà|anh|chị|người) (?:ấy|đó|này)\b"
    r"|\bcùng năm\b"
)
_NEXT = r"\b(?:sang năm|qua năm sau|(?<!việt )(?<!phía )(?<!miền )năm (?:kế tiếp|sau|liền sau|tiếp theo|tới))\b"
_POINTS_BACK = (re.compile(rf"{_BACK}|{_NEXT}"), re.compile(fold(rf"{_BACK}|{_NEXT}")))
_YEAR_AFTER = (re.compile(_NEXT), re.compile(fold(_NEXT)))
"""Words that point back, or to the year after the one spoken of: as they are written, and without diacritics."""
_YEAR_BEFORE = re.compile(
    r"(?<!voi )(?<!hon )(?<!kem )(?<!cung ki )\b(nam (truoc|ngoai)|cung ki)\b(?! (tang|giam))"
    r"|\btruoc khi\b|(?<!voi )(?<!thang )(?<!quy )(?<!ngay )(?<!tuan )\bdau nam\b"
)
_EITHER_WAY = re.compile(r"\btang hay (la )?giam\b|\bgiam hay (la )?tang\b")
_DOWN = re.compile(r"\b(it|bot) di\b")
_EARLIER = re.compile(r"\b(truoc|sau|som hon|muon hon|som nhat|muon nhat|tre nhat|dau tien|cuoi cung)$")
_TOTAL = re.compile(rf"\b({SUM}|tat ca|ca thay|toan bo|cong lai|gop lai|gop chung)\b")
_IN_COMMON = re.compile(
    r"(?<!dùng )(?<!xài )(?<!dung )(?<!sẻ )(?<!nói )\bchung\b"
    r"(?! (?:thu|nhan|khoan|cu|toi|ta|cho|nao|kết|ket|khảo|khao|tay|sức|suc))",
    re.IGNORECASE,
)
""" "chung" as it is written; "chứng thư", "chừng nào" are others without diacritics."""
_NOUN = r"( (?!hop |thong |hon |it |nhieu )\w+){4,7}?"
"""What is counted between "nhiều" and "nhất": "nhiều tổ công nghệ số cộng đồng nhất"."""
_MOST = re.compile(
    r"\b(nhieu|cao|lon|manh|(?<!cong )dong|xa|dai|nhanh|rong|chay|tot|khung|dam|nang)( \w+){0,3} nhat\b(?! tri\b)"
    rf"|\bnhieu{_NOUN} nhat\b(?! tri\b)"
    r"|\b(dung dau|dan dau|dau bang|quan quan)\b|\b(nhieu|cao|lon|manh|dong)( \w+){0,3} hon ca$"
)
_LEAST = re.compile(
    rf"\b(it|thap|nho|ngan|kem|yeu|cham|i ach|te|bet bat)( \w+){{0,3}} nhat\b|\bit{_NOUN} nhat\b"
    r"|\b(cuoi bang|chot bang)\b|(?<!chuyen )\bdoi so\b"
)
_MOST_OTHERWISE = re.compile(
    r"\bnao\b.* (?!(?:hop|thong|duy|dong|it|dau|cuoi|thu|giai|hang|moi|gan|som|muon|tre|ve|dung|xep|lan|loai|quy|ngay"
    r"|cap|chu|sinh|doan|deu|la|thang|nam|co|lam|va) )\[?\w+\]? nhat"
    r"(?=$| (?:tinh|o|tai|nam|trong|ca|cua|mua|voi|va|thang|quy|hoi)\b)"
)
"""Any other adjective: "tháng nào nóng máy nhất?"; not "hợp nhất", "mới nhất", "cập nhật"."""
_UNITS = (
    ("giờ", r"\bgio\b"),
    ("ngày", r"\bngay\b|\bhom nao\b"),
    ("tháng", r"\bthang\b"),
    ("năm", r"\bnam (nao|bao)"),
)


def pattern_text(question: str, canonical: Sequence[Word]) -> str:
    """The question's words without diacritics; an accented word that only looks like one that asks stands in [ ]."""
    accented = accented_share(word.key for word in canonical) >= FULLY_ACCENTED
    forms: list[str] = []
    for word in canonical:
        may_ask = is_plain(word.key) and not accented
        same = _CONFUSABLE_KEYS.get(word.folded, word.key) == word.key
        asks = word.key == "nhiêu" and forms[-1:] != ["bao"]  # "được nhiêu điểm"
        forms.append("bao nhieu" if asks else word.folded if may_ask or same else f"[{word.folded}]")
    text = " ".join(forms).replace("may tinh", "[may] tinh").replace("[may]", "[máy]")
    return text + (" phan tram" if _BARE_PERCENT.search(question) else "")


def kind_asked(text: str, counts_noun: bool) -> Asked | None:
    """The kind of answer wanted, or None when no word tells.

    Args:
        text: Pattern text of the question.
        counts_noun: A noun follows "bao nhiêu" or "mấy".
    """
    if _YES_NO.search(text) and not _ASKS_WHAT.search(text):
        return Asked.YES_NO
    counts = _COUNTS.search(text) is not None
    if _OFFICERS.search(text):
        return Asked.WHO
    if not counts and _LISTS_DAYS.search(text):
        return Asked.WHEN
    if _NAMES_SEVERAL.search(text) and not _SETS_AGAINST.search(text):
        return Asked.TEXT
    if not counts and (_REASON.search(text) or (_LISTS.search(text) and not _SETS_AGAINST.search(text))):
        return Asked.TEXT
    asked = next((kind for kind, pattern in _KINDS if re.search(pattern, text)), None)
    if asked is None and not counts and _WHICH.search(text) and not _SETS_AGAINST.search(text):
        return Asked.TEXT
    if asked is None and (_NUMERIC.search(text) or (asks_target(text) and not _WHICH.search(text))):
        asked = Asked.COUNT
    asked = asked or kind_of_phrase(text)
    if asked in (None, Asked.COUNT) and not counts_noun:
        asked = next((kind for kind, pattern in _INDICATORS if re.search(pattern, text)), asked)
    return asked


def asks_number(text: str) -> bool:
    """Whether a word asks how many, how much or which place."""
    return _COUNTS.search(_BRACKETED.sub("_", text)) is not None


def asking_words(asked: Asked | None, text: str) -> frozenset[str]:
    """Words that only tell the kind of answer and not what it is about, by their keys and without diacritics.

    A word typed without diacritics may be any of those that look like it; one typed with them is itself alone.
    """
    listed = _ASKING_WORDS.get(asked, "") if asked else ""
    target = _TARGET_WORDS if asks_target(text) else ""
    share = _PLAN_WORDS if asks_share_of_plan(text) else ""
    extreme = _EXTREME_WORDS if extreme_asked(text) else ""
    earlier = _EARLIER_WORDS if asks_year_before(text) else ""
    forms = f"{listed} {target} {share} {extreme} {earlier}".split()
    return frozenset(map(key, forms)) | frozenset(map(fold, forms))


def direction_asked(text: str) -> str:
    """ "tăng" or "giảm", or "" when the question does not say, or asks which."""
    if _EITHER_WAY.search(text):
        return ""
    if _DOWN.search(text):
        return "giảm"
    match = re.search(r"(?<!\[)\b(tang|giam)\b(?!\])", text)
    return {"tang": "tăng", "giam": "giảm"}[match.group(1)] if match else ""


def asks_target(text: str) -> bool:
    """Whether a planned value is asked for."""
    return _TARGET.search(text) is not None and not _RESULT.search(text) and not asks_share_of_plan(text)


def asks_result(text: str) -> bool:
    """Whether it is asked what came of a plan ("mục tiêu bao nhiêu, đạt bao nhiêu?")."""
    return _CAME_OF.search(text) is not None


def asks_share_of_plan(text: str) -> bool:
    """Whether it is asked which share of the plan was reached ("bằng bao nhiêu phần trăm kế hoạch")."""
    return "phan tram" in text and _SHARE_OF_PLAN.search(text) is not None


def asks_negated(text: str) -> bool:
    """Whether those are asked for that lack something ("chưa có", "không được")."""
    return _NEGATED.search(text) is not None


def asks_done(text: str) -> bool:
    """Whether a result is asked for in so many words ("đã đạt bao nhiêu")."""
    ahead = _TARGET.search(text) is not None or _AHEAD.search(text) is not None
    return _DONE.search(text) is not None or (_REACHED.search(text) is not None and not ahead)


def asks_comparison(text: str) -> bool:
    """Whether the question is about several provinces without naming them."""
    return _COMPARES.search(text) is not None


def asks_year_before(text: str) -> bool:
    """Whether the value of the year before is asked for ("năm trước đó thì sao?"), not a comparison with it."""
    return _YEAR_BEFORE.search(text) is not None


def asks_earlier(text: str) -> bool:
    """Whether it is asked what came before or after the other."""
    return _EARLIER.search(text) is not None


def asks_total(text: str, question: str) -> bool:
    """Whether the whole is asked for, not a part."""
    return _TOTAL.search(text) is not None or _IN_COMMON.search(question) is not None


def extreme_asked(text: str) -> int:
    """1 when the largest is asked for, -1 for the smallest, else 0."""
    if _MOST.search(text):
        return 1
    return -1 if _LEAST.search(text) else int(_MOST_OTHERWISE.search(text) is not None)


def time_unit(text: str) -> str:
    """How fine a time is asked for: "giờ", "ngày", "tháng", "năm" or ""."""
    return next((unit for unit, pattern in _UNITS if re.search(pattern, text)), "")


def points_back(question: str) -> bool:
    """Whether words of the question point back to what was said before ("cùng năm đó", "mảng này")."""
    return _says(_POINTS_BACK, question)


def asks_year_after(question: str) -> bool:
    """Whether the year after the one spoken of is meant ("năm kế tiếp thì sao?")."""
    return _says(_YEAR_AFTER, question)


def _says(written: tuple[re.Pattern[str], re.Pattern[str]], question: str) -> bool:
    """Whether a question says something, without diacritics where it was typed so."""
    accented = accented_share(word.key for word in words(question)) >= FULLY_ACCENTED
    return written[not accented].search(question.lower() if accented else fold(question)) is not None


def is_follow_up(text: str) -> bool:
    """Whether the question opens or ends like one that goes on from the last ("Còn …", "… thì sao?")."""
    return _FOLLOWS.search(text.replace("[", "").replace("]", "")) is not None
