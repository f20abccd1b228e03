"""Runs a bundle's graphs with onnxruntime on the CPU: what the browser does, for the tests."""

import json
from pathlib import Path

import numpy as np
import onnxruntime as ort

FLOATS = {"f16": np.float16, "f32": np.float32}


class BundleRunner:
    """A bundle folder, opened. Numbers in and out are f32, as in the browser."""

    def __init__(self, folder: Path):
        self.folder = folder
        self.manifest = json.loads((folder / "manifest.json").read_text())
        self.settings = self.manifest["avReasoner"]
        graphs = self.settings["graphs"]
        self.encoders = {name: self._session(graphs[name]) for name in graphs if name != "decoder"}
        self.decoder = [self._session(graph) for graph in graphs["decoder"]]
        self.embeddings = self._table("embeddings").reshape(-1, self.settings["decoder"]["hidden"])
        self.boundaries = self._table("boundaries").reshape(4, -1)

    def _session(self, graph: dict) -> ort.InferenceSession:
        file = self.folder / self.manifest["parts"][graph["model"]]["file"]
        return ort.InferenceSession(file, providers=["CPUExecutionProvider"])

    def _table(self, role: str) -> np.ndarray:
        table = self.settings["tables"][role]
        part, dtype = (table, "f32") if isinstance(table, str) else (table["part"], table["dtype"])
        file = self.folder / self.manifest["parts"][part]["file"]
        return np.fromfile(file, FLOATS[dtype]).astype(np.float32)

    def see(self, patches: np.ndarray, positions: np.ndarray, grid: tuple[int, int]) -> np.ndarray:
        (features,) = self.encoders["vision_encoder"].run(
            None, {"patches": patches, "pos_embed": positions}
        )
        shaped = features.reshape(len(features), *grid, -1)
        return self.encoders["vision_projector"].run(None, {"vit_features": shaped})[0]

    def hear(self, mel: np.ndarray, fbank: np.ndarray) -> np.ndarray:
        (heard,) = self.encoders["whisper_encoder"].run(None, {"input_features": mel})
        (sounds,) = self.encoders["beats_encoder"].run(None, {"fbank": fbank})
        feeds = {"whisper_states": heard, "beats_states": sounds}
        return self.encoders["speech_projector"].run(None, feeds)[0]

    def start(self) -> dict[str, np.ndarray]:
        """The empty cache."""
        decoder = self.settings["decoder"]
        shape = (1, decoder["kvHeads"], 0, decoder["headDim"])
        none = np.zeros(shape, FLOATS[decoder["cacheDtype"]])
        return {
            f"past_key_values.{layer}.{part}": none
            for layer in range(decoder["layers"])
            for part in ("key", "value")
        }

    def decode(self, embeds: np.ndarray, cache: dict[str, np.ndarray]) -> np.ndarray:
        """[1, S, hidden] → logits [V] of the last position; the cache grows in place."""
        past = cache["past_key_values.0.key"].shape[2]
        total = past + embeds.shape[1]
        x = embeds
        for piece in self.decoder:
            names = [value.name for value in piece.get_inputs()]
            feeds = {name: cache[name] for name in names if name.startswith("past_")}
            feeds |= {
                "inputs_embeds": x,
                "seqlens_k": np.array([total - 1], np.int32),
                "total_sequence_length": np.array([total], np.int32),
            }
            outputs = dict(zip([value.name for value in piece.get_outputs()], piece.run(None, feeds)))
            for name, value in outputs.items():
                if name.startswith("present."):
                    cache[name.replace("present", "past_key_values")] = value
            x = outputs.get("hidden_states", outputs.get("logits"))
        return x[0, 0]

    def greedy(self, embeds: np.ndarray, most: int, stop: tuple[int, ...], penalty: float) -> list[int]:
        cache, written = self.start(), []
        logits = self.decode(embeds, cache)
        while len(written) < most:
            kept = logits[written]
            logits[written] = np.where(kept > 0, kept / penalty, kept * penalty)
            chosen = int(logits.argmax())
            if chosen in stop:
                break
            written.append(chosen)
            logits = self.decode(self.embeddings[[chosen]][None], cache)
        return written
