"""The command as a person uses it: results, messages, exit codes."""

import io
import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.articles import read_articles
from generator.cli import _say_unread, main, pactbook
from generator.facts import dump_facts, read_facts, write_facts
from generator.model import ArticleId, Review, ReviewState
from helpers import BODY, TITLE, make_article, make_facts, make_quotation

ID = "2026-03-02-fishing-pact"
FACTS = f"seeds/facts/{ID}.yaml"
PROPOSED = dump_facts(make_facts())
ACCEPTED = Review(state=ReviewState.ACCEPTED, by="Kari", on="2026-04-02")

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture(name="run")
def _run(project: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs the command in the project: exit code, standard output, standard error."""

    def run(*arguments: str | Path) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as end:
            main(["--root", str(project), *map(str, arguments)])
        out, err = capsys.readouterr()
        assert isinstance(end.value.code, int)
        return end.value.code, out, err

    return run


def files_of(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


# -- help and misuse


@pytest.mark.parametrize("name", sorted(pactbook.commands))
def test_the_help_of_every_command_shows_an_example(run: Run, name: str) -> None:
    code, out, err = run(name, "--help")

    assert code == 0
    assert f"Example:\n    pactbook {name}" in out
    assert err == ""


def test_the_version_is_told(run: Run) -> None:
    code, out, _ = run("--version")

    assert code == 0
    assert out.startswith("pactbook 0.")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        pytest.param(["bild"], "No such command 'bild'", id="no such command"),
        pytest.param(["accept", ID], "Missing option '--by'", id="nobody accepts"),
        pytest.param(["accept", ID, "--by", "\x1b[31m"], "must be a name of 1 to 200 visible characters", id="no name"),
        pytest.param(
            ["accept", ID, "--by", "A", "--on", "3 May"], "'3 May' is not a day such as 2026-03-14", id="no day"
        ),
        pytest.param(["extract", "other"], "there is no article 'other' in seeds/articles", id="no such article"),
        pytest.param(["serve", "--port", "0"], "0 is not in the range", id="no such port"),
    ],
)
def test_misuse_is_told_with_exit_code_2(run: Run, arguments: list[str], message: str) -> None:
    code, out, err = run(*arguments)

    assert code == 2
    assert out == ""
    assert message in err


# -- diff, retract, review


def test_what_changed_since_another_folder_is_told_and_kept(run: Run, project: Path, tmp_path: Path) -> None:
    write_facts(make_facts(read_articles(project)[0][0]), project)
    other = tmp_path / "other"
    shutil.copytree(project / "seeds", other / "seeds")
    facts = project / FACTS
    facts.write_text(facts.read_text().replace("status: signed", "status: in-force"))

    code, out, err = run("diff", other, "--keep", "--on", "2026-04-02")

    assert code == 0
    assert out.startswith(f"Since {other}: 1 agreement changed.\n")
    assert "    status: signed → in force\n      curation by a person, " in out
    (record,) = (project / "seeds/history").iterdir()
    assert err == f"Kept: seeds/history/{record.name}\n"
    assert record.name.startswith("2026-04-02-")


def test_changes_are_printed_as_json(run: Run, project: Path, tmp_path: Path) -> None:
    write_facts(make_facts(read_articles(project)[0][0]), project)
    (tmp_path / "empty/seeds/articles").mkdir(parents=True)

    code, out, _ = run("diff", tmp_path / "empty", "--json")

    assert code == 0
    assert {(one["action"], one["cause"]) for one in json.loads(out)} == {("added", "new-source")}


def test_a_state_that_is_not_there_is_told_with_the_remedy(run: Run) -> None:
    code, out, err = run("diff", "no-such-revision")

    assert (code, out) == (1, "")
    assert "'no-such-revision' is no folder that holds seeds/articles, and no revision of git" in err


def test_a_retraction_is_shown_first_and_written_only_with_consent(run: Run, project: Path) -> None:
    write_facts(make_facts(read_articles(project)[0][0]), project)
    asked = ("retract", ID, "--why", "withdrawn", "--author", "Kari", "--on", "2026-04-02")

    code, out, err = run(*asked)
    done, told, said = run(*asked, "--yes")

    assert code == 2
    assert "Facts that would stand nowhere: 5" in out
    assert "nobody is here to be asked; add --yes. Nothing was written." in err
    assert done == 0
    assert told.endswith("seeds/overrides.yaml\n")
    assert said == "To undo it, take the entry out again. Next: pactbook build\n"
    assert "reason: withdrawn" in (project / "seeds/overrides.yaml").read_text()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        pytest.param(["retract", ID], "Missing option '--why'", id="no reason"),
        pytest.param(
            ["retract", ID, "--why", " ", "--author", "K"], "must be 1 to 1,000 visible characters", id="blank"
        ),
        pytest.param(["retract", ID, "--why", "x", "--author", "\x1b"], "must be a name of 1 to 200", id="no author"),
        pytest.param(["review"], "Missing option '--by'", id="nobody reads"),
        pytest.param(["review", "--by", "K", "other"], "there is no article 'other'", id="no article"),
    ],
)
def test_misuse_of_retract_and_review_is_told(run: Run, arguments: list[str], message: str) -> None:
    code, out, err = run(*arguments)

    assert (code, out) == (2, "")
    assert message in err


def test_facts_are_reviewed_at_the_terminal(run: Run, project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_facts(make_facts(read_articles(project)[0][0]), project)
    monkeypatch.setattr("sys.stdin", io.StringIO("a\nr\nu\nn\nq\n"))

    code, out, _ = run("review", "--terminal", "--by", "Kari", "--on", "2026-04-02")

    assert code == 0
    assert "Agreement a1: signed: fishing agreement" in out
    assert "  | On Monday, [Norwegian] Fisheries Minister Kari Nordmann and her [Swedish]" in out
    facts = read_facts(project / FACTS, project)
    assert facts.review.accepted == ("a1",)
    assert [one.id for one in facts.tensions] == ["t1"]


def test_a_review_of_nothing_ends_at_once(run: Run, project: Path) -> None:
    write_facts(make_facts(read_articles(project)[0][0], review=ACCEPTED), project)

    code, out, err = run("review", "--terminal", "--by", "Kari")

    assert (code, out, err) == (0, "", "Nothing is left to read.\n")


# -- new


def test_an_article_with_its_head_is_added_byte_for_byte(run: Run, project: Path, tmp_path: Path) -> None:
    source = tmp_path / "in.txt"
    source.write_bytes(b" date 2026-04-01 A second pact\nIt was signed in Oslo, the minister said.\r\n")

    code, out, err = run("new", source)

    assert code == 0
    stored = project / out.strip()
    assert stored.name.startswith("2026-04-01-a-second-pact-")
    assert stored.read_bytes() == source.read_bytes()
    assert err == "Next: pactbook build\n"


def test_what_the_file_does_not_say_is_taken_from_the_options(run: Run, project: Path, tmp_path: Path) -> None:
    source = tmp_path / "notes.txt"
    source.write_text("It was signed in Oslo, the minister said.\n")

    code, out, _ = run(
        "new", source, "--title", "A pact: signed", "--date", "2026-04", "--outlet", "Herald", "--url", "http://a.no/"
    )

    assert code == 0
    assert (project / out.strip()).read_text() == (
        '---\ntitle: "A pact: signed"\ndate: "2026-04"\noutlet: "Herald"\nurl: "http://a.no/"\n---\n'
        "It was signed in Oslo, the minister said.\n"
    )
    assert len(read_articles(project)[0]) == 2


def test_what_is_missing_is_asked_for_only_at_a_terminal(run: Run, project: Path, tmp_path: Path) -> None:
    source = tmp_path / "notes.txt"
    source.write_text("It was signed in Oslo.\n")
    before = files_of(project / "seeds")

    code, out, err = run("new", source)

    assert (code, out) == (1, "")
    assert f"{source}: does not say its title and date. Add: --title … --date …" in err
    assert files_of(project / "seeds") == before


@pytest.mark.parametrize("text", [BODY, BODY.upper().replace("\n", "\n\n")], ids=["the same", "in other letters"])
def test_an_article_that_is_there_is_not_added_again(run: Run, project: Path, tmp_path: Path, text: str) -> None:
    source = tmp_path / "again.txt"
    source.write_text(f" date 2026-03-02 {TITLE}\n{text}")
    before = files_of(project / "seeds")

    code, out, err = run("new", source)

    assert (code, out) == (1, "")
    assert f"{source}: is in the project already: seeds/articles/{ID}.txt. Nothing was added." in err
    assert files_of(project / "seeds") == before


def test_an_article_that_is_not_english_is_added_with_a_note(run: Run, tmp_path: Path) -> None:
    source = tmp_path / "in.txt"
    source.write_text(" date 2026-04-01 Ein Abkommen\n" + "Das Abkommen wurde gestern feierlich unterzeichnet. " * 5)

    code, out, err = run("new", source)

    assert code == 0
    assert f"{out.strip()}: does not seem to be English" in err


# -- extract


def test_facts_are_written_where_they_are_missing_and_not_written_twice(run: Run, project: Path) -> None:
    first = run("extract")
    before = files_of(project / "seeds")
    second = run("extract", ID)

    assert first == (0, f"{FACTS}\n", "1 written.\n")
    assert second == (0, "", "1 unchanged.\n")
    assert files_of(project / "seeds") == before
    assert read_facts(project / FACTS, project).article == ID


def test_facts_of_an_older_reader_are_replaced(run: Run, project: Path) -> None:
    article = read_articles(project)[0][0]
    write_facts(make_facts(article, reader="rules-0", quotations=()), project)

    code, out, err = run("extract")

    assert (code, out, err) == (0, f"{FACTS}\n", "1 written.\n")
    assert read_facts(project / FACTS, project).reader != "rules-0"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        pytest.param(PROPOSED.replace("fishing agreement\n", "fish deal\n"), "corrected by a person", id="value"),
        pytest.param(PROPOSED.replace("people:\n", "# why?\npeople:\n"), "corrected by a person", id="comment"),
        pytest.param(dump_facts(make_facts(reader="Kari Nordmann")), "corrected by a person", id="written by a person"),
        pytest.param(
            dump_facts(make_facts(review={"state": "accepted", "by": "Ann", "on": "2026-03-04"})),
            "accepted by Ann on 2026-03-04",
            id="accepted",
        ),
        pytest.param("a: [", "cannot be read", id="broken"),
    ],
)
def test_what_a_person_has_touched_is_kept_unless_forced(run: Run, project: Path, text: str, reason: str) -> None:
    (project / "seeds/facts").mkdir()
    (project / FACTS).write_text(text)

    kept = run("extract")
    content = (project / FACTS).read_text()
    forced = run("extract", "--force", ID)

    assert kept[:2] == (0, "")
    assert kept[2].startswith(f"{FACTS}: {reason}")
    assert f"To replace it: pactbook extract --force {ID}" in kept[2]
    assert content == text
    assert forced == (0, f"{FACTS}\n", "1 written.\n")
    assert (project / FACTS).read_text() != text


def test_a_bad_article_does_not_keep_the_others_from_being_read(run: Run, project: Path) -> None:
    (project / "seeds/articles/bad.txt").write_text("no head")

    code, out, err = run("extract")

    assert code == 1
    assert out == f"{FACTS}\n"
    assert "seeds/articles/bad.txt: has no title." in err
    assert err.endswith("1 problem in 1 file. Their facts were not written.\n")


def test_records_are_printed_in_the_order_of_the_files_and_nothing_is_written(
    run: Run, project: Path, tmp_path: Path
) -> None:
    paths = []
    for number in range(30):
        paths.append(tmp_path / f"{29 - number}.json")
        said = {"id": f"n{number}", "date": None, "title": "", "text": BODY, "source": "x"}
        paths[-1].write_text(json.dumps({"article": said} if number % 2 else said))
    paths.insert(7, tmp_path / "missing.json")
    paths.insert(9, project / f"seeds/articles/{ID}.txt")
    before = files_of(project)

    code, out, err = run("extract", "--jsonl", *paths)

    records = [json.loads(line) for line in out.splitlines()]
    names = [f"n{number}" for number in range(30)]
    assert [record["id"] for record in records] == [*names[:8], ID, *names[8:]]
    assert set(records[0]) == {"id", "countries", "people", "agreements", "quotes", "tensions"}
    assert all(passage in BODY for one in records[0]["agreements"] for passage in one["evidence"])
    assert code == 1
    assert err == (
        f"{tmp_path}/missing.json: cannot be read: No such file or directory.\n"
        "1 problem in 1 file. The others were read.\n"
    )
    assert files_of(project) == before


def test_records_hold_no_control_characters(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text(json.dumps({"id": "\x1b]0;x\x07", "title": "\x9b2J", "text": BODY + "\u202e\x1b[31m"}))

    code, out, _ = run("extract", "--jsonl", path)

    assert code == 0
    assert out.isascii()
    assert out.rstrip("\n").isprintable()


# -- explain


def test_every_sentence_is_shown_with_what_it_yielded(run: Run) -> None:
    code, out, _ = run("explain", ID)

    assert code == 0
    assert f"[0] {TITLE}\n" in out
    assert "country" in out or "NOR" in out
    assert out.splitlines()[-1].startswith(f"{sum(line.startswith('[') for line in out.splitlines())} sentences: ")


def test_text_of_an_article_never_reaches_the_terminal_raw(run: Run, project: Path) -> None:
    hostile = "The \x1b[31mred\x1b[0m pact \u202egnp\u202c was signed in Oslo.\x07 \x9b2J The minister said so."
    (project / "seeds/articles/hostile.txt").write_text(f" date 2026-01-01 A \x1b]0;title\x07 pact\n{hostile}")

    for arguments in (["explain", "hostile"], ["list"], ["extract"], ["check"]):
        code, out, err = run(*arguments)

        assert code == 0
        assert all(line.isprintable() for line in (out + err).splitlines())


# -- check, accept, list


def test_good_seeds_are_told_to_be_good(run: Run, project: Path) -> None:
    write_facts(make_facts(read_articles(project)[0][0]), project)

    code, out, err = run("check")

    assert (code, out, err) == (0, "1 article and 1 file of facts: no problems.\n", "")


def test_all_problems_of_all_rooms_are_told_at_once(run: Run, project: Path) -> None:
    article = read_articles(project)[0][0]
    write_facts(make_facts(article, quotations=(make_quotation(person="p9"),)), project)
    write_facts(make_facts(make_article(id=ArticleId("gone"))), project)
    (project / "seeds/facts/broken.yaml").write_text("a: *x\n")
    (project / "seeds/articles/bad.txt").write_text("no head")

    code, out, err = run("check")

    assert (code, out) == (1, "")
    assert [line.partition(": ")[0] for line in err.splitlines()] == [
        "seeds/articles/bad.txt",
        f"seeds/facts/{ID}.yaml",
        "seeds/facts/broken.yaml:1",
        "seeds/facts/gone.yaml",
        "4 problems in 4 files. Mend them, then",
    ]


def test_accepted_facts_say_who_and_when(run: Run, project: Path) -> None:
    write_facts(make_facts(read_articles(project)[0][0]), project)

    code, out, err = run("accept", ID, "--by", "Ann Olsen", "--on", "2026-03-04")

    assert (code, out, err) == (0, f"{FACTS}\n", "")
    review = read_facts(project / FACTS, project).review
    assert (review.state, review.by, review.on) == (ReviewState.ACCEPTED, "Ann Olsen", "2026-03-04")


def test_facts_with_a_fault_are_not_accepted(run: Run, project: Path) -> None:
    write_facts(make_facts(read_articles(project)[0][0], quotations=(make_quotation(person="p9"),)), project)
    before = files_of(project)

    code, out, err = run("accept", ID, "--by", "Ann")

    assert (code, out) == (1, "")
    assert "quotations[0].person must be the id of a person here" in err
    assert err.endswith("1 problem in 1 file. Nothing was written.\n")
    assert files_of(project) == before


def test_facts_that_are_not_there_are_not_accepted(run: Run) -> None:
    code, _, err = run("accept", ID, "--by", "Ann")

    assert code == 1
    assert err.startswith(f"{FACTS}: is not there. Run: pactbook extract {ID}\n")


def test_the_state_of_every_article_is_listed(run: Run, project: Path) -> None:
    folder = project / "seeds/articles"
    for name in ("a", "b"):
        (folder / f"{name}.txt").write_text(f" date 2026-01-0{1 if name == 'a' else 2} Pact {name}\nWords of {name}.")
    articles = {article.id: article for article in read_articles(project)[0]}
    write_facts(make_facts(articles[ArticleId("a")]), project)
    path = write_facts(make_facts(articles[ArticleId("b")]), project)
    path.write_text(path.read_text().replace("status: signed", "status: agreed"))

    plain = run("list")
    as_json = run("list", "--json")

    assert plain[0] == 0
    assert plain[1].splitlines() == [
        f"{ID}  2026-03-02  no facts yet  {TITLE}",
        "a  2026-01-01  proposed  Pact a",
        "b  2026-01-02  corrected by a person  Pact b",
    ]
    assert json.loads(as_json[1])[2] == {
        "id": "b",
        "published": "2026-01-02",
        "facts": "corrected by a person",
        "title": "Pact b",
    }


def test_agreements_are_listed(run: Run, project: Path) -> None:
    write_facts(make_facts(read_articles(project)[0][0]), project)

    code, out, _ = run("list", "--agreements", "--json")

    assert code == 0
    assert [(row["status"], row["parties"], row["title"], row["articles"]) for row in json.loads(out)] == [
        ("signed", "NOR-SWE", "fishing agreement", [ID])
    ]


# -- as a process


def test_a_reader_of_the_output_may_leave_early(project: Path) -> None:
    for number in range(1000):
        (project / f"seeds/articles/a{number}.txt").write_text(f" date 2026-01-01 {'Pact ' * 100}\nWords {number}.")
    command = [sys.executable, "-m", "generator.cli", "--root", str(project), "list"]

    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        err = process.stderr.read()

    assert process.returncode == 0
    assert err == b""


def test_an_interrupt_is_told_and_leaves_nothing_behind(project: Path) -> None:
    pipe = project / "wait.txt"
    os.mkfifo(pipe)
    command = [sys.executable, "-c", _WAITING, str(project)]

    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.readline()
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=30)

    assert process.returncode == 130
    assert err.decode().strip().endswith("Stopped. No file was left half written.")
    assert not (project / "seeds/facts").exists()


# A command that waits until it is interrupted, in place of one that happens to take long.
_WAITING = """
import sys, time
from generator import cli
@cli.pactbook.command()
def wait():
    print("ready", flush=True)
    time.sleep(60)
cli.main(["--root", sys.argv[1], "wait"])
"""


def test_agreements_are_listed_also_of_articles_that_nobody_has_read_yet(run: Run, project: Path) -> None:
    code, out, _ = run("list", "--agreements", "--json")

    (row,) = json.loads(out)
    assert code == 0
    assert row["status"] == "signed"
    assert row["articles"] == ["2026-03-02-fishing-pact"]
    assert row.keys() >= {"id", "title", "status", "articles"}
    assert not (project / "seeds/facts").exists()


def test_an_agreement_is_explained_by_its_id_and_by_its_readable_name(run: Run) -> None:
    _, listed, _ = run("list", "--agreements", "--json")
    own = json.loads(listed)[0]["id"]

    code, out, _ = run("explain", own)

    assert code == 0
    assert out.splitlines()[0].startswith(f"{own}  signed  ")
    assert out.splitlines()[1].startswith("  2026-03-02-fishing-pact/a1  signed  ")


def test_two_facts_are_explained_only_where_both_are_there(run: Run) -> None:
    code, out, err = run("explain", "2026-03-02-fishing-pact/a1", "2026-03-02-fishing-pact/a7")

    assert (code, out) == (2, "")
    assert "there is no such agreement of an article: '2026-03-02-fishing-pact/a7'." in err


def test_a_check_tells_what_overrides_name_wrongly(run: Run, project: Path) -> None:
    run("extract")
    (project / "seeds/overrides.yaml").write_text(
        "overrides:\n  - kind: retract\n    facts: [nowhere]\n    reason: R\n    author: A\n    date: 2026-03-14\n"
    )

    code, out, err = run("check")

    assert (code, out) == (1, "")
    assert err.startswith("seeds/overrides.yaml:2: overrides[0].facts[0] names no article: 'nowhere'")


def test_the_command_starts_without_what_only_some_commands_need() -> None:
    program = "import sys; from generator.cli import main\ntry: main(['--help'])\nfinally: print(*sys.modules)"

    done = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)

    loaded = set(done.stdout.splitlines()[-1].split())
    assert "click" in loaded
    assert loaded.isdisjoint({"trafilatura", "mkdocs", "rich", "jinja2", "babel", "charset_normalizer", "lxml"})
    assert loaded.isdisjoint({"generator.build", "generator.pages", "generator.extract.reader"})


def test_a_disk_that_cannot_be_written_is_told(run: Run, project: Path) -> None:
    (project / "seeds/facts").write_text("a file where the folder should be")

    code, out, err = run("extract")

    assert (code, out) == (1, "")
    assert err.startswith(f"{project}/seeds/facts")
    assert "The files there are as they were." in err


def test_a_build_names_the_first_facts_that_nobody_has_read_and_counts_the_others(
    capsys: pytest.CaptureFixture[str],
) -> None:
    _say_unread([f"seeds/facts/{name}.yaml" for name in "abcde"])

    assert capsys.readouterr().err == (
        "5 files of facts read by rules, not yet by a person: seeds/facts/a.yaml, seeds/facts/b.yaml, "
        "seeds/facts/c.yaml and 2 more.\nSee each beside its article, then: pactbook accept ARTICLE\n"
    )
