"""2,000 annotated questions, a reply to each in every setting, and what the restatement makes of them."""

from __future__ import annotations

import gzip
import json
import random
from pathlib import Path
from typing import Any

from .replies import bare_reply, clue_reply, fresh_box
from .restate import score_reply, summarize

PATH = Path(__file__).resolve().parents[3] / "tests/fixtures/golden/benchmark.json.gz"
ITEMS = 2000
SEED = 5328
SETTINGS = ("long", "ref", "clue")


def seconds(rng: random.Random, value: float, written: str) -> Any:
    if written == "text":
        return f"{value:.2f}"
    return f"{value}" if written == "mixed" and rng.random() < 0.5 else value


def make_events(rng: random.Random, count: int) -> list[Any]:
    """Events of uneven lengths, sometimes touching, sometimes without any."""
    written = rng.choice(["text", "number", "mixed"])
    now, events = rng.uniform(0, 900), []
    for _ in range(count):
        start = round(now, rng.choice([0, 1, 2]))
        end = round(start + rng.choice([0.0, 0.5, 1, 2.5, rng.uniform(0, 30)]), 2)
        events.append({"start": seconds(rng, start, written), "end": seconds(rng, end, written)})
        now = end + rng.choice([0, 0, rng.uniform(0, 60)])
    return events


def make_boxes(rng: random.Random, count: int, stamps: list[Any]) -> list[Any]:
    return [{"timestamp": rng.choice(stamps), "bbox": fresh_box(rng)} for _ in range(count)]


def make_item(rng: random.Random, index: int) -> dict[str, Any]:
    category = rng.choices(["event", "object", "attribute"], [5, 4, 3])[0]
    most = rng.choice([3, 6, 6, 8] if category == "attribute" else [3, 6, 6, 20])
    answer = rng.randrange(most + 1) if rng.random() < 0.2 else rng.randrange(1, most + 1)
    written = rng.choice(["text", "number"])
    stamps = [seconds(rng, round(rng.uniform(0, 1800), 2), written) for _ in range(rng.randrange(1, max(2, answer + 1)))]
    if category == "event":
        clue = make_events(rng, answer)
    elif category == "object":
        clue = make_boxes(rng, answer, stamps)
    else:
        clue = [make_boxes(rng, rng.choice([1, 1, 2, 3]), stamps) for _ in range(answer)]
    start = rng.randrange(0, 1200)
    return {
        "index": index,
        "video": f"{index % 497}.mp4",
        rng.choice(["question", "question_en"]): f"How many {category}s are there?",
        "answer": answer,
        "type": rng.choice(["V", "V", "A", "A2V", "V2A", "AV"]),
        "category": category,
        "query_interval": [start, start + rng.randrange(1, 60)],
        "clue": clue,
    }


def make_golden() -> dict[str, Any]:
    """`{annotations, settings: {name: {lines, expected, summary}}}`; scores rounded to nine places."""
    rng = random.Random(SEED)
    annotations = [make_item(rng, index) for index in range(ITEMS)]
    settings = {}
    for setting in SETTINGS:
        lines, expected = [], []
        for place, item in enumerate(annotations):
            # The long and the ref setting meet the same fixed replies on different questions.
            turn = place if setting == "long" else ITEMS - 1 - place
            pred = clue_reply(rng, item) if setting == "clue" else bare_reply(rng, item["answer"], turn)
            lines.append({"index": item["index"], "pred": pred})
            expected.append(score_reply(item, pred, setting))
        summary = summarize([item["answer"] for item in annotations], expected)
        for one in expected:
            one["score"] = one["score"] if one["score"] is None else round(one["score"], 9)
        settings[setting] = {"lines": lines, "expected": expected, "summary": summary}
    return {"annotations": annotations, "settings": settings}


def golden_text() -> str:
    return json.dumps(make_golden(), ensure_ascii=False, allow_nan=False, separators=(",", ":")) + "\n"


def golden_bytes() -> bytes:
    """The file's bytes: the same on every run."""
    return gzip.compress(golden_text().encode(), 9, mtime=0)
