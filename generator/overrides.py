"""`seeds/overrides.yaml` ⇄ what persons decide against the rules: same, not same, rename, retract.

Each entry names facts, never what rules have made of them, so that it means the same however the rules change. An entry
that names nothing, says again what is said, or contradicts another is a problem: the file must stay so clear that two
people read the same in it.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from generator.errors import PactbookError, Problem
from generator.facts import dump_entry, facts_path, parse_as
from generator.files import read_bytes, shown, write_whole
from generator.model import (
    Article,
    ArticleFacts,
    ArticleId,
    Override,
    OverrideKind,
    Reference,
    Retraction,
    Value,
)
from generator.spelling import designation_key, organisation_key
from generator.strictyaml import lines_of

PATH = PurePosixPath("seeds/overrides.yaml")
_SAID = PATH.as_posix()
_HEAD = """\
# What persons decide against the rules: same, not-same, rename, retract; each with reason, author and date.
# Facts are named by article and number ("2021-12-06-x/a1"), equipment and organisations by a spelling
# ("equipment:AK-203"). Then see: pactbook check
overrides:
"""
_KINDS = {
    "agreements": "a",
    "people": "p",
    "quotations": "q",
    "tensions": "t",
    "events": "e",
}  # the lists of a facts file, and the letter of their ids
_JOINED = frozenset({"a", "p", "e", "equipment", "organisation"})  # what may be the same or not, and have a name


class _File(Value):
    """The content of `seeds/overrides.yaml`."""

    overrides: tuple[Override, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Overrides:
    """All that persons decided, and where it stands."""

    entries: tuple[Override, ...] = ()  # in the order of the file
    lines: tuple[int, ...] = ()  # of each entry, 1-based


# -- reading and writing -----------------------------------------------------------------------------


def read_overrides(root: Path) -> Overrides:
    """What `seeds/overrides.yaml` says; nothing where there is no such file.

    Raises:
        PactbookError: The file cannot be read, or a value is missing or wrong; carries every problem.
    """
    path = root / PATH
    if not path.exists() and not path.is_symlink():
        return Overrides()
    data = read_bytes(path, _SAID, path.parent)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise PactbookError(problems=[Problem(_SAID, line, "is not UTF-8. Save it as UTF-8.")]) from error
    return parse_overrides(text)


def parse_overrides(text: str) -> Overrides:
    """What a text says as `read_overrides` would read it.

    Raises:
        PactbookError: Carries every problem found, with line and place.
    """
    entries = parse_as(_File, text, _SAID).overrides
    lines = lines_of(text)
    return Overrides(entries=entries, lines=tuple(lines["overrides", at] for at in range(len(entries))))


def dump_overrides(entries: Iterable[Override]) -> str:
    """The canonical text of the file; `parse_overrides` gives the same entries back."""
    every = [dump_entry(entry) for entry in entries]
    return _HEAD + "".join(every) if every else _HEAD.rstrip("\n") + " []\n"


def add_override(root: Path, entry: Override) -> Path:
    """Write one more entry to the end of the file, and return where; comments of people stay.

    Raises:
        PactbookError: The file that is there cannot be read; it stands unchanged.
    """
    path = root / PATH
    before = read_overrides(root).entries
    text = path.read_text("utf-8") if before else _HEAD
    longer = (text if text.endswith("\n") else f"{text}\n") + dump_entry(entry)
    write_whole(path, (longer if _says(longer, [*before, entry]) else dump_overrides([*before, entry])).encode())
    return path


def _says(text: str, entries: Sequence[Override]) -> bool:
    try:
        return parse_overrides(text).entries == tuple(entries)
    except PactbookError:  # a list that is written in another form cannot be continued line by line
        return False


# -- checking ----------------------------------------------------------------------------------------


def check_overrides(
    overrides: Overrides,
    articles: Mapping[ArticleId, Article],
    facts: Mapping[ArticleId, ArticleFacts],
    *,
    refused: Collection[str] = (),
) -> Iterator[Problem]:
    """Every fault of the entries: names of nothing, circles, contradictions, the same thing twice.

    Args:
        overrides: As read.
        articles: By id.
        facts: By id of their article; an article whose facts are not read yet may be missing.
        refused: Articles that are there but cannot be read; what names them waits until they are mended.
    """
    known = _Known(articles, facts, refused)
    for at, (entry, line) in enumerate(zip(overrides.entries, overrides.lines, strict=True)):
        for where, message in _faults_of_names(entry, known):
            yield Problem(_SAID, line, f"overrides[{at}]{where} {message}")
    for at, message in _faults_together(overrides.entries):
        yield Problem(_SAID, overrides.lines[at], f"overrides[{at}] {message}")


class _Known:
    """What an override may name."""

    def __init__(
        self,
        articles: Mapping[ArticleId, Article],
        facts: Mapping[ArticleId, ArticleFacts],
        refused: Collection[str],
    ) -> None:
        self.articles = articles
        self.refused = refused
        self.facts = facts
        agreements = [fact for file in facts.values() for fact in file.agreements]
        self.equipment = {
            designation_key(item.designation) for fact in agreements for item in fact.items if item.designation
        }
        self.organisations = {organisation_key(party.name) for fact in agreements for party in fact.parties}

    def fault(self, name: Reference) -> str | None:
        """Why the name stands for nothing, or None."""
        kind, is_named, words = name.partition(":")
        if is_named:
            keys = self.equipment if kind == "equipment" else self.organisations
            is_known = canonical(name).partition(":")[2] in keys
            return (
                None if is_known else f"names nothing: no fact has {kind} {shown(words)}. Correct it, or take it out."
            )
        article, _, fact = name.partition("/")
        if article in self.refused:
            return None
        if ArticleId(article) not in self.articles:
            return f"names no article: {shown(article)} is not in seeds/articles. Correct it, or take the entry out."
        if not fact:
            return None
        file = self.facts.get(ArticleId(article))
        ids = _ids(file, fact[0]) if file else []
        if file is None or fact in ids:
            return None
        there = f"Of this kind it has {', '.join(ids)}." if ids else "It has none of this kind."
        return f"names nothing: {facts_path(ArticleId(article))} has no {shown(fact)}. {there}"


def _ids(file: ArticleFacts, letter: str) -> list[str]:
    of_kind = next(name for name, first in _KINDS.items() if first == letter)
    return [fact.id for fact in getattr(file, of_kind)]


def _faults_of_names(entry: Override, known: _Known) -> Iterator[tuple[str, str]]:
    kinds = []
    for number, name in enumerate(entry.facts):
        place = f".facts[{number}]"
        fault = known.fault(name)
        if fault is not None:
            yield place, fault
        elif canonical(name) in {canonical(one) for one in entry.facts[:number]}:
            yield place, f"stands twice: {shown(name)}. Keep one."
        kinds.append(_kind_of(name))
        if entry.kind is OverrideKind.RETRACT and kinds[-1] in ("equipment", "organisation"):
            yield place, f"must be an article or a fact of one; got {shown(name)}. Name each fact that is withdrawn."
        if entry.kind is not OverrideKind.RETRACT and kinds[-1] not in _JOINED:
            yield place, f"must be an agreement, person, event, equipment or organisation; got {shown(name)}."
    if entry.kind in (OverrideKind.SAME, OverrideKind.NOT_SAME) and len(set(kinds)) > 1:
        yield ".facts", f"must be of one kind; got {', '.join(shown(name) for name in entry.facts)}. Split the entry."


def _kind_of(name: Reference) -> str:
    """The letter of a fact, the word before the colon of a name, or nothing for a whole article."""
    kind, is_named, _ = name.partition(":")
    return kind if is_named else name.partition("/")[2][:1]


def _faults_together(entries: Sequence[Override]) -> Iterator[tuple[int, str]]:
    """What entries say again or against each other, at the later one."""
    same = _Sets()
    for at, entry in enumerate(entries):
        if entry.kind is OverrideKind.SAME:
            first, *others = dict.fromkeys(canonical(one) for one in entry.facts)
            for name in others:
                if same.home(name) == same.home(first):
                    yield at, f"closes a circle: {shown(first)} and {shown(name)} are the same already. Leave one out."
                same.join(first, name)
    renamed: dict[str, int] = {}
    retracted: dict[str, int] = {}
    for at, entry in enumerate(entries):
        homes = [same.home(canonical(name)) for name in entry.facts]
        if entry.kind is OverrideKind.NOT_SAME and len(set(homes)) < len(set(map(canonical, entry.facts))):
            yield at, "contradicts an entry that says the same of these facts. Decide for one of the two."
        if entry.kind is OverrideKind.RENAME and renamed.setdefault(homes[0], at) != at:
            yield at, f"gives a second name to what overrides[{renamed[homes[0]]}] renames. Keep one."
        for name in entry.facts if entry.kind is OverrideKind.RETRACT else ():
            first_at = min(retracted.setdefault(name, at), retracted.get(name.partition("/")[0], at))
            if first_at != at:
                yield at, f"withdraws {shown(name)}, which overrides[{first_at}] has withdrawn. Keep one."


class _Sets:
    """Names that are the same, in sets."""

    def __init__(self) -> None:
        self._above: dict[str, str] = {}

    def home(self, name: str) -> str:
        """The name that stands for the set."""
        while name in self._above:
            name = self._above[name]
        return name

    def join(self, one: str, other: str) -> None:
        first, second = self.home(one), self.home(other)
        if first != second:
            self._above[second] = first


def canonical(name: Reference) -> str:
    """The name so that spellings of one thing are equal: "equipment:AK203" is "equipment:ak203"."""
    kind, is_named, words = name.partition(":")
    if not is_named:
        return name
    return f"{kind}:{designation_key(words) if kind == 'equipment' else organisation_key(words)}"


def checked_overrides(
    root: Path,
    articles: Mapping[ArticleId, Article],
    facts: Mapping[ArticleId, ArticleFacts],
    *,
    refused: Collection[str] = (),
) -> tuple[tuple[Override, ...], tuple[Problem, ...]]:
    """What persons decided, in the order of the file, and every fault of it; nothing where it cannot be read.

    Args:
        articles: By id.
        facts: By id of their article.
        refused: Articles that are there but cannot be read.
    """
    try:
        overrides = read_overrides(root)
    except PactbookError as error:
        return (), error.problems
    return overrides.entries, tuple(check_overrides(overrides, articles, facts, refused=refused))


# -- applying ----------------------------------------------------------------------------------------


def without_retracted(
    facts: Mapping[ArticleId, ArticleFacts], entries: Iterable[Override]
) -> tuple[dict[ArticleId, ArticleFacts], tuple[Retraction, ...]]:
    """The facts that stand, and what was withdrawn, by article.

    Countries that a withdrawn article mentions are no statement and stay; so do those of an article that keeps facts.
    """
    standing = dict(facts)
    withdrawn: list[Retraction] = []
    for entry in entries:
        if entry.kind is not OverrideKind.RETRACT:
            continue
        by_article: dict[ArticleId, set[str]] = {}
        for name in entry.facts:
            article, _, fact = name.partition("/")
            by_article.setdefault(ArticleId(article), set()).add(fact)
        for article, ids in by_article.items():
            if article in standing:
                standing[article], gone = _parted(standing[article], ids)
                withdrawn.append(Retraction(article=article, facts=gone, override=entry))
    return standing, tuple(sorted(withdrawn, key=lambda one: one.article))


def _parted(file: ArticleFacts, ids: set[str]) -> tuple[ArticleFacts, ArticleFacts]:
    """The facts that stay, and those with the ids, or all where one of the ids is empty."""
    kept: dict[str, tuple[object, ...]] = {}
    gone: dict[str, tuple[object, ...]] = {}
    for name in _KINDS:
        every = getattr(file, name)
        gone[name] = tuple(fact for fact in every if "" in ids or fact.id in ids)
        kept[name] = tuple(fact for fact in every if not ("" in ids or fact.id in ids))
    return file.model_copy(update=kept), file.model_copy(update=gone)


def regrouped(groups: Iterable[Sequence[str]], entries: Sequence[Override]) -> list[Sequence[str]]:
    """Groups of names of facts as persons want them; those that no entry touches are the same objects.

    Facts that are the same bring all of their groups together. Of facts that are not the same, the first keeps
    everything that is not named; each other one leaves, with what is said to be the same as it.
    """
    every = list(groups)
    home = {name: at for at, group in enumerate(every) for name in group}
    sames = [[name for name in one.facts if name in home] for one in entries if one.kind is OverrideKind.SAME]
    parts = [[name for name in one.facts if name in home] for one in entries if one.kind is OverrideKind.NOT_SAME]
    changed = {home[name] for names in (*sames, *parts) for name in names}
    members = {name: home[name] for name in home if home[name] in changed}
    units = _Sets()
    for names in sames:
        for name in names[1:]:
            units.join(names[0], name)
    for first, *others in filter(None, parts):
        for leaving in others:
            if members[leaving] == members[first] and units.home(leaving) != units.home(first):
                own = [name for name in members if units.home(name) == units.home(leaving)]
                from_first = [name for name in own if members[name] == members[first]]
                members.update(dict.fromkeys(from_first, len(every) + len(home) + list(home).index(leaving)))
    for names in sames:
        met = {members[name] for name in names}
        members.update({name: min(met) for name, at in members.items() if at in met})
    made: dict[int, list[str]] = {}
    for name, at in members.items():
        made.setdefault(at, []).append(name)
    return [*(group for at, group in enumerate(every) if at not in changed), *made.values()]
