"""One note of a soundfont, rendered as a recording."""

from __future__ import annotations

from pathlib import Path

import soundfile

from models.tools.sound.render import RATE, midi, play


def render_note(font: str, bank: int, program: int, key: int, target: Path, seconds: float = 4.0) -> None:
    """Writes a mono 16 kHz file. `bank` 128 is the drum channel. Needs fluidsynth and the font."""
    drums = bank == 128
    notes = [(0.0, seconds / 2, 9 if drums else 0, key, 120)]
    setup = [(9, 0, program)] if drums else [(0, bank, program)]
    soundfile.write(target, play(midi(notes, setup), font, seconds), RATE)
