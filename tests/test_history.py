"""Changes that are kept in `seeds/history/`: what is kept, how it is read again, and what is refused."""

from pathlib import Path

import pytest

from generator.build import gather
from generator.diff import Change
from generator.errors import PactbookError
from generator.history import as_json, digest_of_seeds, kept, read_history, worth_keeping, write_record
from generator.model import Action, ArticleId, Cause, Kind, What
from helpers import evidence_of

SINCE = "0123456789ab"


def change(cause: Cause = Cause.CURATION, kind: Kind = Kind.AGREEMENT, key: str = "a-1") -> Change:
    return Change(
        action=Action.CHANGED,
        kind=kind,
        id=key,
        title="fishing agreement",
        what=What.STATUS,
        before="anticipated",
        after="signed",
        cause=cause,
        article=ArticleId("2026-03-02-fishing-pact"),
        evidence=evidence_of("On Monday"),
        reason="asked the ministry",
        parties=("NOR", "SWE"),
    )


def test_what_is_kept_is_read_again(tmp_path: Path) -> None:
    path = write_record(tmp_path, [change()], since=SINCE, on="2026-04-02")

    records, problems = read_history(tmp_path)

    assert str(path) == f"seeds/history/2026-04-02-{SINCE}.json"
    assert problems == ()
    assert [(one.on, one.since, one.more, one.changes) for one in records] == [
        ("2026-04-02", SINCE, 0, (kept(change()),))
    ]
    assert records[0].changes[0].exact == "On Monday"


def test_what_was_kept_since_the_same_state_is_replaced(tmp_path: Path) -> None:
    write_record(tmp_path, [change()], since=SINCE, on="2026-04-02")
    write_record(tmp_path, [change(), change(key="a-2")], since=SINCE, on="2026-04-03")
    write_record(tmp_path, [change()], since="f" * 12, on="2026-04-01")

    records, _ = read_history(tmp_path)

    assert [(one.on, len(one.changes)) for one in records] == [("2026-04-03", 2), ("2026-04-01", 1)]


def test_where_nothing_is_left_to_keep_the_record_is_taken_away(tmp_path: Path) -> None:
    write_record(tmp_path, [change()], since=SINCE, on="2026-04-02")

    path = write_record(tmp_path, [], since=SINCE, on="2026-04-02")

    assert path is None
    assert read_history(tmp_path) == ((), ())


def test_of_very_many_changes_the_first_thousand_are_kept_and_the_others_counted(tmp_path: Path) -> None:
    write_record(tmp_path, [change(key=f"a-{number}") for number in range(1200)], since=SINCE, on="2026-04-02")

    ((record,), _) = read_history(tmp_path)

    assert (len(record.changes), record.more) == (1000, 200)


def test_news_and_quotations_need_no_record() -> None:
    changes = [change(cause) for cause in Cause] + [change(kind=Kind.QUOTATION)]

    assert [one.cause for one in worth_keeping(changes)] == [Cause.CORRECTION, Cause.CURATION, Cause.PIPELINE]


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        pytest.param("notes.txt", "x", "must be named by day and digest", id="another file"),
        pytest.param(f"2026-04-02-{SINCE}.json", "{", "the file is wrong: Invalid JSON", id="no JSON"),
        pytest.param(
            f"2026-04-02-{SINCE}.json",
            f'{{"on": "2026-04-02", "since": "{SINCE}"}}',
            "changes is wrong: Field required. Take it from git again, or remove the file.",
            id="no changes",
        ),
        pytest.param(
            f"2026-04-02-{SINCE}.json",
            f'{{"on": "2026-04-02", "since": "{SINCE}", "changes": [{{"action": "burned"}}]}}',
            "changes.0.action is wrong: Input should be 'added', 'changed' or 'withdrawn'",
            id="another action",
        ),
        pytest.param(
            f"2026-04-03-{SINCE}.json",
            f'{{"on": "2026-04-02", "since": "{SINCE}", "changes": []}}',
            f"must be named 2026-04-02-{SINCE}.json",
            id="another day",
        ),
    ],
)
def test_what_is_no_record_is_a_problem_with_its_place(tmp_path: Path, name: str, text: str, message: str) -> None:
    (tmp_path / "seeds/history").mkdir(parents=True)
    (tmp_path / "seeds/history" / name).write_text(text)

    records, (problem,) = read_history(tmp_path)

    assert records == ()
    assert problem.path == f"seeds/history/{name}"
    assert message in problem.message


def test_a_damaged_record_stops_a_build_before_anything_is_written(project: Path) -> None:
    (project / "seeds/history").mkdir()
    (project / f"seeds/history/2026-04-02-{SINCE}.json").write_text("half")

    with pytest.raises(PactbookError, match=rf"seeds/history/2026-04-02-{SINCE}.json: the file is wrong"):
        gather(project)

    assert not (project / "seeds/facts").exists()


def test_what_was_recorded_comes_with_the_book(project: Path) -> None:
    write_record(project, [change()], since=SINCE, on="2026-04-02")

    assert [one.on for one in gather(project).book.records] == ["2026-04-02"]


def test_files_that_are_being_written_are_passed_over(tmp_path: Path) -> None:
    (tmp_path / "seeds/history").mkdir(parents=True)
    (tmp_path / "seeds/history/.x.part").write_text("half")

    assert read_history(tmp_path) == ((), ())


def test_the_digest_of_seeds_is_that_of_articles_facts_and_rulings_and_not_of_records(project: Path) -> None:
    digests = [digest_of_seeds(project)]
    write_record(project, [change()], since=SINCE, on="2026-04-02")
    digests.append(digest_of_seeds(project))
    (project / "seeds/overrides.yaml").write_text("overrides: []\n")
    digests.append(digest_of_seeds(project))
    (project / "seeds/articles/2026-04-01-x.txt").write_text(" date 2026-04-01 X\nText.")
    digests.append(digest_of_seeds(project))

    assert digests[0] == digests[1]
    assert len(set(digests)) == 3


def test_changes_are_given_away_as_json() -> None:
    told = as_json([change()])

    assert '"cause": "curation"' in told
    assert '"before": "anticipated"' in told
