"""Counts on the ESC-10 clips after they were damaged: codecs, noise, talk, music, rooms, level, low sample rates.

python -m models.tools.sound.robust --media DIR --first FOLDS12.onnx --second FOLDS34.onnx

Each half is judged by the tower and with the thresholds of the other one, which were picked on whole
clips, so only the damage is new. Needs ffmpeg for the codecs. Writes `damaged` into results.json.
"""

from __future__ import annotations

import argparse
import json
import subprocess
from pathlib import Path

import numpy as np
from scipy.signal import fftconvolve

from .bank import load_bank
from .channel import RATE, room
from .evaluate import HERE, listen, merge, pick_threshold, read_clips, summarise
from .export import FOLD12, FOLD34, open_session
from .scenes import JUDGED
from .train import add_arguments

CODECS = {
    "MP3 32 kbit/s": ("mp3", ["-c:a", "libmp3lame", "-b:a", "32k"]),
    "Opus 12 kbit/s": ("ogg", ["-c:a", "libopus", "-b:a", "12k"]),
    "AAC 32 kbit/s": ("adts", ["-c:a", "aac", "-b:a", "32k"]),
    "8 kHz": ("wav", ["-ar", "8000"]),
}


def coded(wave: np.ndarray, form: str, options: list[str]) -> np.ndarray:
    """There and back through ffmpeg; the length stays within a codec's padding."""
    raw = ["-f", "f32le", "-ar", str(RATE), "-ac", "1"]
    tool = ["ffmpeg", "-v", "error"]
    packed = subprocess.run([*tool, *raw, "-i", "-", *options, "-f", form, "-"], input=wave.astype(np.float32).tobytes(), capture_output=True, check=True).stdout
    plain = subprocess.run([*tool, "-f", "aac" if form == "adts" else form, "-i", "-", *raw, "-"], input=packed, capture_output=True, check=True).stdout
    return np.frombuffer(plain, np.float32).copy()


def noisy(wave: np.ndarray, other: np.ndarray, snr_db: float) -> np.ndarray:
    """With something else under it; measured from the loudest 50 ms to the other's mean."""
    loud = np.sqrt(max(np.square(wave[i : i + 800]).mean() for i in range(0, max(1, len(wave) - 800), 800)) + 1e-12)
    other = np.resize(other, len(wave))
    return wave + other * loud / (np.sqrt(np.square(other).mean()) + 1e-9) * 10 ** (-snr_db / 20)


def damages(bank, g: np.random.Generator) -> dict:
    white = g.standard_normal(5 * RATE)
    clip = lambda x, share: np.clip(x, -share * np.abs(x).max(), share * np.abs(x).max())  # noqa: E731
    pick = lambda rows: rows[g.integers(len(rows))][0]  # noqa: E731
    return {
        "untouched": lambda x: x,
        "60 dB quieter": lambda x: x * 1e-3,
        "clipped at 30 %": lambda x: clip(x, 0.3),
        "in a room": lambda x: fftconvolve(x, room(g))[: len(x)],
        "white noise, 20 dB": lambda x: noisy(x, white, 20),
        "white noise, 10 dB": lambda x: noisy(x, white, 10),
        "talk, 10 dB": lambda x: noisy(x, pick(bank.speech), 10),
        "music, 10 dB": lambda x: noisy(x, pick(bank.music), 10) if bank.music else x,
    } | {name: (lambda x, c=codec: coded(x, *c)) for name, codec in CODECS.items()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    add_arguments(parser)
    parser.add_argument("--first", type=Path, default=FOLD12)
    parser.add_argument("--second", type=Path, default=FOLD34)
    args = parser.parse_args()
    clips = read_clips(args.media)
    sessions = [(open_session(args.first), (3, 4)), (open_session(args.second), (1, 2))]
    plain = [listen(s, clips, folds) for s, folds in sessions]
    bars = [{n: pick_threshold(h, n) for n in JUDGED} for h in plain]
    g = np.random.default_rng(1)
    out = {}
    for name, damage in damages(load_bank(args.media, args.cache), g).items():
        worse = [c | {"wave": damage(c["wave"]).astype(np.float32)} for c in clips if c["count"] is not None]
        heard = [listen(s, worse, folds) for s, folds in sessions]
        table = merge([summarise(heard[0], bars[1]), summarise(heard[1], bars[0])])
        weights = [table[n]["clips"] for n in JUDGED]
        out[name] = {k: round(float(np.average([table[n][k] for n in JUDGED], weights=weights)), 3) for k in ("exact", "withinOne")}
        print(name, out[name])
    path = HERE / "results.json"
    kept = json.loads(path.read_text()) if path.exists() else {}
    path.write_text(json.dumps(kept | {"damaged": out}, indent=2) + "\n")


if __name__ == "__main__":
    main()
