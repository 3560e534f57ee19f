"""What changed, as pages tell it: what each article changed of an agreement, and what persons and programs changed.

News is told under the date of its article, all else under the day on which it was recorded or decided. Nothing here
asks git or a clock: the same seeds give the same words.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby

from generator import prose
from generator.diff import CAUSE_WORDS, WHAT_WORDS, Change, Report
from generator.history import kept
from generator.model import (
    Action,
    Agreement,
    Cause,
    KeptChange,
    Kind,
    Override,
    OverrideKind,
    StatusGroup,
    What,
)
from generator.references import Notes, Site, more_words, short, when
from generator.views import ChangesPage, Entry, Piece, Words

_ON_PAGE = 200  # of the page of all changes, the newest; the data file has them all
_OF_PARTY = 8  # on the page of a country, the newest
_OF_AGREEMENT = 12
_PARTS = 6  # of one change that are told, the most telling first
_UNTOLD = frozenset(
    {What.SOURCE, What.TITLE, What.AREAS, What.INSTRUMENT}
)  # the page shows them, and they move nothing
_RULINGS: Mapping[OverrideKind, str] = {
    OverrideKind.SAME: "held to be the same",
    OverrideKind.NOT_SAME: "held apart",
    OverrideKind.RENAME: "renamed",
    OverrideKind.RETRACT: "withdrawn",
}


def of_agreement(site: Site, notes: Notes, agreement: Agreement) -> tuple[tuple[Entry, ...], Words]:
    """The history of one agreement, the newest first, and how much of it is told; nothing where nothing has changed."""
    reports = site.history(agreement)
    news = [_report_entry(site, notes, agreement, one, is_linked=False) for one in reversed(reports)]
    others = [
        *_recorded(site, lambda one: one.kind is Kind.AGREEMENT and one.id == agreement.id, is_linked=False),
        *_ruled(site, [agreement], is_linked=False),
    ]
    if len(news) + len(others) < 2:
        return (), ()
    entries = _newest_first([*news, *others])
    return entries[:_OF_AGREEMENT], more_words(len(entries[:_OF_AGREEMENT]), len(entries), "changes")


def of_party(site: Site, notes: Notes, agreements: Sequence[Agreement]) -> tuple[Entry, ...]:
    """What changed last of some agreements; nothing where all of them rest on one article."""
    if len({one.article for agreement in agreements for one in agreement.statements}) < 2:
        return ()  # the ledgers say it all
    ids = {one.id for one in agreements}
    chosen = _newest_reports(site, agreements, _OF_PARTY)
    entries = [
        *(_report_entry(site, notes, agreement, report, is_linked=True) for agreement, report in chosen),
        *_recorded(site, lambda one: one.kind is Kind.AGREEMENT and one.id in ids, is_linked=True),
        *_ruled(site, agreements, is_linked=True),
    ]
    return _newest_first(entries)[:_OF_PARTY]


def changes_page(site: Site) -> ChangesPage:
    """What changed of everything, the newest first."""
    notes = Notes(site)
    total = sum(_is_telling(one) for agreement in site.book.agreements for one in site.history(agreement))
    others = [
        *_recorded(site, lambda _: True, is_linked=True),
        *_ruled(site, site.book.agreements, is_linked=True),
    ]
    chosen = _newest_reports(site, site.book.agreements, _ON_PAGE)
    news = [_report_entry(site, notes, agreement, report, is_linked=True) for agreement, report in chosen]
    entries = _newest_first([*news, *others])[:_ON_PAGE]
    untold = sum(record.more for record in site.book.records)
    return ChangesPage(
        path="changes.md",
        title="What changed",
        description="What each article changed, what sources corrected, and what persons decided; newest first.",
        as_of=site.as_of,
        articles=len(site.book.articles),
        unchecked=sum(not site.is_checked(one) for one in site.book.articles),
        entries=entries,
        entries_more=more_words(len(entries), total + len(others), "changes"),
        untold=untold,
        data=tuple(as_data(site)),
    )


def as_data(site: Site) -> list[Mapping[str, object]]:
    """Every change as flat values for a file or a feed: `on`, then those of a kept change; the newest first."""
    told: list[tuple[str, KeptChange]] = []
    for agreement in site.book.agreements:
        for report in site.history(agreement):
            told += ((site.published(report.article), kept(one)) for one in report.changes)
    for record in site.book.records:
        told += ((record.on, one) for one in record.changes)
    for override in site.book.overrides:
        told.append((override.date, _as_change(override)))
    ordered = sorted(told, key=lambda one: (one[1].id, one[1].what, one[1].after, one[1].before))
    ordered.sort(key=lambda one: one[0], reverse=True)
    return [{"on": on or None, **one.model_dump(mode="json", exclude_defaults=True)} for on, one in ordered]


def _as_change(override: Override) -> KeptChange:
    withdrawn = override.kind is OverrideKind.RETRACT
    return KeptChange(
        action=Action.WITHDRAWN if withdrawn else Action.CHANGED,
        kind=Kind.ARTICLE if all("/" not in name for name in override.facts) else Kind.AGREEMENT,
        id=" ".join(override.facts),
        title=override.to or " ".join(override.facts),
        what=What.WHOLE,
        before="",
        after=_RULINGS[override.kind],
        cause=Cause.CURATION,
        reason=f"{override.author}: {override.reason}",
    )


# -- news --------------------------------------------------------------------------------------------


def _newest_reports(site: Site, agreements: Iterable[Agreement], most: int) -> list[tuple[Agreement, Report]]:
    """The newest reports that changed something, each with its agreement."""
    every = [(one, report) for one in agreements for report in site.history(one) if _is_telling(report)]
    return sorted(every, key=lambda one: (site.published(one[1].article), one[1].article), reverse=True)[:most]


def _is_telling(report: Report) -> bool:
    return any(one.what not in _UNTOLD for one in report.changes)


def _report_entry(site: Site, notes: Notes, agreement: Agreement, report: Report, *, is_linked: bool) -> Entry:
    """What one article changed of an agreement: "AK-203 contract: status: anticipated → signed (TASS)"."""
    day = site.published(report.article)
    words: list[Piece] = [site.agreement(agreement), ": "] if is_linked else []
    parts = [one for one in report.changes if one.what not in _UNTOLD]
    for number, change in enumerate(parts[:_PARTS]):
        words.append("; " if number else "")
        words += _part(notes, change)
    if not parts:
        words.append("reported again, nothing new")
    if len(parts) > _PARTS:
        words.append(f"; and {len(parts) - _PARTS} more")
    outlet = site.book.articles[report.article].outlet
    source = replace(site.source(report.article), text=short(outlet)) if outlet else site.source(report.article)
    words += [" (", source, ")"]
    is_open = report.status.group is StatusGroup.FUTURE
    return Entry(date=day, when=when(day), words=tuple(one for one in words if one), kind="change", is_open=is_open)


def _part(notes: Notes, change: Change) -> Words:
    words = short(_part_words(change), 200)
    if change.article is None or change.evidence is None:
        return (words,)
    return (words, notes.cite(change.article, change.evidence))


def _part_words(change: Change | KeptChange) -> str:
    """What changed of something: "status anticipated → signed", "first reported: …", "no longer: due date 2027"."""
    if change.what is What.WHOLE:
        lead = "first reported" if change.cause is Cause.NEW_SOURCE else change.action.value
        return f"{lead}: {change.after or change.before}" if change.after or change.before else lead
    name = WHAT_WORDS[change.what]
    match change.action:
        case Action.CHANGED:
            return f"{name} {change.before} → {change.after}"
        case Action.ADDED:
            return f"{name} {change.after}"
        case Action.WITHDRAWN:
            return f"no longer {name} {change.before}"


# -- persons and programs ----------------------------------------------------------------------------


def _recorded(site: Site, wanted: Callable[[KeptChange], bool], *, is_linked: bool) -> Iterator[Entry]:
    """What was recorded, one entry for each thing that changed."""
    by_id = {str(one.id): one for one in site.book.agreements}
    for record in site.book.records:
        chosen = [one for one in record.changes if wanted(one)]
        for (_, key), group in groupby(chosen, key=lambda one: (one.kind, one.id)):
            changes = list(group)
            agreement = by_id.get(key)
            title: Piece = site.agreement(agreement) if agreement is not None else short(changes[0].title)
            words: list[Piece] = [title, ": "] if is_linked else []
            words.append(short("; ".join(_part_words(one) for one in changes[:_PARTS]), 400))
            words.append(f" ({', '.join(dict.fromkeys(map(_why, changes)))})")
            yield Entry(date=record.on, when=prose.long_date(record.on), words=tuple(words), kind="change")


def _why(change: KeptChange) -> str:
    return f"{CAUSE_WORDS[change.cause]}: {short(change.reason)}" if change.reason else CAUSE_WORDS[change.cause]


def _ruled(site: Site, agreements: Iterable[Agreement], *, is_linked: bool) -> Iterator[Entry]:
    """What persons decided on some agreements, or on an article as a whole."""
    ids = {one.id for one in agreements}
    for override in site.book.overrides:
        named = [site.by_fact.get((name.partition("/")[0], name.partition("/")[2])) for name in override.facts]
        about = {one.id: one for one in named if one is not None}
        if not (about.keys() & ids) and not (is_linked and not about and len(ids) == len(site.book.agreements)):
            continue
        words: list[Piece] = []
        for number, one in enumerate(about.values() if is_linked else ()):
            words += [", " if number else "", site.agreement(one)]
        if is_linked and not about:
            words.append(short(", ".join(override.facts)))
        to = f" “{short(override.to)}”" if override.to else ""
        lead = ": " if words else ""
        words.append(f"{lead}{_RULINGS[override.kind]}{to} by {short(override.author)}: {short(override.reason, 200)}")
        yield Entry(
            date=override.date,
            when=prose.long_date(override.date),
            words=tuple(one for one in words if one),
            kind="change",
        )


def _newest_first(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    return tuple(sorted(entries, key=lambda one: one.date, reverse=True))
