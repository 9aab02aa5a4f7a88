"""A file is read for as long as it takes."""

from mutation import replace
from utilmeta.core.cli.bodies.stream import Stream

replace(Stream.pieces, "reading.read() if reading.quick else given_up(reading.read, current.get())", "reading.read()")
replace(
    Stream.awaited_pieces, "reading.read() if reading.in_memory else await in_thread(reading.read)", "reading.read()"
)
