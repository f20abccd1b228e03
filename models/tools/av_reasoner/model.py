"""AV-Reasoner whole: pictures, sound and question → the sequence → words.

The parameters carry the names of the released checkpoint, so `state_dict()` is a checkpoint.
"""

from dataclasses import dataclass

import torch
from torch import Tensor, nn

from .config import Config, GenerationConfig
from .decoder import Cache, DecoderLayer, RmsNorm, empty_cache
from .speech import SpeechEncoder, SpeechProjector, sinusoids
from .vision import OlaMlp, VisionTower


class Backbone(nn.Module):
    def __init__(self, config: Config):
        super().__init__()
        decoder = config.decoder
        self.embed_tokens = nn.Embedding(decoder.vocabulary, decoder.hidden)
        self.layers = nn.ModuleList([DecoderLayer(decoder) for _ in range(decoder.layers)])
        self.norm = RmsNorm(decoder.hidden, decoder.eps)
        self.vision_tower = VisionTower(config.vision)
        self.mm_projector = OlaMlp(config)
        self.speech_encoder = SpeechEncoder(config)
        self.speech_projector = SpeechProjector(config)


@dataclass(frozen=True)
class Media:
    """What is shown and played. Either side may be absent.

    patches: [frames, h·w, 3·patch²]; mel: [chunks, mels, 3000]; fbank: [chunks, 2998, bands]
    """

    patches: Tensor | None = None
    grid: tuple[int, int] = (0, 0)
    mel: Tensor | None = None
    fbank: Tensor | None = None


class AvReasoner(nn.Module):
    def __init__(self, config: Config):
        super().__init__()
        self.config = config
        self.model = Backbone(config)
        self.lm_head = nn.Linear(config.decoder.hidden, config.decoder.vocabulary, bias=False)

    def see(self, patches: Tensor, grid: tuple[int, int]) -> Tensor:
        """[frames, N, 3·patch²] → [frames, tokens, hidden]; frames do not see each other."""
        tower = self.model.vision_tower.vision_tower
        features = tower(patches, tower.positions(*grid))
        return self.model.mm_projector(features.unflatten(1, grid))

    def hear(self, mel: Tensor, fbank: Tensor) -> Tensor:
        """[chunks, mels, 3000] and [chunks, 2998, bands] → [chunks, 151, hidden]"""
        encoder = self.model.speech_encoder
        return self.model.speech_projector(encoder.whisper_model(mel), encoder.beats_model(fbank))

    def sequence(self, prefix: list[int], media: Media, suffix: list[int]) -> Tensor:
        """The embeddings in their true order: prefix, pictures, sound, suffix. [1, S, hidden]"""
        projector, speech = self.model.mm_projector, self.model.speech_projector
        parts = [self.embed(prefix)]
        if media.patches is not None:
            frames = self.see(media.patches, media.grid).flatten(0, 1)
            parts += [projector.image_begin[None], frames, projector.image_end[None]]
        if media.mel is not None:
            chunks = self.hear(media.mel, media.fbank).flatten(0, 1)
            parts += [speech.speech_begin[None], chunks, speech.speech_end[None]]
        return torch.cat([*parts, self.embed(suffix)])[None]

    def embed(self, ids: list[int]) -> Tensor:
        return self.model.embed_tokens(torch.tensor(ids, dtype=torch.long))

    def decode(self, embeds: Tensor, past: Cache | None = None) -> tuple[Tensor, Cache]:
        """[1, S, hidden] after what is cached → logits of the last position [1, 1, V], and the cache."""
        x, present = embeds, []
        for layer, cached in zip(self.model.layers, past or empty_cache(self.config.decoder, x)):
            x, kept = layer(x, cached)
            present.append(kept)
        return self.lm_head(self.model.norm(x[:, -1:])), present

    @torch.no_grad()
    def generate(self, embeds: Tensor, settings: GenerationConfig, greedy: bool = True) -> list[int]:
        """Token ids up to a stop id (left out) or the most that may be written."""
        logits, past = self.decode(embeds)
        written: list[int] = []
        while len(written) < settings.max_new_tokens:
            scores = penalised(logits[0, 0], written, settings.repetition_penalty)
            chosen = int(scores.argmax()) if greedy else sample(scores, settings)
            if chosen in settings.stop_ids:
                break
            written.append(chosen)
            logits, past = self.decode(self.embed([chosen])[None], past)
        return written


def penalised(logits: Tensor, written: list[int], penalty: float) -> Tensor:
    """transformers' RepetitionPenaltyLogitsProcessor; the prompt is embeddings, so only what was written counts."""
    scores = logits.clone()
    ids = sorted(set(written))
    kept = scores[ids]
    scores[ids] = torch.where(kept > 0, kept / penalty, kept * penalty)
    return scores


def probabilities(scores: Tensor, settings: GenerationConfig) -> Tensor:
    """After the penalty: temperature, top-k, top-p, in transformers' order."""
    scores = scores / settings.temperature
    if settings.top_k:
        least = scores.topk(min(settings.top_k, len(scores))).values[-1]
        scores = scores.masked_fill(scores < least, float("-inf"))
    if settings.top_p < 1:
        ordered, index = scores.sort(descending=True)
        before = ordered.softmax(-1).cumsum(-1) - ordered.softmax(-1)
        scores = scores.index_fill(0, index[before >= settings.top_p], float("-inf"))
    return scores.softmax(-1)


def sample(scores: Tensor, settings: GenerationConfig) -> int:
    return int(torch.multinomial(probabilities(scores, settings), 1))


def positions_of_whisper(config: Config) -> Tensor:
    return sinusoids(config.whisper.positions, config.whisper.width)
