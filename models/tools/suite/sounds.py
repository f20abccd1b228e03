"""Single sounds for the suite, from recordings that one half of the cross-validation has not heard."""

from __future__ import annotations

import contextlib
import csv
import json
import zlib
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import soundfile
from scipy.signal import fftconvolve
from tqdm import tqdm

from ..sound.bank import FOLDERS, envelope_db, read
from ..sound.synth import SYNTHS
from ..sound.train import keep_folds

RATE = 16000
LONGEST = 1.6
# An event ends where its level has fallen by this much for good.
END_DB = -25.0
# ESC-10's folder of clips whose single sounds were counted → label.
ESC_EVENTS = {"dog": "dog", "rooster": "rooster", "sneezing": "sneeze", "clock_tick": "clock_tick"}
TEXTURES = {"rain", "sea_waves", "helicopter", "crackling_fire"}
# Labels that have no counted units of their own, or too few good recordings to be asked about.
UNUSED = {"speech", "applause", "laugh", "scream", "engine_start", "impact", "siren", "thunder", "wolf", "hit"}


@dataclass
class Sound:
    wave: np.ndarray  # mono 16 kHz, peak 1, begins at its onset
    label: str
    seconds: float  # until END_DB below its peak


@dataclass
class Shelf:
    """What one pair of ESC-10 folds may use: `12` or `34`."""

    sounds: dict[str, list[Sound]]
    textures: list[np.ndarray]

    def pick(self, rng: np.random.Generator, label: str) -> Sound:
        real = self.sounds.get(label, [])
        if real and (label not in SYNTHS or rng.random() < 0.75):
            return real[rng.integers(len(real))]
        wave = SYNTHS[label](rng)
        if isinstance(wave, tuple):  # a snore brings the share of it that is the snore
            wave = wave[0][: int(wave[1] * len(wave[0]))]
        return trim(np.asarray(wave, np.float32), label)

    @property
    def labels(self) -> list[str]:
        return sorted({*(l for l, s in self.sounds.items() if len(s) >= 2), *SYNTHS} - UNUSED)


def trim(wave: np.ndarray, label: str) -> Sound:
    """From its onset (where it comes within 30 dB of its peak) on, at most LONGEST seconds."""
    level = envelope_db(wave)
    wave = wave[int(np.flatnonzero(level > -30)[0]) * 80 :][: int(LONGEST * RATE)]
    fade = min(len(wave), 800)
    wave = wave.astype(np.float32).copy()
    wave[-fade:] *= np.linspace(1, 0, fade, dtype=np.float32)
    wave /= np.abs(wave).max() + 1e-9
    last = int(np.flatnonzero(envelope_db(wave) > END_DB)[-1])
    return Sound(wave, label, (last + 1) * 0.005)


def open_shelf(media: Path, folds: str) -> Shelf:
    """Recordings that a tower trained on the other two folds has not heard."""
    other = [int(fold) for fold in "1234" if fold not in folds]
    heard = keep_folds(other)
    sounds: dict[str, list[Sound]] = {}
    for entry in tqdm(json.loads((media / "sounds" / "SOUNDS.json").read_text()), desc=f"sounds for {folds}"):
        label = FOLDERS.get(entry["cls"])
        single = entry["oneShot"] and entry["segments"] == 1 and 0.02 < entry["durationSeconds"] < 3
        if label is None or label in UNUSED or not single or heard("package:" + entry["package"]):
            continue
        with contextlib.suppress(soundfile.LibsndfileError):
            sounds.setdefault(label, []).append(trim(read(media / "sounds" / entry["file"]), label))
    folder = media / "esc10"
    for clip in json.loads((folder / "COUNTS.json").read_text()):
        if str(clip["fold"]) in folds and clip["certainty"] == "high" and clip["class"] in ESC_EVENTS:
            wave = read(folder / clip["file"])
            # The loudest event, up to the next one; a clip with much noise between them is no source.
            onsets = [*clip["onsets"], len(wave) / RATE]
            pieces = [wave[int(a * RATE) : int(b * RATE)] for a, b in zip(onsets, onsets[1:])]
            piece = max(pieces, key=lambda p: np.abs(p).max(initial=0), default=wave[:0])
            if len(piece) < 1600 or envelope_db(piece)[-10:].mean() > -22:
                continue
            label = ESC_EVENTS[clip["class"]]
            sounds.setdefault(label, []).append(trim(piece, label))
    textures = []
    with open(folder / "ESC10.csv", newline="") as handle:
        for row in csv.DictReader(handle):
            if row["fold"] in folds and row["category"] in TEXTURES and zlib.crc32(row["path"].encode()) % 3 == 0:
                wave = read(folder / row["path"])
                textures.append(wave / (np.sqrt(np.mean(wave**2)) + 1e-9))
    return Shelf(sounds, textures)


@dataclass
class Heard:
    """A sound placed in a clip."""

    sound: Sound
    start: float
    gain: float

    @property
    def end(self) -> float:
        return self.start + self.sound.seconds


def mix(heard: list[Heard], seconds: float, texture: np.ndarray | None, level, rng: np.random.Generator) -> np.ndarray:
    """The sound track at one noise level; peak at most 1."""
    track = np.zeros(int(seconds * RATE), np.float32)
    power = []
    for one in heard:
        at = int(one.start * RATE)
        part = one.sound.wave[: max(0, len(track) - at)] * one.gain
        track[at : at + len(part)] += part
        loud = part[: max(1, int(one.sound.seconds * RATE))]
        power.append(float(np.mean(loud**2)) if len(loud) else 0.0)
    if level.reverb_seconds:
        track = reverberate(track, level.reverb_seconds, level.reverb_db, rng)
    # Silence has no level of its own to measure the noise against.
    reference = np.sqrt(np.mean(power)) if power else 0.05
    noise = texture if texture is not None else pink(len(track), rng)
    start = int(rng.integers(max(1, len(noise) - len(track))))
    noise = np.resize(noise[start:], len(track)) if len(noise) - start < len(track) else noise[start : start + len(track)]
    snr = level.snr_db + (0 if texture is not None else 10)
    track = track + noise / (np.sqrt(np.mean(noise**2)) + 1e-9) * reference * 10 ** (-snr / 20)
    track = track / (np.abs(track).max() + 1e-9) * rng.uniform(0.3, 0.9)
    if level.clip_db and rng.random() < 0.5:
        track = np.clip(track / np.abs(track).max() * 10 ** (level.clip_db / 20), -1, 1) * 0.9
    return track.astype(np.float32)


def reverberate(track: np.ndarray, seconds: float, wet_db: float, rng: np.random.Generator) -> np.ndarray:
    t = np.arange(int(1.2 * seconds * RATE)) / RATE
    tail = rng.standard_normal(len(t)) * 10 ** (-3 * t / seconds)
    tail[: int(0.004 * RATE)] = 0
    wet = fftconvolve(track, tail / np.sqrt(np.sum(tail**2)))[: len(track)]
    return track + (wet * 10 ** (wet_db / 20)).astype(np.float32)


def pink(samples: int, rng: np.random.Generator) -> np.ndarray:
    spectrum = np.fft.rfft(rng.standard_normal(samples))
    spectrum /= np.sqrt(np.maximum(np.arange(len(spectrum)), 20))
    return np.fft.irfft(spectrum, samples)
