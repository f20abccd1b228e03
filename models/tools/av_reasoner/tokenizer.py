"""The tokenizer of a bundle: the checkpoint's own, or a byte-level one for the test model."""

import json
from pathlib import Path

from .weights import CheckpointError

SPECIALS = ("<|endoftext|>", "<|im_start|>", "<|im_end|>")


def of_checkpoint(folder: Path) -> dict[str, bytes]:
    """Role → bytes. Folders with only vocab.json and merges.txt are read by transformers."""
    config = folder / "tokenizer_config.json"
    if not config.exists():
        raise CheckpointError(f"There is no tokenizer_config.json in {folder}.")
    ready = folder / "tokenizer.json"
    if ready.exists():
        text = ready.read_bytes()
    elif (folder / "vocab.json").exists() and (folder / "merges.txt").exists():
        from transformers import AutoTokenizer

        text = AutoTokenizer.from_pretrained(folder).backend_tokenizer.to_str().encode()
    else:
        raise CheckpointError(f"There is no tokenizer.json, nor vocab.json with merges.txt, in {folder}.")
    return {"tokenizer": text, "tokenizer_config": config.read_bytes()}


def byte_symbols() -> list[str]:
    """GPT-2's printable stand-in for each byte 0…255."""
    shown = [*range(33, 127), *range(161, 173), *range(174, 256)]
    hidden = [byte for byte in range(256) if byte not in shown]
    symbol = {byte: chr(byte) for byte in shown}
    symbol |= {byte: chr(256 + index) for index, byte in enumerate(hidden)}
    return [symbol[byte] for byte in range(256)]


def tiny(vocabulary: int) -> dict[str, bytes]:
    """Ids 0…255 are bytes, then pairs of lower-case letters and letters after a blank; the three special
    tokens stand at the top. Ids between are in no word, as in the real model's padding rows."""
    letters = "abcdefghijklmnopqrstuvwxyz"
    symbols = byte_symbols()
    blank = symbols[32]
    merges = [(a, b) for a in letters for b in letters] + [(blank, a) for a in letters + letters.upper()]
    vocab = {symbol: byte for byte, symbol in enumerate(symbols)}
    vocab |= {a + b: 256 + index for index, (a, b) in enumerate(merges)}
    top = vocabulary - len(SPECIALS)
    # Without a place among the words, a special token gets the next free id, whatever is asked for.
    vocab |= {content: top + index for index, content in enumerate(SPECIALS)}
    added = [
        {
            "id": top + index,
            "content": content,
            "single_word": False,
            "lstrip": False,
            "rstrip": False,
            "normalized": False,
            "special": True,
        }
        for index, content in enumerate(SPECIALS)
    ]
    byte_level = {"type": "ByteLevel", "add_prefix_space": False, "trim_offsets": False, "use_regex": False}
    # Qwen2's way of cutting text into words.
    words = (
        r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+"
        r"|\s+(?!\S)|\s+"
    )
    split = {"type": "Split", "pattern": {"Regex": words}, "behavior": "Isolated", "invert": False}
    tokenizer = {
        "version": "1.0",
        "truncation": None,
        "padding": None,
        "added_tokens": added,
        "normalizer": {"type": "NFC"},
        "pre_tokenizer": {"type": "Sequence", "pretokenizers": [split, byte_level]},
        "post_processor": byte_level,
        "decoder": byte_level,
        "model": {
            "type": "BPE",
            "dropout": None,
            "unk_token": None,
            "continuing_subword_prefix": "",
            "end_of_word_suffix": "",
            "fuse_unk": False,
            "byte_fallback": False,
            "ignore_merges": False,
            "vocab": vocab,
            "merges": [list(pair) for pair in merges],
        },
    }
    config = {
        "tokenizer_class": "Qwen2Tokenizer",
        "eos_token": "<|im_end|>",
        "pad_token": "<|endoftext|>",
        "bos_token": None,
        "add_prefix_space": False,
        "clean_up_tokenization_spaces": False,
        "model_max_length": 16384,
    }
    pack = lambda value: (json.dumps(value, ensure_ascii=False) + "\n").encode()  # noqa: E731
    return {"tokenizer": pack(tokenizer), "tokenizer_config": pack(config)}
