"""python -m pytest models/tools/av_reasoner/test_preprocess.py"""

import librosa
import numpy as np
import pytest
import torch
from PIL import Image

from models.tools.av_reasoner.golden_preprocess import noise, picture, pulse, table
from models.tools.av_reasoner.preprocess import (
    CHUNK,
    beats_fbank,
    fit_size,
    interpolate_positions,
    prepare_frame,
    split_chunks,
    whisper_log_mel,
)


@pytest.mark.parametrize(
    ("source", "infer", "trainer"),
    [
        ((1920, 1080), (640, 320), (640, 320)),
        ((1280, 720), (640, 320), (640, 320)),
        ((854, 480), (640, 320), (640, 320)),
        ((720, 1280), (320, 640), (320, 640)),
        ((1080, 1920), (320, 640), (320, 640)),
        ((640, 360), (640, 384), (640, 320)),
        ((640, 480), (512, 384), (512, 384)),
        ((480, 360), (512, 384), (448, 320)),
        ((480, 480), (512, 512), (448, 448)),
        ((426, 240), (448, 256), (384, 192)),
        ((320, 240), (320, 192), (320, 192)),
        ((160, 120), (320, 192), (320, 192)),
        ((1280, 544), (704, 256), (704, 256)),
        ((9000, 30), (8256, 64), (8256, 64)),
    ],
)
def test_fit_size(source, infer, trainer):
    assert fit_size(*source, "infer")[:2] == infer
    assert fit_size(*source, "trainer")[:2] == trainer


def test_patches_follow_a_convolution():
    """A stride-16 convolution and the product with its flattened kernel are the same."""
    patches, h, w = prepare_frame(Image.fromarray(picture(427, 241, 3)))
    assert (h, w) == (16, 28)
    kernel = torch.randn(5, 3, 16, 16, generator=torch.Generator().manual_seed(0))
    grid = torch.from_numpy(patches).reshape(h, w, 3, 16, 16).permute(2, 0, 3, 1, 4)
    image = grid.reshape(1, 3, h * 16, w * 16)
    assert image[0, :, :7].eq(image[0, 0, 0, 0]).all(), "seven rows of grey above: (256 − 241) // 2"
    assert not image[0, :, 7].eq(image[0, 0, 0, 0]).all()
    out = torch.nn.functional.conv2d(image, kernel, stride=16)[0].flatten(1).T
    np.testing.assert_allclose(patches @ kernel.flatten(1).T.numpy(), out.numpy(), atol=2e-4)


@pytest.mark.parametrize("size", [(20, 40), (40, 20), (24, 32), (12, 20), (16, 16)])
@pytest.mark.parametrize("grid", [16, 128])
def test_positions_are_torch_bilinear(size, grid):
    source = table(grid, 3)
    theirs = torch.nn.functional.interpolate(
        torch.from_numpy(source).permute(2, 0, 1)[None], size=size, mode="bilinear", align_corners=False
    )
    ours = interpolate_positions(source, *size)
    np.testing.assert_allclose(ours, theirs[0].permute(1, 2, 0).reshape(-1, 3).numpy(), atol=5e-5)


def test_chunks():
    assert split_chunks(np.ones(CHUNK - 1)).shape == (1, CHUNK)
    two = split_chunks(np.ones(CHUNK + 1))
    assert two.shape == (2, CHUNK) and two[1].sum() == 1
    assert len(split_chunks(np.ones(25 * CHUNK + 1, np.float32))) == 25
    assert split_chunks(np.zeros(0)).shape == (1, CHUNK)


def torch_log_mel(wave: torch.Tensor) -> torch.Tensor:
    """The same in single precision, through torch.stft, as Whisper does it."""
    spectrum = torch.stft(wave, 400, 160, window=torch.hann_window(400), return_complex=True)
    filters = torch.from_numpy(librosa.filters.mel(sr=16000, n_fft=400, n_mels=128))
    mel = (filters @ spectrum[:, :-1].abs() ** 2).clamp(min=1e-10).log10()
    return (torch.maximum(mel, mel.max() - 8) + 4) / 4


@pytest.mark.parametrize("make", [noise, pulse])
def test_log_mel_is_torch(make):
    wave = make(CHUNK)
    ours = whisper_log_mel(wave)
    assert ours.shape == (128, 3000)
    np.testing.assert_allclose(ours, torch_log_mel(torch.from_numpy(wave)).numpy(), atol=2e-4)


def torch_fbank(wave: torch.Tensor) -> torch.Tensor:
    """Kaldi's filter bank in single precision, step by step as torchaudio orders them."""
    rows = (wave * 32768).unfold(0, 400, 160)
    rows = rows - rows.mean(1, keepdim=True)
    before = torch.nn.functional.pad(rows[None], (1, 0), mode="replicate")[0, :, :-1]
    rows = (rows - 0.97 * before) * torch.hann_window(400, periodic=False) ** 0.85
    power = torch.fft.rfft(torch.nn.functional.pad(rows, (0, 112))).abs() ** 2
    low, high = (1127 * np.log(1 + hz / 700) for hz in (20, 8000))
    step = (high - low) / 129
    mel = 1127 * (1 + 31.25 * torch.arange(256.0) / 700).log()
    left = (low + torch.arange(128) * step)[:, None]
    slopes = torch.minimum((mel - left) / step, (left + 2 * step - mel) / step).clamp(min=0)
    energy = power[:, :256] @ slopes.T
    floor = torch.finfo(torch.float32).eps
    return (energy.clamp(min=floor).log() - 15.41663) / (2 * 6.55582)


@pytest.mark.parametrize("make", [noise, pulse])
def test_fbank_is_torch(make):
    wave = make(CHUNK)
    ours = beats_fbank(wave)
    assert ours.shape == (2998, 128)
    np.testing.assert_allclose(ours, torch_fbank(torch.from_numpy(wave)).numpy(), atol=2e-3)


def test_silence_has_its_own_value():
    silence = np.zeros(CHUNK, np.float32)
    assert np.allclose(whisper_log_mel(silence), -1.5)
    assert np.allclose(beats_fbank(silence), -2.391693, atol=1e-6)
