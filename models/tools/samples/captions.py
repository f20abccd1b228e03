"""Captions for the sample clips: what is heard, for who does not hear it.

python -m models.tools.samples.captions

Sounds that the question asks for come from samples.json; what else is heard stands here, as the scene
modules place it. Needs nothing but Python.
"""

from __future__ import annotations

import json
from pathlib import Path

FOLDER = Path(__file__).parents[2] / "served" / "samples"

#: Words for a clue's label, and the sounds that are no clues.
WORDS = {"dog bark": "[dog barks]", "bell": "[bell rings]"}
BESIDE = {
    "traffic": [(0.0, 4.0, "[wind; cars and buses pass on a wet road]")],
    "meadow": [
        (2.6, 4.2, "[a crow caws, far off]"),
        (6.2, 7.6, "[a dog barks, far off]"),
        (10.4, 11.4, "[a crow caws, far off]"),
        (12.3, 13.7, "[a dog barks, far off]"),
    ],
}
#: A caption must be readable, however short the sound.
LEAST_SECONDS = 0.8


def stamp(seconds: float) -> str:
    return f"{int(seconds // 60):02d}:{seconds % 60:06.3f}"


def captions(sample: dict) -> str:
    heard = [
        (clue["startSeconds"], clue["endSeconds"], WORDS[clue["label"]])
        for clue in sample["clues"]
        if clue["label"] in WORDS and "startSeconds" in clue
    ]
    cues = sorted(heard + BESIDE.get(sample["id"], []))
    lines = ["WEBVTT", ""]
    for number, (start, end, words) in enumerate(cues):
        following = cues[number + 1][0] if number + 1 < len(cues) else float("inf")
        end = min(max(end, start + LEAST_SECONDS), following)
        lines += [f"{stamp(start)} --> {stamp(end)}", words, ""]
    return "\n".join(lines)


def main() -> None:
    for sample in json.loads((FOLDER / "samples.json").read_text()):
        (FOLDER / f"{sample['id']}.vtt").write_text(captions(sample))


if __name__ == "__main__":
    main()
