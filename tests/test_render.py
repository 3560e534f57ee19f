"""Pages as Markdown: nothing of an article's text gets a meaning, nothing gets lost."""

import html
import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import markdown
import pytest
import yaml

from generator.errors import PactbookError, Problem
from generator.model import ArticleFacts
from generator.pages import make_pages
from generator.render import TEMPLATES, Markdown, escape, finalize, render_pages
from generator.resolve import resolve
from generator.views import Page
from helpers import make_article, make_fact, make_facts, make_person, make_quotation

TEMPLATE_FOLDER = Path(__file__).resolve().parent.parent / "templates"
EXTENSIONS = ["attr_list", "md_in_html", "tables", "toc"]
ASCII = "".join(map(chr, range(0x21, 0x7F)))
ATTACKS = [
    "<script>window.x=1</script>",
    "[x](javascript:alert(1))",
    "![x](x){ onerror=alert(1) }",
    '" onmouseover="alert(1)',
    "&lt;b&gt; &#60;b&#62; &amp;",
    "{{ 7 * 7 }} {% raw %} {# x #}",
    "# heading\n\n    code\n\n- item\n\n| a | b |\n|---|---|",
    "---\ntitle: other\n---",
    "*a* _b_ `c` ~~d~~ ==e== ^f^ ++g++ --8<-- 'x'",
    "]]> --> </div></table>",
    "1. one\n2. two",
    "<!-- x",
    "\\<b\\> \\",
    "AT&T: 5 < 6 > 4; C:\\temp; a|b; ~/x; `y`",
    "https://example.org www.example.org <https://example.org>",
    "a  \nb",
    "\u202edetrevni\u202c",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plain(Page):
    """A page with nothing but text."""

    text: str


def page_of(text: str, **changes: Any) -> Plain:
    return Plain(**{"path": "x.md", "title": "T", "description": "D", "as_of": "today", **changes}, text=text)


def rendered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, template: str, page: Page) -> str:
    (tmp_path / "plain.md.j2").write_text(template, "utf-8")
    monkeypatch.setitem(TEMPLATES, Plain, "plain.md.j2")
    return render_pages([page], tmp_path)["x.md"]


def as_html(text: str) -> str:
    return markdown.markdown(text, extensions=EXTENSIONS)


@pytest.mark.parametrize("text", [*ATTACKS, ASCII], ids=range(len(ATTACKS) + 1))
@pytest.mark.parametrize(
    "around",
    ["{}", "- {}", "| {} | b |\n|---|---|\n| c | d |", "## {} {{ #id }}", "<p>{}</p>", '<p title="{}">x</p>'],
    ids=["paragraph", "list", "table", "heading", "block", "attribute"],
)
def test_text_stays_text_wherever_it_stands(text: str, around: str) -> None:
    harmless = as_html(around.format("word"))

    shown = as_html(around.format(escape(text)))

    assert re.findall(r"</?[a-z0-9]+", shown) == re.findall(r"</?[a-z0-9]+", harmless)
    assert html.unescape(escape(text)) in html.unescape(shown)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("A-Z", "A&#45;Z", id="punctuation"),
        pytest.param("a\nb\tc", "a&#10;b&#9;c", id="white space"),
        pytest.param("a\r\nb\rc", "a&#10;b␍c", id="line ends"),
        pytest.param("Ærø – “ok” ₹ 漢字 क्षि", "Ærø – “ok” ₹ 漢字 क्षि", id="letters and typography"),
        pytest.param("a\x00\x1b[0m", "a␀␛&#91;0m", id="control characters"),
        pytest.param("a\u200bb\u202ec\ufeff", "a⟨U&#43;200B⟩b⟨U&#43;202E⟩c⟨U&#43;FEFF⟩", id="hidden characters"),
        pytest.param("\u0085\u2028", "⟨U&#43;0085⟩⟨U&#43;2028⟩", id="other line ends"),
        pytest.param("\ud800", "⟨U&#43;D800⟩", id="half a character"),
    ],
)
def test_what_each_character_becomes(text: str, expected: str) -> None:
    assert escape(text) == expected


def test_only_text_numbers_and_markdown_are_written() -> None:
    assert finalize(Markdown("<b>")) == "<b>"
    assert finalize("<b>") == "&#60;b&#62;"
    assert finalize(7) == "7"
    with pytest.raises(TypeError, match="a template must write text or whole numbers; got NoneType"):
        finalize(None)


@pytest.mark.parametrize("text", ATTACKS, ids=range(len(ATTACKS)))
def test_front_matter_says_what_we_say(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    page = page_of("x", title=text, description=text * 50)

    made = rendered(tmp_path, monkeypatch, "{{ page.text }}", page)

    _, head, rest = re.split(r"^---\n", made, maxsplit=2, flags=re.MULTILINE)
    said = yaml.safe_load(head)
    assert set(said) == {"title", "description", "search"}  # nothing is to be found on it
    assert said["title"] == escape(text)
    assert html.unescape(said["description"]).startswith(html.unescape(escape(text))[:100])
    assert len(said["description"]) < 800
    assert not re.search(r"[<>\"]", said["title"] + said["description"])
    assert rest == "x\n"


@pytest.mark.parametrize(
    ("template", "message"),
    [
        pytest.param("{{ page.capitol }}", "has no attribute 'capitol'", id="unknown name"),
        pytest.param("a\n{% if %}", "plain.md.j2:2: Expected an expression", id="broken"),
        pytest.param("{% include 'none.j2' %}", "none.j2", id="missing part"),
    ],
)
def test_a_faulty_template_stops_with_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, template: str, message: str
) -> None:
    with pytest.raises(PactbookError, match=re.escape(message)):
        rendered(tmp_path, monkeypatch, template, page_of("x"))


def test_two_pages_with_one_path_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(TEMPLATES, Plain, "plain.md.j2")
    (tmp_path / "plain.md.j2").write_text("x")

    with pytest.raises(PactbookError, match=re.escape("x.md: two pages have this path. Nothing was written.")):
        render_pages([page_of("a"), page_of("b")], tmp_path)


def hostile_pages(text: str) -> dict[str, str]:
    """All pages of a book whose article, title, outlet and names hold a text."""
    body = f"{make_article().body}\n{text}"
    article = make_article(title=f"{make_article().title}", body=body, outlet=text.replace("\n", " ") or None)
    facts: ArticleFacts = make_facts(
        article,
        agreements=(make_fact(title=f"pact {text}"),),
        people=(make_person(office=f"Minister {text}"),),
        quotations=(make_quotation(speaker=f"Somebody {text}", person=None),),
    )
    book = resolve({article.id: article}, {article.id: facts})
    refused = [Problem(f"seeds/articles/{text}.txt", 0, f"must hold text; got {text!r}.")]
    return render_pages(make_pages(book, today=date(2026, 3, 31), refused=refused), TEMPLATE_FOLDER)


@pytest.mark.parametrize("half", [0, 1], ids=["first half", "second half"])
def test_no_text_of_an_article_adds_an_element_to_any_page(half: int) -> None:
    text = " ".join(ATTACKS[half::2]).replace("\n", " ")
    tags = re.compile(r"<(?!span)\w+|\son\w+=|javascript:")  # sentences that yield nothing are in a span each
    calm = [sorted(tags.findall(as_html(page))) for page in hostile_pages("word").values()]

    shown = [sorted(tags.findall(as_html(page))) for page in hostile_pages(text).values()]

    assert sorted(shown) == sorted(calm)


def test_a_long_line_is_rendered_in_time_that_grows_with_its_length() -> None:
    pages = hostile_pages("*_`[<" * 40_000)

    longest = max(pages.values(), key=len)

    assert as_html(longest).count("&#42;") >= 40_000
