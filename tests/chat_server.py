"""A server on loopback that speaks the OpenAI chat completions API, streamed and whole, and does what it is told."""

import json
import socket
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass(frozen=True)
class Reply:
    """What to do with one request.

    ``pieces`` are streamed one by one, each after ``pause`` seconds; ``drop`` breaks the connection after them.
    """

    pieces: tuple[str, ...] = ()
    status: int = 200
    pause: float = 0.0
    drop: bool = False
    finish: str = "stop"
    body: str = ""
    headers: tuple[tuple[str, str], ...] = ()


def says(text: str, size: int = 7, **more: object) -> Reply:
    """The text, streamed in pieces of a few characters."""
    return Reply(tuple(text[at : at + size] for at in range(0, len(text), size)), **more)  # type: ignore[arg-type]


def fails(status: int, code: str = "", **headers: str) -> Reply:
    return Reply(status=status, body=json.dumps({"error": {"message": code or "scripted", "code": code or None}}),
                 headers=tuple(headers.items()))  # fmt: skip


Obeying = Callable[[list[dict[str, str]]], Reply]
"""Makes its reply of the messages it is sent."""


@dataclass
class ChatServer:
    """The running server: what it was asked, and what it will do next; the last step is done for good."""

    url: str = ""
    script: list[Reply | Obeying] = field(default_factory=list)
    requests: list[dict[str, object]] = field(default_factory=list)

    def will(self, *steps: Reply | Obeying) -> None:
        self.script[:] = steps
        self.requests.clear()

    def prompts(self) -> list[str]:
        """The text of every request, all its messages."""
        return ["\n".join(message["content"] for message in asked["messages"]) for asked in self.requests]

    def next_reply(self, asked: dict[str, object]) -> Reply:
        self.requests.append(asked)
        step = self.script.pop(0) if len(self.script) > 1 else self.script[0]
        return step if isinstance(step, Reply) else step(asked["messages"])


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    scripted: ChatServer

    def log_message(self, format: str, *arguments: object) -> None:
        pass

    def handle(self) -> None:
        with suppress(ConnectionResetError):  # the client was done before the end
            super().handle()

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        reply = self.scripted.next_reply(asked)
        try:
            if reply.status != 200 or reply.body:
                self._send(reply.status, reply.body, reply.headers)
            elif asked.get("stream"):
                self._stream(reply)
            else:
                self._send(200, json.dumps(_completion(reply)), ())
        except (BrokenPipeError, ConnectionResetError):
            pass  # the client gave up waiting

    def _send(self, status: int, body: str, headers: Sequence[tuple[str, str]]) -> None:
        sent = body.encode()
        self.send_response(status)
        for name, value in (("Content-Type", "application/json"), ("Content-Length", str(len(sent))), *headers):
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(sent)

    def _stream(self, reply: Reply) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        for piece in reply.pieces:
            time.sleep(reply.pause)
            self._event(_chunk({"role": "assistant", "content": piece}, None))
        if not reply.pieces:
            time.sleep(reply.pause)
        if reply.drop:
            self.close_connection = True
            self.connection.shutdown(socket.SHUT_RDWR)
            return
        self._event(_chunk({}, reply.finish))
        self._chunk(b"data: [DONE]\n\n")
        self._chunk(b"")

    def _event(self, told: dict[str, object]) -> None:
        self._chunk(f"data: {json.dumps(told)}\n\n".encode())

    def _chunk(self, data: bytes) -> None:
        self.wfile.write(f"{len(data):x}\r\n".encode() + data + b"\r\n")
        self.wfile.flush()


def _chunk(delta: dict[str, str], finish: str | None) -> dict[str, object]:
    choice = {"index": 0, "delta": delta, "finish_reason": finish}
    return {"id": "1", "object": "chat.completion.chunk", "created": 1, "model": "test-model", "choices": [choice]}


def _completion(reply: Reply) -> dict[str, object]:
    message = {"role": "assistant", "content": "".join(reply.pieces)}
    choice = {"index": 0, "message": message, "finish_reason": reply.finish}
    return {"id": "1", "object": "chat.completion", "created": 1, "model": "test-model", "choices": [choice]}


@contextmanager
def serving() -> Iterator[ChatServer]:
    """Serve on a free port of this machine."""
    scripted = ChatServer()
    handler = type("Handler", (_Handler,), {"scripted": scripted})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        server.daemon_threads = True
        server.block_on_close = False
        scripted.url = f"http://127.0.0.1:{server.server_address[1]}/v1"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield scripted
        finally:
            server.shutdown()
            thread.join()
