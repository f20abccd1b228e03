"""Writes the golden values that the TypeScript tests compare with.

python -m models.tools.sound.golden
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np

from .events import EVENTS, find_events
from .features import FEATURES, log_mel, mel_power

FOLDER = Path(__file__).resolve().parents[3] / "tests" / "fixtures" / "golden"


def signal() -> np.ndarray:
    """A chirp, a click, noise from a formula and digital silence: any language can make it."""
    n = np.arange(6000)
    x = 0.3 * np.sin(2 * np.pi * (300 + 0.3 * n) * n / 16000)
    x += 0.02 * (((n * 7919) % 1013) / 506.5 - 1)
    x[2500] += 0.8
    x[4000:5200] = 0
    return x.astype(np.float32)


def main() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    wave = signal()
    mel = log_mel(wave)
    rows = [0, 1, 7, 15, 16, 24, 29, len(mel) - 1]
    (FOLDER / "log-mel.json").write_text(json.dumps({
        "config": FEATURES, "samples": len(wave), "frames": len(mel),
        "reference": float(mel_power(wave).sum(1).max()), "rows": {str(r): [round(float(v), 5) for v in mel[r]] for r in rows},
    }) + "\n")  # fmt: skip

    g = np.random.default_rng(3)
    names = ["dog", "sneeze", "clap"]
    config = EVENTS | {"classGapSeconds": {"sneeze": 0.3}}
    n, labels = 60, len(names)
    onset = g.uniform(0, 0.1, n)
    activity, class_onset = g.uniform(0, 0.1, (n, labels)), g.uniform(0, 0.1, (n, labels))
    for at, length, label in ((0, 4, 0), (9, 12, 1), (12, 3, 2), (20, 6, 1), (30, 8, 1), (40, 6, 0), (45, 15, 0)):
        onset[at] = g.uniform(0.3, 0.9)
        onset[at + 1] = g.uniform(0.05, 0.3)
        activity[at : at + length, label] = g.uniform(0.5, 0.95, min(length, n - at))
        class_onset[at, label] = g.uniform(0.4, 0.95)
    # Fingerprints: a direction of each label, and some noise.
    fingerprint = (activity @ g.normal(0, 1, (labels, 8)) + g.normal(0, 0.2, (n, 8))).astype(np.float32)
    onset, activity, class_onset, fingerprint = (np.round(x, 4).astype(np.float32) for x in (onset, activity, class_onset, fingerprint))
    seconds = 1.19
    names.append("repeated")
    found = find_events(onset, activity, class_onset, fingerprint, seconds, names, config)
    flat = lambda x: [round(float(v), 4) for v in x.ravel()]  # noqa: E731
    (FOLDER / "sound-events.json").write_text(json.dumps({
        "config": config, "seconds": seconds, "labels": names,
        "onset": flat(onset), "activity": flat(activity), "classOnset": flat(class_onset), "fingerprint": flat(fingerprint),
        "events": [{"start": p.start, "end": float(p.end), "confidence": p.confidence, "scores": [float(s) for s in p.scores], "fingerprint": flat(p.fingerprint)} for p in found],
    }) + "\n")  # fmt: skip
    print(f"{len(rows)} frames and {len(found)} events in {FOLDER.name}/")


if __name__ == "__main__":
    main()
