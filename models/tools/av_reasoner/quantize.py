"""Block quantization in the layout of com.microsoft MatMulNBits.

Every `BLOCK` weights of a row share one scale; the zero point is half the range, so none is stored.
The last block of a row may be partial: it is filled up with zeros.
"""

import torch
from torch import Tensor

BLOCK = 32


def quantize(weight: Tensor, bits: int) -> tuple[Tensor, Tensor]:
    """[N, K] f32 → packed uint8 [N, blocks, BLOCK·bits/8], low nibble first, and f32 scales [N, blocks].

    The scale maps the weight of largest size to the end of the range that has one step more.
    """
    rows, inputs = weight.shape
    blocks = -(-inputs // BLOCK)
    padded = torch.nn.functional.pad(weight, (0, blocks * BLOCK - inputs))
    grouped = padded.view(rows, blocks, BLOCK)
    zero = 1 << (bits - 1)
    low, high = grouped.amin(-1, keepdim=True), grouped.amax(-1, keepdim=True)
    scales = torch.where(low.abs() > high, low, high) / -zero
    inverse = torch.where(scales == 0, 0.0, 1 / scales)
    steps = (grouped * inverse).round_().add_(zero).clamp_(0, 2 * zero - 1).to(torch.uint8)
    if bits == 4:
        steps = steps[..., 0::2] | (steps[..., 1::2] << 4)
    return steps.contiguous(), scales.squeeze(-1)


def dequantize(packed: Tensor, scales: Tensor, inputs: int, bits: int) -> Tensor:
    """What MatMulNBits multiplies with: [N, K] f32."""
    zero = 1 << (bits - 1)
    if bits == 4:
        packed = torch.stack([packed & 15, packed >> 4], dim=-1).flatten(-2)
    values = (packed.float() - zero) * scales[..., None]
    return values.flatten(1)[:, :inputs]
