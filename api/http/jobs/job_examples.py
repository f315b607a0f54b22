"""Jobs as the description of the service shows them."""

from typing import Any

JOB: dict[str, Any] = {
    "id": "j-4f0c2a9d7be81536",
    "corpus": "default",
    "state": "queued",
    "done": 0,
    "total": 0,
    "strict": False,
    "ocr": False,
    "allow_partial": False,
    "created": "2026-03-02T09:30:00.000+00:00",
    "updated": "2026-03-02T09:30:00.000+00:00",
    "files": [{"name": "vesicles.md", "bytes": 48_211}],
    "outcomes": [],
    "documents": [],
}
DONE: dict[str, Any] = {
    **JOB,
    "state": "done",
    "updated": "2026-03-02T09:30:12.000+00:00",
    "outcomes": [
        {
            "file": "vesicles.md",
            "state": "new",
            "document": "d-91c0aa52de7b4f10",
            "title": "A review of vesicles",
            "references": 90,
            "citations": 118,
            "passages": 512,
            "embedded": 512,
            "integrity": {"references": 90, "contiguous": True, "citations": 118},
            "placement": {
                "document": "d-91c0aa52de7b4f10",
                "source": "vesicles.md",
                "title": "A review of vesicles",
                "kind": "review",
            },
        }
    ],
    "documents": ["d-91c0aa52de7b4f10"],
}
EVENTS = (
    "id: 2\r\nevent: progress\r\n"
    'data: {"id":"j-4f0c2a9d7be81536","state":"running","stage":"embed","done":0,"total":512,"file":null,"error":null}'
    "\r\n\r\n"
)
