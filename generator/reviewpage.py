"""The review as a page on this computer: HTTP on 127.0.0.1 for one browser, and nothing for anybody else.

Another page in the same browser, another user of the same computer and a name that leads to 127.0.0.1 must get
nothing: the address holds a secret, `Host` and `Origin` must be ours, and a decision must come as JSON. The page itself
may load nothing from elsewhere and runs no script but its own file; it writes every text as text.
"""

import hmac
import json
import secrets
from collections.abc import Callable, Mapping
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from generator.errors import PactbookError
from generator.review import Desk, RefusedError

HOST = "127.0.0.1"
_LIMIT = 1_000_000  # bytes of a request's body
_SECONDS = 30  # that a request may take to arrive
_ASSETS: Mapping[str, tuple[str, str]] = {
    "": ("review.html", "text/html; charset=utf-8"),
    "review.css": ("review.css", "text/css; charset=utf-8"),
    "review.js": ("review.js", "text/javascript; charset=utf-8"),
}
_HEADERS: Mapping[str, str] = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'"
    ),
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
_NOT_HERE = "Not here. Open the address that pactbook review has printed."


class ReviewServer(ThreadingHTTPServer):
    """Serves one desk; `address` is what a browser opens."""

    daemon_threads = True

    def __init__(self, desk: Desk, assets: Path, *, port: int = 0) -> None:
        """Listen, but serve nothing before `serve_forever`.

        Args:
            assets: The folder that holds the page, its style and its script.
            port: 0: a free one.

        Raises:
            OSError: The port is taken.
            PactbookError: A file of the page is missing.
        """
        self.desk = desk
        self.token = secrets.token_urlsafe(24)
        self.assets = {name: (_read(assets / file), kind) for name, (file, kind) in _ASSETS.items()}
        super().__init__((HOST, port), _Handler)

    @property
    def origin(self) -> str:
        """Scheme, host and port, as a browser names where a page comes from."""
        return f"http://{HOST}:{self.server_port}"

    @property
    def address(self) -> str:
        """Where the page is; whoever knows it can decide."""
        return f"{self.origin}/{self.token}/"


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise PactbookError(f"{path}: cannot be read: {error.strerror}. Take it from git again.") from error


class _Handler(BaseHTTPRequestHandler):
    """One request."""

    server: ReviewServer
    protocol_version = "HTTP/1.1"
    timeout = _SECONDS
    server_version = "pactbook"
    sys_version = ""

    def do_GET(self) -> None:  # the name that http.server looks for
        """The page, its files, and what it shows."""
        place = self._place()
        if place is None:
            return
        if place in self.server.assets:
            data, kind = self.server.assets[place]
            self._answer(HTTPStatus.OK, data, kind)
        elif place == "api/articles":
            told = {"articles": self.server.desk.overview(), "by": self.server.desk.by}
            self._answer_json(HTTPStatus.OK, told)
        elif place.startswith("api/articles/"):
            self._try(lambda: self.server.desk.article(place.removeprefix("api/articles/")))
        else:
            self._refuse(HTTPStatus.NOT_FOUND, _NOT_HERE)

    def do_POST(self) -> None:
        """A decision; the answer is the article as it is then."""
        place = self._place()
        if place is None:
            return
        if self.headers.get("Origin") != self.server.origin or not self._is_same_site():
            self._refuse(HTTPStatus.FORBIDDEN, "This request comes from another page. It was not carried out.")
            return
        given = self._body()
        decide = {"api/accept": _accept, "api/reject": _reject, "api/correct": _correct, "api/undo": _undo}.get(place)
        if given is None:
            return
        if decide is None:
            self._refuse(HTTPStatus.NOT_FOUND, _NOT_HERE)
            return
        self._try(lambda: decide(self.server.desk, given))

    def _place(self) -> str | None:
        """What is asked for, without the secret; None: the request is not for us, and has its answer."""
        if self.headers.get_all("Host") != [f"{HOST}:{self.server.server_port}"]:
            self._refuse(HTTPStatus.MISDIRECTED_REQUEST, _NOT_HERE)
            return None
        _, _, rest = urlsplit(self.path).path.partition("/")
        token, _, place = rest.partition("/")
        if not hmac.compare_digest(token.encode(), self.server.token.encode()):
            self._refuse(HTTPStatus.NOT_FOUND, _NOT_HERE)
            return None
        return unquote(place)

    def _is_same_site(self) -> bool:
        """Browsers say from where a request comes; what is no browser does not."""
        return self.headers.get("Sec-Fetch-Site", "same-origin") == "same-origin"

    def _body(self) -> dict[str, Any] | None:
        """The values of a request; None: they cannot be read, and the request has its answer."""
        length = self.headers.get("Content-Length", "")
        if self.headers.get_content_type() != "application/json" or not length.isascii() or not length.isdigit():
            self._refuse(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "A decision must come as JSON with its length.")
            return None
        if int(length) > _LIMIT:
            self._refuse(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, f"A decision has at most {_LIMIT:,} bytes.")
            return None
        try:
            given = json.loads(self.rfile.read(int(length)))
            json.dumps(given, ensure_ascii=False).encode()  # half a character could be written, but not read again
        except (ValueError, RecursionError):
            given = None
        if not isinstance(given, dict):
            self._refuse(HTTPStatus.BAD_REQUEST, "The decision is no JSON object.")
            return None
        return given

    def _try(self, work: Callable[[], Any]) -> None:
        try:
            self._answer_json(HTTPStatus.OK, work())
        except RefusedError as error:
            problems = [{"place": place, "message": message} for place, message in error.problems]
            self._answer_json(HTTPStatus.CONFLICT, {"message": str(error), "problems": problems})
        except OSError as error:
            message = f"{error.filename or 'The file'}: {error.strerror or error}. The files are as they were."
            self._answer_json(HTTPStatus.INTERNAL_SERVER_ERROR, {"message": message, "problems": []})

    def _refuse(self, status: HTTPStatus, message: str) -> None:
        """An answer that tells nothing, after which the connection ends: what follows in it is not read."""
        self.close_connection = True
        self._answer(status, f"{message}\n".encode(), "text/plain; charset=utf-8")

    def _answer_json(self, status: HTTPStatus, value: object) -> None:
        # ASCII: whatever characters an article holds, the answer is well-formed
        self._answer(status, json.dumps(value).encode("ascii"), "application/json")

    def _answer(self, status: HTTPStatus, data: bytes, kind: str) -> None:
        self.send_response(status)
        for name, value in {**_HEADERS, "Content-Type": kind, "Content-Length": str(len(data))}.items():
            self.send_header(name, value)
        if self.close_connection:
            self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_values: object) -> None:
        """Requests are not told: their addresses hold the secret."""


# -- decisions ---------------------------------------------------------------------------------------


def _accept(desk: Desk, given: Mapping[str, Any]) -> Any:
    keys = given.get("facts")
    if not isinstance(keys, list):
        raise RefusedError("`facts` must be a list.")
    desk.accept(_text(given, "article"), _text(given, "version"), [str(key) for key in keys])
    return desk.article(_text(given, "article"))


def _reject(desk: Desk, given: Mapping[str, Any]) -> Any:
    desk.reject(_text(given, "article"), _text(given, "version"), _text(given, "fact"))
    return desk.article(_text(given, "article"))


def _correct(desk: Desk, given: Mapping[str, Any]) -> Any:
    name = _text(given, "article")
    desk.correct(name, _text(given, "version"), _text(given, "fact"), given.get("values"))
    return desk.article(name)


def _undo(desk: Desk, _given: Mapping[str, Any]) -> Any:
    name, key = desk.undo()
    return {**desk.article(name), "undone": key}


def _text(given: Mapping[str, Any], name: str) -> str:
    value = given.get(name)
    if not isinstance(value, str):
        raise RefusedError(f"`{name}` must be a text.")
    return value
