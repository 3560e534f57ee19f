"""Bytes to text: rightly, or refused."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.decoding import decode
from generator.errors import PactbookError

WORDS = "Mr. Zoë Müller said: “It’s a pact – worth €5 million.”"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "windows-1252"])
def test_text_of_an_english_article_is_read_in_every_usual_encoding(encoding: str) -> None:
    assert decode(WORDS.encode(encoding), "pact.txt") == WORDS


def test_utf_16_of_either_byte_order_is_read_by_its_mark() -> None:
    little = b"\xff\xfe" + WORDS.encode("utf-16-le")
    big = b"\xfe\xff" + WORDS.encode("utf-16-be")

    assert decode(little, "pact.txt") == decode(big, "pact.txt") == WORDS


@pytest.mark.parametrize("encoding", ["koi8-r", "windows-1251"])
def test_russian_is_read_where_it_is_plain(encoding: str) -> None:
    text = "Министры двух стран подписали в понедельник договор о рыболовстве сроком на десять лет, сообщило агентство."

    assert decode(text.encode(encoding), "pact.txt") == text


def test_html_is_read_in_the_encoding_that_it_declares() -> None:
    text = '<html><head><meta charset="iso-8859-2"></head><body>Wałęsa</body></html>'

    assert decode(text.encode("iso-8859-2"), "pact.html") == text


@pytest.mark.parametrize("name", ["zlib", "hex", "utf-7", "unicode_escape", "rot13", "idna"])
def test_a_declared_codec_that_is_no_charset_is_not_used(name: str) -> None:
    data = f'<meta charset="{name}"><p>caf'.encode() + b"\xe9 in the town</p>"

    assert "café in the town" in decode(data, "pact.html")


@pytest.mark.parametrize(
    ("data", "message"),
    [
        pytest.param(b"", "pact.txt: is empty; an article was expected. Remove it, or add the text.", id="empty"),
        pytest.param(b" \n\t", "pact.txt: is empty; an article was expected. Remove it, or add the text.", id="blank"),
        pytest.param(
            b"a\x00b",
            "pact.txt: holds NUL bytes: it is no text, or UTF-16 without its byte order mark. Save it as UTF-8.",
            id="NUL",
        ),
        pytest.param(
            b"%PDF-1.7 \xff", "pact.txt: is a PDF, not text. Save the article as text, Markdown or HTML.", id="PDF"
        ),
        pytest.param(
            b"\xff\xfea\x00b",
            "pact.txt: is UTF-16-LE by its byte order mark, but byte 2 does not fit. Save it as UTF-8.",
            id="cut UTF-16",
        ),
        pytest.param(
            "Lech Wałęsa\nspoke of a pact".encode("iso-8859-2"),
            "pact.txt:1: is not UTF-8 (byte 0xb3 at 7), and no other encoding fits. Save it as UTF-8.",
            id="Polish that could be anything",
        ),
        pytest.param(
            "協定が署名された".encode("shift_jis"),
            "pact.txt:1: is not UTF-8 (byte 0x8b at 0), and no other encoding fits. Save it as UTF-8.",
            id="Japanese",
        ),
        pytest.param(
            bytes(range(1, 32)) * 4,
            "pact.txt: is mostly control characters: it is no text. Save the article as text.",
            id="control characters",
        ),
    ],
)
def test_bytes_whose_text_is_in_doubt_are_refused(data: bytes, message: str) -> None:
    with pytest.raises(PactbookError) as error:
        decode(data, "pact.txt")

    assert str(error.value) == message


@settings(deadline=None, max_examples=300)
@given(st.binary(max_size=200))
def test_decoding_gives_text_without_replacement_or_refuses(data: bytes) -> None:
    try:
        text = decode(data, "pact.txt")
    except PactbookError:
        return

    assert "\x00" not in text
    assert "�" not in text or "�".encode() in data or data[:2] in (b"\xff\xfe", b"\xfe\xff")
