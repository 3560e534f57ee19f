"""Offices: the words around a name that say which one a person holds, and of which country.

An office stands before a name ("Norwegian Foreign Minister") or behind it in an apposition (", 52, the head of the
central bank"). Which state words an office so is in `office_countries.tsv`, whom the world knows without it in
`leaders.tsv`.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice

from generator.codes import countries
from generator.extract.names import STANDS_FOR_COUNTRY, Name, NameKind
from generator.extract.person_words import (
    BEFORE_GENERAL,
    BODY,
    COMMENT,
    DETERMINERS,
    FUNCTION,
    GIVEN,
    HEAD,
    HONORIFIC,
    HUMAN,
    KIN,
    MINISTERIAL,
    MINISTRY,
    MODIFIER,
    NEVER,
    OF,
    OFFICE_WORD,
    PLURAL,
    POSTED,
    RANK,
    ROLE,
    RULER,
    SAY,
    STATE,
    STATELY,
    SURNAME,
    TITLE,
    WEAK,
    WIDE,
    Words,
    folded,
    rows,
    singulars,
    vocabulary,
)
from generator.extract.text import Document

_COPULAS = frozenset({"is", "was", "became", "as", "served", "remains"})
_TAKING_OFFICE = frozenset({"as", "elected", "re-elected", "reelected", "appointed", "named", "sworn", "in"})
_NATIONAL = frozenset({"National", "State", "Central", "Federal"})
_OF_STATE = frozenset({"presidential", "ministry", "government", "cabinet", "ministerial", "palace", "foreign"})
_DATELINE = re.compile(
    r"\b(?P<city>[A-Z]{4,}(?: [A-Z]{3,})?)"
    r"(?:,? (?:[A-Z][a-z]{2,8}\.? \d{1,2}|\d{1,2} [A-Z][a-z]{2,8})(?:, \d{4})?)?,? ?"
    r"(?:\([A-Z][\w/ .-]{1,30}\)|[-–—])"
)
_HEAD = 800  # characters in which a dateline stands
_PLACING = (" in", " to", " at", " from", " in the", " to the", " at the", " from the")
_LINE = 20  # words
_MILITARY = 3  # rank of an office that is but a rank
_REACH = 150  # characters
_HONORS = frozenset({"MP", "MEP", "MLA", "AM", "AO", "AC", "CBE", "OBE"})  # letters behind a name
_STATE_OWNED = frozenset({"state-run", "state-owned", "state-controlled", "government-owned", "state-backed"})
_RETIRED = frozenset({"ret", "retd", "rtd", "retired"})
_RANKING = frozenset({"Senior", "Lieutenant", "Major", "Brigadier", "Grand", "Vice", "Rear", "Air", "Chief"})
_FORMS = frozenset({"Republic", "Federation", "Kingdom", "State", "States", "Emirates", "Empire", "Sultanate", "Union"})


@dataclass(slots=True, kw_only=True)
class Office:
    """An office or role, as it stands beside a name."""

    first: int  # words
    last: int  # inclusive
    text: str
    country: str | None = None
    countries: tuple[str, ...] = ()  # of an office in the plural, in the order of the text
    is_plural: bool = False
    has_body: bool = False  # an organization holds the office, so no country is guessed
    is_role: bool = False
    is_its: bool = False  # "its foreign minister": of the country named last
    is_state: bool = False
    rank: int = 0  # which of several offices is told: a minister's before a general's before a lawyer's; 0: none
    carried: str | None = None  # the country of the office before, over "and"
    holder: str | None = None  # "Merkel" in "Merkel's spokesman": the office is of that person's country


class Offices:
    """Reads the offices that stand beside names in the words of one article."""

    __slots__ = ("w",)

    def __init__(self, words: Words) -> None:
        self.w = words

    # -- offices before a name ---------------------------------------------------------------------

    def before(self, at: int, first: int) -> Office | None:
        """The office that stands before a name."""
        w = self.w
        k = at - 1
        while k >= first and w.masks[k] & HONORIFIC and w.is_joined(k):
            k -= 2 if w.words[k] == "Hon" and k > first and w.words[k - 1] == "the" else 1
        k = self._behind_retired(k, first)
        if k < first:
            return None
        has_comma = w.words[k] == ","
        if has_comma:
            k -= 1
            if k < first:
                return None
        elif not w.is_joined(k):
            return None
        office = self._behind_rank(k, first)
        office = office or (None if self._serves(k, first) else self._direct(k, first))
        office = office or self._of_phrase(k, first)
        if office is None:
            return None
        if has_comma and not office.is_plural and not self._stands_apart(office, first):
            return None
        return office

    def _behind_rank(self, k: int, first: int) -> Office | None:
        """The office before a rank that it ends in: "Minister of Defence General A", "Minister for Law Professor B"."""
        w = self.w
        at = k
        while at > first and w.words[at][0].isupper() and w.masks[at] & (RANK | WEAK) and w.is_joined(at - 1):
            if w.masks[at] & MINISTRY:
                break
            at -= 1
        if at == k or not (w.owner[at] >= 0 or w.masks[at] & (MINISTRY | BODY)):
            return None
        office = self._of_phrase(at, first)
        return office if office is not None and office.is_state else None

    def _behind_retired(self, k: int, first: int) -> int:
        """The last word before "(ret)": what stands in brackets between a rank and a name is no part of either."""
        w = self.w
        if w.words[k] != ")" or k - 3 < first:
            return k
        opening = next((i for i in (k - 2, k - 3) if w.words[i] == "("), None)
        return k if opening is None or w.words[opening + 1].lower() not in _RETIRED else opening - 1

    def _stands_apart(self, office: Office, first: int) -> bool:
        """Before a comma only a whole noun phrase is the office of the name behind: "its president, A"."""
        w = self.w
        if w.masks[office.last] & GIVEN:
            return False
        if office.country is not None:
            return True
        b = office.first - 1
        if b < first:
            return True
        return w.words[b].lower() in DETERMINERS or w.owner[b] >= 0 or not w.is_joined(b)

    def _direct(self, h: int, first: int) -> Office | None:
        """The office whose head stands at `h`."""
        w = self.w
        if w.owner[h] >= 0 or not w.masks[h] & HUMAN:
            return None
        if w.masks[h] & SURNAME and not w.masks[h] & (RANK | RULER) and self._is_after_given(h, first):
            return None
        if w.words[h] in ("head", "chair", "lead", "leads") and not self._is_of_body(h, first):
            return None
        return self._office(h, h, first)

    def _is_of_body(self, h: int, first: int) -> bool:
        """ "Example Bank head A": the noun, not the verb."""
        w = self.w
        return w.words[h] in ("head", "chair") and h > first and w.words[h - 1][0].isupper() and w.is_joined(h - 1)

    def _serves(self, h: int, first: int) -> bool:
        """ "aide to the President A": the office is the aide's."""
        w = self.w
        the = h - 1
        while the > first and w.owner[the] >= 0:
            the -= 1  # "adviser to the German Chancellor A"
        if the - 2 < first or w.words[the] != "the" or w.words[the - 1] not in OF:
            return False
        return bool(w.masks[the - 2] & HUMAN) and w.words[h][0].isupper()

    def _is_after_given(self, h: int, first: int) -> bool:
        w = self.w
        return h > first and w.words[h][0].isupper() and bool(w.masks[h - 1] & GIVEN) and w.is_joined(h - 1)

    def _of_phrase(self, k: int, first: int) -> Office | None:
        """ "President of the Republic of Finland", "minister of trade and industry" ending at `k`."""
        w = self.w
        if not (w.owner[k] >= 0 or w.masks[k] & (OFFICE_WORD | BODY | WIDE) or w.words[k][0].isupper()):
            return None
        head = -1
        p = k
        while p > first and k - p < 14:
            if w.words[p] in OF and p < k and w.masks[p - 1] & HUMAN and w.owner[p - 1] < 0:
                head = p - 1
            elif not self._is_inside(p, k):
                break
            p -= 1
        if head < 0:
            return None
        return self._office(head, k, first)

    def _is_inside(self, p: int, k: int) -> bool:
        w = self.w
        if p < k and not w.is_joined(p) and not w.is_possessive(p) and w.words[p + 1] not in (",", "-", "–"):
            return False
        word = w.words[p]
        if w.owner[p] >= 0 or word in OF or word in ("the", "and", "&", "-", "–"):
            return True
        if word == ",":
            return bool(w.masks[p - 1] & MINISTRY)
        return bool(w.masks[p] & (OFFICE_WORD | BODY | WIDE)) or (
            word[0].isupper() and not w.masks[p] & (NEVER | GIVEN | HONORIFIC)
        )

    def _office(self, head: int, last: int, first: int) -> Office:
        """The office around a head, with what stands before it and its country."""
        w = self.w
        held = self._before_rank(head, first)
        if held != head:
            head = last = held
        begin = self._phrase_left(head, first)
        office = Office(first=begin, last=head, text="")
        office.is_plural = bool(w.masks[head] & PLURAL)
        office.is_role = not w.masks[head] & TITLE
        office.is_state = self._is_of_state(begin, head, last)
        office.is_its = begin > first and w.words[begin - 1] in ("its", "their")
        office.rank = _rank(w.masks[head], w.words[head])
        office.holder = self._holder(office.first)
        office.has_body = self._has_body(begin, last)
        self._country_before(office, first)
        office.country = office.country or self._seat(begin, last)
        tail = ""
        if last > head:
            is_posted = w.words[head].lower() in POSTED and w.words[head + 1] != "of"
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

    def _before_rank(self, head: int, first: int) -> int:
        """A rank is no office where an office stands before it: "Defense Minister General", "chief Senior General"."""
        w = self.w
        at = head
        while at > first and (w.masks[at] & RANK or (at < head and w.words[at] in _RANKING)):
            if w.words[at - 1] != "," and (not w.is_joined(at - 1) or w.owner[at - 1] >= 0):
                return head
            if self._is_general(at, first):
                return at
            if w.words[at - 1] == "," and self._is_whole(at - 2, first):
                return at - 2  # "the junta chief, General A"
            before = w.masks[at - 1]
            is_air_chief = at - 2 >= first and w.words[at - 2] == "Air"
            if before & HEAD and not before & (RANK | PLURAL) and not is_air_chief:
                return at - 1
            at -= 1
        return head

    def _is_whole(self, at: int, first: int) -> bool:
        """Whether an office that a rank goes on behind a comma is a noun phrase of its own: "Chile's army chief"."""
        w = self.w
        if at < first or not w.masks[at] & HEAD or w.masks[at] & (RANK | PLURAL) or not w.words[at][0].islower():
            return False
        begin = self._phrase_left(at, first)
        if _rank(w.masks[at], w.words[at]) < 4:
            return False  # "his counterpart"
        return begin > first and (w.owner[begin - 1] >= 0 or w.words[begin - 1].lower() in DETERMINERS)

    def _is_general(self, at: int, first: int) -> bool:
        """ "Secretary General", "Attorney General": one office of two words, but not "Defense Secretary General"."""
        w = self.w
        if w.words[at] not in ("General", "general") or not w.masks[at - 1] & BEFORE_GENERAL:
            return False
        return at - 2 < first or not w.masks[at - 2] & MINISTRY or not w.words[at - 1].lower().startswith("secretar")

    def _is_of_state(self, begin: int, head: int, last: int) -> bool:
        """Whether only a state has the office: a minister, a ministry's spokesman, the head of a president's office."""
        w = self.w
        return any(w.masks[i] & STATE for i in range(head, last + 1)) or any(
            w.words[i].lower() in _OF_STATE for i in range(begin, last + 1)
        )

    def _has_body(self, begin: int, last: int) -> bool:
        """Whether an organization, not a state, holds an office: "Cato chairman", "head of the Energy Forum"."""
        w = self.w
        for i in range(begin, last + 1):
            mask = w.masks[i]
            is_capital = w.words[i][0].isupper()
            if w.kind(i) == NameKind.ORGANISATION or (
                is_capital and mask & BODY and not mask & (STATELY | TITLE | MINISTRY)
            ):
                return True
            if w.owner[i] < 0 and w.words[i][0].isupper() and not mask & (OFFICE_WORD | WIDE | COMMENT | ROLE | KIN):
                return not mask & NEVER and not w.masks[last] & MINISTERIAL
        return False

    def _holder(self, first: int) -> str | None:
        """The person whose spokesman, adviser or minister an office belongs to."""
        w = self.w
        if first == 0 or w.owner[first - 1] >= 0:
            return None
        word = folded(w.words[first - 1])
        is_leader = w.is_joined(first - 1) and any(leader.is_alone for leader in leaders().get(word, ()))
        return word if w.words[first - 1][0].isupper() and (w.is_possessive(first - 1) or is_leader) else None

    def _seat(self, begin: int, last: int) -> str | None:
        """The country of a seat of power within an office: "Kremlin spokesman"."""
        w = self.w
        return next((w.country(i) for i in range(begin, last + 1) if w.kind(i) == NameKind.SEAT), None)

    def _tail_text(self, head: int, last: int, is_posted: bool) -> str:
        """What follows the head: "of Foreign Affairs"; "of Finland" is its country and not repeated."""
        w = self.w
        if is_posted or not any(w.country(i) for i in range(head + 1, last + 1)):
            return w.text[w.ends[head] : w.ends[last]]
        if w.words[head].lower() in POSTED and "to" in w.words[head + 1 : last]:
            return w.text[w.ends[head] : w.ends[last]]
        if self._is_only_country(head + 1, last):
            return ""
        end = last
        while end > head and (w.country(end) or w.words[end] in ("of", "the") or w.words[end] in _FORMS):
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
            if word == "," and p > first and mask == 0 and w.masks[p - 1] & MINISTRY and w.masks[k] & MINISTRY:
                k = p
                continue
            if word in ("–", "-") and p - 1 >= first and w.ends[p - 1] == w.starts[p] and w.words[p - 1][0].isupper():
                k = p - 1
                continue
            if not w.is_joined(p):
                break
            if word == "of" and p > first and w.masks[p - 1] & STATELY and w.words[p - 1][0].isupper() and k < head:
                k = p - 1
                continue
            if self._joins_offices(p, k, first):
                k = p - 1
                continue
            if w.owner[p] >= 0:
                if w.kind(p) not in (NameKind.ORGANISATION, NameKind.SEAT):
                    break
                k = p
            elif (
                word in ("and", "&") and p > first and w.masks[p - 1] & MINISTRY and w.masks[k] & (MINISTRY | TITLE)
            ) or (mask & (OFFICE_WORD | COMMENT) and not mask & PLURAL and not self._is_verb(p, first)):
                k = p
            elif word[0].isupper() and not mask & (NEVER | HONORIFIC) and others < 5 and self._may_lead(p, first):
                k = p
                others += 1
            else:
                break
        while k < head and (w.words[k] in ("and", "&", ",") or (w.masks[k] & COMMENT and not w.masks[k] & OFFICE_WORD)):
            k += 1
        return k

    def _joins_offices(self, p: int, k: int, first: int) -> bool:
        """ "Deputy Prime Minister and Foreign Minister" before a name: both are held by one person."""
        w = self.w
        if w.words[p] not in ("and", "&") or p - 1 <= first or not w.is_joined(p - 1):
            return False
        before = w.masks[p - 1]
        is_office = before & HEAD and before & STATE and not before & PLURAL and w.words[p - 1][0].isupper()
        return bool(is_office) and w.words[k][0].isupper() and bool(w.masks[p - 2] & (MODIFIER | MINISTRY))

    def _is_verb(self, p: int, first: int) -> bool:
        """ "to head", "will chair", "led by": small words that make a verb of an office word."""
        w = self.w
        if p == first or w.words[p][0].isupper():
            return False
        return w.words[p - 1] in ("to", "will", "would", "can", "must") or w.words[p] in ("visiting", "leading")

    def _may_lead(self, p: int, first: int) -> bool:
        """A capitalized word before an office may be an organization ("Boeing chairman") but not the end of a name."""
        w = self.w
        if w.masks[p] & (BODY | WIDE):
            return True
        if p == first:
            return not w.masks[p] & SAY
        return not (w.masks[p - 1] & GIVEN and w.words[p - 1][0].isupper() and w.is_joined(p - 1))

    def _country_before(self, office: Office, first: int) -> None:
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
        while office.is_plural and p >= first and len(codes) < 8:
            if w.words[p] in (",", "and", "-", "–", "&") or w.words[p].lower() in DETERMINERS:
                p -= 1
                continue
            other = w.country(p)
            if other is None:
                break
            if other != codes[-1]:
                codes.append(other)
            p -= 1
        office.countries = tuple(reversed(codes))

    def _lead(self, office: Office, first: int) -> str:
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
        while lead >= first and w.masks[lead] & MODIFIER and w.is_joined(lead) and not w.masks[lead] & TITLE:
            lead -= 1
        if lead == p:
            return ""
        text = w.text[w.starts[lead + 1] : w.ends[p]] + " "
        office.first = lead + 1
        return text

    def nationality(self, at: int) -> str | None:
        """The country of "Canadian tourist A", with at most three small words between."""
        w = self.w
        for before in range(at - 1, max(-1, at - 5), -1):
            if w.owner[before] >= 0 and w.is_possessive(before):
                return w.country(before)
            if not w.is_joined(before):
                return None
            if w.kind(before) == NameKind.ADJECTIVE and before < at - 1:
                return w.country(before)
            word = w.words[before]
            if w.owner[before] >= 0 or not word[0].islower() or w.masks[before] & (FUNCTION | SAY | NEVER):
                return None
            if before == at - 1 and word.endswith(("ed", "s")):
                return None  # a verb: "the Turkish leader thanked A"
        return None

    # -- offices behind a name ---------------------------------------------------------------------

    def after(self, at: int, end: int) -> Office | None:
        """The office in an apposition: ", 52, the head of the central bank"; or said outright: "is the head of"."""
        w = self.w
        if at < end and w.words[at] in _HONORS:
            at += 1
        if at + 1 >= end:
            return None
        if w.words[at] in _COPULAS:
            return self._predicate(at + 1, end)
        if w.words[at] != ",":
            return None
        p = at + 1
        if w.words[p] in ("and", "or", "but"):
            return None
        if w.words[p][0].isdigit():
            p += 1
            if p < end and w.words[p] == ",":
                p += 1
        if p + 1 < end and w.words[p] in ("who", "whose") and w.words[p + 1] in ("is", "was", "has"):
            p += 2
        elif p < end and w.words[p] in ("who", "whose"):
            return None
        return self._noun_phrase(p, end)

    def of_line(self, first: int, end: int) -> Office | None:
        """The office that fills a line: what stands under a name at the end of a document."""
        w = self.w
        if end - first > _LINE or not w.masks[first] & OFFICE_WORD:
            return None
        office = self._noun_phrase(first, end)
        return office if office is not None and office.last >= end - 1 else None

    def _predicate(self, p: int, end: int) -> Office | None:
        """The office in "is Kenya's minister for trade", if the words at once are those of an office."""
        w = self.w
        while p < end and w.words[p] in _TAKING_OFFICE and (w.words[p] != "in" or w.words[p - 1] == "sworn"):
            p += 1  # "served as", "was elected", "was sworn in as"
        is_office = p < end and (
            w.owner[p] >= 0 or w.words[p].lower() in DETERMINERS or w.masks[p] & (OFFICE_WORD | COMMENT)
        )
        office = self._noun_phrase(p, end) if is_office else None
        if office is None or office.is_role or office.first - p > 4:
            return None
        return office if office.last + 1 >= end or not w.words[office.last + 1][0].isupper() else None

    def _noun_phrase(self, p: int, end: int) -> Office | None:
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
            is_before = mask & (MODIFIER | MINISTRY) and q + 1 < end and w.masks[q + 1] & OFFICE_WORD and w.is_joined(q)
            if is_before and w.owner[q + 1] < 0:
                continue
            if mask & HUMAN and not (word[0].isupper() and mask & GIVEN and not mask & TITLE):
                return self._apposed(begin, self._last_head(q, end), end, country)
            if (
                mask & (OFFICE_WORD | COMMENT)
                or word.lower() in DETERMINERS
                or word in ("and", "'s", "’", "'", "-", "–")
            ):
                continue
            if not word[0].isalpha() or mask & (FUNCTION | SAY) or word in OF:
                return None
            if word[0].islower():
                unknown += 1
            if unknown > 3:
                return None
        return None

    def _last_head(self, q: int, end: int) -> int:
        w = self.w
        while q + 1 < end and w.masks[q + 1] & HUMAN and w.is_joined(q) and w.owner[q + 1] < 0:
            if w.masks[q + 1] & SAY and not w.masks[q + 1] & TITLE:
                break
            q += 1
        return q

    def _apposed(self, begin: int, head: int, end: int, country: str | None) -> Office | None:
        w = self.w
        if w.masks[head] & PLURAL:
            return None
        last = self._tail(head, end)
        first = max(begin, self._phrase_left(head, begin))
        office = Office(first=first, last=last, text="")
        office.is_role = not w.masks[head] & TITLE
        office.is_state = self._is_of_state(first, head, last)
        office.rank = _rank(w.masks[head], w.words[head])
        office.holder = self._holder(office.first)
        office.has_body = self._has_body(first, last)
        office.country = country
        is_posted = w.words[head].lower() in POSTED and w.words[min(head + 1, end - 1)] != "of"
        if country is None and not is_posted:
            office.country = next((c for i in range(head + 1, last + 1) if (c := self._state(i, office))), None)
        is_of_state = last > head and not is_posted and not office.has_body and w.country(last) is not None
        shown = head if is_of_state and self._is_only_country(head + 1, last) else last
        office.text = w.text[w.starts[first] : w.ends[shown]]
        return office

    def _state(self, at: int, office: Office) -> str | None:
        """The country a word names, but for a capital within an organization: "the Oslo Institute"."""
        w = self.w
        is_seat = w.kind(at) == NameKind.CAPITAL and w.words[min(at + 1, len(w.words) - 1)] not in _NATIONAL
        return None if office.has_body and is_seat else w.country(at)

    def _is_only_country(self, first: int, last: int) -> bool:
        """Whether "of the Republic of Finland" says nothing but the country."""
        w = self.w
        return all(
            w.country(i) or w.words[i] in _FORMS or w.words[i] in ("of", "the", "and", ",")
            for i in range(first, last + 1)
        )

    def _tail(self, head: int, end: int) -> int:
        """The last word of an apposition: "for the ministry of foreign affairs"."""
        w = self.w
        if head + 2 >= end or (w.words[head + 1] not in OF and w.words[head + 1] != "with"):
            return head
        last = head
        for q in range(head + 1, min(end, head + 16)):
            word = w.words[q]
            if w.owner[q] >= 0 or word in OF or word in ("the", "and", "&", "-", "–", "a", "its", "s"):
                pass
            elif word == ",":
                if not (w.masks[q - 1] & MINISTRY and q + 1 < end and w.masks[q + 1] & MINISTRY):
                    break
            elif word == "(":
                close = next((r for r in range(q + 1, min(end, q + 12)) if w.words[r] == ")"), None)
                return close if close is not None else last
            elif not word[0].isalpha() or w.masks[q] & FUNCTION or (w.masks[q] & SAY and word[0].islower()):
                break
            last = q
        while last > head and (w.words[last] in OF or w.words[last] in ("the", "and", "&", "a", "its", "-", "–")):
            last -= 1
        return last


def _rank(mask: int, word: str) -> int:
    if mask & KIN and not mask & (TITLE | ROLE):
        return 0
    if word.lower().startswith("counterpart"):
        return 2
    if mask & WEAK:
        return 3
    return 4 if mask & (HEAD | RULER) else 3 if mask & RANK else 2 if mask & ROLE else 1


def _singular(phrase: str) -> str:
    """The office of each in "foreign ministers"."""
    begin, blank, word = phrase.rpartition(" ")
    lower = word.lower()
    single = singulars().get(lower)
    if single is None:
        single = word[:-1] if lower.endswith("s") else word
    elif word[0].isupper():
        single = single.capitalize()
    return begin + blank + single


@dataclass(frozen=True, slots=True)
class _Wording:
    """What the wording of an office says of its country."""

    country: str
    others: frozenset[str]  # the other states that word an office so; empty where any may
    is_alone: bool  # no other state words it so
    is_whole: bool  # holds only where the office says nothing else


def _by_wording(office: str) -> _Wording | None:
    """What the longest listed wording within an office says of its country."""
    words = office.lower().split()
    table = _office_countries()
    for size in range(min(6, len(words)), 0, -1):
        for at in range(len(words) - size + 1):
            wording = table.get(" ".join(words[at : at + size]))
            if wording is not None and (not wording.is_whole or size == len(words)):
                return wording
    return None


@cache
def _office_countries() -> Mapping[str, _Wording]:
    found = {}
    for office, rest in islice(rows("office_countries.tsv"), 1, None):  # behind the head
        country, _, others = rest.partition("\t")
        codes = frozenset(others.split()) - {"yes", "no", "whole"}
        found[office] = _Wording(country, codes, others == "yes", others == "whole")
    return found


@dataclass(frozen=True, slots=True)
class Leader:
    given: frozenset[str]
    country: str
    is_alone: bool


@cache
def leaders() -> Mapping[str, tuple[Leader, ...]]:
    """Heads of state and government by surname."""
    found: dict[str, tuple[Leader, ...]] = {}
    for surnames, rest in islice(rows("leaders.tsv"), 1, None):  # behind the head
        given, country, alone = rest.split("\t")
        leader = Leader(frozenset(folded(g) for g in given.split(";") if g), country, alone == "yes")
        for surname in map(folded, surnames.split(";")):
            found[surname] = (*found.get(surname, ()), leader)
    return found


def country_of_leader(parts: Sequence[str], office: Office | None) -> str | None:
    """The country of somebody whom the world's news names without it; taken only where the article names it."""
    known = leaders().get(parts[-1]) or leaders().get(parts[0], ())
    for leader in known:
        if len(parts) > 1 and leader.given & set(parts):
            return leader.country
    if len(parts) > 1:
        return None
    for leader in known:
        if leader.is_alone or (office is not None and office.is_state):
            return leader.country
    return None


def _is_there(text: str, start: int) -> bool:
    """Whether a country is told as the place where something is, not as one who acts."""
    return text[max(0, start - 10) : start].rstrip().endswith(_PLACING)


def _home(text: str) -> str | None:
    """The country whose capital an article is dated from: "SEOUL, Dec. 30 (Example Wire) --"."""
    dateline = _DATELINE.search(text, 0, _HEAD)
    return _by_capital().get(dateline["city"]) if dateline is not None else None


@cache
def _by_capital() -> Mapping[str, str]:
    """Current countries by their capitals in upper case."""
    return {city.upper(): country.alpha3 for country in countries().values() for city in country.capitals}


class Countries:
    """Which country an office belongs to where nothing beside it says so."""

    def __init__(self, document: Document, names: Sequence[Name]) -> None:
        weights: Counter[str] = Counter()
        self._places: list[int] = []  # of the names of countries
        self._codes: list[str] = []
        for name in names:
            if name.code is not None and name.kind in STANDS_FOR_COUNTRY:
                sentence = document.sentences[name.sentence]
                is_there = _is_there(document.text, name.start)  # not who acts
                is_early = sentence.paragraph < 2 and not is_there
                is_first = is_early and max(weights.values(), default=0) < 2
                weights[name.code] += 7 if is_first else 3 if sentence.is_title else 2 if is_early else 1
                self._places.append(name.start)
                self._codes.append(name.code)
        home = _home(document.text)
        if home is not None and home in weights:
            weights[home] += max(weights.values())  # an office without a country is the home country's
        self._ranked = [code for code, _ in weights.most_common()]
        self._weights = weights
        self.named = frozenset(weights)  # countries that the article names at all
        self._held: dict[str, list[str]] = {}

    def _just_before(self, place: int) -> Sequence[str]:
        """The country named last before a place, if it was within reach."""
        at = bisect_left(self._places, place) - 1
        return self._codes[at : at + 1] if at >= 0 and place - self._places[at] < _REACH else ()

    def _of_leader(self, office: Office) -> str | None:
        """The country of the leader who is named in an office: "Obama envoy"."""
        known = (leaders().get(folded(word), ()) for word in office.text.split())
        code = next((one.country for found in known for one in found if one.is_alone), None)
        return code if code in self.named else None

    def hold(self, office: Office, country: str) -> None:
        """Notes that somebody holds an office of a country, so that nobody else is given it."""
        self._held.setdefault(office.text.lower(), []).append(country)

    def country(self, office: Office, place: int) -> str | None:
        """The country that an office at a place in the text belongs to; None where it need not be a state's."""
        if office.carried is not None:
            return office.carried
        worded = _by_wording(office.text)
        near = self._just_before(place)
        if office.is_its and near and not office.has_body:
            return near[0]
        if worded is not None and worded.others:
            return self._among(worded, self._held.get(office.text.lower(), []))
        if worded is not None and (worded.is_alone or worded.country in self._ranked or not self._ranked):
            return worded.country
        is_run = any(word in _STATE_OWNED for word in office.text.lower().split())
        if (not office.is_state or office.has_body) and not is_run:
            return self._of_leader(office)
        held = self._held.get(office.text.lower(), [])
        if held and vocabulary().get(office.text.lower().rpartition(" ")[2], 0) & RULER:
            return held[0]  # rulers follow one another
        for code in (*(near if office.rank == _MILITARY else ()), *self._ranked):
            if code not in held and 5 * self._weights[code] >= self._weights[self._ranked[0]]:
                return code
        return worded.country if worded is not None else next(iter(self._ranked), None)

    def _among(self, worded: _Wording, held: Sequence[str]) -> str:
        """The country most named among the few that word an office so, if it has no holder yet."""
        few = (code for code in self._ranked if code == worded.country or code in worded.others)
        return next((code for code in few if code not in held), worded.country)
