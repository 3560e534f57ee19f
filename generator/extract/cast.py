"""Everyone in an article who may be a party: the places that point at a country or organisation, and lists of them.

Works on what other rooms have found of countries, organisations and persons; knows no instrument.
"""

import bisect
import itertools
import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, cached_property
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from generator import codes
from generator.extract.clauses import is_function_or_step
from generator.extract.nouns import known_names
from generator.extract.text import Document
from generator.extract.wordlists import grammar, rows_of

if TYPE_CHECKING:
    from generator.extract.names import Name
    from generator.extract.people import FoundPerson

_MEDIATED = re.compile(r"[-–](?:" + "|".join(sorted(grammar()["mediated"])) + r")\b", re.IGNORECASE)

_LIST_JOINT = re.compile(r"(?:[\s,()–—-]|\band\b|\bthe\b|\bplus\b|\bas well as\b|\balong with\b|\bthose of\b)*")
_CAPITALIZED = re.compile(r"\b(?:al-)?[A-ZÀ-Þ]\w*")
_TITLED = re.compile(
    r"(?: [A-Z]\w+| climate){0,2} (?:Accords?|Agreements?|Protocol|Convention|Treaty|Declaration|Summit|Statute|Charter"
    r"|Club|Process|Conference|Memorandum|accords?|climate)\b"
)
_DATELINE = re.compile(r"[A-Z][^()\n]{0,40}\([^()\n]{3,80}\)\s*[:–—-]")
_EVENT = re.compile(r" (?:[Ss]ummit|[Ff]orum|[Mm]eeting|[Cc]onference|[Hh]eadquarters|[Aa]ssembly|[Ss]ession)\b")
_AFTER_PLACE = re.compile(r"[,.;:)]|$| (?:on|in|for|where|after|before|during|as|with|last|this|next|to)\b")
_HALF = re.compile(r"\b[Tt]he (North|South)\b(?!-| [A-Z])")
_TOWN = re.compile(r"\b(?:in|at|from|near) [A-Z]\w+(?: [A-Z]\w+)?, $")
_LEADS_TO_GROUP = re.compile(r"(?:['’]s)?(?: (?!and |or |with )[a-z-]+){0,3} ")
_LIST_GAP = 30  # characters between two members of a list
_LEAD = 80  # characters before a list in which its word is looked for
_PAIR = 2  # "the two countries" may be those the article is most about; "all four parties" may not
_ROSTER = 3  # members that make a list
_ROSTERS = 20  # lists of an article that are kept
_GATHERED = 6  # sentences over which the members of "the three countries" are gathered
OUTSIDE = "~"  # begins the code of an outsider


class RefKind(StrEnum):
    """What points at a party."""

    STATE = "state"  # "Russia", "Moscow"
    ADJECTIVE = "adjective"  # "Russian"
    CAPITAL = "capital"  # a city that stands for its state
    PERSON = "person"
    ORGANISATION = "organisation"
    BODY = "body"  # a state-owned company, bank or agency: it stands for its state
    OUTSIDER = "outsider"  # a company, an armed group, a region: no state and no organisation that has a code


@dataclass(frozen=True, slots=True, order=True)
class Ref:
    """A place of the article that points at a country or organisation."""

    start: int
    end: int
    code: str  # of an outsider its name behind OUTSIDE
    kind: RefKind
    sentence: int
    text: str = ""

    @property
    def is_coded(self) -> bool:
        """A country or an organisation stands behind it."""
        return self.kind is not RefKind.OUTSIDER


class Roster(NamedTuple):
    """A list of countries in one sentence."""

    refs: tuple[Ref, ...]
    sentence: int
    is_membership: bool  # of members or signatories; else of leaders or ministers who meet


_ORDER = attrgetter("start", "end", "code", "kind", "sentence", "text")  # that of references, much quicker


class Cast:
    """Everyone in the article who may be a party, in the order of the text."""

    def __init__(self, document: Document, names: Sequence["Name"], people: Sequence["FoundPerson"]) -> None:
        self.document = document
        self._sentence_starts = [sentence.start for sentence in document.sentences]
        bodies = list(self._bodies())
        persons = sorted(_apart(self._persons(people), bodies))
        covered = sorted((ref.start, ref.end) for ref in (*persons, *bodies))
        self._persons_at = {span.start for person in people for span in person.mentions}
        owned = {ref.start for ref in bodies if not ref.is_coded}
        states = [ref for ref in self._states(names, covered) if not self._is_owner_of(ref, owned)]
        self.refs = sorted([*persons, *bodies, *states, *self._halves({ref.code for ref in states})], key=_ORDER)
        self.capitals = {
            name.start for name in names if name.kind in ("capital", "place") and not _is_owner(name.end, document.text)
        }
        self._towns = {name.start for name in names if name.kind == "place"}
        self._starts = [ref.start for ref in self.refs]
        self.main = self._main()
        self.rosters = tuple(itertools.islice(self._rosters(), _ROSTERS))
        self._named: dict[str, list[Ref]] = {}
        for ref in self.refs:
            if ref.kind is not RefKind.PERSON:
                self._named.setdefault(ref.code, []).append(ref)

    def _sentence(self, position: int) -> int:
        return max(bisect.bisect_right(self._sentence_starts, position) - 1, 0)

    def _persons(self, people: Sequence["FoundPerson"]) -> Iterator[Ref]:
        for person in people:
            if person.country is not None:
                for span in person.mentions:
                    yield Ref(
                        span.start,
                        span.end,
                        person.country,
                        RefKind.PERSON,
                        self._sentence(span.start),
                        self.document.text[span.start : span.end],
                    )

    def _bodies(self) -> Iterator[Ref]:
        """State-owned companies and armed groups, the longest spelling first."""
        text, table, after = self.document.text, _bodies_by_word(), 0
        for word in _CAPITALIZED.finditer(text):
            names = table.get(word.group())
            for name in names if names is not None and word.start() >= after else ():
                end = word.start() + len(name)
                is_acronym = after and text[after : word.start()] == " ("  # said again: "… Front (TPLF)"
                if text.startswith(name, word.start()) and not text[end : end + 1].isalnum() and not is_acronym:
                    country = codes.bodies()[name].country
                    kind = RefKind.OUTSIDER if country is None else RefKind.BODY
                    after = end
                    yield Ref(word.start(), end, country or OUTSIDE + name, kind, self._sentence(word.start()), name)
                    break

    def _dateline(self) -> int:
        """The end of "BUSAN (APP / Pakistan Point News)": names in it are those of agencies."""
        body = next((sentence for sentence in self.document.sentences if not sentence.is_title), None)
        found = _DATELINE.match(self.document.text, body.start) if body is not None else None
        return found.end() if found is not None else 0

    def _is_owner_of(self, ref: Ref, owned: Collection[int]) -> bool:
        """ "Yemen's Houthis", "the Lebanese group Hezbollah": the group is the party, not its country."""
        found = _LEADS_TO_GROUP.match(self.document.text, ref.end)
        return found is not None and found.end() in owned and ref.kind in (RefKind.STATE, RefKind.ADJECTIVE)

    def _states(self, names: Sequence["Name"], covered: Sequence[tuple[int, int]]) -> Iterator[Ref]:
        starts = [start for start, _ in covered]
        text = self.document.text
        towns: dict[int, str | None] = {}  # where a country may follow its town
        dateline = self._dateline()
        for name in names:
            at = bisect.bisect_right(starts, name.start) - 1
            is_covered = at >= 0 and covered[at][1] >= name.end
            if name.code is None or is_covered or name.kind == "place" or name.code in known_names():
                towns = {name.end + 2: name.code} if name.kind == "place" else towns
                continue
            is_place = towns.get(name.start) == name.code and _AFTER_PLACE.match(text, name.end) is not None
            towns = {}
            if is_place:
                continue  # "in Jeddah, Saudi Arabia, and": only where something happens
            is_in = name.kind in ("capital", "seat") and (
                word_before(text, name.start) in grammar()["place-before"] or _is_goal(text, name.start)
            )
            if is_in and not _is_seated(text, name.start):
                continue
            if name.kind == "organisation" and _EVENT.match(text, name.end):
                continue  # "on the sidelines of the African Union summit"
            if (
                name.end <= dateline
                or _MEDIATED.match(text, name.end)
                or (name.kind == "capital" and _TITLED.match(text, name.end))
            ):
                continue
            kind = _KINDS.get(str(name.kind), RefKind.STATE)
            if name.kind == "people" and text[max(name.start - 4, 0) : name.start].lower() == "the ":
                kind = RefKind.STATE  # "the Greeks"; "200 Chinese" are no party
            yield Ref(name.start, name.end, name.code, kind, name.sentence, name.text)

    def _halves(self, codes_named: set[str]) -> Iterator[Ref]:
        """ "The North" and "the South", where the article speaks of Korea."""
        if codes_named.isdisjoint(("KOR", "PRK")):
            return
        for found in _HALF.finditer(self.document.text):
            start, end = found.span(1)
            code = "PRK" if found[1] == "North" else "KOR"
            yield Ref(start, end, code, RefKind.STATE, self._sentence(start), found[1])

    def _main(self) -> tuple[Ref, ...]:
        """The parties the article is most about, most first: the title counts thrice, its beginning twice."""
        weight: Counter[str] = Counter()
        persons = {ref.start for ref in self.refs if ref.kind is RefKind.PERSON}
        first: dict[str, Ref] = {}
        for ref in self.refs:
            sentence = self.document.sentences[ref.sentence]
            if sentence.is_noise:
                continue
            if not ref.is_coded:
                continue
            owned = _OWNED.match(self.document.text, ref.end)
            is_home = owned is not None and owned.end() - 1 not in persons  # "France's Totalis": a company
            is_home = is_home and not is_before_state(ref, self.document.text)
            if not self._is_place(ref) and not is_home:
                weight[ref.code] += 4 if sentence.is_title else 2 if sentence.paragraph <= 2 else 1
            first.setdefault(ref.code, ref)
        return tuple(first[code] for code, _ in weight.most_common())

    def _is_place(self, ref: Ref) -> bool:
        """ "In Kuala Lumpur, Malaysia": only where something happens."""
        if ref.kind is not RefKind.STATE:
            return False
        return _TOWN.search(self.document.text[max(ref.start - 25, 0) : ref.start]) is not None

    def _rosters(self) -> Iterator["Roster"]:
        """Lists of three and more that a word such as "members" or "leaders" opens or closes, in one sentence."""
        run: list[Ref] = []
        for ref in self.refs:
            if ref.kind in (RefKind.BODY, RefKind.OUTSIDER):
                continue
            gap = self.document.text[run[-1].end : ref.start] if run else ""
            if run and (ref.sentence != run[-1].sentence or len(gap) > _LIST_GAP or not _LIST_JOINT.fullmatch(gap)):
                yield from self._roster(run)
                run = []
            run.append(ref)
        yield from self._roster(run)

    def _roster(self, run: Sequence[Ref]) -> Iterator["Roster"]:
        if run and run[0].kind is RefKind.ORGANISATION:
            run = run[1:]  # "members of the council – Peru, Chile and Brazil"
        states = {ref.code: ref for ref in reversed(run) if ref.kind is not RefKind.PERSON}
        if sum(ref.kind is not RefKind.ORGANISATION for ref in states.values()) < _ROSTER:
            return
        text, sentence = self.document.text, self.document.sentences[run[0].sentence]
        before = text[max(run[0].start - _LEAD, sentence.start) : run[0].start]
        after = text[run[-1].end : min(run[-1].end + _LEAD // 2, sentence.end)]
        words = {word.strip(",.;:()").lower() for word in f"{before} {after}".split()}
        if not grammar()["crowd"].isdisjoint(words):
            is_membership = not grammar()["membership"].isdisjoint(words)
            yield Roster(tuple(sorted(states.values())), run[0].sentence, is_membership=is_membership)

    def members(self, group: str) -> tuple[Ref, ...]:
        """The members of an organisation that the article lists, where it lists at least two."""
        members = set(codes.organisations()[group].members) if group in codes.organisations() else set()
        for roster in self.rosters:
            found = [ref for ref in roster.refs if ref.code in members]
            if len(found) >= _PAIR:
                return tuple(found)
        return ()

    def rolled(self, sentences: Collection[int]) -> tuple[Ref, ...]:
        """The members that the last list of members in some sentences names."""
        rolls = [roster.refs for roster in self.rosters if roster.is_membership and roster.sentence in sentences]
        return rolls[-1] if rolls else ()

    def named(self, members: Iterable[str]) -> tuple[Ref, ...]:
        """Those of some countries that the article names, by their first names, in the order of the codes."""
        return tuple(self._named[code][0] for code in sorted(members) if code in self._named)

    def listed(self, sentences: Sequence[int] = (), *, members: bool = True) -> tuple[Ref, ...]:
        """Everyone whom the lists of the article name: of members only, or those in or beside some sentences."""
        near = {number + step for number in sentences for step in (-1, 0, 1)}
        first: dict[str, Ref] = {}
        for roster in self.rosters:
            is_meant = (roster.is_membership or not members) and (not sentences or roster.sentence in near)
            for ref in roster.refs if is_meant else ():
                first.setdefault(ref.code, ref)
        return tuple(first.values())

    def naming(self, ref: Ref) -> Ref:
        """The nearest words that name the country of a person; the reference itself where it names a country."""
        if ref.kind is not RefKind.PERSON:
            return ref
        named = self._named.get(ref.code, [])
        at = bisect.bisect_left(named, ref)
        return min(named[max(at - 1, 0) : at + 1], key=lambda other: abs(other.start - ref.start), default=ref)

    def within(self, start: int, end: int) -> list[Ref]:
        """References that begin in a stretch of the article."""
        return self.refs[bisect.bisect_left(self._starts, start) : bisect.bisect_left(self._starts, end)]

    def is_person(self, position: int) -> bool:
        """A name of a person begins here, of whatever country."""
        return position in self._persons_at

    def is_inside(self, position: int) -> bool:
        """A name of somebody known stands over this position."""
        at = bisect.bisect_right(self._starts, position) - 1
        return at >= 0 and self.refs[at].start <= position < self.refs[at].end

    def is_town(self, position: int) -> bool:
        """The name of a town or a region begins here."""
        return position in self._towns

    def is_name(self, word: str) -> bool:
        """The article writes the word with a capital inside a sentence too."""
        return word in self._capitalized

    @cached_property
    def _capitalized(self) -> frozenset[str]:
        text = self.document.text
        return frozenset(
            word.group() for word in _CAPITALIZED.finditer(text) if text[word.start() - 2 : word.start() - 1].islower()
        )

    def last_person(self, position: int, partners: frozenset[str] = frozenset()) -> list[Ref]:
        """The person named last before a position, "he"; rather one who is not of the partners' countries."""
        index = bisect.bisect_left(self._starts, position) - 1
        near = [self.refs[at] for at in range(index, max(index - 20, -1), -1)]
        persons = [ref for ref in near if ref.kind is RefKind.PERSON]
        return [ref for ref in persons if ref.code not in partners][:1] or persons[:1]

    def last_together(self, position: int, size: int) -> tuple[Ref, ...]:
        """The parties last named together before a position: "the two countries".

        Three and more may have been named one after the other, over several sentences.
        """
        index = bisect.bisect_left(self._starts, position) - 1
        seen: dict[str, Ref] = {}
        gathered: dict[str, Ref] = {}
        sentence = first = self.refs[index].sentence if index >= 0 else -1
        for at in range(index, max(index - 40, -1), -1):
            ref = self.refs[at]
            if ref.sentence != sentence:
                if len(seen) == size:
                    break
                if len(gathered) == size > _PAIR:
                    return tuple(sorted(gathered.values()))
                seen, sentence = {}, ref.sentence
            if ref.kind is not RefKind.ORGANISATION or size > _PAIR:
                seen.setdefault(ref.code, ref)
            if ref.kind is not RefKind.ORGANISATION and first - ref.sentence < _GATHERED:
                gathered.setdefault(ref.code, ref)
        if len(seen) == size:
            return tuple(reversed(seen.values()))
        if len(gathered) == size > _PAIR:
            return tuple(sorted(gathered.values()))
        return self.main[:size] if size == _PAIR else ()

    def last_list(self, position: int) -> tuple[Ref, ...]:
        """Those whom the sentence names in one list before a position: "they"."""
        index = bisect.bisect_left(self._starts, position)
        run: list[Ref] = []
        for at in range(index - 1, max(index - 20, -1), -1):
            ref = self.refs[at]
            gap = self.document.text[ref.end : run[-1].start] if run else ""
            if run and (len(gap) > _LIST_GAP or not _LIST_JOINT.fullmatch(gap) or ref.sentence != run[-1].sentence):
                if len(run) >= _ROSTER:
                    break
                run = []
            run.append(ref)
        return tuple(reversed(run)) if len(run) >= _ROSTER and run[0].sentence == self._sentence(position) else ()

    def last_state(self, position: int) -> list[Ref]:
        """The state named last before a position: "the country"."""
        index = bisect.bisect_left(self._starts, position) - 1
        for at in range(index, max(index - 20, -1), -1):
            if self.refs[at].kind in (RefKind.STATE, RefKind.CAPITAL):
                return [self.refs[at]]
        return []

    def pair_in(self, sentence: int) -> tuple[Ref, ...]:
        """Two parties that a sentence names as a pair: "the Peru-Chile summit"."""
        place = self.document.sentences[sentence]
        refs = self.within(place.start, place.end)
        for first, second in itertools.pairwise(refs):
            if self.document.text[first.end : second.start] in ("-", "–") and first.code != second.code:
                return (first, second)
        return ()

    def pair_before(self, sentence: int) -> tuple[Ref, ...]:
        """The two parties that the sentence before names, where it names just two."""
        if sentence == 0:
            return ()
        before = self.document.sentences[sentence - 1]
        first: dict[str, Ref] = {}
        for ref in self.within(before.start, before.end):
            if ref.is_coded:
                first.setdefault(ref.code, ref)
        return tuple(first.values()) if len(first) == _PAIR else ()

    def last_actor(self, position: int) -> list[Ref]:
        """The state or body that acts in the clause before a position: "it"."""
        index = bisect.bisect_left(self._starts, position) - 1
        sentence = self._sentence(position)
        here = [ref for ref in self.refs[max(index - 20, 0) : index + 1] if sentence - 1 <= ref.sentence <= sentence]
        for number in (sentence, sentence - 1):
            actor = next((ref for ref in here if ref.sentence == number and self._may_act(ref)), None)
            if actor is not None:
                return [actor]
        return []

    def _may_act(self, ref: Ref) -> bool:
        is_name = ref.kind not in (RefKind.PERSON, RefKind.ADJECTIVE)
        return is_name and word_before(self.document.text, ref.start) not in party_words()["oblique"]

    def last_organisation(self, position: int, kinds: frozenset[str]) -> list[Ref]:
        """The organisation of some kinds named last before a position: "the bloc", "the lender"."""
        index = bisect.bisect_left(self._starts, position) - 1
        for at in range(index, max(index - 40, -1), -1):
            ref = self.refs[at]
            if ref.kind is RefKind.ORGANISATION and codes.organisations()[ref.code].kind in kinds:
                return [ref]
        return []


@cache
def _bodies_by_word() -> Mapping[str, Sequence[str]]:
    """Names of bodies by their first word, the longest first."""
    table: dict[str, list[str]] = {}
    for name in sorted(codes.bodies(), key=len, reverse=True):
        word = _CAPITALIZED.match(name)
        if word is not None:
            table.setdefault(word.group(), []).append(name)
    return table


@cache
def party_words() -> Mapping[str, frozenset[str]]:
    """The lists of `party_words.tsv`, by name."""
    return {name: frozenset(words.split()) for name, words in rows_of("party_words.tsv")}


def _apart(persons: Iterable[Ref], bodies: Sequence[Ref]) -> Iterator[Ref]:
    """Without names of bodies that have been taken for persons."""
    taken = {position for body in bodies for position in range(body.start, body.end)}
    return (ref for ref in persons if ref.start not in taken)


def _is_seated(text: str, start: int) -> bool:
    """ "Lawmakers in Kyiv", "a court in Nairobi": who sits in a capital acts for the state."""
    words = text[max(start - 40, 0) : start].lower().split()
    return len(words) > 1 and words[-1] == "in" and words[-2] in party_words()["seated"]


_KINDS = {
    "capital": RefKind.CAPITAL,
    "adjective": RefKind.ADJECTIVE,
    "people": RefKind.ADJECTIVE,
    "organisation": RefKind.ORGANISATION,
}


def _is_owner(end: int, text: str) -> bool:
    return text[end : end + 2] in ("'s", "’s")


_OWNED = re.compile(r"['’]s [A-Z]")
_JOURNEY = re.compile(
    r"\b(?:visits?|visited|trips?|travel(?:s|ed|led|ing|ling)?|journeys?|tours?|flights?|flew|fl(?:y|ies|ying)|"
    r"arriv(?:es?|ed|al|ing)|return(?:s|ed|ing)?|went|go(?:es|ing)?|head(?:s|ed|ing)|delegations?|ambassador) to $"
)


def _is_goal(text: str, start: int) -> bool:
    """ "A visit to Washington": where somebody goes, not who acts."""
    return _JOURNEY.search(text, max(start - 24, 0), start) is not None


def word_before(text: str, start: int) -> str:
    """The word before a place, articles left out."""
    words = text[max(start - 30, 0) : start].lower().split()
    return next((word for word in reversed(words[-3:]) if word not in ("the", "both", "its")), "")


def is_maker(ref: Ref, text: str) -> bool:
    """ "With U.S. chipmaker Intelo": the company is the party, not its country."""
    if ref.kind is not RefKind.ADJECTIVE and not is_attribute(ref, text):
        return False
    following = text[ref.end : ref.end + 40].split()
    word = following[0].strip(",.;:").replace("-", "") if following else ""
    return word.isalpha() and word.islower() and not is_function_or_step(word) and not is_before_state(ref, text)


def is_before_state(ref: Ref, text: str) -> bool:
    """A word of state follows soon: "Russian ministry", "the Lithuanian, Polish and Ukrainian ministers"."""
    after = [word.strip(",.;:'’") for word in text[ref.end : ref.end + 90].replace("’", "'").split()[:9]]
    while after and (after[0] in ("", "and", "or") or (after[0] in _adjectives() and len(after) > 1)):
        del after[0]
    lows = [word.lower().removesuffix("'s") for word in after[:4]]
    return any(low in grammar()["state-noun"] or low in party_words()["substate"] for low in lows)


@cache
def _adjectives() -> frozenset[str]:
    return frozenset(word for country in codes.countries().values() for word in country.adjectives)


def is_attribute(ref: Ref, text: str) -> bool:
    """The name qualifies what follows: "US sanctions", "Chile's copper"; not "US signs", "Chile's withdrawal"."""
    if ref.kind not in (RefKind.STATE, RefKind.ORGANISATION):
        return False
    after = text[ref.end : ref.end + 40]
    is_possessive = after[:2] in ("'s", "’s")
    if not is_possessive and not (ref.end - ref.start <= 5 and text[ref.start : ref.start + 2].isupper()):
        return False
    rest = after[2:] if is_possessive else after
    word = rest.split()[0].strip(",.;:") if rest[:1] == " " and rest.split() else ""
    return word.isalpha() and word.islower() and not is_function_or_step(word)
