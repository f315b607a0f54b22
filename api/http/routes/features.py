"""GET /v1/features."""

from fastapi import APIRouter, Response

from api.http.documented import answers
from api.http.routes.asking import JSON, Served
from api.text.json_text import json_text

router = APIRouter(prefix="/v1", tags=["health"])


@router.get(
    "/features",
    summary="What this server can do beyond answering",
    response_class=Response,
    responses=answers("What is set up", {"phrasing": False}, 500),
)
async def features(service: Served) -> Response:
    """`phrasing`: whether a language model is set, so that a question may be asked with `phrase`."""
    return Response(json_text({"phrasing": bool(service.settings.llm and service.settings.llm_model)}), media_type=JSON)
