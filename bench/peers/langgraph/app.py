"""The peer: a support graph on LangGraph behind FastAPI, as its documentation builds one.

`python app.py MODEL_URL DATABASE PORT` runs one worker, in the environment of `requirements.txt`. A turn is four nodes
(screen, assemble, agent, deliver) under LangGraph's own checkpointer on SQLite in its default mode: a conversation is a
thread, its last 20 turns are the prompt, and the state is kept after each node while the next one runs.
"""

import json
import re
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, TypedDict

import uvicorn
from fastapi import FastAPI
from fastapi.responses import StreamingResponse
from langgraph.checkpoint.sqlite.aio import AsyncSqliteSaver
from langgraph.config import get_stream_writer
from langgraph.graph import END, START, StateGraph
from openai import AsyncOpenAI
from pydantic import BaseModel

SYSTEM = {"role": "system", "content": "You are an assistant. " * 100}
REMEMBERED = 40  # messages: 20 turns
PERSONAL = re.compile(r"[\w.+-]+@[\w-]+\.\w+|\+?\d[\d -]{7,}\d")


class State(TypedDict, total=False):
    """What LangGraph keeps of a conversation."""

    text: str
    history: list[dict[str, str]]
    prompt: list[dict[str, str]]
    reply: str


class Asked(BaseModel):
    """The body of a request."""

    conversation: str
    text: str


def graph(model: AsyncOpenAI) -> Any:
    """The four nodes in a row."""

    async def screen(state: State) -> State:
        return {"text": PERSONAL.sub("<PII>", state["text"])}

    async def assemble(state: State) -> State:
        return {"prompt": [SYSTEM, *state.get("history", []), {"role": "user", "content": state["text"]}]}

    async def agent(state: State) -> State:
        tell, pieces = get_stream_writer(), []
        messages: Any = state["prompt"]
        async for chunk in await model.chat.completions.create(model="bench", messages=messages, stream=True):
            if chunk.choices and (piece := chunk.choices[0].delta.content):
                pieces.append(piece)
                tell(piece)
        return {"reply": "".join(pieces), "prompt": []}

    async def deliver(state: State) -> State:
        said = [{"role": "user", "content": state["text"]}, {"role": "assistant", "content": state["reply"]}]
        return {"history": [*state.get("history", []), *said][-REMEMBERED:]}

    built = StateGraph(State)
    nodes = [screen, assemble, agent, deliver]
    names = [each.__name__ for each in nodes]
    for name, node in zip(names, nodes, strict=True):
        built.add_node(name, node)
    for before, after in zip([START, *names], [*names, END], strict=True):
        built.add_edge(before, after)
    return built


def create_app(model_url: str, database: str) -> FastAPI:
    """`POST /turn` answers with the reply as server-sent events."""
    running: dict[str, Any] = {}

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        async with AsyncSqliteSaver.from_conn_string(database) as saver:
            await saver.setup()
            running["graph"] = graph(AsyncOpenAI(base_url=f"{model_url}/v1", api_key="bench")).compile(checkpointer=saver)
            yield

    app = FastAPI(lifespan=lifespan)

    @app.post("/turn")
    async def turn(asked: Asked) -> StreamingResponse:
        async def events() -> AsyncIterator[str]:
            thread, pieces = {"configurable": {"thread_id": asked.conversation}}, []
            async for piece in running["graph"].astream({"text": asked.text}, thread, stream_mode="custom"):
                pieces.append(piece)
                yield f"event: delta\ndata: {json.dumps({'text': piece})}\n\n"
            yield f"event: reply\ndata: {json.dumps({'text': ''.join(pieces)})}\n\n"

        return StreamingResponse(events(), media_type="text/event-stream")

    return app


if __name__ == "__main__":
    uvicorn.run(
        create_app(sys.argv[1], sys.argv[2]),
        host="127.0.0.1",
        port=int(sys.argv[3]),
        loop="uvloop",
        http="httptools",
        access_log=False,
        timeout_keep_alive=3600,
    )
