"""People: who is one, with which office and country, and where an article names them again."""

import pytest

from generator.extract.names import find_names
from generator.extract.people import FoundPerson, find_people
from generator.extract.text import prepare
from generator.model import Article, ArticleId

Row = tuple[str, str | None, str | None]


def people(body: str, *, title: str = "") -> tuple[FoundPerson, ...]:
    article = Article(id=ArticleId("example"), path="", sha256="0" * 64, title=title, body=body, published="2020-01-01")
    document = prepare(article)
    found = find_people(document, find_names(document))
    assert all(document.text[one.mentions[0].start : one.mentions[0].end] == one.name for one in found)
    return found


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        pytest.param(
            "Norwegian Foreign Minister Kari Nordmann arrived in Oslo.",
            [("Kari Nordmann", "Foreign Minister", "NOR")],
            id="office before the name",
        ),
        pytest.param(
            "Sweden's finance minister, Lars Svensson, told reporters so.",
            [("Lars Svensson", "finance minister", "SWE")],
            id="office before a comma",
        ),
        pytest.param(
            "Emily Grey, foreign minister of Kenya, agreed.",
            [("Emily Grey", "foreign minister", "KEN")],
            id="office behind the name",
        ),
        pytest.param(
            "Indonesian Defence Minister Budi Santoso and his Malaysian counterpart Ahmad Zulkifli signed it.",
            [("Budi Santoso", "Defence Minister", "IDN"), ("Ahmad Zulkifli", "Defence Minister", "MYS")],
            id="counterpart",
        ),
        pytest.param(
            "Foreign ministers Anna Kowalska of Poland, Petr Novak of Czechia and Jana Horvath of Slovakia met.",
            [
                ("Anna Kowalska", "Foreign minister", "POL"),
                ("Petr Novak", "Foreign minister", "CZE"),
                ("Jana Horvath", "Foreign minister", "SVK"),
            ],
            id="one office for three names",
        ),
        pytest.param(
            "UN Secretary-General Maria Lopez and the Turkish ambassador to Chile, Mehmet Yilmaz, attended.",
            [("Maria Lopez", "UN Secretary-General", None), ("Mehmet Yilmaz", "ambassador to Chile", "TUR")],
            id="organisation, and the country of posting",
        ),
        pytest.param(
            "Former U.S. ambassador Peter Stone and Kenyan President Julius O'Hara met.",
            [("Peter Stone", "Former ambassador", "USA"), ("Julius O'Hara", "President", "KEN")],
            id="former, and an apostrophe",
        ),
        pytest.param(
            "Vladimir Ivanov: Good afternoon, colleagues.\nAnna Petrova: Thank you.",
            [("Vladimir Ivanov", None, None), ("Anna Petrova", None, None)],
            id="speakers of a transcript",
        ),
        pytest.param(
            "Her Danish, Dutch and Irish counterparts, Mette Holm, Pieter van der Berg and Sean O'Neill, agreed.",
            [
                ("Mette Holm", "counterpart", "DNK"),
                ("Pieter van der Berg", "counterpart", "NLD"),
                ("Sean O'Neill", "counterpart", "IRL"),
            ],
            id="three counterparts and particles",
        ),
        pytest.param(
            "Foreign ministers Anna Berg and Luca Bianchi of Norway and Italy met.",
            [("Anna Berg", "Foreign minister", "NOR"), ("Luca Bianchi", "Foreign minister", "ITA")],
            id="countries behind the names",
        ),
        pytest.param(
            "Chilean president Carla Rojas and energy minister Pablo Soto signed in Lima.",
            [("Carla Rojas", "president", "CHL"), ("Pablo Soto", "energy minister", "CHL")],
            id="country carried over and",
        ),
        pytest.param(
            "Talks were led by the President of the Republic of Kenya Daniel Otieno.",
            [("Daniel Otieno", "President", "KEN")],
            id="country within the office",
        ),
        pytest.param(
            "Chairman of the Board of Norsk Metall Kari Berg met Aide to the President Yuri Sokolov.",
            [
                ("Kari Berg", "Chairman of the Board of Norsk Metall", None),
                ("Yuri Sokolov", "Aide to the President", None),
            ],
            id="offices that end in other names",
        ),
        pytest.param(
            "Polish premier Jan Nowak spoke. Nowak's spokesman, Piotr Zielinski, took notes.",
            [("Jan Nowak", "premier", "POL"), ("Piotr Zielinski", "spokesman", "POL")],
            id="a premier's spokesman",
        ),
        pytest.param(
            "The law was read by Mary Green, 52, a Toronto lawyer who lives there.",
            [("Mary Green", "lawyer", None)],
            id="age and profession",
        ),
        pytest.param(
            "Thai Defense Minister General Anan Chaiyo left with former Thai premier Somchai Dee.",
            [("Anan Chaiyo", "Defense Minister", "THA"), ("Somchai Dee", "former premier", "THA")],
            id="rank behind the office, and former",
        ),
        pytest.param(
            'Datuk Seri Ahmad Razak and Ko "Koko" Anwar spoke, said Mr Ahmad.',
            [("Ahmad Razak", None, None)],
            id="honorifics in a row",
        ),
        pytest.param(
            "Peru's Maria Flores won. The Flores administration began.",
            [("Maria Flores", None, "PER")],
            id="nationality beside the name, and an administration",
        ),
        pytest.param(
            "Kremlin spokesman Oleg Sidorov and State Department spokeswoman Mary Hill declined.",
            [
                ("Oleg Sidorov", "Kremlin spokesman", "RUS"),
                ("Mary Hill", "State Department spokeswoman", "USA"),
            ],
            id="seats of power in offices",
        ),
        pytest.param(
            "Laos' energy minister, Kham Vong, met the United States' top negotiator, Paul Hill.",
            [("Kham Vong", "energy minister", "LAO"), ("Paul Hill", "top negotiator", "USA")],
            id="possessives of names that end in s",
        ),
        pytest.param(
            "Mr Tan spoke. Tan Wei Ling is Singapore's Minister for Health. Tan Sri Yusof Karim left.",
            [("Tan Wei Ling", "Minister for Health", "SGP"), ("Yusof Karim", None, None)],
            id="a family name that is also half of a title, and an office said outright",
        ),
        pytest.param(
            "Defence Minister Lt Gen (ret) Hadi Susanto of Indonesia and army chief Senior General Thein Win left.",
            [("Hadi Susanto", "Defence Minister", "IDN"), ("Thein Win", "army chief", None)],
            id="ranks in a row behind the office",
        ),
        pytest.param(
            "NATO Secretary General Jens Holm met Chilean Minister for Justice Professor Ana Rojas.",
            [("Jens Holm", "NATO Secretary General", None), ("Ana Rojas", "Minister for Justice", "CHL")],
            id="general as half of an office, a professor who is a minister",
        ),
        pytest.param(
            "Iranian Gen. Ahmed Karimi, the defence minister, met Thailand's Deputy Prime Minister and Foreign "
            "Minister Anan Dee.",
            [
                ("Ahmed Karimi", "defence minister", "IRN"),
                ("Anan Dee", "Deputy Prime Minister and Foreign Minister", "THA"),
            ],
            id="office stronger than a rank, and two offices of one person",
        ),
        pytest.param(
            "Canadian tourist Emily Brook met Ambassador of Ukraine to Poland Vasyl Bondar. "
            "The Polish guard met Ann Lee.",
            [
                ("Emily Brook", "tourist", "CAN"),
                ("Vasyl Bondar", "Ambassador of Ukraine to Poland", "UKR"),
                ("Ann Lee", None, None),
            ],
            id="nationality over small words, and the country of posting",
        ),
        pytest.param(
            "Department of State spokesperson Mary Hill met Sens. Norm Cole, R-Ohio, and Carl Lewin, D-Mich.",
            [
                ("Mary Hill", "Department of State spokesperson", "USA"),
                ("Norm Cole", "Sens.", "USA"),
                ("Carl Lewin", "Sens.", "USA"),
            ],
            id="a department before its spokesperson, and members of the Congress",
        ),
        pytest.param(
            "Kenya agreed. Head of the President's Office Daniel Otieno and Minister of Trade and Industry of the "
            "Republic of Ghana Ama Boateng signed.",
            [
                ("Daniel Otieno", "Head of the President's Office", "KEN"),
                ("Ama Boateng", "Minister of Trade and Industry", "GHA"),
            ],
            id="a possessive within an office",
        ),
        pytest.param(
            "Signed at Oslo in two copies.\n\nKari Berg\nPrime Minister of the Kingdom of Norway\n\n"
            "Ann Grey\nHead of Mission",
            [("Kari Berg", "Prime Minister", "NOR"), ("Ann Grey", "Head of Mission", None)],
            id="offices under names",
        ),
        pytest.param(
            "Gen. Charles A. Q. Grey left. Defence Minister the Hon Ann Lee and the Hon Bo Berg MP, treasurer of "
            "Malta, met.",
            [
                ("Charles A. Q. Grey", "Gen.", "MLT"),
                ("Ann Lee", "Defence Minister", "MLT"),
                ("Bo Berg", "treasurer", "MLT"),
            ],
            id="initials that are also words, and honors",
        ),
        pytest.param(
            "By Zorbin Quast\nAccra agreed. (Reporting by ANN LEE in Accra; editing by Bo Quill)",
            [("Zorbin Quast", None, None), ("ANN LEE", None, None), ("Bo Quill", None, None)],
            id="bylines",
        ),
        pytest.param(
            "It was late, said Ildefon Quast, who heads the fund. Peru's Xochil Rojas said no.",
            [("Ildefon Quast", None, None), ("Xochil Rojas", None, "PER")],
            id="unknown given names of people who are or say something",
        ),
        pytest.param(
            "President of Romania Klaus Berg came with foreign minister Shah Rukh.",
            [("Klaus Berg", "President", "ROU"), ("Shah Rukh", "foreign minister", "ROU")],
            id="names that begin like a country or a ruler",
        ),
        pytest.param(
            "Sultan Karim of Oman met King Harun and his son Tarek.",
            [("Karim", "Sultan", "OMN"), ("Harun", "King", "OMN")],
            id="rulers by first name, a son without surname",
        ),
    ],
)
def test_people_are_read_with_office_and_country(body: str, expected: list[Row]) -> None:
    found = people(body)

    assert [(one.name, one.office, one.country) for one in found] == expected


@pytest.mark.parametrize(
    "body",
    [
        pytest.param("A study of Harold Brown University was read.", id="university"),
        pytest.param("It flew from Charles Grey Airport on Monday.", id="airport"),
        pytest.param("The Adam Smith Institute and the Emily Brown Act were named.", id="institute and law"),
        pytest.param("The European Union and the World Bank met in San Marino.", id="organisations"),
        pytest.param("The frigate HMS Harold Brown sailed, as did the Peter Grey.", id="ships"),
        pytest.param(
            "They met on Carl Berg Street, in King Karim Port and at the Food and Drug Administration.", id="places"
        ),
        pytest.param("The Abraham Grey aircraft carrier sailed past the USS Peter Grey.", id="carriers"),
        pytest.param("By the end of the year Accra agreed.", id="a sentence that begins like a byline"),
        pytest.param("Two pillars stand: 1) Safe Harvests, 2) Clean Rivers.", id="lists"),
        pytest.param("India and Sri Lanka signed the Free Trade Agreement in New Delhi.", id="countries and papers"),
    ],
)
def test_names_of_things_are_no_people(body: str) -> None:
    found = people(body)

    assert found == ()


def test_a_surname_alone_is_another_mention_of_the_person() -> None:
    found = people("President Emily Grey spoke. Later Grey left. Mrs. Grey did not return.")

    assert [(one.name, len(one.mentions)) for one in found] == [("Emily Grey", 3)]


def test_the_fullest_form_is_the_name() -> None:
    found = people("President Grey spoke. Emily J. Grey was born in Perth. Emily Grey said so.")

    assert [one.name for one in found] == ["Emily J. Grey"]


def test_an_article_without_people_has_none() -> None:
    found = people("The two countries signed a treaty.")

    assert found == ()


def test_spellings_with_and_without_marks_are_one_person() -> None:
    found = people("President Emre Doğan spoke. Later Dogan left, and Mr Doğan’s staff too.")

    assert [(one.name, len(one.mentions)) for one in found] == [("Emre Doğan", 3)]


def test_short_given_names_are_one_person() -> None:
    found = people("Senator Joseph R. Miller Jr. voted. Joe Miller said so.")

    assert [one.name for one in found] == ["Joseph R. Miller Jr."]


def test_a_family_name_that_stands_first_is_a_mention() -> None:
    found = people("Chinese Vice Premier He Longwei met Li Daming. Li said He would return.")

    assert [(one.name, len(one.mentions)) for one in found] == [("He Longwei", 1), ("Li Daming", 2)]


def test_a_headline_gives_only_people_whom_the_body_knows() -> None:
    found = people(
        "Norwegian minister Kari Berg arrived on Monday.", title="Berg Welcomes New Harvest Plan, Meets Lars Dahl"
    )

    assert [(one.name, len(one.mentions)) for one in found] == [("Kari Berg", 2)]


def test_an_office_of_two_people_is_not_given_to_one_country() -> None:
    found = people(
        "Kenya and Ghana agreed, said Foreign Minister Ama Boateng. Kenyan Foreign Minister Daniel Otieno nodded."
    )

    assert [(one.name, one.country) for one in found] == [("Ama Boateng", "GHA"), ("Daniel Otieno", "KEN")]
