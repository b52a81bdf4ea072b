"""How a generation was made: the manifest in its folder, which seals its other files by their digests."""

import hashlib
import json
import uuid
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from index.errors import IndexMismatchError
from index.seal import digests_of
from index.types import SkippedFile

SCHEMA = 6
_FILE = "manifest.json"


@dataclass(frozen=True, slots=True)
class IndexedFile:
    """What the manifest keeps of a report file, to see whether it changed.

    Attributes:
        path: POSIX path relative to the reports folder.
        sha256: Hex digest of the report's text, or "" if the file is skipped.
        size: Bytes.
        mtime_ns: Time of the last change, in nanoseconds, as whoever changes a file may set it.
        ctime_ns: Time the system saw the last change, in nanoseconds; 0 if a later one might have the same.
        inode: Number of the file on its disk.
        digest: Hex SHA-256 of the file's bytes, or "" if it could not be read.
        archive: Path of the archive it is a member of, whose size, times and digest these are then, or "".
    """

    path: str
    sha256: str
    size: int
    mtime_ns: int
    ctime_ns: int = 0
    inode: int = 0
    digest: str = ""
    archive: str = ""


@dataclass(frozen=True, slots=True)
class Manifest:
    """How a generation was made.

    Attributes:
        schema: Version of the layout on disk.
        embedding: The model's name in the settings.
        fingerprint: The model's identity, see ``embed.fingerprint``.
        dimension: Components of a vector.
        max_tokens: Token budget of a passage.
        files: The indexed report files, by path.
        skipped: Files left out, with the reason.
        figures: Rows of the table of figures.
        code: The code it was made by, see ``code``.
    """

    schema: int
    embedding: str
    fingerprint: str
    dimension: int
    max_tokens: int
    files: tuple[IndexedFile, ...]
    skipped: tuple[SkippedFile, ...]
    figures: int = 0
    code: str = ""


@dataclass(frozen=True, slots=True)
class Sealed:
    """A manifest as it was written.

    Attributes:
        manifest: How the generation was made.
        parts: Hex SHA-256 of each of its other files, by POSIX path relative to its folder.
    """

    manifest: Manifest
    parts: Mapping[str, str]


def write_sealed(generation: Path, manifest: Manifest) -> str:
    """Write the manifest with the digests of the files beside it, and give the name that it makes."""
    held = {**asdict(manifest), "parts": digests_of(generation), "made": uuid.uuid4().hex}  # no two are ever the same
    data = json.dumps(held, ensure_ascii=False, indent=1).encode()
    (generation / _FILE).write_bytes(data)
    return _name(data)


def read_sealed(folder: Path, generation: Path) -> Sealed:
    """The manifest of a generation; its other files are not looked at.

    Args:
        folder: The index folder, to be named in errors.
        generation: The generation's folder, by the name that its manifest made.

    Raises:
        IndexMismatchError: It was made by another version of this program, or the manifest is damaged or gone.
    """
    try:
        data = (generation / _FILE).read_bytes()
        raw = json.loads(data)
        if raw["schema"] != SCHEMA:
            raise IndexMismatchError(
                f"Chỉ mục ở {str(folder)!r} thuộc phiên bản {raw['schema']}, chương trình này dùng {SCHEMA}: "
                f"hãy chạy «assistant index» để dựng lại."
            )
        if _name(data) != generation.name:
            raise ValueError("the manifest is not the one that was written")
        parts = raw.pop("parts")
        del raw["made"]
        raw["files"] = tuple(IndexedFile(**file) for file in raw["files"])
        raw["skipped"] = tuple(SkippedFile(**file) for file in raw["skipped"])
        return Sealed(Manifest(**raw), parts)
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise damaged(folder, _FILE if generation.is_dir() else "current") from error


def damaged(folder: Path, name: str) -> IndexMismatchError:
    """The error that tells which file of an index is not as it was written."""
    return IndexMismatchError(
        f"Chỉ mục ở {str(folder)!r} bị hỏng (tệp {name!r}): hãy chạy «assistant index» để dựng lại."
    )


def _name(manifest: bytes) -> str:
    return hashlib.sha256(manifest).hexdigest()[:12]
