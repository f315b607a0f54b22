"""The app: its parts put together over one service."""

from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from importlib.metadata import version

from fastapi import FastAPI
from starlette.middleware import Middleware

from api.http.documented import described
from api.http.heads import Heads
from api.http.part import Part
from api.http.problems import HANDLERS
from api.http.request_ids import RequestIds
from api.http.routes.asking import router as asking
from api.http.routes.bibliography import router as bibliography
from api.http.routes.health import HEALTH
from api.http.served import Service

DESCRIPTION = """Answers questions about a scientific review with its own sentences and the reference numbers that it
cites there. An answer is the same, byte for byte, for the same corpus and question; a corpus that doesn't answer a
question says so with status 200 and `insufficient_evidence`. Errors are RFC 9457 problem details."""
TAGS = [
    {"name": "questions", "description": "Answers and ranked passages"},
    {"name": "corpora", "description": "Corpora, their documents and bibliographies"},
    {"name": "jobs", "description": "Uploads on their way into a corpus"},
    {"name": "health", "description": "Whether the server runs and can answer"},
]
OWN = (Part(routers=(asking, bibliography)), HEALTH)


def create_app(service: Service, parts: Sequence[Part] = ()) -> FastAPI:
    """The app over a service, which it closes when it ends.

    `parts` add routes, layers around every request (keys, limits, security headers, logs, metrics) and what runs
    while the server does; see `Part`. The id of the request lies around them all. No documentation page is served: it
    would load scripts from elsewhere; the description is /openapi.json.
    """
    every = (*OWN, *parts)
    app = FastAPI(
        title="evqa",
        version=version("evqa"),
        description=DESCRIPTION,
        openapi_tags=TAGS,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        middleware=[Middleware(Heads), Middleware(RequestIds), *(layer for part in every for layer in part.middleware)],
        exception_handlers=HANDLERS,
        lifespan=lambda app: _lifespan(app, every),
    )
    app.state.service = service
    for part in every:
        for router in part.routers:
            app.include_router(router)
    app.openapi = described(app)  # type: ignore[method-assign]
    return app


@asynccontextmanager
async def _lifespan(app: FastAPI, parts: Sequence[Part]) -> AsyncIterator[None]:
    async with AsyncExitStack() as stack:
        stack.callback(app.state.service.close)
        for part in parts:
            if part.lifespan:
                await stack.enter_async_context(part.lifespan(app))
        yield
