"""A file for tests that is no regular one."""

from __future__ import annotations

import io
import time


class Pipe(io.RawIOBase):
    """A file that cannot be read again, and that does not say how long it is."""

    def __init__(self, content: bytes, wait: float = 0) -> None:
        self.source = io.BytesIO(content)
        self.wait = wait

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        time.sleep(self.wait)
        return self.source.read(min(size, 1000))
