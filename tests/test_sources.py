"""Who stands behind a statement."""

from typing import Any

import pytest

from generator.model import Article, ArticleFacts, ArticleId, Certainty, Realis, Statement, Status
from generator.sources import Authority, Reprints, Root, authority, independent_roots, is_confirmed, shingles
from reports import Report, agreement, person, report, source

LINE = " ".join(
    f"They agreed on point {number} after talk {number * 7} of the {number * 3} sides." for number in range(40)
)


@pytest.mark.parametrize(
    ("chain", "of_article", "rank"),
    [
        pytest.param([], {}, Authority.OUTLET, id="the outlet itself"),
        pytest.param(["TASS"], {}, Authority.OUTLET, id="another outlet"),
        pytest.param(["officials"], {}, Authority.OUTLET, id="nobody on record"),
        pytest.param(["Russia’s Ministry of Defense"], {}, Authority.PARTY, id="a ministry"),
        pytest.param(["Olga Orlova"], {}, Authority.PARTY, id="an official by name"),
        pytest.param(["Orlova"], {}, Authority.PARTY, id="an official by surname"),
        pytest.param(["Pavel Petrov"], {}, Authority.OUTLET, id="somebody"),
        pytest.param(["TASS", "the ministry"], {}, Authority.AGENCY, id="an agency that quotes a ministry"),
        pytest.param([], {"outlet": "Ministry of External Affairs"}, Authority.TEXT, id="published by a party"),
        pytest.param([], {"url": "https://www.mea.gov.in/a"}, Authority.TEXT, id="address of a government"),
        pytest.param([], {"url": "https://gov.example.com/a"}, Authority.OUTLET, id="address that only looks so"),
        pytest.param(["the ministry"], {"outlet": "Google News"}, Authority.AGGREGATOR, id="an aggregator"),
    ],
)
def test_a_source_has_the_authority_of_its_root(chain: list[str], of_article: dict[str, str], rank: Authority) -> None:
    article, _ = report("2021-12-06", **of_article)

    found = authority([source(name) for name in chain], article, frozenset({"olga orlova"}))

    assert found is rank


# -- independence ------------------------------------------------------------------------------------

Told = tuple[list[Statement], dict[ArticleId, Article], dict[ArticleId, ArticleFacts]]


def told(*reports: Report) -> Told:
    """The statements of some reports, each of one agreement, with articles and facts."""
    statements = [Statement(article=article.id, fact=facts.agreements[0]) for article, facts in reports]
    return statements, {article.id: article for article, _ in reports}, {facts.article: facts for _, facts in reports}


def said_by(name: str, *chain: str, body: str = "They signed it.", **of_article: Any) -> Report:
    """A report that names a chain of sources."""
    made, facts = report(
        "2021-12-06", agreement(attribution=tuple(source(one) for one in chain)), name=name, **of_article
    )
    return made.model_copy(update={"body": body}), facts


def test_reprints_of_one_line_are_one_root() -> None:
    prints = [said_by(f"r{at}", f"Outlet {at}", "the Ministry of Defence") for at in range(5)]

    roots = independent_roots(*told(*prints))

    assert roots == (
        Root(
            name="the Ministry of Defence",
            articles=tuple(ArticleId(f"r{at}") for at in range(5)),
            authority=Authority.AGENCY,
        ),
    )


@pytest.mark.parametrize(
    ("one", "other", "roots"),
    [
        pytest.param("Russia’s Ministry of Defense", "the Russian Defence Ministry", 1, id="two wordings"),
        pytest.param("the Kremlin", "Moscow", 1, id="seats"),
        pytest.param("the Russian Foreign Ministry", "the Russian Defense Ministry", 1, id="two ministries"),
        pytest.param("Olga Orlova", "the Russian Defense Ministry", 1, id="the minister and the ministry"),
        pytest.param("Orlova", "Olga Orlova", 1, id="surname"),
        pytest.param("the Russian Defense Ministry", "the Indian Defense Ministry", 2, id="two countries"),
        pytest.param("Pavel Petrov", "Olga Orlova", 2, id="two persons"),
        pytest.param("a Russian newspaper", "a Russian bank", 2, id="two of a country that do not speak for it"),
    ],
)
def test_whoever_speaks_for_one_country_is_one_root(one: str, other: str, roots: int) -> None:
    people = (person("Olga Orlova", "Defense Minister"), person("Pavel Petrov", number=2))
    every = []
    for name, source_name in (("a", one), ("b", other)):
        article, facts = said_by(name, source_name, outlet=name)
        every.append((article, facts.model_copy(update={"people": people})))

    assert len(independent_roots(*told(*every))) == roots


def test_articles_that_name_no_source_rest_on_their_outlets() -> None:
    every = [said_by("a", outlet="Daily"), said_by("b", outlet="Herald"), said_by("c", outlet="Daily")]

    roots = independent_roots(*told(*every))

    assert [(root.name, root.articles) for root in roots] == [("Daily", ("a", "c")), ("Herald", ("b",))]


def test_articles_without_source_and_outlet_are_roots_of_their_own() -> None:
    roots = independent_roots(*told(said_by("a"), said_by("b")))

    assert [root.articles for root in roots] == [("a",), ("b",)]


def test_copies_of_one_text_are_one_root_whatever_they_name() -> None:
    first = said_by("a", outlet="Daily", body=LINE)
    second = said_by("b", outlet="Herald", body=f"HERALD, Monday. {LINE} Read more here.")
    third = said_by("c", outlet="Post", body="They signed another text, and it was told in other words by all of them.")

    roots = independent_roots(*told(first, second, third))

    assert [root.articles for root in roots] == [("a", "b"), ("c",)]


def test_articles_that_share_a_quotation_are_no_copies() -> None:
    shared = " ".join(LINE.split()[:60])
    first = said_by("a", outlet="Daily", body=f"{shared} {' '.join(f'first{at} word' for at in range(200))}")
    second = said_by("b", outlet="Herald", body=f"{shared} {' '.join(f'second{at} word' for at in range(200))}")

    assert len(independent_roots(*told(first, second))) == 2


def test_briefs_on_one_event_are_no_copies() -> None:
    event = "Norway and Sweden signed a contract on Monday for 700 RX-7 rescue helicopters that will be built in Bergen"
    ends = (
        "a source said. Ministers came to see it and left in the evening.",
        "and in Oslo. Parliament has yet to find the money that it needs.",
    )
    every = [said_by(outlet, outlet=outlet, body=f"{event}, {end}") for outlet, end in zip("ab", ends, strict=True)]

    assert len(independent_roots(*told(*every))) == 2


def test_the_sample_of_a_text_is_the_same_in_any_writing_of_its_blanks() -> None:
    one, _ = said_by("a", body=LINE)
    other, _ = said_by("b", body=LINE.replace(" ", "\n").upper())

    assert shingles(one) == shingles(other) != frozenset()


@pytest.mark.parametrize(
    ("every", "confirmed"),
    [
        pytest.param([said_by("a", outlet="Daily")], False, id="one outlet"),
        pytest.param([said_by("a", outlet="Daily"), said_by("b", outlet="Herald")], True, id="two outlets"),
        pytest.param([said_by("a", "TASS"), said_by("b", "TASS", outlet="Herald")], False, id="one agency twice"),
        pytest.param([said_by("a", outlet="Ministry of Defence")], True, id="a text of a party"),
    ],
)
def test_two_roots_or_a_text_of_a_party_confirm_an_agreement(every: list[Report], confirmed: bool) -> None:
    assert is_confirmed(*told(*every)) is confirmed


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"status": Status.ANTICIPATED}, id="expected"),
        pytest.param({"status": Status.AGREED}, id="agreed, not signed"),
        pytest.param({"realis": Realis(certainty=Certainty.POSSIBLE)}, id="possibly signed"),
    ],
)
def test_only_what_is_said_to_be_concluded_confirms(changes: dict[str, Any]) -> None:
    every = [report("2021-12-06", agreement(**changes), name=name, outlet=name) for name in ("daily", "herald")]

    assert not is_confirmed(*told(*every))


# -- copies among all articles -----------------------------------------------------------------------


def sentences(first: int, number: int) -> str:
    """So many sentences, each of its own words."""
    return " ".join(
        f"Clause {at} binds side {at * 3} to yield {at * 7} units by day {at * 11}."
        for at in range(first, first + number)
    )


def copies(**bodies: tuple[str, str]) -> dict[str, str]:
    """Which articles repeat another, given the day and text of each by name."""
    reprints = Reprints()
    for name, (day, body) in bodies.items():
        article, _ = report(day, name=name)
        reprints.put(article.model_copy(update={"body": body}))
    return {str(copy): str(original) for copy, original in reprints.all().items()}


def test_an_agency_report_in_four_outlets_is_found_by_its_text() -> None:
    wire = sentences(0, 20)

    found = copies(
        wire=("2026-03-01", wire),
        whole=("2026-03-02", f"HERALD, Tuesday. {wire}"),
        cut=("2026-03-02", sentences(0, 12)),
        framed=("2026-03-03", f"{sentences(100, 4)} {wire} {sentences(200, 4)}"),
        own=("2026-03-02", f"{sentences(300, 16)} {sentences(0, 4)}"),
    )

    assert found == {"whole": "wire", "cut": "wire", "framed": "wire"}


def test_a_text_that_comes_again_after_months_is_no_reprint() -> None:
    assert copies(one=("2026-03-01", sentences(0, 20)), other=("2026-09-01", sentences(0, 20))) == {}


def test_short_texts_are_not_called_copies() -> None:
    assert (
        copies(one=("2026-03-01", "They signed it on Monday."), other=("2026-03-01", "They signed it on Monday.")) == {}
    )


def test_copies_are_the_same_in_any_order_and_without_what_is_gone() -> None:
    every = [
        report(f"2026-03-{day:02}", name=f"r{day}")[0].model_copy(update={"body": sentences(day % 3 * 50, 15 + day)})
        for day in range(1, 12)
    ]
    one, other = Reprints(), Reprints()

    for article in every:
        one.put(article)
        one.all()
    one.drop(every[0].id)
    for article in reversed(every[1:]):
        other.put(article)

    assert one.all() == other.all()
    assert len(one.all()) == len(every) - 1 - 3
