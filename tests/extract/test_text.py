"""Sentences: where they end, what is noise, and that every piece stays verbatim."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.extract.text import LONGEST_SENTENCE, evidence, prepare
from generator.model import Article, ArticleId
from helpers import cpu_seconds


def make_article(body: str, title: str = "A title") -> Article:
    return Article(id=ArticleId("example"), path="", sha256="0" * 64, title=title, body=body)


def sentences(body: str) -> list[str]:
    return [sentence.text for sentence in prepare(make_article(body)).sentences if not sentence.is_title]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        pytest.param("They met. They agreed.", ["They met.", "They agreed."], id="plain"),
        pytest.param("Gen. Adam Bede met Mr. Grey.", ["Gen. Adam Bede met Mr. Grey."], id="titles"),
        pytest.param("The U.S. Senate voted.", ["The U.S. Senate voted."], id="U.S. before a noun"),
        pytest.param(
            "It left the U.S. The vote failed.", ["It left the U.S.", "The vote failed."], id="U.S. at the end"
        ),
        pytest.param(
            "It asks the U.S. “to wait”.", ["It asks the U.S. “to wait”."], id="U.S. before a part of a sentence"
        ),
        pytest.param("A. B. Grey and J.D. Brown met.", ["A. B. Grey and J.D. Brown met."], id="initials"),
        pytest.param("It cost 3.5 mln dlrs. It sank.", ["It cost 3.5 mln dlrs.", "It sank."], id="decimals"),
        pytest.param("On Dec. 6 they met. No. 10 agreed.", ["On Dec. 6 they met.", "No. 10 agreed."], id="dates"),
        pytest.param("He said “we agree.” She left.", ["He said “we agree.”", "She left."], id="mark after the stop"),
        pytest.param("They left.They agreed.", ["They left.", "They agreed."], id="run together"),
        pytest.param("We won “Grey said. “We did.", ["We won “Grey said.", "“We did."], id="marks mixed up"),
        pytest.param("They waited... and signed.", ["They waited... and signed."], id="ellipsis inside"),
        pytest.param(
            "First line\n- second point\n- third point", ["First line", "- second point", "- third point"], id="list"
        ),
        pytest.param(
            "It costs 20 mln dlrs. Sales rose five pct. They fell 3 pct. 2 firms left.",
            ["It costs 20 mln dlrs.", "Sales rose five pct.", "They fell 3 pct. 2 firms left."],
            id="units of newswires",
        ),
        pytest.param("See example.com for more. End.", ["See example.com for more.", "End."], id="address"),
    ],
)
def test_sentences_end_where_a_reader_ends_them(body: str, expected: list[str]) -> None:
    found = sentences(body)

    assert found == expected


def test_lines_broken_at_a_width_are_one_paragraph() -> None:
    body = (
        "    Arcadia and Sylvania signed an agreement on the transit of goods\n"
        "through the northern ports, officials of both countries said on\n"
        "Monday after talks that had gone on for most of the night and were\n"
        "interrupted twice.\n"
        "    The agreement takes effect in June and replaces one that both of\n"
        "the countries had signed ten years ago, the officials added.\n"
    )

    found = prepare(make_article(body)).sentences

    assert [sentence.paragraph for sentence in found] == [0, 1, 2]
    assert found[1].text.endswith("interrupted twice.")


@pytest.mark.parametrize(
    "line",
    [
        "ADVERTISEMENT",
        "Read more: Other news of the day",
        "Image source, Getty Images",
        "We use cookies to improve",
        "Share",
        "By Adam Bede and Dinah Morris",
        "pic.twitter.com/abc123",
    ],
)
def test_what_a_web_page_puts_between_is_noise(line: str) -> None:
    found = prepare(make_article(f"They signed.\n\n{line}\n\nThey left.")).sentences

    assert [sentence.text for sentence in found if sentence.is_noise] == [line]


@pytest.mark.parametrize(
    "marker", ["Image caption ", "image caption, ", "Media caption: ", "Image source, Some Agency Image caption "]
)
def test_a_caption_is_text_without_the_words_that_mark_it(marker: str) -> None:
    found = prepare(make_article(f"They signed.\n\n{marker}The ministers of both countries shook hands.")).sentences

    assert (found[-1].text, found[-1].is_noise) == ("The ministers of both countries shook hands.", False)


def test_the_title_is_the_first_sentence() -> None:
    document = prepare(make_article("They signed.", title="Two states sign. A third waits"))

    assert [(one.text, one.is_title) for one in document.sentences] == [
        ("Two states sign. A third waits", True),
        ("They signed.", False),
    ]


def test_an_article_without_a_title_begins_with_its_body() -> None:
    document = prepare(make_article("They signed.", title=""))

    assert [(one.text, one.start, one.is_title) for one in document.sentences] == [("They signed.", 1, False)]


@given(st.text(alphabet="aB .!?\"“”'’\n-U.S1", max_size=400))
def test_every_sentence_is_a_slice_and_none_overlaps_the_next(body: str) -> None:
    document = prepare(make_article(body))

    assert all(one.text == document.text[one.start : one.end] == one.text.strip() for one in document.sentences)
    assert all(a.end <= b.start for a, b in zip(document.sentences, document.sentences[1:], strict=False))
    assert "".join("".join(one.text for one in document.sentences).split()) == "".join(document.text.split())


def test_a_sentence_without_end_is_cut() -> None:
    found = sentences("word " * 10_000)

    assert max(map(len, found)) <= LONGEST_SENTENCE


@pytest.mark.parametrize("piece", ["a", "“”\"'", "a. ", "U.S. ", ".", "a\n", "…”) "], ids=repr)
def test_time_grows_no_faster_than_the_text(piece: str) -> None:
    def seconds(size: int) -> float:
        article = make_article(piece * (size // len(piece)))
        return cpu_seconds(lambda: prepare(article))

    seconds(10_000)

    assert seconds(400_000) < 40 * max(seconds(40_000), 0.01)


def test_evidence_is_the_passage_at_its_place() -> None:
    document = prepare(make_article("They signed."))

    found = evidence(document, 8, 12)

    assert (found.exact, found.start, found.end) == ("They", 8, 12)
