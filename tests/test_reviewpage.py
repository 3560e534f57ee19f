"""The review over real HTTP, killed at random moments, and by keyboard in a real browser."""

import errno
import http.client
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from generator.articles import read_articles
from generator.errors import PactbookError
from generator.facts import facts_path, read_facts, write_facts
from generator.model import ArticleId, ReviewState
from generator.review import Desk
from generator.reviewpage import ReviewServer
from helpers import evidence_of, make_facts

ID = ArticleId("2026-03-02-fishing-pact")
ASSETS = Path(__file__).resolve().parent.parent / "templates" / "review"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


@pytest.fixture(name="server")
def _server(project: Path) -> Iterator[ReviewServer]:
    """The page of a review of one article with one fact of each kind."""
    write_facts(make_facts(read_articles(project)[0][0]), project)
    with ReviewServer(Desk(project, by="Kari Nordmann", on="2026-03-31"), ASSETS) as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        yield server
        server.shutdown()


Answer = tuple[int, dict[str, str], bytes]


def ask(server: ReviewServer, method: str, path: str, body: object = None, **headers: str | None) -> Answer:
    """What the server answers; `path` is below its address unless it begins with a slash; a header None is left out."""
    place = path if path.startswith("/") else f"/{server.token}/{path}"
    data = body if isinstance(body, bytes) else json.dumps(body).encode() if body is not None else None
    given = {"Host": f"127.0.0.1:{server.server_port}"}
    if method == "POST":
        given |= {"Origin": server.origin, "Content-Type": "application/json", "Content-Length": str(len(data or b""))}
    given |= {name.replace("_", "-"): value for name, value in headers.items()}  # type: ignore[misc]
    connection = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=10)
    connection.putrequest(method, place, skip_host=True, skip_accept_encoding=True)
    for name, value in given.items():
        if value is not None:
            connection.putheader(name, value)
    connection.endheaders(data)
    answer = connection.getresponse()
    told = answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()
    connection.close()
    return told


def article(server: ReviewServer) -> dict[str, Any]:
    return dict(json.loads(ask(server, "GET", f"api/articles/{ID}")[2]))


def facts_bytes(project: Path) -> bytes:
    return (project / facts_path(ID)).read_bytes()


# -- what is served, and to whom


def test_the_server_listens_on_this_computer_only(server: ReviewServer) -> None:
    assert server.server_address[0] == "127.0.0.1"
    assert server.address == f"http://127.0.0.1:{server.server_port}/{server.token}/"
    assert len(server.token) >= 32


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("", "text/html; charset=utf-8"),
        ("review.css", "text/css; charset=utf-8"),
        ("review.js", "text/javascript; charset=utf-8"),
        ("api/articles", "application/json"),
    ],
)
def test_every_answer_forbids_all_that_is_not_ours(server: ReviewServer, path: str, kind: str) -> None:
    status, headers, _ = ask(server, "GET", path)

    assert (status, headers["content-type"]) == (200, kind)
    policy = headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'")
    assert "unsafe" not in policy
    assert "http" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["cache-control"] == "no-store"


def test_the_page_names_no_other_host_and_writes_no_text_as_html() -> None:
    for path in ASSETS.iterdir():
        text = path.read_text("utf-8")
        for word in ("http:", "https:", "//cdn", "innerHTML", "outerHTML", "insertAdjacentHTML", "eval(", "style="):
            assert word not in text, f"{path.name} has {word}"


@pytest.mark.parametrize(
    ("path", "headers", "status"),
    [
        pytest.param("/", {}, 404, id="no secret"),
        pytest.param("/x/api/articles", {}, 404, id="another secret"),
        pytest.param("", {"Host": "evil.example"}, 421, id="a name that leads here"),
        pytest.param("", {"Host": None}, 421, id="no host"),
        pytest.param("", {"Host": "localhost"}, 421, id="no port"),
        pytest.param("api/nothing", {}, 404, id="nothing there"),
        pytest.param("../review.py", {}, 404, id="out of the folder"),
        pytest.param("review.html/../review.css", {}, 404, id="a path with dots"),
    ],
)
def test_whoever_does_not_know_the_address_gets_nothing(
    server: ReviewServer, path: str, headers: dict[str, str | None], status: int
) -> None:
    got, _, data = ask(server, "GET", path, None, **headers)

    assert got == status
    assert b"Norway" not in data
    assert b"Not here" in data


@pytest.mark.parametrize(
    ("headers", "body", "status"),
    [
        pytest.param({"Origin": "http://evil.example"}, {}, 403, id="another page"),
        pytest.param({"Origin": "null"}, {}, 403, id="a page in a box"),
        pytest.param({"Origin": None}, {}, 403, id="no origin"),
        pytest.param({"Sec_Fetch_Site": "cross-site"}, {}, 403, id="another site"),
        pytest.param({"Host": "evil.example"}, {}, 421, id="another host"),
        pytest.param({"Content_Type": "text/plain"}, {}, 415, id="a form"),
        pytest.param({"Content_Length": "-1"}, b"", 415, id="no length"),
        pytest.param({"Content_Length": "1000001"}, b"", 413, id="too long"),
        pytest.param({}, b"[]", 400, id="a list"),
        pytest.param({}, b"{", 400, id="no JSON"),
        pytest.param({}, b"[" * 100_000, 400, id="too deep"),
        pytest.param({}, rb'{"article": "\ud800"}', 400, id="half a character"),
    ],
)
def test_a_decision_that_is_not_from_our_page_is_not_carried_out(
    server: ReviewServer, project: Path, headers: dict[str, str | None], body: object, status: int
) -> None:
    before = facts_bytes(project)
    if body == {}:
        body = {"article": ID, "version": article(server)["version"], "fact": "a1"}

    got, _, _ = ask(server, "POST", "api/reject", body, **headers)

    assert got == status
    assert facts_bytes(project) == before


# -- deciding


def test_decisions_are_written_and_undone(server: ReviewServer, project: Path) -> None:
    before = facts_bytes(project)
    shown = article(server)

    status, _, data = ask(server, "POST", "api/accept", {"article": ID, "version": shown["version"], "facts": ["a1"]})
    told = json.loads(data)

    assert status == 200
    assert read_facts(project / facts_path(ID), project).review.accepted == ("a1",)
    assert [one["is_proposed"] for one in told["facts"] if one["key"] == "a1"] == [False]
    assert json.loads(ask(server, "POST", "api/undo", {})[2])["undone"] == "a1"
    assert facts_bytes(project) == before


def test_a_wrong_correction_comes_back_with_a_message_for_its_field(server: ReviewServer, project: Path) -> None:
    before = facts_bytes(project)
    shown = article(server)

    status, _, data = ask(
        server,
        "POST",
        "api/correct",
        {"article": ID, "version": shown["version"], "fact": "t1", "values": {"kind": "war"}},
    )

    told = json.loads(data)
    assert status == 409
    assert told["message"] == "Some values must be mended."
    assert {one["place"] for one in told["problems"]} == {"kind", "evidence"}
    assert facts_bytes(project) == before


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("api/accept", {"article": 5}),
        ("api/accept", {"article": ID, "version": "x", "facts": "a1"}),
        ("api/accept", {"article": ID, "version": "x", "facts": []}),
        ("api/reject", {"article": ID}),
        ("api/correct", {"article": ID, "version": "x", "fact": "a1", "values": [1]}),
        ("api/undo", {}),
    ],
)
def test_a_decision_that_says_too_little_is_refused_in_words(
    server: ReviewServer, project: Path, path: str, body: dict[str, object]
) -> None:
    before = facts_bytes(project)

    status, _, data = ask(server, "POST", path, body)

    assert status == 409
    assert json.loads(data)["message"].endswith((".", "article"))
    assert facts_bytes(project) == before


def test_of_decisions_on_the_same_state_only_one_is_carried_out(server: ReviewServer, project: Path) -> None:
    version = article(server)["version"]
    keys = ("a1", "t1", "e1", "q1", "p1", "NOR")

    with ThreadPoolExecutor(len(keys)) as pool:
        bodies = [{"article": ID, "version": version, "facts": [key]} for key in keys]
        answers = list(pool.map(lambda body: ask(server, "POST", "api/accept", body)[0], bodies))

    assert sorted(answers) == [200, *[409] * 5]
    assert len(read_facts(project / facts_path(ID), project).review.accepted) == 1


def test_a_full_disk_is_told_and_the_file_stays(
    server: ReviewServer, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, shown = facts_bytes(project), article(server)

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device", "seeds/facts/x.yaml")

    monkeypatch.setattr(os, "fsync", full)

    status, _, data = ask(server, "POST", "api/reject", {"article": ID, "version": shown["version"], "fact": "a1"})

    assert status == 500
    assert json.loads(data)["message"] == "seeds/facts/x.yaml: No space left on device. The files are as they were."
    assert facts_bytes(project) == before
    assert [path.name for path in (project / "seeds/facts").iterdir()] == [f"{ID}.yaml"]


def test_a_folder_without_the_page_is_refused(project: Path, tmp_path: Path) -> None:
    with pytest.raises(PactbookError, match=r"review.html: cannot be read.*Take it from git again"):
        ReviewServer(Desk(project, by="K", on="2026-03-31"), tmp_path / "nowhere")


# -- killed at any moment


def test_a_review_that_is_killed_leaves_whole_files(project: Path) -> None:
    write_facts(make_facts(read_articles(project)[0][0]), project)
    (project / "templates").mkdir()
    shutil.copytree(ASSETS, project / "templates" / "review")
    chance = random.Random(2026)  # noqa: S311  # moments, not secrets
    seen = set()

    for _ in range(6):
        program, address = _start(project)
        began = threading.Event()
        asking = threading.Thread(target=_decide_without_end, args=(address, began))
        asking.start()
        assert began.wait(30)
        time.sleep(chance.uniform(0, 0.15))
        os.kill(program.pid, signal.SIGKILL)
        program.wait(10)
        asking.join(10)
        facts = read_facts(project / facts_path(ID), project)  # raises for half a file
        seen.add(facts.review.accepted)
        assert facts.fact_keys() == make_facts().fact_keys()

    assert seen != {()}, "no decision was written before a program was killed"


def _start(project: Path) -> tuple[subprocess.Popen[str], str]:
    command = [sys.executable, "-m", "generator.cli", "--root", str(project), "review", "--by", "K", "--no-browser"]
    program = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    assert program.stdout is not None
    address = program.stdout.readline().strip()
    program.stdout.close()
    return program, address


def _decide_without_end(address: str, began: threading.Event) -> None:
    """Accept and undo, as fast as the server answers, until it is gone; say when the first decision is written."""
    _, _, place, token, _ = address.split("/")
    host, port = place.split(":")
    headers = {"Host": place, "Origin": f"http://{place}", "Content-Type": "application/json"}
    number = 0
    while True:
        connection = http.client.HTTPConnection(host, int(port), timeout=5)
        try:
            connection.request("GET", f"/{token}/api/articles/{ID}", headers={"Host": place})
            shown = json.loads(connection.getresponse().read())
            left = [one["key"] for one in shown["facts"] if one["is_proposed"]]
            what = "undo" if number % 3 == 2 or len(left) < 2 else "accept"
            body = {"article": ID, "version": shown["version"], "facts": left[:1]}
            connection.request("POST", f"/{token}/api/{what}", json.dumps(body), headers)
            connection.getresponse().read()
            number += 1
            began.set()
        except (OSError, http.client.HTTPException, ValueError):
            return
        finally:
            connection.close()


# -- by keyboard, in a browser


@pytest.fixture(name="browser", scope="module")
def _browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        missing = "there is no chromium here; on Debian and Ubuntu: apt-get install chromium"
        if os.environ.get("CI"):
            pytest.fail(missing)
        pytest.skip(missing)
    with sync_playwright() as driver:
        program = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield program
        program.close()


@pytest.fixture(name="page", params=[1280, 390], ids=["desktop", "phone"])
def _page(server: ReviewServer, browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    elsewhere: list[str] = []
    console: list[str] = []
    page = browser.new_page(viewport={"width": request.param, "height": 800})
    page.set_default_timeout(10_000)
    page.on("request", lambda one: None if one.url.startswith((server.origin, "data:")) else elsewhere.append(one.url))
    page.on("console", lambda one: console.append(one.text) if one.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: console.append(str(error)))
    page.goto(server.address)
    page.locator("h2").wait_for()
    yield page
    page.close()
    assert elsewhere == []
    assert [line for line in console if "409" not in line] == []  # a refused correction


@pytest.mark.browser
def test_facts_are_accepted_corrected_rejected_and_undone_by_keyboard(page: Page, project: Path) -> None:
    status = page.locator("#status")
    heading = page.locator("#card h2")
    expect(heading).to_have_text("signed: fishing agreement")
    expect(page.locator("#text .sentence")).to_contain_text("On Monday, Norwegian Fisheries Minister")

    page.keyboard.press("c")
    page.get_by_label("Title").fill("")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".wrong", has_text="is missing. Add it.")).to_be_visible()
    expect(page.get_by_label("Title")).to_be_focused()
    page.keyboard.type("pact on fishing")
    page.keyboard.press("Control+Enter")
    expect(status).to_have_text("Corrected: signed: fishing agreement")
    expect(heading).to_have_text("protest: Denmark against not stated")
    page.keyboard.press("r")
    expect(status).to_have_text("Rejected: protest: Denmark against not stated")
    page.keyboard.press("u")
    expect(heading).to_have_text("protest: Denmark against not stated")
    page.keyboard.press("n")
    expect(heading).to_have_text("ceremony: signing")
    page.keyboard.press("p")
    page.keyboard.press("a")
    expect(status).to_have_text("Accepted: protest: Denmark against not stated")
    page.keyboard.press("Shift+A")
    expect(heading).to_have_text("All facts of this article are read.")

    facts = read_facts(project / facts_path(ID), project)
    assert facts.review.state is ReviewState.ACCEPTED
    assert facts.agreements[0].title == "pact on fishing"
    assert [one.id for one in facts.tensions] == ["t1"]
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


@pytest.mark.browser
def test_evidence_is_taken_from_the_words_that_are_selected(page: Page, project: Path) -> None:
    select = """words => {
        const walker = document.createTreeWalker(document.getElementById("text"), NodeFilter.SHOW_TEXT);
        for (let node = walker.nextNode(); node; node = walker.nextNode()) {
            const at = node.data.indexOf(words);
            if (at < 0) continue;
            document.getSelection().setBaseAndExtent(node, at, node, at + words.length);
            return;
        }
    }"""

    page.keyboard.press("c")
    page.evaluate(select, "agreement worth")
    field = page.locator('[data-path="status_evidence"]')
    field.get_by_role("button", name="Use selected words").click()
    page.keyboard.press("Control+Enter")
    expect(page.locator("#status")).to_have_text("Corrected: signed: fishing agreement")

    (fact,) = read_facts(project / facts_path(ID), project).agreements
    assert fact.status_evidence == evidence_of("agreement worth")


@pytest.mark.browser
def test_what_an_article_says_is_shown_as_text(server: ReviewServer, page: Page, project: Path) -> None:
    hostile = '<img src=x onerror="document.title=1"><script>document.title=2</script>'
    path = project / "seeds/articles/2026-03-09-hostile.txt"
    path.write_text(f" date 2026-03-09 {hostile}\nOn Monday, Norway and Sweden signed a fishing agreement. {hostile}")
    facts = read_articles(project)[0]
    other = next(one for one in facts if one.id == "2026-03-09-hostile")
    write_facts(
        make_facts(other, countries=(), people=(), agreements=(), quotations=(), events=()).model_copy(
            update={"tensions": ()}
        ),
        project,
    )
    server.desk = Desk(project, by=hostile, on="2026-03-31")

    page.goto(f"{server.address}#2026-03-09-hostile")
    page.reload()

    expect(page.locator("#text .head")).to_contain_text(hostile)
    expect(page.locator("#by")).to_have_text(hostile)
    assert page.locator("main img, main script").count() == 0
