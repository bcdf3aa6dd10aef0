"""Frames of data as another library reads them."""

from __future__ import annotations

import pytest
from websockets.frames import Frame, Opcode
from websockets.streams import StreamReader

from server.web.wire import framed


@pytest.mark.parametrize("size", [0, 1, 125, 126, 127, 65_535, 65_536, 200_000])
def test_a_message_of_any_length_is_one_frame(size: int) -> None:
    """On both sides of each change of its head; bytes as they are, text as UTF-8."""
    for message, kind in ((b"\x00" * size, Opcode.BINARY), ("é" * size, Opcode.TEXT)):
        reader = StreamReader()
        reader.feed_data(framed(message))
        reader.feed_eof()
        parsing = Frame.parse(reader.read_exact, mask=False)
        with pytest.raises(StopIteration) as found:
            next(parsing)
        frame = found.value.value
        assert (frame.opcode, frame.fin, bytes(frame.data)) == (kind, True, message if isinstance(message, bytes) else message.encode())
        assert not reader.buffer
