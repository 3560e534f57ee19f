"""Which ids and addresses have been given."""

import re
from collections.abc import Iterable
from pathlib import Path

import pytest

from generator.errors import PactbookError
from generator.model import AgreementFact, Area, Book, Instrument, Override, OverrideKind
from generator.register import (
    NOTHING_GIVEN,
    PATH,
    Register,
    dump_register,
    parse_register,
    read_register,
    register_of,
    write_register,
)
from generator.resolve import resolve
from reports import Report, agreement, item, person, report

RIFLES = agreement("contract to make rifles", instrument=Instrument.CONTRACT, items=(item("AK-203", 601427, "rifles"),))
GRAIN = agreement("pact on grain", parties="IND KAZ", areas=(Area.FOOD,))


def published(reports: Iterable[Report], old: Register = NOTHING_GIVEN, *overrides: Override) -> tuple[Book, Register]:
    """The book of some reports, and the register once it is published."""
    every = list(reports)
    facts = {file.article: file for _, file in every}
    book = resolve({article.id: article for article, _ in every}, facts, overrides, old)
    return book, register_of(book, facts, old)


def rifles(day: str, name: str, fact: AgreementFact = RIFLES) -> Report:
    """A report of one agreement."""
    return report(day, fact, name=name)


# -- ids stay ----------------------------------------------------------------------------------------


def test_an_agreement_keeps_its_id_when_its_first_report_is_removed() -> None:
    first, second = rifles("2021-12-06", "one"), rifles("2021-12-07", "two")
    before, register = published([first, second])

    after, _ = published([second], register)

    assert [one.id for one in after.agreements] == [one.id for one in before.agreements]


def test_an_agreement_keeps_its_id_when_an_earlier_report_turns_up() -> None:
    before, register = published([rifles("2021-12-06", "one")])

    after, _ = published([rifles("2021-12-06", "one"), rifles("2021-12-01", "early")], register)

    assert [(one.id, len(one.statements)) for one in after.agreements] == [(before.agreements[0].id, 2)]


@pytest.mark.parametrize(
    "parties",
    [
        pytest.param("IND RUS", id="the same parties"),
        pytest.param("IND RUS rosterplant", id="another party more"),
    ],
)
def test_an_agreement_of_one_report_keeps_its_id_when_the_report_is_edited(parties: str) -> None:
    before, register = published([rifles("2021-12-06", "one")])
    edited = agreement("deal on carbines", parties=parties, instrument=Instrument.DEAL)

    after, _ = published([rifles("2021-11-30", "one", edited)], register)

    assert after.agreements[0].id == before.agreements[0].id
    assert after.agreements[0].title == "deal on carbines"


def test_another_agreement_in_the_same_article_is_another_one() -> None:
    before, register = published([rifles("2021-12-06", "one")])

    after, _ = published([rifles("2021-12-06", "one", agreement("pact on fish", parties="ISL NOR"))], register)

    assert after.agreements[0].id != before.agreements[0].id


def test_when_an_agreement_is_parted_the_larger_part_keeps_the_id() -> None:
    three = [rifles(f"2021-12-0{day}", name) for day, name in ((6, "one"), (7, "two"), (8, "three"))]
    before, register = published(three)
    fish = agreement("pact on fish", areas=(Area.FOOD,))

    after, _ = published([rifles("2021-12-06", "one", fish), *three[1:]], register)

    by_size = {len(one.statements): one.id for one in after.agreements}
    assert by_size[2] == before.agreements[0].id != by_size[1]


def test_a_person_keeps_its_id_and_address_when_the_country_becomes_known() -> None:
    first = report("2021-12-06", people=(person("Sergei Shoigu", country=None),), name="one")
    before, register = published([first])

    after, _ = published([first, report("2021-12-07", people=(person("Sergey Shoygu"),), name="two")], register)

    assert [(one.id, len(one.statements)) for one in after.persons] == [(before.persons[0].id, 2)]


# -- addresses lead somewhere ------------------------------------------------------------------------


def test_an_address_that_has_changed_leads_to_the_agreement() -> None:
    before, register = published([rifles("2021-12-06", "one")])
    old = before.agreements[0].slug
    more = agreement("contract for carbines", instrument=Instrument.CONTRACT, items=(item("AK-203", 601427),))

    after, later = published(
        [rifles("2020-12-06", "one", more.model_copy(update={"instrument": Instrument.DEAL}))], register
    )

    (one,) = after.agreements
    assert one.slug != old
    assert after.redirects == {old: one.id}
    assert published([rifles("2020-12-06", "one", more)], later)[0].redirects.keys() >= {old}


def test_the_address_of_an_agreement_that_has_met_another_leads_there() -> None:
    reports = [rifles("2021-12-06", "one"), rifles("2021-12-07", "two", GRAIN), rifles("2021-12-08", "three")]
    before, register = published(reports)
    grain = next(one for one in before.agreements if "KAZ" in one.parties)
    same = Override(kind=OverrideKind.SAME, facts=("one/a1", "two/a1"), reason="One.", author="Kari", date="2026-03-14")

    after, later = published(reports, register, same)
    parted, _ = published(reports, later)

    assert [after.redirects[grain.slug]] == [one.id for one in after.agreements]
    assert len(parted.agreements) == 2


def test_two_agreements_that_want_one_address_keep_theirs_in_any_order_of_arrival() -> None:
    fish = agreement("pact on fish", items=(), areas=(Area.FOOD,), instrument=Instrument.CONTRACT)
    other = fish.model_copy(
        update={"items": (item(None, 5, "boats"),), "areas": (Area.TRADE,), "title": "pact on fish"}
    )
    late = rifles("2021-12-06", "late", fish)
    early = rifles("2021-01-01", "early", other)
    before, register = published([late])

    after, _ = published([early, late], register)

    assert len(after.agreements) == 2
    assert [one.slug for one in after.agreements if one.statements[0].article == "late"] == [before.agreements[0].slug]
    assert not after.redirects


def test_an_article_that_comes_back_brings_its_id_back() -> None:
    before, register = published([rifles("2021-12-06", "one")])
    _, without = published([], register)

    after, _ = published([rifles("2021-12-06", "one")], without)

    assert after.agreements == before.agreements


def test_a_register_that_was_lost_changes_nothing_but_ids_and_addresses() -> None:
    reports = [rifles("2021-12-06", "one"), rifles("2021-12-07", "two")]
    _, register = published([rifles("2021-12-06", "one")])

    with_it, _ = published(reports, register)
    without, _ = published(reports)

    assert [one.statements for one in with_it.agreements] == [one.statements for one in without.agreements]


# -- the file ----------------------------------------------------------------------------------------


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    _, register = published(
        [rifles("2021-12-06", "one"), report("2021-12-07", agreement(parties=""), people=(person("Ivan Petrov"),))]
    )

    write_register(register, tmp_path)

    assert read_register(tmp_path) == register
    assert parse_register(dump_register(register)) == register


def test_a_project_without_a_register_has_given_nothing(tmp_path: Path) -> None:
    assert read_register(tmp_path) == NOTHING_GIVEN


LINE = "fact\tone\tIND RUS 0\ta-0123456789ab\n"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        pytest.param("fact\tone\n", "seeds/register.tsv:1: is no line of a register: 'fact\\tone'.", id="too short"),
        pytest.param(LINE.replace("a-01", "x-01"), "seeds/register.tsv:1: is no line of a register", id="no id"),
        pytest.param(LINE.replace("one", "../one"), "seeds/register.tsv:1: is no line of a register", id="no article"),
        pytest.param(
            "address\tagreements\t../x\ta-0123456789ab\n", "seeds/register.tsv:1: is no line", id="no address"
        ),
        pytest.param("address\tcountries\tind\ta-0123456789ab\n", "seeds/register.tsv:1: is no line", id="no kind"),
        pytest.param(
            f"# Head.\n{LINE}{LINE.replace('a-01', 'a-ff')}",
            "seeds/register.tsv:3: gives a-ff23456789ab to what a-0123456789ab was given to. Keep the older line.",
            id="two ids for one fact",
        ),
    ],
)
def test_a_broken_line_is_refused_with_its_place(text: str, message: str) -> None:
    with pytest.raises(PactbookError, match=re.escape(message)):
        parse_register(text)


@pytest.mark.parametrize(
    "make",
    [
        pytest.param(lambda path: path.mkdir(), id="a folder"),
        pytest.param(lambda path: path.symlink_to("/etc/hostname"), id="a link"),
        pytest.param(lambda path: path.write_bytes(b"\xff"), id="no UTF-8"),
    ],
)
def test_what_is_no_register_is_refused(tmp_path: Path, make) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / PATH
    path.parent.mkdir()
    make(path)

    with pytest.raises(PactbookError, match=r"seeds/register\.tsv: "):
        read_register(tmp_path)
