"""Reports that people add in the chat: how much may be added, what is told of it, and why it is refused."""

from dataclasses import dataclass
from datetime import date

from assistant.decoding import shown
from index.errors import UserError


class UploadError(UserError):
    """A report cannot be added or removed."""


def refused(name: str, why: str) -> UploadError:
    """The error that tells why a file is not added.

    Args:
        name: What the file was called; not trusted.
        why: The reason and the remedy, in Vietnamese.
    """
    return UploadError(f"Không thêm được tệp {shown(name)}: {why}.")


@dataclass(frozen=True, slots=True)
class Limits:
    """How much may be added.

    Attributes:
        mb: Megabytes of one file.
        files: Added files in all.
    """

    mb: int
    files: int


@dataclass(frozen=True, slots=True)
class Added:
    """A report that was added.

    Attributes:
        path: POSIX path relative to the reports folder.
        title: The headline.
        province: "" if the report does not tell.
        year: The year the results are of, or None.
        published: Day of publication, or None.
        replaced: Whether it took the place of an added report of the same name.
        reports: How many reports it holds: more than one only of an archive.
        left_out: Members of an archive that cannot be read, a line each.
    """

    path: str
    title: str
    province: str
    year: int | None
    published: date | None
    replaced: bool
    reports: int = 1
    left_out: tuple[str, ...] = ()

    @property
    def warnings(self) -> tuple[str, ...]:
        """What questions will not find the report by, and what was left out, a line each, with the remedy."""
        missing = []
        if not self.province and self.reports == 1:
            missing.append(self._untold("báo cáo thuộc tỉnh nào", "tỉnh", "province: Đắk Nông"))
        if self.year is None and self.reports == 1:
            missing.append(self._untold("số liệu của năm nào", "năm", "year: 2023"))
        return (*missing, *self.left_out)

    def _untold(self, what: str, named: str, line: str) -> str:
        remedy = f"hãy ghi rõ {named} ở tiêu đề của báo cáo, rồi thêm lại."
        if self.path.endswith((".txt", ".md")):
            remedy = f"hãy thêm dòng như «{line}» vào đầu tệp, giữa hai dòng «---», rồi thêm lại."
        return f"Không rõ {what}: câu hỏi nêu {named} có thể không tìm đến báo cáo này; {remedy}"
