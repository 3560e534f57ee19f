"""Words of an article as people are read from them: classes, possessives and dots."""

from generator.extract.names import find_names
from generator.extract.person_words import HONORIFIC, Words
from generator.extract.text import prepare
from generator.model import Article, ArticleId


def words(body: str) -> Words:
    document = prepare(Article(id=ArticleId("example"), path="", sha256="0" * 64, title="", body=body))
    return Words(document, find_names(document))


def test_a_possessive_is_no_part_of_its_word() -> None:
    found = words("Kenya's and Laos' ministers")

    assert found.words == ["Kenya", "and", "Laos", "ministers"]
    assert [at for at in range(4) if found.is_possessive(at)] == [0, 2]


def test_the_dot_of_an_initial_belongs_to_it() -> None:
    found = words("Ann B. Grey left.")

    assert [found.text[start:end] for start, end in zip(found.starts, found.ends, strict=True)] == [
        *("Ann", "B.", "Grey", "left", ".")
    ]


def test_tan_is_an_honorific_only_before_another() -> None:
    found = words("Tan Sri Yusof met Tan Wei.")

    assert [bool(found.masks[at] & HONORIFIC) for at, word in enumerate(found.words) if word == "Tan"] == [True, False]
