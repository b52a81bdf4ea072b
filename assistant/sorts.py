"""Sorts of things counted, whose nouns people exchange for one another."""

from collections.abc import Sequence
from enum import StrEnum

from index.words import Word, keys


class Sort(StrEnum):
    """What a noun that is counted is one of."""

    PEOPLE = "people"
    BODIES = "bodies"
    PLACES = "places"
    POINTS = "points"
    MEETINGS = "meetings"
    TEAMS = "teams"
    PAPERS = "papers"
    MESSAGES = "messages"
    HOMES = "homes"
    MEASURES = "measures"
    AIMS = "aims"
    PRIZES = "prizes"


_NOUNS = {
    Sort.PEOPLE: "người,thành viên,cá nhân,cán bộ,học viên,công dân,lượt người,lượt cán bộ,đại biểu,đại diện,thí sinh"
    ",công chức,viên chức,chuyên viên,phóng viên,người dân,nhân lực,lao động,thầy,giáo viên,hội viên,lượt học viên"
    ",nhân viên,phụ nữ,nông dân,thanh niên,đoàn viên,đội viên,xã viên,học sinh,sinh viên,tiểu thương,bà con,chị em"
    ",nhà báo,kỹ sư,bạn đọc,bạn trẻ,tổ trưởng,đối tượng",
    Sort.BODIES: "đơn vị,cơ quan,doanh nghiệp,công ty,tổ chức,sở,nhà mạng,tờ báo,tờ,tạp chí,báo,đài",
    Sort.PLACES: "xã,phường,thị trấn,huyện,thôn,bản,ấp,khóm,tổ dân phố,địa phương,làng,buôn,tiểu khu,điểm lõm,địa bàn"
    ",nơi",
    Sort.POINTS: "trạm,cột,vị trí,điểm,chỗ,bưu cục,cơ sở",
    Sort.MEETINGS: "cuộc,đợt,lần,lớp,hội nghị,buổi,khóa,chuyến,vụ,trường hợp,quyết định",
    Sort.TEAMS: "tổ,đội,nhóm,câu lạc bộ,ban",
    Sort.PAPERS: "hồ sơ,thủ tục,dịch vụ,văn bản,tài liệu,giấy phép,tin,bài,tác phẩm,ấn phẩm,bản ghi,dữ liệu",
    Sort.MESSAGES: "lượt,cuộc gọi,phản ánh,kiến nghị,giao dịch,tin nhắn",
    Sort.HOMES: "hộ,gia đình,thuê bao,tài khoản,máy,thiết bị,chữ ký,chứng thư",
    Sort.MEASURES: "tấn,km,m2,ha,kg",
    Sort.AIMS: "chỉ tiêu,mục tiêu,nhiệm vụ,tiêu chí",
    Sort.PRIZES: "giải,bằng khen,giấy khen,cờ,huân chương,tập thể",
}
"""Nouns that people exchange for one another when they count."""
_HEADS = {sort: frozenset(" ".join(keys(noun)) for noun in nouns.split(",")) for sort, nouns in _NOUNS.items()}


def sorts_of(noun: Sequence[Word]) -> frozenset[Sort]:
    """Which sorts the first word or two of a noun belong to."""
    heads = {" ".join(word.key for word in noun[:length]) for length in (1, 2)}
    return frozenset(sort for sort, nouns in _HEADS.items() if heads & nouns)
