"""Why facts stand together, or apart, as lines that a person reads at the terminal: `pactbook explain`."""

from collections.abc import Iterable, Iterator

from generator.identity import APART, JOIN, Names, Traits, compare, may_join, total, traits_of
from generator.model import Agreement, ArticleId, Book, Explanation, Part
from generator.named import same_names

_NEAREST = 3  # other agreements that are told, those that come nearest


def why_together(book: Book, agreement: Agreement) -> Iterator[str]:
    """What an agreement is made of, over which scores its facts met, and what came near without meeting it."""
    yield f"{agreement.id}  {agreement.status}  {agreement.title}"
    for one in agreement.statements:
        yield f"  {one.article}/{one.fact.id}  {one.fact.status}  {one.fact.title}"
    for why in agreement.explanations:
        yield from _meeting(why)
    for entry in agreement.overrides:
        about = ", ".join(entry.facts) + (f" to {entry.to}" if entry.to else "")
        yield f"{entry.kind} by {entry.author}, {entry.date}: {about}. {entry.reason}"
    for points, other, left, right, parts in _nearest(book, agreement):
        yield f"Apart: {other.id}  {other.title}"
        yield f"  the nearest are {_name(left)} and {_name(right)}: {points} points{_because(points, parts)}"
        yield from _lines(parts)


def why_apart(book: Book, one: str, other: str) -> Iterator[str]:
    """The score of two facts, part by part, and what follows from it.

    Args:
        one: A fact as overrides name it: "2021-12-06-x/a1".
        other: Another one.

    Raises:
        KeyError: There is no such agreement in the facts of the book.
    """
    left, right = (_traits_named(book, name) for name in (one, other))
    where = {
        f"{said.article}/{said.fact.id}": agreement.id for agreement in book.agreements for said in agreement.statements
    }
    parts = compare(left, right)
    yield f"{one}  {left.fact.status}  {left.fact.title}"
    yield f"{other}  {right.fact.status}  {right.fact.title}"
    yield from _lines(parts)
    points = total(parts)
    yield f"  {points:+} in all; {JOIN} are needed to meet, and below {APART} two facts keep others apart"
    if where[one] == where[other]:
        yield f"They are one agreement: {where[one]}."
    else:
        yield f"They are two agreements, {where[one]} and {where[other]}{_because(points, parts)}."


def _meeting(why: Explanation) -> Iterator[str]:
    one, other = f"{why.article}/{why.fact}", f"{why.other_article}/{why.other_fact}"
    if why.override is not None:
        yield f"{one} stands with {other} because {why.override.author} said so on {why.override.date}"
    else:
        yield f"{one} stands with {other}: {why.points} points, {JOIN} are needed"
        yield from _lines(why.parts)


def _lines(parts: Iterable[Part]) -> Iterator[str]:
    for part in parts:
        yield f"  {part.points:+3} {part.name}: {part.why}"


def _because(points: int, parts: tuple[Part, ...]) -> str:
    if points < JOIN:
        return f", {JOIN} are needed"
    if not may_join(parts):
        return ", but nothing of the subject is the same"
    return ", but another of their facts speaks against it, or is of the same article"


def _nearest(book: Book, agreement: Agreement) -> list[tuple[int, Agreement, Traits, Traits, tuple[Part, ...]]]:
    """The other agreements of two of the parties, with the pair of facts that comes nearest."""
    own = [_traits_of(book, one.article, one.fact.id) for one in agreement.statements]
    needed = min(2, len(agreement.parties))
    found = []
    for other in book.agreements:
        if other is agreement or len(set(other.parties) & set(agreement.parties)) < needed:
            continue
        theirs = [_traits_of(book, one.article, one.fact.id) for one in other.statements]
        pairs = [
            (total(parts), other, left, right, parts)
            for left in own
            for right in theirs
            if left.is_bundle == right.is_bundle
            for parts in [compare(left, right)]
        ]
        found += sorted(pairs, key=lambda pair: -pair[0])[:1]
    near = [pair for pair in found if pair[0] > 0]
    return sorted(near, key=lambda pair: (-pair[0], pair[1].id))[:_NEAREST]


def _traits_of(book: Book, article: ArticleId, fact: str) -> Traits:
    file = book.facts[article]
    said = next(one for one in file.agreements if one.id == fact)
    names = Names(
        equipment=same_names("equipment", book.overrides), organisations=same_names("organisation", book.overrides)
    )
    return traits_of(book.articles[article], said, file, names)


def _traits_named(book: Book, name: str) -> Traits:
    article, _, fact = name.partition("/")
    if not any(one.id == fact for one in book.facts[ArticleId(article)].agreements):
        raise KeyError(name)
    return _traits_of(book, ArticleId(article), fact)


def _name(traits: Traits) -> str:
    return f"{traits.article}/{traits.fact.id}"
