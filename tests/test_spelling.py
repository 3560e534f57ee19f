"""Words and dates made comparable."""

import pytest

from generator.spelling import days_of, designation_key, fold, singular, slug, sound


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        pytest.param("Türkiye’s  AK-203", "turkiyes ak 203", id="marks, apostrophe, hyphen"),
        pytest.param("Łódź, Ærø & Straße", "lodz aero strasse", id="letters without a mark to take off"),
        pytest.param("北京", "", id="no Latin letter"),
    ],
)
def test_text_is_folded_to_plain_words(text: str, folded: str) -> None:
    assert fold(text) == folded


@pytest.mark.parametrize("spelling", ["AK-203", "AK203", "ak 203", "AK–203", "AK-203s", "AK-203’s"])
def test_spellings_of_a_designation_have_one_key(spelling: str) -> None:
    assert designation_key(spelling) == "ak203"


def test_designations_of_other_models_have_other_keys() -> None:
    assert len({designation_key(name) for name in ("AK-203", "AK-12", "KA-203", "wheat bran")}) == 4


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("shoigu", "shoygu", id="i and y"),
        pytest.param("zelensky", "zelenskyy", id="doubled end"),
        pytest.param("lukashenko", "loukashenko", id="French u"),
        pytest.param("qadri", "kadri", id="q and k"),
        pytest.param("yeltsin", "eltsin", id="ye and e"),
    ],
)
def test_transliterations_of_a_name_sound_the_same(one: str, other: str) -> None:
    assert sound(one) == sound(other)


@pytest.mark.parametrize(("one", "other"), [("putin", "rasputin"), ("singh", "sinha"), ("modi", "mody e")])
def test_other_names_sound_different(one: str, other: str) -> None:
    assert sound(one) != sound(other)


@pytest.mark.parametrize(
    ("word", "one"), [("rifles", "rifle"), ("supplies", "supply"), ("glass", "glass"), ("gas", "gas"), ("bus", "bus")]
)
def test_plurals_lose_their_ending(word: str, one: str) -> None:
    assert singular(word) == one


def test_a_slug_is_short_readable_ascii_cut_between_words() -> None:
    made = slug("IND", "RUS", "2021", "contract", "Überlandleitung von Süd nach Nord und zurück über den Berg")

    assert made == "ind-rus-2021-contract-uberlandleitung-von-sud-nach-nord-und"
    assert len(made) <= 60


@pytest.mark.parametrize(
    ("date", "days"),
    [
        pytest.param("2021-12-06", 1, id="a day"),
        pytest.param("2020-02", 29, id="a month"),
        pytest.param("2021", 365, id="a year"),
    ],
)
def test_a_date_of_any_precision_is_a_stretch_of_days(date: str, days: int) -> None:
    found = days_of(date)

    assert found is not None
    assert found[1] - found[0] + 1 == days


def test_a_day_that_does_not_exist_is_no_date() -> None:
    assert days_of("2021-02-31") is None
