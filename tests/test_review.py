"""Decisions of a person on facts: what each writes, what is refused, and what can be undone."""

from pathlib import Path
from typing import Any

import pytest

from generator.articles import read_articles
from generator.facts import dump_facts, facts_path, is_untouched, parse_facts, read_facts, write_facts
from generator.forms import FormError, choices, form_of, in_words, nearest, tree_of
from generator.model import AgreementFact, ArticleFacts, ArticleId, Review, ReviewState, Status
from generator.review import Desk, RefusedError, fields_by_name
from helpers import evidence_of, make_article, make_fact, make_facts, make_quotation

ID = ArticleId("2026-03-02-fishing-pact")
PATH = Path("seeds/facts") / f"{ID}.yaml"


@pytest.fixture(name="desk")
def _desk(project: Path) -> Desk:
    """A desk over one article with one fact of each kind, all proposed by the reader."""
    write_facts(make_facts(read_articles(project)[0][0]), project)
    return Desk(project, by="Kari Nordmann", on="2026-03-31")


def facts_of(project: Path) -> ArticleFacts:
    return read_facts(project / facts_path(ID), project)


def version(desk: Desk) -> str:
    return str(desk.article(ID)["version"])


def values_of(desk: Desk, key: str) -> dict[str, Any]:
    """The filled-in form of a fact, as a page would send it back untouched."""
    return fields_by_name(next(fact for fact in desk.article(ID)["facts"] if fact["key"] == key))


# -- accepting


def test_an_accepted_fact_is_noted_while_the_others_stay_proposed(desk: Desk, project: Path) -> None:
    desk.accept(ID, version(desk), ["q1"])

    facts = facts_of(project)
    assert facts.review == Review(by="Kari Nordmann", on="2026-03-31", accepted=("q1",))
    assert facts.model_copy(update={"review": Review()}) == make_facts(read_articles(project)[0][0])


def test_a_file_in_which_anything_is_accepted_is_not_the_readers_any_more(desk: Desk, project: Path) -> None:
    desk.accept(ID, version(desk), ["NOR"])

    text = (project / PATH).read_text()
    assert not is_untouched(text, facts_of(project))
    assert "digest" not in text


def test_once_all_facts_are_accepted_the_article_is(desk: Desk, project: Path) -> None:
    for key in ("a1", "t1", "e1", "q1", "p1", "NOR", "SWE"):
        desk.accept(ID, version(desk), [key])

    assert facts_of(project).review == Review(state=ReviewState.ACCEPTED, by="Kari Nordmann", on="2026-03-31")
    assert desk.article(ID)["proposed"] == 0
    assert desk.next_proposed(()) is None


def test_comments_of_a_person_stay_when_a_fact_is_accepted(desk: Desk, project: Path) -> None:
    path = project / PATH
    path.write_text(path.read_text().replace("agreements:", "# asked the ministry\nagreements:"))

    desk.accept(ID, version(desk), ["a1"])

    assert "# asked the ministry" in path.read_text()
    assert facts_of(project).review.accepted == ("a1",)


# -- rejecting


def test_a_rejected_fact_is_taken_out_and_the_others_keep_their_ids(desk: Desk, project: Path) -> None:
    desk.reject(ID, version(desk), "a1")

    facts = facts_of(project)
    assert facts.agreements == ()
    assert facts.fact_keys() == ("NOR", "SWE", "p1", "q1", "t1", "e1")


def test_a_quotation_stays_when_its_person_is_rejected(desk: Desk, project: Path) -> None:
    desk.reject(ID, version(desk), "p1")

    (quotation,) = facts_of(project).quotations
    assert quotation.person is None
    assert quotation.speaker == "Kari Nordmann"


def test_another_wording_stays_when_the_first_is_rejected(desk: Desk, project: Path) -> None:
    second = make_quotation("Denmark protested", id="q2", person=None, speaker=None, same_as="q1")
    write_facts(make_facts(read_articles(project)[0][0], quotations=(make_quotation(), second)), project)

    desk.reject(ID, version(desk), "q1")

    assert [(one.id, one.same_as) for one in facts_of(project).quotations] == [("q2", None)]


def test_a_fact_that_an_override_names_is_not_rejected(desk: Desk, project: Path) -> None:
    (project / "seeds/overrides.yaml").write_text(
        f"overrides:\n  - kind: rename\n    facts: [{ID}/a1]\n    to: Fish pact\n    reason: short\n"
        "    author: K\n    date: 2026-03-31\n"
    )
    before = (project / PATH).read_bytes()

    with pytest.raises(RefusedError, match=r"overrides.yaml names .*/a1. Take the entry out of it first"):
        desk.reject(ID, version(desk), "a1")

    assert (project / PATH).read_bytes() == before


# -- correcting


def test_a_correction_writes_the_new_values_and_accepts_them(desk: Desk, project: Path) -> None:
    values = values_of(desk, "a1") | {"title": "pact on fishing", "status": "in-force"}

    desk.correct(ID, version(desk), "a1", values)

    (fact,) = facts_of(project).agreements
    assert (fact.title, fact.status, fact.rule) == ("pact on fishing", Status.IN_FORCE, "person.corrected")
    assert fact.parties == make_fact().parties
    assert facts_of(project).review.accepted == ("a1",)
    assert (project / PATH).read_text() == dump_facts(facts_of(project))


def test_a_form_that_is_sent_back_as_it_came_changes_no_value(desk: Desk, project: Path) -> None:
    before = facts_of(project)
    for key in ("a1", "t1", "e1", "q1", "p1", "NOR", "SWE"):
        desk.correct(ID, version(desk), key, values_of(desk, key))

    after = facts_of(project)
    for kind in ("agreements", "tensions", "events", "quotations", "people", "countries"):
        for old, new in zip(getattr(before, kind), getattr(after, kind), strict=True):
            assert new == old.model_copy(update={"rule": "person.corrected"})


def test_evidence_given_as_words_is_found_where_it_stands(desk: Desk, project: Path) -> None:
    values = values_of(desk, "a1")
    values["values"] = [
        {"amount": "12000000", "currency": "USD", "kind": "value", "evidence": {"exact": "$12 million"}}
    ]

    desk.correct(ID, version(desk), "a1", values)

    (money,) = facts_of(project).agreements[0].values
    assert money.evidence == evidence_of("$12 million")


@pytest.mark.parametrize(
    ("change", "place", "message"),
    [
        pytest.param({"title": ""}, "title", "is missing. Add it.", id="nothing"),
        pytest.param({"status": "sgined"}, "status", "must be proposed, negotiating,", id="no status"),
        pytest.param({"count": "1"}, "count", "must be 0 for several, or 2 and more", id="no bundle"),
        pytest.param(
            {"evidence": [{"exact": "signed in Oslo"}]},
            "evidence[0].exact",
            "is not in the article: 'signed in Oslo'. Copy it exactly.",
            id="words that are not there",
        ),
        pytest.param(
            {"parties": [{"code": "NO", "name": "Norway", "role": "party", "evidence": {"exact": "Norwegian"}}]},
            "parties[0].code",
            "Write NOR.",
            id="another code",
        ),
        pytest.param(
            {"concluded": {"date": "2026-02-30", "basis": "stated", "evidence": {"exact": "On Monday"}}},
            "concluded.date",
            "must be a day such as",
            id="no day",
        ),
    ],
)
def test_a_wrong_correction_is_refused_at_its_field_and_nothing_is_written(
    desk: Desk, project: Path, change: dict[str, Any], place: str, message: str
) -> None:
    before = (project / PATH).read_bytes()

    with pytest.raises(RefusedError) as refused:
        desk.correct(ID, version(desk), "a1", values_of(desk, "a1") | change)

    assert [one for one in refused.value.problems if one[0] == place and message in one[1]]
    assert (project / PATH).read_bytes() == before


def test_a_country_that_is_corrected_has_its_new_code(desk: Desk, project: Path) -> None:
    write_facts(make_facts(read_articles(project)[0][0], countries=()), project)
    country = {"country": "DNK", "evidence": [{"exact": "Denmark"}]}
    facts = make_facts(read_articles(project)[0][0])
    write_facts(facts.model_copy(update={"countries": facts.countries[:1]}), project)

    desk.correct(ID, version(desk), "NOR", country)

    assert facts_of(project).review.accepted == ("DNK",)


# -- refusing and undoing


@pytest.mark.parametrize("decide", ["accept", "reject", "correct"])
def test_a_decision_on_what_has_changed_meanwhile_is_refused(desk: Desk, project: Path, decide: str) -> None:
    seen, values = version(desk), values_of(desk, "a1")
    desk.accept(ID, seen, ["q1"])
    before = (project / PATH).read_bytes()

    decisions = {
        "accept": lambda: desk.accept(ID, seen, ["a1"]),
        "reject": lambda: desk.reject(ID, seen, "a1"),
        "correct": lambda: desk.correct(ID, seen, "a1", values),
    }

    with pytest.raises(RefusedError, match="has changed since it was shown"):
        decisions[decide]()

    assert (project / PATH).read_bytes() == before


def test_every_decision_can_be_undone_down_to_the_bytes_before_the_first(desk: Desk, project: Path) -> None:
    before = (project / PATH).read_bytes()
    desk.accept(ID, version(desk), ["q1"])
    desk.correct(ID, version(desk), "a1", values_of(desk, "a1") | {"title": "pact"})
    desk.reject(ID, version(desk), "p1")

    undone = [desk.undo() for _ in range(3)]

    assert undone == [(ID, "p1"), (ID, "a1"), (ID, "q1")]
    assert (project / PATH).read_bytes() == before
    with pytest.raises(RefusedError, match="There is nothing to undo"):
        desk.undo()


def test_what_another_program_has_written_since_is_not_undone(desk: Desk, project: Path) -> None:
    desk.accept(ID, version(desk), ["q1"])
    path = project / PATH
    path.write_text(path.read_text() + "# seen\n")

    with pytest.raises(RefusedError, match="has been changed by something else; it stays as it is"):
        desk.undo()

    assert path.read_text().endswith("# seen\n")


@pytest.mark.parametrize(
    ("name", "message"),
    [
        pytest.param("../../etc/passwd", "There is no article", id="no article"),
        pytest.param("2026-03-03-other", "is not there. Run: pactbook extract 2026-03-03-other", id="no facts"),
    ],
)
def test_what_cannot_be_reviewed_is_told_with_the_remedy(project: Path, name: str, message: str) -> None:
    (project / "seeds/articles/2026-03-03-other.txt").write_text(" date 2026-03-03 Other\nText.")
    desk = Desk(project, by="K", on="2026-03-31")

    with pytest.raises(RefusedError, match=message):
        desk.article(name)


def test_facts_that_do_not_pass_the_check_are_not_reviewed(desk: Desk, project: Path) -> None:
    path = project / PATH
    path.write_text(path.read_text().replace("title: fishing agreement", "title: fishing agreement\n    count: 1"))

    with pytest.raises(RefusedError, match=r"count must be 0 for several"):
        desk.article(ID)


def test_the_overview_counts_what_is_left(desk: Desk) -> None:
    desk.accept(ID, version(desk), ["q1", "a1"])

    (row,) = desk.overview()

    assert (row["total"], row["proposed"], row["fault"]) == (7, 5, "")
    assert (row["total"], row["proposed"]) == (desk.article(ID)["total"], desk.article(ID)["proposed"])


# -- forms


def test_a_form_has_a_field_for_every_value_but_id_and_rule() -> None:
    names = [field["name"] for field in form_of(make_fact())]

    assert names == [name for name in AgreementFact.model_fields if name not in ("id", "rule")]


def test_every_list_that_a_form_names_is_given() -> None:
    facts = make_facts()
    forms = [
        form_of(one[0]) for one in (facts.people, facts.agreements, facts.quotations, facts.tensions, facts.events)
    ]

    def lists(fields: list[dict[str, Any]]) -> set[str]:
        found = {field["of"] for field in fields if field["kind"] in ("choice", "choices")}
        for field in fields:
            found |= lists(field.get("fields", []))
            found |= lists(field["blank"]) if field.get("of") == "group" else set()
        return found

    assert set().union(*map(lists, forms)) <= set(choices())


def test_a_fact_is_told_in_words() -> None:
    told = list(in_words(form_of(make_fact())))

    assert "Title: fishing agreement" in told
    assert "Parties: NOR, Norwegian, party, “Norwegian”; SWE, Swedish, party, “Swedish”" in told
    assert not any(line.startswith("Count") for line in told)


@pytest.mark.parametrize(
    ("near", "place"),
    [pytest.param(0, 0, id="first"), pytest.param(9, 8, id="second"), pytest.param(5, 8, id="the nearer one")],
)
def test_of_several_places_of_words_the_nearest_is_taken(near: int, place: int) -> None:
    assert nearest("Norway, Norway", "Norway", near) == place


def test_words_that_stand_nowhere_are_given_the_beginning() -> None:
    assert nearest("Norway", "Sweden", 3) == 0


@pytest.mark.parametrize(
    "given",
    [
        pytest.param([], id="a list"),
        pytest.param({"colour": "red"}, id="an unknown field"),
        pytest.param({"title": 5}, id="a number for a text"),
        pytest.param({"parties": {"code": "NOR"}}, id="no list"),
        pytest.param({"status_evidence": "words"}, id="no evidence"),
        pytest.param({"status_evidence": {"exact": "words", "start": -1}}, id="no place"),
        pytest.param({"parties": [{}] * 201}, id="too many"),
    ],
)
def test_what_is_no_form_is_refused(given: object) -> None:
    with pytest.raises(FormError):
        tree_of(AgreementFact, given, make_article().text, 0)


# -- what is kept of a review


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        pytest.param("accepted: [q1]", "accepted: [q9]", "must be a fact of this file; got 'q9'", id="no fact"),
        pytest.param("accepted: [q1]", "accepted: [q1, q1]", "has 'q1' 2 times", id="twice"),
        pytest.param("  by: Kari Nordmann\n", "", "must say 'by' whom", id="by nobody"),
        pytest.param("review:\n", "review:\n  state: accepted\n", "only while others are proposed", id="all and some"),
    ],
)
def test_a_broken_note_of_a_review_is_refused(desk: Desk, project: Path, old: str, new: str, message: str) -> None:
    desk.accept(ID, version(desk), ["q1"])
    path = project / PATH
    path.write_text(path.read_text().replace(old, new))

    with pytest.raises(RefusedError, match=message.replace("(", r"\(")):
        desk.article(ID)


def test_facts_read_in_part_are_canonical() -> None:
    article = make_article()
    facts = make_facts(article, review=Review(by="K", on="2026-03-31", accepted=("NOR", "a1")))

    text = dump_facts(facts)

    assert parse_facts(text, facts_path(article.id).as_posix()) == facts
    assert "  accepted: [NOR, a1]\n" in text
