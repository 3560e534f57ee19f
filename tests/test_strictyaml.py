"""YAML as text, lists and mappings; everything else refused with its line."""

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.errors import PactbookError
from generator.strictyaml import MAX_VALUES, lines_of, parse_yaml, place_text


@pytest.mark.parametrize("value", ["NO", "yes", "null", "~", "12:30", "1e3", "0o17", "2021-12-06", ".inf", "<<", "="])
def test_every_value_stays_the_text_it_is(value: str) -> None:
    assert parse_yaml(f"key: {value}\n", "x.yaml") == {"key": value}


def test_lists_and_mappings_are_read_in_both_forms() -> None:
    text = 'a:\n  - b: "1"\n    c: [x, {y: z}]\n  - |\n    two\n    lines\n"": q\n'

    assert parse_yaml(text, "x.yaml") == {"a": [{"b": "1", "c": ["x", {"y": "z"}]}, "two\nlines\n"], "": "q"}


@pytest.mark.parametrize(
    ("text", "messages"),
    [
        pytest.param("", ["x.yaml: is empty; a mapping of keys to values was expected."], id="empty"),
        pytest.param("# only a comment", ["x.yaml: is empty; a mapping of keys to values was expected."], id="comment"),
        pytest.param("a: b\na: c", ["x.yaml:2: the key 'a' stands twice. Keep one."], id="key twice"),
        pytest.param("a:\nb: c", ["x.yaml:1: a value is empty. Give it, or leave the key out."], id="no value"),
        pytest.param(
            "a: &x b\nc: *x",
            [
                "x.yaml:1: the anchor &x is refused. Write each value out.",
                "x.yaml:2: the alias *x is refused. Write the value out.",
            ],
            id="anchor and alias",
        ),
        pytest.param(
            "a: !!python/name:os.system x",
            ["x.yaml:1: the tag 'tag:yaml.org,2002:python/name:os.system' is refused. Write the value without it."],
            id="tag",
        ),
        pytest.param("a: ! b", ["x.yaml:1: the tag '!' is refused. Write the value without it."], id="bare tag"),
        pytest.param(
            "a: b\n---\nc: d",
            ["x.yaml:2: a second document begins; one file holds one. Split the file."],
            id="two documents",
        ),
        pytest.param("? [a]\n: b", ["x.yaml:1: a key must be one word; got a list or a mapping."], id="list as key"),
        pytest.param("*x : b", ["x.yaml:1: the alias *x is refused. Write the value out."], id="alias as key"),
        pytest.param(
            "a: {b: c",
            ["x.yaml:2: is not YAML: did not find expected ',' or '}'. Mend the line, or the one before it."],
            id="open bracket",
        ),
        pytest.param(
            "a: \x1b",
            ["x.yaml:1: is not YAML: control characters are not allowed. Mend the line, or the one before it."],
            id="control character",
        ),
        pytest.param(
            "a: \udcff", ["x.yaml: holds half a character, '\\udcff'. Save it as UTF-8."], id="half a character"
        ),
    ],
)
def test_what_is_not_plain_is_refused_with_its_line(text: str, messages: list[str]) -> None:
    with pytest.raises(PactbookError) as error:
        parse_yaml(text, "x.yaml")

    assert [str(problem) for problem in error.value.problems] == messages


@pytest.mark.parametrize(
    "text",
    ["[" * 1_000_000, "{" * 1_000_000, "- " * 900_000, "a: [" * 400_000, "{a: " * 400_000],
    ids=["lists", "mappings", "block lists", "lists in mappings", "mappings in mappings"],
)
def test_deep_nesting_is_refused_and_not_followed(text: str) -> None:
    with pytest.raises(PactbookError, match=r"nested deeper than 12 levels|a key must be one word|is not YAML"):
        parse_yaml(text, "x.yaml")


def test_a_flood_of_values_is_refused() -> None:
    with pytest.raises(PactbookError, match="more than 100,000 values"):
        parse_yaml("- a\n" * (MAX_VALUES + 1), "x.yaml")


def test_a_flood_of_faults_is_cut_off() -> None:
    with pytest.raises(PactbookError) as error:
        parse_yaml("- *a\n" * 10_000, "x.yaml")

    assert len(error.value.problems) == 100


def test_a_text_over_the_limit_is_refused() -> None:
    with pytest.raises(PactbookError, match=r"x\.yaml: is larger than 2,000,000 characters"):
        parse_yaml("a" * 2_000_001, "x.yaml")


def test_every_place_has_its_line() -> None:
    text = "# head\na:\n  - b: c\n    d: [x, {y: z}]\n  - [k]\ne: f\n"

    lines = {place_text(place): line for place, line in lines_of(text).items()}

    assert lines == {
        "a": 2,
        "a[0]": 3,
        "a[0].b": 3,
        "a[0].d": 4,
        "a[0].d[0]": 4,
        "a[0].d[1]": 4,
        "a[0].d[1].y": 4,
        "a[1]": 5,
        "a[1][0]": 5,
        "e": 6,
    }


@settings(deadline=None, max_examples=300)
@given(st.text(alphabet="ab:-?[]{}&*!|>'\"#,%@` \n\t\\~<=0", max_size=60))
def test_any_text_gives_what_yaml_means_or_problems(text: str) -> None:
    try:
        value = parse_yaml(text, "x.yaml")
    except PactbookError as error:
        problems = error.problems
    else:
        problems = ()
        assert value == yaml.load(text, Loader=yaml.CBaseLoader)  # noqa: S506  # builds only texts, lists, mappings

    assert all(problem.path == "x.yaml" for problem in problems)
