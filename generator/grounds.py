"""On what grounds reports stand together on one page, or were withdrawn, as pages tell it."""

from collections.abc import Iterator

from generator import prose
from generator.identity import JOIN
from generator.model import Agreement, ArticleId, Explanation
from generator.references import Site, anchor, more_words, short
from generator.views import Link, Words

_SHOWN = 8  # meetings of an agreement with another report, the newest


def joined_lines(site: Site, agreement: Agreement) -> Iterator[Words]:
    """Each report of an agreement but one, with the report that it was found to be about the same as, and why."""
    newest = sorted(agreement.explanations, key=lambda why: (site.published(why.article), why.article), reverse=True)
    for why in newest[:_SHOWN]:
        between = (_report(site, agreement, why.article, why.fact), " with ")
        yield (*between, _report(site, agreement, why.other_article, why.other_fact), *_reason(why))
    if more := more_words(len(newest[:_SHOWN]), len(newest), "reports"):
        yield more


def _report(site: Site, agreement: Agreement, article: ArticleId, fact: str) -> Link:
    """The article, at the sentence that gives the status."""
    said = next(one.fact for one in agreement.statements if (one.article, one.fact.id) == (article, fact))
    link = site.source(article)
    return Link(text=link.text, page=link.page, anchor=anchor(said.status_evidence))


def _reason(why: Explanation) -> Words:
    if why.override is not None:
        entry = why.override
        return (f": {short(entry.author)} said so on {prose.long_date(entry.date)}. {short(entry.reason)}",)
    parts = "; ".join(f"{part.name} {part.points:+} ({short(part.why)})" for part in why.parts)
    return (f": {why.points} points, where {JOIN} are needed: {parts}.",)


def withdrawn_lines(site: Site, article: ArticleId) -> Iterator[Words]:
    """What persons have withdrawn of an article, and why."""
    for one in site.book.retracted:
        if one.article == article:
            titles = [fact.title for fact in one.facts.agreements] + [fact.title for fact in one.facts.events]
            titles += [fact.name for fact in one.facts.people]
            what = "; ".join(short(title) for title in titles) or "what it says"
            entry = one.override
            lead = f"Withdrawn by {short(entry.author)} on {prose.long_date(entry.date)}, and in no total or status"
            yield (f"{lead}: {what}. {short(entry.reason)}",)
