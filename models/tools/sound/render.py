"""Renders the free soundfonts, and talk by free synthesisers, into events and backgrounds.

Everything here is one source, so it is one group (`package:fluid-soundfont`): the same recordings at
another pitch are no evidence of anything. Needs `fluidsynth` with fluid-soundfont-gm and -gs (MIT),
`espeak-ng` (GPL) and `flite` (BSD-like); what is missing is left out with a warning.
"""

from __future__ import annotations

import shutil
import struct
import subprocess
import tempfile
from pathlib import Path

import numpy as np
import soundfile
from scipy.signal import resample_poly
from tqdm import tqdm

RATE = 16000
GROUP = "package:fluid-soundfont"
FOLDER = Path("/usr/share/sounds/sf2")
FONTS = {"gm": FOLDER / "FluidR3_GM.sf2", "gs": FOLDER / "FluidR3_GS.sf2"}
# Fonts of which single notes are listed among the recordings (models/tools/data), each its own package.
OTHER_FONTS = {"tim": FOLDER / "TimGM6mb.sf2", "a320u": FOLDER / "A320U.sf2"}

# (font, bank, program) → label and the keys that are struck.
ONE_SHOTS = [
    ("gs", 1, 123, "dog", range(48, 80, 2)), ("gs", 1, 124, "phone", range(52, 76, 4)), ("gm", 0, 124, "phone", range(52, 76, 4)),
    ("gs", 1, 126, "laugh", range(52, 72, 3)), ("gs", 2, 122, "thunder", range(48, 72, 6)), ("gs", 2, 124, "door", range(48, 72, 6)),
    ("gs", 3, 124, "door", range(48, 72, 3)), ("gs", 2, 126, "scream", range(52, 72, 4)), ("gs", 3, 126, "punch", range(48, 74, 2)),
    ("gs", 3, 127, "explosion", range(48, 72, 4)), ("gs", 5, 126, "footstep", range(52, 72, 3)), ("gs", 3, 123, "bird_chirp", range(54, 72, 4)),
    ("gm", 0, 123, "bird_chirp", range(54, 76, 4)), ("gs", 5, 122, "water_drop", range(54, 72, 4)), ("gm", 0, 127, "gunshot", range(46, 74, 2)),
    ("gm", 0, 126, "applause", range(54, 70, 5)), ("gm", 0, 14, "bell", range(60, 84, 4)), ("gm", 8, 14, "bell", range(60, 84, 4)),
    ("gm", 0, 113, "bell", range(60, 84, 5)), ("gm", 0, 115, "impact", range(54, 84, 3)), ("gm", 8, 115, "impact", range(54, 80, 4)),
    ("gm", 0, 116, "drum", range(48, 76, 4)), ("gm", 0, 117, "drum", range(48, 76, 5)), ("gm", 0, 118, "drum", range(48, 76, 6)),
    ("gm", 8, 116, "drum", range(48, 72, 6)), ("gm", 0, 78, "whistle", range(70, 98, 3)),
]  # fmt: skip
# Keys of the drum kits (bank 128). Sticks and blocks are hits of unsure material.
KIT_KEYS = {
    31: "impact", 33: "clock_tick", 34: "bell", 35: "drum", 37: "impact", 38: "drum", 39: "clap", 40: "drum", 41: "drum", 42: "cymbal",
    45: "drum", 46: "cymbal", 49: "cymbal", 50: "drum", 51: "cymbal", 56: "bell", 60: "drum", 62: "drum", 64: "drum", 72: "whistle",
    75: "impact", 76: "impact", 77: "impact", 81: "bell",
}  # fmt: skip
KITS = [0, 1, 3, 5, 8, 10, 14, 16, 18, 24, 25, 32, 34, 36, 40, 42, 48]
BACKGROUNDS = [("gs", 1, 122), ("gs", 3, 122), ("gs", 4, 122), ("gm", 0, 122), ("gm", 0, 125), ("gs", 1, 125), ("gs", 3, 125), ("gs", 6, 125), ("gs", 7, 125), ("gs", 5, 124)]
NOTE_SECONDS = {"phone": 1.2, "laugh": 2.5, "applause": 2.5, "whistle": 0.6, "scream": 1.5, "bird_chirp": 1.2, "footstep": 1.0, "dog": 1.5}
SLOT = 4.0


def midi(notes: list[tuple[float, float, int, int, int]], setup: list[tuple[int, int, int]]) -> bytes:
    """Notes (seconds, length, channel, key, velocity), programs (channel, bank, program) → one MIDI file."""
    rows = [(0.0, bytes([0xB0 | c, 0, bank])) for c, bank, _ in setup] + [(0.0, bytes([0xC0 | c, program])) for c, _, program in setup]
    for at, length, channel, key, velocity in notes:
        rows += [(at, bytes([0x90 | channel, key, velocity])), (at + length, bytes([0x80 | channel, key, 0]))]
    track, last = b"", 0
    for at, message in sorted(rows, key=lambda r: r[0]):
        tick = round(at * 1000)
        delta, last = tick - last, tick
        size = bytes([delta & 127])
        while delta := delta >> 7:
            size = bytes([delta & 127 | 128]) + size
        track += size + message
    track += b"\x00\xff\x2f\x00"
    # 500 ticks per quarter at the usual 120 a minute: a tick is a millisecond.
    return b"MThd" + struct.pack(">IHHH", 6, 0, 1, 500) + b"MTrk" + struct.pack(">I", len(track)) + track


def play(data: bytes, font: str, seconds: float) -> np.ndarray:
    """MIDI → mono 16 kHz, `seconds` long."""
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder) / "x.mid", Path(folder) / "x.wav"
        source.write_bytes(data)
        subprocess.run(
            ["fluidsynth", "-ni", "-q", "-g", "0.6", "-r", "32000", "-o", "synth.midi-bank-select=gs", "-o", "synth.reverb.active=0", "-o", "synth.chorus.active=0", "-F", str(target), str({**FONTS, **OTHER_FONTS}[font]), str(source)],
            check=True, capture_output=True,
        )  # fmt: skip
        wave, rate = soundfile.read(target, dtype="float32", always_2d=True)
    wave = resample_poly(wave.mean(1), 1, 2).astype(np.float32)
    n = int(seconds * RATE)
    return np.pad(wave, (0, max(0, n - len(wave))))[:n]


def strike(font: str, bank: int, program: int, keys: list[int], length: float, velocities=(120,)) -> list[np.ndarray]:
    """One note after the other, each in a slot of its own."""
    notes = [(i * SLOT + 0.05, length, 9 if bank == 128 else 0, key, v) for i, (key, v) in enumerate((k, v) for k in keys for v in velocities)]
    setup = [(9, 0, program)] if bank == 128 else [(0, bank, program)]
    wave = play(midi(notes, setup), font, len(notes) * SLOT)
    return [wave[int(i * SLOT * RATE) : int((i + 1) * SLOT * RATE)] for i in range(len(notes))]


def one_shots() -> list[tuple[np.ndarray, str, str]]:
    """→ (wave, label, source) of each struck note."""
    found = []
    for font, bank, program, label, keys in tqdm(ONE_SHOTS, desc="soundfont"):
        for key, wave in zip(keys, strike(font, bank, program, list(keys), NOTE_SECONDS.get(label, 1.0))):
            found.append((wave, label, f"{font}/{bank}/{program}/{key}"))
    for kit in tqdm(KITS, desc="kits"):
        keys = list(KIT_KEYS)
        for key, wave in zip(keys, strike("gm", 128, kit, keys, 0.5)):
            found.append((wave, KIT_KEYS[key], f"kit/{kit}/{key}"))
    return [f for f in found if np.abs(f[0]).max() > 1e-3]


def backgrounds(seconds: float = 12.0) -> list[np.ndarray]:
    """Rain, wind, water, engines: held notes."""
    out = []
    for font, bank, program in tqdm(BACKGROUNDS, desc="ambience"):
        for key in (52, 60, 67):
            wave = play(midi([(0.0, seconds, 0, key, 110)], [(0, bank, program)]), font, seconds)
            if np.abs(wave).max() > 1e-3:
                out.append(wave / np.abs(wave).max())
    return out


def music(count: int = 90, seconds: float = 12.0, seed: int = 3) -> list[np.ndarray]:
    """Chords and melodies on random instruments, without drums: nothing in them is to be counted."""
    g = np.random.default_rng(seed)
    # Pianos, organs, guitars, basses, strings, brass, reeds, flutes, pads; nothing that is struck like a bell.
    programs = [*range(0, 8), *range(16, 96), 104, 105, 107, 109, 110]
    scales = ([0, 2, 4, 5, 7, 9, 11], [0, 2, 3, 5, 7, 8, 10], [0, 2, 4, 7, 9])
    out = []
    for _ in tqdm(range(count), desc="music"):
        scale, root, beat = scales[g.integers(3)], int(g.integers(40, 60)), 60 / g.uniform(60, 150)
        note = lambda degree, octave: root + 12 * octave + scale[degree % len(scale)] + 12 * (degree // len(scale))  # noqa: B023, E731
        setup = [(c, 0, int(g.choice(programs))) for c in range(3)]
        notes, t = [], 0.0
        while t < seconds:
            degree = int(g.integers(0, 7))
            for third in (0, 2, 4):
                notes.append((t, 4 * beat, 0, note(degree + third, 0), int(g.integers(50, 90))))
            for i in range(4):
                if g.random() < 0.7:
                    notes.append((t + i * beat, beat * 0.9, 1, note(degree, -1) if i % 2 == 0 else note(degree + 4, -1), int(g.integers(50, 100))))
                for half in range(2):
                    if g.random() < 0.45:
                        notes.append((t + (i + half / 2) * beat, beat * g.uniform(0.3, 1), 2, note(int(g.integers(0, 10)), 1), int(g.integers(50, 110))))
            t += 4 * beat
        keep = [c for c in range(3) if g.random() < 0.7] or [0]
        wave = play(midi([n for n in notes if n[2] in keep], setup), "gm", seconds)
        if np.abs(wave).max() > 1e-3:
            out.append(wave / np.abs(wave).max())
    return out


SENTENCES = [
    "Good morning, how are you today?", "Please put the box on the table over there.", "I have never seen anything like it.",
    "The train leaves at half past nine.", "Wait, wait! Do not go away yet.", "One, two, three, four, five, six.",
    "Can you hear me now?", "That was a very long day, and it is not over.", "Turn left, then take the second road on the right.",
    "No.", "Yes, of course.", "What time is it?", "We were walking along the river when it began to rain.", "Look at that!",
]  # fmt: skip


def talk() -> list[np.ndarray]:
    """The sentences in several synthetic voices."""
    voices = [("espeak-ng", ["-v", f"en-us+{v}", "-s", str(s)]) for v, s in (("m1", 150), ("m3", 180), ("f2", 160), ("f4", 200), ("croak", 140), ("whisper", 150))]
    voices += [("flite", ["-voice", v]) for v in ("kal16", "awb", "rms", "slt")]
    out = []
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "x.wav"
        for k, (tool, options) in enumerate(tqdm(voices, desc="talk")):
            if shutil.which(tool) is None:
                print(f"{tool} is missing: its voices are left out")
                continue
            for text in SENTENCES[k % 2 :: 2]:
                flag = ["-w", str(target), text] if tool == "espeak-ng" else ["-t", text, "-o", str(target)]
                subprocess.run([tool, *options, *flag], check=True, capture_output=True)
                wave, rate = soundfile.read(target, dtype="float32")
                wave = resample_poly(wave, RATE, rate).astype(np.float32)
                if len(wave) > 800 and np.abs(wave).max() > 1e-3:
                    out.append(wave / np.abs(wave).max())
    return out
