"""The example service examples/blog: it runs unchanged on each backend, and answers the same."""

from __future__ import annotations

from pathlib import Path

import pytest
from example import BACKENDS, ask, running

ADA = {"Authorization": "Bearer ada"}
MARY = {"Authorization": "Bearer mary"}
DRAFT = {"title": "On engines!", "text": "They weave.", "tags": ["engines"]}


@pytest.mark.parametrize("backend", BACKENDS)
def test_the_blog_runs_unchanged(tmp_path: Path, backend: str) -> None:
    with running("blog", tmp_path, backend) as url:
        articles = f"{url}/articles"
        assert ask(articles).json == {"data": [], "message": "", "count": 0}
        refused = ask(articles, DRAFT)
        assert (refused.status, refused.json["data"]) == (401, None)
        assert "Bearer" in refused.json["message"]
        written = ask(articles, DRAFT, **ADA)
        assert (written.status, written.headers["Location"]) == (201, "/api/articles/on-engines")
        assert written.headers["Cache-Control"] == "no-store"
        assert written.json["data"]["writer"] == "Ada Lovelace"
        assert ask(articles, DRAFT, **ADA).status == 409
        assert "title" in ask(articles, {"text": ""}, **ADA).text
        assert ask(f"{articles}?tag=engines&limit=1").json["count"] == 1
        assert ask(f"{articles}?tag=poetry").json["data"] == []

        article = f"{articles}/on-engines"
        assert ask(article).json["data"]["text"] == "They weave."
        assert ask(f"{articles}/On%20engines").status == 404
        changed = {**DRAFT, "text": "They weave patterns."}
        assert ask(article, changed, "PUT", **MARY).status == 403
        assert ask(article, changed, "PUT", **ADA).json["data"]["text"] == "They weave patterns."

        assert ask(f"{article}/comments", {"text": "Yes."}).status == 201
        assert ask(f"{article}/comments", {"text": ""}).status == 400
        assert [comment["text"] for comment in ask(f"{article}/comments").json["data"]] == ["Yes."]
        assert ask(f"{articles}/none/comments").json["message"] == "There is no article 'none'"
        assert ask(f"{url}/tags").json["data"] == {"engines": 1}
        exported = ask(f"{url}/export/on-engines.md")
        assert exported.text == "# On engines!\n\nThey weave patterns.\n"
        assert exported.headers["Content-Type"] == "text/plain; charset=utf-8"
        assert ask(f"{url}/export/on-engines.pdf").status == 404

        preflight = {"Origin": "https://blog.example", "Access_Control_Request_Method": "PUT"}
        allowed = ask(article, None, "OPTIONS", **preflight).headers
        assert allowed["Access-Control-Allow-Origin"] == "https://blog.example"
        assert ask(article, Origin="https://other.example").status == 403
        assert ask(article, None, "DELETE", **ADA).status == 200
        assert ask(article).status == 404
