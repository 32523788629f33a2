"""How often the right passage is among the first three: public questions against public help pages."""

import json
from pathlib import Path
from typing import Any

import pytest

from shared.stores.fts5 import Fts5Knowledge
from shared.stores.knowledge import Passage

DATA = Path(__file__).parents[3].parent / "shared" / "data" / "rag"

pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason="evaluation data are not beside the project (../shared/data/rag)")


def lines(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (DATA / name).read_text(encoding="utf-8").splitlines()]


def faq() -> tuple[list[Passage], list[tuple[str, set[str], str]]]:
    passages = [
        Passage(id=doc["id"], source=doc["id"], title=doc["question"], text=" ".join(doc["answers"]))
        for doc in lines("stackfaq_docs.jsonl")
    ]
    return passages, [(row["query"], set(row["relevant"]), "") for row in lines("stackfaq_queries.jsonl")]


def articles() -> tuple[list[Passage], list[tuple[str, set[str], str]]]:
    passages = [
        Passage(id=doc["id"], source=doc["id"], title=doc["title"], text=doc["text"])
        for doc in lines("tau2_banking_docs.jsonl")
    ]
    return passages, [(row["query"], set(row["relevant"]), "") for row in lines("tau2_banking_queries.jsonl")]


def places() -> tuple[list[Passage], list[tuple[str, set[str], str]]]:
    """Frequent questions and reviews of 143 places; a turn is asked of its own place, as a shop has its own pages."""
    passages, place = [], {}
    for doc in lines("dstc11_knowledge.jsonl"):
        question, mark, answer = doc["text"].partition("?")
        title, text = (question + mark, answer) if doc["type"] == "faq" and mark else ("", doc["text"])
        place[doc["id"]] = f"{doc['domain']} {doc['entity']}"
        passages.append(Passage(id=doc["id"], source=place[doc["id"]], title=title, text=text))
    turns = (row for row in lines("dstc11_turns.jsonl") if row["needs_knowledge"] and row["relevant"])
    return passages, [(row["context"][-1][1], set(row["relevant"]), place[row["relevant"][0]]) for row in turns]


@pytest.mark.parametrize(("corpus", "least"), [(faq, 0.90), (articles, 0.60), (places, 0.85)])
async def test_recall_at_three(corpus: Any, least: float, tmp_path: Path, record_property: Any) -> None:
    passages, questions = corpus()
    sources = {where for _, _, where in questions} - {""}
    stores = {where: Fts5Knowledge(tmp_path / f"{number}.db") for number, where in enumerate(sources or {""})}
    for where, store in stores.items():
        await store.add([passage for passage in passages if passage.source == where or not where])
    hits = 0
    for question, relevant, where in questions:
        found = await stores[where].search(question, limit=3)
        hits += any(passage.id in relevant for passage in found)
    for store in stores.values():
        await store.close()
    recall = hits / len(questions)
    record_property("recall_at_3", recall)
    print(f"{corpus.__name__}: recall@3 {recall:.3f} over {len(questions)} questions, {len(passages)} passages")
    assert recall >= least
