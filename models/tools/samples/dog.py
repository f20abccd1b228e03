"""A photograph of a dog and barks with uneven pauses; a fine waveform follows the sound."""

from __future__ import annotations

import numpy as np

from .ingredients import BARKS, DOG_PHOTO
from .picture import FPS, HEIGHT, WIDTH, Grain, ease, photograph, view, vignette
from .scene import Scene
from .sound import RATE, active_span, breeze, finished, place, recording, room

SECONDS = 14.0
# Onset in seconds, which recording, semitones, gain in dB.
PLAN = (
    (1.42, 0, 0.0, 0.0),
    (2.21, 1, -0.4, -1.5),
    (3.96, 2, 0.3, -0.5),
    (6.35, 1, 0.2, 0.0),
    (7.08, 0, 0.6, -2.0),
    (9.74, 2, -0.3, -0.5),
    (11.62, 0, -0.2, -1.0),
)


def build(rng: np.random.Generator) -> Scene:
    track = np.zeros(int(SECONDS * RATE))
    clues = []
    for at, which, semitones, gain in PLAN:
        bark = recording(BARKS[which].file, semitones)
        begin, end = active_span(bark)
        place(track, room(rng, bark, 0.5, 0.05), at - begin, gain)
        clues.append(
            {"startSeconds": at, "endSeconds": round(at + end - begin, 3), "label": "dog bark"}
        )
    dry = track.copy()
    track += breeze(rng, SECONDS, -50)
    sound = finished(track)

    photo = photograph(DOG_PHOTO.file)
    grain, corners = Grain(rng, 0.006), vignette(0.14)
    level = loudness(dry)

    def frames():
        for number in range(int(SECONDS * FPS)):
            t = number / FPS
            along = ease(t / SECONDS)
            width = 985 - 190 * along
            # The window closes in on the head, up and to the right.
            frame = view(photo, 20 + 165 * along, 150 - 135 * along, width)
            frame *= corners
            draw_wave(frame, level, number)
            grain.add(frame)
            yield frame * min(1, t / 0.3 + 0.02)

    return Scene(
        id="dog",
        title="A word with the neighbours",
        description="A German shepherd barks now and then; wind in the background.",
        question="How many times does the dog bark?",
        category="event",
        modality="audio",
        clues=clues,
        ingredients=[DOG_PHOTO, BARKS[0]],
        licence="CC-BY-SA-3.0",
        frames=frames,
        sound=sound,
        poster_seconds=7.2,
        crf=27,
        max_kbps=480,
    )


def loudness(x: np.ndarray) -> np.ndarray:
    """Peak of every 20 ms, 0…1, pressed together so that quiet parts show."""
    hop = RATE // 50
    peaks = np.abs(x[: len(x) // hop * hop]).reshape(-1, hop).max(1)
    return (peaks / peaks.max()) ** 0.6


def draw_wave(frame: np.ndarray, level: np.ndarray, number: int, bars: int = 75) -> None:
    """Thin rounded bars near the lower edge; the newest sound stands at the right."""
    step, thick, left = 6, 3, (WIDTH - 75 * 6) // 2
    middle = HEIGHT - 46
    frame[middle - 34 : middle + 34] *= shade()[:, None, None]
    now = int(number / FPS * 50) + 1
    for bar in range(bars):
        index = now - bars + bar
        value = level[index] if 0 <= index < len(level) else 0.0
        half = 1.5 + 26 * value
        x = left + bar * step
        opacity = (0.25 + 0.65 * min(1, value * 2)) * min(1, (bar + 1) / 14)
        y0, y1 = int(middle - half), int(np.ceil(middle + half))
        part = frame[y0:y1, x : x + thick]
        part += (np.float32([1.0, 0.97, 0.9]) - part) * opacity


def shade() -> np.ndarray:
    """A soft dark band behind the bars, for contrast on any picture."""
    return (1 - 0.28 * np.hanning(68)).astype(np.float32)
