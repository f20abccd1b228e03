"""Changed versions of clips with known counts: python -m models.tools.suite.changed --clips DIR/CLIPS.json --out .cache/changed

Every clip of a file in the form of CLIPS.json once more in each of CHANGES: other light, size, speed, place of
the camera, noise. None of them changes a count, so that the answers to all should be the same. Clips whose
events are known in time are also cut between two events. Writes the clips and `changed.json`, an annotation file for
`npm run evaluate` and for `models/tools/suite/native.ts`; `change` says what was done. Wants ffmpeg. Started again,
it makes only what is missing.
"""

from __future__ import annotations

import argparse
import json
import subprocess
from pathlib import Path

from tqdm import tqdm

SHAKE = (
    "crop=trunc(iw*0.45)*2:trunc(ih*0.45)*2"
    ":x='(iw-ow)/2*(1+0.7*sin(t*2.3)+0.3*sin(t*7.1))':y='(ih-oh)/2*(1+0.7*sin(t*1.9+1)+0.3*sin(t*8.3))'"
)
# Name → (filter of the picture, filter of the sound, further arguments of ffmpeg); None: as it is.
CHANGES: dict[str, tuple[str | None, str | None, list[str]]] = {
    "mirrored": ("hflip", None, []),
    "cropped": ("crop=iw*0.85:ih*0.9:iw*0.1:ih*0.06", None, []),
    "dark": ("eq=brightness=-0.22:contrast=0.75", None, []),
    "bright": ("eq=brightness=0.2:contrast=1.2", None, []),
    "grey": ("hue=s=0", None, []),
    "small": ("scale=trunc(iw*0.4/2)*2:-2", None, []),
    "grainy": ("noise=alls=30:allf=t", None, []),
    "shaken": (SHAKE, None, []),
    "turned": ("rotate=0.12:c=black", None, []),
    "blurred": ("gblur=sigma=2.5", None, []),
    "compressed": ("null", "anull", ["-crf", "40", "-b:a", "24k"]),
    "slower": ("setpts=1.5*PTS", "atempo=0.6667", []),
    "faster": ("setpts=PTS/1.4", "atempo=1.4", []),
    "quiet": (None, "volume=-30dB", []),
    "muffled": (None, "lowpass=f=2500", []),
    "echoing": (None, "aecho=0.8:0.6:35|61|97:0.4|0.3|0.2", []),
    "hissing": (None, "aeval=val(ch)+0.01*(random(ch)-0.5):c=same", []),
}
SPEEDS = {"slower": 1.5, "faster": 1 / 1.4}


def suits(change: str, clip: dict) -> bool:
    picture, sound, _ = CHANGES[change]
    return bool(picture and clip["video_codec"]) or bool(sound and clip["has_audio"] and clip["modality"] != "visual")


def render(source: Path, target: Path, clip: dict, change: str | None, cut: tuple[float, float] | None) -> None:
    picture, sound, more = CHANGES[change] if change else (None, None, [])
    part = target.with_name(f"part-{target.name}")
    command = ["ffmpeg", "-v", "error", "-y", *(["-ss", str(cut[0]), "-to", str(cut[1])] if cut else []), "-i", str(source)]
    if clip["video_codec"]:
        even = "pad=ceil(iw/2)*2:ceil(ih/2)*2"
        command += ["-vf", f"{picture},{even}" if picture else even, "-c:v", "libx264", "-preset", "veryfast", "-crf", "22", "-pix_fmt", "yuv420p"]
    if clip["has_audio"]:
        command += ["-c:a", "aac", "-b:a", "96k", *(["-af", sound] if sound else [])]
    subprocess.run([*command, *more, str(part)], check=True)
    part.rename(target)


def cuts_of(clip: dict) -> list[tuple[float, float, int]]:
    """From the beginning to the middle of each pause between two events, and from there to the end: with how many."""
    clues = clip["clues"]
    if clip["category"] != "event" or len(clues) != clip["answer"] or not all("start" in clue for clue in clues):
        return []
    pauses = [(a["end"] + b["start"]) / 2 for a, b in zip(clues, clues[1:])]
    first = [(0.0, pause, k + 1) for k, pause in enumerate(pauses)]
    return first + [(pause, clip["duration"], len(clues) - k - 1) for k, pause in enumerate(pauses)]


def questions_of(clip: dict, change: str) -> list[dict]:
    """Without clues, which lie elsewhere in the changed clip; without colours where there are none."""
    asked = [clip, *clip.get("other_questions", [])]
    names = ("question", "category", "modality", "answer", "certainty")
    return [{name: one[name] for name in names} | {"clues": []} for one in asked if not (change == "grey" and one["category"] == "attribute")]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--clips", type=Path, required=True, help="a file in the form of CLIPS.json, beside its clips")
    parser.add_argument("--out", type=Path, default=Path(".cache/changed"))
    arguments = parser.parse_args()
    arguments.out.mkdir(parents=True, exist_ok=True)
    jobs, lines = [], []
    for clip in json.loads(arguments.clips.read_text()):
        stem, ending = Path(clip["file"]).stem, ".mp4" if clip["video_codec"] else ".m4a"
        for change in filter(lambda name: suits(name, clip), CHANGES):
            file = f"{stem}-{change}{ending}"
            jobs.append((file, clip, change, None))
            seconds = clip["duration"] * SPEEDS.get(change, 1)
            lines += [{"file": file, "change": change, "duration": seconds} | one for one in questions_of(clip, change)]
        for number, (low, high, count) in enumerate(cuts_of(clip)):
            file = f"{stem}-cut{number}{ending}"
            jobs.append((file, clip, None, (low, high)))
            whole = questions_of(clip, "cut")[0]
            lines.append({"file": file, "change": "cut", "duration": high - low} | whole | {"answer": count})
    for file, clip, change, cut in tqdm(jobs, desc="clips"):
        if not (arguments.out / file).exists():
            render(arguments.clips.parent / clip["file"], arguments.out / file, clip, change, cut)
    (arguments.out / "changed.json").write_text(json.dumps(lines, indent=1) + "\n")
    print(f"{len(lines)} questions about {len(jobs)} clips in {arguments.out}")


if __name__ == "__main__":
    main()
