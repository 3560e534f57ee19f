"""Who speaks: every verb or phrase of an article that brings in somebody's words, with the speaker it names.

The ground that quotations and attributions share. Words between quotation marks are hidden before reading, so that
a verb inside a quotation never makes a speaker.
"""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cache

from generator.extract.names import Name, NameKind
from generator.extract.people import FoundPerson
from generator.extract.text import Document, Span
from generator.model import Channel
from generator.tables import table_rows

HIDDEN = "\x01"  # stands for each character of a quotation in the text that is read

_WORD = re.compile(r"[^\W_]\w*(?:[-’']\w+)*")
_POSSESSIVES = frozenset({"’s", "'s"})
_PARTED = re.compile(r",|\s[–—-]{1,2}\s|[–—]")  # what may stand around an apposition
_CLOSES = re.compile(r"[.,;:]|\s*$|\s*\n| (?:who|in|on|at|during|after|of)\b")  # behind the speaker of a report
_RUN_TOGETHER = re.compile(r"(?<=[a-z]{3})\. (?=[A-Z])")  # a sentence end that the splitter took for an abbreviation
_OFFICE_PARTS = re.compile(r",| and ")
_LONGEST_SUBJECT = 16  # words; longer stretches are no noun phrase
_MOST_MENTIONS = 8  # of people in a sentence whom a pronoun may mean
_NEAR, _FAR = 3, 4  # sentences back: a person named near goes before a subject far away
_MOST_TITLES = 6  # words between a comma and the name that an apposition ends with
_NEXT_NAME = 400  # characters in which a pronoun may run ahead of its name
_LONGEST_SENTENCE = 1200  # characters before a verb in which its subject is looked for
_SHORT_CLAUSE = 80  # characters between "the treaty states" and the words in marks
_FIRM_WINDOW = 800  # characters in which the name of "the bank" is looked for
_LONGEST_CLOSING = 120  # characters between a quotation and a verb in the present that closes its sentence
_LONGEST_CLAUSE = 60  # words looked at on either side of a verb


class Way(Enum):
    """How the words are brought in."""

    SAY = "say"  # a verb that may stand right beside a quotation
    URGE = "urge"  # the same, but it reports no fact: "asked", "promised"
    TELL = "tell"  # a verb of judgement or report
    HOLD = "hold"  # a verb of opinion or will: "agreed", "hoped"
    ACCORDING = "according"  # "according to …"


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaker:
    """Who speaks, as far as the article tells."""

    name: str  # the person's fullest name, else the words of the article
    person: int | None  # place in the tuple of people; None: an organisation, a role, a document
    start: int  # of the words that name the speaker here: "the minister", "He"
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """One verb or phrase of speech outside all quotations."""

    start: int  # of the verb or phrase
    end: int
    way: Way
    verb: str  # as written, lower case
    speaker: Speaker | None
    sentence: int  # place of its sentence among `Voices.bounds`
    is_inverted: bool  # the speaker stands behind the verb: "said Modi"


@cache
def table(name: str) -> tuple[tuple[str, ...], ...]:
    """The lines of a tab-separated data file, without its comments."""
    return tuple(table_rows(name))


def _read_verbs() -> tuple[dict[str, Way], frozenset[str]]:
    """Every form with its way, and the forms that are often no verb of speech: base forms and nouns."""
    verbs: dict[str, Way] = {}
    doubtful: set[str] = set()
    for base, kind, forms in table("say_verbs.tsv"):
        doubtful.update((base, base + "s"))
        for form in (base, *forms.split()):
            verbs[form] = Way(kind)
    return verbs, frozenset(doubtful - {"says", "adds", "tells", "reads"})


def _read_words() -> dict[str, frozenset[str]]:
    groups: dict[str, set[str]] = defaultdict(set)
    for group, words in table("speech_words.tsv"):
        groups[group].update(words.split())
    return {group: frozenset(words) for group, words in groups.items()}


def _read_genders() -> dict[str, dict[str, str]]:
    genders: dict[str, dict[str, str]] = defaultdict(dict)
    for kind, gender, words in table("name_genders.tsv"):
        genders[kind].update(dict.fromkeys(words.split(), gender))
    return genders


SAY_VERBS, _DOUBTFUL = _read_verbs()
BESIDE_WORDS = frozenset({Way.SAY, Way.URGE})
_CHANNELS = tuple((phrase, Channel(code)) for code, phrase in table("channels.tsv"))
_SOURCES = {line[0]: line[1] for line in table("news_sources.tsv")}
OUTLETS = frozenset(name for name, kind in _SOURCES.items() if kind != "platform")
PLATFORMS = frozenset(name for name, kind in _SOURCES.items() if kind == "platform")
_WORDS = _read_words()
VOUCHERS = _WORDS["voucher"]
NAMING, CALLING = _WORDS["naming"], _WORDS["calling"]
_PRONOUNS, _DETERMINERS, _PREPOSITIONS = _WORDS["pronoun"], _WORDS["determiner"], _WORDS["preposition"]
_INSIDE_NAMES, _STOPS, _SKIPPED = _WORDS["inside"], _WORDS["stop"], _WORDS["skipped"]
_TIME_WORDS, _DOCUMENTS, _GROUPS = _WORDS["time"], _WORDS["document"], _WORDS["group"]
_APPOSITION = _WORDS["apposition"]
_ASIDES, _FIRMS, _LAWS, _PAST = _WORDS["aside"], _WORDS["firm"], _WORDS["law"], _WORDS["past"]
_ONE_PERSON = frozenset({"he", "she"})
_GENDERS = _read_genders()
_TITLE_TAILS = (["of", "state"], ["of", "government"])
_OBJECTS = {"him": "he", "his": "he", "her": "she", "them": "they", "their": "they"}
_IN_HIS_WORDS = [["in", "his"], ["in", "her"], ["in", "their"]]
_GENDER_OF = {"he": "m", "she": "f"}
_PERSON_WORDS = frozenset(
    word
    for kind, words in table("person_words.tsv")
    if kind in {"head", "rank", "ruler", "role"}
    for word in words.split()
) | frozenset({"source", "one"})
_ROLES = {role: tuple(offices.split(" | ")) for role, offices in table("role_words.tsv")}
_RULING = frozenset({"with", "by", "to", "from", "between", "against", "at", "under", "for", "after", "before", "than"})
_WITH_HEARER = frozenset({"told", "tells", "assured", "assures", "informed", "informs"})  # what follows is who is told
_BARE_FORMS = frozenset(
    {"say", "read", "add", "write", "argue", "warn", "insist", "ask", "explain"}
)  # "…," say officials
_WITH_TO = frozenset({"commit", "commits", "committed", "committing"})  # no words of anybody without "to"
_ACCORDING = {"according": ["according", "to"], "words": ["in", "the", "words", "of"]}
_ACTING = frozenset((*SAY_VERBS, *_ACCORDING))  # where words may be brought in
_WEEKDAYS = frozenset(["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"])
_ADVERBIAL = frozenset({"in", "on", "at", "during", "after", "late", "early", "last"})
_ADVERBIAL_BEGINS = _WEEKDAYS | frozenset({"a", "an", "its", "his", "her", "their", "late", "early", "last"})
_AIDES = frozenset({"spokesman", "spokeswoman", "spokesperson", "aide", "adviser", "advisor", "lawyer", "attorney"})
_ALONE = frozenset({"this", "that", "these", "those", "many", "some", "one", "another"})  # may be subjects
_SEEN = frozenset({"seen", "obtained", "reviewed", "viewed", "shown"})
_ISSUED = frozenset({"issued", "issues", "released", "releases", "published", "publishes"})
_SUBORDINATORS = frozenset({"before", "after", "until", "since", "because"})
_OWNERS = frozenset({"’s", "'s", "s’", "s'"})
_TITLE_GAPS = frozenset({" ", ". "})
_OURSELVES = frozenset({"i", "we", "you"})
_PASSIVE = frozenset({"is", "are", "was", "were", "be", "been", "being"})
_ABBREVIATIONS = frozenset(line[0].lower() for line in table("abbreviations.tsv") if line[1] == "title")
_PROPER = r"(?P<name>[A-Z][\w&-]*(?:['’][A-Z]\w*)?(?: (?:of |de |al-)?[A-Z][\w&-]*){0,4})"
_ANY_FIRM = frozenset({"company", "firm", "group", "manufacturer", "maker", "giant", "corporation"})
_FIRM_KIND = re.compile(rf"\b(?:{'|'.join(sorted(_FIRMS))})\b")
_FIRM_BEHIND = re.compile(rf",? {_PROPER}(?=[,.;\s])")
_FIRM_BEFORE = re.compile(rf"(?:^|[^\w.]){_PROPER}, (?:an?|the|one of|\w+['’]s) [^,.;:\n\x01]{{0,60}}$")
_FIRM_NAME = re.compile(rf"^(?:[Tt]he |.{{2,30}}['’]s )?{_PROPER}$")
_JOINS = frozenset({" ", "’s ", "'s ", "’ ", "' ", "-", "/", ". ", ".", " (", ") ", " & "})  # inside a noun phrase


def channel_of(clause: str) -> Channel | None:
    """Where words were said, by the clause that brings them in."""
    low = clause.lower()
    return next((channel for phrase, channel in _CHANNELS if phrase in low), None)


def brings_in_words(text: str, position: int) -> bool:
    """Whether a clause such as "Singh said", "the minister told" or "said Singh" begins at a position."""
    words = text[position : position + 90].split("\n")[0].split()[:8]
    may_be_low = False  # behind a determiner a subject goes on in small letters
    for place, word in enumerate(words):
        bare = word.strip(".,;:—–-").lower()
        if SAY_VERBS.get(bare) in BESIDE_WORDS and (bare not in _DOUBTFUL or place == 0 < len(words) - 1):
            return bare not in _DOUBTFUL
        if (
            bare in _OURSELVES
            or word[-1] in '”»"'
            or (word[-1] in ".;:?!" and not (len(word) <= 4 and word[0].isupper()))
        ):
            return False
        if bare in _DETERMINERS:
            may_be_low = True
        elif word[0].islower() and not may_be_low and bare not in _SKIPPED | _ONE_PERSON | {"they", "it", "of"}:
            following = words[place + 1].strip(".,;:").lower() if place + 1 < len(words) else ""
            return bare in _GROUPS and SAY_VERBS.get(following) in BESIDE_WORDS
    return False


_TOLD = re.compile(
    r"\b(?:told|interview with|speaking to|citing|cited|according to|(?:quoted|carried|reported|published) by|"
    r"as saying by)\s+(?:[a-z’'-]+\s+){0,4}(?=[A-Z])"
)


def outlet_at(text: str, position: int, limit: int) -> Span | None:
    """The outlet whose name stands at a position: "Reuters", "New York Times"."""
    words = text[position : min(position + 40, limit)].split(" ")
    for length in (3, 2, 1):
        name = " ".join(words[:length]).rstrip(".,;:\n").removesuffix("’s").removesuffix("'s")
        if name in OUTLETS:
            return Span(position, position + len(name))
    return None


def told_outlet(text: str, start: int, end: int) -> Span | None:
    """The outlet that passes words on: "told Reuters", "was quoted as saying by TASS"."""
    for found in _TOLD.finditer(text, start, end):
        outlet = outlet_at(text, found.end(), end)
        if outlet is not None:
            return outlet
    return None


class Voices:
    """One article, ready to be asked who speaks where."""

    __slots__ = (
        "_acronyms",
        "_adjective_ends",
        "_at_end",
        "_at_start",
        "_genders",
        "_mention_starts",
        "_mentions",
        "_name_starts",
        "_named_ends",
        "_names",
        "_noun_ends",
        "_offices",
        "_people",
        "_places",
        "acts",
        "bounds",
        "ends",
        "lows",
        "starts",
        "text",
    )

    def __init__(
        self, document: Document, names: Sequence[Name], people: Sequence[FoundPerson], hidden: Iterable[Span] = ()
    ) -> None:
        """Read a document once.

        Args:
            document: The article.
            names: Its names of countries and organisations.
            people: Its people; places in this sequence are what `Speaker.person` means.
            hidden: Quotations, in order, that are not to be read.
        """
        self.text = _hide(document.text, hidden)
        self.bounds = [
            s.start for s in document.sentences if self.text[s.start] != HIDDEN or _opens(self.text, s.start)
        ]
        self._people = people
        low = _lower(self.text)
        spans = [word.span() for word in _WORD.finditer(low)]
        self.starts = [start for start, _ in spans]
        self.ends = [end for _, end in spans]
        self.lows = [low[start:end] for start, end in spans]  # without "’s"
        for place, word in enumerate(self.lows):
            if word[-1] == "s" and word[-2:] in _POSSESSIVES:
                self.lows[place] = word[:-2]
                self.ends[place] -= 2
        self._find_mentions()
        self._names = names
        self._name_starts = [name.start for name in names]
        self._adjective_ends = frozenset(name.end for name in names if name.kind == NameKind.ADJECTIVE)
        self._noun_ends = frozenset(name.end for name in names if name.kind in {NameKind.COUNTRY, NameKind.PEOPLE})
        self._named_ends = frozenset(name.end for name in names) | self._at_end.keys()
        self._offices: dict[tuple[str, bool], list[int]] | None = None
        self._genders: tuple[str | None, ...] | None = None
        self._places: dict[int, list[int]] = {}  # where each person is named
        self._acronyms: dict[str, str] = {}
        self.acts = self._find_acts()

    # -- people ------------------------------------------------------------------------------------

    def _find_mentions(self) -> None:
        """All places where a person is named, by the people room's mentions and by surname."""
        spans: dict[int, tuple[int, int]] = {}
        surnames: dict[str, tuple[str, int]] = {}
        for index, person in enumerate(self._people):
            for mention in person.mentions:
                spans[mention.start] = (mention.end, index)
            last = person.name.split()[-1]
            surnames.setdefault(last.lower(), (last, index))
            if "-" in last and last[0].islower():  # "al-Sayed"
                surnames.setdefault(last.split("-", 1)[1].lower(), (last.split("-", 1)[1], index))
        for index, person in enumerate(self._people):  # "Mr Lee" for "Lee Wei"
            first = person.name.split()[0]
            surnames.setdefault(first.lower(), (first, index))
        covered = -1
        for start, end, low in zip(self.starts, self.ends, self.lows, strict=True):
            if start in spans:
                covered = max(covered, spans[start][0])
            elif low in surnames and start >= covered and self.text[start:end] == surnames[low][0]:
                spans[start] = (end, surnames[low][1])
        self._mentions = [
            (start, end, index) for start, (end, index) in sorted(spans.items()) if self.text[start] != HIDDEN
        ]
        self._mention_starts = [m[0] for m in self._mentions]
        self._at_end = {end: (start, index) for start, end, index in self._mentions}
        self._at_start = {start: (end, index) for start, end, index in self._mentions}

    def _person(self, start: int, end: int, index: int) -> Speaker:
        return Speaker(name=self._people[index].name, person=index, start=start, end=end)

    def _gender(self, person: int) -> str | None:
        """Whether a person is "m" or "f", by "Mr" or "Ms" before the name, the office, or the name; None: not known."""
        if self._genders is None:
            titles: dict[int, str] = {}
            for start, _, index in self._mentions:
                token = bisect_right(self.starts, start) - 2
                title = (
                    _GENDERS["title"].get(self.lows[token]) if token >= 0 and self._gap(token) in _TITLE_GAPS else None
                )
                if title is not None:
                    titles.setdefault(index, title)
            self._genders = tuple(
                titles.get(index) or _gender_of_office(one.office or "") or _gender_of_name(one.name)
                for index, one in enumerate(self._people)
            )
        return self._genders[person]

    def _may_be(self, speaker: Speaker, gender: str | None) -> bool:
        """Whether "he" or "she" may mean a speaker; only what is known to be otherwise is refused."""
        known = self._gender(speaker.person) if speaker.person is not None else _gender_of_office(speaker.name.lower())
        return gender is None or known is None or known == gender

    def _subject_person(self, start: int, end: int) -> Speaker | None:
        """The first person between two positions who is neither an owner ("Putin's") nor behind a preposition."""
        start = max(start, end - _LONGEST_SENTENCE)
        for place in range(bisect_right(self._mention_starts, start - 1), len(self._mentions)):
            begin, stop, index = self._mentions[place]
            if stop > end:
                break
            if self.text[stop : stop + 2] in _OWNERS:
                continue
            if self._is_behind_preposition(begin):
                continue
            return self._person(begin, stop, index)
        return None

    def _is_behind_preposition(self, position: int) -> bool:
        """Whether a preposition or an -ing verb rules the name at a position, over its title and "A and"."""
        token = bisect_right(self.starts, position) - 1
        for _ in range(8):
            token -= 1
            if token < 0:
                return False
            gap, low = self._gap(token), self.lows[token]
            if any(mark in gap for mark in ",;:\n" + HIDDEN) or _is_full_stop(gap, low):
                return False
            if low in _RULING or (low.endswith("ing") and self.text[self.starts[token]].islower()):
                return True
            if (low in SAY_VERBS and low not in _DOUBTFUL) or (low in _STOPS and low != "and"):
                return False
        return False

    # -- acts --------------------------------------------------------------------------------------

    def _find_acts(self) -> list[Act]:
        acts: list[Act] = []
        lows = self.lows
        for token in [token for token, low in enumerate(lows) if low in _ACTING]:
            low = lows[token]
            way = SAY_VERBS.get(low)
            if way is not None:
                if self._is_verb_here(token, low):
                    self._add_act(acts, token, way)
            elif low in _ACCORDING and lows[max(token - 2, 0) : token + 2][-len(_ACCORDING[low]) :] == _ACCORDING[low]:
                acts.append(self._according(acts, token))
            elif low == "words" and lows[max(token - 2, 0) : token] in _IN_HIS_WORDS:
                acts.append(self._in_his_words(acts, token))
        return acts

    def _is_verb_here(self, token: int, low: str) -> bool:
        """Whether a form brings words in here: no name ("Said"), no noun ("his comments"), no "from saying"."""
        start, end = self.starts[token], self.ends[token]
        before = self.lows[token - 1] if token else ""
        gap = self.text[self.ends[token - 1] if token else 0 : start]
        if HIDDEN in gap[-4:]:
            is_noun = low in _DOUBTFUL and not low.endswith("s") and low not in _BARE_FORMS
            return self.text[start].islower() and not is_noun
        if self.text[start].isupper() or self.text[end : end + 1] == "-":
            return False
        following = self.lows[token + 1] if token + 1 < len(self.lows) and self._gap(token).isspace() else ""
        if gap.strip() in {"'s", "’s", "s'", "s’"}:
            return False
        if not gap.strip() and (
            before in _DETERMINERS
            or (before in _PREPOSITIONS and not low.endswith("ing"))
            or (low == "written" and before not in {"has", "have", "had"})
        ):
            return before in _ALONE and low not in _DOUBTFUL
        if low.endswith("ing") and before in {"from", "to", "of", "for", "before", "without", "at"} and not gap.strip():
            return False
        if (following == "to" and low.startswith("continue")) or (following != "to" and low in _WITH_TO):
            return False
        if low not in _DOUBTFUL:
            return True
        if gap.strip() or not token:
            return False
        if not low.endswith("s"):
            if low == "read" and before in _DOCUMENTS:
                return True
            return before in _GROUPS or before in {"they", "who"} or (before not in _STOPS and before.endswith("ials"))
        if self.ends[token - 1] in self._adjective_ends:
            return False
        leads = self.text[end : end + 6].lstrip(" ,:")[:1] == HIDDEN or following == "that"
        if low == "states":
            return leads or (before in _LAWS and HIDDEN in self.text[end : end + _SHORT_CLAUSE])
        judges = following in _PRONOUNS and HIDDEN in self.text[end : end + _SHORT_CLAUSE]  # "thinks it is “…”"
        if judges or self._closes_quotation(token):
            return True
        return leads or before in _PRONOUNS or self.ends[token - 1] in self._named_ends

    def _closes_quotation(self, token: int) -> bool:
        """Whether a form in -s ends the clause behind a quotation: "…," the press service of the ministry reports."""
        start = self.starts[token]
        if self.text[self.ends[token] : self.ends[token] + 1] not in {".", ","}:
            return False
        begin = self.text.rfind(HIDDEN, max(0, start - _LONGEST_CLOSING), start) + 1
        between = self.text[begin:start]
        return begin > 0 and not any(mark in between for mark in ".;:\n") and "according to" not in between

    def _add_act(self, acts: list[Act], token: int, way: Way) -> None:
        start, end = self.starts[token], self.ends[token]
        sentence = bisect_right(self.bounds, start) - 1
        floor = self.bounds[sentence] if sentence >= 0 else 0
        speaker, is_inverted = None, False
        if self._is_passive(token):
            if token + 2 >= len(self.lows) or self.lows[token + 1] != "by":
                return
            speaker, is_inverted = self._behind(token + 2, acts), True
        elif way in BESIDE_WORDS and self._follows_quotation(token):
            speaker = self._behind(token + 1, acts)
            is_inverted = speaker is not None
        elif (
            way is Way.SAY
            and "," in self._gap(token - 1)
            and not self.lows[token].endswith("ing")
            and self.lows[token] not in _WITH_HEARER
            and self.lows[token - 1] not in _ASIDES
        ):
            speaker = self._behind_report(token, floor, acts)
            is_inverted = speaker is not None
        if speaker is None:
            speaker = self._before(token, floor, acts, sentence)
        if speaker is not None and speaker.name.lower() in _OURSELVES:
            return
        acts.append(
            Act(
                start=start,
                end=end,
                way=way,
                verb=self.lows[token],
                speaker=speaker,
                sentence=sentence,
                is_inverted=is_inverted,
            )
        )

    def _is_passive(self, token: int) -> bool:
        """Whether something is said of the subject, not by it: "was announced", "described by officials as"."""
        if self.lows[token].endswith(("ing", "s")):
            return False
        if token + 1 < len(self.lows) and self.lows[token + 1] == "by" and self._gap(token) == " ":
            return True
        place = token - 1
        while place > 0 and self._is_adverb(place) and not self._gap(place).strip():
            place -= 1
        return place >= 0 and self.lows[place] in _PASSIVE and not self._gap(place).strip()

    def _behind_report(self, verb: int, floor: int, acts: Sequence[Act]) -> Speaker | None:
        """The speaker behind the verb that closes a report without marks: "The pact is ready, said Mr Lee."."""
        following = self.lows[verb + 1] if verb + 1 < len(self.lows) else ""
        if not following or self._gap(verb) != " " or self._apposed_person(floor, self.starts[verb]) is not None:
            return None
        is_plain = self.text[self.starts[verb + 1]].isupper() or following in _DETERMINERS
        speaker = self._behind(verb + 1, acts)
        if not is_plain and (speaker is None or speaker.person is None):
            return None  # "said spokesman Lee", but not "said nothing"
        if speaker is None or not _CLOSES.match(self.text, speaker.end):
            return None
        return speaker

    def _follows_quotation(self, token: int) -> bool:
        gap = self.text[self.ends[token - 1] if token else 0 : self.starts[token]]
        return HIDDEN in gap[-4:]

    def _according(self, acts: Sequence[Act], token: int) -> Act:
        start, end = self.starts[token], self.ends[token + 1]
        return Act(
            start=start,
            end=end,
            way=Way.ACCORDING,
            verb="according to",
            speaker=self._pronoun(token + 2, acts) if self._is_object(token + 2) else self._behind(token + 2, acts),
            sentence=bisect_right(self.bounds, start) - 1,
            is_inverted=True,
        )

    def _is_object(self, token: int) -> bool:
        """Whether "him", "her" or "them" stands here alone: "according to her," but not "according to her office"."""
        return token < len(self.lows) and self.lows[token] in _OBJECTS and self._gap(token) != " "

    def _in_his_words(self, acts: Sequence[Act], token: int) -> Act:
        """The act in "In his words, …"."""
        return Act(
            start=self.starts[token - 2],
            end=self.ends[token],
            way=Way.ACCORDING,
            verb="in the words",
            speaker=self._pronoun(token - 1, acts),
            sentence=bisect_right(self.bounds, self.starts[token]) - 1,
            is_inverted=True,
        )

    # -- subject before the verb ---------------------------------------------------------------------

    def _before(self, verb: int, floor: int, acts: Sequence[Act], sentence: int) -> Speaker | None:
        """The subject of the verb at a token, looked for back to the beginning of its sentence."""
        lows, token = self.lows, verb - 1
        gap = self._gap(token)
        if token > 0 and lows[token] == "as":
            quoted = next((t for t in range(token - 1, max(token - 6, -1), -1) if lows[t] in {"quoted", "cited"}), None)
            between = lows[quoted + 1 : token] if quoted is not None else []
            is_passive = quoted is not None and (not between or between[0] == "by" or between[-1] in _TIME_WORDS)
            token = quoted - 1 if quoted is not None and is_passive else token - 1  # else "quoted Lee as saying"
            gap = ""
        while (token >= 0 and self.starts[token] >= floor and not gap.strip() and lows[token] in _SKIPPED | {"to"}) or (
            token >= 0 and self.starts[token] >= floor and not gap.strip() and self._is_adverb(token)
        ):
            token -= 1
            gap = self._gap(token)
        if token > 0 and lows[token] in _ASIDES and "," in gap and self._gap(token - 1) == ", ":
            token, gap = token - 1, ""  # "the ministry, however, said"
        if token < 0 or self.starts[token] < floor:
            return None
        low = lows[token]
        if HIDDEN in gap or ":" in gap or ";" in gap:
            return self._inherited(floor, verb, acts, sentence)
        if lows[verb].endswith("ing") and gap == " " and self._follows_with(token, floor):
            return self._phrase_ending(token, floor, acts)
        if low in {"and", "but", "or", "then", "by", "while", "when"} or (
            lows[verb].endswith("ing") and lows[verb - 1] not in _PASSIVE | {"as"}
        ):
            return self._inherited(floor, verb, acts, sentence)
        if _PARTED.search(gap):
            return self._before_comma(token, floor, verb, acts, sentence)
        if low in {"who", "which", "that"} and self._gap(token - 1).strip() in {"", ","} and token:
            return self._phrase_ending(token - 1, floor, acts)
        return self._phrase_ending(token, floor, acts)

    def _follows_with(self, last: int, floor: int) -> bool:
        """Whether a name that ends at a token stands behind ", with": "…, with Lee calling the talks"."""
        if self.ends[last] not in self._named_ends or self.ends[last] in self._adjective_ends:
            return False
        for token in range(last - 1, max(last - 12, 0), -1):
            if self.starts[token] < floor or any(mark in self._gap(token) for mark in ",;:" + HIDDEN):
                return False
            if self.lows[token] == "with":
                return self._gap(token - 1).strip() == ","
        return False

    def person_near(self, start: int, end: int) -> Speaker | None:
        """The first person named between two positions."""
        place = bisect_right(self._mention_starts, start - 1)
        if place < len(self._mentions) and self._mentions[place][1] <= end:
            return self._person(*self._mentions[place])
        return None

    def speaker_at(self, position: int, acts: Sequence[Act]) -> Speaker | None:
        """The noun phrase that begins with the first word at or behind a position."""
        return self._behind(bisect_right(self.starts, position - 1), acts)

    def _gap(self, token: int) -> str:
        """The text between a token and the next."""
        if token < 0:
            return ""
        return self.text[self.ends[token] : self.starts[token + 1] if token + 1 < len(self.starts) else len(self.text)]

    def _inherited(self, floor: int, verb: int, acts: Sequence[Act], sentence: int) -> Speaker | None:
        """The subject of a verb that has none of its own: the speaker before it in the sentence, else its subject."""
        for stop in _RUN_TOGETHER.finditer(self.text, max(floor, self.starts[verb] - 300), self.starts[verb]):
            floor = stop.end()
        for act in reversed(acts[-6:]):
            is_here = act.sentence == sentence and act.start >= floor
            if is_here and act.speaker and (act.is_inverted or not self._is_subordinate(act.speaker.start)):
                return act.speaker
        return self.subject(floor, self.starts[verb], acts)

    def _is_subordinate(self, position: int) -> bool:
        """Whether a subject stands in a clause of time or reason: "before they had concluded"."""
        token = bisect_right(self.starts, position - 1) - 1
        return token >= 0 and self.lows[token] in _SUBORDINATORS and self._gap(token) == " "

    def subject(self, floor: int, ceiling: int, acts: Sequence[Act]) -> Speaker | None:
        """The subject of a clause between two positions: a person, else its first noun phrase or pronoun."""
        person = self._subject_person(floor, ceiling)
        if person is not None:
            return person
        token = bisect_right(self.starts, floor - 1)
        limit = min(len(self.starts), token + _LONGEST_CLAUSE)
        if token < limit and self.lows[token] in _PREPOSITIONS | _TIME_WORDS:
            while token < limit and "," not in self._gap(token) and self.starts[token] < ceiling:
                token += 1
            token += 1
        if token >= limit or self.starts[token] >= ceiling:
            return None
        if self.lows[token] in _PRONOUNS:
            return self._pronoun(token, acts)
        return self._behind(token, acts)

    def _before_comma(self, token: int, floor: int, verb: int, acts: Sequence[Act], sentence: int) -> Speaker | None:
        """The subject of a verb behind a comma: "Perry, the energy minister, said", "the ministry, which …, said"."""
        person = self._apposed_person(floor, self.starts[verb])
        if person is not None:
            return person
        first = token
        while (
            first > 0 and not _PARTED.search(self._gap(first - 1)) and self.starts[first] > floor and token - first < 25
        ):
            first -= 1
        opens_apposition = (
            self.lows[first] in _PREPOSITIONS
            or self.lows[first] in _APPOSITION | _SEEN
            or self.lows[first].endswith("ed")
        )
        if first > 0 and self.starts[first] > floor and (opens_apposition or self.lows[first].endswith("ing")):
            head = self._phrase_ending(first - 1, floor, acts)
            is_vague = head is not None and head.name.lower().startswith("one of ")  # "One of these groups, the …"
            return self._phrase_ending(token, floor, acts) if is_vague else head
        if self.starts[first] <= floor and self.lows[first] in _PREPOSITIONS:
            return self._inherited(floor, verb, acts, sentence)
        return self._phrase_ending(token, floor, acts)

    def _apposed_person(self, floor: int, ceiling: int) -> Speaker | None:
        """The person of a clause who stands between commas, or between the sentence's beginning and a comma."""
        floor = max(floor, ceiling - _LONGEST_SENTENCE)
        for place in range(bisect_right(self._mention_starts, floor - 1), len(self._mentions)):
            begin, stop, index = self._mentions[place]
            if stop > ceiling:
                break
            behind = self.text[stop : stop + 2]
            if (behind[:1] in {",", "("} or behind in {" (", " –", " —"}) and not self._is_behind_preposition(begin):
                return self._person(begin, stop, index)
        return None

    def _is_adverb(self, token: int) -> bool:
        """Whether a word may stand between a speaker and the verb: "strongly", but not "Joly"."""
        return self.lows[token].endswith("ly") and self.text[self.starts[token]].islower()

    def _phrase_ending(self, token: int, floor: int, acts: Sequence[Act]) -> Speaker | None:
        """The noun phrase whose last word is at a token."""
        if token < 0:
            return None
        if self.lows[token] in _PRONOUNS:
            return self._pronoun(token, acts)
        if self.ends[token] in self._at_end:
            start, index = self._at_end[self.ends[token]]
            return self._aide(start) or self._person(start, self.ends[token], index)
        first = token
        if ")" in self._gap(token) and "(" in self._gap(token - 1) and token:
            first = token - 1  # "the Syrian Democratic Forces (SDF) said"
        while first > 0 and token - first < _LONGEST_SUBJECT and self._reaches_back(first, floor):
            first -= 1
        for place in range(first, token):
            found = self._at_start.get(self.starts[place])
            if found is None or self.text[found[0] : found[0] + 1] != " ":
                continue
            behind = bisect_right(self.starts, found[0])
            if self.lows[behind] == "of" or (
                self.lows[behind] in _PREPOSITIONS and not self._is_behind_preposition(self.starts[place])
            ):  # "President Ann Lee of Ruritania said", "Ann Lee on Monday said"
                return self._person(self.starts[place], found[0], found[1])
        if self.lows[first] in _PREPOSITIONS and self.starts[first] > floor and self._gap(first - 1) == " ":
            subject = self._subject_person(floor, self.starts[first])  # "Lee, speaking to the council, said"
            if subject is not None:
                return subject
        is_made = first > 2 and self.lows[first - 3] in _DOCUMENTS and self.lows[first - 2].endswith("ed")
        if is_made and self.starts[first - 3] >= floor and self._gap(first - 1) == self._gap(first - 3) == " ":
            return self._phrase_ending(first - 3, floor, acts)  # "a statement issued after the summit said"
        return self._phrase(self._without_lead(first, token), token, acts)

    def _reaches_back(self, first: int, floor: int) -> bool:
        """Whether the noun phrase that begins at a token goes on to the left of it."""
        if self.starts[first - 1] < floor:
            return False
        gap, before, here = self._gap(first - 1), self.lows[first - 1], self.lows[first]
        if gap not in _JOINS:
            return False
        if _is_full_stop(gap, before):
            return False
        if before in _STOPS or before in _PRONOUNS or (before in SAY_VERBS and before not in _DOUBTFUL):
            return False
        if here in _DETERMINERS:
            return before in _INSIDE_NAMES or before == "by"
        return True

    def _without_lead(self, first: int, last: int) -> int:
        """A phrase without "On Monday", "In Moscow" and the like before it."""
        if self.lows[first] not in _PREPOSITIONS | _TIME_WORDS:
            return first
        for token in range(first + 1, last + 1):
            if self.lows[token] in _DETERMINERS and self.lows[token - 1] not in _INSIDE_NAMES:
                return token
        step = first + 2
        return min(step, last)

    # -- subject behind the verb ---------------------------------------------------------------------

    def _behind(self, token: int, acts: Sequence[Act]) -> Speaker | None:
        """The noun phrase that begins at a token: "said the ministry", "according to TASS"."""
        if token >= len(self.starts):
            return None
        if self.lows[token] in _PRONOUNS:
            return self._pronoun(token, acts)
        last = token - 1
        for place in range(token, min(token + _LONGEST_SUBJECT, len(self.starts))):
            if self.starts[place] in self._at_start and not self._owns(place):
                return self._person_at(place, token, acts)
            low = self.lows[place]
            if place > token and (
                low in _PRONOUNS
                or (low in _STOPS and not self._joins_office(place))
                or low in _TIME_WORDS - {"in", "to", "at"}
                or (low in SAY_VERBS and low not in _DOUBTFUL)
            ):
                break
            last = place
            gap = self._gap(place)
            if self.ends[place] in self._noun_ends and gap == " " and self._next_is_past(place):
                break
            if gap not in _JOINS or gap == ") " or _is_full_stop(gap, low):
                break
        if last < token or self.lows[token] in _STOPS | _TIME_WORDS:
            return None
        named = self._named_behind_comma(last)
        return named or self._phrase(token, last, acts)

    def _joins_office(self, token: int) -> bool:
        """Whether "and" stands inside an office before a name: "Trade and Industry Minister Ann Lee"."""
        if self.lows[token] != "and" or self.ends[token - 1] in self._named_ends or token + 1 >= len(self.starts):
            return False
        beside = (self.starts[token - 1], self.starts[token + 1])
        if not all(self.text[start].isupper() for start in beside):
            return False
        for place in range(token + 1, min(token + 9, len(self.starts))):
            if self.starts[place] in self._at_start:
                return place > token + 1
            if self._gap(place) not in _TITLE_GAPS or not self.text[self.starts[place]].isupper():
                return False
        return False

    def _next_is_past(self, token: int) -> bool:
        """Whether a verb in the past follows: "The Ruritanians signed"."""
        following = self.lows[token + 1] if token + 1 < len(self.lows) else ""
        return (following.endswith("ed") or following in _PAST) and self.text[self.starts[token + 1]].islower()

    def _owns(self, token: int) -> bool:
        end, _ = self._at_start[self.starts[token]]
        return self.text[end : end + 2] in {"’s", "'s", "’ ", "' "}

    def _person_at(self, place: int, first: int, acts: Sequence[Act]) -> Speaker | None:
        """The person named at a token, unless a preposition makes the phrase before the name the speaker."""
        start = self.starts[place]
        end, index = self._at_start[start]
        between = self.lows[first:place]
        for offset, low in enumerate(between):
            if low in {"for", "to", "of"} and offset and not self._is_title_before(first + offset, place):
                return self._phrase(first, max(first + offset - 1, first), acts)
        return self._person(start, end, index)

    def _aide(self, name: int) -> Speaker | None:
        """Who speaks for the person named at a position: "a spokesman for Prime Minister Ann Lee"."""
        here = bisect_right(self.starts, name) - 1
        for token in range(here - 1, max(here - 6, 0), -1):
            if self._gap(token) not in _TITLE_GAPS:
                return None
            if self.lows[token] in {"for", "to"}:
                is_title = token + 1 == here or self.lows[here - 1] in _PERSON_WORDS
                role = token - 1
                if not is_title or self.lows[role] not in _AIDES or self._gap(role) != " ":
                    return None
                return Speaker(name=self.lows[role], person=None, start=self.starts[role], end=self.ends[role])
            if self.text[self.starts[token]].islower():
                return None
        return None

    def _is_title_before(self, preposition: int, name: int) -> bool:
        """Whether words between a preposition and a name complete an office: "minister of defense Ann Lee"."""
        return name - preposition >= 2

    def _named_behind_comma(self, last: int) -> Speaker | None:
        """The person in "said the bank's president, Ann Lee", also behind a title: "…, Rep. Ann Lee"."""
        if self._gap(last) != ", ":
            return None
        for place in range(last + 1, min(last + 1 + _MOST_TITLES, len(self.starts))):
            found = self._at_start.get(self.starts[place])
            if found is not None:
                return self._person(self.starts[place], found[0], found[1])
            gap, low = self._gap(place), self.lows[place]
            if gap not in {" ", ". "} or _is_full_stop(gap, low) or low in _STOPS | _PREPOSITIONS | _PRONOUNS:
                return None
            if low in SAY_VERBS and low not in _DOUBTFUL:
                return None
        return None

    # -- from words to a speaker -----------------------------------------------------------------------

    def _phrase(self, first: int, last: int, acts: Sequence[Act]) -> Speaker | None:
        """The speaker that a noun phrase means: a person by office, the author of a document, else the words."""
        if first > last:
            return None
        if last - first >= 2 and self.lows[last - 1] == "in" and self.text[self.starts[last]].isupper():
            last -= 2  # "foreign ministers in Cairo"
        last = self._without_adverbial(first, last)
        seen = next((token for token in range(first + 1, last) if self.lows[token] in _SEEN), last)
        if seen < last and self.lows[seen + 1] == "by":
            first, last = first + (self.lows[first] in _DETERMINERS), seen - 1  # "the draft seen by an agency"
            return Speaker(
                name=self.text[self.starts[first] : self.ends[last]],
                person=None,
                start=self.starts[first],
                end=self.ends[last],
            )
        head = self._head(first, last)
        if self.lows[head] in _DOCUMENTS:
            return self._author(first, head, last, acts)
        if self.lows[first] in {"the", "his", "her", "its"}:
            person = self._office_holder(first, last, head, acts)
            if person is not None:
                return person
        if last == first + 1 and self.lows[first] == "the" and self.lows[last] in _FIRMS:
            firm = self._firm(self.lows[last], self.starts[first], acts)
            if firm is not None:
                return Speaker(name=firm.name, person=None, start=self.starts[first], end=self.ends[last])
        article = self.lows[first] if first < last else ""
        has_name = any(self.text[self.starts[token]].isupper() for token in range(first + 1, last + 1))
        if article in {"a", "an", "some", "several"} or (article == "the" and has_name):
            first += 1
        start, end = self.starts[first], self.ends[last]
        words = self.text[start:end]
        if "(" in words and ")" not in words:
            end = self.ends[last] + 1 if self.text[self.ends[last] : self.ends[last] + 1] == ")" else end
            words = self.text[start:end]
        if not any(c.isalpha() for c in words) or (
            words.lower() in _STOPS | _DETERMINERS | _TIME_WORDS and words.lower() != "another"
        ):
            return None
        if words[-1] == ")" and words.rpartition(" (")[2][:-1].isupper():
            end -= len(words) - words.rindex(" (")  # "the World Health Organization (WHO)"
            words = self.text[start:end]
        return Speaker(name=self._full_name(words), person=None, start=start, end=end)

    def _without_adverbial(self, first: int, last: int) -> int:
        """The last word of a phrase without "on Monday" or "in a statement" behind it."""
        for token in range(first + 1, last):
            if self.lows[token] in _ADVERBIAL and self.lows[token + 1] in _ADVERBIAL_BEGINS:
                return token - 1
        return last - 1 if last > first and self.lows[last] in _WEEKDAYS else last

    def _head(self, first: int, last: int) -> int:
        """The word a noun phrase is about: the last before a preposition."""
        for token in range(first + 1, last + 1):
            if self.lows[token] in _PREPOSITIONS:
                return token - 1
        return last

    def _author(self, first: int, head: int, last: int, acts: Sequence[Act]) -> Speaker | None:
        """Who wrote "a statement by the ministry", "the ministry's letter", "the message"."""
        limit = min(head + 12, len(self.starts))
        for token in range(head + 1, limit):
            if self.lows[token] in {"by", "from", "of"} and token + 1 < limit:
                return self._behind(token + 1, acts)
            if any(mark in self._gap(token - 1) for mark in ".,;:\n"):
                break
        for token in range(head - 1, first - 1, -1):
            if self._gap(token) in {"’s ", "'s ", "’ ", "' "}:
                return self._phrase_ending(token, self.starts[first], acts)
        if head > first and self.lows[head - 1] not in _DETERMINERS and self.text[self.starts[head - 1]].isupper():
            return Speaker(
                name=self.text[self.starts[first] : self.ends[last]].removeprefix("the ").removeprefix("The "),
                person=None,
                start=self.starts[first],
                end=self.ends[last],
            )
        if "joint" in self.lows[first:head]:  # of several authors, none of whom alone has spoken
            begin = self.starts[first + (self.lows[first] in _DETERMINERS)]
            return Speaker(name=self.text[begin : self.ends[last]], person=None, start=begin, end=self.ends[last])
        before = self._issuer(self.lows[head], acts)
        before = before or self._last_speaker(self.starts[first], acts, wants_person=False)
        before = before or self._last_speaker(self.starts[first], acts, wants_person=True)
        words = self.text[self.starts[first] : self.ends[last]]
        return Speaker(
            name=before.name if before else words,
            person=before.person if before else None,
            start=self.starts[first],
            end=self.ends[last],
        )

    def _issuer(self, document: str, acts: Sequence[Act]) -> Speaker | None:
        """Who "said in a statement", "issued a statement" last: the author of "the statement"."""
        for act in reversed(acts[-16:]):
            if act.speaker is None or not (act.way is Way.SAY or act.verb in _ISSUED):
                continue
            stop = self.bounds[act.sentence + 1] if act.sentence + 1 < len(self.bounds) else len(self.text)
            behind = self.text[act.end : min(act.end + _SHORT_CLAUSE, stop)].lower()
            if re.search(rf"\b(?:an?|the|its|his|her) (?:\w+ )?{document}\b", behind):
                return act.speaker
        return None

    def _firm(self, noun: str, position: int, acts: Sequence[Act]) -> Speaker | None:
        """The name that "the bank" takes up: "the country's largest bank, Alpha", or "Alpha, a bank" said before."""
        start = max(0, position - _FIRM_WINDOW)
        window = self.text[start:position]
        found: Speaker | None = None
        for kind in _FIRM_KIND.finditer(window):
            if kind.group() != noun and noun not in _ANY_FIRM:
                continue
            name = _FIRM_BEHIND.match(window, kind.end()) or _FIRM_BEFORE.search(
                window[max(0, kind.start() - 120) : kind.start()]
            )
            if name is None:
                continue
            offset = start if name.re is _FIRM_BEHIND else start + max(0, kind.start() - 120)
            begin, end = name.start("name") + offset, name.end("name") + offset
            if end not in self._named_ends:
                found = Speaker(name=name["name"], person=None, start=begin, end=end)
        for act in reversed(acts[-8:]):
            one = act.speaker
            if one is None or one.person is not None or one.start < (found.start if found else start):
                continue
            name = _FIRM_NAME.search(one.name)
            if name is not None and one.end not in self._named_ends and name["name"] not in OUTLETS:
                return Speaker(name=name["name"], person=None, start=one.start, end=one.end)
        return found

    def _office_holder(self, first: int, last: int, head: int, acts: Sequence[Act]) -> Speaker | None:
        """The person whom "the minister" or "the Greek prime minister" means: the last subject with that office.

        A country or organization in the phrase leaves only its own people, where it has any.
        """
        words = [self.lows[t] for t in range(first + 1, head + 1) if self.text[self.starts[t]].islower()]
        if self.lows[head] not in words:  # "the Head of State", "the President of Ruritania"
            words.append(self.lows[head])
        words = [word for word in words if word != "then"]
        behind = [self.lows[t] for t in range(head + 1, last + 1)]
        if words[-1] == "counterpart":  # whoever of the country named, in whatever office
            everybody = set(range(len(self._people)))
            holders = self._of_country(everybody, first, last)
            return self._latest(holders, first, last, acts) if len(holders) < len(everybody) else None
        holders = self._of_country(self._holders(words), first, last)
        for role in (" ".join([*words, *behind]), " ".join(words), words[-1]):
            if not holders:
                kin = {index for office in _ROLES.get(role, ()) for index in self._holders(office.split())}
                holders = self._of_country(kin, first, last)
                if kin:
                    break
        is_bare = len(words) == last - first <= 2 and not behind
        if not holders and words[-1] in _PERSON_WORDS and (is_bare or behind in _TITLE_TAILS):
            holders = self._only_one(acts)
        return self._latest(holders, first, last, acts)

    def _only_one(self, acts: Sequence[Act]) -> set[int]:
        """The one person who can be meant by a bare title: the only speaker so far, of whom no office is told."""
        spoken = {act.speaker.person for act in acts[-24:] if act.speaker is not None}
        everybody = {index for index in spoken if index is not None} or set(range(len(self._people)))
        return everybody if len(everybody) == 1 and not any(self._people[one].office for one in everybody) else set()

    def _latest(self, holders: set[int], first: int, last: int, acts: Sequence[Act]) -> Speaker | None:
        """The one of several people who was last a subject or last named, as meant by a phrase."""
        if not holders:
            return None
        start = self.starts[first]
        spoke = {act.speaker.person: act.speaker.start for act in acts[-24:] if act.speaker is not None}
        named = {index: self._last_mentions(index, start) for index in holders}
        subject = {index: max(self._last_subject(named[index]), spoke.get(index, -1)) for index in holders}
        index = max(holders, key=lambda one: (subject[one], max(named[one], default=-1), one))
        return self._person(start, self.ends[last], index) if named[index] or len(holders) == 1 else None

    def _last_mentions(self, person: int, position: int) -> list[int]:
        """Where a person was named before a position, the last six."""
        if person not in self._places:
            self._places[person] = [start for start, _, index in self._mentions if index == person]
        place = bisect_right(self._places[person], position)
        return self._places[person][max(place - 6, 0) : place]

    def _last_subject(self, mentions: Sequence[int]) -> int:
        """The last of these mentions that owns nothing and stands behind no preposition; -1 if none."""
        for start in reversed(mentions):
            end = self._at_start[start][0]
            if self.text[end : end + 2] not in _OWNERS and not self._is_behind_preposition(start):
                return start
        return -1

    def _holders(self, words: Sequence[str]) -> set[int]:
        """The people whose office is named by the last of these words and has all of them."""
        if self._offices is None:
            self._offices = self._office_words()
        holders = set(self._offices.get((words[-1], True), ()))
        for word in words[:-1]:
            holders &= set(self._offices.get((word, False), ()))
        return holders

    def _of_country(self, holders: set[int], first: int, last: int) -> set[int]:
        """Those of a country that is named in the phrase; all of them where it names none."""
        place = bisect_right(self._name_starts, self.starts[first] - 1)
        while place < len(self._names) and self._names[place].start < self.ends[last]:
            code = self._names[place].code
            if code is not None and any(self._people[index].country is not None for index in holders):
                own = {index for index in holders if self._people[index].country == code}
                unknown = {index for index in holders if self._people[index].country is None}
                return own or unknown
            place += 1
        return holders

    def _office_words(self) -> dict[tuple[str, bool], list[int]]:
        """The people by each word of their offices; with True the word that names the office: "minister"."""
        holders: dict[tuple[str, bool], list[int]] = defaultdict(list)
        for index, person in enumerate(self._people):
            for part in _OFFICE_PARTS.split((person.office or "").lower()):
                words = [word.strip("().’'") for word in part.split()]
                heads = [place for place, word in enumerate(words) if word in _PREPOSITIONS]
                for place, word in enumerate(words):
                    holders[word, False].append(index)
                    if place == (heads[0] if heads else len(words)) - 1:
                        holders[word, True].append(index)
        return holders

    def _pronoun(self, token: int, acts: Sequence[Act]) -> Speaker | None:
        """The speaker whom a pronoun means: the subject of this sentence, else of the sentences before it."""
        start, end, low = self.starts[token], self.ends[token], self.lows[token]
        low = _OBJECTS.get(low, low)
        sentence = bisect_right(self.bounds, start) - 1
        floor = self.bounds[sentence] if sentence >= 0 else 0
        if low in _ONE_PERSON:
            gender = _GENDER_OF[low]
            found = None if self._is_trailing(token) else self._subject_person(floor, start)
            if found is not None and not self._may_be(found, gender):
                found = self._last_mentioned(floor, start, gender)
            found = found or self._last_speaker(start, acts, wants_person=True, gender=gender)
            found = found or self._next_person(end)
        elif low == "they":
            found = self._last_group(acts) or self._last_speaker(start, acts, wants_person=False)
            found = found or (self._plural_at(self.bounds[sentence - 1], acts) if sentence > 0 else None)
        elif low in _OURSELVES:
            found = Speaker(name=low, person=None, start=start, end=end)
        else:
            found = self._named_subject(floor, start) or self._last_speaker(start, acts, wants_person=False)
        if found is None:
            return None
        return Speaker(name=found.name, person=found.person, start=start, end=end)

    def _named_subject(self, start: int, end: int) -> Speaker | None:
        """The first state or organisation named between two positions, for "it"."""
        place = bisect_right(self._name_starts, start - 1)
        if (
            place < len(self._names)
            and self._names[place].end <= end
            and not self._is_behind_preposition(self._names[place].start)
        ):
            name = self._names[place]
            if name.kind in {NameKind.COUNTRY, NameKind.ORGANISATION} and self.text[name.end : name.end + 1] == " ":
                return Speaker(name=name.text, person=None, start=name.start, end=name.end)
        return None

    def _is_trailing(self, token: int) -> bool:
        """Whether a pronoun and its verb close a sentence whose subject is what is said: "…, he said."."""
        before = self._gap(token - 1) if token else ""
        return ("," in before or HIDDEN in before) and "." in self._gap(token + 1)

    def _next_person(self, position: int) -> Speaker | None:
        """The person named soon after a pronoun that has nobody before it."""
        place = bisect_right(self._mention_starts, position)
        if place == len(self._mentions) or self._mentions[place][0] > position + _NEXT_NAME:
            return None
        return self._person(*self._mentions[place])

    def _last_group(self, acts: Sequence[Act]) -> Speaker | None:
        """The last speaker in the plural: "the ministers"."""
        for act in reversed(acts[-12:]):
            if act.speaker is not None and _is_plural(act.speaker):
                return act.speaker
        return None

    def _plural_at(self, position: int, acts: Sequence[Act]) -> Speaker | None:
        """The subject in the plural that a sentence begins with: "Leaders of both states met."."""
        found = self.speaker_at(position, acts)
        return found if found is not None and _is_plural(found) else None

    def _last_speaker(
        self, position: int, acts: Sequence[Act], *, wants_person: bool, gender: str | None = None
    ) -> Speaker | None:
        """The speaker or subject last heard of before a position, at most eight sentences back."""
        here = bisect_right(self.bounds, position) - 1
        weak: Speaker | None = None  # named near by, though not as a subject
        latest: dict[int, Speaker] = {}
        for act in acts[-24:]:
            if act.speaker is not None and (act.way in BESIDE_WORDS or act.sentence not in latest):
                latest[act.sentence] = act.speaker
        for sentence in range(here, max(here - 8, -1), -1):
            speaker = latest.get(sentence)
            if speaker is not None and self._fits(speaker, wants_person=wants_person):
                if self._may_be(speaker, gender):
                    return speaker
            else:
                speaker = None
            ceiling = self.bounds[sentence + 1] if sentence + 1 < len(self.bounds) else len(self.text)
            floor, ceiling = self.bounds[sentence], min(ceiling, position)
            person = self._subject_person(floor, ceiling) if wants_person else None
            if person is not None and self._may_be(person, gender):
                return person
            other = self._last_mentioned(floor, ceiling, gender) if person or speaker else None
            if other is not None:
                return other
            if wants_person and weak is None and here - sentence <= _NEAR:
                weak = self._last_mentioned(floor, ceiling, gender)
            if weak is not None and here - sentence >= _FAR:
                return weak
        return weak

    def _last_mentioned(self, floor: int, ceiling: int, gender: str | None) -> Speaker | None:
        """The last person of a sentence whom "he" or "she" may mean where its subject is of the other sex."""
        last = bisect_right(self._mention_starts, ceiling - 1)
        for start, end, index in reversed(self._mentions[max(last - _MOST_MENTIONS, 0) : last]):
            if start < floor:
                return None
            if self._gender(index) in {None, gender}:
                return self._person(start, end, index)
        return None

    def _fits(self, speaker: Speaker, *, wants_person: bool) -> bool:
        """A role in the singular ("a senior official") may be "he"; an organisation may not."""
        if not wants_person:
            return True
        if speaker.person is not None:
            return True
        words = speaker.name.split()
        heads = [place for place, word in enumerate(words) if word in _PREPOSITIONS and place]
        head = words[heads[0] - 1] if heads else words[-1]
        return head in _PERSON_WORDS

    def _full_name(self, words: str) -> str:
        """The words, or what they stand for where the article explains the acronym: "the SDF"."""
        bare = words.removeprefix("the ").removeprefix("The ")
        if not (2 <= len(bare) <= 8 and bare.isupper() and bare.isalpha()):
            return words
        if bare not in self._acronyms:
            self._acronyms[bare] = _expansion(self.text, bare) or bare
        return self._acronyms[bare]


def _is_plural(speaker: Speaker) -> bool:
    """Whether a speaker is no person and its head noun is in the plural: "the foreign ministers of both states"."""
    words = speaker.name.lower().split()
    head = next((words[n - 1] for n in range(1, len(words)) if words[n] in _PREPOSITIONS), words[-1])
    return speaker.person is None and (head.endswith("s") or not _GROUPS.isdisjoint(words))


def _hide(text: str, hidden: Iterable[Span]) -> str:
    """The text with every character of the hidden stretches replaced, so that places stay the same."""
    pieces, last = [], 0
    for span in hidden:
        pieces.append(text[last : span.start])
        pieces.append(HIDDEN * (span.end - span.start))
        last = span.end
    pieces.append(text[last:])
    return "".join(pieces)


def _lower(text: str) -> str:
    """The text in small letters, every character at its place (a capital dotted I would grow)."""
    low = text.lower()
    return low if len(low) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def _gender_of_office(words: str) -> str | None:
    return next((_GENDERS["office"][word] for word in words.lower().split() if word in _GENDERS["office"]), None)


def _gender_of_name(name: str) -> str | None:
    """By the given name; else by a family name that shows it."""
    words = name.lower().split()
    if len(words) < 2:
        return None
    given = _GENDERS["given"].get(words[0])
    endings = (_GENDERS["ending"].get(words[-1][-length:]) for length in (4, 3, 2))
    return given or next((gender for gender in endings if gender is not None), None)


def _is_full_stop(gap: str, word: str) -> bool:
    """Whether a dot ends a sentence here; that of an initial, "St." or "Brig." does not."""
    return gap == ". " and len(word) > 3 and word not in _ABBREVIATIONS


def _opens(text: str, position: int) -> bool:
    """Whether the hidden stretch begins at a position."""
    return position == 0 or text[position - 1] != HIDDEN


def _expansion(text: str, acronym: str) -> str | None:
    """The words before "(ACRONYM)" whose initials it is made of."""
    place = text.find(f"({acronym})")
    if place < 0:
        return None
    words = text[max(0, place - 160) : place].split()
    wanted, taken = list(acronym.lower()), 0
    for word in reversed(words):
        if not wanted or taken > 12:
            break
        initials = [part[0].lower() for part in word.split("-") if part]
        if initials and word[0].isupper() and initials[-1:] == wanted[-1:]:
            wanted.pop()
        elif word[0].isupper() or word not in {"of", "for", "and", "the", "in", "on", "to"}:
            break
        taken += 1
    if wanted or not taken:
        return None
    start = text.rindex(words[-taken], 0, place)
    return text[start:place].rstrip()
