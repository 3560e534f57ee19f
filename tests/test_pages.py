"""The book as pages: addresses, order, counts, links and evidence, on two example articles."""

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import date
from pathlib import Path

import pytest

from generator.articles import read_articles
from generator.errors import Problem
from generator.facts import read_all_facts
from generator.model import (
    AgreementFact,
    AgreementId,
    Area,
    Article,
    ArticleFacts,
    ArticleId,
    Book,
    Certainty,
    Mode,
    Realis,
    Review,
    ReviewState,
    Status,
)
from generator.pages import make_pages
from generator.passages import Stretch, nested
from generator.references import outgoing, paths
from generator.resolve import resolve
from generator.views import (
    AgreementIndexPage,
    AgreementPage,
    Close,
    Entry,
    EquipmentPage,
    ExpectedPage,
    IndexPage,
    Link,
    Note,
    NoteGroup,
    Open,
    OutletPage,
    Page,
    PartyPage,
    Passage,
    PeopleIndexPage,
    PersonPage,
    RedirectPage,
    Refused,
    SourceIndexPage,
    SourcePage,
    StartPage,
    TimelinePage,
    Words,
)
from helpers import make_article, make_fact, make_facts, make_item, make_party, make_person

EXAMPLE = Path(__file__).resolve().parent / "sites" / "example"
TODAY = date(2026, 7, 1)


@pytest.fixture(name="book", scope="module")
def _book() -> Book:
    """What the two example articles add up to."""
    articles, refused = read_articles(EXAMPLE)
    facts, problems = read_all_facts(EXAMPLE)
    assert not refused
    assert not problems
    return resolve({article.id: article for article in articles}, facts)


@pytest.fixture(name="pages", scope="module")
def _pages(book: Book) -> Mapping[str, Page]:
    """Its pages by path."""
    return {page.path: page for page in make_pages(book, today=TODAY)}


def book_of(*facts: ArticleFacts) -> Book:
    """A book of articles that all hold the text of `make_article`."""
    articles = {one.article: make_article(id=one.article) for one in facts}
    return resolve(articles, {one.article: one for one in facts})


def plain(words: Words) -> str:
    return "".join(piece if isinstance(piece, str) else getattr(piece, "text", "") for piece in words).replace(
        "\u00a0", " "
    )


def parts_of(value: object) -> Iterator[object]:
    """A value and everything in it."""
    yield value
    if is_dataclass(value):
        for one in fields(value):
            yield from parts_of(getattr(value, one.name))
    elif isinstance(value, tuple):
        for part in value:
            yield from parts_of(part)


# -- addresses ----------------------------------------------------------------------------------------


def test_no_two_addresses_are_equal_or_reserved() -> None:
    wishes = {"1": "same", "2": "Same!", "3": "index", "4": "README", "5": "con", "6": "", "7": "漢", "8": "alone"}

    made = paths("x", wishes)

    assert made["8"] == "x/alone.md"
    assert len({path.casefold() for path in made.values()}) == len(wishes)
    assert not {"x/same.md", "x/index.md", "x/readme.md", "x/con.md", "x/.md"} & set(made.values())


def test_addresses_do_not_depend_on_the_order() -> None:
    wishes = {"1": "same", "2": "same", "3": "other"}

    assert paths("x", wishes) == paths("x", dict(reversed(wishes.items())))


def test_an_address_with_a_hash_gives_way_to_one_that_asked_for_it() -> None:
    first = paths("x", {"1": "same", "2": "same"})
    taken = first["1"].removeprefix("x/").removesuffix(".md")

    made = paths("x", {"1": "same", "2": "same", "3": taken})

    assert made["3"] == first["1"]
    assert len(set(made.values())) == 3


@pytest.mark.parametrize(
    ("url", "host"),
    [
        pytest.param("https://gazette.example/a?b=c#d", "gazette.example", id="https"),
        pytest.param("HTTP://gazette.example:8080/", "gazette.example", id="http, port"),
        pytest.param("https://bücher.example/", "xn--bcher-kva.example", id="international"),
        pytest.param("javascript:alert(1)//gazette.example", None, id="javascript"),
        pytest.param("https://user:secret@gazette.example/", None, id="password"),
        pytest.param("https://[::1/", None, id="broken bracket"),
        pytest.param("https://gazette.example/\u202eg", None, id="hidden character"),
        pytest.param('https://gazette.example/"><b>', None, id="quotation mark"),
        pytest.param("https://localhost/", None, id="no domain"),
        pytest.param("https://gazette.example:99999/", None, id="no port"),
        pytest.param("//gazette.example/", None, id="no scheme"),
        pytest.param(f"https://gazette.example/{'a' * 3000}", None, id="too long"),
        pytest.param(None, None, id="none"),
    ],
)
def test_only_plain_addresses_elsewhere_are_linked(url: str | None, host: str | None) -> None:
    address = outgoing(url)

    assert (address and address.host) == host


# -- the site as a whole ------------------------------------------------------------------------------


def test_every_kind_of_page_is_made(pages: Mapping[str, Page]) -> None:
    assert set(pages) >= {
        "index.md", "expected.md", "timeline.md", "tensions.md", "glossary.md",
        "countries/index.md", "countries/nor.md", "countries/isl.md", "countries/dnk.md", "organisations/eu.md",
        "agreements/index.md", "pairs/index.md", "pairs/isl-nor.md", "pairs/eu-isl.md",
        "people/index.md", "people/kari-nordmann.md", "sources/index.md",
        "sources/2026-03-02-helicopters.md", "sources/2026-05-18-in-force.md",
    }  # fmt: skip


def test_every_link_leads_to_a_page_and_every_note_to_a_marked_passage(pages: Mapping[str, Page]) -> None:
    marked = {
        (page.path, token.anchor)
        for page in pages.values()
        if isinstance(page, SourcePage)
        for token in page.tokens
        if isinstance(token, Open)
    }

    links = [part for page in pages.values() for part in parts_of(page) if isinstance(part, Link)]
    notes = [part for page in pages.values() for part in parts_of(page) if isinstance(part, Note)]

    assert len(links) > 100
    assert len(notes) > 100
    assert {link.page for link in links} <= set(pages)
    assert {(note.page, note.anchor) for note in notes} <= marked


def test_each_number_on_a_page_is_in_its_endnotes(pages: Mapping[str, Page]) -> None:
    with_notes = [page for page in pages.values() if page.notes]

    for page in with_notes:
        listed = {note.number for group in page.notes for one in group.quoted for note in one.notes}
        cited = {part.number for part in parts_of(replace(page, notes=())) if isinstance(part, Note)}
        assert cited == listed == set(range(1, len(listed) + 1))

    assert len(with_notes) >= 8


def test_the_same_book_gives_the_same_pages(book: Book) -> None:
    assert make_pages(book, today=TODAY) == make_pages(book, today=TODAY)


def test_an_old_address_leads_to_the_new_one_and_never_takes_one_that_is_used(book: Book) -> None:
    one = book.agreements[0]
    moved = replace(book, redirects={"old-name": one.id, "index": one.id, book.agreements[1].slug: one.id, "": one.id})
    lost = replace(book, redirects={"gone": AgreementId("nobody")})

    made = [page for page in make_pages(moved, today=TODAY) if isinstance(page, RedirectPage)]

    assert [page.path for page in made] == ["agreements/old-name.md"]
    assert made[0].target.page == f"agreements/{one.slug}.md"
    assert not any(isinstance(page, RedirectPage) for page in make_pages(lost, today=TODAY))


def test_an_empty_book_has_its_index_pages() -> None:
    made = {page.path for page in make_pages(resolve({}, {}), today=TODAY)}

    assert made == {
        *("index.md", "expected.md", "timeline.md", "tensions.md", "changes.md", "glossary.md"),
        *(f"{folder}/index.md" for folder in ("countries", "agreements", "pairs", "people", "sources")),
        *(f"{folder}/index.md" for folder in ("areas", "equipment", "outlets")),
    }


def test_an_agreement_of_many_parties_makes_no_pairs() -> None:
    codes = ("NOR", "SWE", "DNK", "FIN", "ISL")
    fact = make_fact(parties=tuple(make_party(code) for code in codes))

    made = {page.path for page in make_pages(book_of(make_facts(agreements=(fact,))), today=TODAY)}

    assert {f"countries/{code.lower()}.md" for code in codes} <= made
    assert not any(path.startswith("pairs/") and path != "pairs/index.md" for path in made)


# -- what stands on them ------------------------------------------------------------------------------


def page_at(pages: Mapping[str, Page], path: str) -> PartyPage:
    page = pages[path]
    assert isinstance(page, PartyPage)
    return page


def test_a_bottom_line_counts_what_is_concluded_and_keeps_what_is_expected_apart(pages: Mapping[str, Page]) -> None:
    lines = [plain(line) for line in page_at(pages, "countries/nor.md").bottom_line]

    assert lines == [
        "Reported as concluded with Norway as a party: one agreement.",
        "Of these by the strict count, from two independent sources or a text by a party: one agreement.",
        (
            "Newest: a contract between Iceland and Norway is in force (concluded 2 March 2026) —"
            " Contract for rescue helicopters."
        ),
        "Expected, and not counted as concluded: one bundle of three agreements.",
        (
            "Was due in June 2026, and no outcome has been read: three agreements between Iceland and Norway —"
            " Three agreements on fishing."
        ),
    ]


def test_a_country_that_only_contests_is_party_to_nothing(pages: Mapping[str, Page]) -> None:
    page = page_at(pages, "countries/dnk.md")

    assert [plain(line) for line in page.bottom_line] == [
        "Denmark is party to no agreement in these articles; one tension is reported."
    ]
    assert [plain(entry.words) for entry in page.tensions] == ["Threat of sanctions by Denmark against Iceland"]
    assert not page.ledgers
    assert not page.expected


def test_what_failed_is_not_among_what_is_concluded(pages: Mapping[str, Page]) -> None:
    ledgers = page_at(pages, "countries/isl.md").ledgers

    assert [(ledger.title, [row.mark.code for row in ledger.rows]) for ledger in ledgers] == [
        ("Concluded", ["in-force"]),
        ("Suspended, breached, ended or failed", ["failed"]),
    ]


def test_what_changed_is_what_each_article_moved_the_newest_first(pages: Mapping[str, Page]) -> None:
    changes = page_at(pages, "pairs/isl-nor.md").changes

    newest, *others = [plain(entry.words) for entry in changes]
    assert newest.startswith("Contract for rescue helicopters: status signed → in force; entry into force 18 May 2026;")
    assert all("first reported: " in one for one in others)


@pytest.mark.parametrize(
    ("today", "is_overdue"),
    [(date(2026, 6, 30), False), (date(2026, 7, 1), True)],
    ids=["last day of the month that was said", "the day after"],
)
def test_a_due_month_is_overdue_when_it_is_over(book: Book, today: date, is_overdue: bool) -> None:
    page = next(page for page in make_pages(book, today=today) if isinstance(page, ExpectedPage))

    assert [row.is_overdue for ledger in page.ledgers for row in ledger.rows] == [is_overdue]


def test_rival_sums_stand_beside_each_other(pages: Mapping[str, Page]) -> None:
    (ladder,) = next(page.ladders for page in pages.values() if isinstance(page, AgreementPage) and page.ladders)

    assert [(row.text.replace("\u00a0", " "), row.written, row.is_headline) for row in ladder.rows] == [
        ("about EUR 120 million", "about €120 million", True),
        ("EUR 135 million", "€135 million", False),
    ]
    assert ladder.line.replace("\u00a0", " ") == (
        "Reported: EUR 120 million – 135 million (two reports from two independent sources)."
        " Shown first: about EUR 120 million, from an agency that quotes a party."
    )
    assert ladder.chart.startswith("<svg")


def test_a_condition_is_not_lost_on_any_page(pages: Mapping[str, Page]) -> None:
    page = next(page for page in pages.values() if isinstance(page, AgreementPage) and page.mark.code == "anticipated")

    summary = " ".join(plain(words) for words in page.summary)

    assert "are expected but have not been concluded" in summary
    assert "still to come and conditional (an “if”)" in summary
    assert page.title == "Three agreements on fishing"


def test_a_doubtful_signature_is_recorded_with_a_reservation() -> None:
    doubtful = make_fact(realis=Realis(certainty=Certainty.POSSIBLE, modes=(Mode.HYPOTHETICAL,)))
    made = make_pages(book_of(make_facts(agreements=(doubtful,))), today=TODAY)

    texts = [part for page in made for part in parts_of(page) if isinstance(part, str) and "signed" in part]

    assert any("is recorded as signed, with a reservation" in text for text in texts)
    assert not any(" was signed" in text for text in texts)


def test_a_later_hint_does_not_hedge_what_was_said_outright() -> None:
    first = make_facts(make_article(id="a"), agreements=(make_fact(),))
    hint = make_fact(realis=Realis(modes=(Mode.HISTORICAL,)))
    later = make_facts(make_article(id="b"), agreements=(hint,))

    made = make_pages(book_of(first, later), today=TODAY)

    page = next(page for page in made if isinstance(page, AgreementPage))
    assert len(page.said) == 2
    assert plain(page.summary[0]) == "An agreement between Norway and Sweden was signed."


def test_two_wordings_of_one_statement_stand_together(pages: Mapping[str, Page]) -> None:
    page = pages["people/kari-nordmann.md"]
    assert isinstance(page, PersonPage)

    assert [(row.text, row.others) for row in page.quotations] == [
        ("We have waited ten years for this day,", ("Ten years we waited for this day!",))
    ]


@pytest.mark.parametrize(
    ("review", "unchecked"),
    [
        pytest.param(Review(), 1, id="machine-read"),
        pytest.param(Review(state=ReviewState.ACCEPTED, by="An Editor", on="2026-03-03"), 0, id="accepted"),
    ],
)
def test_pages_say_how_much_of_them_is_machine_read(review: Review, unchecked: int) -> None:
    made = make_pages(book_of(make_facts(review=review)), today=TODAY)

    start = next(page for page in made if isinstance(page, StartPage))
    notes = [part for page in made for part in parts_of(page) if isinstance(part, Note)]

    assert (start.articles, start.unchecked) == (1, unchecked)
    assert {note.is_checked for note in notes} == {not unchecked}


def test_notes_give_the_sentence_around_the_words(pages: Mapping[str, Page]) -> None:
    page = next(page for page in pages.values() if isinstance(page, AgreementPage) and page.ladders)
    notes = [part for part in parts_of(page) if isinstance(part, Note)]

    note = next(note for note in notes if note.exact == "€135 million")

    assert (note.before, note.after) == ("Its value was put at ", ".")
    assert note.source == "Example Wire, 18\u00a0May 2026"


def test_notes_are_grouped_by_article(pages: Mapping[str, Page]) -> None:
    groups = [part for part in parts_of(pages["pairs/isl-nor.md"]) if isinstance(part, NoteGroup)]

    assert [group.first.outlet for group in groups] == ["Example Wire", "The Example Gazette"]
    assert all(note.page == group.first.page for group in groups for one in group.quoted for note in one.notes)


def test_the_evidence_of_one_sentence_is_quoted_once(pages: Mapping[str, Page]) -> None:
    quoted = [one for group in pages["pairs/isl-nor.md"].notes for one in group.quoted]

    sentences = ["".join(text for text, _ in one.pieces) for one in quoted]
    marked = [text for one in quoted for text, is_marked in one.pieces if is_marked]

    assert len(set(sentences)) == len(sentences)
    assert "through 2031" in marked
    assert any(len(one.notes) > 2 for one in quoted)


@pytest.mark.parametrize("status", list(Status))
def test_totals_count_signed_and_later_only(status: Status) -> None:
    made = make_pages(book_of(make_facts(agreements=(make_fact(status=status),))), today=TODAY)

    start = next(page for page in made if isinstance(page, StartPage))

    assert (plain(start.bottom_line[0]) == "Reported as concluded: one agreement.") == status.is_concluded
    assert bool(start.expected) == (status.group.value == "future")


# -- source pages -------------------------------------------------------------------------------------


def source_page_of(pages: Mapping[str, Page], path: str) -> SourcePage:
    page = pages[path]
    assert isinstance(page, SourcePage)
    return page


def test_a_source_page_holds_the_article_to_the_letter(book: Book, pages: Mapping[str, Page]) -> None:
    for article in book.articles.values():
        page = source_page_of(pages, f"sources/{article.id}.md")

        assert "".join(token for token in page.tokens if isinstance(token, str)) == article.text


def test_a_source_page_counts_the_sentences_that_yielded_something(pages: Mapping[str, Page]) -> None:
    page = source_page_of(pages, "sources/2026-05-18-in-force.md")

    assert page.read < page.sentences
    assert any(isinstance(token, Open) and token.kind == "unread" for token in page.tokens)


def test_what_rests_on_a_passage_leads_back_to_its_agreement(pages: Mapping[str, Page]) -> None:
    page = source_page_of(pages, "sources/2026-03-02-helicopters.md")

    passage = next(one for one in page.passages if isinstance(one, Passage) and one.text == "about €120 million")

    assert [plain(words).replace("\u00a0", " ") for words in passage.uses] == [
        "Value about EUR 120 million: Contract for rescue helicopters"
    ]
    assert any(isinstance(piece, Link) and piece.page.startswith("agreements/") for piece in passage.uses[0])


@pytest.mark.parametrize(
    ("spans", "expected"),
    [
        pytest.param([(0, 3)], "[abc]def", id="one"),
        pytest.param([(0, 6), (2, 4)], "[ab[cd]ef]", id="nested"),
        pytest.param([(0, 4), (2, 6)], "[ab[cd]][ef]", id="crossing"),
        pytest.param([(0, 3), (3, 6)], "[abc][def]", id="beside each other"),
        pytest.param([(1, 4), (1, 6), (3, 5)], "a[[bc[d]][e]f]", id="three"),
        pytest.param([], "abcdef", id="none"),
    ],
)
def test_crossing_passages_are_cut_so_that_they_nest(spans: list[tuple[int, int]], expected: str) -> None:
    made = nested("abcdef", [Stretch(start, end, "fact") for start, end in spans])

    signs = ["[" if isinstance(token, Open) else "]" if isinstance(token, Close) else token for token in made]
    assert "".join(signs) == expected


def test_a_passage_that_is_cut_has_its_id_once_and_its_number_once() -> None:
    made = list(nested("abcdef", [Stretch(0, 4, "fact", "e0-4", 1), Stretch(2, 6, "fact", "e2-6", 2)]))

    assert [token.anchor for token in made if isinstance(token, Open)] == ["e0-4", "e2-6", ""]
    assert [token.number for token in made if isinstance(token, Close)] == [0, 1, 2]


# -- long lists ---------------------------------------------------------------------------------------


@pytest.fixture(name="many", scope="module")
def _many() -> Mapping[str, Page]:
    """Pages of a book of 230 articles on as many agreements between two countries, in two years."""
    articles: dict[ArticleId, Article] = {}
    facts: dict[ArticleId, ArticleFacts] = {}
    agreements = []
    for number in range(230):
        article = make_article(id=f"article-{number:03}", published=f"{2000 + number // 100}-0{number % 9 + 1}-01")
        book = resolve({article.id: article}, {article.id: make_facts(article)})
        articles |= book.articles
        facts |= book.facts
        agreements.append(replace(book.agreements[0], id=AgreementId(f"x{number}"), slug=f"pact-{number:03}"))
    book = replace(resolve(articles, facts), agreements=tuple(agreements))
    return {page.path: page for page in make_pages(book, today=TODAY)}


def test_a_long_list_goes_on_where_its_page_says(many: Mapping[str, Page]) -> None:
    pages = [many["sources/index.md"], many["sources/pages/2.md"]]

    rows = [row.source.page for page in pages if isinstance(page, SourceIndexPage) for row in page.rows]

    assert len(rows) == len(set(rows)) == 230
    assert all(page.pager is not None and len(page.pager.pages) == 2 for page in pages)
    assert pages[1].title == "Sources (page 2)"


def test_a_busy_country_shows_the_newest_and_leads_to_all(many: Mapping[str, Page]) -> None:
    page = page_at(many, "countries/nor.md")

    shown = [row for ledger in page.ledgers for row in ledger.rows]
    listed = [many[path] for path in ("countries/nor/agreements.md", "countries/nor/agreements/pages/2.md")]
    rows = [row for one in listed if isinstance(one, AgreementIndexPage) for led in one.ledgers for row in led.rows]

    assert len(shown) == 30
    assert plain(page.ledgers_more) == f"The newest 30 of {len(rows)} agreements are shown. All agreements."
    assert [row.agreement for row in shown] == [row.agreement for row in rows[:30]]
    assert plain(page.sources_more) == "The newest 40 of 230 articles are shown. All sources."
    assert page.articles == 230


def test_a_long_timeline_has_a_page_for_each_year(many: Mapping[str, Page]) -> None:
    first = many["timeline.md"]
    assert isinstance(first, TimelinePage)

    years = {year.link.text: year.count for year in first.overview}
    held = {
        year: sum(
            len(entries)
            for path, page in many.items()
            if path.startswith(f"timeline/{year}") and isinstance(page, TimelinePage)
            for _, entries in page.years
        )
        for year in years
    }

    assert years == held
    assert len([part for part in parts_of(first.years) if isinstance(part, Entry)]) <= 60


def test_every_link_of_a_long_book_leads_to_a_page(many: Mapping[str, Page]) -> None:
    links = {part.page for page in many.values() for part in parts_of(page) if isinstance(part, Link)}

    assert links <= set(many)


def test_a_person_of_whom_only_a_name_is_known_has_no_page() -> None:
    person = make_person(office=None, office_evidence=None)

    made = {page.path: page for page in make_pages(book_of(make_facts(people=(person,), quotations=())), today=TODAY)}

    index = made["people/index.md"]
    assert isinstance(index, PeopleIndexPage)
    assert [row.person for _, rows in index.groups for row in rows] == ["Kari Nordmann"]
    assert not any(path.startswith("people/kari") for path in made)


def test_articles_that_could_not_be_read_are_listed_with_the_reason() -> None:
    problem = Problem("seeds/articles/<b>.txt", 0, "holds no text. Remove it.")

    made = {page.path: page for page in make_pages(book_of(make_facts()), today=TODAY, refused=[problem])}

    page = made["sources/index.md"]
    assert isinstance(page, SourceIndexPage)
    assert page.refused == (Refused(path="seeds/articles/<b>.txt", reason="holds no text. Remove it."),)


# -- areas, equipment, outlets ------------------------------------------------------------------------


def made_of(*facts: AgreementFact, **article: str) -> Mapping[str, Page]:
    """The pages of a book of one article, by path."""
    source = make_article(**article)
    book = resolve({source.id: source}, {source.id: make_facts(source, agreements=facts)})
    return {page.path: page for page in make_pages(book, today=TODAY)}


def test_each_area_has_a_page_of_its_agreements_and_stands_in_the_index() -> None:
    pages = made_of(make_fact(areas=(Area.FOOD, Area.TRADE)))

    index = pages["areas/index.md"]
    assert isinstance(index, IndexPage)
    assert [card.link.page for _, cards in index.groups for card in cards] == ["areas/trade.md", "areas/food.md"]
    for path in ("areas/food.md", "areas/trade.md"):
        page = pages[path]
        assert isinstance(page, AgreementIndexPage)
        assert [row.agreement.text for ledger in page.ledgers for row in ledger.rows] == ["Fishing agreement"]


def test_a_model_has_a_page_with_its_reported_numbers() -> None:
    pages = made_of(make_fact(items=(make_item(category="ships", quantity="2"),)))

    page = next(page for page in pages.values() if isinstance(page, EquipmentPage))
    assert page.path.startswith("equipment/")
    assert page.category == "Ships"
    assert [(row.quantity, row.agreement.text) for row in page.items] == [("2", "Fishing agreement")]
    agreement = next(one for one in pages.values() if isinstance(one, AgreementPage))
    assert [row.model.page for row in agreement.items if row.model is not None] == [page.path]


def test_goods_without_a_model_have_no_page() -> None:
    pages = made_of(make_fact(items=(make_item(),)))

    assert not any(isinstance(page, EquipmentPage) for page in pages.values())
    assert "equipment/index.md" in pages


@pytest.mark.parametrize(
    ("facts", "line"),
    [
        pytest.param((), "One article, which tells of no agreement.", id="nothing"),
        pytest.param(
            (make_fact(),), "One article, which tells of one agreement; it rests on this outlet alone.", id="one"
        ),
    ],
)
def test_an_outlet_says_what_rests_on_it(facts: tuple[AgreementFact, ...], line: str) -> None:
    page = made_of(*facts)["outlets/the-fjord-herald.md"]

    assert isinstance(page, OutletPage)
    assert page.bottom_line == ((line,),)
    assert [row.outlet for row in page.rows] == ["The Fjord Herald"]


def test_spellings_of_one_outlet_share_a_page_and_a_source_leads_there() -> None:
    articles = [
        make_article(id=ArticleId(f"a{number}"), outlet=outlet, title=f"Pact {number}")
        for number, outlet in enumerate(("The Fjord Herald", "The Fjord Herald", "THE FJORD HERALD"))
    ]
    book = resolve({one.id: one for one in articles}, {one.id: make_facts(one) for one in articles})

    pages = {page.path: page for page in make_pages(book, today=TODAY)}

    outlets = [page for page in pages.values() if isinstance(page, OutletPage)]
    assert [(page.title, page.articles) for page in outlets] == [("The Fjord Herald", 3)]
    for page in pages.values():
        if isinstance(page, SourcePage):
            outlet = page.particulars[0].values[0][0]
            assert isinstance(outlet, Link)
            assert outlet.page == "outlets/the-fjord-herald.md"
