"""Headings of agreements: noun phrases in the article's words, never cut in the middle of a part."""

import pytest

from generator.extract.mentions import Mention, find_mentions
from generator.extract.text import Document, Sentence
from generator.extract.titles import LONGEST, title_of


def mention_in(text: str) -> Mention:
    sentence = Sentence(index=0, paragraph=0, start=0, end=len(text), text=text)
    return find_mentions(Document(text, "2024-05-08", None, (sentence,)))[0]


def title(text: str, *parties: str) -> str:
    return title_of([mention_in(text)], parties)


@pytest.mark.parametrize(
    ("text", "heading"),
    [
        ("Peru and Chile signed a pact on fish.", "pact on fish"),
        ("Peru and Chile signed a landmark pact on deep-sea fish in Lima.", "pact on deep-sea fish"),
        ("Togo signed an agreement to buy 12 patrol boats from Malta.", "agreement to buy 12 patrol boats from Malta"),
        ("Togo signed a contract worth $90 million to build a port.", "contract to build a port"),
        ("Togo signed a contract worth more than $90 million to build a port.", "contract to build a port"),
        ("Togo signed an accord on ports that will last ten years.", "accord on ports"),
        ("Togo signed an accord on ports, officials said.", "accord on ports"),
        ("Togo signed an accord on ports, roads, and inland ferries.", "accord on ports, roads, and inland ferries"),
        ("Togo signed an accord on ports on Monday.", "accord on ports"),
        ("Togo signed an accord on ports in April 2019.", "accord on ports"),
        ("Togo signed an accord on ports last week.", "accord on ports"),
        ("Togo signed an accord on ports after two years of talks.", "accord on ports"),
        (
            "Togo signed seven agreements in the farming and dairy sectors.",
            "seven agreements in the farming and dairy sectors",
        ),
        ("The 1987 Treaty on Shared Rivers was signed by Togo and Benin.", "1987 Treaty on Shared Rivers"),
        ("A memorandum of understanding on visas was signed by Togo.", "memorandum of understanding on visas"),
        ("Togo signed a protocol amending the agreement on visas.", "protocol amending the agreement on visas"),
        ("Togo and Benin agreed on Monday to reopen a bridge.", "agreement to reopen a bridge"),
        ("Togo borrowed $90 million from China in May.", "loan of $90 million from China"),
        ("Togo has ordered 12 boats from Malta.", "contract for 12 boats from Malta"),
        ("Togo agreed to supply Malta with natural gas.", "agreement to supply Malta with natural gas"),
        ("The Montevideo Convention was signed by Togo.", "Montevideo Convention"),
        ("Togo hopes for a free trade deal with Malta when talks resume.", "free trade deal with Malta"),
        (
            "Togo signed an action plan of school exchanges for 2022–2024.",
            "action plan of school exchanges for 2022–2024",
        ),
        ("Togo signed a loan agreement for a new railway because roads are bad.", "loan agreement for a new railway"),
        ("Togo signed a pact on river patrols for the next decade.", "pact on river patrols"),
        (
            "It signed a deal to assemble 400 river ferries with solar-electric engines at a yard in distant lagoons.",
            "deal to assemble 400 river ferries with solar-electric engines",
        ),
        ("Togo signed a deal to lend Malta a €90m (£78m) credit.", "deal to lend Malta a €90m (£78m) credit"),
        (
            "Togo signed a pact on mutual recognition of pilots and provides rules.",
            "pact on mutual recognition of pilots",
        ),
        ("A treaty banning sea mines was signed by Togo and Malta.", "treaty banning sea mines"),
        ("Togo signed a defence cooperation pact in Valletta.", "defence cooperation pact"),
        ("Togo signed a deep-sea fishing pact on the sidelines of the summit.", "deep-sea fishing pact"),
    ],
)
def test_a_heading_is_the_noun_with_the_parts_that_belong_to_it(text: str, heading: str) -> None:
    assert title(text, "Togo", "Malta") == heading


@pytest.mark.parametrize(
    ("text", "heading"),
    [
        ("An agreement was signed by Togo and Malta.", "agreement between Togo and Malta"),
        ("Togo signed a new deal on Monday.", "deal between Togo and Malta"),
        ("Togo and Malta signed a trade deal on Monday.", "trade deal between Togo and Malta"),
        ("Togo and Malta issued a joint statement.", "joint statement between Togo and Malta"),
        ("The 1987 Treaty was signed by Togo and Malta.", "1987 Treaty between Togo and Malta"),
        ("Togo signed two agreements in Lomé.", "two agreements between Togo and Malta"),
    ],
)
def test_a_bare_noun_is_completed_by_its_parties(text: str, heading: str) -> None:
    assert title(text, "Togo", "Malta") == heading


@pytest.mark.parametrize(
    "text",
    [
        "Togo signed an agreement on the joint construction of hydroelectric stations along the upper Sewa with money.",
        "Togo signed an accord to simplify procedures for veterinary and sanitary certificates required of exporters.",
    ],
)
def test_a_long_heading_ends_with_a_whole_part(text: str) -> None:
    heading = title(text, "Togo", "Malta")

    assert 0 < len(heading) <= LONGEST
    assert text[text.index(heading) + len(heading) :].split()[0] in ("along", "of", "with", "required", "and", "for")


def test_the_most_telling_mention_gives_the_heading() -> None:
    mentions = [
        mention_in("The deal was signed by Togo and Malta."),
        mention_in("Togo and Malta signed a deal to share river water."),
    ]

    assert title_of(mentions, ()) == "deal to share river water"
