"""Facts to files and back: canonical in writing, strict in reading, with the place of every fault."""

import re
from decimal import Decimal
from pathlib import Path

import jsonschema  # type: ignore[import-untyped]
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.cache import Store, digest_of
from generator.errors import PactbookError
from generator.facts import (
    _program,
    accepted,
    dump_facts,
    dump_schema,
    facts_schema,
    is_untouched,
    keep_facts,
    parse_facts,
    read_all_facts,
    read_facts,
    write_facts,
    write_schema,
)
from generator.model import (
    Area,
    ArticleFacts,
    Certainty,
    DateBasis,
    Evidence,
    Mode,
    Qualifier,
    Realis,
    Review,
    ReviewState,
    SaidDate,
    Term,
)
from helpers import (
    evidence_of,
    make_article,
    make_event,
    make_fact,
    make_facts,
    make_item,
    make_money,
    make_place,
    make_quotation,
    make_source,
    make_tension,
)

PATH = "seeds/facts/2026-03-02-fishing-pact.yaml"
FULL = make_facts(
    agreements=(
        make_fact(
            values=(make_money(high=Decimal("15000000.50")),),
            items=(make_item(quantity=Decimal(20), unit="tonnes", category="aircraft"),),
            concluded=SaidDate(date="2026-03-02", basis=DateBasis.RESOLVED, evidence=evidence_of("On Monday")),
            in_force=SaidDate(date="2027", basis=DateBasis.REPORT),
            term=Term(years=Decimal("2.5"), evidence=evidence_of("ten years")),
            place=make_place(),
            attribution=(make_source(), make_source("the Norwegian news agency")),
            realis=Realis(certainty=Certainty.PROBABLE, modes=(Mode.HISTORICAL,)),
            areas=(Area.TRADE, Area.FOOD),
            count=0,
        ),
    )
)
GOOD = dump_facts(make_facts(agreements=(make_fact(values=(make_money(),)),)))


def problems_of(text: str, path: str = PATH) -> list[str]:
    with pytest.raises(PactbookError) as error:
        parse_facts(text, path)
    return [str(problem) for problem in error.value.problems]


# -- writing


def test_facts_are_written_in_the_order_of_the_model_with_defaults_left_out() -> None:
    facts = make_facts(people=(), agreements=(make_fact(values=(make_money(),), place=make_place()),), quotations=())

    text = dump_facts(facts.model_copy(update={"tensions": (), "events": (make_event(),), "reader": "Kari Nordmann"}))

    assert text == (
        "# yaml-language-server: $schema=../facts.schema.json\n"
        "# What the article says. To correct it: change a value; `exact` must stand in the article letter by letter, "
        "from\n"
        "# `start` to `end`. Then see `pactbook check`, and mark it as read: "
        '`pactbook accept <article> --by "Your Name"`.\n'
        'article: "2026-03-02-fishing-pact"\n'
        f'sha256: "{facts.sha256}"\n'
        "reader: Kari Nordmann\n"
        "countries:\n"
        "  - country: NOR\n"
        "    evidence:\n"
        '      - {exact: "Norwegian", start: 49, end: 58}\n'
        "    rule: names.adjective\n"
        "  - country: SWE\n"
        "    evidence:\n"
        '      - {exact: "Swedish", start: 100, end: 107}\n'
        "    rule: names.adjective\n"
        "agreements:\n"
        "  - id: a1\n"
        "    title: fishing agreement\n"
        "    parties:\n"
        "      - code: NOR\n"
        "        name: Norwegian\n"
        '        evidence: {exact: "Norwegian", start: 49, end: 58}\n'
        "      - code: SWE\n"
        "        name: Swedish\n"
        '        evidence: {exact: "Swedish", start: 100, end: 107}\n'
        "    instrument: agreement\n"
        "    status: signed\n"
        '    status_evidence: {exact: "On Monday, Norwegian Fisheries Minister Kari Nordmann and her Swedish '
        "counterpart Sven Svensson signed a fishing agreement worth $12 million in Bergen, the Norwegian news agency "
        'NTB reported.", start: 38, end: 229}\n'
        "    areas: [food]\n"
        "    values:\n"
        "      - amount: 12000000\n"
        "        currency: USD\n"
        '        evidence: {exact: "$12 million", start: 167, end: 178}\n'
        "    place:\n"
        "      name: Bergen\n"
        "      country: NOR\n"
        '      evidence: {exact: "Bergen", start: 182, end: 188}\n'
        "    evidence:\n"
        '      - {exact: "On Monday, Norwegian Fisheries Minister Kari Nordmann and her Swedish counterpart'
        " Sven Svensson signed a fishing agreement worth $12 million in Bergen, the Norwegian news agency NTB"
        ' reported.", start: 38, end: 229}\n'
        "    rule: agreements.verb\n"
        "events:\n"
        "  - id: e1\n"
        "    kind: ceremony\n"
        "    title: signing\n"
        "    participants: [NOR, SWE]\n"
        '    evidence: {exact: "signed a fishing agreement", start: 134, end: 160}\n'
        "    rule: events.ceremony\n"
    )


@pytest.mark.parametrize(
    "facts",
    [
        make_facts(),
        FULL,
        make_facts(countries=(), people=(), agreements=(), quotations=(), tensions=(), events=()),
        make_facts(review=Review(state=ReviewState.ACCEPTED, by="Kari: Nordmann #1", on="2026-03-03")),
        make_facts(review=Review(by="no", on="2026")),
        make_facts(quotations=(make_quotation(), make_quotation(id="q2", same_as="q1", attribution=(make_source(),)))),
        *(make_facts(agreements=(make_fact(values=(make_money(qualifier=qualifier),)),)) for qualifier in Qualifier),
        make_facts(tensions=(make_tension(target="EU", law="the Fisheries Act"),)),
    ],
    ids=["one of each", "every field", "empty", "accepted", "awkward review", "quotations", *Qualifier, "tension"],
)
def test_what_is_written_is_read_as_the_same_facts_and_written_the_same(facts: ArticleFacts) -> None:
    text = dump_facts(facts)

    again = parse_facts(text, PATH)

    assert again == facts
    assert dump_facts(again) == text


@settings(deadline=None, max_examples=150)
@given(st.text(min_size=1).filter(lambda text: text.isascii() or text.encode("utf-8", "ignore").decode() == text))
def test_any_words_survive_writing_and_reading(words: str) -> None:
    evidence = Evidence(exact=words, start=0, end=len(words))
    facts = make_facts(quotations=(make_quotation().model_copy(update={"evidence": evidence, "speaker": words}),))

    text = dump_facts(facts)

    assert parse_facts(text, PATH) == facts
    assert text.replace("\n", "").isprintable() or not words.isprintable()
    assert yaml.load(text, Loader=yaml.BaseLoader) == yaml.load(text, Loader=yaml.CBaseLoader)  # noqa: S506


@pytest.mark.parametrize("words", ["no", "NO", "null", "~", "12", "1e3", "0x1", "12:30", "2021", "- a", "a: b", "a #b"])
def test_words_that_other_readers_of_yaml_take_for_something_else_are_quoted(words: str) -> None:
    facts = make_facts(quotations=(make_quotation(speaker=words),))

    found = yaml.safe_load(dump_facts(facts))["quotations"][0]["speaker"]

    assert found == words


def test_what_cannot_be_seen_is_written_as_an_escape() -> None:
    facts = make_facts(quotations=(make_quotation(speaker="a\u202eb\x1b[31m\u200b\xa0”"),))

    assert '    speaker: "a\\u202eb\\x1b[31m\\u200b\\xa0”"\n' in dump_facts(facts)


# -- reading


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        pytest.param(
            "status: signed",
            "status: signing",
            "agreements[0].status must be proposed, negotiating, anticipated, approved, agreed, signed, in-force, "
            "extended, amended, suspended, breached, ended, failed; got 'signing'. Correct it.",
            id="unknown status",
        ),
        pytest.param(
            "    instrument: agreement\n", "", "agreements[0].instrument is missing. Add it.", id="missing key"
        ),
        pytest.param(
            "instrument:",
            "instruments:",
            "agreements[0].instruments is not known; known here are id, title, parties, instrument, status, "
            "status_evidence, realis, count, areas, values, items, concluded, due, in_force, term, place, attribution, "
            "evidence, rule. Perhaps instrument?",
            id="unknown key",
        ),
        pytest.param(
            "  - country: NOR",
            "  - country: NO",
            "countries[0].country must be a country's alpha-3 code (ISO 3166-1) such as IND; got 'NO'. Write NOR.",
            id="NO as a country",
        ),
        pytest.param(
            "  - country: NOR",
            "  - country: NRO",
            "countries[0].country must be a country's alpha-3 code (ISO 3166-1) such as IND; got 'NRO'. Correct it, or "
            "leave it out if it is not known.",
            id="no such country",
        ),
        pytest.param(
            "      - code: SWE",
            "      - code: Sweden",
            "agreements[0].parties[1].code must be a country's alpha-3 code such as IND, or an organisation's short "
            "name such as EU; got 'Sweden'. Write SWE.",
            id="name for a code",
        ),
        pytest.param(
            "participants: [NOR, SWE]",
            "participants: [NOR, NORDIC]",
            "events[0].participants[1] must be a country's alpha-3 code such as IND, or an organisation's short name "
            "such as EU; got 'NORDIC'. Correct it, or leave it out if it is not known.",
            id="no such participant",
        ),
        pytest.param(
            "currency: USD",
            "currency: $",
            "agreements[0].values[0].currency must be a currency's code (ISO 4217) such as USD; got '$'. "
            "Correct it, or leave it out if it is not known.",
            id="sign for a currency",
        ),
        pytest.param(
            "currency: USD",
            "currency: usd",
            "agreements[0].values[0].currency must be a currency's code (ISO 4217) such as USD; got 'usd'. Write USD.",
            id="small letters",
        ),
        pytest.param(
            "amount: 12000000",
            "amount: 12,000,000",
            "agreements[0].values[0].amount must be a number such as 500000000 or 1.5, with no blanks, commas or unit; "
            "got '12,000,000'. Correct it.",
            id="commas in a number",
        ),
        pytest.param(
            "amount: 12000000",
            "amount: 1e999999999",
            "agreements[0].values[0].amount must be a number such as 500000000 or 1.5, with no blanks, commas or unit; "
            "got '1e999999999'. Correct it.",
            id="wild number",
        ),
        pytest.param(
            "start: 49, end: 58}\n    rule: names",
            "start: 49, end: 59}\n    rule: names",
            "countries[0].evidence[0] is wrong: end must be start + 9, the length of 'exact'; got 49 to 59. "
            "Correct it.",
            id="end that does not fit",
        ),
        pytest.param(
            "start: 49, end: 58}\n    rule: names",
            "start: -1, end: 58}\n    rule: names",
            "countries[0].evidence[0].start must be a whole number such as 120; got '-1'. Correct it.",
            id="negative start",
        ),
        pytest.param(
            "areas: [food]",
            "areas: food",
            "agreements[0].areas must be a list; got 'food'. Begin each entry with a hyphen.",
            id="text for a list",
        ),
        pytest.param(
            "title: fishing agreement",
            "title: [fishing]",
            "agreements[0].title must be text; got a list. Correct it.",
            id="list for a text",
        ),
        pytest.param(
            "title: fishing agreement",
            'title: ""',
            "agreements[0].title is empty. Give a value, or leave the key out.",
            id="empty text",
        ),
        pytest.param(
            "    rule: events.ceremony",
            "    date: 2026-03-02\n    rule: events.ceremony",
            "events[0].date must hold keys and values; got '2026-03-02'. Write for example key: value.",
            id="text for a mapping",
        ),
        pytest.param(
            "    rule: events.ceremony",
            "    date: {date: 2026-02-30, basis: report}\n    rule: events.ceremony",
            "events[0].date.date must be a day such as 2021-12-06, or 2021-12, or 2021; got '2026-02-30'. Correct it.",
            id="no day of the calendar",
        ),
        pytest.param(
            "- id: a1",
            "- id: A1",
            "agreements[0].id must be a and a number, such as a1; got 'A1'. Correct it.",
            id="id of another form",
        ),
        pytest.param(
            'sha256: "',
            'sha256: "x',
            "sha256 must be the article's SHA-256, 64 of 0-9 and a-f; got 'x",
            id="no digest",
        ),
        pytest.param(
            "reader: rules-1\n",
            "reader: rules-1\nreview: {state: accepted, by: Ann}\n",
            "review is wrong: accepted facts must say 'by' whom and 'on' which date. Correct it.",
            id="accepted by nobody",
        ),
        pytest.param(
            'article: "2026-03-02-fishing-pact"',
            "article: other",
            "article must be the file's name without its ending, '2026-03-02-fishing-pact'; got 'other'.",
            id="name of another article",
        ),
    ],
)
def test_a_broken_file_is_refused_with_the_place_of_the_fault(old: str, new: str, message: str) -> None:
    assert old in GOOD
    line = GOOD[: GOOD.index(old)].count("\n") + 1 + max(0, new.count("\n") - old.count("\n"))
    text = GOOD.replace(old, new, 1)

    problems = problems_of(text)

    assert len(problems) == 1
    where, _, said = problems[0].partition(": ")
    assert said.startswith(message)
    number = int(where.removeprefix(f"{PATH}:"))
    assert abs(number - line) <= 9
    assert 1 <= number <= text.count("\n")


def test_all_faults_of_all_kinds_are_told_at_once_with_their_lines() -> None:
    text = GOOD.replace("status: signed", "status: done").replace("currency: USD", "currency: EURO")
    text = text.replace("participants: [NOR, SWE]", "participants: [NOR, XX]").replace("kind: protest\n", "kid: x\n")

    problems = problems_of(text)

    lines = text.splitlines()
    assert [problem.split(": ")[1].split()[0] for problem in problems] == [
        "agreements[0].status",
        "agreements[0].values[0].currency",
        "tensions[0].kid",
        "events[0].participants[1]",
    ]
    for word, problem in zip(("done", "EURO", "kid", "XX"), problems, strict=True):
        assert word in lines[int(problem.split(":")[1]) - 1]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("- a", "must hold keys and values, first of all article: …; got a list. See another such file."),
        ("42", "must hold keys and values, first of all article: …; got '42'. See another such file."),
        ("a: &x b", "the anchor &x is refused. Write each value out."),
        ("a: " + "[" * 20, "nested deeper than 12 levels. Write it flatter."),
    ],
    ids=["list", "scalar", "anchor", "deep"],
)
def test_what_is_no_facts_file_at_all_is_refused(text: str, message: str) -> None:
    assert problems_of(text) == [f"{PATH}:1: {message}"]


def test_one_bad_file_of_facts_does_not_stop_the_others(tmp_path: Path) -> None:
    good = make_facts()
    write_facts(good, tmp_path)
    folder = tmp_path / "seeds/facts"
    (folder / "bad.yaml").write_text("a: b\n")
    (folder / "note.txt").write_text("hello")
    (folder / "latin.yaml").write_bytes(b"a: \xff")
    (folder / "sub.yaml").mkdir()
    (folder / "out.yaml").symlink_to("/etc/hostname")

    facts, problems = read_all_facts(tmp_path)

    assert facts == {good.article: good}
    assert {problem.path.rpartition("/")[2] for problem in problems} == {
        "bad.yaml",
        "latin.yaml",
        "note.txt",
        "out.yaml",
        "sub.yaml",
    }


def test_facts_are_read_from_where_they_are_written(tmp_path: Path) -> None:
    facts = make_facts()

    path = write_facts(facts, tmp_path)

    assert path == tmp_path / PATH
    assert read_facts(path, tmp_path) == facts


# -- who has had a hand in it


def test_facts_as_a_reader_wrote_them_are_untouched() -> None:
    facts = make_facts()

    assert is_untouched(dump_facts(facts), facts)


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace("status: signed", "status: agreed"),
        lambda text: text.replace("agreements:\n", "# seen\nagreements:\n"),
        lambda text: text.replace("rules-1\n", "Kari\n"),
        lambda text: text + "\n",
        lambda text: "\n".join(text.splitlines()[:-1]) + "\n",
    ],
    ids=["value", "comment", "reader", "blank line", "without digest"],
)
def test_any_change_by_a_person_shows(change: "type[str]") -> None:
    text = change(dump_facts(make_facts()))

    assert not is_untouched(text, parse_facts(text, PATH))


def test_accepting_keeps_everything_but_the_review_and_the_digest() -> None:
    text = dump_facts(make_facts())
    facts = parse_facts(text, PATH)

    after = accepted(text, facts, "Ann", "2026-03-04")

    wanted = text.replace(
        "reader: rules-1\n", "reader: rules-1\nreview:\n  state: accepted\n  by: Ann\n  on: 2026-03-04\n"
    )
    assert after == re.sub(r"# As rules-1 .*\n", "", wanted)
    assert dump_facts(parse_facts(after, PATH)) == after


def test_accepting_keeps_the_comments_of_a_person() -> None:
    text = dump_facts(make_facts()).replace("agreements:\n", "# two ships? ask\nagreements:  # one\n")
    facts = parse_facts(text, PATH)

    once = accepted(text, facts, "Ann", "2026-03-04")
    twice = accepted(once, parse_facts(once, PATH), "Bob", "2026-03-05")

    assert "# two ships? ask\nagreements:  # one\n" in twice
    assert parse_facts(twice, PATH).review == Review(state=ReviewState.ACCEPTED, by="Bob", on="2026-03-05")
    assert twice.count("review:") == 1


def test_accepting_a_file_of_unusual_form_keeps_its_facts() -> None:
    facts = make_facts()
    text = "{" + dump_facts(facts).split("# As")[0].split("reader: rules-1")[0].split("\n", 3)[3].replace("\n", ",\n")
    text += "reader: rules-1}\n"
    small = parse_facts(text, PATH)

    after = accepted(text, small, "Ann", "2026-03-04")

    assert parse_facts(after, PATH) == small.model_copy(
        update={"review": Review(state=ReviewState.ACCEPTED, by="Ann", on="2026-03-04")}
    )


# -- schema


def test_the_schema_takes_what_the_reader_takes() -> None:
    for facts in (make_facts(), make_facts(agreements=(make_fact(values=(make_money(),)),))):
        jsonschema.Draft202012Validator(facts_schema()).validate(facts.model_dump(mode="json"))


@pytest.mark.parametrize(
    "change",
    [{"extra": 1}, {"article": None}, {"countries": [{"country": "XXX", "evidence": [], "rule": "r"}]}],
    ids=["unknown key", "missing", "unknown country"],
)
def test_the_schema_refuses_what_the_reader_refuses(change: dict[str, object]) -> None:
    content = make_facts().model_dump(mode="json") | change

    assert not jsonschema.Draft202012Validator(facts_schema()).is_valid(content)


def test_the_schema_is_written_only_when_it_differs(tmp_path: Path) -> None:
    path = write_schema(tmp_path)
    before = path.stat().st_mtime_ns

    write_schema(tmp_path)

    assert path.read_text() == dump_schema()
    assert path.stat().st_mtime_ns == before


def test_the_facts_of_the_repository_are_in_canonical_form_unless_a_person_has_changed_them(repository: Path) -> None:
    facts, problems = read_all_facts(repository)

    assert problems == ()
    for one in facts.values():
        text = (repository / "seeds/facts" / f"{one.article}.yaml").read_text("utf-8")
        body, _, _ = text.partition("# As ")
        assert dump_facts(one).partition("# As ")[0] == body


def test_the_article_of_the_builders_is_where_their_evidence_says() -> None:
    article = make_article()

    assert all(
        article.text[one.start : one.end] == one.exact for one in (evidence_of("Bergen"), evidence_of("$12 million"))
    )


def test_facts_that_were_kept_are_the_same_and_a_change_is_read(project: Path) -> None:
    path = write_facts(make_facts(), project)
    first = Store(project / "kept")
    read, _ = read_all_facts(project, first)
    first.commit()
    second = Store(project / "kept")

    recalled, _ = read_all_facts(project, second)
    path.write_text(path.read_text("utf-8").replace("rule: quotations.marks", "rule: by-hand"), "utf-8")
    changed, _ = read_all_facts(project, second)
    second.close()

    assert recalled == read == {make_facts().article: make_facts()}
    assert changed == read_all_facts(project)[0] != read


def test_facts_that_are_about_to_be_written_are_kept_as_they_will_be_read(project: Path) -> None:
    kept = Store(project / "kept")
    keep_facts(make_facts(), kept)
    path = write_facts(make_facts(), project)
    key = digest_of("facts", _program(), path.name, path.read_text("utf-8"))

    value = kept.get(key)
    kept.close()

    assert ArticleFacts.model_validate_json(value["facts"]) == read_facts(path, project)
