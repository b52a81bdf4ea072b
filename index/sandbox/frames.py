"""Messages between a process and the one that parses for it: a length, JSON, and bytes; nothing is pickled."""

import json
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from typing import IO

_LENGTHS = struct.Struct(">QQ")


class BrokenFrameError(Exception):
    """The other side has gone, or sends what is no message."""


@dataclass(frozen=True, slots=True)
class Frame:
    """A message: a JSON object, and bytes that belong to it."""

    head: Mapping[str, object]
    body: bytes = b""


def send(stream: IO[bytes], frame: Frame) -> None:
    """Write a message.

    Raises:
        OSError: The other side has gone.
    """
    head = json.dumps(frame.head).encode()
    stream.write(_LENGTHS.pack(len(head), len(frame.body)))
    stream.write(head)
    stream.write(frame.body)
    stream.flush()


def receive(stream: IO[bytes], limit: int) -> Frame:
    """Read a message.

    Args:
        stream: Where it comes from.
        limit: Most bytes it may have; a longer one is not read.

    Raises:
        BrokenFrameError: The stream ends, or the message is too long or none.
    """
    lengths = _LENGTHS.unpack(_exactly(stream, _LENGTHS.size))
    if sum(lengths) > limit:
        raise BrokenFrameError(f"a message of {sum(lengths)} bytes, more than {limit}")
    try:
        head = json.loads(_exactly(stream, lengths[0]))
    except (ValueError, RecursionError) as error:
        raise BrokenFrameError("a head that is no JSON") from error
    if not isinstance(head, dict):
        raise BrokenFrameError("a head that is no object")
    return Frame(head, _exactly(stream, lengths[1]))


def _exactly(stream: IO[bytes], count: int) -> bytes:
    data = stream.read(count)
    if len(data) < count:
        raise BrokenFrameError("the stream ended")
    return data
