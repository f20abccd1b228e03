"""Frames and sound → a small MP4 that every browser plays, and its poster."""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path
from typing import Iterable

import cv2
import numpy as np
import soundfile

from .picture import FPS, HEIGHT, WIDTH
from .sound import RATE


def to_bytes(frame: np.ndarray) -> np.ndarray:
    return (np.clip(frame, 0, 1) * 255 + 0.5).astype(np.uint8)


def write_clip(
    out: Path, frames: Iterable[np.ndarray], sound: np.ndarray, crf: int, max_kbps: int
) -> None:
    """H.264 High 4:2:0 and AAC-LC mono, index in front."""
    with tempfile.TemporaryDirectory() as folder:
        wav = Path(folder) / "sound.wav"
        soundfile.write(wav, sound, RATE, subtype="PCM_16")
        command = ["ffmpeg", "-v", "error", "-y", "-threads", "1"]
        command += ["-f", "rawvideo", "-pix_fmt", "rgb24", "-s", f"{WIDTH}x{HEIGHT}"]
        command += ["-r", str(FPS), "-i", "-", "-i", str(wav), "-shortest"]
        command += ["-vf", "scale=out_color_matrix=bt709:out_range=tv", "-pix_fmt", "yuv420p"]
        command += ["-colorspace", "bt709", "-color_primaries", "bt709", "-color_trc", "bt709"]
        command += ["-c:v", "libx264", "-preset", "slow", "-crf", str(crf), "-g", "50"]
        command += ["-maxrate", f"{max_kbps}k", "-bufsize", f"{2 * max_kbps}k", "-threads", "1"]
        command += ["-c:a", "aac", "-b:a", "80k", "-ac", "1"]
        command += ["-map_metadata", "-1", "-fflags", "+bitexact", "-flags:v", "+bitexact"]
        command += ["-flags:a", "+bitexact", "-movflags", "+faststart", str(out)]
        with subprocess.Popen(command, stdin=subprocess.PIPE) as process:
            for frame in frames:
                process.stdin.write(to_bytes(frame).tobytes())
            process.stdin.close()
        if process.returncode:
            raise RuntimeError(f"ffmpeg failed on {out.name}")


def write_poster(out: Path, frame: np.ndarray, max_bytes: int = 40_000) -> None:
    """A WebP still, as good as fits."""
    for quality in range(86, 20, -4):
        ok, data = cv2.imencode(
            ".webp", to_bytes(frame)[..., ::-1], [cv2.IMWRITE_WEBP_QUALITY, quality]
        )
        if ok and len(data) <= max_bytes:
            out.write_bytes(data.tobytes())
            return
    raise RuntimeError(f"{out.name} does not fit {max_bytes} bytes")
