"""Taking out a report that was added."""

from pathlib import Path

from assistant.decoding import shown
from assistant.upload_folder import FOLDER, changing, is_linked, is_removable
from assistant.uploads import UploadError
from index.load import MissingFileError, UnreadableFileError, archive_of, check_path, is_archive, list_files
from index.report import read_report, read_reports
from index.types import Prepared


def remove_report(reports_dir: Path, path: str) -> None:
    """Take out a report that was added.

    Args:
        reports_dir: The folder of all reports.
        path: Relative to it; not trusted. With a member of an archive the whole archive is taken out.

    Raises:
        UploadError: It is none that was added, is not there or the last one that can be read, or cannot be removed.
    """
    if not is_removable(path):
        raise _kept(path, f"chỉ gỡ được báo cáo đã thêm trên trang, nằm ngay trong thư mục «{FOLDER}»")
    with changing:
        try:
            check_path(reports_dir, path)
            path = archive_of(reports_dir, path) or path
        except MissingFileError as error:
            raise _kept(path, "không có tệp này, có thể vừa được gỡ; hãy lập lại chỉ mục") from error
        except UnreadableFileError as error:
            raise _kept(path, str(error)) from error
        file = reports_dir / path
        if file.is_symlink() or is_linked(reports_dir):
            raise _kept(path, "đó là một liên kết; hãy gỡ nó trên máy chủ")
        try:
            if _is_last(reports_dir, path):
                raise _kept(path, "đây là báo cáo cuối cùng đọc được; hãy thêm báo cáo khác trước")
            file.unlink(missing_ok=True)
        except OSError as error:
            raise _kept(path, f"{error.strerror}; hãy kiểm tra quyền ghi ở {str(file.parent)!r}") from error


def _is_last(reports_dir: Path, path: str) -> bool:
    """Whether without this report none is left that can be read, so that no index could be built."""
    others = (file.path for file in list_files(reports_dir) if file.path != path)
    return not any(_is_readable(reports_dir, other) for other in others) and _is_readable(reports_dir, path)


def _is_readable(reports_dir: Path, path: str) -> bool:
    if is_archive(path):
        return any(isinstance(one, Prepared) for one in read_reports(reports_dir, path))
    try:
        read_report(reports_dir, path)
    except UnreadableFileError:
        return False
    return True


def _kept(path: str, why: str) -> UploadError:
    return UploadError(f"Không gỡ được báo cáo {shown(path)}: {why}.")
