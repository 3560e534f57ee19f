"""Who contests what: sanctions and the threat of them, protest against an agreement, disputes between states.

A tension is read only where one sentence says who, against whom, and how. What is lifted, denied or merely mentioned
yields nothing.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generator.extract.names import Name
from generator.extract.speech import table
from generator.extract.text import Document, Sentence
from generator.model import Evidence, TensionFact, TensionKind

_GROUPS = {group: frozenset(words.split(",")) for group, words in table("tension_words.tsv")}
_TRIGGERS = frozenset().union(*(_GROUPS[g] for g in ("measure", "penalize", "denounce", "quarrel", "accuse", "expel")))
_TRIGGER_WORDS = frozenset(word.split()[-1] for word in _TRIGGERS)
_LOW_WORD = re.compile(r"[a-z][a-z-]*")
_WORD = re.compile(r"[^\W_][\w-]*")
_LONGEST = 1500  # characters of a sentence that are read
_LAW = re.compile(
    r"\b(?:[A-Z][\w’'-]+ (?:(?:of|and|the|for|in|Through|to|on) ){0,2}){1,7}(?:Act|Law|Resolution \d+)\b"
    r"(?: \([A-Z]{3,8}\))?"
    r"|\bCAATSA\b|\bSection \d{3}\b"
)
_PARTED = re.compile(r"[;:]|, (?:but|while|whereas)\b")
_LINK = re.compile(r"^(?:,? and (?:the )?|, (?:the )?|/|-)$")


@dataclass(frozen=True, slots=True)
class _Clash:
    """One side against another, as one sentence says."""

    kind: TensionKind
    actor: str
    target: str
    rule: str


def find_tensions(document: Document, names: Sequence[Name]) -> tuple[TensionFact, ...]:
    """Find every tension that one sentence states in full.

    Args:
        document: The article.
        names: Its names of countries and organisations, in the order of the text.

    Returns:
        The tensions in the order of the text, each kind once for an actor and a target.
    """
    named = [name for name in names if name.code]
    starts = [name.start for name in named]
    facts: list[TensionFact] = []
    known: set[tuple[TensionKind, str, str]] = set()
    for sentence in document.sentences:
        here = named[bisect_left(starts, sentence.start) : bisect_left(starts, sentence.end)]
        if sentence.is_noise or len({name.code for name in here}) < 2:
            continue
        if _TRIGGER_WORDS.isdisjoint(_LOW_WORD.findall(sentence.text[:_LONGEST].lower())):
            continue
        for clash in _read(sentence, here):
            key = (clash.kind, clash.actor, clash.target)
            if key not in known and clash.actor != clash.target:
                known.add(key)
                facts.append(_fact(document.text, sentence, clash, len(facts) + 1))
    return tuple(facts)


def _fact(text: str, sentence: Sentence, clash: _Clash, number: int) -> TensionFact:
    law = _LAW.search(sentence.text, 0, _LONGEST) if "sanction" in sentence.text.lower() else None
    return TensionFact(
        id=f"t{number}",
        kind=clash.kind,
        actor=clash.actor,
        target=clash.target,
        law=law.group() if law else None,
        evidence=Evidence(exact=text[sentence.start : sentence.end], start=sentence.start, end=sentence.end),
        rule=clash.rule,
    )


@dataclass(frozen=True, slots=True)
class _Clause:
    """One sentence's words and names, places relative to the article."""

    words: tuple[tuple[int, int, str], ...]  # start, end, lower case
    names: tuple[Name, ...]
    text: str
    base: int

    def between(self, start: int, end: int) -> str:
        """The text between two places."""
        return self.text[start - self.base : end - self.base]

    def has(self, group: str, start: int, end: int) -> bool:
        """Whether a word of a group stands between two places."""
        wanted = _GROUPS[group]
        return any(start <= a and b <= end and low in wanted for a, b, low in self.words)


def _read(sentence: Sentence, names: Sequence[Name]) -> Iterator[_Clash]:
    base = sentence.start
    words = tuple(
        (base + m.start(), base + m.end(), m.group().lower()) for m in _WORD.finditer(sentence.text, 0, _LONGEST)
    )
    clause = _Clause(words, tuple(names), sentence.text, base)
    before = ""
    for start, end, low in words:
        pair, before = f"{before} {low}", low
        if low in _GROUPS["measure"] or pair in _GROUPS["measure"]:
            yield from _sanctions(clause, start, end, low)
        elif low in _GROUPS["penalize"]:
            yield from _penalized(clause, start, end)
        elif low in _GROUPS["denounce"]:
            yield from _protest(clause, start, end)
        elif low in _GROUPS["expel"]:
            yield from _expelled(clause, start, end)
        elif low in _GROUPS["quarrel"]:
            yield from _dispute(clause, start, end)
        elif low in _GROUPS["accuse"]:
            yield from _accused(clause, start, end)


# -- sanctions -----------------------------------------------------------------------------------------


def _sanctions(clause: _Clause, start: int, end: int, low: str) -> Iterator[_Clash]:
    """ "A imposed sanctions on B", "A's sanctions against B", "B faces A's sanctions"."""
    left = _clause_start(clause, start)
    is_undone = clause.has("undo", max(left, start - 60), start) or clause.has("undo", end, end + 25)
    if is_undone:
        return
    imposed = _last_of(clause, "impose", left, start)
    owners = _owners(clause, start)
    if low == "restrictions" and imposed is None:
        return
    targets = _targets_behind(clause, end)
    if owners:
        actors = owners
    elif imposed is not None:
        actors = _side_before(clause, left, imposed)
    else:
        actors = _by(clause, end)
    if not targets:
        targets = _side_at_risk(clause, left, owners[0].start if owners else start, actors)
    is_threat = clause.has("threat", left, start) and not _is_accomplished(clause, left, start)
    kind = TensionKind.SANCTIONS_THREAT if is_threat else TensionKind.SANCTIONS
    if not actors or not targets:
        return
    yield from _clashes(kind, actors, targets, "tension-sanctions-threat" if is_threat else "tension-sanctions")


def _is_accomplished(clause: _Clause, left: int, start: int) -> bool:
    """Whether the verb before says that the measure stands: "has imposed", "placed"."""
    imposed = _last_of(clause, "impose", left, start)
    if imposed is None:
        return False
    before = [low for a, b, low in clause.words if left <= a and b <= imposed][-3:]
    verb = next(low for a, _, low in clause.words if a == imposed)
    return verb.endswith("ed") and not {"to", "could", "would", "may", "might", "be", "if"} & set(before)


def _clause_start(clause: _Clause, position: int) -> int:
    """Where the clause around a position begins."""
    begin = clause.base
    for found in _PARTED.finditer(clause.text, 0, position - clause.base):
        begin = clause.base + found.end()
    return begin


def _last_of(clause: _Clause, group: str, start: int, end: int) -> int | None:
    wanted = _GROUPS[group]
    places = [a for a, b, low in clause.words if start <= a and b <= end and low in wanted]
    return places[-1] if places else None


def _owners(clause: _Clause, position: int) -> list[Name]:
    """The names right before a noun: "US and EU sanctions", "American economic sanctions", "Iran's embargo"."""
    for place in range(len(clause.names) - 1, -1, -1):
        name = clause.names[place]
        if name.end > position:
            continue
        gap = clause.between(name.end, position).strip()
        if len(gap) > 30 or len(gap.split()) > 3 or re.search(r"[,;:.]|\b(?:on|against|for|to|by|of|from)\b", gap):
            return []
        if any(low in _GROUPS["impose"] for low in gap.lower().split()):
            return []
        return _with_partners(clause, place)
    return []


def _with_partners(clause: _Clause, last: int) -> list[Name]:
    """The names linked to one by commas and "and", in the order of the text."""
    side = [clause.names[last]]
    for place in range(last - 1, -1, -1):
        if not _LINK.match(clause.between(clause.names[place].end, side[0].start)):
            break
        side.insert(0, clause.names[place])
    return side


def _targets_behind(clause: _Clause, position: int) -> list[Name]:
    """The names in "sanctions on A and B", "an embargo against A", "restrictions on flights to A"."""
    link = re.match(
        r"[^.,;:]{0,25}?\b(?:on|against|targeting|upon)\b", clause.between(position, clause.base + len(clause.text))
    )
    if link is None:
        return []
    return _first_side(clause, position + link.end(), 60)


def _first_side(clause: _Clause, position: int, reach: int) -> list[Name]:
    """The first name behind a position with the names that follow it by commas and "and"."""
    for place, name in enumerate(clause.names):
        if name.start < position:
            continue
        if name.start - position > reach or re.search(r"[;:.]|, ", clause.between(position, name.start)):
            return []
        side = [name]
        for other in clause.names[place + 1 :]:
            if not _LINK.match(clause.between(side[-1].end, other.start)):
                break
            side.append(other)
        return side
    return []


def _side_before(clause: _Clause, left: int, position: int) -> list[Name]:
    """The subject of a verb: the names nearest before it in its clause."""
    for place in range(len(clause.names) - 1, -1, -1):
        name = clause.names[place]
        if name.end > position or name.start < left:
            continue
        if position - name.end > 140:
            return []
        return _with_partners(clause, place)
    return []


def _by(clause: _Clause, position: int) -> list[Name]:
    """The names in "sanctions imposed by A", "sanctions from A"."""
    link = re.match(r"[^.,;:]{0,30}?\b(?:by|from)\b", clause.between(position, clause.base + len(clause.text)))
    return _first_side(clause, position + link.end(), 40) if link else []


def _side_at_risk(clause: _Clause, left: int, position: int, actors: Sequence[Name]) -> list[Name]:
    """Who stands under measures whose target is not behind them: "A is under …", "puts A at risk of …"."""
    if not clause.has("threat", left, position) and not re.search(
        r"\b(?:under|subject (?:of|to)|hit by|face|faces|faced)\b", clause.between(left, position)
    ):
        return []
    codes = {name.code for name in actors}
    for place in range(len(clause.names) - 1, -1, -1):
        name = clause.names[place]
        if name.end <= position and name.start >= left and name.code not in codes:
            return [name]
    return []


def _penalized(clause: _Clause, start: int, end: int) -> Iterator[_Clash]:
    """ "A sanctioned B"; "B was sanctioned by A"."""
    if clause.has("undo", start - 20, start):
        return
    left = _clause_start(clause, start)
    is_passive = re.search(r"\b(?:is|are|was|were|been|being)(?: \w+)?\s*$", clause.between(left, start))
    subject = _side_before(clause, left, start)
    others = _by(clause, end) if is_passive else _first_side(clause, end, 40)
    actors, targets = (others, subject) if is_passive else (subject, others)
    yield from _clashes(TensionKind.SANCTIONS, actors, targets, "tension-penalized")


# -- protest and dispute ---------------------------------------------------------------------------------


def _protest(clause: _Clause, start: int, end: int) -> Iterator[_Clash]:
    """ "A denounced the agreement between B and C", "A's opposition"; only against an instrument."""
    stop = clause.base + len(clause.text)
    parted = _PARTED.search(clause.text, end - clause.base)
    stop = clause.base + parted.start() if parted else stop
    if not clause.has("contested", end, min(stop, end + 160)):
        return
    left = _clause_start(clause, start)
    if clause.has("undo", max(left, start - 15), start):
        return
    actors = _side_before(clause, left, start)
    codes = {name.code for name in actors}
    target = next((n for n in clause.names if end <= n.start < min(stop, end + 160) and n.code not in codes), None)
    if target is not None:
        yield from _clashes(TensionKind.PROTEST, actors, [target], "tension-protest")


def _expelled(clause: _Clause, start: int, end: int) -> Iterator[_Clash]:
    """ "A expelled B's ambassador" is a protest; "A recalled its ambassador to B" too."""
    if not clause.has("envoy", end, end + 60):
        return
    actors = _side_before(clause, _clause_start(clause, start), start)
    targets = _first_side(clause, end, 50)
    yield from _clashes(TensionKind.PROTEST, actors, targets, "tension-envoy")


def _dispute(clause: _Clause, start: int, end: int) -> Iterator[_Clash]:
    """ "A dispute between A and B", "A's dispute with B", "the A-B row"."""
    behind = clause.between(end, clause.base + len(clause.text))
    between = re.match(r"[^.,;:]{0,40}?\bbetween (?:the )?", behind)
    if between is not None:
        side = _first_side(clause, end + between.end(), 30)
        if len(side) >= 2:
            yield from _clashes(TensionKind.DISPUTE, side[:1], side[1:2], "tension-dispute")
        return
    against = re.match(r"[^.,;:]{0,30}?\b(?:with|against) (?:the )?", behind)
    targets = _first_side(clause, end + against.end(), 20) if against else []
    owners = _owners(clause, start)
    if targets:
        actors = owners or _first_side(clause, _clause_start(clause, start), 200)
        yield from _clashes(TensionKind.DISPUTE, actors[:1], targets[:1], "tension-dispute")
    elif len(owners) == 2:
        yield from _clashes(TensionKind.DISPUTE, owners[:1], owners[1:], "tension-dispute")


def _accused(clause: _Clause, start: int, end: int) -> Iterator[_Clash]:
    """ "A accused B of breaching the treaty"."""
    if not clause.has("breach", end, end + 90):
        return
    actors = _side_before(clause, _clause_start(clause, start), start)
    targets = _first_side(clause, end, 25)
    yield from _clashes(TensionKind.DISPUTE, actors, targets[:1], "tension-accusation")


def _clashes(kind: TensionKind, actors: Sequence[Name], targets: Sequence[Name], rule: str) -> Iterator[_Clash]:
    for actor in actors[:6]:
        for target in targets[:6]:
            if actor.code and target.code and actor.code != target.code:
                yield _Clash(kind, actor.code, target.code, rule)
