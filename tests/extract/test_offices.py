"""Offices: their table of countries, and the leaders whom the world knows."""

from importlib.resources import files

from generator import codes
from generator.extract.offices import leaders


def test_every_line_of_the_office_table_is_an_office_with_a_known_country() -> None:
    lines = files("generator.data").joinpath("office_countries.tsv").read_text("utf-8").splitlines()

    rows = [line.split("\t") for line in lines if line and not line.startswith("#")][1:]

    assert rows
    for office, country, alone in rows:
        assert office == office.lower()
        assert country in codes.countries()
        assert alone in ("yes", "no", "whole") or set(alone.split()) <= set(codes.countries())


def test_every_leader_is_of_a_known_country() -> None:
    found = [leader for known in leaders().values() for leader in known]

    assert found[1:]
    assert {leader.country for leader in found} <= set(codes.countries())
