"""The example services of the guides' chapters: each runs unchanged on each backend, and answers the same."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest
from example import BACKENDS, ask, running, send, until_listening

JSON = "application/json"
FORM = "application/x-www-form-urlencoded"


@pytest.mark.parametrize("backend", BACKENDS)
def test_api(tmp_path: Path, backend: str) -> None:
    with running("api", tmp_path, backend) as url:
        books = f"{url}/books"
        assert ask(books).json == {"data": [1, 2], "message": ""}
        assert ask(books).headers["X-Books"] == "2"
        assert ask(f"{books}?limit=1").json["data"] == [1]
        assert (ask(f"{books}/count").json["data"], ask(f"{books}/when").status) == (2, 200)
        made = ask(books, {"title": "Ulysses"})
        assert (made.status, made.json["data"]) == (201, 3)
        assert ask(f"{books}/3/title", {"title": "Dubliners"}, "PATCH").json["data"] == "Dubliners"
        assert ask(f"{books}/3", method="DELETE").status == 200
        assert ask(f"{books}/3").json["message"] == "There is no book 3"
        assert ask(f"{books}/3", method="DELETE").status == 404
        assert ask(f"{books}/slow").status == 503

        loan = f"{books}/1/loan"
        assert ask(loan).json["data"] == {"title": "Flatland", "reader": None}
        assert ask(loan, method="PUT").json["message"] == "Say who you are: X-Reader"
        assert ask(loan, method="PUT", X_Reader="ada").json["data"]["reader"] == "ada"
        assert ask(f"{loan}/labelled").json["data"] == "1: Flatland"
        assert ask(f"{loan}/label").status == 404
        assert ask(loan, method="DELETE").status == 200
        assert ask(loan, method="DELETE").json["message"] == "Nobody has Flatland"
        assert ask(f"{books}/9/loan").status == 404

        asked = ask(f"{url}/asked?word=a&word=b", User_Agent="me").json
        assert (asked["method"], asked["word"], asked["words"], asked["agent"]) == ("GET", "b", ["a", "b"], "me")
        assert (asked["address"], asked["url"]) == ("127.0.0.1", f"{url}/asked?word=a&word=b")
        assert ask(f"{url}/asked", "four").json == 6
        assert ask(f"{url}/wrapped").json == {"data": "wrapped", "message": ""}
        assert ask(f"{url}/everything").json["books"] == [1, 2]
        missing = ask(f"{url}/no/such")
        assert (missing.status, missing.json) == (404, {"missing": "/api/no/such"})
        preflight = ask(loan, method="OPTIONS", Origin="http://pages.example", Access_Control_Request_Method="PUT")
        assert "x-reader" in preflight.headers["Access-Control-Allow-Headers"].lower()
        assert ask(books, method="HEAD").headers["X-Books"] == "2"


@pytest.mark.parametrize("backend", BACKENDS)
def test_requests(tmp_path: Path, backend: str) -> None:
    with running("requests", tmp_path, backend) as url:
        assert ask(f"{url}/path/day/2026-12").json == [2026, 12]
        assert ask(f"{url}/path/day/2026-13").status == 400
        assert (ask(f"{url}/path/page").json, ask(f"{url}/path/page/3").json) == (1, 3)
        assert (ask(f"{url}/path/code/ABC").text, ask(f"{url}/path/code/abc").status) == ("ABC", 404)
        assert ask(f"{url}/path/slug/an-own-title").text == "an-own-title"
        assert ask(f"{url}/path/file/a/b.txt").json == ["a", "b.txt"]

        assert ask(f"{url}/query?page=2&@sort=name").json == {"page": 2, "sort": "name"}
        assert ask(f"{url}/query?page=100").status == 400
        whole = ask(f"{url}/query/whole?words=a&words=b&order=-name").json
        assert (whole["words"], whole["order"]) == (["a", "b"], "-name")
        assert ask(f"{url}/query/renamed?from=3&exact=true").json == {"from": 3, "exact": True}

        single = ask(f"{url}/headers/single", Authorization="me", X_Options='{"a": 1}', Cookie="session=s").json
        assert single == {"token": "me", "options": {"a": 1}, "session": "s"}
        whole = ask(f"{url}/headers/whole", User_Agent="me", X_Options='{"a": 1}', Cookie="theme=dark").json
        assert whole == {"agent": "me", "options": {"a": 1}, "theme": "dark"}

        place = {"lat": 1.5, "lon": 2.5, "name": "here"}
        for path in ("place", "json"):
            assert ask(f"{url}/body/{path}", place).json == place
        for path in ("place", "form"):
            assert send(f"{url}/body/{path}", urlencode(place).encode(), FORM).json == place
        assert send(f"{url}/body/json", urlencode(place).encode(), FORM).status == 415
        assert ask(f"{url}/body/place", {**place, "lat": 91}).status == 400
        assert (ask(f"{url}/body/places", [place, place]).json, ask(f"{url}/body/places", place).json) == (2, 1)
        assert send(f"{url}/body/places", urlencode(place).encode(), FORM).json == 1
        assert ask(f"{url}/body/fields", {"place": place, "note": "n"}).json == {"name": "here", "note": "n"}
        assert send(f"{url}/body/text", b"<p>", "text/html").json == 3
        assert send(f"{url}/body/text", b"x" * 501, "text/html").status == 413


@pytest.mark.parametrize("backend", BACKENDS)
def test_responses(tmp_path: Path, backend: str) -> None:
    with running("responses", tmp_path, backend) as url:
        assert ask(f"{url}/plain").json == {"numbers": [1, 2]}
        built = ask(f"{url}/plain/built")
        assert (built.status, built.text, built.headers["X-Made"]) == (202, "made", "by hand")
        assert built.headers["Set-Cookie"].startswith("theme=dark")
        assert ask(f"{url}/plain/own").status == 202
        assert ask(f"{url}/plain/point").json == {"x": 1, "y": 2}
        assert [ask(f"{url}/plain/bent?header={header}").status for header in ("false", "true")] == [500, 500]

        wrapped = {"data": [1], "msg": "", "total": None, "state": None}
        assert ask(f"{url}/wrapped").json == wrapped
        counted = {"data": [1, 2], "msg": "two", "total": 2, "state": "ready"}
        assert ask(f"{url}/wrapped/counted").json == counted
        assert ask(f"{url}/wrapped", method="POST").status == 201
        missing = ask(f"{url}/wrapped/missing")
        assert (missing.status, missing.json["data"], missing.json["msg"]) == (404, None, "There is nothing")
        refused = ask(f"{url}/wrapped/refused")
        assert (refused.status, refused.json["msg"], refused.json["state"]) == (403, "Not you", "closed")
        assert ask(f"{url}/wrapped/failing").status == 409
        unknown = ask(f"{url}/wrapped/no/such")
        assert (unknown.status, sorted(unknown.json)) == (404, ["data", "msg", "state", "total"])

        errors = {"permission": 403, "file": 404, "implemented": 501, "time": 503, "other": 400}
        assert {name: ask(f"{url}/errors/{name}").status for name in errors} == errors


@pytest.mark.parametrize("backend", BACKENDS)
def test_plugins(tmp_path: Path, backend: str) -> None:
    with running("plugins", tmp_path, backend) as url:
        assert [ask(f"{url}/counted").headers["X-Count"] for _ in range(2)] == ["1 of CountedAPI", "2 of CountedAPI"]
        twice = ask(f"{url}/counted/twice")
        assert twice.headers["X-Inner"] == "1 of CountedAPI"
        lost = ask(f"{url}/counted/lost")
        assert (lost.status, lost.json) == (404, {"looked": "/api/counted/lost"})
        told = ask(f"{url}/greeting").json
        assert told["word"] == "hi"
        assert sorted(told["steps"]) == ["hook", "on_startup", "setup"]


@pytest.mark.parametrize("backend", BACKENDS)
def test_types(tmp_path: Path, backend: str) -> None:
    with running("types", tmp_path, backend) as url:
        day = "2026-01-01T00:00:00Z"
        simple = ask(f"{url}/simple?number=7&share=1.5&word=w&truth=true&kind=b&size=3&day={quote(day)}").json
        told = {"number": 7, "share": 1.5, "word": "w", "truth": True, "kind": "b", "size": 3}
        assert simple == {**told, "day": "2026-01-01 00:00:00"}
        assert ask(f"{url}/simple?number=7&kind=c").status == 400
        assert ask(f"{url}/simple?number=7").json["size"] is None
        assert ask(f"{url}/ruled?code=abc&even=4&part=0.123").json == {"code": "abc", "even": 4, "part": 0.12}
        for wrong in ("code=ab", "code=abc&even=3", "code=abc&part=1"):
            assert ask(f"{url}/ruled?{wrong}").status == 400
        box = ask(f"{url}/box", {"width": 10, "height": 2.346, "label": "a"}).json
        assert box == {"width": 10, "height": 2.35, "label": "a", "colour": "red", "area": 23.5}
        for wrong_box in ({"width": 11, "height": 1}, {"width": 10, "height": 1, "colour": "blue"}):
            assert ask(f"{url}/box", wrong_box).status == 400


@pytest.mark.parametrize("backend", BACKENDS)
def test_configuration(tmp_path: Path, backend: str) -> None:
    with running("configuration", tmp_path, backend) as url:
        assert ask(f"{url}/greeting").json == {"greeting": "good morning", "shelves": 3, "at": "https://shop.example"}
        assert ask(f"{url}/apps").json == ["shop.goods", "staff.people"]
        assert ask(f"{url}/databases").json == {"default": ["", ""], "stock": ["127.0.0.1", 5432]}
        about = ask(f"{url.removesuffix('/api')}/about")
        assert (about.status, about.text) == ((200, "about us") if backend == "django" else (404, about.text))


@pytest.mark.parametrize("backend", BACKENDS)
def test_migration_into_an_application(tmp_path: Path, backend: str) -> None:
    with running("migration", tmp_path, backend) as url:
        until_listening(url)
        assert ask(f"{url}/old").text == "old"
        assert re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d", ask(f"{url}/v1/api/clock/now").json["now"])
        assert ask(f"{url}/alone/hello").text == "no service"
        assert ask(f"{url}/nowhere").status == 404


@pytest.mark.parametrize("backend", [name for name in BACKENDS if name != "django"])
def test_migration_of_an_application(tmp_path: Path, backend: str) -> None:
    with running("migration", tmp_path, backend, "injected.py") as url:
        assert ask(f"{url}/now").status == 200
        assert ask(f"{url.removesuffix('/api')}/old").text == "old"


def test_migration_of_applications_of_others(tmp_path: Path) -> None:
    with running("migration", tmp_path, "starlette", "mounted.py") as url:
        assert ask(f"{url}/wsgi/old").text == ask(f"{url}/asgi/old").text == "old"
