"""Files to articles: to the letter, or refused with the reason."""

import json
import os
import re
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.articles import (
    Draft,
    add_article,
    is_date,
    language_note,
    parse_article,
    parse_draft,
    parse_loosely,
    read_article,
    read_articles,
    stored_form,
)
from generator.errors import PactbookError
from generator.files import LIMIT
from generator.model import Article

TEXT = " date 2026-03-02 Norway and Sweden sign a pact\nThey signed it in Bergen.\n"
MARKDOWN = """---
title: "Norway: a pact"
date: 2026-03-02
outlet: The Fjord Herald
url: https://example.org/a?b=c
language: en
---

They signed it.
"""
JSON = {"id": "pact", "date": "2026-03-02", "title": "A pact", "text": "They signed it.", "outlet": None}
HTML = """<!DOCTYPE html><html lang="en"><head><title>A pact</title>
<meta property="og:site_name" content="The Fjord Herald"><meta property="og:title" content="A pact is signed">
<meta property="article:published_time" content="2026-03-02T10:00:00Z">
<link rel="canonical" href="https://example.org/pact"></head><body><nav><a href="/">Home</a></nav><article>
<h1>A pact is signed</h1><p>Norway and Sweden have signed a pact on fishing in Bergen, the two ministers said on
Monday evening.</p><p>The pact holds for ten years, and Denmark may join it later if its parliament agrees to do
so.</p></article><footer>All rights reserved</footer></body></html>"""


def refused(data: bytes, path: str = "seeds/articles/pact.txt") -> list[str]:
    with pytest.raises(PactbookError) as error:
        parse_article(data, path)
    return [str(problem) for problem in error.value.problems]


# -- forms


def test_a_text_gives_its_date_and_title_and_keeps_its_body_to_the_letter() -> None:
    article = parse_article(TEXT.encode(), "seeds/articles/pact.txt")

    assert article.published == "2026-03-02"
    assert article.title == "Norway and Sweden sign a pact"
    assert article.body == "They signed it in Bergen.\n"
    assert article.id == "pact"


def test_the_article_of_the_repository_is_read_to_the_letter(repository: Path) -> None:
    path = repository / "seeds/articles/000_9be57d61793ae54d.txt"

    article = read_article(path, repository)

    assert article.sha256 == "1ff5a5cf0c72ada8b95e99de881efb68092832b1c71edf1b4b83f007f791c4b0"
    assert f" date {article.published} {article.title}\n{article.body}".encode() == path.read_bytes()
    assert article.path == "seeds/articles/000_9be57d61793ae54d.txt"


def test_markdown_gives_what_its_head_says_and_the_body_after_it() -> None:
    article = parse_article(MARKDOWN.encode(), "seeds/articles/pact.md")

    assert article == Article(
        id="pact",
        path="seeds/articles/pact.md",
        sha256=article.sha256,
        title="Norway: a pact",
        body="\nThey signed it.\n",
        published="2026-03-02",
        outlet="The Fjord Herald",
        url="https://example.org/a?b=c",
        language="en",
    )


def test_a_text_may_have_the_head_of_markdown() -> None:
    article = parse_article(MARKDOWN.encode(), "seeds/articles/pact.txt")

    assert article.title == "Norway: a pact"


def test_line_ends_of_windows_stay_in_the_body() -> None:
    article = parse_article(TEXT.replace("\n", "\r\n").encode(), "seeds/articles/pact.txt")

    assert article.title == "Norway and Sweden sign a pact"
    assert article.body == "They signed it in Bergen.\r\n"


def test_json_gives_its_values() -> None:
    article = parse_article(json.dumps(JSON).encode(), "seeds/articles/pact.json")

    assert (article.id, article.title, article.body, article.outlet) == ("pact", "A pact", "They signed it.", None)


def test_html_gives_the_article_without_what_stands_around_it() -> None:
    article = parse_article(HTML.encode(), "seeds/articles/pact.html")

    assert article.title == "A pact is signed"
    assert article.published == "2026-03-02"
    assert article.outlet == "The Fjord Herald"
    assert article.url == "https://example.org/pact"
    assert "signed a pact on fishing in Bergen" in article.body
    assert "Home" not in article.body
    assert "All rights reserved" not in article.body


def test_html_gives_the_same_article_each_time() -> None:
    first = parse_article(HTML.encode(), "seeds/articles/pact.html")

    assert all(parse_article(HTML.encode(), "seeds/articles/pact.html") == first for _ in range(5))


@pytest.mark.parametrize(
    ("path", "old", "new", "message"),
    [
        pytest.param(
            "pact.txt",
            "2026-03-02",
            "2026-02-30",
            "pact.txt:1: date must be a day such as 2021-12-06, or 2021-12, or 2021; got '2026-02-30'. Correct it.",
            id="no day of the calendar",
        ),
        pytest.param(
            "pact.txt",
            " date 2026-03-02",
            "",
            "pact.txt: has no title. Begin the first line with: date 2021-12-06 and then the title.",
            id="no head",
        ),
        pytest.param(
            "pact.txt",
            "They signed it in Bergen.",
            " ",
            "pact.txt: has no text after its head. Add the article's text.",
            id="no body",
        ),
        pytest.param(
            "Pact.txt",
            "",
            "",
            "Pact.txt: the file's name without its ending must be 1 to 100 of a-z, 0-9, '.', '_', '-' "
            "and begin with a letter or digit; got 'Pact'. Rename it.",
            id="capital in the name",
        ),
        pytest.param(
            "com1.x.txt",
            "",
            "",
            "com1.x.txt: the file's name without its ending must not be a name that Windows keeps for a device; "
            "got 'com1.x'. Rename it.",
            id="device of Windows",
        ),
        pytest.param(
            "pact.doc",
            "",
            "",
            "pact.doc: ends in '.doc'; must end in .txt, .md, .json, .html, .htm. Rename it, or move it elsewhere.",
            id="unknown ending",
        ),
    ],
)
def test_a_faulty_text_is_refused_with_the_reason(path: str, old: str, new: str, message: str) -> None:
    assert refused(TEXT.replace(old, new, 1).encode(), path) == [message]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        pytest.param(
            'title: "Norway: a pact"\n',
            "",
            "pact.md: has no title. Add to the head between two lines of three hyphens: title: …",
            id="no title",
        ),
        pytest.param(
            "outlet:",
            "author:",
            "pact.md:4: 'author' is not known here; known are title, date, outlet, url, language. Take it out.",
            id="unknown key",
        ),
        pytest.param("language:", "date:", "pact.md:6: the key 'date' stands twice. Keep one.", id="key twice"),
        pytest.param(
            "https:",
            "javascript:",
            "pact.md:5: url must be an http or https address; got 'javascript://example.org/a?b=c'. Correct it.",
            id="dangerous address",
        ),
        pytest.param(
            "language: en",
            "language: english",
            "pact.md:6: language must be two letters of ISO 639-1 such as en; got 'english'. Correct it.",
            id="language",
        ),
        pytest.param(
            "---\n\n",
            "\n",
            "pact.md:1: the head that begins with --- does not end. Close it with a line of three hyphens.",
            id="open head",
        ),
        pytest.param(
            "The Fjord Herald",
            "[a, b]",
            "pact.md:4: outlet must be text; got \"['a', 'b']\". Correct it.",
            id="list for text",
        ),
        pytest.param(
            '"Norway: a pact"',
            "&a Norway",
            "pact.md:2: the anchor &a is refused. Write each value out.",
            id="anchor",
        ),
    ],
)
def test_faulty_markdown_is_refused_with_line_and_reason(old: str, new: str, message: str) -> None:
    assert refused(MARKDOWN.replace(old, new, 1).encode(), "pact.md") == [message]


def test_all_faults_of_a_head_are_told_at_once() -> None:
    text = MARKDOWN.replace("2026-03-02", "yesterday").replace("https:", "ftp:").replace("en\n", "xx-yy\n")

    problems = refused(text.encode(), "pact.md")

    assert [problem.split(": ")[1].split()[0] for problem in problems] == ["date", "url", "language"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        pytest.param("[1]", "pact.json:1: must hold keys and values; got '[1]'. Write for example title: …", id="list"),
        pytest.param(
            '{"title": "x"}', 'pact.json: text is missing. Add "text" with the article\'s text.', id="no text"
        ),
        pytest.param('{"text": "x"', "pact.json:1: is not JSON: Expecting ',' delimiter. Mend the line.", id="cut off"),
        pytest.param(
            '{"text": "x", "text": "y"}',
            "pact.json: is not JSON as we read it: the key 'text' stands twice. Mend it.",
            id="key twice",
        ),
        pytest.param(
            '{"title": "x", "text": 1}', "pact.json: text must be text; got '1'. Correct it.", id="number for text"
        ),
        pytest.param(
            '{"title": "x", "text": "a \\ud800 b"}',
            "pact.json: holds half a character, '\\ud800', that stands for no text. Save it anew.",
            id="half a character",
        ),
        pytest.param(
            '{"title": "a\\nb", "text": "x"}',
            "pact.json: title must be one line of at most 1,000 characters; got 'a\\nb'. Shorten it.",
            id="title of two lines",
        ),
        pytest.param(
            '{"id": "other", "title": "a", "text": "x"}',
            "pact.json: id must be the file's name without its ending, 'pact'; got 'other'. Take it out.",
            id="other id",
        ),
        pytest.param(
            "[" * 100_000, "pact.json: is nested too deeply; one flat object was expected.", id="deep nesting"
        ),
    ],
)
def test_faulty_json_is_refused_with_the_reason(text: str, message: str) -> None:
    assert refused(text.encode(), "pact.json") == [message]


def test_html_without_an_article_is_refused() -> None:
    message = "pact.html: no article was found in this HTML. Save its text as Markdown or plain text."

    assert refused(b"<html><body></body></html>", "pact.html") == [message]


# -- anything


@settings(deadline=None, max_examples=200)
@given(st.binary(max_size=300), st.sampled_from(["pact.txt", "pact.md", "pact.json"]))
def test_bytes_give_an_article_or_problems_and_nothing_else(data: bytes, path: str) -> None:
    with suppress(PactbookError):
        article = parse_article(b"---\n" + data if path == "pact.md" else data, path)

        assert article.body.strip()


@pytest.mark.parametrize(
    ("text", "right"),
    [
        *((text, True) for text in ("2021", "2021-12", "2021-12-06", "2020-02-29")),
        *((text, False) for text in ("2021-13", "2021-02-29", "0000", "2021-1", "20211206", "٢٠٢١", "")),
    ],
)
def test_a_date_is_a_year_a_month_or_a_day_of_the_calendar(text: str, right: bool) -> None:
    assert is_date(text) is right


# -- folders


def test_one_bad_article_does_not_stop_the_others(project: Path) -> None:
    folder = project / "seeds/articles"
    (folder / "empty.txt").write_bytes(b"")
    (folder / "folder.txt").mkdir()
    os.mkfifo(folder / "pipe.txt")
    (folder / "outside.txt").symlink_to("/etc/hostname")
    (folder / "loop.txt").symlink_to("loop.txt")
    (folder / "gone.txt").symlink_to("nowhere.txt")
    (folder / "large.txt").write_bytes(b"x" * (LIMIT + 1))
    (folder / "AUX.txt").write_bytes(TEXT.encode())
    (folder / ".hidden").write_bytes(b"")

    articles, problems = read_articles(project)

    assert [article.id for article in articles] == ["2026-03-02-fishing-pact"]
    assert [re.sub(r"^seeds/articles/", "", str(problem)).partition(" ")[0] for problem in problems] == [
        "AUX.txt:",
        "empty.txt:",
        "folder.txt:",
        "gone.txt:",
        "large.txt:",
        "loop.txt:",
        "outside.txt:",
        "pipe.txt:",
    ]


def test_a_link_inside_the_folder_is_read(project: Path) -> None:
    (project / "seeds/articles/link.txt").symlink_to("2026-03-02-fishing-pact.txt")

    articles, problems = read_articles(project)

    assert [article.id for article in articles] == ["2026-03-02-fishing-pact", "link"]
    assert problems == ()


def test_two_files_with_one_id_are_both_refused(project: Path) -> None:
    (project / "seeds/articles/2026-03-02-fishing-pact.md").write_text(MARKDOWN)

    articles, problems = read_articles(project)

    assert articles == ()
    assert str(problems[0]) == (
        "seeds/articles/2026-03-02-fishing-pact.md: gives the id '2026-03-02-fishing-pact' that "
        "seeds/articles/2026-03-02-fishing-pact.txt gives too. Rename one."
    )


def test_names_that_cannot_be_printed_are_told_in_escapes(project: Path) -> None:
    (project / "seeds/articles" / os.fsdecode(b"\x1b[31m\xff.txt")).write_bytes(TEXT.encode())

    _, problems = read_articles(project)

    assert problems[0].path == r"seeds/articles/\x1b[31m\udcff.txt"
    assert str(problems[0]).isprintable()


def test_a_project_without_articles_is_empty(tmp_path: Path) -> None:
    assert read_articles(tmp_path) == ((), ())


# -- reading without demands


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("x.json", json.dumps({"article": {**JSON, "source": "s"}, "gold": {}})),
        ("x.json", json.dumps({**JSON, "licence": "CC0"})),
    ],
    ids=["wrapped", "further keys"],
)
def test_json_of_others_is_read_loosely(path: str, text: str) -> None:
    article = parse_loosely(text.encode(), path)

    assert (article.id, article.title, article.body) == ("pact", "A pact", "They signed it.")


def test_neither_title_nor_date_is_demanded_of_what_is_only_read() -> None:
    article = parse_loosely(b'{"id": "X 1", "date": null, "title": "", "text": "Words."}', "x.json")

    assert (article.id, article.published, article.text) == ("X 1", None, "\nWords.")


@pytest.mark.parametrize(
    ("article", "note"),
    [
        (Article(id="a", path="", sha256="", title="", body="The pact of the two was signed in the town. " * 5), None),
        (
            Article(id="a", path="", sha256="", title="", body="Das Abkommen wurde gestern unterzeichnet. " * 5),
            "does not seem to be English (0% of its words are common English ones); only names of countries are read.",
        ),
        (
            Article(id="a", path="", sha256="", title="", body="Das Abkommen", language="de"),
            "is marked as 'de'; the rules read English, so only names of countries are read.",
        ),
    ],
    ids=["English", "German", "marked as German"],
)
def test_what_is_not_english_is_told(article: Article, note: str | None) -> None:
    assert language_note(article) == note


# -- adding


def test_text_with_its_head_is_stored_byte_for_byte(tmp_path: Path) -> None:
    data = TEXT.encode()

    article = add_article(parse_draft(data, "in.txt"), data, "in.txt", tmp_path)

    assert re.fullmatch(r"seeds/articles/2026-03-02-norway-and-sweden-sign-a-pact-[0-9a-f]{6}\.txt", article.path)
    assert (tmp_path / article.path).read_bytes() == data
    assert read_articles(tmp_path) == ((article,), ())


def test_html_is_stored_as_markdown_that_gives_the_same_text(tmp_path: Path) -> None:
    draft = parse_draft(HTML.encode(), "in.html")

    article = add_article(draft, HTML.encode(), "in.html", tmp_path)

    assert article.path.endswith(".md")
    assert (article.body, article.title, article.outlet) == (draft.body, draft.title, draft.outlet)


@settings(deadline=None, max_examples=200)
@given(
    title=st.text(min_size=1, max_size=50).filter(lambda t: t.strip() and len(t.splitlines()) == 1),
    body=st.text(min_size=1, max_size=80).filter(lambda t: t.strip() and "\x00" not in t),
)
def test_what_is_stored_is_read_again_to_the_letter(title: str, body: str) -> None:
    draft = Draft(title=title, body=body, date="2026-03-02")

    again = parse_draft(stored_form(draft), "x.md")

    assert (again.title, again.body, again.date) == (title, body, "2026-03-02")


@pytest.mark.parametrize("change", [lambda t: t, str.upper, lambda t: t.replace(" it", "  it ")])
def test_the_same_article_is_not_added_twice(tmp_path: Path, change: "type[str]") -> None:
    first = parse_draft(TEXT.encode(), "in.txt")
    stored = add_article(first, TEXT.encode(), "in.txt", tmp_path)
    again = Draft(title=change(first.title or ""), body=change(first.body), date=first.date)

    with pytest.raises(PactbookError, match=re.escape(f"in.txt: is in the project already: {stored.path}.")):
        add_article(again, TEXT.encode(), "in.txt", tmp_path)

    assert len(read_articles(tmp_path)[0]) == 1


def test_the_name_of_a_stored_article_holds_nothing_of_a_hostile_title(tmp_path: Path) -> None:
    draft = Draft(title="../../etc/<script>\\ACON.. 東京", body="Words.", date="2026-03-02")

    article = add_article(draft, b"Words.", "in.txt", tmp_path)

    assert re.fullmatch(r"seeds/articles/2026-03-02-etc-script-acon-[0-9a-f]{6}\.md", article.path)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"outlet": "\udcff"}, "in.txt: holds half a character, '\\udcff', that stands for no text. Save it anew."),
        ({"body": "x" * LIMIT}, "in.txt: is larger than 2,000,000 bytes with its head, the limit. Shorten it."),
        (
            {"url": "https://bank.example:pw@evil.example/"},
            "in.txt: url must be an http or https address; got 'https://bank.example:pw@evil.example/'. Correct it.",
        ),
    ],
    ids=["half a character", "too large", "address with a login"],
)
def test_what_could_not_be_read_again_is_not_added(tmp_path: Path, changes: dict[str, str], message: str) -> None:
    draft = replace(Draft(title="A pact", body="Words.", date="2026-03-02"), **changes)  # type: ignore[arg-type]

    with pytest.raises(PactbookError) as error:
        add_article(draft, b"Words.", "in.txt", tmp_path)

    assert str(error.value) == message
    assert not (tmp_path / "seeds").exists()


def test_an_article_without_title_and_date_is_not_added(tmp_path: Path) -> None:
    with pytest.raises(PactbookError) as error:
        add_article(Draft(body="Words."), b"Words.", "in.txt", tmp_path)

    assert str(error.value) == "in.txt: does not say its title and date. Add: --title … --date …"
    assert not (tmp_path / "seeds").exists()
