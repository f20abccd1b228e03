"""Puts the parts of nano together: writes models/served/nano/manifest.json.

    python -m models.tools.bundle            from what the towers' tools have written
    python -m models.tools.bundle --check    exits 1 where the manifest is not what it would write

Each part's tool writes its graph into models/served/nano and its numbers into
models/tools/<part>/config.json; the measured table of models/tools/figures.json goes along, so that
the page can say how often the model is right.
"""

import argparse
import hashlib
import json
import sys
from pathlib import Path

TOOLS = Path(__file__).parent
SERVED = TOOLS.parent / "served" / "nano"
FILES = {
    "sound": "sound.onnx",
    "objects": "objects.onnx",
    "pose": "pose.onnx",
    "decoder": "decoder.onnx",
    "words": "words.bin",
}
VERSION = "2.0.0"
# Each has its config.json.
PARTS = ("sound", "objects", "motion", "decoder")
# Movements without a name of their own.
UNNAMED = {"repetition"}
# Heard, so that other sounds are not mistaken for it, but not offered: talk has no countable units here.
UNCOUNTABLE = {"speech", "repeated"}


def shard(folder: Path, name: str) -> dict:
    data = (folder / name).read_bytes()
    return {"file": name, "bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}


def read_json(path: Path):
    return json.loads(path.read_text(encoding="utf-8"))


def manifest() -> str:
    sounds = read_json(TOOLS / "sound" / "labels.json")
    configs = {part: read_json(TOOLS / part / "config.json") for part in PARTS}
    figures = TOOLS / "figures.json"
    content = {
        "id": "nano",
        "version": VERSION,
        "family": "nano",
        "title": "nano",
        "licence": "Apache-2.0",
        "parts": {role: shard(SERVED, name) for role, name in FILES.items()},
        "reach": {
            "sound": [label["name"] for label in sounds if label["id"] not in UNCOUNTABLE],
            "movement": [label for label in configs["motion"]["labels"] if label not in UNNAMED],
            "object": configs["objects"]["labels"],
            "colour": configs["objects"]["colours"],
        },
        "nano": configs,
        "figures": read_json(figures) if figures.exists() else [],
    }
    return json.dumps(content, indent=1, ensure_ascii=False) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true")
    args = parser.parse_args()
    path = SERVED / "manifest.json"
    text = manifest()
    if args.check:
        same = path.exists() and path.read_text(encoding="utf-8") == text
        sys.exit(0 if same else f"{path.name} is stale")
    path.write_text(text, encoding="utf-8")
    print(f"wrote {path.name}: {sum(p['bytes'] for p in json.loads(text)['parts'].values())} bytes")


if __name__ == "__main__":
    main()
