"""Which id and address each agreement and person has been given: `seeds/register.tsv`.

An id that is made of the facts alone changes when the fact that it is made of is edited or removed. So the ids that
have been given are kept, each with the facts that it stood for, and so is every address. The file is written by a
build, read by the next one, and kept in git like the facts. Without it the book is the same but for ids and addresses.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from generator.errors import PactbookError, Problem
from generator.files import name_fault, shown, write_whole
from generator.model import ArticleFacts, ArticleId, Book
from generator.spelling import SLUG_LIMIT, digest, fold

PATH = PurePosixPath("seeds/register.tsv")
_SAID = PATH.as_posix()
_HEAD = """\
# Ids and addresses that have been given, so that they stay. Written by `pactbook build`; keep it in git.
# fact: article, which of its facts, id. address: kind of page, address, id.
"""
_ID = re.compile(r"[ap]-[0-9a-f]{12}")
_ADDRESS = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_LIMIT = 200_000_000  # bytes; some hundred for each fact of a million articles

Anchor = tuple[ArticleId, str]  # an article, and which of its facts, in words that last: "IND RUS 0"


@dataclass(frozen=True, slots=True, kw_only=True)
class Register:
    """What has been given so far."""

    ids: Mapping[Anchor, str] = field(default_factory=dict)
    addresses: Mapping[tuple[str, str], str] = field(default_factory=dict)  # kind and slug to id


NOTHING_GIVEN = Register()


# -- anchors -----------------------------------------------------------------------------------------


def anchors_in(file: ArticleFacts) -> dict[str, Anchor]:
    """For each agreement and person of an article, by id: what it is made of in words that last.

    Of an agreement its parties, of a person the name, and the number among those of the same.
    """
    seen: dict[str, int] = {}
    anchors: dict[str, Anchor] = {}
    named = [(fact.id, " ".join(sorted({p.code or fold(p.name) for p in fact.parties}))) for fact in file.agreements]
    named += [(fact.id, f"@{fold(fact.name)}") for fact in file.people]
    for fact, words in named:
        number = seen.get(words, 0)
        anchors[fact] = (file.article, f"{words} {number}")
        seen[words] = number + 1
    return anchors


# -- giving ids --------------------------------------------------------------------------------------


def lasting(old: Register, anchors: Mapping[ArticleId, Mapping[str, Anchor]]) -> Register:
    """The register with the ids of facts that were read anew in other words: the only one lost and the only one new.

    Of an article in which exactly one anchor of a kind is gone and one has come, and the two have a word in common, the
    new one is taken for the old.

    Args:
        anchors: By article, then fact.
    """
    known: dict[ArticleId, set[str]] = {}
    for article, words in old.ids:
        known.setdefault(article, set()).add(words)
    ids = dict(old.ids)
    for article in known.keys() & anchors.keys():
        before, now = known[article], {words for _, words in anchors[article].values()}
        for is_person in (False, True) if before != now else ():
            gone = {words for words in before - now if words.startswith("@") == is_person}
            come = {words for words in now - before if words.startswith("@") == is_person}
            if len(gone) == len(come) == 1:
                (lost,), (new,) = gone, come
                if set(lost.strip("@").split()[:-1]) & set(new.strip("@").split()[:-1]):
                    ids[article, new] = old.ids[article, lost]
    return Register(ids=ids, addresses=old.addresses)


def give_ids(groups: Sequence[Sequence[Anchor]], fresh: Sequence[str], old: Register) -> list[str]:
    """One id for each group of facts: the one that most of its facts had, else a new one.

    Where a group has been split, the part with most of the facts keeps the id, of equals the earlier one; where groups
    have met, the id of most of the facts stays.

    Args:
        groups: Anchors of each group's facts.
        fresh: For each group the id that it gets where none of its facts has had one.
    """
    claims: list[tuple[int, int, str]] = []
    for at, group in enumerate(groups):
        votes = [old.ids[anchor] for anchor in group if anchor in old.ids]
        claims += [(-votes.count(one), at, one) for one in dict.fromkeys(votes)]
    given: dict[int, str] = {}
    taken: set[str] = set()
    for _, at, one in sorted(claims):
        if at not in given and one not in taken:
            given[at] = one
            taken.add(one)
    taken.update(old.ids.values(), old.addresses.values())
    for at in range(len(groups)):
        if at not in given:
            given[at] = _free(fresh[at], taken)
            taken.add(given[at])
    return [given[at] for at in range(len(groups))]


def _free(own: str, taken: set[str]) -> str:
    """The id, or where another group has had it, one that is made of it."""
    made, number = own, 1
    while made in taken:
        number += 1
        made = f"{own[:2]}{digest(f'{own} {number}')}"
    return made


def carried(old: Register, now: Mapping[Anchor, str]) -> Register:
    """The register with its addresses led on: from ids that are no more to those that most of their facts have now.

    Args:
        now: The id of each fact of the book.
    """
    living = set(now.values())
    votes: dict[str, Counter[str]] = {}
    for anchor, own in old.ids.items():
        if own not in living and anchor in now:
            votes.setdefault(own, Counter())[now[anchor]] += 1
    heirs = {own: min(count, key=lambda one: (-count[one], one)) for own, count in votes.items()}
    return Register(ids=old.ids, addresses={key: heirs.get(own, own) for key, own in old.addresses.items()})


def give_addresses(kind: str, wanted: Sequence[tuple[str, str]], old: Register) -> list[str]:
    """One address for each id: no two the same, and none that leads to another id of the book.

    Args:
        kind: Of page.
        wanted: Id and the slug that it should have, in the order in which they were first told of.
        old: As carried on to the ids of the book.
    """
    living = {own for own, _ in wanted}
    taken = {address: own for (of, address), own in old.addresses.items() if of == kind and own in living}
    given = []
    for own, want in wanted:
        tries = (want, f"{want[: SLUG_LIMIT - 7].rstrip('-')}-{own[2:8]}", own)
        address = next(one for one in tries if taken.get(one, own) == own)
        taken[address] = own
        given.append(address)
    return given


def redirects(kind: str, current: Mapping[str, str], old: Register) -> dict[str, str]:
    """Addresses that are not used any more, each with the id that it leads to, by address.

    Args:
        kind: Of page.
        current: Address of each id of the book.
        old: As carried on to the ids of the book.
    """
    used = set(current.values())
    return {
        address: own
        for (of, address), own in sorted(old.addresses.items())
        if of == kind and address not in used and own in current
    }


def register_of(book: Book, facts: Mapping[ArticleId, ArticleFacts], old: Register) -> Register:
    """What has been given once the book is published: what it uses, and what the register has of other days.

    Args:
        facts: By id of their article, also those that the book does not show; an article that has other facts than
            before loses what the register has of those that are gone.
    """
    anchors = {article: anchors_in(file) for article, file in facts.items()}
    there = {anchor for own in anchors.values() for anchor in own.values()}
    ids: dict[Anchor, str] = {
        anchor: own for anchor, own in old.ids.items() if anchor in there or anchor[0] not in facts
    }
    addresses = dict(old.addresses)
    for kind, moved in (("agreements", book.redirects), ("people", book.person_redirects)):
        addresses.update({(kind, address): target for address, target in moved.items()})
    for agreement in book.agreements:
        ids.update((anchors[one.article][one.fact.id], agreement.id) for one in agreement.statements)
        addresses["agreements", agreement.slug] = agreement.id
    for person in book.persons:
        ids.update((anchors[one.article][one.fact], person.id) for one in person.statements)
        addresses["people", person.slug] = person.id
    return Register(ids=ids, addresses=addresses)


# -- reading and writing -----------------------------------------------------------------------------


def read_register(root: Path) -> Register:
    """What `seeds/register.tsv` says; nothing where there is no such file.

    Raises:
        PactbookError: The file cannot be read, or a line is not as a build writes it; carries every problem.
    """
    path = root / PATH
    if not path.exists() and not path.is_symlink():
        return Register()
    if path.is_symlink() or not path.is_file() or path.stat().st_size > _LIMIT:
        raise PactbookError(problems=[Problem(_SAID, 0, "must be a plain file. Remove it, then: pactbook build")])
    try:
        return parse_register(path.read_bytes().decode("utf-8"))
    except UnicodeDecodeError as error:
        raise PactbookError(problems=[Problem(_SAID, 0, "is not UTF-8. Take the version that git has.")]) from error


def parse_register(text: str) -> Register:
    """What a text says as `read_register` would read it.

    Raises:
        PactbookError: Carries every problem found, with its line.
    """
    ids: dict[Anchor, str] = {}
    addresses: dict[tuple[str, str], str] = {}
    problems: list[Problem] = []
    for number, line in enumerate(text.split("\n"), 1):
        if not line or line.startswith("#"):
            continue
        match line.split("\t"):
            case ["fact", article, words, own] if words and _ID.fullmatch(own) and not name_fault(article):
                known = ids.setdefault((ArticleId(article), words), own)
            case ["address", "agreements" | "people" as kind, address, own] if _ID.fullmatch(
                own
            ) and _ADDRESS.fullmatch(address):
                known = addresses.setdefault((kind, address), own)
            case _:
                problems.append(Problem(_SAID, number, f"is no line of a register: {shown(line)}. Take it out."))
                continue
        if known != own:
            problems.append(Problem(_SAID, number, f"gives {own} to what {known} was given to. Keep the older line."))
    if problems:
        raise PactbookError(problems=problems)
    return Register(ids=ids, addresses=addresses)


def dump_register(register: Register) -> str:
    """The canonical text of the file; `parse_register` gives the same register back."""
    return _HEAD + "".join(f"{line}\n" for line in _lines(register))


def _lines(register: Register) -> Iterator[str]:
    for (article, words), own in sorted(register.ids.items()):
        yield f"fact\t{article}\t{words}\t{own}"
    for (kind, address), own in sorted(register.addresses.items()):
        yield f"address\t{kind}\t{address}\t{own}"


def write_register(register: Register, root: Path) -> Path:
    """Write `seeds/register.tsv` if it is not there or differs, and return where."""
    path = root / PATH
    data = dump_register(register).encode()
    if not path.is_file() or path.read_bytes() != data:
        write_whole(path, data)
    return path
