"""One HTTP request to a scenario, as the bytes that every variant is sent."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from conformance.target.exchange import Address, Exchange, send, send_and_leave, send_in_turn

HOST = "localhost"  # said in every request, for each service listens on a port of its own
_SHOWN_BYTES = 2000


@dataclass(frozen=True)
class Message:
    """Bytes of one request, and the scenario that it is for; `method` and `target` are read from the bytes."""

    scenario: str
    data: bytes

    @classmethod
    def of(
        cls, scenario: str, method: str, target: str, headers: Iterable[tuple[str, str]] = (), content: bytes = b""
    ) -> Message:
        """Make a request with these headers exactly as given; each character is a byte (Latin-1)."""
        lines = [f"{method} {target} HTTP/1.1", *(f"{name}: {value}" for name, value in headers)]
        return cls(scenario, "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + content)

    @property
    def method(self) -> str:
        """The method as it was sent."""
        return self.data.partition(b" ")[0].decode("latin-1")

    @property
    def target(self) -> str:
        """Request target: the text between method and version."""
        line = self.data.partition(b"\r\n")[0].decode("latin-1")
        return line.partition(" ")[2].rpartition(" ")[0]

    @property
    def announced(self) -> list[str]:
        """The value of each Content-Length header."""
        head = self.data.partition(b"\r\n\r\n")[0].decode("latin-1").split("\r\n")[1:]
        pairs = [line.partition(":") for line in head]
        return [value.strip() for name, _, value in pairs if name.lower() == "content-length"]

    @property
    def whole(self) -> bool:
        """Whether the content is as long as announced; of a shorter one the client ends its sending side."""
        content = len(self.data.partition(b"\r\n\r\n")[2])
        announced = self.announced or ["0"]
        return all(length.isascii() and length.isdigit() and int(length) == content for length in announced)

    @property
    def twice(self) -> bool:
        """Whether the message asks to keep the connection: then it is sent twice on one, and the second answer
        counts."""
        return b"\r\nConnection: keep-alive\r\n" in self.data.partition(b"\r\n\r\n")[0] + b"\r\n"

    def sent_to(self, address: Address) -> Exchange | None:
        """Send the message to a service and return its answer; None where a message that is not whole has none. Raises
        as `exchange.send` does."""
        if not self.whole:
            return send_and_leave(address, self.data, self.method)
        if self.twice:
            return send_in_turn(address, [(self.method, self.data)] * 2)[-1]
        return send(address, self.data, self.method)

    def __str__(self) -> str:
        """Return the bytes for reading, line by line, with what is not printable ASCII escaped."""
        text = self.data[:_SHOWN_BYTES].decode("latin-1").replace("\r\n", "\n")
        lines = [f"> {line.encode('unicode_escape').decode()}" for line in text.split("\n")]
        if len(self.data) > _SHOWN_BYTES:
            lines.append(f"> ... {len(self.data) - _SHOWN_BYTES} bytes more")
        return "\n".join(lines)
