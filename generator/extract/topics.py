"""What an instrument is about: areas, and the words by which two mentions are told apart or joined."""

import functools
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from generator.extract.clauses import is_function_or_step
from generator.extract.mentions import Form, Mention
from generator.extract.text import Document
from generator.extract.wordlists import WORD, Word, grammar, rows_of
from generator.model import Area, Instrument

_EMPTY = grammar()["faint"] | grammar()["time-word"]  # words that do not tell two subjects apart


@functools.cache
def _area_words() -> tuple[Mapping[str, Area | None], Mapping[str, Area]]:
    """The words and terms that tell an area, or that they tell none; and the beginnings of words."""
    whole: dict[str, Area | None] = {}
    begins: dict[str, Area] = {}
    for word, area in rows_of("areas.tsv"):
        if word.endswith("*"):
            begins.setdefault(word[:-1], Area(area))
        else:
            whole[word] = None if area == "-" else Area(area)
    return whole, begins


@functools.cache
def _term_heads() -> frozenset[str]:
    """The first words of terms of two words."""
    return frozenset(term.partition(" ")[0] for term in _area_words()[0] if " " in term)


@functools.lru_cache(maxsize=4096)
def _area_of_word(low: str) -> Area | None:
    whole, begins = _area_words()
    if low in whole:
        return whole[low]
    stems = (low[:length] for length in range(len(low), 1, -1))
    return next((begins[stem] for stem in stems if stem in begins), None)


def areas_in(lows: Iterable[str]) -> frozenset[Area]:
    """The areas that words in lower case tell; two words that are a term count instead of each."""
    terms, _ = _area_words()
    heads = _term_heads()
    found: set[Area | None] = set()
    before = ""
    for low in (*lows, ""):
        if before in heads and f"{before} {low}" in terms:
            found.add(terms[f"{before} {low}"])
            before = ""
            continue
        if "-" in before and before not in terms:
            found.update(map(_area_of_word, before.split("-")))
        elif before:
            found.add(_area_of_word(before))
        before = low
    return frozenset(area for area in found if area is not None)


def areas_of_all(mentions: Sequence[Mention], instrument: Instrument, document: Document) -> frozenset[Area]:
    """What an agreement is about: told by its phrases, by its form, by its name, else by what is said around it.

    Empty where nothing tells.
    """
    told = frozenset[Area]().union(*map(areas_of, mentions), *map(_areas_of_name, mentions[:_SAMPLES]))
    if told and instrument not in _ALWAYS:
        return told
    if instrument in _ELSE:
        return frozenset((_ELSE[instrument],))
    around = _most(areas_in(word.low for word in _around(mention)) for mention in mentions[:_SAMPLES])
    if instrument is Instrument.LOAN:
        return (told or frozenset(around)) | {Area.FINANCE}
    if instrument in _ALWAYS:
        return told | {_ALWAYS[instrument]}
    return frozenset(around) or frozenset(_near(mentions, document))


def _around(mention: Mention) -> Sequence[Word]:
    return mention.words[max(mention.left - _AROUND, 0) : mention.last + _AROUND]


def _near(mentions: Sequence[Mention], document: Document) -> Sequence[Area]:
    """What the sentences beside tell, else the title, else the first sentences of the article."""
    beside = [index + step for index in {m.sentence.index: 0 for m in mentions[:_SAMPLES]} for step in (-1, 1)]
    for indexes in (beside, (0,), range(1, _HEAD)):
        texts = [document.sentences[i].text[:_LONG] for i in indexes if 0 <= i < len(document.sentences)]
        found = _most(areas_in(WORD.findall(text.lower())) for text in texts)
        if found:
            return found
    return ()


def _most(counted: Iterable[frozenset[Area]]) -> Sequence[Area]:
    """The two areas that are told most often, of equals those that the model has first."""
    counts: Counter[Area] = Counter()
    for areas in counted:
        counts.update(area for area in Area if area in areas)
    return [area for area, _ in sorted(counts.items(), key=lambda pair: -pair[1])[:2]]


@functools.cache
def _area_of_names() -> Mapping[str, Area]:
    """The areas of agreements that are known by their names, which are in lower case."""
    return {name.lower(): Area(area) for name, _, area in rows_of("treaties.tsv") if area != "other"}


def _areas_of_name(mention: Mention) -> frozenset[Area]:
    """What a known name tells: "the New START treaty", "NAFTA"."""
    names = _area_of_names()
    lows = [word.low for word in mention.words[mention.left : mention.last + 1]]
    runs = (" ".join(lows[i:j]) for i in range(len(lows)) for j in range(i + 1, min(i + _NAME, len(lows)) + 1))
    return frozenset(names[run] for run in runs if run in names)


_ALWAYS = {Instrument.CEASEFIRE: Area.PEACE, Instrument.LOAN: Area.FINANCE}
_ELSE = {Instrument.JOINT_STATEMENT: Area.DIPLOMATIC, Instrument.DECLARATION: Area.DIPLOMATIC}
_SAMPLES = 12  # mentions of one agreement that are looked at
_NAME = 8  # words of the longest known name
_HEAD = 4  # sentences at the beginning of an article, with its title
_LONG = 1_000  # characters of a sentence that are looked at
_TOLD = 32  # words behind a noun that may tell what it is about: "on helicopters, weapons, ports, grain and space"
_AROUND = 40  # words on either side of a mention


def modifier_areas(mention: Mention) -> frozenset[Area]:
    return areas_in(word.low for word in mention.words[mention.left : mention.head])


def areas_of(mention: Mention) -> frozenset[Area]:
    """Areas named in the noun phrase and what belongs to it."""
    return modifier_areas(mention) | areas_in(
        word.low for word in mention.words[mention.last + 1 : min(mention.clause[1], mention.last + _TOLD)]
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
