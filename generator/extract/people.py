"""The people an article names: their fullest name, office, country, and every place where they are mentioned.

A name is a run of capitalized words. What makes it a person is said around it: an office or an honorific before it, an
apposition behind it, a common given name, a verb of saying, a later mention by surname alone. What unmakes it is said
there too: an article before it, a street, a university, a company's ending. Words are in `person_words.tsv`,
`given_names.tsv` and `office_countries.tsv`.
"""

import re
import unicodedata
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.resources import files

from generator.extract.names import STANDS_FOR_COUNTRY, Name, NameKind
from generator.extract.text import Document, Sentence, Span


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundPerson:
    """One human being whom the article names."""

    name: str  # fullest form in the article, verbatim, without titles
    office: str | None  # as the article words it, without the country's adjective
    country: str | None  # alpha-3 of the office or the nationality
    mentions: tuple[Span, ...]  # the fullest first, then in the order of the text
    office_span: Span | None
    rule: str


def find_people(document: Document, names: Sequence[Name]) -> tuple[FoundPerson, ...]:
    """Everyone named with a surname (rulers: with the name they rule by), in the order of first mention."""
    words = _Words(document, names)
    candidates = _Reading(words).candidates()
    return _people(words, candidates, _Defaults(document, names))


# -- vocabulary -----------------------------------------------------------------------------------

_HONORIFIC, _HEAD, _RANK, _RULER, _ROLE, _MODIFIER, _MINISTRY = 1, 2, 4, 8, 16, 32, 64
_BODY, _NEVER, _WIDE, _PARTICLE, _SUFFIX, _SURNAME, _ASIAN, _GIVEN, _PLURAL = (
    128,
    256,
    512,
    1024,
    2048,
    4096,
    8192,
    16384,
    32768,
)
_SAY, _COMMENT, _FUNCTION, _STATE, _NAMED, _KIN, _STATELY, _MINISTERIAL = (1 << bit for bit in range(16, 24))
_CLASSES = {
    "honorific": _HONORIFIC,
    "head": _HEAD,
    "rank": _RANK,
    "ruler": _RULER,
    "role": _ROLE,
    "modifier": _MODIFIER,
    "ministry": _MINISTRY,
    "body": _BODY,
    "never": _NEVER,
    "wide": _WIDE,
    "particle": _PARTICLE,
    "suffix": _SUFFIX,
    "surname": _SURNAME,
    "asian": _ASIAN,
    "comment": _COMMENT,
    "function": _FUNCTION,
    "state": _STATE,
    "named": _NAMED,
    "kin": _KIN,
    "stately": _STATELY,
    "ministerial": _MINISTERIAL,
}
_TITLE = _HEAD | _RANK | _RULER  # makes an office
_HUMAN = _TITLE | _ROLE | _KIN
_OFFICE_WORD = _TITLE | _MODIFIER | _MINISTRY
_NO_NAME = _COMMENT | _HUMAN | _MODIFIER | _MINISTRY | _BODY | _NEVER | _WIDE | _HONORIFIC
_PREFIXED = frozenset({"ex", "then", "vice", "deputy", "former", "now", "co", "sub", "under"})
_OF = frozenset({"of", "for", "to", "at", "in", "on"})
_DETERMINERS = frozenset({"the", "a", "an", "his", "her", "its", "their", "our", "my", "another", "one", "this"})
_POSTED = frozenset(
    {"ambassador", "envoy", "consul", "representative", "commissioner", "attache", "attaché", "delegate"}
)


@cache
def _vocabulary() -> Mapping[str, int]:
    """The classes of each lower-case word, as bits."""
    masks: dict[str, int] = {}
    for name, words in _rows("person_words.tsv"):
        for word in words.split():
            if name == "plural":
                plural, single = word.split("=")
                masks[plural] = masks.get(plural, 0) | masks.get(single, _ROLE) | _PLURAL
            elif name in _CLASSES:
                masks[word] = masks.get(word, 0) | _CLASSES[name]
    for word, mask in list(masks.items()):
        if mask & (_HEAD | _ROLE | _RULER) and not word.endswith(("s", "man", "woman")):
            masks[word + "s"] = masks.get(word + "s", 0) | (mask & _HUMAN) | _PLURAL
    for _, words in _rows("given_names.tsv"):
        for word in words.split():
            masks[word] = masks.get(word, 0) | _GIVEN
    for _, words in _say_verbs():
        for word in words.split():
            masks[word] = masks.get(word, 0) | _SAY
    return masks


@cache
def _singulars() -> Mapping[str, str]:
    return _pairs("plural")


@cache
def _office_countries() -> Mapping[str, tuple[str, bool]]:
    """Country by office, and whether no other state words it so."""
    found = {}
    for office, rest in _rows("office_countries.tsv"):
        country, _, alone = rest.partition("\t")
        found[office] = (country, alone == "yes")
    return found


@dataclass(frozen=True, slots=True)
class _Leader:
    given: frozenset[str]
    country: str
    is_alone: bool


@cache
def _leaders() -> Mapping[str, tuple[_Leader, ...]]:
    """Heads of state and government by surname."""
    found: dict[str, tuple[_Leader, ...]] = {}
    for surnames, rest in _rows("leaders.tsv"):
        given, country, alone = rest.split("\t")
        leader = _Leader(frozenset(_folded(g) for g in given.split(";") if g), country, alone == "yes")
        for surname in map(_folded, surnames.split(";")):
            found[surname] = (*found.get(surname, ()), leader)
    return found


@cache
def _nicknames() -> Mapping[str, str]:
    return _pairs("nickname")


def _pairs(wanted: str) -> Mapping[str, str]:
    """The pairs "short=long" of a class of words."""
    found: dict[str, str] = {}
    for name, words in _rows("person_words.tsv"):
        if name == wanted:
            for pair in words.split():
                short, _, full = pair.partition("=")
                found[short] = full
    return found


def _say_verbs() -> Iterator[tuple[str, str]]:
    for line in files("generator.data").joinpath("say_verbs.tsv").read_text("utf-8").splitlines():
        fields = line.split("\t")
        if len(fields) >= 3 and not line.startswith("#") and fields[1] in ("say", "urge"):
            yield fields[1], fields[2]


def _rows(name: str) -> Iterator[tuple[str, str]]:
    for line in files("generator.data").joinpath(name).read_text("utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            first, _, second = line.partition("\t")
            yield first, second


# -- words ----------------------------------------------------------------------------------------

_TOKEN = re.compile(r"[^\W\d_](?:\.[^\W\d_])+\.?|[^\W\d_]+(?:[-‐'’][^\W\d_]+)*|\d[\d.,]*|[^\w\s]|_+")
_PREFIXES = ("al-", "el-", "ad-", "ar-", "as-", "ash-", "at-", "an-", "az-", "ul-", "d'", "d’", "l'", "l’")
_LONGEST = 40  # letters of a word that may be a name


class _Words:
    """The words of a document with their classes, and the names that cover them."""

    __slots__ = ("capitals", "ends", "masks", "names", "owner", "ranges", "sentences", "starts", "text", "words")

    def __init__(self, document: Document, names: Sequence[Name]) -> None:
        self.text = document.text
        self.names = names
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.words: list[str] = []
        self.masks: list[int] = []
        self.capitals: list[int] = []  # words that may be part of a name by their letters
        self.sentences: list[Sentence] = []
        self.ranges: list[tuple[int, int]] = []
        for sentence in document.sentences:
            if not sentence.is_noise:
                first = len(self.words)
                self._read(sentence)
                self.sentences.append(sentence)
                self.ranges.append((first, len(self.words)))
        self.owner = self._owners()

    def _read(self, sentence: Sentence) -> None:
        vocabulary = _vocabulary()
        starts, ends, words, masks = self.starts, self.ends, self.words, self.masks
        offset = sentence.start
        for found in _TOKEN.finditer(sentence.text):
            word = found.group()
            start, end = found.start() + offset, found.end() + offset
            if word == ".":
                if words and ends[-1] == start and _takes_dot(words[-1], masks[-1]):
                    ends[-1] = end
                    continue
            elif word[-2:] in ("'s", "’s") and len(word) > 2:
                word = word[:-2]
                end -= 2
            is_capital = word[0].isupper() or (not word.isalpha() and word.startswith(_PREFIXES))
            mask = vocabulary.get(word.lower() if is_capital else word)
            if mask is None:
                mask = _compound(word) if "-" in word else 0
            if is_capital:
                self.capitals.append(len(words))
            starts.append(start)
            ends.append(end)
            words.append(word)
            masks.append(mask)

    def _owners(self) -> list[int]:
        """For each word the place in `names` of the name that covers it, or -1."""
        owner = [-1] * len(self.words)
        at, starts, ends = 0, self.starts, self.ends
        for number, name in enumerate(self.names):
            while at < len(starts) and starts[at] < name.start and ends[at] <= name.start:
                at += 1
            here = at
            while here < len(starts) and starts[here] < name.end:
                owner[here] = number
                here += 1
        return owner

    def is_joined(self, first: int) -> bool:
        """Whether only blanks stand between a word and the next."""
        gap = self.starts[first + 1] - self.ends[first]
        return gap == 1 or (1 < gap < 4 and self.text[self.ends[first]].isspace())

    def is_capital(self, at: int) -> bool:
        """Whether a word could be part of a name by its letters: "Assad", "al-Assad", "d'Estaing"."""
        word = self.words[at]
        return word[0].isupper() or (word.startswith(_PREFIXES) and any(c.isupper() for c in word[2:5]))

    def is_possessive(self, at: int) -> bool:
        """Whether a word has "'s" behind it."""
        return self.text[self.ends[at] : self.ends[at] + 2] in ("'s", "’s")

    def country(self, at: int) -> str | None:
        """The country that the name covering a word stands for."""
        name = self.names[self.owner[at]] if self.owner[at] >= 0 else None
        return name.code if name is not None and name.kind in STANDS_FOR_COUNTRY else None

    def kind(self, at: int) -> NameKind | None:
        """The kind of the name covering a word."""
        return self.names[self.owner[at]].kind if self.owner[at] >= 0 else None

    def is_single(self, at: int) -> bool:
        """Whether a name covers this word alone."""
        name = self.names[self.owner[at]]
        return name.start >= self.starts[at] and name.end <= self.ends[at]


def _takes_dot(word: str, mask: int) -> bool:
    """Initials and abbreviated titles keep their dot."""
    if not word[0].isupper():
        return False
    return len(word) == 1 or (len(word) <= 5 and bool(mask & (_HONORIFIC | _RANK | _SUFFIX)))


def _compound(word: str) -> int:
    """The classes of "ex-president", "then-minister", "president-elect"."""
    first, _, rest = word.lower().partition("-")
    vocabulary = _vocabulary()
    if first in _PREFIXED:
        return vocabulary.get(rest, 0) & (_HUMAN | _MODIFIER | _STATE)
    if rest in ("elect", "designate", "general", "in-chief"):
        return vocabulary.get(first, 0) & (_HUMAN | _STATE)
    return vocabulary.get(first, 0) & _GIVEN


# -- candidates -----------------------------------------------------------------------------------


@dataclass(slots=True, kw_only=True)
class _Office:
    first: int  # words
    last: int  # inclusive
    text: str
    country: str | None = None
    countries: tuple[str, ...] = ()  # of an office in the plural, in the order of the text
    is_plural: bool = False
    has_body: bool = False  # an organization holds the office, so no country is guessed
    is_role: bool = False
    is_state: bool = False
    rank: int = 0  # which of several offices is told: a minister's before a general's before a lawyer's; 0: none
    carried: str | None = None  # the country of the office before, over "and"
    holder: str | None = None  # "Merkel" in "Merkel's spokesman": the office is of that person's country


@dataclass(slots=True, kw_only=True)
class _Candidate:
    first: int
    end: int  # words, exclusive
    sentence: int
    rule: str
    office: _Office | None = None
    country: str | None = None
    parts: tuple[str, ...] = ()
    is_ruler: bool = False


@dataclass(slots=True, kw_only=True)
class _Shared:
    """An office in the plural that is being shared out over a list of names."""

    office: _Office
    members: list[_Candidate] = field(default_factory=list)


class _Reading:
    """Walks through the words once and gathers who is named."""

    def __init__(self, words: _Words) -> None:
        self.w = words
        self.found: list[_Candidate] = []
        self.unsure: list[_Candidate] = []
        self.shared: _Shared | None = None
        self.last_office: _Office | None = None

    def candidates(self) -> list[_Candidate]:
        """All persons named, sentence by sentence, those vouched for by other sentences included."""
        for number, (first, end) in enumerate(self.w.ranges):
            self.shared = None
            if end - first < 3000 and not self._is_capitals(number):
                self._read(number, first, end)
            self._close()
        self._confirm()
        return sorted(self.found, key=lambda one: one.first)

    def _is_capitals(self, number: int) -> bool:
        return self.w.sentences[number].text.isupper()

    def _is_headline(self, number: int, first: int, end: int) -> bool:
        """Nearly every word has a capital, so that capitals say nothing."""
        sentence = self.w.sentences[number]
        if not sentence.is_title and sentence.text[-1:] in ".!?\"”’'":
            return False
        long = [w for w in self.w.words[first:end] if len(w) > 3 and w.isalpha()]
        return len(long) >= 4 and sum(w[0].isupper() for w in long) >= 0.75 * len(long)

    def _read(self, number: int, first: int, end: int) -> None:
        is_headline = self._is_headline(number, first, end)
        capitals = self.w.capitals
        behind = first
        for place in range(bisect_left(capitals, first), bisect_left(capitals, end)):
            at = capitals[place]
            if at >= behind and self._is_part(at, at, end):
                behind = self._run(at, end)
                self._judge(number, self._behind_owner(at, behind), behind, first, end, is_headline)

    # -- the run -----------------------------------------------------------------------------------

    def _is_part(self, at: int, first: int, end: int) -> bool:
        """Whether a word can be part of a name that begins at `first`."""
        w = self.w
        word, mask = w.words[at], w.masks[at]
        if not w.is_capital(at) or len(word) > _LONGEST:
            return False
        if w.owner[at] >= 0:
            return self._is_namesake(at, first, end)
        if len(word) > 1 and word.isupper():
            return self._is_capital_part(at, first, end)
        if not mask & _NO_NAME:
            return len(word) > 1 or (at + 1 < end and w.text[w.ends[at] - 1] == ".") or self._has_name_after(at, end)
        if mask & _GIVEN and not mask & (_HONORIFIC | _RULER | _RANK) and at == first and self._has_name_after(at, end):
            return True
        if mask & _ASIAN and at == first and at > 0 and w.masks[at - 1] & _TITLE and self._has_name_after(at, end):
            return True
        if mask & _BODY and at > first and w.masks[first] & _ASIAN and len(word) < 4 and self._has_name_after(at, end):
            return True
        if mask & (_SURNAME | _GIVEN | _ASIAN) and at > first:
            return bool(w.masks[at - 1] & (_GIVEN | _ASIAN) or len(w.words[at - 1]) <= 2) and not self._has_name_after(
                at, end
            )
        if mask & (_SURNAME | _ASIAN) and at == first and at > 0 and not mask & _NEVER:
            is_titled = bool(w.masks[at - 1] & (_TITLE | _HONORIFIC)) and w.words[at - 1][0].isupper()
            return is_titled and not self._has_name_after(at, end)
        return False

    def _behind_owner(self, at: int, stop: int) -> int:
        """ "chairman of Norsk Metall Kari Berg": between "of" and a given name stands no part of the name."""
        w = self.w
        if at == 0 or w.words[at - 1] not in _OF or w.masks[at] & _GIVEN:
            return at
        return next((i for i in range(at + 1, stop - 1) if w.masks[i] & _GIVEN), at)

    def _is_namesake(self, at: int, first: int, end: int) -> bool:
        """Countries and places that are also names of persons: "Michael Jordan", "Israel Katz"."""
        w = self.w
        if not w.is_single(at) or w.kind(at) == NameKind.ORGANISATION:
            return False
        if at == first:
            return bool(w.masks[at] & _GIVEN) and self._has_name_after(at, end)
        return bool(w.masks[at - 1] & _GIVEN) and not self._has_name_after(at, end) and w.is_joined(at - 1)

    def _is_capital_part(self, at: int, first: int, end: int) -> bool:
        w = self.w
        word = w.words[at]
        if at > first:
            return len(word) >= 3 and bool(w.masks[at - 1] & _GIVEN) and not w.masks[at] & (_BODY | _NEVER)
        return (len(word) == 2 or "." in word) and self._has_name_after(at, end) and not w.masks[at] & _HUMAN

    def _has_name_after(self, at: int, end: int) -> bool:
        w = self.w
        after = at + 1
        return (
            after < end
            and w.is_joined(at)
            and w.words[after][0].isupper()
            and len(w.words[after]) > 1
            and w.owner[after] < 0
            and not w.masks[after] & (_NO_NAME & ~_ROLE)
        )

    def _run(self, first: int, end: int) -> int:
        """The word behind a run of name words, particles inside included."""
        w = self.w
        at, parts = first + 1, 1
        while at < end and parts < 7 and w.is_joined(at - 1) and not self._is_repeated(at):
            if self._is_part(at, first, end):
                at, parts = at + 1, parts + 1
                continue
            if self._is_nickname(at, first, end):
                at, parts = at + 4, parts + 1
                continue
            after = at
            while after < min(end, at + 3) and w.masks[after] & _PARTICLE and w.words[after][0].islower():
                after += 1
            if after == at or after >= end or not w.is_joined(after - 1) or not self._is_part(after, first, end):
                break
            at, parts = after + 1, parts + 1
        return self._suffix(at, end)

    def _is_nickname(self, at: int, first: int, end: int) -> bool:
        """ "Joko" before "Jokowi" in marks and the surname behind it."""
        w = self.w
        marks = "\"“”'‘’"
        if at + 3 >= end or w.words[at] not in marks or w.words[at + 2] not in marks:
            return False
        return w.words[at + 1][0].isupper() and self._is_part(at + 3, first, end)

    def _is_repeated(self, at: int) -> bool:
        """A name said twice over is a caption run into the text, but for given names: "Abdullah Abdullah"."""
        w = self.w
        return w.words[at] == w.words[at - 1] and not w.masks[at] & _GIVEN

    def _suffix(self, at: int, end: int) -> int:
        """Takes in "Jr." and the like, also behind a comma."""
        w = self.w
        for after in (at, at + 1):
            if after >= end:
                break
            is_behind = after == at or w.words[at] == ","
            if is_behind and w.masks[after] & _SUFFIX and w.words[after][0].isupper():
                return after + 1
        return at

    # -- the judgement -----------------------------------------------------------------------------

    def _judge(self, number: int, at: int, stop: int, first: int, end: int, is_headline: bool) -> None:
        one = _Candidate(first=at, end=stop, sentence=number, rule="")
        one.parts = self._parts(at, stop)
        if not one.parts:
            return
        before = self._before(at, max(first, self.found[-1].end) if self.found else first)
        self._carry_on(before)
        if before is None and self._takes_share(one):
            self.found.append(one)
            self._behind(one, end)
            return
        if is_headline:
            self._judge_headline(one, before)
            return
        after = self._after(stop, end)
        self._name_rule(one, before, after, first, end)
        if one.rule:
            self.found.append(one)
            self._behind(one, end)
            self._open_share(one)
        else:
            self._close()
            self.unsure.append(one)

    def _carry_on(self, before: _Office | None) -> None:
        """A country holds on over "and": "Greek prime minister A and energy minister B"."""
        if before is None or before.country is not None or before.is_plural or not self.found or not before.is_state:
            return
        last = self.found[-1]
        w = self.w
        between = w.words[last.end : before.first]
        if 1 <= len(between) <= 2 and all(word in (",", "and", "&") for word in between):
            before.carried = last.country

    def _judge_headline(self, one: _Candidate, before: _Office | None) -> None:
        if (before is not None and not before.is_plural and len(one.parts) == 1) or (
            before is not None and self.w.masks[one.first] & _GIVEN and len(one.parts) == 2
        ):
            one.rule, one.office, one.country = "title-before", before, before.country
            self.found.append(one)

    def _parts(self, at: int, stop: int) -> tuple[str, ...]:
        masks, words = self.w.masks, self.w.words
        return tuple(
            _folded(words[i])
            for i in range(at, stop)
            if words[i][0].isalpha() and not (masks[i] & _PARTICLE and words[i][0].islower()) and not masks[i] & _SUFFIX
        )

    def _name_rule(self, one: _Candidate, before: _Office | None, after: _Office | None, first: int, end: int) -> None:
        """Sets rule and office of a candidate; no rule where nothing vouches for a person."""
        w = self.w
        office = before or after
        is_honored = one.first > first and bool(w.masks[one.first - 1] & _HONORIFIC) and w.is_joined(one.first - 1)
        if before is not None and self._is_named_after(one, end):
            return
        if before is not None and (not before.is_role or (len(one.parts) > 1 and self._is_given(one.first))):
            one.rule = "title-before"
            one.is_ruler = bool(w.masks[before.last] & _RULER)
        elif is_honored:
            one.rule = "honorific"
        elif self._is_reign(one, end):
            one.rule = "reign"
        elif self._is_thing(one, first, end):
            return
        elif self._is_label(one, end):
            one.rule = "speaker"
        elif len(one.parts) > 1 and after is not None:
            one.rule = "apposition"
        elif len(one.parts) > 1 and self._is_given(one.first):
            one.rule = "given-name"
        elif len(one.parts) > 1 and self._has_particle(one):
            one.rule = "particle"
        elif len(one.parts) > 1 and self._has_age(one.end, end):
            one.rule = "age"
        elif len(one.parts) == 1 and any(leader.is_alone for leader in _leaders().get(one.parts[0], ())):
            one.rule = "leader"
        if one.rule:
            one.office = office
            one.country = office.country if office is not None else None

    def _is_given(self, at: int) -> bool:
        w = self.w
        return bool(w.masks[at] & (_GIVEN | _ASIAN)) or (len(w.words[at]) == 1 and w.text[w.ends[at] - 1] == ".")

    def _is_thing(self, one: _Candidate, first: int, end: int) -> bool:
        """An article before it, or a word beside it that only organizations, places and things have."""
        w = self.w
        if one.first > first and w.is_joined(one.first - 1):
            before = w.masks[one.first - 1]
            word = w.words[one.first - 1]
            if word.lower() in ("the", "a", "an") or (word[0].isupper() and before & _BODY and not before & _HUMAN):
                return True
        if one.end < end and w.is_joined(one.end - 1):
            after = w.masks[one.end]
            word = w.words[one.end]
            if (word[0].isupper() and after & (_BODY | _WIDE)) or word in ("&", "+"):
                return True
            if w.owner[one.end] >= 0 and w.kind(one.end) == NameKind.ORGANISATION and word[0].isupper():
                return True
        return self._is_named_after(one, end) or (one.end < end and w.words[one.end] in ("&", "@"))

    def _is_named_after(self, one: _Candidate, end: int) -> bool:
        """ "King Fahd Airport", "Charles de Gaulle airport": what stands behind bears the name of a person."""
        w = self.w
        if one.end >= end or not w.is_joined(one.end - 1):
            return False
        mask = w.masks[one.end]
        return bool(mask & _NAMED or (mask & _BODY and w.words[one.end][0].isupper() and not mask & _HUMAN))

    def _is_label(self, one: _Candidate, end: int) -> bool:
        """A speaker's name before a colon at the beginning of a sentence."""
        w = self.w
        return one.end < end and w.words[one.end] == ":" and len(one.parts) > 1 and self._is_given(one.first)

    def _has_particle(self, one: _Candidate) -> bool:
        w = self.w
        return any(
            (w.masks[i] & _PARTICLE and w.words[i] in ("bin", "ibn", "van", "von", "al", "el", "bint", "ben"))
            or w.words[i].startswith(("Mc", "O'", "O’"))
            for i in range(one.first, one.end)
        )

    def _has_age(self, at: int, end: int) -> bool:
        words = self.w.words
        number = words[at + 1].rstrip(",.") if at + 1 < end and words[at] == "," else ""
        return number.isdigit() and 10 < int(number) < 110 and (at + 2 >= end or words[at + 2] not in (")", "%"))

    def _is_reign(self, one: _Candidate, end: int) -> bool:
        """ "the Thatcher government", "under the Obama presidency": a surname before the word for its rule."""
        w = self.w
        return (
            one.end < end
            and w.is_joined(one.end - 1)
            and w.words[one.end]
            in (
                "administration",
                "presidency",
                "premiership",
            )
            and len(one.parts) == 1
        )

    def _behind(self, one: _Candidate, end: int) -> None:
        """The country in "Patrice Talon of Benin"."""
        w = self.w
        if one.country is None and one.first > 0 and (one.office is None or one.office.first > one.first):
            gap = w.starts[one.first] - w.ends[one.first - 1]
            if gap == 3 or (gap == 1 and w.kind(one.first - 1) == NameKind.ADJECTIVE):
                one.country = w.country(one.first - 1)
        if one.country is None and one.end + 1 < end and w.words[one.end] == "of":
            at = one.end + 2 if w.words[one.end + 1] == "the" else one.end + 1
            if at < end and w.kind(at) == NameKind.COUNTRY:
                one.country = w.country(at)
        if one.office is not None and not one.office.is_plural:
            self.last_office = one.office

    # -- offices before a name ---------------------------------------------------------------------

    def _before(self, at: int, first: int) -> _Office | None:
        """The office that stands before a name."""
        w = self.w
        k = at - 1
        while k >= first and w.masks[k] & _HONORIFIC and w.is_joined(k):
            k -= 1
        if k < first:
            return None
        has_comma = w.words[k] == ","
        if has_comma:
            k -= 1
            if k < first:
                return None
        elif not w.is_joined(k):
            return None
        office = None if self._serves(k, first) else self._direct(k, first)
        office = office or self._of_phrase(k, first)
        if office is None:
            return None
        if has_comma and not office.is_plural and not self._stands_apart(office, first):
            return None
        return office

    def _stands_apart(self, office: _Office, first: int) -> bool:
        """Before a comma only a whole noun phrase is the office of the name behind: "its president, A"."""
        w = self.w
        if w.masks[office.last] & _GIVEN:
            return False
        if office.country is not None:
            return True
        b = office.first - 1
        if b < first:
            return True
        return w.words[b].lower() in _DETERMINERS or w.owner[b] >= 0 or not w.is_joined(b)

    def _direct(self, h: int, first: int) -> _Office | None:
        """The office whose head stands at `h`."""
        w = self.w
        if w.owner[h] >= 0 or not w.masks[h] & _HUMAN:
            return None
        if w.masks[h] & _SURNAME and not w.masks[h] & (_RANK | _RULER) and self._is_after_given(h, first):
            return None
        if w.words[h] in ("head", "chair", "lead", "leads"):
            return None
        return self._office(h, h, first)

    def _serves(self, h: int, first: int) -> bool:
        """ "aide to the President A": the office is the aide's."""
        w = self.w
        if h - 3 < first or w.words[h - 1] != "the" or w.words[h - 2] not in _OF:
            return False
        return bool(w.masks[h - 3] & _HUMAN) and w.words[h][0].isupper()

    def _is_after_given(self, h: int, first: int) -> bool:
        w = self.w
        return h > first and w.words[h][0].isupper() and bool(w.masks[h - 1] & _GIVEN) and w.is_joined(h - 1)

    def _of_phrase(self, k: int, first: int) -> _Office | None:
        """ "President of the Republic of Finland", "minister of trade and industry" ending at `k`."""
        w = self.w
        if not (w.owner[k] >= 0 or w.masks[k] & (_OFFICE_WORD | _BODY | _WIDE) or w.words[k][0].isupper()):
            return None
        head = -1
        p = k
        while p > first and k - p < 14:
            if w.words[p] in _OF and p < k and w.masks[p - 1] & _HUMAN and w.owner[p - 1] < 0:
                head = p - 1
            elif not self._is_inside(p, k):
                break
            p -= 1
        if head < 0:
            return None
        return self._office(head, k, first)

    def _is_inside(self, p: int, k: int) -> bool:
        w = self.w
        if p < k and not w.is_joined(p) and w.words[p + 1] not in (",", "-", "–"):
            return False
        word = w.words[p]
        if w.owner[p] >= 0 or word in _OF or word in ("the", "and", "&", "-", "–"):
            return True
        if word == ",":
            return bool(w.masks[p - 1] & _MINISTRY)
        return bool(w.masks[p] & (_OFFICE_WORD | _BODY | _WIDE)) or (
            word[0].isupper() and not w.masks[p] & (_NEVER | _GIVEN | _HONORIFIC)
        )

    def _office(self, head: int, last: int, first: int) -> _Office:
        """The office around a head, with what stands before it and its country."""
        w = self.w
        while head > first and w.masks[head] & _RANK and w.masks[head - 1] & _HEAD and w.is_joined(head - 1):
            head, last = head - 1, head - 1
        begin = self._phrase_left(head, first)
        office = _Office(first=begin, last=head, text="")
        office.is_plural = bool(w.masks[head] & _PLURAL)
        office.is_role = not w.masks[head] & _TITLE
        office.is_state = bool(w.masks[head] & _STATE)
        office.rank = _rank(w.masks[head], w.words[head])
        office.holder = self._holder(office.first)
        office.has_body = self._has_body(begin, last)
        self._country_before(office, first)
        office.country = office.country or self._seat(begin, last)
        tail = ""
        if last > head:
            is_posted = w.words[head].lower() in _POSTED and w.words[head + 1] != "of"
            if office.country is None and not is_posted:
                codes = [c for i in range(head + 1, last + 1) if (c := w.country(i))]
                office.country = codes[0] if codes else None
                office.countries = office.countries or tuple(dict.fromkeys(codes))
            tail = self._tail_text(head, last, is_posted)
        lead = self._lead(office, first)
        core = w.text[w.starts[begin] : w.ends[head]]
        if office.is_plural:
            core = _singular(core)
        office.text = lead + core + tail
        return office

    def _has_body(self, begin: int, last: int) -> bool:
        """Whether an organization, not a state, holds an office: "Cato chairman", "head of the Energy Forum"."""
        w = self.w
        for i in range(begin, last + 1):
            mask = w.masks[i]
            is_capital = w.words[i][0].isupper()
            if w.kind(i) == NameKind.ORGANISATION or (
                is_capital and mask & _BODY and not mask & (_STATELY | _TITLE | _MINISTRY)
            ):
                return True
            if (
                w.owner[i] < 0
                and w.words[i][0].isupper()
                and not mask & (_OFFICE_WORD | _WIDE | _COMMENT | _ROLE | _KIN)
            ):
                return not mask & _NEVER and not w.masks[last] & _MINISTERIAL
        return False

    def _holder(self, first: int) -> str | None:
        """The person whose spokesman, adviser or minister an office belongs to."""
        w = self.w
        if first == 0 or w.owner[first - 1] >= 0:
            return None
        word = w.words[first - 1]
        return _folded(word) if w.is_possessive(first - 1) and word[0].isupper() else None

    def _seat(self, begin: int, last: int) -> str | None:
        """The country of a seat of power within an office: "Kremlin spokesman"."""
        w = self.w
        return next((w.country(i) for i in range(begin, last + 1) if w.kind(i) == NameKind.SEAT), None)

    def _tail_text(self, head: int, last: int, is_posted: bool) -> str:
        """What follows the head: "of Foreign Affairs"; "of Finland" is its country and not repeated."""
        w = self.w
        if is_posted or not any(w.country(i) for i in range(head + 1, last + 1)):
            return w.text[w.ends[head] : w.ends[last]]
        if self._is_only_country(head + 1, last):
            return ""
        end = last
        while end > head and (
            w.country(end) or w.words[end] in ("of", "the") or w.words[end] in ("Republic", "Federation")
        ):
            end -= 1
        return w.text[w.ends[head] : w.ends[end]]

    def _phrase_left(self, head: int, first: int) -> int:
        """The first word of an office phrase: "deputy trade and industry" before "minister"."""
        w = self.w
        k = head
        others = 0
        while k > first and head - k < 9:
            p = k - 1
            word, mask = w.words[p], w.masks[p]
            if word == "," and p > first and mask == 0 and w.masks[p - 1] & _MINISTRY and w.masks[k] & _MINISTRY:
                k = p
                continue
            if word in ("–", "-") and p - 1 >= first and w.ends[p - 1] == w.starts[p] and w.words[p - 1][0].isupper():
                k = p - 1
                continue
            if not w.is_joined(p):
                break
            if w.owner[p] >= 0:
                if w.kind(p) not in (NameKind.ORGANISATION, NameKind.SEAT):
                    break
                k = p
            elif (
                word in ("and", "&") and p > first and w.masks[p - 1] & _MINISTRY and w.masks[k] & (_MINISTRY | _TITLE)
            ) or (mask & (_OFFICE_WORD | _COMMENT) and not mask & _PLURAL and not self._is_verb(p, first)):
                k = p
            elif word[0].isupper() and not mask & (_NEVER | _HONORIFIC) and others < 5 and self._may_lead(p, first):
                k = p
                others += 1
            else:
                break
        while k < head and (
            w.words[k] in ("and", "&", ",") or (w.masks[k] & _COMMENT and not w.masks[k] & _OFFICE_WORD)
        ):
            k += 1
        return k

    def _is_verb(self, p: int, first: int) -> bool:
        """ "to head", "will chair", "led by": small words that make a verb of an office word."""
        w = self.w
        if p == first or w.words[p][0].isupper():
            return False
        return w.words[p - 1] in ("to", "will", "would", "can", "must") or w.words[p] in ("visiting", "leading")

    def _may_lead(self, p: int, first: int) -> bool:
        """A capitalized word before an office may be an organization ("Boeing chairman") but not the end of a name."""
        w = self.w
        if w.masks[p] & (_BODY | _WIDE):
            return True
        if p == first:
            return not w.masks[p] & _SAY
        return not (w.masks[p - 1] & _GIVEN and w.words[p - 1][0].isupper() and w.is_joined(p - 1))

    def _country_before(self, office: _Office, first: int) -> None:
        """The country before an office: "Russian", "Turkey's", "Greek, Cypriot and French"."""
        w = self.w
        b = office.first - 1
        if b < first or w.owner[b] < 0 or w.starts[office.first] - w.ends[b] > 4:
            return
        code = w.country(b)
        if code is None:
            return
        office.country = code
        codes = [code]
        p = b - 1
        while office.is_plural and p > first and len(codes) < 8:
            if w.words[p] in (",", "and", "-", "–", "&") or w.words[p].lower() in _DETERMINERS:
                p -= 1
                continue
            other = w.country(p)
            if other is None:
                break
            if other != codes[-1]:
                codes.append(other)
            p -= 1
        office.countries = tuple(reversed(codes))

    def _lead(self, office: _Office, first: int) -> str:
        """What stands before the country: "former" in "former US President"."""
        w = self.w
        if office.country is None:
            return ""
        p = office.first - 1
        name = w.owner[p] if p >= first else -1
        if name < 0:
            return ""
        while p >= first and w.owner[p] == name:
            p -= 1
        lead = p
        while lead >= first and w.masks[lead] & _MODIFIER and w.is_joined(lead) and not w.masks[lead] & _TITLE:
            lead -= 1
        if lead == p:
            return ""
        text = w.text[w.starts[lead + 1] : w.ends[p]] + " "
        office.first = lead + 1
        return text

    # -- offices behind a name ---------------------------------------------------------------------

    def _after(self, at: int, end: int) -> _Office | None:
        """The office in an apposition: ", 52, the head of the central bank"."""
        w = self.w
        if at + 1 >= end or w.words[at] != ",":
            return None
        p = at + 1
        if w.words[p][0].isdigit():
            p += 1
            if p < end and w.words[p] == ",":
                p += 1
        if p + 1 < end and w.words[p] in ("who", "whose") and w.words[p + 1] in ("is", "was", "has"):
            p += 2
        elif p < end and w.words[p] in ("who", "whose"):
            return None
        return self._noun_phrase(p, end)

    def _noun_phrase(self, p: int, end: int) -> _Office | None:
        """The office in a noun phrase that begins at `p`."""
        w = self.w
        begin, unknown = p, 0
        country: str | None = None
        for q in range(p, min(end, p + 11)):
            word, mask = w.words[q], w.masks[q]
            if w.owner[q] >= 0:
                country = country or w.country(q)
                continue
            if w.is_possessive(q):
                continue
            is_before = (
                mask & (_MODIFIER | _MINISTRY) and q + 1 < end and w.masks[q + 1] & _OFFICE_WORD and w.is_joined(q)
            )
            if is_before and w.owner[q + 1] < 0:
                continue
            if mask & _HUMAN and not (word[0].isupper() and mask & _GIVEN and not mask & _TITLE):
                return self._apposed(begin, self._last_head(q, end), end, country)
            if (
                mask & (_OFFICE_WORD | _COMMENT)
                or word.lower() in _DETERMINERS
                or word in ("and", "'s", "’", "'", "-", "–")
            ):
                continue
            if not word[0].isalpha() or mask & (_FUNCTION | _SAY) or word in _OF:
                return None
            if word[0].islower():
                unknown += 1
            if unknown > 3:
                return None
        return None

    def _last_head(self, q: int, end: int) -> int:
        w = self.w
        while q + 1 < end and w.masks[q + 1] & _HUMAN and w.is_joined(q) and w.owner[q + 1] < 0:
            if w.masks[q + 1] & _SAY and not w.masks[q + 1] & _TITLE:
                break
            q += 1
        return q

    def _apposed(self, begin: int, head: int, end: int, country: str | None) -> _Office | None:
        w = self.w
        if w.masks[head] & _PLURAL:
            return None
        last = self._tail(head, end)
        first = max(begin, self._phrase_left(head, begin))
        office = _Office(first=first, last=last, text="")
        office.is_role = not w.masks[head] & _TITLE
        office.is_state = bool(w.masks[head] & _STATE)
        office.rank = _rank(w.masks[head], w.words[head])
        office.holder = self._holder(office.first)
        office.has_body = self._has_body(first, last)
        office.country = country
        is_posted = w.words[head].lower() in _POSTED and w.words[min(head + 1, end - 1)] != "of"
        if country is None and not is_posted:
            office.country = next((c for i in range(head + 1, last + 1) if (c := w.country(i))), None)
        is_of_state = last > head and not is_posted and not office.has_body and w.country(last) is not None
        shown = head if is_of_state and self._is_only_country(head + 1, last) else last
        office.text = w.text[w.starts[first] : w.ends[shown]]
        return office

    def _is_only_country(self, first: int, last: int) -> bool:
        """Whether "of the Republic of Finland" says nothing but the country."""
        w = self.w
        return all(
            w.country(i) or w.words[i] in ("of", "the", "and", ",") or w.masks[i] & _BODY
            for i in range(first, last + 1)
        )

    def _tail(self, head: int, end: int) -> int:
        """The last word of an apposition: "for the ministry of foreign affairs"."""
        w = self.w
        if head + 2 >= end or (w.words[head + 1] not in _OF and w.words[head + 1] != "with"):
            return head
        last = head
        for q in range(head + 1, min(end, head + 16)):
            word = w.words[q]
            if w.owner[q] >= 0 or word in _OF or word in ("the", "and", "&", "-", "–", "a", "its", "s"):
                pass
            elif word == ",":
                if not (w.masks[q - 1] & _MINISTRY and q + 1 < end and w.masks[q + 1] & _MINISTRY):
                    break
            elif word == "(":
                close = next((r for r in range(q + 1, min(end, q + 12)) if w.words[r] == ")"), None)
                return close if close is not None else last
            elif not word[0].isalpha() or w.masks[q] & _FUNCTION or (w.masks[q] & _SAY and word[0].islower()):
                break
            last = q
        while last > head and (w.words[last] in _OF or w.words[last] in ("the", "and", "&", "a", "its", "-", "–")):
            last -= 1
        return last

    # -- shared offices ----------------------------------------------------------------------------

    def _open_share(self, one: _Candidate) -> None:
        self._close()
        office = one.office
        if office is None:
            return
        if office.text.lower().endswith("counterpart"):
            self._take_counterpart(one, office)
        if one.first < office.first:
            return
        if office.is_plural:
            self.shared = _Shared(office=office, members=[one])
            if office.countries and one.country in office.countries:
                one.country = office.countries[0]

    def _take_counterpart(self, one: _Candidate, office: _Office) -> None:
        """A counterpart holds the office of the person named before."""
        before = [c for c in self.found[-6:-1] if c.office is not None and c is not one]
        if before and before[-1].office is not None:
            known = before[-1].office
            office.text, office.rank, office.is_state = known.text, known.rank, known.is_state

    def _takes_share(self, one: _Candidate) -> bool:
        """Whether a name goes on in a list whose office stands before the first of it."""
        shared = self.shared
        if shared is None:
            return False
        w = self.w
        previous = shared.members[-1]
        if one.first - previous.end > 8:
            return False
        between = range(previous.end, one.first)
        if not any(w.words[i] in (",", "and", "&") for i in between) or len(one.parts) < 1:
            return False
        if not all(w.words[i] in (",", "and", "&", "of", "the") or w.owner[i] >= 0 for i in between):
            return False
        one.rule, one.office = "shared-title", shared.office
        countries = shared.office.countries
        place = len(shared.members)
        if countries:
            one.country = countries[place] if place < len(countries) else countries[-1]
        shared.members.append(one)
        return True

    def _close(self) -> None:
        """Ends a list of names; "foreign ministers A and B of X and Y" gives its countries at the end."""
        shared, self.shared = self.shared, None
        if shared is None or shared.office.countries:
            return
        w = self.w
        at = shared.members[-1].end
        if at >= len(w.words) or w.words[at] != "of":
            return
        codes: list[str] = []
        for i in range(at + 1, min(len(w.words), at + 14)):
            code = w.country(i)
            if code is None and w.words[i] not in (",", "and", "the"):
                break
            if code is not None and (not codes or codes[-1] != code):
                codes.append(code)
        if len(codes) == len(shared.members):
            for one, code in zip(shared.members, codes, strict=True):
                one.country = code

    # -- second thoughts ---------------------------------------------------------------------------

    def _confirm(self) -> None:
        """Names without a voucher of their own, taken where the article later uses their last word alone."""
        if not self.unsure:
            return
        alone = {one.parts[0]: one for one in self.unsure if len(one.parts) == 1 and self._speaks(one)}
        for one in self.unsure:
            if 2 <= len(one.parts) <= 4 and (one.parts[-1] in alone) and one.parts[0] not in alone:
                one.rule = "surname-later"
                self.found.append(one)

    def _speaks(self, one: _Candidate) -> bool:
        w = self.w
        return (one.end < len(w.words) and bool(w.masks[one.end] & _SAY)) or (
            one.first > 0 and bool(w.masks[one.first - 1] & _SAY)
        )


@cache
def _letters() -> Mapping[int, str]:
    return str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ı": "i", "ß": "ss", "æ": "ae", "’": "'"})


def _folded(word: str) -> str:
    """A part of a name as it is compared: "Erdoğan" is "Erdogan"."""
    lower = word.lower()
    if lower.isascii():
        return lower
    marks = unicodedata.normalize("NFKD", lower.translate(_letters()))
    return "".join(letter for letter in marks if not unicodedata.combining(letter))


def _rank(mask: int, word: str) -> int:
    if mask & _KIN and not mask & (_TITLE | _ROLE):
        return 0
    if word.lower().startswith("counterpart"):
        return 2
    return 4 if mask & (_HEAD | _RULER) else 3 if mask & _RANK else 2 if mask & _ROLE else 1


def _singular(phrase: str) -> str:
    """The office of each in "foreign ministers"."""
    begin, blank, word = phrase.rpartition(" ")
    lower = word.lower()
    single = _singulars().get(lower)
    if single is None:
        single = word[:-1] if lower.endswith("s") else word
    elif word[0].isupper():
        single = single.capitalize()
    return begin + blank + single


def _by_wording(office: str) -> tuple[str, bool] | None:
    """The country of an office by its wording, and whether only one state words it so."""
    lower = " ".join(office.lower().split())
    table = _office_countries()
    if lower in table:
        return table[lower]
    words = lower.split()
    for size in (6, 5, 4, 3, 2, 1):
        for at in range(len(words) - size + 1):
            code = table.get(" ".join(words[at : at + size]))
            if code is not None:
                return code
    return None


# -- persons --------------------------------------------------------------------------------------


@dataclass(slots=True, kw_only=True)
class _Person:
    parts: tuple[str, ...]
    candidates: list[_Candidate] = field(default_factory=list)
    spans: set[Span] = field(default_factory=set)


def _people(words: _Words, candidates: Sequence[_Candidate], defaults: "_Defaults") -> tuple[FoundPerson, ...]:
    cast = _Cast()
    for one in sorted(candidates, key=lambda c: (len(c.parts) == 1, c.first)):
        cast.add(one)
    _mention(words, cast.persons, cast.by_part)
    for one in candidates:
        if one.office is not None and one.country is not None:
            defaults.hold(one.office, one.country)
    ready = [_found_person(words, person, defaults) for person in cast.persons]
    ready = [_with_holder(found, person, ready, cast) for found, person in zip(ready, cast.persons, strict=True)]
    return tuple(sorted(ready, key=lambda person: min(span.start for span in person.mentions)))


def _with_holder(found: FoundPerson, person: "_Person", ready: Sequence[FoundPerson], cast: "_Cast") -> FoundPerson:
    """Somebody's spokesman is of that somebody's country."""
    holders = (one.office.holder for one in person.candidates if one.office is not None and one.office.holder)
    place = next((cast.by_part[holder] for holder in holders if holder in cast.by_part), None)
    if found.country is not None or place is None:
        return found
    return replace(found, country=ready[place].country)


class _Cast:
    """The persons of an article, known by the parts of their names."""

    def __init__(self) -> None:
        self.persons: list[_Person] = []
        self.by_part: dict[str, int] = {}  # parts by which a person may be mentioned alone
        self._by_any: dict[str, int] = {}  # every part

    def add(self, one: _Candidate) -> None:
        """Gives a candidate to the person whom it names, or makes it a new one."""
        place = self._known(one)
        if place is None:
            place = len(self.persons)
            self.persons.append(_Person(parts=one.parts))
        person = self.persons[place]
        person.candidates.append(one)
        if len(one.parts) > len(person.parts):
            person.parts = one.parts
        self._index(one, place)

    def _index(self, one: _Candidate, place: int) -> None:
        vocabulary = _vocabulary()
        last = len(one.parts) - 1
        for number, part in enumerate(one.parts):
            if len(part) < 2:
                continue
            mask = vocabulary.get(part, 0)
            self._by_any.setdefault(part, place)
            is_family = number == 0 and mask & _ASIAN and last > 0
            is_middle = 0 < number < last and not mask & (_GIVEN | _NO_NAME) and part not in self.by_part
            if number == last or is_family or is_middle or one.is_ruler:
                self.by_part[part] = place
                if part.startswith(_PREFIXES):
                    self.by_part.setdefault(_bare(part), place)

    def _known(self, one: _Candidate) -> int | None:
        """The person whom a candidate names again."""
        last = one.parts[-1]
        place = self.by_part.get(last)
        if place is None:
            place = self.by_part.get(_bare(last))
        if len(one.parts) == 1:
            return place if place is not None else self._by_any.get(last)
        if place is not None and _may_be_one(one.parts, self.persons[place].parts):
            return place
        place = self._by_any.get(one.parts[0])
        if place is not None and _is_respelled(one.parts, self.persons[place].parts):
            return place
        return None


def _bare(part: str) -> str:
    """A surname without its article: "al-Assad" is also called "Assad"."""
    return part[2:].lstrip("-'’h") if part.startswith(_PREFIXES) else part


def _may_be_one(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether two names with the same surname may be one person's."""
    if len(other) == 1 or set(one) <= set(other) or set(other) <= set(one):
        return True
    first, second = one[0].rstrip("."), other[0].rstrip(".")
    short = _nicknames()
    if short.get(first, first) == short.get(second, second):
        return True
    return first[0] == second[0] and (len(first) == 1 or len(second) == 1)


def _is_respelled(one: Sequence[str], other: Sequence[str]) -> bool:
    """The same given name, and one surname is the beginning of the other: a letter was lost."""
    if len(one) < 2 or len(other) < 2 or one[0] != other[0]:
        return False
    first, second = sorted((one[-1], other[-1]), key=len)
    return len(first) > 4 and second.startswith(first)


def _mention(words: _Words, persons: Sequence[_Person], by_part: Mapping[str, int]) -> None:
    """Adds every place where a person is named, by the whole name or by a part of it."""
    taken: set[int] = set()
    for person in persons:
        for one in person.candidates:
            taken.update(range(one.first, one.end))
            person.spans.add(Span(words.starts[one.first], words.ends[one.end - 1]))
    size, behind = len(words.words), 0
    for at in words.capitals:
        if at < behind or at in taken:
            continue
        place = by_part.get(_folded(words.words[at]))
        if place is None or _is_other(words, at, size):
            continue
        begin = end = at
        while (
            begin > 0 and words.masks[begin - 1] & _PARTICLE and words.is_joined(begin - 1) and begin - 1 not in taken
        ):
            begin -= 1
        while end + 1 < size and words.is_joined(end) and by_part.get(_folded(words.words[end + 1])) == place:
            end += 1
        persons[place].spans.add(Span(words.starts[begin], words.ends[end]))
        behind = end + 1


def _is_other(words: _Words, at: int, size: int) -> bool:
    """Whether a word only looks like a surname: "He", "May", "Kennedy Airport"."""
    mask = words.masks[at]
    is_spoken = at + 1 < size and bool(words.masks[at + 1] & _SAY)
    if mask & _FUNCTION or (mask & _NEVER and not is_spoken):
        return True
    if words.owner[at] >= 0 and not words.is_single(at):
        return True
    if words.words[at].isupper():
        return False
    after = at + 1
    return (
        after < size
        and words.is_joined(at)
        and words.words[after][0].isupper()
        and not words.words[after].isupper()
        and bool(words.masks[after] & _BODY)
    )


def _found_person(words: _Words, person: _Person, defaults: "_Defaults") -> FoundPerson:
    text = words.text
    fullest = max(person.candidates, key=lambda one: (len(one.parts), one.end - one.first, -one.first))
    full = Span(words.starts[fullest.first], words.ends[fullest.end - 1])
    ordered = sorted(person.candidates, key=lambda one: one.first)
    offices = [one.office for one in ordered if one.office is not None and one.office.rank > 0]
    office = max(offices, key=lambda one: one.rank, default=None)
    country = next((one.country for one in ordered if one.country is not None), None)
    if country is None and (office is None or not office.has_body):
        known = _country_of_leader(person.parts, office)
        country = known if known in defaults.named else None
        if country is None and office is not None and office.holder is None:
            country = defaults.country(office)
    others = sorted(person.spans - {full})
    return FoundPerson(
        name=text[full.start : full.end],
        office=" ".join(office.text.split()) if office is not None else None,
        country=country,
        mentions=(full, *others),
        office_span=Span(words.starts[office.first], words.ends[office.last]) if office is not None else None,
        rule=fullest.rule,
    )


def _country_of_leader(parts: Sequence[str], office: _Office | None) -> str | None:
    """The country of somebody whom the world's news names without it; taken only where the article names it."""
    known = _leaders().get(parts[-1]) or _leaders().get(parts[0], ())
    for leader in known:
        if len(parts) > 1 and leader.given & set(parts):
            return leader.country
    if len(parts) > 1:
        return None
    for leader in known:
        if leader.is_alone or (office is not None and office.is_state):
            return leader.country
    return None


class _Defaults:
    """Which country an office belongs to where nothing beside it says so."""

    def __init__(self, document: Document, names: Sequence[Name]) -> None:
        weights: Counter[str] = Counter()
        for name in names:
            if name.code is not None and name.kind in STANDS_FOR_COUNTRY:
                sentence = document.sentences[name.sentence]
                is_first = not weights and sentence.paragraph < 2
                weights[name.code] += 7 if is_first else 3 if sentence.is_title else 2 if sentence.paragraph < 2 else 1
        self._ranked = [code for code, _ in weights.most_common()]
        self._weights = weights
        self.named = frozenset(weights)  # countries that the article names at all
        self._held: set[tuple[str, str]] = set()

    def hold(self, office: _Office, country: str) -> None:
        """Notes that somebody holds an office of a country, so that nobody else is given it."""
        self._held.add((office.text.lower(), country))

    def country(self, office: _Office) -> str | None:
        """The country that an office without one belongs to; None where it need not be a state's."""
        if office.carried is not None:
            return office.carried
        worded = _by_wording(office.text)
        if worded is not None and (worded[1] or worded[0] in self._ranked or not self._ranked):
            return worded[0]
        if not office.is_state:
            return None
        text = office.text.lower()
        main = next(iter(self._ranked), None)
        for code in self._ranked:
            if (text, code) not in self._held and 5 * self._weights[code] >= self._weights[self._ranked[0]]:
                return code
        return worded[0] if worded is not None else main
