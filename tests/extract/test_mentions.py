"""What a sentence says of an instrument: the word that decides, its mode, the form of the noun phrase."""

import pytest

from generator.extract.mentions import Form, Mention, find_mentions
from generator.extract.text import Document, Sentence
from generator.model import Instrument, Status


def mentions_in(text: str, *, is_title: bool = False) -> tuple[Mention, ...]:
    sentence = Sentence(index=0, paragraph=0, start=0, end=len(text), text=text, is_title=is_title)
    return find_mentions(Document(text=text, published=None, outlet=None, sentences=(sentence,)))


def status_of(text: str) -> Status | None:
    """The status that the first mention of a sentence gives."""
    cue = mentions_in(text)[0].cue
    return cue.status if cue is not None else None


@pytest.mark.parametrize(
    ("text", "status"),
    [
        pytest.param("The two ministers signed a contract worth $2 billion.", "signed", id="past"),
        pytest.param("Norway and Chile have concluded a fisheries agreement.", "signed", id="perfect"),
        pytest.param("A fisheries agreement was signed in Oslo.", "signed", id="passive"),
        pytest.param("They left after the signing of the treaty.", "signed", id="noun of the verb"),
        pytest.param("Norway and Chile are expected to sign a fisheries agreement.", "anticipated", id="expected"),
        pytest.param("The memorandum will be signed during the visit.", "anticipated", id="future passive"),
        pytest.param("Ghana promised to sign the convention.", "anticipated", id="promised"),
        pytest.param("The countries are close to signing a deal.", "anticipated", id="close to"),
        pytest.param("They hope to conclude a trade agreement this year.", "anticipated", id="hoped for"),
        pytest.param("Talks go on before the signing of the treaty.", "anticipated", id="before"),
        pytest.param(
            "Ghana will develop a joint memorandum of understanding with Togo.", "anticipated", id="developed"
        ),
        pytest.param("Peru could sign a deal by June.", "proposed", id="could"),
        pytest.param("Peru wants a deal with Chile.", "proposed", id="wanted"),
        pytest.param("Trade may suffer if the two nations cannot reach a pact.", "proposed", id="conditional"),
        pytest.param("Peru called for a new pact.", "proposed", id="called for"),
        pytest.param("The two countries are negotiating a prisoner exchange agreement.", "negotiating", id="talks"),
        pytest.param("A draft agreement would set quotas.", "negotiating", id="draft"),
        pytest.param("The ministers discussed a proposed pact.", "proposed", id="adjective over light verb"),
        pytest.param("The cabinet approved a draft agreement.", "approved", id="approved though a draft"),
        pytest.param("Sweden has agreed to a deal with Norway on fish.", "agreed", id="agreed to"),
        pytest.param("They welcomed a historic agreement on the border.", "agreed", id="welcomed"),
        pytest.param("The ministers failed to agree on a new trade deal.", "failed", id="failed to"),
        pytest.param("No agreement was reached at the talks.", "failed", id="no agreement"),
        pytest.param("The minister denied that a deal had been reached.", "failed", id="denied that"),
        pytest.param("Talks on a free trade pact collapsed on Friday.", "failed", id="talks collapsed"),
        pytest.param("Togo rejected the agreement.", "failed", id="rejected"),
        pytest.param("The treaty entered into force in July.", "in-force", id="entered into force"),
        pytest.param("Iceland ratified the treaty.", "in-force", id="ratified"),
        pytest.param("Parliament has not yet ratified the treaty.", "signed", id="not yet ratified"),
        pytest.param("They prepare for the Agreement entering into force.", "signed", id="before entry into force"),
        pytest.param("Kenya would not be renewing the defence agreement.", "in-force", id="would not renew"),
        pytest.param("The current agreement expires in March.", "in-force", id="expires later"),
        pytest.param("The agreement expired in March.", "ended", id="expired"),
        pytest.param("Iran threatened to withdraw from the nuclear deal.", "in-force", id="threat to withdraw"),
        pytest.param("They agreed to review the goods agreement.", "in-force", id="reviewed"),
        pytest.param(
            "The agreement, signed in 2002, was extended for five years.", "extended", id="finite verb decides"
        ),
        pytest.param("They signed a protocol amending the border treaty.", "signed", id="outer instrument"),
        pytest.param("Spain withdrew from the Treaty on Open Skies last year.", "ended", id="withdrawal"),
        pytest.param("The deal was scrapped after parliament rejected it.", "ended", id="scrapped"),
        pytest.param("Chile has suspended the contract.", "suspended", id="suspended"),
        pytest.param("The signing of the agreement was postponed.", "suspended", id="signing postponed"),
        pytest.param("Brazil has violated the terms of the agreement.", "breached", id="breach of the terms"),
        pytest.param("Kenya refused to fulfil its obligations under the agreement.", "breached", id="unfulfilled"),
        pytest.param("He helped negotiate the fish deal that was signed in 2015.", "signed", id="relative clause"),
        pytest.param("Togo suspended a complaint with the fisheries treaty.", None, id="another object"),
    ],
)
def test_the_status_follows_verb_and_mode(text: str, status: str | None) -> None:
    found = status_of(text)

    assert found == status


def test_an_amended_treaty_is_told_from_the_protocol_that_amends_it() -> None:
    protocol, treaty = mentions_in("They signed a protocol amending the border treaty.")

    assert (protocol.instrument, protocol.cue and protocol.cue.status) == (Instrument.PROTOCOL, Status.SIGNED)
    assert (treaty.instrument, treaty.cue and treaty.cue.status) == (Instrument.TREATY, Status.AMENDED)


def test_a_framework_for_an_agreement_is_one_instrument() -> None:
    framework, agreement = mentions_in("They have agreed to a framework for an agreement on trade.")

    assert framework.cue is not None
    assert framework.cue.status is Status.AGREED
    assert not framework.is_apposition
    assert agreement.is_apposition


@pytest.mark.parametrize(
    ("text", "form", "name"),
    [
        pytest.param("Ghana left the Paris Agreement on climate.", Form.NAMED, "Paris Agreement", id="capitals"),
        pytest.param("Ghana joined the Treaty on Open Skies last year.", Form.NAMED, "Treaty on Open Skies", id="tail"),
        pytest.param("Ghana is a member of AfCFTA and signed nothing.", Form.NAMED, "AfCFTA", id="without a noun"),
        pytest.param("The agreement on fish was signed.", Form.DEFINITE, None, id="the"),
        pytest.param("Its pact on fish was signed.", Form.DEFINITE, None, id="its"),
        pytest.param("An agreement on fish was signed.", Form.INDEFINITE, None, id="an"),
    ],
)
def test_the_form_says_whether_the_instrument_is_known(text: str, form: Form, name: str | None) -> None:
    mention = mentions_in(text)[0]

    assert (mention.form, mention.name) == (form, name)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        pytest.param("Peru and Chile signed ten agreements.", 10, id="word"),
        pytest.param("Peru and Chile signed 15 agreements.", 15, id="figure"),
        pytest.param("Peru and Chile signed several agreements.", 0, id="several"),
        pytest.param("The two countries signed a package of documents.", 0, id="number of another noun"),
        pytest.param("Peru and Chile signed an agreement.", None, id="one"),
    ],
)
def test_a_bundle_has_a_count(text: str, count: int | None) -> None:
    mention = mentions_in(text)[0]

    assert mention.count == count


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("The country has struggled to deal with floods.", id="verb"),
        pytest.param("It took a great deal of money.", id="a great deal"),
        pytest.param("They nodded in agreement.", id="in agreement"),
        pytest.param("Any agreement must be fair.", id="none in particular"),
        pytest.param("The nuclear programme is peaceful.", id="no instrument"),
        pytest.param("The party convention begins on Monday.", id="a meeting"),
        pytest.param("They agreed to meet again.", id="agreed to meet"),
    ],
)
def test_other_senses_are_no_instrument(text: str) -> None:
    found = mentions_in(text)

    assert found == ()


def test_a_list_shares_its_verb() -> None:
    found = mentions_in("They signed a loan agreement; a protocol on fish; and a programme of exchanges.")

    assert [mention.cue and mention.cue.status for mention in found] == [Status.SIGNED] * 3


def test_plurals_in_a_row_are_one_bundle() -> None:
    found = mentions_in("A number of agreements, contracts and protocols have been signed.")

    assert [mention.is_plural for mention in found] == [True]


def test_a_verbal_agreement_needs_no_noun() -> None:
    (mention,) = mentions_in("The two sides agreed to supply gas to each other.")

    assert mention.is_verbal
    assert mention.instrument is Instrument.AGREEMENT


def test_noise_yields_nothing() -> None:
    text = "Peru and Chile signed an agreement."
    sentence = Sentence(index=0, paragraph=0, start=0, end=len(text), text=text, is_noise=True)

    found = find_mentions(Document(text=text, published=None, outlet=None, sentences=(sentence,)))

    assert found == ()


def test_a_long_text_without_marks_is_read_in_bounded_steps() -> None:
    text = "agreement signed " * 2000

    found = mentions_in(text)

    assert all(mention.clause[1] - mention.clause[0] < 200 for mention in found)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        pytest.param("Peru and Chile agreed to build a bridge.", 1, id="agreed to"),
        pytest.param("Peru and Chile agreed on Monday that they would reopen the road.", 1, id="agreed that"),
        pytest.param("Peru and Chile agreed in principle to link their grids.", 1, id="in principle"),
        pytest.param("Peru and Chile agreed on visa-free travel.", 1, id="agreed on"),
        pytest.param("Peru and Chile have agreed terms for sharing anchovy.", 1, id="agreed terms"),
        pytest.param("Peru and Chile agreed with each other that all is well.", 0, id="opinion"),
        pytest.param("Peru and Chile agreed to deepen ties.", 0, id="mood"),
        pytest.param("Peru and Chile agreed to hold further talks.", 0, id="talks about talks"),
        pytest.param("Peru and Chile agreed on the need to act.", 0, id="need"),
        pytest.param("Peru borrowed $90 million from China.", 1, id="borrowed"),
        pytest.param("Peru has ordered 12 jets from Italy.", 1, id="ordered"),
        pytest.param("Peru ordered troops from the border.", 0, id="ordered no goods"),
    ],
)
def test_what_is_agreed_without_a_noun_is_a_deed(text: str, count: int) -> None:
    found = mentions_in(text)

    assert [mention.is_verbal for mention in found] == [True] * count


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("The party leaders signed a coalition agreement.", id="coalition"),
        pytest.param("Miners signed a wage and pensions deal.", id="wages"),
        pytest.param("The striker signed a contract with a club in Peru.", id="club"),
        pytest.param("The channel signed a contract to broadcast the cup.", id="broadcast"),
        pytest.param("There is broad agreement that prices rose.", id="opinion"),
        pytest.param("The president signed an executive order on trade.", id="executive order"),
    ],
)
def test_a_matter_of_no_states_is_no_instrument(text: str) -> None:
    assert mentions_in(text) == ()


@pytest.mark.parametrize(
    ("text", "status"),
    [
        pytest.param('Peru announced a "historic" trade deal with Chile.', "agreed", id="scare quotes"),
        pytest.param("Peru did not rule out signing a deal with Chile.", "proposed", id="double negation"),
        pytest.param("Not a single treaty was signed.", "failed", id="not a single"),
        pytest.param("There is still no agreement between Peru and Chile.", "negotiating", id="still no"),
        pytest.param("Peru has applied to join the fisheries pact.", "negotiating", id="applied to join"),
        pytest.param("Talks between Peru and Chile on a water treaty have stalled.", "suspended", id="stalled"),
        pytest.param("Peru rejected a Chilean proposal for a treaty.", "failed", id="rejected proposal"),
        pytest.param("The truce, mediated by Peru, has held since June.", "in-force", id="held"),
        pytest.param("Peru and Chile agreed to renew the truce.", "extended", id="agreed to renew"),
        pytest.param("Peru will sign the text and, with Chile, prepare the treaty.", "anticipated", id="list of verbs"),
        pytest.param("They noted the implementation of the agreements reached in Lima.", "in-force", id="carried out"),
        pytest.param("Lawmakers demanded that the treaty be annulled.", "in-force", id="subjunctive"),
        pytest.param("Under a pact with Chile, Peru fishes in the bay.", "in-force", id="under a pact"),
        pytest.param("Peru ended its visit with four pacts.", "signed", id="outcome of a visit"),
        pytest.param("Peru dismissed reports of a deal with Chile.", "failed", id="dismissed reports"),
        pytest.param("It would be the first treaty signed in the town.", "anticipated", id="would be the first"),
        pytest.param("They spoke of upholding the agreements reached in Lima.", "in-force", id="upholding"),
        pytest.param("The ministers agree with the treaty.", None, id="opinion"),
        pytest.param("The agreement was reinstated in May.", "in-force", id="reinstated"),
    ],
)
def test_the_standing_is_read_where_words_are_many(text: str, status: str | None) -> None:
    assert status_of(text) == status


def test_the_last_word_of_a_name_is_no_instrument_of_its_own() -> None:
    (mention,) = mentions_in("Peru and Chile signed the Treaty on Friendship, Cooperation and Partnership in Lima.")

    assert mention.instrument is Instrument.TREATY


def test_a_list_of_documents_shares_the_verb_above_it() -> None:
    lines = ("The following documents were signed:", "- Protocol on fish", "- Programme of cultural exchanges")
    sentences, start = [], 0
    for number, line in enumerate(lines):
        sentences.append(Sentence(index=number, paragraph=number, start=start, end=start + len(line), text=line))
        start += len(line) + 1

    found = find_mentions(Document("\n".join(lines), None, None, tuple(sentences)))

    assert [(m.instrument, m.cue.status if m.cue else None) for m in found[1:]] == [
        (Instrument.PROTOCOL, Status.SIGNED),
        (Instrument.PROGRAMME, Status.SIGNED),
    ]
