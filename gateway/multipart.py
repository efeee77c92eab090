"""A form with a file, read as it comes: the fields before the file, then the file's bytes, of which no more than one block is held.

Flask reads a form whole before anybody sees a field of it, and keeps files of 12 MB in memory or in files; here who sends is known, and
the form's stamp is checked, before the first byte of a file is taken.
"""

from collections.abc import Iterator

from flask import Request
from gunicorn.http.errors import ParseException
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.sansio.multipart import NEED_DATA, Data, Epilogue, Event, Field, File, MultipartDecoder

from gateway.errors import malformed

MULTIPART = "multipart/form-data"
BLOCK = 64 * 1024
MOST_FIELD_BYTES = 64 * 1024
MOST_PARTS = 100
BROKEN = "表单没有传完整，请重新提交。"


class FormReader:
    """Reads one form; `fields` first, then `file` says whether one comes, then `content` once. Raises Invalid for what is no form,
    RequestEntityTooLarge for one that says so.

    Reading more than `limit` bytes raises werkzeug's RequestEntityTooLarge. Fields behind the file are not read.
    """

    def __init__(self, came: Request, limit: int):
        came.max_content_length = limit
        if (came.content_length or 0) > limit:
            raise RequestEntityTooLarge
        boundary = came.mimetype_params.get("boundary", "").encode()
        if came.mimetype != MULTIPART or not boundary:
            raise malformed(BROKEN)
        self._came = came
        self._decoder = MultipartDecoder(boundary, 2 * BLOCK + MOST_FIELD_BYTES, max_parts=MOST_PARTS)
        self.file = ""

    def fields(self) -> MultiDict:
        """Give the fields up to the file, and set `file` to the name of its part where there is one."""
        found: list[tuple[str, str]] = []
        name, value, size = "", b"", 0
        for event in self._events():
            if isinstance(event, File) and event.filename:
                self.file = event.name or ""
                break
            if isinstance(event, (Field, File)):
                name, value = event.name or "", b""
            elif isinstance(event, Data):
                value, size = value + event.data, size + len(event.data)
                if size > MOST_FIELD_BYTES:
                    raise malformed("表单里的文字太多，请缩短后重新提交。")
                if not event.more_data:
                    found.append((name, _text(value)))
        return MultiDict(found)

    def content(self) -> Iterator[bytes]:
        """Give the file's bytes as they come; raises Invalid where the form breaks off."""
        for event in self._events():
            if isinstance(event, Data):
                yield bytes(event.data)
                if not event.more_data:
                    return
            else:
                raise malformed(BROKEN)

    def _events(self) -> Iterator[Event]:
        while True:
            try:
                event = self._decoder.next_event()
                if event is NEED_DATA or event == NEED_DATA:
                    # nothing more: the decoder says so where the form has not ended
                    self._decoder.receive_data(self._came.stream.read(BLOCK) or None)
                    continue
            except (ValueError, ParseException):
                # no form, or chunks that are none
                raise malformed(BROKEN) from None
            yield event
            if isinstance(event, Epilogue):
                return


def _text(raw: bytes) -> str:
    try:
        return raw.decode()
    except UnicodeDecodeError:
        raise malformed("表单里的文字不是 UTF-8，请换一个浏览器后重新提交。") from None
