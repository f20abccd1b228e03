"""Reads the free recordings (`--media`) into single events, cached as one .npz.

An event is a trimmed one-shot with its class and its group. Groups keep training and test apart:
the source package for `sounds`, the fold for ESC-10; never the file.
"""

from __future__ import annotations

import csv
import json
import math
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
import soundfile
from scipy.signal import resample_poly
from tqdm import tqdm

from . import render
from .features import log_mel

RATE = 16000
HERE = Path(__file__).parent
# As in the config: the classes of the graph, then `repeated`, which events.py makes of them.
ALL_LABELS = [entry["id"] for entry in json.loads((HERE / "labels.json").read_text())]
LABELS = ALL_LABELS[:-1]
INDEX = {name: i for i, name in enumerate(LABELS)}
IMPACT = INDEX["impact"]

# Folder of `sounds` → label. Folders that are absent here are not used.
FOLDERS = {
    "clap": "clap", "snap": "snap", "wood_impact_proxy": "hit", "knock": "knock", "footstep": "footstep",
    "footsteps_seq": "footstep", "dog": "dog", "cat": "cat", "cow": "cow", "sheep_goat": "sheep", "pig": "pig",
    "duck_goose": "duck", "hen_rooster": "hen", "crow": "crow", "bird_chirp": "bird_chirp", "owl": "owl",
    "horse": "horse", "donkey": "donkey", "frog": "frog", "wolf": "wolf", "cough": "cough", "sneeze": "sneeze",
    "laugh": "laugh", "scream_pain": "scream", "whistle": "whistle", "bell": "bell", "cowbell": "bell",
    "triangle": "bell", "phone": "phone", "car_horn": "car_horn", "siren_alarm": "siren", "beep": "beep",
    "gunshot": "gunshot", "explosion": "explosion", "firework": "explosion", "thunder": "thunder",
    "glass_break": "glass_break", "glass_clink": "glass_clink", "door": "door", "hammer_metal": "hammer",
    "hit_wood_stone": "hit", "chop": "chop", "saw": "saw", "sword_clash": "sword_clash",
    "ball_bounce": "ball_bounce", "kick": "drum", "snare": "drum", "tom": "drum", "hihat": "cymbal",
    "cymbal": "cymbal", "crash": "cymbal", "key_mouse_click": "mouse_click", "camera_shutter": "camera_shutter",
    "water_drop": "water_drop", "bubble": "water_drop", "splash": "splash", "applause_cheer": "applause",
    "clock_tick": "clock_tick", "engine_start": "engine_start", "pop_cork": "pop", "punch": "punch",
    "speech": "speech", "rooster": "rooster", "baby_cry": "baby_cry", "snore": "snore", "doorbell": "doorbell",
}  # fmt: skip

# Short hits: they also carry the label `impact`, and a file with several of them is cut apart.
PERCUSSIVE = {
    "clap", "snap", "knock", "footstep", "hammer", "chop", "hit", "gunshot", "glass_clink", "drum", "cymbal",
    "ball_bounce", "mouse_click", "punch", "sword_clash", "pop", "clock_tick", "camera_shutter", "impact",
    "water_drop",
}  # fmt: skip
# Labelled by drum kit, not by material: trustworthy as hits only.
IMPACT_ONLY = {"wood_impact_proxy"}
TEXTURES = {"rain", "sea_waves", "helicopter", "chainsaw", "crackling_fire"}
ESC_CLASS = {"dog": "dog", "rooster": "rooster", "sneezing": "sneeze", "clock_tick": "clock_tick", "crying_baby": "baby_cry"}
# Silence that separates two events of a class, seconds. A crow has several syllables.
JOIN_GAP = {"rooster": 0.6, "baby_cry": 0.15, "dog": 0.08, "sneeze": 0.3}
# Two of the 320 clips are under Sampling Plus, which is no free licence.
FREE_CLIPS = {"CC0", "CC-BY"}
LONGEST_EVENT = 4.0


@dataclass
class Event:
    wave: np.ndarray
    label: int
    group: str
    source: str
    fingerprint: np.ndarray | None = field(default=None, repr=False)


@dataclass
class Clip:
    """A whole ESC-10 clip with its events; `counted` says whether the onsets were read by eye."""

    wave: np.ndarray
    label: int
    group: str
    events: list[tuple[float, float]]
    counted: bool


@dataclass
class Bank:
    events: list[Event]
    clips: list[Clip]
    textures: list[tuple[np.ndarray, str]]
    speech: list[tuple[np.ndarray, str]]
    # Background without an event worth counting.
    music: list[tuple[np.ndarray, str]]

    def select(self, keep) -> "Bank":
        """The part whose group satisfies `keep`."""
        return Bank(
            [e for e in self.events if keep(e.group)],
            [c for c in self.clips if keep(c.group)],
            [t for t in self.textures if keep(t[1])],
            [s for s in self.speech if keep(s[1])],
            [m for m in self.music if keep(m[1])],
        )


def read(path: Path) -> np.ndarray:
    wave, rate = soundfile.read(path, dtype="float32", always_2d=True)
    wave = wave.mean(1)
    if rate != RATE:
        d = math.gcd(rate, RATE)
        wave = resample_poly(wave, RATE // d, rate // d).astype(np.float32)
    return wave


def envelope_db(wave: np.ndarray) -> np.ndarray:
    """Level per 5 ms, dB below the loudest."""
    n = max(1, len(wave) // 80)
    power = np.square(np.pad(wave, (0, max(0, n * 80 - len(wave))))[: n * 80]).reshape(n, 80).mean(1)
    return 10 * np.log10(power / (power.max() + 1e-12) + 1e-9)


def segments(wave: np.ndarray, gap: float, floor_db: float = -30.0) -> list[tuple[float, float]]:
    """Loud stretches, joined over silences shorter than `gap`; seconds."""
    loud = np.flatnonzero(envelope_db(wave) > floor_db)
    if len(loud) == 0:
        return []
    breaks = np.flatnonzero(np.diff(loud) * 0.005 > gap)
    starts = np.r_[loud[0], loud[breaks + 1]]
    ends = np.r_[loud[breaks], loud[-1]] + 1
    return [(s * 0.005, e * 0.005) for s, e in zip(starts, ends)]


def cut(wave: np.ndarray, start: float, end: float) -> np.ndarray:
    """One event with faded ends and peak 1. Starts exactly at its onset."""
    x = wave[int(start * RATE) : int(min(end, start + LONGEST_EVENT) * RATE)].astype(np.float32).copy()
    n = min(len(x) // 4, 160)
    if n > 1:
        x[-n:] *= np.linspace(1, 0, n, dtype=np.float32)
        x[:8] *= np.linspace(0, 1, 8, dtype=np.float32)[: len(x[:8])]
    return x / (np.abs(x).max() + 1e-9)


def fingerprint(wave: np.ndarray) -> np.ndarray:
    mel = log_mel(wave[: RATE // 2])
    mel = np.pad(mel, ((0, max(0, 50 - len(mel))), (0, 0)), constant_values=mel.min())[:50]
    v = (mel - mel.mean()).ravel()
    return (v / (np.linalg.norm(v) + 1e-9)).astype(np.float32)


def drop_contradictions(events: list[Event], similarity: float = 0.985) -> list[Event]:
    """Leaves out near-duplicates that carry different labels: one of the two is wrong."""
    prints = np.stack([e.fingerprint for e in events])
    labels = np.array([e.label for e in events])
    near = (prints @ prints.T > similarity) & (labels[:, None] != labels[None])
    bad = near.any(1)
    return [e for e, b in zip(events, bad) if not b]


def read_sounds(folder: Path) -> tuple[list[Event], list[tuple[np.ndarray, str]]]:
    events, speech = [], []
    for entry in tqdm(json.loads((folder / "SOUNDS.json").read_text()), desc="sounds"):
        name = FOLDERS.get(entry["cls"])
        if name is None:
            continue
        try:
            wave = read(folder / entry["file"])
        except soundfile.LibsndfileError:
            continue
        if len(wave) < 160 or np.abs(wave).max() < 1e-4:
            continue
        group = "package:" + entry["package"]
        if name == "speech":
            speech.append((wave / np.abs(wave).max(), group))
            continue
        parts = segments(wave, 0.07 if name in PERCUSSIVE else 0.35)
        # A bell or an explosion is one event however its level wavers.
        if name in PERCUSSIVE and len(parts) > 1 and (entry["segments"] or 0) <= 1 and entry["oneShot"]:
            parts = [(parts[0][0], parts[-1][1])]
        for start, end in parts[:12]:
            x = cut(wave, start, end)
            if len(x) < 120:
                continue
            only = entry["cls"] in IMPACT_ONLY
            events.append(Event(x, IMPACT if only else INDEX[name], group, entry["file"], fingerprint(x)))
    return drop_contradictions(events), speech


def clip_events(wave: np.ndarray, onsets: list[float], name: str) -> list[tuple[float, float]]:
    """Ends for counted onsets: where the level has fallen by 25 dB, or the next onset."""
    out = []
    for i, on in enumerate(onsets):
        stop = onsets[i + 1] if i + 1 < len(onsets) else len(wave) / RATE
        piece = wave[int(on * RATE) : int(stop * RATE)]
        loud = segments(piece, JOIN_GAP.get(name, 0.08), -25.0)
        peak = int(np.argmax(np.abs(piece))) / RATE if len(piece) else 0
        end = next((e for s, e in loud if e > peak), len(piece) / RATE)
        out.append((on, min(stop, on + max(0.03, end))))
    return out


def read_esc(folder: Path) -> tuple[list[Event], list[Clip], list[tuple[np.ndarray, str]]]:
    counted = {c["file"]: c for c in json.loads((folder / "COUNTS.json").read_text())}
    events, clips, textures = [], [], []
    with open(folder / "ESC10.csv", newline="") as handle:
        rows = list(csv.DictReader(handle))
    for row in tqdm(rows, desc="esc10"):
        if row["clip_licence"] not in FREE_CLIPS:
            continue
        wave = read(folder / row["path"])
        group = "fold:" + row["fold"]
        peak = np.abs(wave).max() + 1e-9
        if row["category"] in TEXTURES:
            textures.append((wave / peak, group))
            continue
        name = ESC_CLASS[row["category"]]
        truth = counted.get(row["path"])
        certain = truth is not None and truth["count"] is not None and truth["certainty"] != "low"
        if certain:
            spans = clip_events(wave, truth["onsets"], name)
        else:
            spans = [s for s in segments(wave, JOIN_GAP[name], -25.0) if s[1] - s[0] > 0.08] if name in JOIN_GAP else []
        clips.append(Clip(wave / peak, INDEX[name], group, spans, certain))
        # Uncounted dogs overlap; an uncounted crow is one event where it is one stretch.
        if certain or name == "baby_cry" or (name == "rooster" and len(spans) == 1):
            for start, end in spans:
                x = cut(wave, start, end)
                if len(x) > 200:
                    events.append(Event(x, INDEX[name], group, row["path"]))
    return events, clips, textures


def read_renders() -> tuple[list[Event], list[tuple[np.ndarray, str]], list[tuple[np.ndarray, str]], list[tuple[np.ndarray, str]]]:
    """→ events, textures, talk and music of the soundfonts and speech synthesisers, one group."""
    if not all(font.exists() for font in render.FONTS.values()):
        print("No soundfonts here: the rendered sounds are left out.")
        return [], [], [], []
    events = []
    for wave, name, source in render.one_shots():
        parts = segments(wave, 0.07 if name in PERCUSSIVE else 0.35)
        start, end = parts[0][0], parts[0][1] if name in PERCUSSIVE else parts[-1][1]
        x = cut(wave, start, min(end, start + 2.5))
        if len(x) >= 120:
            events.append(Event(x, INDEX[name], render.GROUP, source, fingerprint(x)))
    grouped = lambda waves: [(w, render.GROUP) for w in waves]  # noqa: E731
    return events, grouped(render.backgrounds()), grouped(render.talk()), grouped(render.music())


def add_recordings(bank: Bank, folder: Path) -> Bank:
    """The bank with the recordings of a further folder (`models.tools.data.rebuild --beside`), if it is there."""
    if not (folder / "SOUNDS.json").exists():
        print(f"No {folder}: trained without its recordings.")
        return bank
    events, _ = read_sounds(folder)
    for event in events:
        event.fingerprint = None
    return replace(bank, events=bank.events + events)


def load_bank(media: Path, cache: Path) -> Bank:
    """Decodes everything once; later calls read `cache` (.npz, pickled)."""
    if cache.exists():
        return np.load(cache, allow_pickle=True)["bank"].item()
    sounds, speech = read_sounds(media / "sounds")
    events, clips, textures = read_esc(media / "esc10")
    rendered, ambience, talk, music = read_renders()
    bank = Bank(sounds + rendered + events, clips, textures + ambience, speech + talk, music)
    for event in bank.events:
        event.fingerprint = None
    cache.parent.mkdir(parents=True, exist_ok=True)
    np.savez(cache, bank=np.array(bank, dtype=object))
    return bank
