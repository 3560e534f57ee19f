"""Do facts agree with their article and with each other? Every fault is told, nothing is decided.

Rules of one value are in the model and in `facts`; here are those that need an article or several values.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import cache

from generator.codes import countries
from generator.errors import Problem
from generator.files import shown
from generator.model import (
    AgreementFact,
    Article,
    ArticleFacts,
    ArticleId,
    Certainty,
    DateBasis,
    Evidence,
    Mode,
    PersonFact,
    QuotationFact,
    Realis,
    ReviewState,
    SaidDate,
    Status,
    StatusGroup,
    Term,
    Value,
)

_AFTER_SIGNATURE = frozenset({Status.SIGNED, Status.IN_FORCE, Status.EXTENDED, Status.AMENDED})


def check(articles: Mapping[ArticleId, Article], facts: Mapping[ArticleId, ArticleFacts]) -> Iterator[Problem]:
    """Every fault of the facts, by article, then in the order of the file; an article without facts is no fault."""
    for key in sorted(facts):
        path = f"seeds/facts/{key}.yaml"
        for message in _faults(facts[key], articles.get(key)):
            yield Problem(path, 0, message)


def _faults(facts: ArticleFacts, article: Article | None) -> Iterator[str]:
    if article is None:
        yield f"article {shown(facts.article)} is not in seeds/articles, or is refused. Add it, or remove these facts."
    else:
        yield from _check_digest(facts, article)
        for place, evidence in evidences(facts):
            yield from _check_evidence(place, evidence, article.text)
        yield from _check_words(facts, article.text)
    yield from _check_names(facts)
    yield from _check_figures(facts)
    yield from _check_ids(facts)
    yield from _check_references(facts)
    yield from _check_review(facts)
    for index, agreement in enumerate(facts.agreements):
        for message in _contradictions(agreement):
            yield f"agreements[{index}]{message}"
    for index, event in enumerate(facts.events):
        for message in _date_faults("date", event.date):
            yield f"events[{index}]{message}"


# -- facts and their article -----------------------------------------------------------------------


def _check_digest(facts: ArticleFacts, article: Article) -> Iterator[str]:
    """Facts rest on the very bytes that were read; a changed article may say something else."""
    if facts.sha256 != article.sha256:
        what = "Read it again" if facts.review.state is ReviewState.PROPOSED else "Compare them with the article"
        yield (
            f"sha256 must be that of {article.path}, {article.sha256}; got {shown(facts.sha256)}. "
            f"The article has changed since it was read. {what}: pactbook extract --force {facts.article}"
        )


def _check_evidence(place: str, evidence: Evidence, text: str) -> Iterator[str]:
    """The words must stand in the article, character by character, at the place that is given."""
    exact = evidence.exact
    if text[evidence.start : evidence.end] == exact:
        return
    found = text.find(exact)
    if found < 0:
        yield f"{place}.exact is not in the article: {shown(exact)}. Copy it exactly."
    elif text.find(exact, found + 1) < 0:
        right = f"start: {found}, end: {found + len(exact)}"
        yield f"{place} does not stand at {evidence.start} to {evidence.end}: {shown(exact)}. Write {right}."
    else:
        yield (
            f"{place} does not stand at {evidence.start} to {evidence.end}: {shown(exact)}. It stands at several other "
            f"places, the first from {found} to {found + len(exact)}. Give the right one."
        )


def _check_words(facts: ArticleFacts, text: str) -> Iterator[str]:
    """What is said to be the article's own words must be in the article."""
    for index, person in enumerate(facts.people):
        if person.name not in text:
            yield f"people[{index}].name must be the article's words; got {shown(person.name)}. Copy them exactly."
        if person.office is not None and not _is_taken_from(person.office, person.office_evidence, text):
            got = shown(person.office)
            yield f"people[{index}].office must be the article's words, in their order; got {got}. Copy them exactly."
        if not any(person.name in mention.exact for mention in person.evidence):
            yield f"people[{index}].evidence does not hold the name {shown(person.name)}. Add where it stands."
    for index, agreement in enumerate(facts.agreements):
        for number, item in enumerate(agreement.items):
            if item.designation is not None and item.designation not in text:
                place = f"agreements[{index}].items[{number}].designation"
                yield f"{place} must be the article's words; got {shown(item.designation)}. Copy them exactly."


def _is_taken_from(words: str, evidence: Evidence | None, text: str) -> bool:
    """Whether the words stand in the evidence in this order; the country's adjective between them may be left out."""
    if evidence is None or words in text:
        return words in text
    left = iter(_WORD.findall(evidence.exact))
    return all(word in left for word in _WORD.findall(words))


_WORD = re.compile(r"\w+")


# -- values and their evidence ---------------------------------------------------------------------


def _check_names(facts: ArticleFacts) -> Iterator[str]:
    """Words that are the name of one country are no evidence of another."""
    for index, country in enumerate(facts.countries):
        for number, mention in enumerate(country.evidence):
            place = f"countries[{index}].evidence[{number}]"
            yield from _name_fault(f"{place} names another country than {country.country}", country.country, mention)
    for index, agreement in enumerate(facts.agreements):
        for number, party in enumerate(agreement.parties):
            if party.code is not None and party.code in countries():
                place = f"agreements[{index}].parties[{number}].evidence"
                yield from _name_fault(f"{place} names another country than {party.code}", party.code, party.evidence)


def _name_fault(what: str, code: str, evidence: Evidence) -> Iterator[str]:
    meant = _countries_by_name().get(evidence.exact, frozenset())
    if meant and code not in meant:
        yield f"{what}: {shown(evidence.exact)} is {', '.join(sorted(meant))}. Correct the code or the evidence."


@cache
def _countries_by_name() -> Mapping[str, frozenset[str]]:
    """Every country that each word may stand for; former states count for their successors and the other way round."""
    found: dict[str, set[str]] = {}
    for code, country in countries().items():
        kin = {code, *country.successors, *(other for other, one in countries().items() if code in one.successors)}
        for words in (country.names, country.adjectives, country.peoples, country.capitals, country.seats):
            for word in words:
                found.setdefault(word, set()).update(kin)
    return {word: frozenset(meant) for word, meant in found.items()}


_NUMERAL = re.compile(r"\d[\d,.]*")
_SPACED = re.compile(r"\d[\d,.]*(?:\s\d{3})+")  # 12 500
# Where a figure is partly in words or a fraction ("1-1/2 mln", "half a billion"), its digits do not show in the sum.
_IN_WORDS = re.compile(
    r"/|[½¼¾]|\b(?:a|an|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozens?|half|quarter|hundreds?"
    r"|couple|pair|several|fifteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)\b",
    re.IGNORECASE,
)


def _check_figures(facts: ArticleFacts) -> Iterator[str]:
    """A figure must be one that its evidence gives, whatever the unit of millions or crore it is given in."""
    for index, agreement in enumerate(facts.agreements):
        for number, money in enumerate(agreement.values):
            place = f"agreements[{index}].values[{number}]"
            yield from _figure_fault(f"{place}.amount", money.amount, money.evidence)
            yield from _figure_fault(f"{place}.high", money.high, money.evidence)
        for number, item in enumerate(agreement.items):
            place = f"agreements[{index}].items[{number}]"
            yield from _figure_fault(f"{place}.quantity", item.quantity, item.evidence)
            yield from _figure_fault(f"{place}.high", item.high, item.evidence)


def _figure_fault(place: str, figure: Decimal | None, evidence: Evidence) -> Iterator[str]:
    if figure is None or _IN_WORDS.search(evidence.exact):
        return
    given = {_significant(numeral) for form in (_NUMERAL, _SPACED) for numeral in form.findall(evidence.exact)}
    if given and _significant(format(figure, "f")) not in given:
        yield f"{place} must be a figure of its evidence, {shown(evidence.exact)}; got '{figure:f}'. Correct it."


def _significant(numeral: str) -> str:
    """The digits that say the figure, without those that say its size: "1,250,000" and "1.25" are both "125"."""
    return "".join(character for character in numeral if character.isdigit()).strip("0")


@cache
def _names(model: type[Value]) -> tuple[str, ...]:
    return tuple(model.model_fields)


def evidences(value: Value, place: str = "") -> Iterator[tuple[str, Evidence]]:
    """Every piece of evidence in a value, with its place such as `agreements[0].values[1].evidence`."""
    for name in _names(type(value)):
        item = getattr(value, name)
        here = f"{place}.{name}" if place else name
        if isinstance(item, Evidence):
            yield here, item
        elif isinstance(item, Value):
            yield from evidences(item, here)
        elif isinstance(item, tuple):
            for index, part in enumerate(item):
                if isinstance(part, Evidence):
                    yield f"{here}[{index}]", part
                elif isinstance(part, Value):
                    yield from evidences(part, f"{here}[{index}]")


# -- facts and each other --------------------------------------------------------------------------


def _check_ids(facts: ArticleFacts) -> Iterator[str]:
    """Ids are unique among their kind, and a country stands once."""
    for kind, key in (
        ("people", "id"),
        ("agreements", "id"),
        ("quotations", "id"),
        ("tensions", "id"),
        ("events", "id"),
        ("countries", "country"),
    ):
        counts = Counter(getattr(fact, key) for fact in getattr(facts, kind))
        for value, count in counts.items():
            if count > 1:
                many = f"{count} entries with the {key} {shown(value)}"
                yield f"{kind} has {many}; each must stand once. Rename or merge them."


def _check_references(facts: ArticleFacts) -> Iterator[str]:
    """A quotation's person is in the same file; `same_as` names an earlier quotation that is none itself."""
    people: dict[str, PersonFact] = {person.id: person for person in facts.people}
    earlier: dict[str, QuotationFact] = {}
    for index, quotation in enumerate(facts.quotations):
        place = f"quotations[{index}]"
        person = people.get(quotation.person) if quotation.person is not None else None
        if quotation.person is not None and person is None:
            known = ", ".join(people) or "none"
            yield f"{place}.person must be the id of a person here, {known}; got {shown(quotation.person)}. Correct it."
        if person is not None and quotation.speaker is None:
            yield f"{place}.speaker is missing, though person {person.id} is given. Add it: {shown(person.name)}."
        if quotation.same_as is not None and quotation.same_as not in earlier:
            known = ", ".join(earlier) or "none"
            yield f"{place}.same_as must be the id of an earlier quotation, {known}; got {shown(quotation.same_as)}."
        earlier[quotation.id] = quotation


def _check_review(facts: ArticleFacts) -> Iterator[str]:
    """What a person has accepted so far is there, each once."""
    known = set(facts.fact_keys())
    for index, (key, count) in enumerate(Counter(facts.review.accepted).items()):
        if key not in known:
            yield f"review.accepted[{index}] must be a fact of this file; got {shown(key)}. Take it out."
        elif count > 1:
            yield f"review.accepted has {shown(key)} {count} times; each must stand once. Keep one."


def _contradictions(fact: AgreementFact) -> Iterator[str]:
    """What one agreement cannot be at once; each message begins with the place inside the agreement."""
    yield from _order_faults(fact)
    yield from _status_faults(fact)
    if fact.count is not None and fact.count == 1:
        yield ".count must be 0 for several, or 2 and more; got '1'. Leave it out for one agreement."
    for place, low, high in (
        *((f".values[{n}]", money.amount, money.high) for n, money in enumerate(fact.values)),
        *((f".items[{n}]", item.quantity, item.high) for n, item in enumerate(fact.items)),
    ):
        if high is not None and low is None:
            yield f"{place}.high is given without the lower figure. Add it."
        elif high is not None and low is not None and high < low:
            yield f"{place}.high must not be less than {low}; got '{high}'. Exchange them."
    for number, item in enumerate(fact.items):
        if item.designation is None and item.description is None and item.quantity is None:
            yield f".items[{number}] must have a designation, a description or a quantity. Add one."
    codes = Counter((party.code, party.role) for party in fact.parties if party.code is not None)
    for (code, role), count in codes.items():
        if count > 1:
            yield f".parties has {code} as {role} {count} times; each must stand once. Merge them."


def _order_faults(fact: AgreementFact) -> Iterator[str]:
    """Conclusion, entry into force and end come in this order."""
    for name in ("concluded", "due", "in_force"):
        yield from _date_faults(name, getattr(fact, name))
    if fact.concluded is not None and fact.in_force is not None and _is_before(fact.in_force, fact.concluded):
        got = shown(fact.in_force.date)
        yield f".in_force must not be before concluded, {fact.concluded.date}; got {got}. Correct one."
    term = fact.term
    if term is not None:
        yield from _term_faults(term)


def _term_faults(term: Term) -> Iterator[str]:
    if term.begins is None and term.ends is None and term.years is None:
        yield ".term must have begins, ends or years. Add one, or leave the term out."
    if term.begins is not None and term.ends is not None and _less(term.ends, term.begins):
        yield f".term.ends must not be before begins, {term.begins}; got {shown(term.ends)}. Correct one."
    if term.years is not None and term.years <= 0:
        yield f".term.years must be more than 0; got '{term.years}'. Correct it."


def _status_faults(fact: AgreementFact) -> Iterator[str]:
    """Nothing may be said to be done and still to come at once: that is the error we must never make."""
    if fact.due is not None and fact.status in _AFTER_SIGNATURE:
        yield f".due is given, though the status is {fact.status}. Leave it out, or correct the status."
    if fact.concluded is not None and fact.status.group is StatusGroup.FUTURE:
        yield f".concluded is given, though the status is {fact.status}. Write due, or correct the status."
    if fact.status.group is StatusGroup.DONE and not _says_done(fact.status, fact.realis):
        said = ", ".join(fact.realis.modes) or fact.realis.certainty
        yield f".status is {fact.status}, though its realis is {said}. Correct one of them."


def _says_done(status: Status, realis: Realis) -> bool:
    """What stands may be told by a sentence that denies something else: "it does not breach the pact"."""
    unreal = {Mode.FUTURE, Mode.HYPOTHETICAL} | (set() if status is Status.IN_FORCE else {Mode.NEGATED})
    return not unreal.intersection(realis.modes) and realis.certainty is not Certainty.UNCOMMITTED


def _date_faults(name: str, said: SaidDate | None) -> Iterator[str]:
    """A date rests on words of the article, unless it is only the date of the report."""
    if said is not None and said.evidence is None and said.basis is not DateBasis.REPORT:
        yield f".{name}.evidence is missing. Add the words that give the date, or write basis: report."


def _is_before(one: SaidDate, other: SaidDate) -> bool:
    return _less(one.date, other.date)


def _less(one: str, other: str) -> bool:
    """Whether a date is before another as far as both are precise: 2021 is not before 2021-12-06."""
    shared = min(len(one), len(other))
    return one[:shared] < other[:shared]
