"""A photograph of a dog and barks with uneven pauses; a fine waveform follows the sound."""

from __future__ import annotations

import numpy as np

from .ingredients import BARKS, DOG_PHOTO
from .picture import FPS, HEIGHT, WIDTH, ease, photograph, view, vignette
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

    photo, corners = photograph(DOG_PHOTO.file), vignette(0.14)
    level = loudness(dry)

    def frames():
        for number in range(int(SECONDS * FPS)):
            t = number / FPS
            along = ease(t / SECONDS)
            # The window closes in on the head, which is up and to the right.
            frame = view(photo, 190 * along, 2 + 8 * along, 1018 - 200 * along)
            frame *= corners
            draw_wave(frame, level, number)
            yield frame

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
        poster_seconds=7.36,
        crf=31,
        max_kbps=430,
    )


def loudness(x: np.ndarray) -> np.ndarray:
    """Peak of every 20 ms, 0…1, pressed together so that quiet parts show."""
    hop = RATE // 50
    peaks = np.abs(x[: len(x) // hop * hop]).reshape(-1, hop).max(1)
    return (peaks / peaks.max()) ** 0.6


def draw_wave(frame: np.ndarray, level: np.ndarray, number: int, bars: int = 78) -> None:
    """Thin bars over a darkened lower edge; the newest sound stands in the middle."""
    step, thick = 9, 4
    left, middle = (WIDTH - bars * step) // 2, HEIGHT - 52
    frame[-BAND:] *= SHADE
    now = int(number / FPS * 50) + 1
    for bar in range(bars):
        index = now - bars // 2 + bar
        value = level[index] if 0 <= index <= now and index < len(level) else 0.0
        half = 1.5 + 34 * value
        x = left + bar * step
        opacity = (0.35 + 0.6 * min(1, value * 2)) * min(1, (bar + 1) / 16, (bars - bar) / 16)
        y0, y1 = int(middle - half), int(np.ceil(middle + half))
        part = frame[y0:y1, x : x + thick]
        part += (np.float32([1.0, 0.96, 0.86]) - part) * opacity


# The lower edge falls off softly, so that the bars stand out on any picture.
BAND = 150
SHADE = (1 - 0.5 * np.linspace(0, 1, BAND) ** 1.3).astype(np.float32)[:, None, None]
