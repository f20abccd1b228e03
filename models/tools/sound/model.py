"""The sound tower: 10 ms log-mels → onsets and class activity every 20 ms. Convolutions only."""

from __future__ import annotations

import torch
from torch import nn

STRIDE = 2
FINGERPRINT = 32
DILATIONS = (1, 2, 4, 8, 16, 32, 64, 1, 2, 4, 1, 2, 4, 1)


class Block(nn.Module):
    def __init__(self, width: int, dilation: int):
        super().__init__()
        self.conv = nn.Conv1d(width, width, 3, padding=dilation, dilation=dilation, bias=False)
        self.norm = nn.BatchNorm1d(width)

    def forward(self, x):
        return x + torch.relu(self.norm(self.conv(x)))


class SoundTower(nn.Module):
    """[1, T, mels] → `onset` [1, T/2], `activity` and `class_onset` [1, T/2, labels], as logits; `fingerprint`
    [1, T/2, FINGERPRINT], by which sounds of one kind are known as such."""

    def __init__(self, labels: int, mels: int = 64, width: int = 160, blocks: int = len(DILATIONS)):
        super().__init__()
        def layer(i, o, stride):
            return nn.Sequential(nn.Conv2d(i, o, 3, stride=stride, padding=1, bias=False), nn.BatchNorm2d(o), nn.ReLU())

        # Strides are (time, frequency).
        self.stem = nn.Sequential(layer(1, 16, (1, 2)), layer(16, 32, (STRIDE, 2)), layer(32, 48, (1, 2)))
        self.join = nn.Sequential(nn.Conv1d(48 * mels // 8, width, 1, bias=False), nn.BatchNorm1d(width), nn.ReLU())
        self.blocks = nn.Sequential(*(Block(width, d) for d in DILATIONS[:blocks]))
        self.onset = nn.Conv1d(width, 1, 3, padding=1)
        self.activity = nn.Conv1d(width, labels, 1)
        self.class_onset = nn.Conv1d(width, labels, 3, padding=1)
        self.fingerprint = nn.Conv1d(width, FINGERPRINT, 1)
        for head in (self.onset, self.activity, self.class_onset):
            nn.init.constant_(head.bias, -4.0)

    def hidden(self, mel):
        """[1, width, T/2]: what all heads read."""
        x = self.stem(mel.unsqueeze(1))
        x = self.join(x.transpose(2, 3).flatten(1, 2))
        return self.blocks(x)

    def forward(self, mel):
        x = self.hidden(mel)
        rows = (self.activity(x), self.class_onset(x), self.fingerprint(x))
        return self.onset(x).squeeze(1), *(y.transpose(1, 2) for y in rows)
