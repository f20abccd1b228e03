"""Names of the classes, and which WordNet senses are kinds of an object class."""

import json
import re
from pathlib import Path

import numpy as np

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


class Words:
    """`words.bin` as Python reads it: base forms with vectors, inflected forms, COCO kinds."""

    def __init__(self, path: Path):
        data = path.read_bytes()
        dims, bases = np.frombuffer(data, "<u2", 2, 4)
        forms, text_bytes = np.frombuffer(data, "<u4", 2, 8)
        self.forms = data[16 : 16 + text_bytes].decode().split("\n")
        offset = 16 + int(text_bytes)
        self.pairs = np.frombuffer(data, "<u2", 2 * int(forms), offset).reshape(-1, 2)
        body = np.frombuffer(data, "i1", int(bases) * (int(dims) + 2), offset + 4 * int(forms))
        body = body.reshape(int(bases), int(dims) + 2)
        self.kinds = body[:, 1].view("u1")
        self.vectors = body[:, 2:] / 127.0
        self.rows = {word: row for row, word in enumerate(self.forms)}
        self.bases = int(bases)

    def vector(self, word: str) -> np.ndarray | None:
        """The unit vector of a word: its own where it is a base form, else of its noun or verb base."""
        row = self.rows.get(word)
        if row is None:
            return None
        if row >= self.bases:
            row = min(self.pairs[row])
        return None if row >= self.bases else self.vectors[row]

    def phrase(self, text: str) -> np.ndarray:
        """The unit mean vector of a label's words; zeros where none is known."""
        known = [v for v in map(self.vector, re.findall(r"[a-z]+", text.lower())) if v is not None]
        mean = np.mean(known, 0) if known else np.zeros(self.vectors.shape[1])
        return mean / max(np.linalg.norm(mean), 1e-9)

    def label_vectors(self, names: list[str]) -> np.ndarray:
        return np.array([self.phrase(name) for name in names])


def sound_labels() -> list[dict]:
    """The sound tower's labels: `id`, `name`."""
    return json.loads((HERE.parent / "sound/labels.json").read_text())
