"""The command `pactbook`: arguments, progress, messages, exit codes, and nothing else.

Results go to standard output, messages to standard error. Exit code 0: done; 1: the input needs mending; 2: misused.
What an article says never reaches the terminal raw: an article may hold escape sequences.
"""

import io
import json
import os
import signal
import sys
import traceback
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

import click

from generator import articles as article_room
from generator import facts as facts_room
from generator.check import check as check_facts
from generator.check import evidences
from generator.errors import PactbookError, Problem, count_line
from generator.files import read_bytes, shown, visible, write_whole
from generator.model import Article, ArticleFacts, ArticleId, ReviewState
from generator.overrides import checked_overrides
from generator.records import record_of

if TYPE_CHECKING:
    from generator.build import BuildReport
    from generator.review import Desk

_SHOWN = 3  # names of a long list
_POOL_FROM = 24  # articles; for fewer, starting processes takes longer than reading
_NOTHING = "Nothing was written."

Progress = Callable[[str, int, int], None]  # stage, done, total
In = TypeVar("In")
Out = TypeVar("Out")


# -- saying ----------------------------------------------------------------------------------------


def _print(text: str) -> None:
    """A line of result."""
    click.echo(visible(text))


def _say(text: str) -> None:
    """Lines for the person at the terminal."""
    for line in text.split("\n"):
        click.echo(visible(line), err=True)


def _many(count: int, what: str) -> str:
    return f"{count} {what}" if count == 1 else f"{count} {what}s"


def _stop(problems: Iterable[Problem], consequence: str) -> NoReturn:
    """Show all problems in their order, count them, and end with exit code 1."""
    found = sorted(set(problems))
    for problem in found:
        _say(str(problem))
    _say(count_line(found, consequence))
    sys.exit(1)


def _show_nothing(_stage: str, _done: int, _total: int) -> None:
    """Nobody watches."""


@contextmanager
def _progress() -> Iterator[Progress]:
    """Shows how far the work is, only where a person watches."""
    if not sys.stderr.isatty():
        yield _show_nothing
        return
    from rich.console import Console
    from rich.progress import Progress as Bars

    with Bars(console=Console(stderr=True), transient=True) as bars:
        tasks = {}

        def show(stage: str, done: int, total: int) -> None:
            if stage not in tasks:
                tasks[stage] = bars.add_task(stage, total=total)
            bars.update(tasks[stage], completed=done, total=total)

        yield show


# -- the command -----------------------------------------------------------------------------------


def _day(context: click.Context, parameter: click.Parameter, value: str | None) -> date | None:
    """A day of the calendar, ISO 8601."""
    try:
        return date.fromisoformat(value) if value is not None else None
    except ValueError as error:
        message = f"{shown(value or '')} is not a day such as 2026-03-14."
        raise click.BadParameter(message, ctx=context, param=parameter) from error


def _this_day() -> date:
    """Today; where SOURCE_DATE_EPOCH says which day a build has to take for today, that one."""
    told = os.environ.get("SOURCE_DATE_EPOCH", "")
    return datetime.fromtimestamp(int(told), UTC).date() if told.isdecimal() else date.today()


_paper = click.option(
    "--paper", type=click.Choice(["a4", "letter"]), default="a4", show_default=True, help="Paper of the PDFs."
)


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.option(
    "--root",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=".",
    help="Folder of the project, which holds seeds/.  [default: here]",
)
@click.version_option(package_name="pactbook", message="pactbook %(version)s")
@click.pass_context
def pactbook(context: click.Context, root: Path) -> None:
    """A briefing site of agreements between countries, read from news articles.

    \b
    Example:
      pactbook new report.html --outlet "The Fjord Herald"
      pactbook build
      pactbook serve
    """
    context.obj = root


@pactbook.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--title", help="Title, where the file does not say it.")
@click.option("--date", "day", help="Date of publication: 2026-03-14, 2026-03 or 2026.")
@click.option("--outlet", help="Who published it.")
@click.option("--url", help="Its address, http or https.")
@click.option("--language", help="Two letters of ISO 639-1.  [default: what the file says, or en]")
@click.pass_obj
def new(
    root: Path,
    file: Path,
    title: str | None,
    day: str | None,
    outlet: str | None,
    url: str | None,
    language: str | None,
) -> None:
    """Add the article in FILE (txt, md, json, or a saved html page) to seeds/articles/.

    Text that begins with its date and title is stored byte for byte, all else as Markdown with a head. An article that
    is there already is refused.

    \b
    Example:
      pactbook new saved-page.html --outlet "The Fjord Herald" --url https://example.org/pact
      pactbook new notes.txt --date 2026-03-14 --title "Norway and Sweden sign a pact"
    """
    source = visible(file.as_posix())
    data = read_bytes(file, source)
    draft = article_room.parse_draft(data, source)
    given = {"title": title, "date": day, "outlet": outlet, "url": url, "language": language}
    changes: dict[str, Any] = {key: value for key, value in given.items() if value is not None}
    for key in ("title", "date"):
        if key not in changes and not getattr(draft, key) and _is_interactive():
            changes[key] = click.prompt(key.capitalize(), err=True)
    draft = replace(draft, **changes, id=None, lines=draft.lines if not changes else None)
    article = article_room.add_article(draft, data, source, root)
    _say_language(article)
    _print(article.path)
    _say("Next: pactbook build")


def _say_language(article: Article) -> None:
    if note := article_room.language_note(article):
        _say(f"{article.path}: {note}")


def _is_interactive() -> bool:
    return sys.stdin.isatty() and sys.stderr.isatty()


# -- extract ---------------------------------------------------------------------------------------


@pactbook.command()
@click.argument("names", metavar="[ARTICLE]...", nargs=-1)
@click.option("--jsonl", is_flag=True, help="Print the facts of article FILES as JSON Lines, and write nothing.")
@click.option("--force", is_flag=True, help="Replace facts that a person has corrected or accepted, too.")
@click.pass_obj
def extract(root: Path, names: tuple[str, ...], jsonl: bool, force: bool) -> None:
    """Read the facts of articles into seeds/facts/; of all articles, if none is named.

    Facts that a person has corrected or accepted stay as they are.

    \b
    Example:
      pactbook extract
      pactbook extract 2026-03-14-norway-and-sweden-sign-a-pact-1f5a2c
      pactbook extract --jsonl articles/*.json > facts.jsonl
    """
    if jsonl:
        _print_records([Path(name) for name in names] or article_room.article_files(root))
        return
    articles, problems = _chosen(root, names)
    outcomes = dict.fromkeys(("written", "unchanged", "kept"), 0)
    found = list(problems)
    with _progress() as progress:
        for article, (facts, fault) in zip(articles, _spread(_facts_or_problem, articles, progress), strict=True):
            faults = [fault] if fault is not None else list(check_facts({article.id: article}, {article.id: facts}))
            if faults:
                found += faults
                continue
            _say_language(article)
            outcomes[_store(root, facts, force)] += 1
    if any(outcomes.values()):
        _say(", ".join(f"{count} {what}" for what, count in outcomes.items() if count) + ".")
    if found:
        _stop(found, "Their facts were not written.")


def _chosen(root: Path, names: Sequence[str]) -> tuple[tuple[Article, ...], tuple[Problem, ...]]:
    """The articles that are named by id or file name, all if none is; with the problems of the same ones.

    Raises:
        click.UsageError: There is no such article.
    """
    articles, problems = article_room.read_articles(root)
    if not names:
        return articles, problems
    wanted = {Path(name).name: name for name in names}
    known = {key for article in articles for key in (article.id, Path(article.path).name)}
    refused = {key for problem in problems for key in (Path(problem.path).stem, Path(problem.path).name)}
    for key, name in wanted.items():
        if key not in known | refused:
            raise click.UsageError(f"there is no article {shown(name)} in seeds/articles. See: pactbook list")
    return (
        tuple(a for a in articles if a.id in wanted or Path(a.path).name in wanted),
        tuple(p for p in problems if Path(p.path).stem in wanted or Path(p.path).name in wanted),
    )


def _store(root: Path, facts: ArticleFacts, force: bool) -> str:
    """Write the facts unless a person has had a hand in the file; say which happened."""
    path = root / facts_room.facts_path(facts.article)
    said = facts_room.facts_path(facts.article).as_posix()
    if path.exists() or path.is_symlink():
        text, owner = _owner(path, root)
        if text == facts_room.dump_facts(facts):
            return "unchanged"
        if owner is not None and not force:
            _say(f"{said}: {owner}; kept as it is. To replace it: pactbook extract --force {facts.article}")
            return "kept"
    facts_room.write_facts(facts, root)
    _print(said)
    return "written"


def _owner(path: Path, root: Path) -> tuple[str, str | None]:
    """The text of a facts file, and why it is not ours to replace, or None."""
    try:
        text = facts_room.read_facts_text(path, root)
        facts = facts_room.parse_facts(text, facts_room.facts_path(ArticleId(path.stem)).as_posix())
    except PactbookError as error:
        return "", f"cannot be read ({error.problems[0].message})" if error.problems else "cannot be read"
    if facts_room.is_untouched(text, facts):
        return text, None
    return text, _state(text, facts)


def _state(text: str, facts: ArticleFacts) -> str:
    if facts.review.state is ReviewState.ACCEPTED:
        return f"accepted by {facts.review.by} on {facts.review.on}"
    if facts.review.accepted:
        return f"{len(facts.review.accepted)} of {len(facts.fact_keys())} accepted by {facts.review.by}"
    return "proposed" if facts_room.is_untouched(text, facts) else "corrected by a person"


def _print_records(paths: Sequence[Path]) -> None:
    """One line of JSON for each article, in the order of the files; problems go to standard error."""
    problems: list[Problem] = []
    with _progress() as progress:
        for line, note, found in _spread(_record_line, paths, progress):
            problems += found
            if note is not None:
                _say(note)
            if line is not None:
                click.echo(line)
    if problems:
        _stop(problems, "The others were read.")


def _record_line(path: Path) -> tuple[str | None, str | None, tuple[Problem, ...]]:
    """The facts of one file as a line of ASCII, which is safe on every terminal; a note; what is wrong."""
    said = visible(path.as_posix())
    try:
        article = article_room.parse_loosely(read_bytes(path, said), said)
    except PactbookError as error:
        return None, None, error.problems
    facts, fault = _facts_or_problem(article)
    if fault is not None:
        return None, None, (fault,)
    note = article_room.language_note(article)
    return json.dumps(record_of(article, facts)), note and f"{said}: {note}", ()


def _facts_or_problem(article: Article) -> tuple[ArticleFacts, Problem | None]:
    """The facts of an article; a fault of the reader must not cost the other articles theirs."""
    from generator.extract.reader import read_facts_of

    try:
        return read_facts_of(article), None
    except Exception as error:  # noqa: BLE001  # a bug, told as one below; many articles are read at once
        where = traceback.extract_tb(error.__traceback__)[-1]
        what = f"{type(error).__name__} in {Path(where.filename).name}:{where.lineno}"
        nothing = ArticleFacts(article=article.id, sha256=article.sha256, reader="none")
        return nothing, Problem(article.path, 0, f"the reader failed: {what}. This is a fault of ours; report it.")


def _spread(function: Callable[[In], Out], values: Sequence[In], progress: Progress) -> Iterator[Out]:
    """The results in the order of the values, worked out on all cores where that pays."""
    import generator.extract.reader  # noqa: F401  # loaded once, before processes are forked

    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    if len(values) < _POOL_FROM or cores == 1:
        for done, value in enumerate(values, 1):
            yield function(value)
            progress("reading", done, len(values))
        return
    with ProcessPoolExecutor(min(cores, 16), initializer=_leave_interrupts_to_parent) as pool:
        for done, result in enumerate(pool.map(function, values, chunksize=4), 1):
            yield result
            progress("reading", done, len(values))


def _leave_interrupts_to_parent() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)


# -- explain ---------------------------------------------------------------------------------------


@pactbook.command()
@click.argument("name", metavar="ARTICLE|AGREEMENT|FACT")
@click.argument("other", metavar="[FACT]", required=False)
@click.pass_obj
def explain(root: Path, name: str, other: str | None) -> None:
    """Print why: what each sentence of an article yielded; why facts stand together; why two do or do not.

    ARTICLE is an id, or a file anywhere: sentence by sentence, what each yielded, by which rule, and what yielded
    nothing. AGREEMENT is an id or the readable name of its page: over which scores its facts met, and what came near.
    FACT is an agreement of an article, such as 2021-12-06-x/a1: the score of two of them.

    \b
    Example:
      pactbook explain 2026-03-14-norway-and-sweden-sign-a-pact-1f5a2c
      pactbook explain a-1f5a2c0d9e8b
      pactbook explain 2021-12-06-x/a1 2021-12-07-y/a2
    """
    if lines := _explained(root, name, other):
        for line in lines:
            _print(line)
        return
    from generator.extract.reader import read_facts_of
    from generator.extract.text import prepare

    article = _article_named(root, name)
    _say_language(article)
    facts = read_facts_of(article)
    found = sorted(_traces(facts))
    document = prepare(article)
    empty = noise = 0
    for sentence in document.sentences:
        _print(f"[{sentence.index}] {sentence.text}")
        here = [trace for trace in found if sentence.start <= trace[0] < sentence.end]
        for _, what, words, rule in here:
            said = "all of it" if words == sentence.text else shown(words)
            _print(f"      {what}: {said} [{rule}]")
        if not here:
            _print("      - noise, not read" if sentence.is_noise else "      - nothing read")
        noise += sentence.is_noise
        empty += not here and not sentence.is_noise
    _print(f"{len(document.sentences)} sentences: {empty} yielded nothing, {noise} are noise. Reader: {facts.reader}")


def _explained(root: Path, name: str, other: str | None) -> list[str]:
    """The lines on an agreement, or on two facts; none where an article is named.

    Raises:
        click.UsageError: One of two facts is not there.
    """
    if other is None and (
        Path(name).exists() or any(name in (p.stem, p.name) for p in article_room.article_files(root))
    ):
        return []
    from generator.build import gather
    from generator.explanations import why_apart, why_together

    book = gather(root).book
    if other is None:
        named = [one for one in book.agreements if name in (one.id, one.slug)]
        return list(why_together(book, named[0])) if named else []
    try:
        return list(why_apart(book, name, other))
    except KeyError as error:
        message = f"there is no such agreement of an article: {shown(str(error.args[0]))}. Name it as 2021-12-06-x/a1."
        raise click.UsageError(message) from error


def _article_named(root: Path, name: str) -> Article:
    """The article with this id or file name in the project, else in a file anywhere."""
    path = Path(name)
    if path.is_file() and path.suffix in article_room.ENDINGS:
        return article_room.parse_loosely(read_bytes(path, visible(name)), visible(name))
    articles, problems = _chosen(root, [name])
    if not articles:
        _stop(problems, "There is nothing to explain.")
    return articles[0]


def _traces(facts: ArticleFacts) -> Iterator[tuple[int, str, str, str]]:
    """Each piece of evidence: where it begins, which value of which fact rests on it, its words, the fact's rule."""
    for kind in ("countries", "people", "agreements", "quotations", "tensions", "events"):
        for fact in getattr(facts, kind):
            for place, evidence in evidences(fact):
                yield evidence.start, f"{_label(fact)} {place}", evidence.exact, fact.rule


def _label(fact: Any) -> str:
    """A few words that tell the fact: its id and what it says first of all."""
    said = [getattr(fact, key, None) for key in ("id", "country", "status", "instrument", "kind", "name", "speaker")]
    return " ".join(str(part) for part in said if part is not None)


# -- check, accept, list ---------------------------------------------------------------------------


@pactbook.command()
@click.pass_obj
def check(root: Path) -> None:
    """Check all articles and facts: forms, codes, evidence letter by letter, contradictions.

    \b
    Example:
      pactbook check
    """
    articles, facts, problems = _everything(root)
    if problems:
        _stop(problems, "Mend them, then: pactbook build")
    _print(f"{_many(len(articles), 'article')} and {_many(len(facts), 'file')} of facts: no problems.")


def _everything(
    root: Path,
) -> tuple[dict[ArticleId, Article], dict[ArticleId, ArticleFacts], list[Problem]]:
    """All articles, all facts, and every problem; the facts of a refused article are not held against it twice."""
    articles, refused = article_room.read_articles(root)
    facts, faults = facts_room.read_all_facts(root)
    by_id = {article.id: article for article in articles}
    unread = {Path(problem.path).stem for problem in refused}
    judged = {key: value for key, value in facts.items() if key not in unread}
    _, slips = checked_overrides(root, by_id, judged, refused=unread)
    return by_id, facts, [*refused, *faults, *check_facts(by_id, judged), *slips]


@pactbook.command()
@click.argument("name", metavar="ARTICLE")
@click.option("--by", required=True, help="Who has read the facts beside the article.")
@click.option("--on", callback=_day, help="The day.  [default: today]")
@click.pass_obj
def accept(root: Path, name: str, by: str, on: date | None) -> None:
    """Mark the facts of ARTICLE as read by a person beside the article.

    They lose the mark of machine-read facts, and are not overwritten any more.

    \b
    Example:
      pactbook accept 2026-03-14-norway-and-sweden-sign-a-pact-1f5a2c --by "Kari Nordmann"
    """
    _require_name(by, "--by")
    articles, problems = _chosen(root, [name])
    if problems or not articles:
        _stop(problems, _NOTHING)
    article = articles[0]
    said = facts_room.facts_path(article.id).as_posix()
    if not (root / said).exists():
        _stop([Problem(said, 0, f"is not there. Run: pactbook extract {article.id}")], _NOTHING)
    text = facts_room.read_facts_text(root / said, root)
    facts = facts_room.parse_facts(text, said)
    faults = list(check_facts({article.id: article}, {article.id: facts}))
    if faults:
        _stop(faults, _NOTHING)
    day = (on or date.today()).isoformat()
    write_whole(root / said, facts_room.accepted(text, facts, by.strip(), day).encode())
    _print(said)


@pactbook.command()
@click.argument("names", metavar="[ARTICLE]...", nargs=-1)
@click.option("--by", required=True, help="Who reads the facts beside their articles.")
@click.option("--on", callback=_day, help="The day.  [default: today]")
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="Port on this computer.  [default: a free one]")
@click.option("--no-browser", is_flag=True, help="Print the address, and open nothing.")
@click.option("--terminal", is_flag=True, help="Ask at the terminal instead of on a page.")
@click.pass_obj
def review(
    root: Path, names: tuple[str, ...], by: str, on: date | None, port: int, no_browser: bool, terminal: bool
) -> None:
    """Read proposed facts one by one, each beside its sentence: accept, correct, reject, undo. Ctrl-C ends it.

    The page is for this computer only, and its address holds a secret. Each decision is written at once.

    \b
    Example:
      pactbook review --by "Kari Nordmann"
      pactbook review 2026-03-14-norway-and-sweden-sign-a-pact-1f5a2c --by "Kari Nordmann" --terminal
    """
    from generator.review import Desk

    _require_name(by, "--by")
    articles, _ = _chosen(root, names)
    day = (on or date.today()).isoformat()
    desk = Desk(root, by=by.strip(), on=day, only=[one.id for one in articles] if names else ())
    if terminal:
        _review_here(desk)
    else:
        _review_on_page(desk, root / "templates" / "review", port, is_opened=not no_browser and _is_interactive())


def _require_name(name: str, option: str) -> None:
    if not name.strip() or not name.isprintable() or len(name) > 200:
        raise click.BadParameter("must be a name of 1 to 200 visible characters.", param_hint=option)


def _review_here(desk: "Desk") -> None:
    """Ask at the terminal, fact by fact; a correction is made in the file."""
    from generator.review import RefusedError

    passed: set[tuple[str, str]] = set()
    while (found := desk.next_proposed(passed)) is not None:
        article, fact = found
        _print_fact(article, fact)
        answer = click.prompt(
            "accept, reject, next, undo or quit", type=click.Choice(["a", "r", "n", "u", "q"]), err=True
        )
        name, version, key = article["id"], article["version"], fact["key"]
        try:
            if answer == "a":
                desk.accept(name, version, [key])
            elif answer == "r":
                desk.reject(name, version, key)
            elif answer == "u":
                passed.discard(desk.undo())
            elif answer == "n":
                passed.add((name, key))
            else:
                return
        except RefusedError as error:
            _say(str(error))
    _say("Nothing is left to read.")


def _print_fact(article: dict[str, Any], fact: dict[str, Any]) -> None:
    """A fact and its sentence, the evidence between brackets."""
    from generator.forms import in_words

    _print(f"\n{article['title']} ({article['id']}, {article['proposed']} to read)".lstrip())
    _print(f"{fact['kind']} {fact['key']}: {fact['heading']}")
    for line in in_words(fact["fields"]):
        _print(f"  {line}")
    start, end = fact["sentence"]
    text = article["text"]
    marks = [one for one in fact["evidence"] if start <= one[0] and one[1] <= end and one[1] - one[0] < end - start]
    opens, closes = {one[0] for one in marks}, {one[1] for one in marks}
    told = "".join(f"{']' * (at in closes)}{'[' * (at in opens)}{text[at]}" for at in range(start, end))
    _print(f"  | {' '.join(told.split())}{']' * (end in closes)}")


def _review_on_page(desk: "Desk", assets: Path, port: int, *, is_opened: bool) -> None:
    import webbrowser

    from generator.reviewpage import ReviewServer

    with ReviewServer(desk, assets, port=port) as server:
        _print(server.address)
        sys.stdout.flush()
        _say("Only this computer can open it, and only with this address. Ctrl-C ends it.")
        if is_opened:
            webbrowser.open(server.address)
        try:
            server.serve_forever()
        except KeyboardInterrupt:  # the way to end it, and no failure
            _say("Stopped. Every decision is written.")


@pactbook.command("list")
@click.option("--agreements", is_flag=True, help="List agreements instead of articles.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_obj
def list_(root: Path, agreements: bool, as_json: bool) -> None:
    """List the articles and whether their facts are proposed, corrected or accepted; or the agreements.

    \b
    Example:
      pactbook list
      pactbook list --agreements --json
    """
    rows, problems = _agreement_rows(root) if agreements else _article_rows(root)
    if as_json:
        click.echo(json.dumps(rows, indent=1))
    else:
        for row in rows:
            _print("  ".join(value for value in row.values() if isinstance(value, str)))
    if problems:
        _stop(problems, "The others are listed.")


def _article_rows(root: Path) -> tuple[list[dict[str, Any]], Sequence[Problem]]:
    articles, problems = article_room.read_articles(root)
    rows = [
        {"id": a.id, "published": a.published, "facts": _facts_state(root, a.id), "title": a.title} for a in articles
    ]
    return rows, problems


def _facts_state(root: Path, article: ArticleId) -> str:
    path = root / facts_room.facts_path(article)
    if not path.exists():
        return "no facts yet"
    _, owner = _owner(path, root)
    return owner or "proposed"


def _agreement_rows(root: Path) -> tuple[list[dict[str, Any]], Sequence[Problem]]:
    from generator.build import gather

    with _progress() as progress:
        state = gather(root, progress=progress)
    rows = [
        {
            "id": one.id,
            "status": one.status,
            "parties": "-".join((*one.parties, *one.other_parties)),
            "title": one.title,
            "articles": list(dict.fromkeys(statement.article for statement in one.statements)),
        }
        for one in state.book.agreements
    ]
    return rows, state.refused


# -- what changed ----------------------------------------------------------------------------------


@pactbook.command()
@click.argument("since", metavar="[REV|FOLDER]", default="HEAD")
@click.option("--json", "as_json", is_flag=True, help="Print every change as JSON.")
@click.option("--keep", is_flag=True, help="Keep what news did not change in seeds/history/, for the site.")
@click.option("--on", callback=_day, help="The day to keep it under.  [default: today]")
@click.pass_obj
def diff(root: Path, since: str, as_json: bool, keep: bool, on: date | None) -> None:
    """Say what was added, changed and withdrawn since a revision of git, or against another project's folder.

    Each change has its cause: a new source, a correction by a source, curation by a person, or another reader.

    \b
    Example:
      pactbook diff
      pactbook diff origin/main --json
      pactbook diff ../last-week
      pactbook diff --keep
    """
    from generator import diff as diff_room
    from generator import history
    from generator.editions import earlier, edition_of

    with earlier(root, since) as old:
        now = edition_of(root)
        changes = diff_room.compare(old.edition, now)
    if as_json:
        click.echo(history.as_json(changes))
    else:
        for line in diff_room.as_text(changes, f"Since {old.name}: ").split("\n"):
            _print(line)
    if keep:
        day = (on or date.today()).isoformat()
        path = history.write_record(root, history.worth_keeping(changes), since=old.digest, on=day)
        _say(f"Kept: {path}" if path else "Nothing to keep: what news changed is told from the articles.")


@pactbook.command()
@click.argument("name", metavar="ARTICLE[/FACT]")
@click.option("--why", required=True, help="The reason, for everybody who reads seeds/overrides.yaml.")
@click.option("--author", help="Who takes it back.  [default: the name that git knows]")
@click.option("--on", callback=_day, help="The day.  [default: today]")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.pass_obj
def retract(root: Path, name: str, why: str, author: str | None, on: date | None, yes: bool) -> None:
    """Take back what ARTICLE says, or one fact of it: show what would fall, ask, and write it down.

    Nothing is deleted: the article and its facts stay, and taking the entry out of seeds/overrides.yaml undoes it.

    \b
    Example:
      pactbook retract 2026-03-14-norway-and-sweden-sign-a-pact-1f5a2c --why "The outlet has withdrawn it"
      pactbook retract 2026-03-14-norway-and-sweden-sign-a-pact-1f5a2c/a2 --why "The reader took a wish for a deal"
    """
    from generator.editions import author_of
    from generator.retract import carry_out, in_words, preview

    author = author or author_of(root)
    if author is None:
        raise click.UsageError("Missing option '--author': git knows no name here.")
    _require_name(author, "--author")
    if not why.strip() or not why.isprintable() or len(why) > 1000:
        raise click.BadParameter("must be 1 to 1,000 visible characters.", param_hint="--why")
    day = (on or date.today()).isoformat()
    fall = preview(root, name, why=why.strip(), author=author.strip(), on=day)
    for line in in_words(fall).split("\n"):
        _print(line)
    if not yes and not _is_interactive():
        raise click.UsageError(f"nobody is here to be asked; add --yes. {_NOTHING}")
    if not yes and not click.confirm("Take it back?", err=True):
        _say(_NOTHING)
        return
    _print(carry_out(root, fall).relative_to(root).as_posix())
    _say("To undo it, take the entry out again. Next: pactbook build")


# -- build and serve -------------------------------------------------------------------------------


@pactbook.command()
@click.option(
    "--check", "only_check", is_flag=True, help="Say whether the generated pages are up to date; write nothing."
)
@click.option("--today", callback=_day, help="Build as of this day.  [default: today]")
@click.option("--pages-only", is_flag=True, help="Write the pages, but not the site.")
@click.option("--no-cache", is_flag=True, help="Make everything again; the site is the same.")
@click.option("--timings", is_flag=True, help="Print the CPU seconds of each stage as JSON.")
@click.option("--pdf", is_flag=True, help="Print every country, pair and agreement and the book as PDF, too.")
@_paper
@click.pass_obj
def build(
    root: Path,
    only_check: bool,
    today: date | None,
    pages_only: bool,
    no_cache: bool,
    timings: bool,
    pdf: bool,
    paper: str,
) -> None:
    """Build the site: facts where they are missing, check, pages, exports, then site/.

    If there is one problem in the facts, nothing is written. An article that cannot be read is left out and told.

    \b
    Example:
      pactbook build
      pactbook build --check
      pactbook build --pdf --paper letter
    """
    from generator.build import build_site, pages_up_to_date

    day = today or _this_day()
    if only_check:
        stale = pages_up_to_date(root, today=day)
        if stale:
            _stop(stale, _NOTHING)
        _print("The generated pages are up to date.")
        return
    with _progress() as progress:
        report = build_site(
            root,
            today=day,
            progress=progress,
            pages_only=pages_only,
            cache=not no_cache,
            paper=paper if pdf else "",
        )
    if report.note:
        _say(report.note)
    for problem in report.foreign[:_SHOWN]:
        _say(f"{problem.path}: {problem.message}")
    _say_unread(report.facts_written)
    if timings:
        click.echo(json.dumps(report.seconds))
    else:
        _print(_summary(report))
    if report.refused:
        _stop(report.refused, "These articles were left out; all else was built.")


def _say_unread(paths: Sequence[str]) -> None:
    """Say which facts no person has read yet: how many, and the first of them."""
    if not paths:
        return
    more = f" and {len(paths) - _SHOWN} more" if len(paths) > _SHOWN else ""
    _say(f"{_many(len(paths), 'file')} of facts read by rules, not yet by a person: {', '.join(paths[:_SHOWN])}{more}.")
    _say("See each beside its article, then: pactbook accept ARTICLE")


def _summary(report: "BuildReport") -> str:
    many = f"{_many(report.articles, 'article')}, {_many(report.agreements, 'agreement')}"
    pages = _many(report.pages, "page")
    if report.is_unchanged:
        return f"{many}: {pages} in {report.site}, as the last build left them."
    pages += f" ({report.pages_written} files written, {report.pages_removed} removed)"
    if report.printed or report.printed_before:
        pages += f", {report.printed} PDFs printed, {report.printed_before} as before"
    if report.site is None:
        return f"{many}: {pages}."
    return f"{many}: {pages} in {report.site}, {report.pages_rendered} rendered, {report.pages_reused} as before."


# -- print -----------------------------------------------------------------------------------------


@pactbook.command("print")
@click.argument("kind", type=click.Choice(["country", "pair", "agreement", "book"]))
@click.argument("name", metavar="[IND | IND-RUS | ID]", required=False)
@click.option("-o", "--output", type=click.Path(path_type=Path), help="File to write.  [default: named after the page]")
@click.option("--today", callback=_day, help="Print as of this day.  [default: today]")
@_paper
@click.pass_obj
def print_(root: Path, kind: str, name: str | None, output: Path | None, today: date | None, paper: str) -> None:
    """Print the briefing of a country, a pair of countries or an agreement, or the whole book, as PDF.

    A country is named by its code, a pair by both, an agreement by its id: pactbook list --agreements. Articles without
    facts are read; nothing but the PDF is written.

    \b
    Example:
      pactbook print country IND
      pactbook print pair IND-RUS --paper letter
      pactbook print book -o book.pdf
    """
    from generator.build import print_page

    if (kind == "book") is not (name is None):
        raise click.UsageError("the book has no name; a country, a pair and an agreement have one: pactbook print -h")
    with _progress() as progress:
        path, pdf = print_page(root, kind, name or "", today=today or _this_day(), paper=paper, progress=progress)
    target = output or Path(path.replace("/", "-"))
    write_whole(target, pdf)
    _print(target.as_posix())


@pactbook.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True, help="Port to listen on.")
@click.option("--today", callback=_day, help="Build as of this day.  [default: today]")
@click.pass_obj
def serve(root: Path, host: str, port: int, today: date | None) -> None:
    """Show the site on this computer, and build it again whenever something changes. Ctrl-C ends it.

    \b
    Example:
      pactbook serve --port 8080
    """
    from generator.build import serve as serve_site

    _say(f"http://{host}:{port}/ (Ctrl-C ends it)")
    try:
        serve_site(root, host=host, port=port, today=today or date.today())
    except KeyboardInterrupt:  # the way to end it, and no failure
        _say("Stopped.")


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run the command; every way to end has its message and its exit code.

    Args:
        arguments: What follows the name of the command; None: as it was called.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        code = _run(arguments)
        sys.stdout.flush()
    except BrokenPipeError:  # the reader of our output has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 0
    sys.exit(code)


def _run(arguments: Sequence[str] | None) -> int:
    output = sys.stdout
    try:
        code = pactbook.main(arguments, prog_name="pactbook", standalone_mode=False)
    except SystemExit as end:
        # Where the reader of our output has seen enough, click puts a muted stream in its place and ends with 1.
        code = end.code if sys.stdout is output else 0
    except click.exceptions.Abort:
        _say("Stopped. No file was left half written.")
        return 130  # as shells expect after Ctrl-C
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except PactbookError as error:
        _say(str(error))
        if error.problems and not str(error).endswith(_NOTHING):
            _say(count_line(error.problems, _NOTHING))
        return 1
    except BrokenPipeError:
        raise
    except OSError as error:
        _say(f"{error.filename or 'pactbook'}: {error.strerror or error}. The files there are as they were.")
        return 1
    return code if isinstance(code, int) else 0


if __name__ == "__main__":
    main()
