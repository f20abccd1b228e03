"""Trained weights → `models/served/nano/decoder.onnx`, in half precision, and `config.json`; checks the graph
against the model.

`python -m models.tools.decoder.export --weights .cache/decoder/decoder.pt` (`--config-only` writes
config.json alone, after a change of the lexicon). ONE graph serves prefill and steps:
`features [1,T,width], clue [1,T] int64, position [1,T], bias [1,1,T,P+T],
past [layers,2,heads,P,size] → end [1,T], pointer_query [1,T,p], pointer_key [1,T,p], keep [1,T],
present [layers,2,heads,P+T,size]`. P is at least 1: the host starts with one blocked position,
since some backends take no empty tensors.
"""

import argparse
import json
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import torch
from onnx import numpy_helper
from torch import nn
from tqdm import tqdm

from models.tools.decoder.batch import OPENING_POSITION, TASK_POSITION
from models.tools.decoder.features import MAX_CONDITIONS, MAX_PROPOSALS, MAX_WORDS, WIDTH
from models.tools.decoder.labels import OBJECT_NAMES, Words, lexicon, sound_labels
from models.tools.decoder.model import FIRST_PROPOSAL_POSITION, MAX_CLUES, Decoder, Shape
from models.tools.decoder.run import OnnxDecoder, TorchDecoder, answer
from models.tools.decoder.simulate import Simulator
from models.tools.half import store_half

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[2]
GRAPH = ROOT / "models/served/nano/decoder.onnx"
INPUTS = ["features", "clue", "position", "bias", "past"]
OUTPUTS = ["end", "pointer_query", "pointer_key", "keep", "present"]


class Exported(nn.Module):
    def __init__(self, decoder: Decoder):
        super().__init__()
        self.decoder = decoder

    def forward(self, features, clue, position, bias, past):
        end, query, key, keep, present = self.decoder(features, clue, position, bias, past)
        return end, query, key, keep, torch.cat(present, 0)


def read_graph(file: Path) -> dict:
    """The weights of an exported graph, as `train` saves them (rounded to half precision)."""
    graph = onnx.load(file).graph
    stored = {one.name.removesuffix("_half"): numpy_helper.to_array(one).astype(np.float32) for one in graph.initializer}
    model = {}
    for name, array in stored.items():
        if name.startswith("decoder."):
            model[name.removeprefix("decoder.")] = array
    for node in graph.node:
        # The tracer turns the matrices of linear layers round and takes their names away.
        if node.op_type == "MatMul" and node.input[1] in stored:
            path = node.name.split("/")[2:-1]
            name = path[-1] if path[0] == "embed" else ".".join(path)
            model[f"{name}.weight"] = stored[node.input[1]].T
    layers = len({name.split(".")[1] for name in model if name.startswith("blocks.")})
    return {"shape": Shape(layers=layers).as_dict(), "model": {name: torch.from_numpy(array.copy()) for name, array in model.items()}}


def read_weights(file: Path) -> dict:
    """What `train` saved, or what a graph holds: `shape` and `model`. Of columns that are newer, nothing is read."""
    saved = read_graph(file) if file.suffix == ".onnx" else torch.load(file, weights_only=False)
    first = saved["model"]["embed.0.weight"]
    saved["model"]["embed.0.weight"] = nn.functional.pad(first, (0, WIDTH - first.shape[1]))
    return saved


def grown(model: dict, deeper: dict) -> dict:
    """The weights of a model, and the blocks that only a deeper one has, with outputs of 0: they change nothing."""
    missing = deeper.keys() - model.keys()
    if wrong := [*(name for name in missing if not name.startswith("blocks.")), *(model.keys() - deeper.keys())]:
        raise SystemExit(f"weights that only one of the two has: {wrong}")
    silent = {name: torch.zeros_like(deeper[name]) if ".out." in name or ".down." in name else deeper[name] for name in missing}
    return model | silent


def load(*weights: Path, shares: list[float] | None = None) -> Decoder:
    """One network; of several files the mean of their weights."""
    saved = [read_weights(file) for file in weights]
    shares = shares or [1 / len(saved)] * len(saved)
    deepest = max(saved, key=lambda one: one["shape"]["layers"])
    states = [grown(one["model"], deepest["model"]) for one in saved]
    model = Decoder(Shape(**deepest["shape"]))
    model.load_state_dict({name: sum(share * state[name] for share, state in zip(shares, states)) for name in deepest["model"]})
    return model.eval()


def write_config(shape: Shape) -> None:
    config = {
        "graph": "decoder.onnx",
        "soundNames": {label["id"]: label["name"] for label in sound_labels()},
        "objectNames": OBJECT_NAMES,
        "shape": {"layers": shape.layers, "heads": shape.heads, "headSize": shape.width // shape.heads, "pointer": shape.pointer},
        "featureWidth": WIDTH,
        "positions": {"task": TASK_POSITION, "opening": OPENING_POSITION, "firstProposal": FIRST_PROPOSAL_POSITION},
        "maxWords": MAX_WORDS,
        "maxProposals": MAX_PROPOSALS,
        "maxConditions": MAX_CONDITIONS,
        "maxClues": MAX_CLUES,
        "lexicon": lexicon(),
    }  # fmt: skip
    (HERE / "config.json").write_text(json.dumps(config, indent=1) + "\n")


def export(model: Decoder, graph: Path) -> None:
    shape = model.shape
    length, past = 7, 3
    example = (
        torch.zeros(1, length, WIDTH), torch.zeros(1, length, dtype=torch.long), torch.zeros(1, length),
        torch.zeros(1, 1, length, past + length),
        torch.zeros(shape.layers, 2, shape.heads, past, shape.width // shape.heads),
    )  # fmt: skip
    time = {1: "t"}
    torch.onnx.export(
        Exported(model), example, str(graph), opset_version=17, dynamo=False, input_names=INPUTS, output_names=OUTPUTS,
        dynamic_axes={name: time for name in [*INPUTS[:3], *OUTPUTS[:4]]} | {"bias": {2: "t", 3: "all"}, "past": {3: "p"}, "present": {3: "all"}},
    )  # fmt: skip
    saved = onnx.load(graph)
    store_half(saved)
    onnx.checker.check_model(saved)
    onnx.save(saved, graph)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--weights", type=Path, nargs="+", default=[ROOT / ".cache/decoder/decoder.pt"])
    parser.add_argument("--shares", type=float, nargs="+", help="of several weights, in their mean")
    parser.add_argument("--graph", type=Path, default=GRAPH)
    parser.add_argument("--config-only", action="store_true")
    arguments = parser.parse_args()
    if arguments.config_only:
        write_config(Shape(**read_weights(arguments.graph)["shape"]))
        return
    model = load(*arguments.weights, shares=arguments.shares)
    write_config(model.shape)
    graph = arguments.graph
    export(model, graph)
    simulator = Simulator(Words(ROOT / "models/served/nano/words.bin"))
    session = OnnxDecoder(onnxruntime.InferenceSession(str(graph), providers=["CPUExecutionProvider"]))
    same = 0
    for seed in tqdm(range(100), desc="greedy parity", mininterval=5):
        scene = simulator.scene(np.random.default_rng([99, seed]))
        a = answer(TorchDecoder(model), scene, simulator.label_vectors)
        b = answer(session, scene, simulator.label_vectors)
        same += a.pointed == b.pointed
    print(f"{graph.name}: {graph.stat().st_size / 1e6:.2f} MB, greedy parity {same} of 100")
    if same < 100:
        raise SystemExit("the graph does not answer as the model does")


if __name__ == "__main__":
    main()
