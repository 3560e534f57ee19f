"""Which agreement rules which stretch of the article: whose a sum, an item, a date or a term is by its place.

A find belongs to the mention in whose part of the sentence it stands. A sentence without a mention goes on about the
agreement whose subject it names ("the pipeline"), else about the one in focus, as far as its words tell that it does.
"""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

from generator.extract.mentions import Form, Mention
from generator.extract.text import Document, Sentence
from generator.extract.topics import stems_of
from generator.extract.wordlists import grammar, rows_of
from generator.model import MoneyKind

if TYPE_CHECKING:
    from generator.extract.joining import Draft
    from generator.extract.names import Name


class Found(Protocol):
    """What all finds have in common."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def sentence(self) -> int: ...


F = TypeVar("F", bound=Found)


class Territories:
    """Which agreement rules which stretch of the article.

    What a sentence tells of itself is looked at once, so that the work grows with the length of the article.
    """

    def __init__(
        self,
        document: Document,
        mentions: Sequence[Mention],
        drafts: "Sequence[Draft]",
        names: "Mapping[int, Sequence[Name]]",
    ) -> None:
        self._document = document
        self._names = names
        self._drafts = drafts
        self._owners: dict[int, list[int]] = {}  # start of a mention -> the agreements that have it
        self._by_sentence: dict[int, list[Mention]] = {}
        self._starts: dict[int, list[int]] = {}  # of the mentions of a sentence, in order
        for number, draft in enumerate(drafts):
            for mention in draft.mentions:
                self._owners.setdefault(mention.start, []).append(number)
        for mention in mentions:
            self._by_sentence.setdefault(mention.sentence.index, []).append(mention)
            self._starts.setdefault(mention.sentence.index, []).append(mention.start)
        self._focus = cache(self._focus_of)
        self._tells = cache(lambda index: _tells_content(document.sentences[index].text))
        self._named = cache(self._named_in)
        self._subjects = cache(self._subjects_of_all)

    def shares(self, finds: Iterable[F]) -> "Shares[F]":
        """The finds by the agreement that they belong to; what is told again stays with its first agreement."""
        shares: dict[int, list[F]] = {}
        first_owner: dict[object, int] = {}
        for found in finds:
            owner = self._owner(found)
            if found.sentence not in self._by_sentence:
                owner = first_owner.get(_told(found), owner) if owner is not None else None
            if owner is not None:
                first_owner.setdefault(_told(found), owner)
                shares.setdefault(owner, []).append(found)
        return Shares(shares, self._owners)

    def _owner(self, found: Found) -> int | None:
        here = self._by_sentence.get(found.sentence)
        if here is None:
            return self._in_focus(found)
        place = bisect_right(self._starts[found.sentence], found.start)
        if place and not (place < len(here) and self._is_worth_of(found, here[place])):
            return self._owner_of(here[place - 1], found)
        if place:
            return self._owner_of(here[place], found)
        is_near = here[0].start - found.end <= _NEAR or here[0].form is Form.DEFINITE
        return self._owner_of(here[0], found) if is_near else None

    def _may_be_owed(self, found: Found) -> bool:
        """Days and terms; a sum that is paid or says what kind it is; goods that are given or told by number."""
        sentence = self._document.sentences[found.sentence]
        at, end = found.start - sentence.start, found.end - sentence.start
        if hasattr(found, "amount"):
            return _is_paid(found, sentence.text, at, end)
        if not hasattr(found, "designation") or sentence.text.startswith(_BULLETS):
            return True
        is_told = getattr(found, "quantity", None) is not None and self._tells(found.sentence)
        return is_told or _GIVES.search(sentence.text, max(at - _PAY_REACH, 0), end + _GIVEN_REACH) is not None

    def _is_worth_of(self, found: Found, mention: Mention) -> bool:
        """ "With the deal it has signed $10 billion worth of arms contracts": the sum is that of the contracts."""
        gap = self._document.text[found.end : min(mention.start, found.end + _NEAR)]
        return mention.start - found.end < _NEAR and _WORTH_OF.fullmatch(gap) is not None

    def _owner_of(self, mention: Mention, found: Found) -> int | None:
        """Of agreements that share a mention ("deals with Peru and Chile") the one whose party stands nearest."""
        owners = self._owners.get(mention.start, [])
        if len(owners) < 2:
            return owners[0] if owners else None
        common = frozenset[str].intersection(*(self._drafts[number].codes for number in owners))
        return min(owners, key=lambda number: _distance(self._drafts[number], common, found))

    def _in_focus(self, found: Found) -> int | None:
        """The agreement that a sentence without a mention goes on about."""
        focus = self._focus(found.sentence)
        if focus is None or not self._may_be_owed(found):
            return None
        return focus if focus is None or isinstance(focus, int) else self._owner_of(focus, found)

    def _focus_of(self, index: int) -> Mention | int | None:
        """The agreement whose subject a sentence names; else the nearest mention before it that may be meant.

        Of two that may be meant, the one that has a party in the sentence.
        """
        sentence = self._document.sentences[index]
        if sentence.text.startswith(_TURNS_AWAY) or self._is_long_ago(sentence):
            return None
        named = self._topic(index) if self._tells(index) else None
        if named is not None:
            return named
        names = self._names.get(index, ())[:_LOOKED_AT]
        codes = {name.code for name in names if name.code is not None}
        nearest: Mention | None = None
        for mention in self._before(index, self._reach(sentence)):
            owners = self._owners.get(mention.start, ())
            if any(not codes.isdisjoint(self._drafts[number].codes) for number in owners):
                return mention
            if owners:
                nearest = nearest or mention
            elif mention.form is Form.INDEFINITE or mention.is_plural:
                break  # the deals of others
        nearest = nearest or self._ahead(index)
        if nearest is None or not names or names[0].code is None or names[0].start - sentence.start > _ARTICLE:
            return nearest
        is_party = any(names[0].code in self._drafts[number].codes for number in self._owners[nearest.start])
        return nearest if is_party else None  # another country's doings

    def _is_long_ago(self, sentence: Sentence) -> bool:
        """ "In 2021 it ordered six frigates": a sentence that goes back to another year tells of another matter."""
        year = _GOES_BACK.match(sentence.text)
        return year is not None and year[1] < (self._document.published or "")[:4]

    def _ahead(self, index: int) -> Mention | None:
        """The lead tells what the next sentence calls the deal."""
        sentences = self._document.sentences[: index + 1]
        if index > _LEAD or any(i in self._by_sentence and not sentences[i].is_title for i in range(index)):
            return None
        here = self._by_sentence.get(index + 1, [])[:_LOOKED_AT]
        return next((m for m in here if m.start in self._owners and m.form is Form.DEFINITE), None)

    def _before(self, index: int, reach: int) -> Iterator[Mention]:
        """The mentions of the sentences before, the nearest first."""
        for before in range(index - 1, max(index - 1 - reach, -1), -1):
            yield from reversed(self._by_sentence.get(before, [])[-_LOOKED_AT:])

    def _reach(self, sentence: Sentence) -> int:
        """How many sentences back an agreement may be that the sentence goes on about."""
        if self._tells(sentence.index):
            if sentence.text.startswith(_BULLETS):
                return _BULLETED
            return _ALONE if len(self._drafts) == 1 else _REACH
        if self._document.sentences[0].is_title and sentence.index <= _LEAD:
            return sentence.index  # the lead is about the headline
        return 1 if sentence.text.startswith(_GOES_ON) else 0

    def _topic(self, index: int) -> int | None:
        """The agreement whose subject a sentence takes up ("the pipeline"), or the sentences right before it do."""
        reach = _CHAIN if self._document.sentences[index].text.startswith(_TAKES_UP) else 1
        for before in range(index, max(index - reach, -1), -1):
            if before in self._by_sentence:
                return None
            named = self._named(before)
            if named is not None:
                return named
        return None

    def _named_in(self, index: int) -> int | None:
        """The agreement whose subject has most of the nouns that a sentence takes up; else the one told of most."""
        subjects = self._subjects()
        phrases = _TAKEN_UP.findall(self._document.sentences[index].text) if subjects else ()
        words = {word for phrase in phrases for word in phrase.split()}
        counts = Counter(number for stem in stems_of(words - _NO_SUBJECT) for number in subjects.get(stem, ()))
        ranked = sorted(((count, len(self._drafts[number].mentions), number) for number, count in counts.items()))
        if not ranked or (len(ranked) > 1 and ranked[-1][:2] == ranked[-2][:2]):
            return None
        return ranked[-1][2]

    def _subjects_of_all(self) -> Mapping[str, frozenset[int]]:
        """The stems of what the agreements are about, with the agreements that have them."""
        subjects: dict[str, set[int]] = {}
        for number, draft in enumerate(self._drafts):
            for mention in draft.mentions[:_LOOKED_AT]:
                words = (
                    *mention.words[mention.left : mention.head],
                    *mention.words[mention.last + 1 : mention.last + _TAIL],
                )
                for stem in stems_of(word.low for word in words if word.text.islower() and word.low not in _NO_SUBJECT):
                    subjects.setdefault(stem, set()).add(number)
        return {stem: frozenset(numbers) for stem, numbers in subjects.items()}


def _tells_content(text: str) -> bool:
    """A sentence says what was agreed or what it costs, or is a bullet that begins with a sum or a number."""
    if text.startswith(_BULLETS) and any(char.isdigit() for char in text[:_BULLET_HEAD]):
        return True
    return any(words.search(text) for words in (_CONTENT, _COST, _SUBJECT)) or _OPENS_WITH_SUM.match(text) is not None


def _is_paid(found: Found, text: str, at: int, end: int) -> bool:
    left = max(at - _PAY_REACH, 0)
    if getattr(found, "kind", MoneyKind.VALUE) is not MoneyKind.VALUE or text.startswith((*_GOES_ON, *_BULLETS)):
        return True
    if _PAYS.search(text, left, at) is not None or _COST.search(text, left, end + _COST_REACH) is not None:
        return True
    return _THE_SUM.search(text, left, at) is not None and _SUM_NOUN.match(text, end) is not None


def _told(found: Found) -> object:
    """What a find says, apart from where: a sum by amount and currency, goods by name and number."""
    amount = getattr(found, "amount", None)
    if amount is not None:
        return amount, getattr(found, "currency", None)
    quantity = getattr(found, "quantity", None)
    return (quantity, getattr(found, "unit", None)) if quantity is not None else (found.start,)


def _distance(draft: "Draft", common: frozenset[str], found: Found) -> int:
    places = [abs(ref.start - found.start) for code, ref in draft.refs.items() if code not in common]
    return min(places, default=_FAR)


class Shares(Generic[F]):
    """Finds of one kind by the agreement that they belong to."""

    def __init__(self, shares: Mapping[int, list[F]], sharers: Mapping[int, Sequence[int]]) -> None:
        self._shares = shares
        self._owners = {found.start: number for number, finds in shares.items() for found in finds}
        self._partners: dict[int, set[int]] = {}  # agreements that have a mention in common
        for numbers in sharers.values():
            for number in numbers if len(numbers) > 1 else ():
                self._partners.setdefault(number, set()).update(numbers)

    def of(self, number: int) -> Sequence[F]:
        """The finds of one agreement, in the order of the text."""
        return self._shares.get(number, ())

    def is_of_another(self, found: F, number: int) -> bool:
        """Whether a find belongs to an agreement that has no mention in common with this."""
        owner = self._owners.get(found.start, number)
        return owner != number and owner not in self._partners.get(number, ())


def by_sentence(finds: Iterable[F]) -> Mapping[int, Sequence[F]]:
    """The finds by the index of their sentence."""
    table: dict[int, list[F]] = {}
    for found in finds:
        table.setdefault(found.sentence, []).append(found)
    return table


_NO_SUBJECT = grammar()["state-noun"] | grammar()["group"] | grammar()["crowd"] | grammar()["time-word"]
_LOOKED_AT = 20  # mentions of one agreement that are looked at, so that the work stays bounded
_TAIL = 16  # words behind an instrument that tell what it is about
_REACH = 4  # sentences without a mention that may still tell what was agreed
_CHAIN = 4  # sentences through which a subject that was taken up goes on
_LEAD = 2  # sentences after a title that are about what it says
_ALONE = 12  # the same where the article has no other agreement
_BULLETED = 40  # the same in a list with bullets
_NEAR = 80  # characters between a sum and the instrument that follows it
_PAY_REACH = 90  # characters before a sum in which a word of paying may stand
_GIVEN_REACH = 50  # characters behind goods in which a word of giving may stand
_COST_REACH = 40  # characters behind a sum in which a word may say that it is what something costs
_FAR = 1_000_000_000


@cache
def _words(kind: str) -> tuple[str, ...]:
    return tuple(words for words, own in rows_of("belonging.tsv") if own == kind)


def _any_of(*kinds: str) -> str:
    """A pattern for the words of a kind; "*" at the end of a word is any ending."""
    words = sorted((words for kind in kinds for words in _words(kind)), key=lambda words: (-len(words), words))
    return "|".join(re.escape(words).replace(r"\*", r"\w*") for words in words)


_GOES_ON = tuple(f"{words} " for words in _words("goes-on"))
_TAKES_UP = (*_GOES_ON, *(f"{words} " for words in _words("takes-up")))
_TURNS_AWAY = _words("turn")
_PAYS = re.compile(rf"\b(?:{_any_of('pay')})\b")
_GIVES = re.compile(rf"\b(?:{_any_of('give')})\b")
_CONTENT = re.compile(rf"\b(?:{_any_of('content')})\b")
_COST = re.compile(rf"\b(?:{_any_of('cost')})\b", re.IGNORECASE)
_SUBJECT = re.compile(rf"\b(?:{_any_of('subject')})\b", re.IGNORECASE)
_THE_SUM = re.compile(r"\b(?:the|this|its|that)(?: [a-z]+)? $", re.IGNORECASE)
_SUM_NOUN = re.compile(rf"[ -](?:[a-z-]+ ){{0,2}}(?:{_any_of('sum-noun')})\b")
_OPENS_WITH_SUM = re.compile(r"(?:The|This|Its|That) (?:[A-Za-z]{0,3}[^\w\s]?)?\d")
_GOES_BACK = re.compile(r"(?:In|Since|Back in|Between|During|Until) (?:[A-Z][a-z]+ )?((?:19|20)\d\d)\b")
_ARTICLE = len("The ")  # what may stand before a name that begins a sentence
_BULLETS = ("-", "•", "*", "–", "·", "▪", "●")
_BULLET_HEAD = 14  # characters of a bullet in which its sum or number stands, if it begins with it
_WORTH_OF = re.compile(r"\s(?:worth of|in)\s(?:[\w-]+\s){0,3}|\s?(?:\([^)]{1,40}\)\s)?(?:[a-z-]+\s){0,2}")
_TAKEN_UP = re.compile(r"\b(?:[Tt]he|[Tt]his|[Tt]hese|[Tt]hose|[Ii]ts|[Tt]heir) ((?:[a-z-]+\b ?){1,3})")
