"""Sorts of things counted, whose nouns people exchange for one another."""

from index.words import fold

_SORTS = tuple(
    frozenset(fold(word) for word in sort.split(","))
    for sort in (
        "người,thành viên,cá nhân,cán bộ,học viên,công dân,lượt người,lượt cán bộ,đại biểu,thí sinh,công chức,viên chức"
        ",chuyên viên,phóng viên,người dân,nhân lực,lao động,thầy,giáo viên,hội viên,lượt học viên,nhân viên,phụ nữ"
        ",nông dân,thanh niên,đoàn viên,học sinh,sinh viên,tiểu thương,bà con,chị em,nhà báo,kỹ sư,tình nguyện viên",
        "đơn vị,cơ quan,doanh nghiệp,công ty,tổ chức,sở,nhà mạng,tờ báo,tờ,tạp chí,báo,đài",
        "xã,phường,thị trấn,huyện,thôn,bản,ấp,khóm,tổ dân phố,địa phương,làng,buôn,tiểu khu,điểm lõm,địa bàn,nơi",
        "trạm,cột,vị trí,điểm,chỗ,bưu cục,cơ sở",
        "cuộc,đợt,lần,lớp,hội nghị,buổi,khóa,chuyến,vụ,trường hợp,quyết định",
        "tổ,đội,nhóm,câu lạc bộ,ban",
        "hồ sơ,thủ tục,dịch vụ,văn bản,tài liệu,giấy phép,tin,bài,tác phẩm,ấn phẩm,bản ghi,dữ liệu",
        "lượt,cuộc gọi,phản ánh,kiến nghị,giao dịch,tin nhắn",
        "hộ,gia đình,thuê bao,tài khoản,máy,thiết bị,chữ ký,chứng thư",
        "tấn,km,m2,ha,kg",
        "chỉ tiêu,mục tiêu,nhiệm vụ,tiêu chí",
        "giải,bằng khen,giấy khen,cờ,huân chương,tập thể",
    )
)
"""Nouns that people exchange for one another when they count."""
PEOPLE = 0
"""The sort of all that "người" may be said for."""


def sorts_of(noun: str) -> frozenset[int]:
    """Which sorts a noun's first word or two belong to, by their numbers."""
    listed = fold(noun).split()[:2]
    heads = {" ".join(listed), *listed[:1]}
    return frozenset(number for number, sort in enumerate(_SORTS) if heads & sort)
