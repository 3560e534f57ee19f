"""Quotations are found to the letter, whatever their marks, and with the speaker whom the article names."""

from dataclasses import replace

import pytest

from by_hand import make_document, make_names, make_people
from generator.extract.quotations import LONGEST, find_quotations
from generator.extract.text import Document
from generator.model import Channel, QuotationFact
from helpers import cpu_seconds

PEOPLE = {"Jean Duval": "President", "Kari Olsen": "foreign minister", "Tom Berg": None}


def quotations_of(document: Document, **changes: str | None) -> tuple[QuotationFact, ...]:
    people = make_people(document, {**PEOPLE, **changes})
    return find_quotations(document, make_names(document), people)


def said(*paragraphs: list[str] | str, title: str = "News of the day") -> list[tuple[str | None, str]]:
    return [(q.speaker, q.evidence.exact) for q in quotations_of(make_document(*paragraphs, title=title))]


@pytest.mark.parametrize(
    ("opening", "closing"),
    [
        pytest.param("“", "”", id="curly"),
        pytest.param('"', '"', id="straight"),
        pytest.param("‘", "’", id="single curly"),
        pytest.param("'", "'", id="single straight"),
        pytest.param("«", "»", id="angular"),
        pytest.param("„", "“", id="low and high"),
        pytest.param("``", "''", id="doubled"),
        pytest.param("”", "“", id="reversed"),
        pytest.param("“", '"', id="mixed"),
        pytest.param("”", "”", id="both closing"),
        pytest.param("“", "“", id="both opening"),
    ],
)
def test_a_quotation_is_found_between_any_marks(opening: str, closing: str) -> None:
    found = said(f"{opening}We will not leave the treaty now,{closing} Kari Olsen said.")

    assert found == [("Kari Olsen", "We will not leave the treaty now")]


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        pytest.param(
            "“We will not leave the treaty now “Olsen said.",
            "We will not leave the treaty now",
            id="closing mark turned and spaced",
        ),
        pytest.param(
            "“We will not leave the treaty now, Olsen said.",
            "We will not leave the treaty now",
            id="closing mark missing",
        ),
        pytest.param(
            "We will not leave the treaty now,” Olsen said.",
            "We will not leave the treaty now",
            id="opening mark missing",
        ),
        pytest.param(
            '"The "new" treaty is a very good one," Olsen said.',
            'The "new" treaty is a very good one',
            id="same marks nested",
        ),
        pytest.param(
            "“He called it ‘the best treaty of all time’ to me,” Olsen said.",
            "He called it ‘the best treaty of all time’ to me",
            id="single inside double",
        ),
        pytest.param(
            "'We need our workers' consent to do this,' Olsen said.",
            "We need our workers' consent to do this",
            id="plural owner",
        ),
        pytest.param(
            'Olsen said:"We will not leave the treaty now."', "We will not leave the treaty now.", id="no blank before"
        ),
    ],
)
def test_faulty_and_nested_marks_do_not_change_the_words(sentence: str, words: str) -> None:
    found = said(sentence, "Kari Olsen is the foreign minister.")

    assert found == [("Kari Olsen", words)]


@pytest.mark.parametrize(
    ("sentences", "speaker"),
    [
        pytest.param(["“We will sign it in the spring,” Olsen said."], "Kari Olsen", id="behind"),
        pytest.param(["“We will sign it in the spring,” said Olsen."], "Kari Olsen", id="inverted"),
        pytest.param(
            ["“We will sign it in the spring,” said Prime Minister Kari Olsen, who leads the talks."],
            "Kari Olsen",
            id="inverted with office",
        ),
        pytest.param(["Olsen told reporters: “We will sign it in the spring.”"], "Kari Olsen", id="before"),
        pytest.param(
            ["Olsen cited the treaty and said, “We will sign it in the spring.”"], "Kari Olsen", id="second verb"
        ),
        pytest.param(
            ["Olsen, speaking beside Jean Duval, said: “We will sign it in the spring.”"], "Kari Olsen", id="apposition"
        ),
        pytest.param(
            ["Tom Berg – who met Jean Duval – said: “We will sign it in the spring.”"], "Tom Berg", id="dashes"
        ),
        pytest.param(
            ["Jean Duval's adviser, Tom Berg, said: “We will sign it in the spring.”"],
            "Tom Berg",
            id="owner is not the speaker",
        ),
        pytest.param(
            ["Olsen met Jean Duval.", "“We will sign it in the spring,” she said."], "Kari Olsen", id="pronoun"
        ),
        pytest.param(
            ["Olsen arrived in Strelsau.", "“We will sign it in the spring.”"], "Kari Olsen", id="sentence before"
        ),
        pytest.param(
            ["“We will sign it in the spring.”", "With these words Olsen left."], "Kari Olsen", id="sentence behind"
        ),
        pytest.param(["“We will sign it in the spring,” the foreign minister said."], "Kari Olsen", id="office"),
        pytest.param(["“We will sign it in the spring,” the ministry said."], "the ministry", id="organisation"),
        pytest.param(["“We will sign it in the spring,” a senior official said."], "senior official", id="role"),
        pytest.param(["“We will sign it in the spring,” according to Olsen."], "Kari Olsen", id="according to"),
        pytest.param(
            ["“We will sign it in the spring,” reads a statement by the ministry."], "the ministry", id="document"
        ),
        pytest.param(
            ["According to a letter from Olsen's office, “we will sign it in the spring”."],
            "Olsen's office",
            id="author of a letter",
        ),
        pytest.param(
            ["Olsen was quoted by NTB as saying: “We will sign it in the spring.”"], "Kari Olsen", id="quoted as saying"
        ),
        pytest.param(
            ["“We will sign it in the spring,” NTB quoted Olsen as saying."], "Kari Olsen", id="agency quotes"
        ),
        pytest.param(["“We will sign it in the spring” — Kari Olsen"], "Kari Olsen", id="signed"),
        pytest.param(
            ["“We will sign it in the spring,” said the council's senior member, Rep. Kari Olsen of Strelsau."],
            "Kari Olsen",
            id="title behind a comma",
        ),
        pytest.param(
            ["“We will sign it in the spring,” said army spokeswoman Brig. Gen. Kari Olsen."],
            "Kari Olsen",
            id="shortened rank",
        ),
        pytest.param(
            ["“We will sign it in the spring,” said Trade and Industry Minister Kari Olsen."],
            "Kari Olsen",
            id="and in an office",
        ),
        pytest.param(["Minister Kari Olsen on Monday said “we will sign it in spring”."], "Kari Olsen", id="weekday"),
        pytest.param(
            ["The ministry on Monday said “we will sign it in the spring”."], "The ministry", id="its weekday"
        ),
        pytest.param(["The ministry in a note said “we will sign it in the spring”."], "The ministry", id="its note"),
        pytest.param(
            ["“We will sign it in the spring,” the press office of the ministry reports."],
            "the press office of the ministry",
            id="in the present",
        ),
        pytest.param(["“We will sign it in the spring,” state TV cited Olsen as saying."], "Kari Olsen", id="state TV"),
        pytest.param(["“We will sign it in the spring,” NTB reported, quoting Olsen."], "Kari Olsen", id="quoting"),
        pytest.param(
            ["It is, in the words of Olsen, “the best pact of them all”."], "Kari Olsen", id="in the words of"
        ),
        pytest.param(
            ["“We will sign it in the spring,” a banker, who would not be named, told Reuters."],
            "banker",
            id="who is told does not speak",
        ),
        pytest.param(
            ["Olsen left; a short joint statement reaffirmed “the will to sign it in spring”."],
            "short joint statement",
            id="joint statement",
        ),
        pytest.param(["Olsen called the plan “a threat to the whole region”."], "Kari Olsen", id="verb of judgement"),
        pytest.param(
            ["What one diplomat described as “a threat to the whole region” worries Olsen."],
            "one diplomat",
            id="what somebody called",
        ),
        pytest.param(
            ["The plan, described by one diplomat as “a threat to the whole region”, worries Olsen."],
            "one diplomat",
            id="passive",
        ),
    ],
)
def test_the_speaker_is_told_from_the_words_beside(sentences: list[str], speaker: str) -> None:
    found = said(sentences, "Kari Olsen is the foreign minister.")

    assert [name for name, _ in found] == [speaker]


@pytest.mark.parametrize(
    ("sentences", "speaker"),
    [
        pytest.param(
            ["Jean Duval met Kari Olsen, who spoke of the pact.", "“We will sign it in the spring,” Ms Olsen said."],
            "Kari Olsen",
            id="name",
        ),
        pytest.param(
            ["Jean Duval, the king, met Karin Moe.", "“We will sign it in the spring,” she said."],
            "Karin Moe",
            id="given name",
        ),
        pytest.param(
            ["Mr Duval met Kari Olsen.", "“We will sign it in the spring,” she said."], "Kari Olsen", id="other is Mr"
        ),
        pytest.param(
            ["Kari Olsen met Jean Duval.", "Her spokesman, Tom Berg, was there.", "“We will sign it now,” he said."],
            "Tom Berg",
            id="subject in between",
        ),
        pytest.param(
            ["A spokesman met Kari Olsen.", "“We will sign it in the spring,” she said."],
            "Kari Olsen",
            id="role of the other sex",
        ),
        pytest.param(
            ["The pact is dead, Jean Duval said, according to a news agency.", "“We will not sign it,” he said."],
            "Jean Duval",
            id="an agency is no he",
        ),
    ],
)
def test_a_pronoun_means_somebody_whom_it_fits(sentences: list[str], speaker: str) -> None:
    document = make_document(sentences, "Karin Moe and Kari Olsen, Mr Duval.", "Jean Duval. Tom Berg.")
    people = make_people(document, {**PEOPLE, "Karin Moe": None})

    found = find_quotations(document, make_names(document), people)

    assert [quotation.speaker for quotation in found] == [speaker]


@pytest.mark.parametrize(
    ("role", "speaker"),
    [
        pytest.param("the Sylvanian president", "Ann Lee", id="adjective"),
        pytest.param("the President of Ruritania", "Jean Duval", id="of a country"),
        pytest.param("the head of state", "Jean Duval", id="office by another name"),
        pytest.param("the Sylvanian leader", "Ann Lee", id="leader of a country"),
        pytest.param("the top diplomat", "Kari Olsen", id="diplomat"),
        pytest.param("his Sylvanian counterpart", "Ann Lee", id="counterpart"),
        pytest.param("the Freedonian leader", "Freedonian leader", id="leader of another country"),
    ],
)
def test_a_role_means_who_holds_the_office_there(role: str, speaker: str) -> None:
    document = make_document(
        "Jean Duval met Kari Olsen and talked with Ann Lee.", f"“We will sign it in the spring,” {role} said."
    )
    countries = {"Jean Duval": "RUR", "Ann Lee": "SYL", "Kari Olsen": "RUR"}
    people = tuple(
        replace(one, country=countries[one.name])
        for one in make_people(
            document, {"Jean Duval": "President", "Ann Lee": "President", "Kari Olsen": "foreign minister"}
        )
    )

    found = find_quotations(document, make_names(document), people)

    assert [quotation.speaker for quotation in found] == [speaker]


@pytest.mark.parametrize(
    ("paragraphs", "speaker"),
    [
        pytest.param(
            ["“ We will sign it in the spring ”", "Kari Olsen", "Analyst", "More."], "Kari Olsen", id="person"
        ),
        pytest.param(["“ We will sign it in the spring ”", "Zoe Quill", "Analyst", "More."], "Zoe Quill", id="name"),
        pytest.param(["“We will sign it in the spring”", "— Kari Olsen, minister"], "Kari Olsen", id="dash"),
        pytest.param(
            ["Kari Olsen came.", "“We will sign it in the spring.”", "Tom Berg left for home early."],
            "Kari Olsen",
            id="a sentence is no signature",
        ),
    ],
)
def test_a_quotation_may_be_signed_on_the_line_below(paragraphs: list[str], speaker: str) -> None:
    assert [name for name, _ in said(*paragraphs)] == [speaker]


def test_words_without_a_speaker_are_by_whom_the_title_names() -> None:
    found = said("“We will sign it in the spring.”", title="Statement from the Treasury Secretary")

    assert found == [("Treasury Secretary", "We will sign it in the spring.")]


def test_a_broken_quotation_is_two() -> None:
    found = said(
        "“This pact is good for us,” Duval said, “and it will last for many years.”", "Jean Duval is president."
    )

    assert found == [
        ("Jean Duval", "This pact is good for us"),
        ("Jean Duval", "and it will last for many years."),
    ]


def test_the_next_quotation_of_a_paragraph_goes_on_with_the_same_speaker() -> None:
    found = said(
        ["“This pact is good for us,” Jean Duval said.", "“It will last for many years.”"],
        ["“I have my doubts about that,” Kari Olsen replied."],
    )

    assert [speaker for speaker, _ in found] == ["Jean Duval", "Jean Duval", "Kari Olsen"]


@pytest.mark.parametrize("link", ["and", "and that", ", but that", "and to"])
def test_a_second_part_of_the_sentence_goes_on_with_the_same_speaker(link: str) -> None:
    found = said(f"Kari Olsen said it is “open to talks of every kind” {link} “there is no reason for a quarrel”.")

    assert [speaker for speaker, _ in found] == ["Kari Olsen", "Kari Olsen"]


def test_paragraphs_that_reopen_are_one_quotation() -> None:
    found = said("“This pact is good for us.", "“It will last for many years,” Jean Duval told parliament.")

    assert found == [("Jean Duval", "This pact is good for us.\n“It will last for many years")]


@pytest.mark.parametrize(
    "sentence",
    [
        pytest.param("The so-called “special military operation” went on.", id="scare quotes"),
        pytest.param("She wrote “The Rise and Fall of Great Powers” in May.", id="title of a work"),
        pytest.param("He gave a speech titled “how to end a long war”.", id="titled"),
        pytest.param("A project called “a bridge for all of us” began.", id="called"),
        pytest.param("The land, “friend to all, enemy to none”, grew.", id="motto without a speaker"),
        pytest.param(
            "It was the workers' fault and the ministers' too, not the banks' or the states'.", id="apostrophes"
        ),
        pytest.param("“It is done,” she said.", id="four words"),
    ],
)
def test_what_nobody_says_is_no_quotation(sentence: str) -> None:
    assert said(sentence) == []


def test_a_quotation_in_the_title_counts_once() -> None:
    words = "We will never leave this treaty"

    found = said(f"“{words},” Olsen said.", "Kari Olsen is the foreign minister.", title=f"‘{words}’: Olsen")

    assert found == [("Kari Olsen", words)]


@pytest.mark.parametrize(
    ("clause", "channel"),
    [
        pytest.param("Olsen wrote on Twitter", Channel.TWEET, id="tweet"),
        pytest.param("Olsen said in a statement", Channel.STATEMENT, id="statement"),
        pytest.param("Olsen told reporters", Channel.PRESS, id="press"),
        pytest.param("Olsen told Reuters", Channel.INTERVIEW, id="told an agency"),
        pytest.param("Olsen said in an interview", Channel.INTERVIEW, id="interview"),
        pytest.param("Olsen told parliament", Channel.SPEECH, id="speech"),
        pytest.param("Olsen wrote in a letter", Channel.LETTER, id="letter"),
        pytest.param("Olsen said", None, id="not said"),
    ],
)
def test_the_channel_is_where_the_words_were_said(clause: str, channel: Channel | None) -> None:
    (found,) = quotations_of(make_document(f"“We will sign it in the spring,” {clause}.", "Kari Olsen is minister."))

    assert found.channel is channel


def test_an_outlet_that_is_told_passes_the_words_on() -> None:
    (found,) = quotations_of(make_document("“We will sign it in the spring,” Kari Olsen told Reuters."))

    assert [source.name for source in found.attribution] == ["Reuters"]
    assert found.person == "p2"


def test_the_turns_of_a_transcript_are_quotations() -> None:
    found = said(
        "The talks began. * * * President of Ruritania Jean Duval: Welcome to our country, dear friends. "
        'We met in the "2+2" format. Foreign Minister Kari Olsen (retranslated): Thank you. '
        "Jean Duval: I thank you for your visit."
    )

    assert found == [
        ("Jean Duval", 'Welcome to our country, dear friends. We met in the "2+2" format.'),
        ("Jean Duval", "I thank you for your visit."),
    ]


def test_a_long_turn_gives_its_first_paragraph_and_who_asks_is_nobody() -> None:
    found = said(
        "PRESIDENT DUVAL: This is the first thing to say.",
        "This is the second thing to say.",
        "This is the third thing to say.",
        "This is the fourth thing to say.",
        "Q: Will there be a treaty soon?",
    )

    assert [words for _, words in found] == ["This is the first thing to say."]


@pytest.mark.parametrize(
    ("label", "speaker"),
    [
        pytest.param("Kari Olsen, Foreign Minister", "Kari Olsen", id="name and office"),
        pytest.param("KARI OLSEN, FOREIGN MINISTER", "Kari Olsen", id="capitals"),
        pytest.param("ANN LEE, PRIME MINISTER OF RURITANIA", "ANN LEE", id="unknown person"),
        pytest.param("MS. LEE", "MS. LEE", id="form of address"),
        pytest.param("SEC. LEE", "SEC. LEE", id="shortened office"),
        pytest.param("PRIME MINISTER", "PRIME MINISTER", id="office alone"),
        pytest.param("Olsen", "Kari Olsen", id="surname"),
    ],
)
def test_a_label_of_a_turn_names_its_speaker(label: str, speaker: str) -> None:
    found = said(
        "JOURNALIST: Will you sign the treaty this year?", f"{label}: We will sign it in the spring.", "Q: Kari Olsen?"
    )

    assert found[1] == (speaker, "We will sign it in the spring.")


def test_a_labelled_quotation_belongs_to_the_person_of_the_line_before() -> None:
    found = said("Source: Kari Olsen’s address on Monday", 'Quote: "We will sign it in the spring."')

    assert found == [("Kari Olsen", "We will sign it in the spring.")]


def test_marks_without_blanks_are_told_by_their_shape() -> None:
    found = said("“Even the so-called“pact,” which they promised, is not here,” Kari Olsen said.")

    assert found == [("Kari Olsen", "Even the so-called“pact,” which they promised, is not here")]


def test_a_report_that_closes_with_its_speaker_names_who_she_is() -> None:
    found = said(
        "The pact covers trade and energy, said Ms Olsen.", "“We will sign it in the spring,” she added.", "Kari Olsen."
    )

    assert found == [("Kari Olsen", "We will sign it in the spring")]


def test_an_ordinary_colon_makes_no_transcript() -> None:
    assert said("Energy: The two sides will build a new line.", "Trade: The two sides will cut all tariffs.") == []


WORDS = "We will sign it in the spring"


@pytest.mark.parametrize(
    ("paragraphs", "speaker"),
    [
        pytest.param(
            [
                "The foreign ministry issued a statement on Monday.",
                "Sylvania refused.",
                f"The statement said “{WORDS}”.",
            ],
            "The foreign ministry",
            id="the statement issued before",
        ),
        pytest.param(
            [["The foreign ministry, however, recalled the text.", f"The new text said “{WORDS}”."]],
            "The foreign ministry",
            id="however between commas",
        ),
        pytest.param(
            [f"Olsen praised the talks before they had concluded, saying that “{WORDS}”."],
            "Kari Olsen",
            id="a clause of time has no speaker",
        ),
        pytest.param(
            [["The country's largest bank, Alpha, is for sale.", f"“{WORDS},” the bank said."]], "Alpha", id="bank"
        ),
        pytest.param(
            [["Shares of the carmaker Novacar rose.", f"“{WORDS},” the company said."]], "Novacar", id="company"
        ),
        pytest.param(
            [["Novacar, a maker of buses, is for sale.", f"“{WORDS},” the company said."]], "Novacar", id="apposition"
        ),
        pytest.param(
            ["The 1979 Fisheries Act states the union “will make such aid available”."],
            "1979 Fisheries Act",
            id="a law states",
        ),
        pytest.param(
            [["The pact was a success for Duval.", "He calls it a first step.", f"“{WORDS},” he wrote."]],
            "Jean Duval",
            id="he was named near by",
        ),
        pytest.param(["Jean Duval left.", f"According to him, “{WORDS}”."], "Jean Duval", id="according to him"),
        pytest.param(["Kari Olsen left.", f"In her words, “{WORDS}”."], "Kari Olsen", id="in her words"),
        pytest.param([f"“{WORDS}.”", "So said Kari Olsen on Monday."], "Kari Olsen", id="so said"),
        pytest.param(
            [f"“{WORDS}.”", "The words came from Kari Olsen, who stayed."], "Kari Olsen", id="the words came from"
        ),
        pytest.param([f"“{WORDS}.” – Kari Olsen, foreign minister"], "Kari Olsen", id="signed behind a dash"),
        pytest.param(
            ["Leaders of Sylvania met.", f"In a joint statement, they said: “{WORDS}.”"],
            "Leaders of Sylvania",
            id="they of the sentence before",
        ),
        pytest.param(
            [["A spokesman for President Jean Duval said no.", f"“{WORDS},” he said."]], "spokesman", id="spokesman for"
        ),
        pytest.param([f"According to the draft seen by Reuters, “{WORDS}”."], "draft", id="seen by an agency"),
        pytest.param(
            ["Kari Olsen wrote to Sylvania.", f"The letter, seen by Reuters, also says that “{WORDS}”."],
            "Kari Olsen",
            id="seen between commas",
        ),
        pytest.param(
            ["Hailing the pact as “a triumph of patience and sense”, Kari Olsen thanked Sylvania."],
            "Kari Olsen",
            id="participle before its subject",
        ),
        pytest.param(
            ["The ministers agreed to meet again, with Kari Olsen calling the talks “open and full of respect”."],
            "Kari Olsen",
            id="with somebody calling",
        ),
        pytest.param(["Kari Olsen emphasized.", f"“{WORDS}.”"], "Kari Olsen", id="a full stop instead of the colon"),
    ],
)
def test_a_speaker_is_known_by_what_was_said_before(paragraphs: list[list[str] | str], speaker: str) -> None:
    found = said(*paragraphs)

    assert [name for name, _ in found] == [speaker]


@pytest.mark.parametrize(
    ("paragraphs", "speakers"),
    [
        pytest.param(
            [
                "Tom Berg said that the two sides would “work towards a common power grid”.",
                "“This is about trust among neighbors,” said Mr Berg.",
                "Describing it as “a new chapter in our friendship”, he noted that trade had doubled.",
            ],
            ["Tom Berg", "Tom Berg", "Tom Berg"],
            id="indirect, then direct speech",
        ),
        pytest.param(
            [
                "• Kari Olsen: “I welcome this and urge all to respect it.”",
                "• Tom Berg said: “Now deeds have to follow the words.”",
            ],
            ["Kari Olsen", "Tom Berg"],
            id="bullets",
        ),
        pytest.param(
            [
                "Berg, who called it “a chain around our children’s necks”, said they “understand us and will listen”.",
                "Tom Berg left.",
            ],
            ["Tom Berg", "Tom Berg"],
            id="parts inside indirect speech",
        ),
        pytest.param(
            [
                "Reading out a joint statement, Kari Olsen said: “The two sides agreed to open the road.”",
                "Tom Berg, for his part, said the road was “ready to be used any day”.",
            ],
            ["Kari Olsen", "Tom Berg"],
            id="joint statement read out",
        ),
        pytest.param(
            ["Olsen told the assembly there is “no secret pact”, and went on: “Please check your facts first.”"],
            ["Kari Olsen"],
            id="went on",
        ),
        pytest.param(
            ["Olsen said it was “a big win for our farmers” and Berg said it was “the best of all pacts”, Tom Berg."],
            ["Kari Olsen", "Tom Berg"],
            id="two speakers joined by and",
        ),
        pytest.param(
            ["A joint statement issued after the summit said they “reaffirmed their trust in each other”."],
            ["joint statement"],
            id="statement issued after",
        ),
        pytest.param(
            [
                "Kari Olsen of the North Institute thinks it is “a heavy tax on our people”.",
                "One diplomat said: “Nobody wants to be last.” Another said it was “a matter of weeks, not months”.",
            ],
            ["Kari Olsen", "One diplomat", "Another"],
            id="thinks and another",
        ),
        pytest.param(
            ["The mine was sold by a firm, Alpha. The company expects “first copper in the fall”, Tom Berg left."],
            ["Alpha"],
            id="expects",
        ),
        pytest.param(
            ["The treaty says it “will make aid freely available” as may be needed to “keep up their defenses too”."],
            ["The treaty", "The treaty"],
            id="few words between two parts",
        ),
    ],
)
def test_quotations_of_many_styles_keep_their_speakers(paragraphs: list[str], speakers: list[str | None]) -> None:
    found = said(*paragraphs)

    assert [name for name, _ in found] == speakers


@pytest.mark.parametrize("title", ["the president", "the head of state"])
def test_a_bare_title_means_the_only_speaker_so_far(title: str) -> None:
    document = make_document("“We are glad that you came,” Lev Moroz noted.", f"“{WORDS},” {title} added.")

    found = find_quotations(document, (), make_people(document, {"Lev Moroz": None}))

    assert [quotation.speaker for quotation in found] == ["Lev Moroz", "Lev Moroz"]


def test_paragraphs_that_run_together_are_one_quotation() -> None:
    found = said(
        ["“They have much to do here.", "“They play football and cards.", "“The food is good,” Kari Olsen said."]
    )

    assert found == [
        ("Kari Olsen", "They have much to do here. “They play football and cards. “The food is good"),
    ]


def test_a_lower_case_quotation_goes_on_from_a_sentence_cut_too_early() -> None:
    found = said(["Kari Olsen says that the U.S.", "“will make such aid available at once”."])

    assert found == [("Kari Olsen", "will make such aid available at once")]


def test_names_in_capitals_that_come_again_are_labels_of_turns() -> None:
    found = said(
        "ADA FINCH: Minister, will it be signed this month?",
        "ZOE QUILL: Well, we hope that it will be.",
        "ADA FINCH: And what will the Senate say?",
        "ZOE QUILL: We work with it as always.",
    )

    assert [speaker for speaker, _ in found] == ["ADA FINCH", "ZOE QUILL", "ADA FINCH", "ZOE QUILL"]


def test_a_label_may_give_office_country_and_a_name_met_nowhere_else() -> None:
    found = said(
        "President of Ruritania Jean Duval: Friends, the talks were warm and long.",
        "President of Sylvania Ada Finch (retranslated): Thank you for the sincere talks.",
    )

    assert [speaker for speaker, _ in found] == ["Jean Duval", "President of Sylvania Ada Finch"]


def test_an_embedded_post_is_a_quotation_and_its_rewording_points_to_it() -> None:
    document = make_document(
        "Today we signed a good and useful pact with our friends. pic.example/1 December 6, 2021 — Kari Olsen (@olsen)",
        "“Today we signed a very good and useful pact with our friends,” Olsen wrote.",
    )

    first, second = quotations_of(document)

    assert (first.speaker, first.channel, first.same_as) == ("Kari Olsen", Channel.TWEET, None)
    assert (second.speaker, second.same_as) == ("Kari Olsen", "q1")


def test_evidence_stands_where_it_says() -> None:
    document = make_document(["“We will sign it in the spring,” Olsen said.", "Kari Olsen left."])

    (found,) = quotations_of(document)

    assert document.text[found.evidence.start : found.evidence.end] == found.evidence.exact
    assert found.speaker_evidence is not None
    assert document.text[found.speaker_evidence.start : found.speaker_evidence.end] == "Olsen"


def test_a_quotation_that_never_closes_has_a_bound() -> None:
    document = make_document("Olsen said: “" + "We will sign it. " * 2000)

    (found,) = quotations_of(document)

    assert len(found.evidence.exact) <= LONGEST
    assert found.evidence.exact.endswith("sign it.")


@pytest.mark.parametrize(
    "unit",
    [
        "Lee said he told ",
        "said Trade and ",
        "“we want this pact now”\n",
        '"',
        ' "a',
        "“a b ",
        "'a s' ",
        "he said ",
        "Ann Lee: ",
        "a (@abc) ",
        '"we will sign the treaty now" ',
        "said the company carmaker X, a bank, ",
        "President of A A A A: ",
        "ANN LEE: we go\n",
        '"aa bb cc dd ee. ',
    ],
    ids=repr,
)
def test_time_grows_with_the_length_of_the_text(unit: str) -> None:
    def seconds(characters: int) -> float:
        document = make_document((unit * (characters // len(unit) + 1))[:characters])
        return cpu_seconds(lambda: find_quotations(document, (), ()))

    short, long = seconds(20_000), seconds(160_000)

    assert long < 24 * max(short, 0.004)
