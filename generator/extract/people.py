"""The people an article names: their fullest name, office, country, and every place where they are mentioned.

A name is a run of capitalized words. What makes it a person is said around it: an office or an honorific before it, an
apposition behind it, a common given name, a verb of saying, a later mention by surname alone. What unmakes it is said
there too: an article before it, a street, a university, a company's ending. Words are in `person_words.tsv` and
`given_names.tsv`.
"""

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from generator.extract.names import Name, NameKind
from generator.extract.offices import Countries, Office, Offices, country_of_leader, leaders
from generator.extract.person_words import (
    ASIAN,
    BODY,
    FUNCTION,
    GIVEN,
    HEAD,
    HONORIFIC,
    HUMAN,
    LONGEST,
    MODIFIER,
    NAMED,
    NEVER,
    NO_NAME,
    OF,
    PARTICLE,
    PREFIXES,
    RANK,
    ROLE,
    RULER,
    SAY,
    SUFFIX,
    SURNAME,
    TITLE,
    WIDE,
    Words,
    folded,
    nicknames,
    outlets,
    vocabulary,
)
from generator.extract.text import Document, Span

_WORD = re.compile(r"\w+")
_BESIDE = 200  # characters around an office in which its words may stand


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
    words = Words(document, names)
    candidates = _Reading(words).candidates()
    return _people(words, candidates, Countries(document, names))


# -- candidates -----------------------------------------------------------------------------------


@dataclass(slots=True, kw_only=True)
class _Candidate:
    first: int
    end: int  # words, exclusive
    sentence: int
    rule: str
    office: Office | None = None
    country: str | None = None
    parts: tuple[str, ...] = ()
    is_ruler: bool = False


@dataclass(slots=True, kw_only=True)
class _Shared:
    """An office in the plural that is being shared out over a list of names."""

    office: Office
    members: list[_Candidate] = field(default_factory=list)


_CREDITS = frozenset({"By", "BY", "Reporting", "Editing", "Writing", "Additional", "Photo", "Photograph", "("})
_TOP = 4  # paragraphs in which an author's line stands
_SON_OF = frozenset({"bin", "ibn", "bint"})  # before a father's name, which may be a title: "bin Sultan"
_PICTURED = frozenset({"Photograph", "Photo", "Photos", "Picture", "Pictures", "Image", "Images", "Credit"})
_HEARERS = frozenset(
    ["reporters", "journalists", "lawmakers", "parliament", "parliamentarians", "senators", "mps", "supporters"]
)
_CREDITING = frozenset(
    {"by", "and", "in", "with", "for", "reporting", "editing", "writing", "additional", "compiled", "via", "photo"}
)
_NO_AUTHOR = BODY | NEVER | WIDE | TITLE | MODIFIER | HONORIFIC
_PARTIES = "RDI"  # of the members of the Congress: "R-Ohio"


class _Reading:
    """Walks through the words once and gathers who is named."""

    def __init__(self, words: Words) -> None:
        self.w = words
        self.offices = Offices(words)
        self.found: list[_Candidate] = []
        self.unsure: list[_Candidate] = []
        self.shared: _Shared | None = None

    def candidates(self) -> list[_Candidate]:
        """All persons named, sentence by sentence, those vouched for by other sentences included."""
        capitals, place = self.w.capitals, 0
        for number, (first, end) in enumerate(self.w.ranges):
            place = bisect_left(capitals, first, place)
            if place == len(capitals) or capitals[place] >= end:
                continue
            self.shared = None
            is_credit = self.w.words[first] in _CREDITS or self._is_capitals(number)
            if is_credit or self._is_signature(number, first, end):
                self._credit(number, first, end)
            if end - first < 3000 and not self._is_capitals(number):
                self._read(number, first, end)
            self._close()
        self._confirm()
        return sorted(self.found, key=lambda one: one.first)

    def _is_capitals(self, number: int) -> bool:
        return self.w.sentences[number].text.isupper()

    def _is_signature(self, number: int, first: int, end: int) -> bool:
        """Whether a line near the top holds two or three words of a name and nothing else: the author's."""
        sentences, sentence = self.w.sentences, self.w.sentences[number]
        if not (1 < end - first < 4 and sentence.paragraph <= _TOP) or sentence.is_title:
            return False
        beside = sentences[max(0, number - 1) : number] + sentences[number + 1 : number + 2]
        if any(other.paragraph == sentence.paragraph for other in beside):
            return False
        words = self.w.words[first:end]
        return all(word[0].isupper() and word.replace("-", "").isalpha() and not word.isupper() for word in words)

    def _credit(self, number: int, first: int, end: int) -> None:
        """Names in a line of nothing else: "By Ann Lee and Bo Berg", "ANN B. LEE" under a letter."""
        w = self.w
        if end - first > 30:
            return
        at, taken = first, []
        while at < end:
            word = w.words[at]
            if not word[0].isupper() or word in _CREDITS:
                if word[0].islower() and word not in _CREDITING and not w.masks[at] & PARTICLE:
                    return
                at += 1
                continue
            stop = at + 1
            while stop < end and w.words[stop][0].isupper() and w.is_joined(stop - 1):
                stop += 1
            taken.append((at, stop))
            at = stop
        is_by = w.words[first] in _CREDITS or not self._is_capitals(number)
        for begin, stop in taken:
            one = _Candidate(first=begin, end=stop, sentence=number, rule="byline", parts=self._parts(begin, stop))
            is_place = begin > first and w.words[begin - 1] == "in"
            is_thing = any(w.owner[i] >= 0 or w.masks[i] & _NO_AUTHOR for i in range(begin, stop))
            if 2 <= len(one.parts) <= 4 and not is_place and not is_thing and (is_by or w.masks[begin] & GIVEN):
                self.found.append(one)

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
        if not w.is_capital(at) or len(word) > LONGEST:
            return False
        if w.owner[at] >= 0:
            return self._is_namesake(at, first, end)
        if mask & SUFFIX and at > first:
            return False
        if len(word) == 1 and w.text[w.ends[at] - 1] == ".":
            return at + 1 < end and w.is_joined(at) and w.words[at + 1][0].isupper()
        if self._is_party(at):
            return False
        if mask & RULER and mask & GIVEN and at == first and at > 0 and w.masks[at - 1] & HEAD:
            return self._has_name_after(at, end)  # "foreign minister Shah Mahmood"
        if len(word) > 1 and word.isupper():
            return self._is_capital_part(at, first, end)
        if not mask & NO_NAME:
            return len(word) > 1 or (at + 1 < end and w.text[w.ends[at] - 1] == ".") or self._has_name_after(at, end)
        if mask & GIVEN and not mask & (HONORIFIC | RULER | RANK) and at == first and self._has_name_after(at, end):
            return True
        if mask & ASIAN and at == first and at > 0 and w.masks[at - 1] & TITLE and self._has_name_after(at, end):
            return True
        if mask & BODY and at > first and w.masks[first] & ASIAN and len(word) < 4 and self._has_name_after(at, end):
            return True
        if mask & (SURNAME | GIVEN | ASIAN) and at > first:
            return bool(w.masks[at - 1] & (GIVEN | ASIAN) or len(w.words[at - 1]) <= 2) and not self._has_name_after(
                at, end
            )
        if mask & (SURNAME | ASIAN) and at == first and at > 0 and not mask & NEVER:
            is_titled = bool(w.masks[at - 1] & (TITLE | HONORIFIC)) and w.words[at - 1][0].isupper()
            return is_titled and not self._has_name_after(at, end)
        return False

    def _behind_owner(self, at: int, stop: int) -> int:
        """ "chairman of Norsk Metall Kari Berg": between "of" and a given name stands no part of the name."""
        w = self.w
        if at == 0 or w.words[at - 1] not in OF or w.masks[at] & GIVEN:
            return at
        return next((i for i in range(at + 1, stop - 1) if w.masks[i] & GIVEN), at)

    def _is_namesake(self, at: int, first: int, end: int) -> bool:
        """Countries and places that are also names of persons: "Michael Jordan", "Israel Katz"."""
        w = self.w
        if not w.is_single(at) or w.kind(at) == NameKind.ORGANISATION:
            return False
        if at == first:
            is_posted = at > 0 and w.words[at - 1] in OF  # "president of Romania Klaus"
            return bool(w.masks[at] & GIVEN) and not is_posted and self._has_name_after(at, end)
        return bool(w.masks[at - 1] & (GIVEN | ASIAN)) and not self._has_name_after(at, end) and w.is_joined(at - 1)

    def _is_capital_part(self, at: int, first: int, end: int) -> bool:
        w = self.w
        word = w.words[at]
        if at > first:
            return len(word) >= 3 and bool(w.masks[at - 1] & GIVEN) and not w.masks[at] & (BODY | NEVER)
        return (len(word) == 2 or "." in word) and self._has_name_after(at, end) and not w.masks[at] & HUMAN

    def _has_name_after(self, at: int, end: int) -> bool:
        w = self.w
        after = at + 1
        return (
            after < end
            and w.is_joined(at)
            and w.words[after][0].isupper()
            and len(w.words[after]) > 1
            and w.owner[after] < 0
            and not w.masks[after] & (NO_NAME & ~ROLE)
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
            while after < min(end, at + 3) and w.masks[after] & PARTICLE and w.words[after][0].islower():
                after += 1
            if after == at or after >= end or not w.is_joined(after - 1):
                break
            is_father = w.words[after - 1] in _SON_OF and w.is_capital(after) and w.owner[after] < 0
            if not is_father and not self._is_part(after, first, end):
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
        return w.words[at] == w.words[at - 1] and not w.masks[at] & GIVEN

    def _suffix(self, at: int, end: int) -> int:
        """Takes in "Jr." and the like, also behind a comma."""
        w = self.w
        for after in (at, at + 1):
            if after >= end:
                break
            is_behind = after == at or w.words[at] == ","
            if is_behind and w.masks[after] & SUFFIX and w.words[after][0].isupper():
                return after + 1
        return at

    # -- the judgement -----------------------------------------------------------------------------

    def _judge(self, number: int, at: int, stop: int, first: int, end: int, is_headline: bool) -> None:
        one = _Candidate(first=at, end=stop, sentence=number, rule="")
        one.parts = self._parts(at, stop)
        if not one.parts:
            return
        before = self.offices.before(at, max(first, self.found[-1].end) if self.found else first)
        self._carry_on(before)
        if before is None and self._takes_share(one):
            self.found.append(one)
            self._behind(one, end)
            return
        if is_headline:
            self._judge_headline(one, before)
            return
        after = self.offices.after(stop, end)
        if after is None and at == first and stop == end and number + 1 < len(self.w.ranges):
            after = self.offices.of_line(*self.w.ranges[number + 1])
        self._name_rule(one, before, after, first, end)
        if one.rule:
            self.found.append(one)
            self._behind(one, end)
            self._open_share(one)
        else:
            self._close()
            self.unsure.append(one)

    def _carry_on(self, before: Office | None) -> None:
        """A country holds on over "and": "Greek prime minister A and energy minister B"."""
        if before is None or before.country is not None or before.is_plural or not self.found or not before.is_state:
            return
        last = self.found[-1]
        w = self.w
        between = w.words[last.end : before.first]
        if 1 <= len(between) <= 2 and all(word in (",", "and", "&") for word in between):
            before.carried = last.country

    def _judge_headline(self, one: _Candidate, before: Office | None) -> None:
        if (before is not None and not before.is_plural and len(one.parts) == 1) or (
            before is not None and self.w.masks[one.first] & GIVEN and len(one.parts) == 2
        ):
            one.rule, one.office, one.country = "title-before", before, before.country
            self.found.append(one)

    def _parts(self, at: int, stop: int) -> tuple[str, ...]:
        masks, words = self.w.masks, self.w.words
        return tuple(
            folded(words[i])
            for i in range(at, stop)
            if words[i][0].isalpha() and not (masks[i] & PARTICLE and words[i][0].islower()) and not masks[i] & SUFFIX
        )

    def _name_rule(self, one: _Candidate, before: Office | None, after: Office | None, first: int, end: int) -> None:
        """Sets rule and office of a candidate; no rule where nothing vouches for a person."""
        w = self.w
        office = before or after
        if before is not None and after is not None and self._is_outranked(before, after, one):
            after.country = after.country or before.country
            office = after  # "General A, the defence minister"
        is_honored = one.first > first and bool(w.masks[one.first - 1] & HONORIFIC) and w.is_joined(one.first - 1)
        if before is not None and self._is_named_after(one, end):
            return
        if before is not None and (not before.is_role or (len(one.parts) > 1 and self._is_given(one.first))):
            one.rule = "title-before"
            one.is_ruler = bool(w.masks[before.last] & RULER)
        elif is_honored:
            one.rule = "honorific"
        elif self._is_reign(one, end):
            one.rule = "reign"
        elif self._is_thing(one, first, end):
            return
        elif self._is_label(one, end):
            one.rule = "speaker"
        else:
            one.rule = self._own_rule(one, after, first, end)
        if one.rule:
            one.office = office
            one.country = office.country if office is not None else None

    def _is_closed(self, office: Office, end: int) -> bool:
        """Whether an apposition ends behind its office, so that the office is not the next name's."""
        return office.last + 1 >= end or self.w.words[office.last + 1] in (",", ".", ";", ")", "–", "—")

    def _is_known(self, one: _Candidate) -> bool:
        """Whether somebody of this surname was named before."""
        return any(other.parts[-1] == one.parts[0] for other in self.found)

    def _is_outranked(self, before: Office, after: Office, one: _Candidate) -> bool:
        """Whether the office behind a name says more: the minister's before the general's or the delegation chief's."""
        if self.w.words[one.end] != ",":  # "ex-rebel A was elected president"
            return before.rank <= after.rank and after.is_state and not before.is_state
        is_only_role = after.is_state and not before.is_state and after.country is not None and before.country is None
        return after.rank > before.rank > 1 or (is_only_role and after.rank == before.rank)

    def _own_rule(self, one: _Candidate, after: Office | None, first: int, end: int) -> str:
        """The rule that makes a person of a name with nothing before it; empty where none does."""
        if len(one.parts) == 1:
            is_office = after is not None and after.is_state and not after.is_role and self._is_closed(after, end)
            if after is not None and is_office and (after.country is not None or self._is_known(one)):
                return "apposition"  # "Rossi, the Italian foreign minister,"
            return "leader" if any(leader.is_alone for leader in leaders().get(one.parts[0], ())) else ""
        if after is not None:
            return "apposition"
        if self._is_given(one.first):
            return "given-name"
        if self._has_particle(one):
            return "particle"
        if self._has_age(one.end, end):
            return "age"
        return "human" if len(one.parts) < 4 and self._is_human(one, first, end) else ""

    def _is_given(self, at: int) -> bool:
        w = self.w
        return bool(w.masks[at] & (GIVEN | ASIAN)) or (len(w.words[at]) == 1 and w.text[w.ends[at] - 1] == ".")

    def _is_thing(self, one: _Candidate, first: int, end: int) -> bool:
        """An article before it, or a word beside it that only organizations, places and things have."""
        w = self.w
        if one.first > first and w.is_joined(one.first - 1):
            before = w.masks[one.first - 1]
            word = w.words[one.first - 1]
            if word.lower() in ("the", "a", "an") or (word[0].isupper() and before & BODY and not before & HUMAN):
                return True
        if one.end < end and w.is_joined(one.end - 1):
            after = w.masks[one.end]
            word = w.words[one.end]
            if (word[0].isupper() and after & (BODY | WIDE)) or word in ("&", "+"):
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
        return bool(mask & NAMED or (mask & BODY and w.words[one.end][0].isupper() and not mask & HUMAN))

    def _is_label(self, one: _Candidate, end: int) -> bool:
        """A speaker's name before a colon at the beginning of a sentence."""
        w = self.w
        return one.end < end and w.words[one.end] == ":" and len(one.parts) > 1 and self._is_given(one.first)

    def _has_particle(self, one: _Candidate) -> bool:
        w = self.w
        return any(
            (w.masks[i] & PARTICLE and w.words[i] in ("bin", "ibn", "van", "von", "al", "el", "bint", "ben"))
            or w.words[i].startswith(("Mc", "O'", "O’"))
            for i in range(one.first, one.end)
        )

    def _has_age(self, at: int, end: int) -> bool:
        words = self.w.words
        number = words[at + 1].rstrip(",.") if at + 1 < end and words[at] == "," else ""
        return number.isdigit() and 10 < int(number) < 110 and (at + 2 >= end or words[at + 2] not in (")", "%"))

    def _is_human(self, one: _Candidate, first: int, end: int) -> bool:
        """A relative clause with "who", or "Peru's A B said": an unknown given name, but surely somebody."""
        w = self.w
        if one.end + 1 < end and w.words[one.end] == "," and w.words[one.end + 1] in ("who", "whose"):
            return True
        if "contributed" in w.words[one.end : min(end, one.end + 12)]:
            at = w.words.index("contributed", one.end)
            if w.words[at + 1 : at + 3] == ["to", "this"]:
                return True
        if one.first > first and w.is_possessive(one.first - 1) and self._is_outlet(one.first - 1):
            return len(one.parts) > 1  # "the BBC's A B"
        if one.first - 2 >= first and w.words[one.first - 1] == ":":
            is_credit = w.words[one.first - 2] in _PICTURED or self._is_outlet(one.first - 2)
            return is_credit and len(one.parts) > 1  # "(Example Wire: A B)"
        is_by = one.first > first and w.words[one.first - 1] == "by"
        if is_by and ("signed" in w.words[one.first - 2 : one.first] or (one.end < end and w.words[one.end] == "for")):
            return True  # "signed by A and by B for Latvia"
        is_of_country = one.first > first and w.is_possessive(one.first - 1) and w.country(one.first - 1) is not None
        is_heard = (one.end < end and bool(w.masks[one.end] & SAY)) or (
            one.first - 2 >= first and bool(w.masks[one.first - 2] & SAY)
        )
        return is_of_country and is_heard

    def _is_outlet(self, at: int) -> bool:
        """Whether a word is, or ends, the name of an outlet."""
        words = self.w.words
        return any(" ".join(words[max(0, at - size) : at + 1]) in outlets() for size in (0, 1, 2))

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
        """The country in "Adam Bede of Norway"."""
        w = self.w
        if one.country is None and one.first > 0 and (one.office is None or one.office.first > one.first):
            before = one.first - 1
            gap = w.starts[one.first] - w.ends[before]
            is_owner = gap < 4 and w.is_possessive(before)
            if is_owner or (gap == 1 and w.kind(before) == NameKind.ADJECTIVE):
                one.country = w.country(before)
        if one.country is None and (one.office is None or not one.office.has_body):
            is_before = one.office is not None and one.office.first < one.first
            one.country = self.offices.nationality(one.office.first if one.office and is_before else one.first)
        if one.country is None and self._has_party(one.end, end):
            one.country = "USA"
        if one.country is None and one.end + 1 < end and w.words[one.end] == "of":
            at = one.end + 2 if w.words[one.end + 1] == "the" else one.end + 1
            if at < end and w.kind(at) == NameKind.COUNTRY:
                one.country = w.country(at)

    def _has_party(self, at: int, end: int) -> bool:
        """Whether a member of the Congress is told by party and state: ", R-Ohio," or "(D-Calif.)"."""
        w = self.w
        return at + 1 < end and w.words[at] in (",", "(") and self._is_party(at + 1)

    def _is_party(self, at: int) -> bool:
        word = self.w.words[at]
        return len(word) > 2 and word[0] in _PARTIES and word[1] == "-" and word[2].isupper()

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

    def _take_counterpart(self, one: _Candidate, office: Office) -> None:
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
        small = (",", "and", "&", "of", "the", "(", ")", ".")
        if not all(w.words[i] in small or w.owner[i] >= 0 or self._is_party(i) for i in between):
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
        self._confirm_listed()
        alone = {one.parts[0]: one for one in self.unsure if len(one.parts) == 1 and self._speaks(one)}
        for one in self.unsure:
            if len(one.parts) == 1 and self._is_heard(one):  # of nobody whose first name is told
                one.rule = "told-reporters"
                self.found.append(one)
        for one in self.unsure:
            if 2 <= len(one.parts) <= 4 and (one.parts[-1] in alone) and one.parts[0] not in alone:
                one.rule = "surname-later"
                self.found.append(one)

    def _is_heard(self, one: _Candidate) -> bool:
        """ "Marsh told reporters": a company speaks in statements."""
        words = self.w.words[one.end : one.end + 2]
        return len(words) == 2 and words[0] == "told" and words[1] in _HEARERS and len(one.parts[0]) > 2

    def _confirm_listed(self) -> None:
        """Takes a name that stands in a list between two people."""
        words = self.w.words
        ends = {one.end for one in self.found}
        starts = {one.first for one in self.found}
        unsure = {one.first: one for one in self.unsure}
        for one in self.unsure:
            is_behind = words[one.first - 1] in (",", "and") and one.first - 1 in ends
            is_before = one.end < len(words) and words[one.end] in (",", "and") and one.end + 1 in starts
            if is_behind and 2 <= len(one.parts) <= 3 and (is_before or self._is_in_roll(one, unsure)):
                one.rule = "listed"
                self.found.append(one)
                ends.add(one.end)

    def _is_in_roll(self, one: _Candidate, unsure: Mapping[int, _Candidate]) -> bool:
        """ "Ann Lee, Shehza Tanwi and Hasi Hussa": a list of three that begins with somebody known."""
        words = self.w.words
        if words[one.first - 1] == "and":
            return (
                words[one.first - 2] != "and"
                and self.found[-1].end == one.first - 1
                and self.found[-1].rule == "listed"
            )
        following = unsure.get(one.end + 1)
        is_last = following is not None and words[one.end] == "and" and 2 <= len(following.parts) <= 3
        return is_last and one.end + 1 < len(words)

    def _speaks(self, one: _Candidate) -> bool:
        w = self.w
        return (one.end < len(w.words) and bool(w.masks[one.end] & SAY)) or (
            one.first > 0 and bool(w.masks[one.first - 1] & SAY)
        )


# -- persons --------------------------------------------------------------------------------------


@dataclass(slots=True, kw_only=True)
class _Person:
    parts: tuple[str, ...]
    candidates: list[_Candidate] = field(default_factory=list)
    spans: set[Span] = field(default_factory=set)


def _people(words: Words, candidates: Sequence[_Candidate], defaults: "Countries") -> tuple[FoundPerson, ...]:
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
        known = vocabulary()
        last = len(one.parts) - 1
        for number, part in enumerate(one.parts):
            if len(part) < 2:
                continue
            mask = known.get(part, 0)
            self._by_any.setdefault(part, place)
            is_family = number == 0 and mask & ASIAN and last > 0
            is_middle = 0 < number < last and not mask & (GIVEN | NO_NAME) and part not in self.by_part
            if number == last or is_family or is_middle or one.is_ruler:
                self.by_part[part] = place
                if part.startswith(PREFIXES):
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
    return part[2:].lstrip("-'’h") if part.startswith(PREFIXES) else part


def _may_be_one(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether two names with the same surname may be one person's."""
    if len(other) == 1 or set(one) <= set(other) or set(other) <= set(one):
        return True
    first, second = one[0].rstrip("."), other[0].rstrip(".")
    short = nicknames()
    if short.get(first, first) == short.get(second, second):
        return True
    return first[0] == second[0] and (len(first) == 1 or len(second) == 1)


def _is_respelled(one: Sequence[str], other: Sequence[str]) -> bool:
    """The same given name, and one surname is the beginning of the other: a letter was lost."""
    if len(one) < 2 or len(other) < 2 or one[0] != other[0]:
        return False
    first, second = sorted((one[-1], other[-1]), key=len)
    return len(first) > 4 and second.startswith(first)


def _mention(words: Words, persons: Sequence[_Person], by_part: Mapping[str, int]) -> None:
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
        place = by_part.get(folded(words.words[at]))
        if place is None or _is_other(words, at, size):
            continue
        begin = end = at
        while begin > 0 and words.masks[begin - 1] & PARTICLE and words.is_joined(begin - 1) and begin - 1 not in taken:
            begin -= 1
        while end + 1 < size and words.is_joined(end) and by_part.get(folded(words.words[end + 1])) == place:
            end += 1
        persons[place].spans.add(Span(words.starts[begin], words.ends[end]))
        behind = end + 1


def _is_other(words: Words, at: int, size: int) -> bool:
    """Whether a word only looks like a surname: "He", "May", "Kennedy Airport"."""
    mask = words.masks[at]
    is_spoken = at + 1 < size and bool(words.masks[at + 1] & SAY)
    if mask & FUNCTION or (mask & NEVER and not is_spoken):
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
        and bool(words.masks[after] & BODY)
    )


def _office_words(words: Words, office: Office) -> str:
    """The words of an office, which must be the article's own, in their order; else the whole stretch around them."""
    start, end = words.starts[office.first], words.ends[office.last]
    stretch = words.text[start:end]
    said = " ".join(office.text.split())
    there = iter(_WORD.findall(stretch))
    if said in words.text[max(0, start - _BESIDE) : end + _BESIDE] or all(one in there for one in _WORD.findall(said)):
        return said
    return " ".join(stretch.split())


def _is_shouted(words: Words, one: _Candidate) -> bool:
    """Whether a name is in capitals only, as under a document, with parts that nobody calls the person by."""
    return all(word.isupper() for word in words.words[one.first : one.end])


def _found_person(words: Words, person: _Person, defaults: "Countries") -> FoundPerson:
    text = words.text
    fullest = max(
        person.candidates,
        key=lambda one: (not _is_shouted(words, one), len(one.parts), one.end - one.first, -one.first),
    )
    full = Span(words.starts[fullest.first], words.ends[fullest.end - 1])
    ordered = sorted(person.candidates, key=lambda one: one.first)
    offices = [one.office for one in ordered if one.office is not None and one.office.rank > 0]
    office = max(offices, key=lambda one: one.rank, default=None)
    country = next((one.country for one in ordered if one.country is not None), None)
    if country is None:
        known = country_of_leader(person.parts, office) if office is None or not office.has_body else None
        country = known if known in defaults.named or len(person.parts) > 1 else None
        if country is None and office is not None and office.holder is None:
            country = defaults.country(office, words.starts[office.first])
    others = sorted(person.spans - {full})
    return FoundPerson(
        name=text[full.start : full.end],
        office=_office_words(words, office) if office is not None else None,
        country=country,
        mentions=(full, *others),
        office_span=Span(words.starts[office.first], words.ends[office.last]) if office is not None else None,
        rule=fullest.rule,
    )
