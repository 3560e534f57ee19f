"""What is not said outright is never done: every step in every mode, and sentences made of both."""

import itertools

import pytest

from generator.check import check
from generator.extract.clauses import Cue, standings
from generator.extract.modality import Said
from generator.extract.reader import read_facts_of
from generator.model import Article, ArticleId, Realis, StatusGroup

STEPS = sorted(standings())
BRINGING_ABOUT = ("sign", "agree", "announce", "approve", "negotiate", "propose", "await", "develop")


def cue_of(kind: str, said: Said) -> Cue | None:
    statuses, weight = standings()[kind]
    status = statuses[said]
    if status is None:
        return None
    return Cue(kind=kind, said=said, status=status, weight=weight, first=0, is_verb=True, is_before=True)


@pytest.mark.parametrize(("kind", "said"), list(itertools.product(STEPS, Said)))
def test_what_is_done_is_said_outright(kind: str, said: Said) -> None:
    cue = cue_of(kind, said)

    assert cue is None or cue.status.group is not StatusGroup.DONE or cue.realis == Realis()


@pytest.mark.parametrize("kind", BRINGING_ABOUT)
@pytest.mark.parametrize("said", [said for said in Said if said is not Said.ASSERTED])
def test_a_step_that_is_not_asserted_brings_nothing_about(kind: str, said: Said) -> None:
    cue = cue_of(kind, said)

    assert cue is None or cue.status.group is not StatusGroup.DONE


UNREAL = (
    "{A} and {B} will {sign} a treaty on fish.",
    "{A} and {B} are expected to {sign} a treaty on fish.",
    "{A} wants to {sign} a treaty on fish with {B}.",
    "{A} and {B} have yet to {sign} a treaty on fish.",
    "{A} and {B} did not {sign} a treaty on fish.",
    "{A} said it might {sign} a treaty on fish with {B}.",
    "{A} hopes to trade more and to {sign} a treaty on fish with {B}.",
    "{A} and {B}, their ministers said, are about to {sign} a treaty on fish.",
    "{A} refused to {sign} a treaty on fish with {B}.",
    "{A} and {B} discussed plans to {sign} a treaty on fish.",
)
NOMINAL = (
    "{A} and {B} agreed to hasten the {signing} of a treaty on fish.",
    "The {signing} of a treaty on fish between {A} and {B} is planned for May.",
    "The {signing} of a treaty on fish between {A} and {B} will be discussed in May.",
    "{A} and {B} are preparing for the {signing} of a treaty on fish.",
    "{A} called for the {signing} of a treaty on fish with {B}.",
    "The ministers noted the importance of the early {signing} of a treaty on fish by {A} and {B}.",
    "{A} and {B} discussed the {signing} of a treaty on fish.",
)
SENTENCES = [
    *(frame.format(A="Peru", B="Togo", sign=verb) for frame in UNREAL for verb in ("sign", "conclude", "finalize")),
    *(frame.format(A="Peru", B="Togo", signing=noun) for frame in NOMINAL for noun in ("signing", "conclusion")),
]


@pytest.mark.parametrize("text", SENTENCES)
def test_what_is_still_to_come_is_not_said_to_be_done(text: str) -> None:
    article = Article(id=ArticleId("case"), path="", sha256="0" * 64, title="", body=text)

    facts = read_facts_of(article)

    assert [fact.status.group for fact in facts.agreements] != []
    assert StatusGroup.DONE not in [fact.status.group for fact in facts.agreements]
    assert list(check({article.id: article}, {article.id: facts})) == []
