"""Converts AV-Reasoner into a bundle that the browser loads.

    python -m models.tools.export --checkpoint DIR --out DIR --dtype q4f16
    python -m models.tools.export --random tiny            the test model, into models/served/tiny
    python -m models.tools.export --random full --out DIR  the real shapes with random numbers

A checkpoint is a local Hugging Face folder of lulidong/AV-Reasoner or THUdyh/Ola-7b. Weights are read one at
a time, so 16 GB of memory are enough; after an interruption the same command goes on where it stopped.
"""

import argparse
import sys
from dataclasses import replace
from pathlib import Path

from .av_reasoner import config as configs
from .av_reasoner import tokenizer
from .av_reasoner.bundle import DTYPES, Bundler, Identity, size_table
from .av_reasoner.weights import CheckpointError, CheckpointFolder, RandomWeights

SERVED = Path(__file__).parents[1] / "served"
RANDOM_LICENCE = "Apache-2.0 (random numbers)"
CHECKPOINT_LICENCE = "Apache-2.0 (AV-Reasoner, Ola-7B, Qwen2.5), MIT (Whisper, BEATs)"


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    source = parser.add_mutually_exclusive_group(required=True)
    source.add_argument("--checkpoint", type=Path, help="a local Hugging Face folder")
    source.add_argument("--random", choices=("tiny", "full"))
    parser.add_argument("--out", type=Path)
    parser.add_argument("--dtype", choices=DTYPES)
    parser.add_argument("--seed", type=int, default=0, help="of the random numbers")
    parser.add_argument("--layers", type=int, help="with --random full: fewer layers of the language model")
    options = parser.parse_args(arguments)
    out = options.out or (SERVED / "tiny" if options.random == "tiny" else None)
    if out is None:
        parser.error("--out is needed")
    try:
        manifest = _convert(options, out)
    except CheckpointError as error:
        print(error, file=sys.stderr)
        return 1
    print(size_table(manifest))
    return 0


def _convert(options: argparse.Namespace, out: Path) -> dict:
    if options.checkpoint:
        weights = CheckpointFolder(options.checkpoint)
        config = configs.from_checkpoint(options.checkpoint, weights.shapes())
        weights.check(config)
        words = tokenizer.of_checkpoint(options.checkpoint)
        dtype = options.dtype or "q4f16"
        name = "AV-Reasoner 7B"
        identity = Identity(f"av-reasoner-{dtype}", name, "1.0.0", CHECKPOINT_LICENCE, False)
        return Bundler(config, weights, out, dtype, weights.fingerprint()).run(identity, words)
    config = configs.tiny() if options.random == "tiny" else configs.Config()
    dtype = options.dtype or ("f32" if options.random == "tiny" else "q4f32")
    if options.layers:
        config = replace(config, decoder=replace(config.decoder, layers=options.layers))
    words = tokenizer.tiny(config.decoder.vocabulary)
    title = "AV-Reasoner tiny" if options.random == "tiny" else "AV-Reasoner 7B, random"
    identity = Identity(f"av-reasoner-random-{options.random}-{dtype}", title, "1.0.0", RANDOM_LICENCE, True)
    weights = RandomWeights(config, options.seed)
    fingerprint = f"random {options.random} {options.seed} {config.decoder.layers}"
    return Bundler(config, weights, out, dtype, fingerprint).run(identity, words)


if __name__ == "__main__":
    sys.exit(main())
