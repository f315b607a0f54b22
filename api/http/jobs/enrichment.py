"""POST /v1/corpora/{name}/enrichment: the references of a corpus looked up, as a job."""

from typing import Any

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from api.corpus_names import own_name
from api.errors import AbsentError
from api.http.documented import refusals
from api.http.jobs.job import Enrichment, Job
from api.http.jobs.job_examples import JOB
from api.http.jobs.uploads import jobs_of
from api.http.routes.asking import JSON, Served
from api.http.routes.bibliography import Name
from index.disk.folder import RECORDS, corpus_folder

router = APIRouter(prefix="/v1/corpora", tags=["corpora"])
STARTED: dict[str, Any] = {**JOB, "files": [], "enrichment": {"abstracts": True, "texts": False}}


class EnrichmentBody(BaseModel):
    """What becomes of the references."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    abstracts: bool = Field(default=False, description="make abstracts passages of the cited papers")
    texts: bool = Field(default=False, description="the same for full texts under a licence that allows it")


@router.post(
    "/{name}/enrichment",
    status_code=202,
    summary="Look up the references",
    response_class=Response,
    responses={
        202: {
            "description": "The job that asks Crossref and others; its address is in Location",
            "model": Job,
            "content": {JSON: {"example": STARTED}},
            "headers": {"Location": {"description": "address of the job", "schema": {"type": "string"}}},
        },
        **refusals(404, 413, 415, 422, 500, 503, 507),
    },
)  # fmt: skip
async def enrichment(name: Name, body: EnrichmentBody, request: Request, service: Served) -> Response:
    """What `evqa enrich` does: asks whether the cited works still stand, and keeps the answers. This is the one request
    by which the server asks other servers. What was answered before isn't asked again; a cancelled job keeps what it
    was told."""
    if not (corpus_folder(service.home, own_name(name)) / RECORDS).exists():
        raise AbsentError(f"no corpus {name!r}", "it isn't there", "GET /v1/corpora names those that are")
    chosen = Enrichment(abstracts=body.abstracts, texts=body.texts)
    job = await jobs_of(request).enrich(name, chosen)
    return Response(job.model_dump_json(), 202, {"Location": f"/v1/jobs/{job.id}"}, JSON)
