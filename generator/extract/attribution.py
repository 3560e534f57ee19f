"""Who vouches for a sentence: chains of attribution, outermost first.

"According to TASS, the ministry said …" is (TASS, the ministry): the outlet under our eyes is not named again.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, islice

from generator.extract.names import Name
from generator.extract.people import FoundPerson
from generator.extract.quotations import voices_of
from generator.extract.speech import (
    HIDDEN,
    OUTLETS,
    PLATFORMS,
    VOUCHERS,
    Act,
    Speaker,
    Voices,
    Way,
    outlet_at,
    told_outlet,
)
from generator.extract.text import Document, Span
from generator.model import Evidence, Source

_REPORTING = frozenset({Way.SAY, Way.ACCORDING})
_NEW_CLAUSE = re.compile(r"[,;]\s+(?:but|while|whereas|and|though|although)\s|;\s")
_PLATFORM = re.compile(r"\b(?:on|via|through|over)\s+(?:[a-z]+\s+){0,2}(?=[A-Z])")
_CITING = frozenset({"citing", "quoting", "cited", "quoted", "cites", "quotes"})
_ONLY_WITH_CLAUSE = frozenset({"concluded", "continued", "continues", "added", "maintained"})
_MOST_ACTS = 16  # of one sentence that are read
_REPORTED = frozenset({"reported", "reports"})
_BACK_REFERENCE = frozenset(["agency", "newspaper", "daily", "paper", "broadcaster", "outlet", "magazine", "channel"])


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundAttribution:
    """Words that say from whom the article has something."""

    start: int  # of the words that attribute: "According to TASS, the ministry said"
    end: int
    sentence: int  # index in `Document.sentences`
    scope: Span  # the stretch the sources vouch for: the sentence, or a clause of it where two sources stand opposed
    chain: tuple[Source, ...]  # outermost first; at least one
    rule: str


def find_attributions(
    document: Document, names: Sequence[Name], people: Sequence[FoundPerson]
) -> tuple[FoundAttribution, ...]:
    """Find every chain of attribution outside quotations.

    Args:
        document: The article.
        names: Its names of countries and organisations.
        people: Its people; a source that is a person carries the fullest name.

    Returns:
        The attributions in the order of the text; at most one for each clause.
    """
    voices = voices_of(document, names, people)
    starts = [sentence.start for sentence in document.sentences]
    title_end = document.sentences[0].end if document.sentences and document.sentences[0].is_title else 0
    acts = [act for act in voices.acts if act.start >= title_end and _reports(voices.text, act)]
    found: list[FoundAttribution] = []
    known: list[Source] = []
    for _, group in groupby(acts, key=lambda act: act.sentence):
        for scope, members in _clauses(voices, list(islice(group, _MOST_ACTS))):
            chain = _chain(document.text, voices, scope, members, known)
            if not chain:
                continue
            known.extend(source for source in chain if source.name in OUTLETS)
            edges = [*(act.start for act in members), *(source.evidence.start for source in chain)]
            ends = [*(act.end for act in members), *(source.evidence.end for source in chain)]
            found.append(
                FoundAttribution(
                    start=min(edges),
                    end=max(ends),
                    sentence=max(bisect_right(starts, members[0].start) - 1, 0),
                    scope=scope,
                    chain=tuple(chain),
                    rule=_rule(members),
                )
            )
    return tuple(found)


def _reports(text: str, act: Act) -> bool:
    """Whether an act vouches for something; "concluded a contract" and "continued work" do not."""
    if act.verb in _ONLY_WITH_CLAUSE:
        behind = text[act.end : act.end + 8].lstrip()
        return behind[:1] in {",", ".", ":", HIDDEN, ""} or behind.startswith("that ")
    return act.way in _REPORTING or act.verb in _CITING


def _rule(acts: Sequence[Act]) -> str:
    if any(act.way is Way.ACCORDING for act in acts):
        return "attribution-according-to"
    return "attribution-citing" if any(act.verb in _CITING for act in acts) else "attribution-verb-of-speech"


def _clauses(voices: Voices, acts: list[Act]) -> Iterator[tuple[Span, list[Act]]]:
    """The acts of one sentence, apart where "but" or "while" opposes two speakers."""
    number = acts[0].sentence
    start = voices.bounds[number] if number >= 0 else 0
    end = voices.bounds[number + 1] if number + 1 < len(voices.bounds) else len(voices.text)
    end = start + len(voices.text[start:end].rstrip())
    members = [acts[0]]
    for act in acts[1:]:
        begin = _beginning(act)
        border = None
        if begin > members[-1].end and not _same_speaker(act, members[-1]) and act.verb not in _CITING:
            border = _NEW_CLAUSE.search(voices.text, members[-1].end, begin)
        if border is not None:
            yield Span(start, border.start()), members
            start, members = border.end(), []
        members.append(act)
    yield Span(start, end), members


def _beginning(act: Act) -> int:
    return min(act.start, act.speaker.start) if act.speaker is not None else act.start


def _same_speaker(one: Act, other: Act) -> bool:
    return one.speaker is not None and other.speaker is not None and one.speaker.name == other.speaker.name


def _chain(text: str, voices: Voices, scope: Span, acts: Sequence[Act], known: Sequence[Source]) -> list[Source]:
    """The sources of one clause, outermost first, none twice.

    Speakers follow each other inwards ("A said B had told …"). "According to", an outlet that is told or quotes, a
    platform, and a speaker at the end of the sentence ("…, TASS reported") stand outside of those; "citing" inside.
    """
    outer: list[Source] = []
    middle: list[Source] = []
    inner: list[Source] = []
    for place, act in enumerate(acts):
        if act.verb in _CITING:
            cited = voices.speaker_at(act.end, voices.acts)
            if cited is not None and (cited.person is not None or _vouches(cited.name)):
                inner.append(_source(text, cited, known))
        if act.speaker is None or act.speaker.start < scope.start - 200:
            continue
        source = _source(text, act.speaker, known)
        is_last_word = place > 0 and text[act.end : scope.end].strip(" .”\"'’") == ""
        if act.way is Way.ACCORDING or (is_last_word and (source.name in OUTLETS or act.verb in _REPORTED)):
            outer.insert(0, source)
        elif act.verb not in _CITING or place == 0:
            middle.append(source)
    passed_on = told_outlet(text, scope.start, scope.end)
    if passed_on is not None:
        outer.append(_source_at(text, passed_on))
    platform = _platform(text, acts)
    if platform is not None:
        outer.append(platform)
    chain: list[Source] = []
    for source in [*outer, *middle, *inner]:
        if source.name not in {other.name for other in chain}:
            chain.append(source)
    return chain


def _vouches(name: str) -> bool:
    """Whether a cited noun phrase is a source: an outlet or people, not "Article 5 of the treaty"."""
    return name in OUTLETS or not VOUCHERS.isdisjoint(name.lower().split())


def _platform(text: str, acts: Sequence[Act]) -> Source | None:
    """The platform of "declared on Twitter"."""
    for act in acts:
        found = _PLATFORM.search(text, act.end, act.end + 30)
        if found is None:
            continue
        name = re.match(r"[A-Z]\w*(?: Social)?", text[found.end() : found.end() + 20])
        if name is not None and name.group() in PLATFORMS:
            return _source_at(text, Span(found.end(), found.end() + name.end()))
    return None


def _source(text: str, speaker: Speaker, known: Sequence[Source]) -> Source:
    """A speaker as a source; the outlet in "Russian news agency TASS"; "the agency" is the outlet named before."""
    words = text[speaker.start : speaker.end]
    if speaker.person is None:
        for found in re.finditer(r"(?<!\w)[A-Z]", words[:120]):
            outlet = outlet_at(text, speaker.start + found.start(), speaker.end)
            if outlet is not None and outlet.end == speaker.end:
                return _source_at(text, outlet)
        if words.lower().startswith("the ") and words.split()[-1] in _BACK_REFERENCE and known:
            return Source(name=known[-1].name, evidence=_evidence(text, Span(speaker.start, speaker.end)))
    return Source(name=speaker.name, evidence=_evidence(text, Span(speaker.start, speaker.end)))


def _source_at(text: str, span: Span) -> Source:
    return Source(name=text[span.start : span.end], evidence=_evidence(text, span))


def _evidence(text: str, span: Span) -> Evidence:
    return Evidence(exact=text[span.start : span.end], start=span.start, end=span.end)
