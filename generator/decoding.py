"""Bytes of a file to their text: rightly, or refused with the reason.

Nothing is ever replaced: a wrong letter in a name would be published as a fact. Where an encoding is not declared, it
must follow from the bytes without doubt.
"""

import codecs
import re

from generator.errors import PactbookError, Problem

_MARKS = (  # byte order marks, the longer first
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SIGNATURES = (
    (b"%PDF", "a PDF"),
    (b"PK\x03\x04", "a ZIP or office file"),
    (b"\x89PNG", "an image"),
    (b"\xff\xd8\xff", "an image"),
)
_CYRILLIC = ("windows-1251", "koi8-r")
_WESTERN = frozenset("‘’“”‚„–—…€£•™®©°§«»·´¨¯¸†‡‰‹›ˆ˜¿¡¢¥¹²³¼½¾ªº¶±×÷µ¬¦¤\xa0\xad")
_LONELY = frozenset("¹²³¼½¾ªº¿¡¢¥±µ¬¦¤¶¯¸¨˜ˆ×÷")  # inside a word they betray another encoding
# Python knows more under the name of a codec, some of it dangerous: "zlib", "hex", "unicode_escape".
_CHARSETS = ("windows-", "iso-8859-", "koi8-", "gb2312", "gbk", "gb18030", "big5", "shift_jis", "euc-", "macintosh")
_DECLARED = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?([A-Za-z0-9_-]{2,30})", re.IGNORECASE)


def decode(data: bytes, path: str) -> str:
    """The text in the bytes of a file: UTF-8, UTF-16 or UTF-32 with a mark, windows-1252, or plainly Cyrillic.

    Raises:
        PactbookError: There is no text, or its encoding cannot be told without doubt.
    """
    if not data.strip():
        raise _refused(path, 0, "is empty; an article was expected. Remove it, or add the text.")
    for signature, what in _SIGNATURES:
        if data.startswith(signature):
            raise _refused(path, 0, f"is {what}, not text. Save the article as text, Markdown or HTML.")
    for mark, name in _MARKS:
        if data.startswith(mark):
            return _checked(_decoded(data[len(mark) :], name, path), path)
    if b"\x00" in data:
        message = "holds NUL bytes: it is no text, or UTF-16 without its byte order mark. Save it as UTF-8."
        raise _refused(path, 0, message)
    try:
        return _checked(data.decode("utf-8"), path)
    except UnicodeDecodeError as error:
        text = _declared(data, path) or _western(data) or _cyrillic(data)
        if text is None:
            line = data.count(b"\n", 0, error.start) + 1
            byte = f"byte 0x{data[error.start]:02x} at {error.start}"
            raise _refused(
                path, line, f"is not UTF-8 ({byte}), and no other encoding fits. Save it as UTF-8."
            ) from error
        return _checked(text, path)


def _decoded(data: bytes, name: str, path: str) -> str:
    try:
        return data.decode(name)
    except UnicodeDecodeError as error:
        said = f"{name.upper()} by its byte order mark, but byte {error.start} does not fit"
        raise _refused(path, 0, f"is {said}. Save it as UTF-8.") from error


def _checked(text: str, path: str) -> str:
    if "\x00" in text:
        raise _refused(path, text.count("\n", 0, text.index("\x00")) + 1, "holds a NUL character; it is no text.")
    controls = sum(text.count(chr(code)) for code in range(1, 32) if code not in (9, 10, 11, 12, 13))
    if controls > 10 and controls > len(text) / 50:
        raise _refused(path, 0, "is mostly control characters: it is no text. Save the article as text.")
    if not text.strip():
        raise _refused(path, 0, "is empty; an article was expected. Remove it, or add the text.")
    return text


def _declared(data: bytes, path: str) -> str | None:
    """What an HTML file says of its own encoding holds, if its bytes agree."""
    found = _DECLARED.search(data[:4096]) if path.endswith((".html", ".htm")) else None
    if found is None:
        return None
    name = found[1].decode("ascii").lower()
    if not name.startswith(_CHARSETS):
        return None
    try:
        return data.decode(name)
    except (LookupError, UnicodeDecodeError):
        return None


def _western(data: bytes) -> str | None:
    """English with the typographic marks of windows-1252, if every sign above ASCII is one that such text has."""
    try:
        text = data.decode("windows-1252")
    except UnicodeDecodeError:
        return None
    high = sum(1 for character in text if character > "\x7f")
    if high > 0.15 * len(text):
        return None
    if any(not ("À" <= c <= "ÿ" or c in "ŒœŠšŽžŸƒ" or c in _WESTERN) for c in text if c > "\x7f"):
        return None
    inside = re.search(rf"[A-Za-zÀ-ÿ][{''.join(_LONELY)}][A-Za-zÀ-ÿ]", text)
    return None if inside else text


def _cyrillic(data: bytes) -> str | None:
    """Russian, where one of the two encodings gives plainly more lower-case Cyrillic letters."""
    from charset_normalizer import from_bytes  # late, and only for the few files that need it

    best = from_bytes(data, cp_isolation=list(_CYRILLIC)).best()
    if best is None:
        return None
    text = str(best)
    letters = [c for c in text if c.isalpha() and c > "\x7f"]
    lower = sum(1 for c in letters if "а" <= c <= "я" or c == "ё")
    return text if len(letters) >= 20 and lower >= 0.75 * len(letters) else None


def _refused(path: str, line: int, message: str) -> PactbookError:
    return PactbookError(problems=[Problem(path, line, message)])
