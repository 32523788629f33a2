"""Declarations that several routes share: parameters, and what OpenAPI is told about security."""

from typing import Annotated, Any

from fastapi import Path

ID = r"^[A-Za-z0-9_-]{1,64}$"

ConversationId = Annotated[str, Path(pattern=ID, description="Chosen by the client; whoever speaks first owns it.")]

CUSTOMER: dict[str, Any] = {"security": [{"session": []}, {"cookie": []}]}
PROGRAM: dict[str, Any] = {"security": [{"key": []}]}
OPEN: dict[str, Any] = {"security": []}

SCHEMES: dict[str, Any] = {
    "session": {"type": "http", "scheme": "bearer", "bearerFormat": "JWT", "description": "A session, or the host company's."},
    "cookie": {"type": "apiKey", "in": "cookie", "name": "frontdesk_session"},
    "key": {"type": "http", "scheme": "bearer", "description": "An API key with the role that the route needs."},
}

CONVERSATION_PARAMETER: dict[str, Any] = {
    "name": "conversation_id",
    "in": "path",
    "required": True,
    "schema": {"type": "string", "pattern": ID},
    "description": "Chosen by the client; whoever speaks first owns it.",
}
