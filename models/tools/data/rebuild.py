"""Rebuilds the training recordings from their public sources.

    python -m models.tools.data.rebuild --out DIR [--packages NAME …] [--esc10 ESC-50-master.zip]
    python -m models.tools.data.rebuild --out .cache/more --beside MEDIA
    python -m models.tools.data.rebuild --check DIR

`--beside MEDIA` makes only what MEDIA/sounds lacks: the sound tower is trained on both folders.

`recordings.tsv` names every recording: its place in the training set, the Debian 12 `main` package
and the path inside it (or the end of that path, where no other file of the package ends so), the
package's licence. The packages are fetched by `apt-get download` (about
5 GB; nothing is installed), each file becomes 16 kHz mono Opus of at most 12 s, and `SOUNDS.json` lists
them in the form that `models.tools.sound.bank` reads. A run that was stopped goes on where it was.

ESC-10 is the part of ESC-50 (K. J. Piczak, https://github.com/karolpiczak/ESC-50) under CC BY and
CC0, but for two clips, which the training leaves out: give the archive of that repository by `--esc10`.

Also a credits table: `--credits FILE` writes the packages, how many of their recordings are used, and
their licences.
"""

from __future__ import annotations

import argparse
import csv
import json
import subprocess
import sys
import zipfile
from collections import Counter
from pathlib import Path

import soundfile
from tqdm import tqdm

HERE = Path(__file__).parent
LONGEST_SECONDS = 12
# Packages of soundfonts: what is listed of them is a note.
RENDERED = {"fluid-soundfont", "timgm6mb-soundfont", "denemo-data"}
# Freesound numbers of the ESC-10 clips under Sampling Plus.
NOT_FREE = {"40730", "96460"}


def recordings() -> list[dict[str, str]]:
    with open(HERE / "recordings.tsv", newline="") as handle:
        return list(csv.DictReader(handle, delimiter="\t"))


def unpack(package: str, cache: Path) -> Path:
    """Fetches and unpacks a Debian package once. Raises CalledProcessError where apt has none."""
    folder = cache / package
    if (folder / ".done").exists():
        return folder
    folder.mkdir(parents=True, exist_ok=True)
    subprocess.run(["apt-get", "download", "-q", package], cwd=folder, check=True, stdout=subprocess.DEVNULL)
    deb = next(folder.glob("*.deb"))
    subprocess.run(["dpkg-deb", "-x", str(deb), str(folder)], check=True)
    deb.unlink()
    for archive in [*folder.rglob("*.zip"), *folder.rglob("*.pk3")]:
        with zipfile.ZipFile(archive) as content:
            content.extractall(archive.with_name("_" + archive.stem))
    (folder / ".done").touch()
    return folder


def find(folder: Path, source: str) -> Path | None:
    """The file of a path that may lead through an unpacked archive, by the longest tail that fits."""
    direct = folder / source
    if direct.exists():
        return direct
    parts = Path(source).parts
    for start in range(len(parts)):
        tail = "/".join(parts[start:])
        found = sorted(folder.rglob(tail)) if "*" not in tail and "[" not in tail else []
        if found:
            return found[0]
    return None


def convert(source: Path, target: Path) -> bool:
    """Any sound file → 16 kHz mono Opus. False where ffmpeg cannot read it or finds no sound in it."""
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_suffix(".part.opus")
    done = subprocess.run(
        ["ffmpeg", "-v", "error", "-y", "-i", source, "-t", str(LONGEST_SECONDS), "-ac", "1", "-ar", "16000", "-c:a", "libopus", "-b:a", "48k", part],
        check=False, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        empty = done.returncode != 0 or len(soundfile.read(part)[0]) == 0
    except soundfile.LibsndfileError:
        empty = True
    if empty:
        part.unlink(missing_ok=True)
        return False
    part.replace(target)
    return True


def render(source: str, target: Path) -> bool:
    """A note of a soundfont: `Name__fluidgm_BANK_PROGRAM_KEY.wav`."""
    from models.tools.data.soundfont import render_note

    name = source.rsplit(".", 1)[0].split("__")[1]
    font, bank, program, key = name.split("_")
    wave = target.with_suffix(".wav")
    target.parent.mkdir(parents=True, exist_ok=True)
    render_note(font.removeprefix("fluid"), int(bank), int(program), int(key), wave)
    ok = convert(wave, target)
    wave.unlink(missing_ok=True)
    return ok


def stretches(recording: Path) -> int:
    """Loud stretches of a recording: 1 for a single bark, more for a barking dog."""
    from models.tools.sound.bank import read, segments

    return len(segments(read(recording), 0.12, -25.0))


def rebuild(out: Path, cache: Path, packages: list[str] | None, beside: Path | None = None) -> None:
    rows = [r for r in recordings() if packages is None or r["package"] in packages]
    if beside:
        rows = [r for r in rows if not (beside / "sounds" / r["file"]).exists()]
    listed, missing = [], Counter()
    for row in tqdm(sorted(rows, key=lambda r: r["package"]), desc="recordings"):
        target = out / "sounds" / row["file"]
        if not target.exists():
            if "__" in row["source"] and row["package"] in RENDERED:
                ok = render(row["source"], target)
            else:
                source = find(unpack(row["package"], cache), row["source"])
                ok = source is not None and convert(source, target)
            if not ok:
                missing[row["package"]] += 1
                continue
        segments = int(row["segments"]) if row["segments"] else stretches(target)
        listed.append({
            "file": row["file"], "cls": row["file"].split("/")[0], "package": row["package"], "source": row["source"],
            "licence": row["licence"], "durationSeconds": round(soundfile.info(target).duration, 2), "segments": segments,
            "oneShot": row["one_shot"] == "1" if row["one_shot"] else segments == 1,
        })  # fmt: skip
    (out / "sounds").mkdir(parents=True, exist_ok=True)
    (out / "sounds" / "SOUNDS.json").write_text(json.dumps(sorted(listed, key=lambda e: e["file"]), indent=1) + "\n")
    print(f"{len(listed)} of {len(rows)} recordings in {out / 'sounds'}")
    for package, count in missing.most_common():
        print(f"  left out: {count} of {package} (packed in a form of its own, or gone)", file=sys.stderr)


def rebuild_esc10(archive: Path, out: Path) -> None:
    """Takes the ten classes and folds 1–4 out of the ESC-50 repository's archive.

    Nobody has counted the events of a clip in that archive: `COUNTS.json` is left empty, so the bank
    takes the ends of events from the level alone, and the evaluation has no ESC-10 part.
    """
    folder, listed = out / "esc10", []
    with zipfile.ZipFile(archive) as content:
        names = {Path(n).name: n for n in content.namelist()}
        rows = csv.DictReader(content.read(names["esc50.csv"]).decode().splitlines())
        for row in tqdm([r for r in rows if r["esc10"] == "True" and int(r["fold"]) <= 4], desc="ESC-10"):
            path = f"{row['category']}/{Path(row['filename']).stem}.ogg"
            target = folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            licence = "CC-Sampling+" if row["src_file"] in NOT_FREE else "CC-BY"
            listed.append({"path": path, "fold": row["fold"], "category": row["category"], "clip_licence": licence})
            subprocess.run(
                ["ffmpeg", "-v", "error", "-y", "-i", "-", "-c:a", "libvorbis", "-q:a", "7", target],
                check=True, input=content.read(names[row["filename"]]),
            )  # fmt: skip
    with open(folder / "ESC10.csv", "w", newline="") as handle:
        writer = csv.DictWriter(handle, list(listed[0]))
        writer.writeheader()
        writer.writerows(listed)
    (folder / "COUNTS.json").write_text("[]\n")


def check(media: Path) -> int:
    """How many of the listed recordings a media folder lacks."""
    lacking = [r["file"] for r in recordings() if not (media / "sounds" / r["file"]).exists()]
    print(f"{len(recordings()) - len(lacking)} of {len(recordings())} recordings are in {media}")
    for file in lacking[:10]:
        print(f"  missing: {file}", file=sys.stderr)
    return len(lacking)


def credits() -> str:
    """Markdown table: package, recordings, licence."""
    rows = recordings()
    counts = Counter((r["package"], r["licence"]) for r in rows)
    lines = ["| package (Debian 12 main) | recordings | licence as the package states it |", "| --- | --- | --- |"]
    lines += [f"| {package} | {n} | {licence} |" for (package, licence), n in sorted(counts.items(), key=lambda x: (-x[1], x[0]))]
    return "\n".join(lines) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path)
    parser.add_argument("--cache", type=Path, default=Path(".cache/packages"))
    parser.add_argument("--packages", nargs="+", default=None, help="only these")
    parser.add_argument("--beside", type=Path, help="a media folder; only what its sounds/ lacks is made")
    parser.add_argument("--esc10", type=Path, help="archive of the ESC-50 repository")
    parser.add_argument("--check", type=Path)
    parser.add_argument("--credits", type=Path)
    args = parser.parse_args()
    if args.credits:
        args.credits.write_text(credits())
    if args.check:
        sys.exit(1 if check(args.check) else 0)
    if args.out:
        rebuild(args.out, args.cache, args.packages, args.beside)
        if args.esc10:
            rebuild_esc10(args.esc10, args.out)


if __name__ == "__main__":
    main()
