"""The app: routes, the layers around them, and what runs while the server does."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from importlib.metadata import version

from fastapi import FastAPI
from starlette.middleware import Middleware

from api.http.documented import openapi_of
from api.http.guards.body_size import BodySize
from api.http.jobs.enrichment import router as enrichment
from api.http.jobs.job_runner import Jobs
from api.http.jobs.removal import router as removal
from api.http.jobs.renaming import router as renaming
from api.http.jobs.routes import router as jobs
from api.http.jobs.upload_form import UploadLimits, limits_from
from api.http.jobs.uploads import router as uploads
from api.http.problems import HANDLERS
from api.http.requests import Requests
from api.http.routes.asking import router as asking
from api.http.routes.auditing import router as auditing
from api.http.routes.batches import router as batches
from api.http.routes.bibliography import router as bibliography
from api.http.routes.checking import router as checking
from api.http.routes.docs_page import router as docs_page
from api.http.routes.documents import router as documents
from api.http.routes.examples import router as examples
from api.http.routes.exports import router as exports
from api.http.routes.failures import router as failures
from api.http.routes.features import router as features
from api.http.routes.health import Readiness
from api.http.routes.health import router as health
from api.http.routes.metrics import Gauges
from api.http.routes.metrics import router as metrics
from api.http.routes.page_files import router as page_files
from api.http.routes.pages import router as pages
from api.http.routes.tables import router as tables
from api.http.served import Service

DESCRIPTION = """Answers questions about a scientific review with its own sentences and the reference numbers that it
cites there. An answer is the same, byte for byte, for the same corpus and question; a corpus that doesn't answer a
question says so with status 200 and `insufficient_evidence`. Errors are RFC 9457 problem details."""
TAGS = [
    {"name": "questions", "description": "Answers and ranked passages"},
    {"name": "corpora", "description": "Corpora, their documents and bibliographies"},
    {"name": "jobs", "description": "Uploads on their way into a corpus, and references looked up"},
    {"name": "health", "description": "Whether the server runs and can answer"},
]
ROUTERS = (
    asking,
    batches,
    tables,
    checking,
    bibliography,
    documents,
    examples,
    exports,
    failures,
    pages,
    auditing,
    uploads,
    removal,
    renaming,
    enrichment,
    jobs,
    health,
    features,
    metrics,
    page_files,
    docs_page,
)


def create_app(service: Service, layers: Sequence[Middleware] = (), limits: UploadLimits | None = None) -> FastAPI:
    """The app over a service, which it closes when it ends.

    `layers` are plain ASGI classes around every request, the first outermost; each finds the request's id in
    `scope["state"]["request_id"]` and refuses with `problem_response`. `limits` bound uploads; by default they are
    those of the settings. FastAPI's documentation pages, which load scripts from elsewhere, are off: the description
    is /openapi.json, and /docs a page of it. Raises UsageError for limits that can't be used.
    """
    limits = limits or limits_from(service.settings)
    app = FastAPI(
        title="evqa",
        version=version("evqa"),
        description=DESCRIPTION,
        openapi_tags=TAGS,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        middleware=[Middleware(Requests), *layers, Middleware(BodySize, upload=limits.upload)],
        exception_handlers=HANDLERS,
        lifespan=_lifespan,
    )
    app.state.service, app.state.upload_limits = service, limits
    for router in ROUTERS:
        app.include_router(router)
    app.openapi = openapi_of(app)  # type: ignore[method-assign]
    return app


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    service = app.state.service
    app.state.readiness, app.state.jobs = readiness, running = Readiness(service), Jobs(service)
    app.state.gauges = Gauges(service, running)
    service.counters.registry.register(app.state.gauges)
    async with AsyncExitStack() as stack:
        stack.push_async_callback(asyncio.to_thread, service.close)
        stack.push_async_callback(readiness.end)
        readiness.begin()
        stack.push_async_callback(running.close)
        await running.begin()
        yield
