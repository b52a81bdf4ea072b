"""Reports to be added, and what is in the folder of those that were."""

from pathlib import Path

from assistant.upload_folder import FOLDER
from assistant.uploads import Limits

LIMITS = Limits(mb=1, files=3)
HA_GIANG = """Sở Thông tin và Truyền thông Hà Giang tổng kết năm 2022

20/12/2022 08:30

Năm 2022, toàn tỉnh Hà Giang có 1.742 trạm BTS.
"""
SILENT = "Toàn ngành dựng thêm nhiều trạm phát sóng và mở rộng mạng cáp quang."


def added(folder: Path) -> list[str]:
    return sorted(path.name for path in (folder / FOLDER).iterdir() if not path.name.startswith("."))


def hidden(folder: Path) -> list[Path]:
    return [path for path in (folder / FOLDER).rglob("*") if path.is_file() and ".dang-kiem" in path.parts]


def report_of(number: int) -> bytes:
    return f"{HA_GIANG}\nToàn tỉnh có {number} tổ công nghệ số.\n".encode()
