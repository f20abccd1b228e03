"""Names of the classes, and which WordNet senses are kinds of an object class."""

import json
import re
from pathlib import Path

HERE = Path(__file__).resolve().parent

OBJECT_NAMES = [
    "person", "bicycle", "car", "motorcycle", "airplane", "bus", "train", "truck", "boat",
    "traffic light", "fire hydrant", "stop sign", "parking meter", "bench", "bird", "cat", "dog",
    "horse", "sheep", "cow", "elephant", "bear", "zebra", "giraffe", "backpack", "umbrella",
    "handbag", "tie", "suitcase", "frisbee", "skis", "snowboard", "sports ball", "kite",
    "baseball bat", "baseball glove", "skateboard", "surfboard", "tennis racket", "bottle",
    "wine glass", "cup", "fork", "knife", "spoon", "bowl", "banana", "apple", "sandwich", "orange",
    "broccoli", "carrot", "hot dog", "pizza", "donut", "cake", "chair", "couch", "potted plant",
    "bed", "dining table", "toilet", "tv", "laptop", "mouse", "remote", "keyboard", "cell phone",
    "microwave", "oven", "toaster", "sink", "refrigerator", "book", "clock", "vase", "scissors",
    "teddy bear", "hair drier", "toothbrush",
]  # fmt: skip

# (class, WordNet lemma, sense number): every kind of it counts as the class.
KINDS = [
    ("person", "person", 1), ("bicycle", "bicycle", 1), ("car", "car", 1),
    ("motorcycle", "motorcycle", 1), ("airplane", "airplane", 1), ("bus", "bus", 1),
    ("train", "train", 1), ("truck", "truck", 1), ("boat", "boat", 1), ("boat", "ship", 1),
    ("bench", "bench", 1), ("bird", "bird", 1), ("cat", "domestic_cat", 1), ("dog", "dog", 1),
    ("horse", "horse", 1), ("sheep", "sheep", 1), ("cow", "cattle", 1), ("elephant", "elephant", 1),
    ("bear", "bear", 1), ("zebra", "zebra", 1), ("giraffe", "giraffe", 1),
    ("backpack", "backpack", 1), ("umbrella", "umbrella", 1), ("handbag", "handbag", 1),
    ("suitcase", "suitcase", 1), ("sports ball", "ball", 1), ("skateboard", "skateboard", 1),
    ("bottle", "bottle", 1), ("wine glass", "wineglass", 1), ("knife", "knife", 1),
    ("spoon", "spoon", 1), ("sandwich", "sandwich", 1), ("chair", "chair", 1), ("couch", "sofa", 1),
    ("bed", "bed", 1), ("laptop", "laptop", 1), ("refrigerator", "refrigerator", 1),
    ("clock", "clock", 1), ("vase", "vase", 1), ("oven", "oven", 1), ("pizza", "pizza", 1),
    ("banana", "banana", 2), ("apple", "apple", 1),
]  # fmt: skip


def lexicon() -> dict:
    """The hand-written words of the question grammar (see README)."""
    return json.loads((HERE / "lexicon.json").read_text())


def _strings(value) -> list[str]:
    if isinstance(value, str):
        return [value]
    items = value.values() if isinstance(value, dict) else value if isinstance(value, list) else []
    return [s for item in items for s in _strings(item)]


def lexicon_words() -> list[str]:
    """Every single word that the lexicon and the object names use."""
    text = " ".join(_strings(lexicon()) + OBJECT_NAMES)
    return sorted(set(re.findall(r"[a-z]+", text)))
