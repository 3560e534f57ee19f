"""Sums, equipment and goods: what a sentence of news English yields, and what it must not."""

from dataclasses import dataclass
from decimal import Decimal

import pytest

from generator.extract.amounts import MoneyUse, find_items, find_money
from generator.extract.text import Document, Sentence
from generator.model import MoneyKind, Qualifier
from helpers import cpu_seconds


def document_of(text: str, published: str | None = "2021-12-06", outlet: str | None = None) -> Document:
    return Document(text, published, outlet, (Sentence(0, 0, 0, len(text), text),))


def sums(text: str, **about: str) -> list[tuple[str, str, str]]:
    found = find_money(document_of(text, **about))
    return [
        (f"{m.amount:f}" if m.high is None else f"{m.amount:f}..{m.high:f}", m.currency, m.qualifier.value)
        for m in found
    ]


def items(text: str) -> list[tuple[str | None, str | None, str | None]]:
    return [
        (item.designation, None if item.quantity is None else f"{item.quantity:f}", item.unit)
        for item in find_items(document_of(text), [])
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("They got $40 million.", ("40000000", "USD", "="), id="million"),
        pytest.param("It is worth US$3.6bn.", ("3600000000", "USD", "="), id="bn attached"),
        pytest.param("It is worth €1,2 billion.", ("1200000000", "EUR", "="), id="decimal comma"),
        pytest.param("They owe 2.5 billion euros.", ("2500000000", "EUR", "="), id="word after"),
        pytest.param("It costs 15 mln dlrs.", ("15000000", "USD", "="), id="newswire abbreviations"),
        pytest.param("It costs 300 mln stg.", ("300000000", "GBP", "="), id="stg"),
        pytest.param("The pact is for Rs 5,124 crore.", ("51240000000", "INR", "="), id="crore"),
        pytest.param("The pact is for Rs.75 lakh.", ("7500000", "INR", "="), id="lakh, sign with a stop"),
        pytest.param("They paid ₹6,01,427 for it.", ("601427", "INR", "="), id="Indian grouping"),
        pytest.param("A £20m credit was opened.", ("20000000", "GBP", "="), id="m attached"),
        pytest.param("They owe half a billion dollars.", ("500000000", "USD", "="), id="half a billion"),
        pytest.param("They owe a million dollars.", ("1000000", "USD", "="), id="a million"),
        pytest.param("A three billion dlr debt.", ("3000000000", "USD", "="), id="number word"),
        pytest.param("A 3-billion-dollar loan.", ("3000000000", "USD", "="), id="hyphens"),
        pytest.param("It costs 5.5 trillion yen.", ("5500000000000", "JPY", "="), id="trillion yen"),
        pytest.param("It costs 500 bn roubles.", ("500000000000", "RUB", "="), id="roubles"),
        pytest.param("A $10-12 billion deal.", ("10000000000..12000000000", "USD", "="), id="range with one scale"),
        pytest.param("It costs between $5 and $7 billion.", ("5000000000..7000000000", "USD", "="), id="between"),
        pytest.param("It costs 350 to 400 mln stg.", ("350000000..400000000", "GBP", "="), id="range with to"),
        pytest.param("It costs $1.5m-2m.", ("1500000..2000000", "USD", "="), id="range of letters"),
        pytest.param("It is worth more than $9 million.", ("9000000", "USD", ">"), id="more than"),
        pytest.param("It is worth at least $9 million.", ("9000000", "USD", ">="), id="at least"),
        pytest.param("It is worth up to $9 million.", ("9000000", "USD", "<="), id="up to"),
        pytest.param("It is worth less than $9 million.", ("9000000", "USD", "<"), id="less than"),
        pytest.param("It is worth nearly $9 million.", ("9000000", "USD", "~"), id="nearly"),
        pytest.param("It is worth an estimated $9 million.", ("9000000", "USD", "~"), id="an estimated"),
        pytest.param("The estimated cost is six million euros.", ("6000000", "EUR", "~"), id="estimated cost"),
        pytest.param("It is worth $9 million or more.", ("9000000", "USD", ">="), id="hedge after"),
        pytest.param("A S$40 million fund.", ("40000000", "SGD", "="), id="Singapore sign"),
        pytest.param("A RM12 million fund.", ("12000000", "MYR", "="), id="ringgit"),
        pytest.param("A 70 million Canadian dollars fund.", ("70000000", "CAD", "="), id="nation before the word"),
        pytest.param("Philippine ports need 2 billion pesos.", ("2000000000", "PHP", "="), id="shared word by country"),
        pytest.param("Beijing and Chinese banks lent ¥9 billion.", ("9000000000", "CNY", "="), id="shared sign"),
        pytest.param("UAH 12 million was paid.", ("12000000", "UAH", "="), id="code before"),
        pytest.param("They paid 5 bln. dollars.", ("5000000000", "USD", "="), id="scale with a full stop"),
        pytest.param("They paid RM2.5bil.", ("2500000000", "MYR", "="), id="Malaysian scale"),
        pytest.param("Bangkok pays B13.5bn.", ("13500000000", "THB", "="), id="letter where its country is named"),
        pytest.param("They paid yen 300 billion.", ("300000000000", "JPY", "="), id="word before"),
        pytest.param("They paid a quarter of a billion euros.", ("250000000", "EUR", "="), id="part of a scale"),
        pytest.param("They paid one point three billion euros.", ("1300000000", "EUR", "="), id="point in words"),
        pytest.param("They paid Rs 63,000-cr.", ("630000000000", "INR", "="), id="scale behind a hyphen"),
    ],
)
def test_a_sum_is_read_with_its_scale_currency_and_hedge(text: str, expected: tuple[str, str, str]) -> None:
    assert sums(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("They spent tens of billions of dollars.", id="no figure"),
        pytest.param("The team won 5 of 20 matches.", id="won as a verb"),
        pytest.param("They seized 5,000 pounds of explosives.", id="weight"),
        pytest.param("About 30 percent of the 250 delegates left in 2015.", id="counts and years"),
        pytest.param("ALL 28 members met, TOP 10 firms came.", id="words that are codes"),
        pytest.param("Some 200 million pesos were paid.", id="shared word without a country"),
    ],
)
def test_no_sum_is_read_where_there_is_none(text: str) -> None:
    assert sums(text) == []


@pytest.mark.parametrize(
    ("text", "use"),
    [
        pytest.param("Gas is sold at $58 per 1,000 cubic metres.", MoneyUse.UNIT_PRICE, id="per 1,000"),
        pytest.param("Oil fell to 17 dlrs a barrel.", MoneyUse.UNIT_PRICE, id="a barrel"),
        pytest.param("They earn $15 an hour.", MoneyUse.UNIT_PRICE, id="an hour"),
        pytest.param("It pays 75 cents per tonne.", MoneyUse.UNIT_PRICE, id="cents"),
        pytest.param("The jets cost $90 million each.", MoneyUse.UNIT_PRICE, id="each"),
        pytest.param("Bilateral trade reached $12 billion.", MoneyUse.TRADE_VOLUME, id="trade"),
        pytest.param("Exports totaled $4 billion.", MoneyUse.TRADE_VOLUME, id="exports"),
        pytest.param("The defence budget of $80bn was passed.", MoneyUse.BUDGET, id="budget"),
        pytest.param("A GDP of $3.4 trillion.", MoneyUse.OTHER, id="GDP"),
        pytest.param("The loan was not €120 million.", MoneyUse.OTHER, id="not so much"),
        pytest.param("The bank was fined $9 million.", MoneyUse.OTHER, id="fine"),
        pytest.param("The blockade costs it 90 mln dlrs per month.", MoneyUse.OTHER, id="per month"),
        pytest.param("The official rate is 1.36 pounds to the dollar.", MoneyUse.OTHER, id="exchange rate"),
        pytest.param("It bought the fleet at a price of $653m.", MoneyUse.VALUE, id="price of the whole"),
        pytest.param("Exports to Utopia hit $25 billion.", MoneyUse.TRADE_VOLUME, id="exports to"),
        pytest.param("They signed a $2 billion contract.", MoneyUse.VALUE, id="contract"),
        pytest.param("It pays $40 million a year.", MoneyUse.VALUE, id="a year"),
    ],
)
def test_what_a_sum_measures_is_told(text: str, use: MoneyUse) -> None:
    assert [money.use for money in find_money(document_of(text))] == [use]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        pytest.param("The fund approved a $2 billion loan.", MoneyKind.LOAN, id="loan"),
        pytest.param("A credit line of $2 billion was opened.", MoneyKind.LOAN, id="credit line"),
        pytest.param("They will invest $2 billion in ports.", MoneyKind.INVESTMENT, id="investment"),
        pytest.param("A $2 billion aid grant.", MoneyKind.GRANT, id="grant"),
        pytest.param("A $2 billion rescue package.", MoneyKind.PACKAGE, id="package"),
        pytest.param("A contract worth $2 billion.", MoneyKind.CONTRACT, id="contract"),
        pytest.param("A not-to-exceed $2 billion award.", MoneyKind.CEILING, id="ceiling"),
        pytest.param("The estimated price was $2 billion.", MoneyKind.ESTIMATE, id="estimate"),
        pytest.param("They received $2 billion.", MoneyKind.VALUE, id="not said"),
    ],
)
def test_the_kind_of_a_sum_is_told_by_the_nearest_word(text: str, kind: MoneyKind) -> None:
    assert [money.kind for money in find_money(document_of(text))] == [kind]


def test_a_conversion_in_brackets_is_no_second_value() -> None:
    text = "The ferries cost 2.5 billion Norwegian kroner (about $290 million; €250 million)."

    found = find_money(document_of(text))

    assert [(m.currency, m.use) for m in found] == [
        ("NOK", MoneyUse.VALUE),
        ("USD", MoneyUse.CONVERSION),
        ("EUR", MoneyUse.CONVERSION),
    ]


def test_two_sums_in_one_currency_are_two_values() -> None:
    assert [m.use for m in find_money(document_of("It pays $5 million, or $6 million."))] == [MoneyUse.VALUE] * 2


def test_a_trade_target_says_so_in_its_rule() -> None:
    (money,) = find_money(document_of("They agreed to double bilateral trade to $30 billion by 2030."))

    assert (money.use, money.rule) == (MoneyUse.TRADE_VOLUME, "money-trade-target")


@pytest.mark.parametrize(
    ("outlet", "currency"),
    [
        pytest.param(None, "USD", id="unknown outlet"),
        pytest.param("Reuters", "USD", id="agency"),
        pytest.param("Sydney Evening Paper", "AUD", id="Australian"),
        pytest.param("Toronto Daily", "CAD", id="Canadian"),
    ],
)
def test_a_bare_dollar_follows_the_outlet(outlet: str | None, currency: str) -> None:
    text = "The loan is $9 million."

    assert [m.currency for m in find_money(document_of(text, outlet=outlet))] == [currency]


def test_roubles_before_1992_are_soviet() -> None:
    assert [sums("It pays 9 mln roubles.", published=year)[0][1] for year in ("1987", "1995")] == ["SUR", "RUB"]


def test_the_evidence_of_a_sum_is_verbatim_with_its_hedge() -> None:
    text = "Under it, no less than US$ 3.6bn will flow."

    (money,) = find_money(document_of(text))

    assert text[money.start : money.end] == "no less than US$ 3.6bn"


def test_noise_yields_nothing() -> None:
    text = "Subscribe for $5 and win 2 tanks"
    document = Document(text, None, None, (Sentence(0, 0, 0, len(text), text, is_noise=True),))

    assert find_money(document) == ()
    assert find_items(document, []) == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("They ordered over 7,000 AK-12 assault rifles.", ("AK-12", "7000", None), id="designation"),
        pytest.param("France sold 36 Rafale jets.", ("Rafale", "36", None), id="name and noun"),
        pytest.param("It bought five S-400 Triumf systems.", ("S-400 Triumf", "5", None), id="system with a name"),
        pytest.param("It bought up to 24 F-16s.", ("F-16", "24", None), id="model in the plural"),
        pytest.param("It ordered 100 Boeing 737 MAX.", ("Boeing 737 MAX", "100", None), id="maker and model"),
        pytest.param("It ordered two dozen tanks.", ("tanks", "24", None), id="dozen"),
        pytest.param("It signed a 36-aircraft order.", ("aircraft", "36", None), id="hyphen"),
        pytest.param("Two of its Gripen fighters came.", ("Gripen", "2", None), id="two of its"),
        pytest.param("Three Hunter-class frigates are due.", ("Hunter-class", "3", None), id="class"),
        pytest.param("It sold 18 new attack helicopters.", ("attack helicopters", "18", None), id="no name"),
        pytest.param("The S-400 air defence system came.", ("S-400", None, None), id="name without a count"),
        pytest.param("They make Kalashnikov series small arms.", ("Kalashnikov series", None, None), id="series"),
        pytest.param("It flies Su-30MKI fighters.", ("Su-30MKI", None, None), id="letters after the digits"),
        pytest.param("Leopard 2 tanks came.", ("Leopard 2", None, None), id="digit of the model"),
        pytest.param("It flies the 787 Dreamliner.", ("Dreamliner", None, None), id="model number before the name"),
        pytest.param("A Type 26 frigate was named.", ("Type 26", None, None), id="type"),
        pytest.param("It buys three batteries of BrahMos missiles.", ("BrahMos", "3", "batteries"), id="collective"),
        pytest.param(
            "It got 200 long-range artillery pieces.", ("long-range artillery pieces", "200", None), id="pair"
        ),
        pytest.param("It ordered 190 737 MAX narrowbodies.", ("737 MAX", "190", None), id="model in digits"),
        pytest.param("It ordered 16 Utopian-made JF-17 jets.", ("JF-17", "16", None), id="origin"),
        pytest.param("It sent 50 Leopard 2A8 tanks.", ("Leopard 2A8", "50", None), id="variant"),
        pytest.param("It buys 350MW of power.", ("power", "350", "megawatts"), id="unit attached"),
        pytest.param("It builds four 1,200 MW reactors.", ("reactors", "4", None), id="size between number and noun"),
        pytest.param("It gets more than 40 T-72 tanks.", ("T-72", "40", None), id="letter of a model is no scale"),
        pytest.param(
            "It sends 200,000 tonnes of grain free of charge.", ("grain", "200000", "tonnes"), id="words after"
        ),
        pytest.param("It buys 4.5 mln tonnes of wheat.", ("wheat", "4500000", "tonnes"), id="tonnes of"),
        pytest.param("It buys 25 MMT of corn.", ("corn", "25000000", "tonnes"), id="unit with a factor"),
        pytest.param("It sells 5 bcm of gas.", ("gas", "5000000000", "cubic meters"), id="bcm"),
        pytest.param(
            "It buys two billion cubic meters of gas per year.", ("gas", "2000000000", "cubic meters"), id="cubic"
        ),
        pytest.param("Output is 15.8 mln bpd.", (None, "15800000", "barrels per day"), id="goods in the unit"),
        pytest.param("Steel exports must not exceed 632,000 tonnes.", ("Steel", "632000", "tonnes"), id="goods before"),
        pytest.param("It will add 100 gigawatts of clean energy.", ("clean energy", "100", "gigawatts"), id="power"),
        pytest.param("It gave 12 mn doses of the vaccine.", ("vaccine", "12000000", "doses"), id="doses"),
        pytest.param(
            "The quota on frozen beef rises by 3,000 tonnes to 53,000 tonnes.",
            ("frozen beef", "53000", "tonnes"),
            id="a difference is no quantity",
        ),
    ],
)
def test_an_item_is_read_with_its_name_number_and_unit(
    text: str, expected: tuple[str | None, str | None, str | None]
) -> None:
    assert items(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Ten agreements were signed by 28 countries.", id="agreements and countries"),
        pytest.param("Some 500 troops and 12 officials came.", id="people"),
        pytest.param("In 2015 tanks rolled in.", id="year"),
        pytest.param("Prices rose 30 percent over 1,200 km.", id="percent and distance"),
        pytest.param("The G20 met about COVID-19 in the 5th round.", id="names that look like models"),
        pytest.param("A 10,000-ton destroyer sailed.", id="displacement"),
        pytest.param("Twelve fighter pilots trained for 3 missile tests.", id="noun that takes over"),
        pytest.param("A 1,200-km gas pipeline was built.", id="length of a thing"),
        pytest.param("They paid $5 million for tanks.", id="money"),
        pytest.param("Gas costs more per 1,000 cubic meters.", id="price base"),
    ],
)
def test_no_item_is_read_where_there_is_none(text: str) -> None:
    assert items(text) == []


def test_an_elliptical_count_repeats_the_item_before_it() -> None:
    text = "It sells three Astute class submarines, with up to two more later."

    found = find_items(document_of(text), [])

    assert [(i.designation, i.quantity, i.qualifier) for i in found] == [
        ("Astute class", Decimal(3), Qualifier.EXACT),
        ("Astute class", Decimal(2), Qualifier.UP_TO),
    ]


def test_a_range_of_pieces_keeps_both_ends() -> None:
    (item,) = find_items(document_of("It may buy 10 to 12 frigates."), [])

    assert (item.quantity, item.high, item.category) == (Decimal(10), Decimal(12), "ships")


def test_the_adjective_of_a_nation_is_no_part_of_a_name() -> None:
    @dataclass(frozen=True)
    class Adjective:
        start: int
        kind: str = "adjective"

    text = "It buys 80 Utopian Kestrel aircraft."

    (item,) = find_items(document_of(text), [Adjective(text.index("Utopian"))])  # type: ignore[list-item]

    assert (item.designation, item.description) == ("Kestrel", "aircraft")


@pytest.mark.parametrize("unit", ["1", "$1 ", "five ", "5 tanks ", "5 tonnes of ", "AK-203 ", "a", "¥5 (€6 "])
def test_reading_time_grows_with_the_length_of_the_text(unit: str) -> None:
    def seconds(length: int) -> float:
        document = document_of((unit * length)[:length])
        return cpu_seconds(lambda: (find_money(document), find_items(document, [])))

    assert seconds(40_000) < 12 * seconds(10_000) + 0.5


@pytest.mark.parametrize(
    ("text", "currency"),
    [
        pytest.param("Australia gives Fiji $5 million. Australia said so.", "AUD", id="at home, no other dollar"),
        pytest.param("Australia pays $5 million of US$9 million, Canberra said.", "AUD", id="US dollars kept apart"),
        pytest.param("Australia pays Washington $5 million, Canberra said.", "USD", id="the United States are named"),
        pytest.param(
            "Australia pays A$5 million, or $3 million, Canberra said.", "USD", id="own dollars have their sign"
        ),
        pytest.param("Australia pays $5 million.", "USD", id="named only once"),
    ],
)
def test_a_bare_dollar_without_an_outlet_follows_the_country_that_the_article_is_at_home_in(
    text: str, currency: str
) -> None:
    assert currency in [m.currency for m in find_money(document_of(text))]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("It was raised from $60 million to $95 million.", id="from to"),
        pytest.param("It was cut to $95 million from $60 million.", id="to from"),
    ],
)
def test_what_a_sum_was_before_its_change_is_no_value(text: str) -> None:
    uses = {str(m.amount): m.use for m in find_money(document_of(text))}

    assert uses["60000000"] is MoneyUse.OTHER
    assert uses["95000000"] is MoneyUse.VALUE


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("They destroyed 250 tanks.", id="destroyed"),
        pytest.param("It holds 10 rounds of talks.", id="rounds of talks"),
        pytest.param("It builds the 1,200 MW reactors.", id="size of a piece"),
    ],
)
def test_what_is_lost_or_measured_is_no_counted_item(text: str) -> None:
    assert [item.quantity for item in find_items(document_of(text), ()) if item.quantity is not None] == []


def test_names_that_nobody_knows_are_items_behind_a_word_of_supply() -> None:
    text = "They agreed on the production of Zephyrus drones and Kestrelon trainers for the Army helicopters."

    items = find_items(document_of(text), ())

    assert [item.designation for item in items] == ["Zephyrus", "Kestrelon"]
