"""What an instrument is about: areas, and the words by which two mentions are told apart or joined."""

import functools
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from generator.extract.clauses import is_function_or_step
from generator.extract.mentions import Form, Mention
from generator.extract.wordlists import Word, grammar, rows_of
from generator.model import Area, Instrument

_EMPTY = grammar()["faint"] | grammar()["time-word"]  # words that do not tell two subjects apart


@functools.cache
def _area_words() -> tuple[Mapping[str, Area], Sequence[tuple[str, Area]]]:
    whole: dict[str, Area] = {}
    begins: list[tuple[str, Area]] = []
    for word, area in rows_of("areas.tsv"):
        if word.endswith("*"):
            begins.append((word[:-1], Area(area)))
        else:
            whole[word] = Area(area)
    return whole, begins


@functools.lru_cache(maxsize=4096)
def _area_of_word(low: str) -> Area | None:
    whole, begins = _area_words()
    if low in whole:
        return whole[low]
    return next((area for stem, area in begins if low.startswith(stem)), None)


def areas_in(lows: Iterable[str]) -> frozenset[Area]:
    """The areas that words in lower case tell; two words that are a term count instead of each."""
    found: set[Area] = set()
    before = ""
    for low in (*lows, ""):
        pair = _area_of_term(f"{before} {low}")
        if pair is not None:
            found.add(pair)
            before = ""
            continue
        whole = _area_of_term(before)
        parts = (before,) if whole is not None else before.split("-")
        found.update(area for part in parts if (area := whole or _area_of_word(part)) is not None)
        before = low
    return frozenset(found)


def _area_of_term(term: str) -> Area | None:
    return _area_words()[0].get(term)


def areas_of_all(mentions: Sequence[Mention], instrument: Instrument) -> frozenset[Area]:
    """What an agreement is about: told by its phrases, by its form, else by the sentences that speak of it.

    Empty where nothing tells.
    """
    told = frozenset[Area]().union(*map(areas_of, mentions))
    if instrument in _ALWAYS:
        return told | {_ALWAYS[instrument]}
    if told:
        return told
    if instrument in _ELSE:
        return frozenset((_ELSE[instrument],))
    counts: Counter[Area] = Counter()
    for mention in mentions[:_SAMPLES]:
        counts.update(
            areas_in(word.low for word in mention.words[max(mention.left - _AROUND, 0) : mention.last + _AROUND])
        )
    return frozenset(area for area, _ in sorted(counts.items(), key=lambda pair: -pair[1])[:2])


_ALWAYS = {Instrument.CEASEFIRE: Area.PEACE, Instrument.LOAN: Area.FINANCE}
_ELSE = {Instrument.JOINT_STATEMENT: Area.DIPLOMATIC, Instrument.DECLARATION: Area.DIPLOMATIC}
_SAMPLES = 12  # mentions of one agreement that are looked at
_AROUND = 40  # words on either side of a mention


def modifier_areas(mention: Mention) -> frozenset[Area]:
    return areas_in(word.low for word in mention.words[mention.left : mention.head])


def areas_of(mention: Mention) -> frozenset[Area]:
    """Areas named in the noun phrase and what belongs to it."""
    return modifier_areas(mention) | areas_in(
        word.low for word in mention.words[mention.last + 1 : min(mention.clause[1], mention.last + 20)]
    )


def topic_of(mention: Mention) -> frozenset[str]:
    """The words of content that follow the noun."""
    if mention.words[min(mention.last + 1, len(mention.words) - 1)].low not in grammar()["topic"]:
        return frozenset()
    tail = mention.words[mention.last + 1 : min(mention.clause[1], mention.last + 8)]
    if len(tail) > 1 and _is_no_topic(tail[0], tail[1]):
        return frozenset()
    is_subject = mention.words[mention.last + 1].low in ("on", "for", "covering")
    return _stems(word for word in tail if is_subject or word.text.islower())


def _is_no_topic(preposition: Word, following: Word) -> bool:
    """ "In Lima", "for it to take effect", "on Monday" tell nothing of the subject."""
    if preposition.low == "for" and following.low in ("it", "them", "us", "me", "him", "her"):
        return True
    return preposition.low == "in" and following.text[0].isupper()


def content_of(mention: Mention) -> frozenset[str]:
    return _stems(mention.words[mention.left : mention.clause[1]])


def subject_of(mention: Mention) -> frozenset[str]:
    modifiers = mention.words[mention.left : mention.head]
    return topic_of(mention) | _stems(word for word in modifiers if word.text.islower())


def _stems(words: Iterable[Word]) -> frozenset[str]:
    return stems_of(word.low for word in words)


def stems_of(lows: Iterable[str]) -> frozenset[str]:
    """The beginnings of the words, in lower case, that say what it is about."""
    return frozenset(low[:6] for low in lows if len(low) > 3 and not is_function_or_step(low) and low not in _EMPTY)


def name_words(mention: Mention) -> frozenset[str]:
    if mention.name is None:
        return frozenset()
    parts = (part for word in mention.name.lower().split() for part in word.split("-"))
    heads = {mention.words[i].low for i in range(mention.head, mention.last + 1)}
    return frozenset(word for word in parts if len(word) > 3 and word not in heads)


def proper_names(mention: Mention) -> frozenset[str]:
    """The capitalized words of the noun phrase, in a sentence that is no headline: "the New START treaty"."""
    if mention.sentence.is_title:
        return frozenset(parts_of(mention.name or ""))
    if mention.words[mention.head].text.isupper() and mention.form is not Form.NAMED:
        return frozenset()  # a heading in capitals
    words = [word for word in mention.words[mention.left : mention.head] if word.text[0].isupper()]
    if mention.form is Form.NAMED and not words:
        return frozenset(parts_of(mention.name or ""))
    return frozenset(part for word in words for part in parts_of(word.low))


def parts_of(text: str) -> list[str]:
    return text.lower().replace("-", " ").replace("–", " ").split()
