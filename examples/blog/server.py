"""A small blog: what the API language looks like, on any of the six backends.

    BLOG_BACKEND=tornado python server.py
    curl -H 'Authorization: Bearer ada' -d '{"title": "On engines", "text": "They weave."}' \
        -H 'Content-Type: application/json' http://127.0.0.1:8000/api/articles

Articles are kept in the memory of the process: it is about the API.
"""

import itertools
import os
import re
from dataclasses import dataclass, field, replace
from datetime import datetime, timezone
from typing import Any

from utilmeta import UtilMeta
from utilmeta.core import api, request
from utilmeta.core.api import Error
from utilmeta.core.response import Response
from utilmeta.utils.exceptions import Conflict, NotFound, PermissionDenied, Unauthorized

WRITERS = {"ada": "Ada Lovelace", "mary": "Mary Shelley"}
NUMBERS = itertools.count(1)


# Models are plain classes: what a client sends is checked against them, what an endpoint returns is written from them.


@dataclass
class Comment:
    text: str
    number: int = field(default_factory=lambda: next(NUMBERS))


@dataclass
class Draft:
    title: str
    text: str
    tags: list[str] = field(default_factory=list)


@dataclass
class Article(Draft):
    slug: str = ""
    writer: str = ""
    written: datetime = field(default_factory=lambda: datetime.now(timezone.utc))
    comments: list[Comment] = field(default_factory=list)


@dataclass
class Page:
    """What may stand in the query of a list."""

    tag: str = ""
    offset: int = 0
    limit: int = 10


ARTICLES: dict[str, Article] = {}


def article(slug: str) -> Article:
    if slug not in ARTICLES:
        raise NotFound(f"There is no article {slug!r}")
    return ARTICLES[slug]


class Wrapped(Response):
    """Every result is sent in `data`, and so is the reason of every error in `message`."""

    result_key = "data"
    message_key = "message"
    count_key = "count"


class WriterAPI(api.API):
    """Base of what writers alone may change. A class attribute is a parameter of every endpoint of the class."""

    authorization: str = request.HeaderParam(default="")

    @property
    def writer(self) -> str:
        token = self.authorization.removeprefix("Bearer ")
        if token not in WRITERS:
            raise Unauthorized("Say who you are: Authorization: Bearer ...", headers={"WWW-Authenticate": "Bearer"})
        return WRITERS[token]


@api.route("{slug}/comments")
class CommentsAPI(api.API):
    """Anybody may comment. Mounted below an article, so each endpoint may take its slug."""

    def get(self, slug: str) -> list[Comment]:
        return article(slug).comments

    def post(self, slug: str, text: str = request.BodyParam(min_length=1, max_length=400)) -> Wrapped:
        comment = Comment(text)
        article(slug).comments.append(comment)
        return Wrapped(comment, status=201)


class ArticlesAPI(WriterAPI):
    """A function named after a method is the class's own path, /articles; the others say their routes."""

    comments: CommentsAPI

    def get(self, page: Page = request.Query) -> Wrapped:
        found = [each for each in ARTICLES.values() if not page.tag or page.tag in each.tags]
        return Wrapped(found[page.offset : page.offset + page.limit], count=len(found))

    def post(self, draft: Draft = request.Body) -> Wrapped:
        slug = re.sub(r"[^a-z0-9]+", "-", draft.title.lower()).strip("-")
        if not slug or slug in ARTICLES:
            raise Conflict(f"The title {draft.title!r} is taken, or none")
        ARTICLES[slug] = Article(**vars(draft), slug=slug, writer=self.writer)
        return Wrapped(ARTICLES[slug], status=201, headers={"Location": f"/api/articles/{slug}"})

    @api.get("{slug}")
    def one(self, slug: str = request.SlugPathParam) -> Article:
        return article(slug)

    @api.put("{slug}", idempotent=True)
    def change(self, slug: str = request.SlugPathParam, draft: Draft = request.Body) -> Article:
        ARTICLES[slug] = replace(article(slug), **vars(draft))
        return ARTICLES[slug]

    @api.delete("{slug}")
    def remove(self, slug: str = request.SlugPathParam) -> None:
        del ARTICLES[slug]

    @api.before(change, remove)
    def must_be_its_writer(self, slug: str) -> None:
        if article(slug).writer != self.writer:
            raise PermissionDenied("Only who wrote an article changes it")


@api.CORS(allow_origin="https://blog.example", allow_headers=["Authorization", "Content-Type"])
class RootAPI(api.API):
    articles: ArticlesAPI

    class response(Wrapped):
        """The template of everything below that has none nearer."""

    @api.get(summary="The tags there are, each with its articles.", timeout=5)
    def tags(self) -> dict[str, int]:
        tags = [tag for each in ARTICLES.values() for tag in each.tags]
        return {tag: tags.count(tag) for tag in sorted(set(tags))}

    @api.get("export/{path}")
    def export(self, path: str = request.FilePathParam) -> Response:
        slug, _, suffix = path.rpartition(".")
        found = article(slug)
        text = {"md": f"# {found.title}\n\n{found.text}\n", "txt": found.text}[suffix]
        return Response(text, content_type="text/plain; charset=utf-8")  # built already: no template is put around it

    @api.handle(export, KeyError)
    def other_format(self, error: Error) -> Any:
        raise NotFound(f"An article is exported as .md or .txt, not {error.message}")

    @api.after("*")
    def do_not_keep(self, answer: Response) -> None:
        answer.headers["Cache-Control"] = "no-store"


service = UtilMeta(
    __name__,
    name="blog",
    backend=os.environ.get("BLOG_BACKEND", "starlette"),
    port=int(os.environ["BLOG_PORT"]) if "BLOG_PORT" in os.environ else None,
    api=RootAPI,
    route="/api",
)
app = service.application()

if __name__ == "__main__":
    service.run()
