#!/usr/bin/env python3
"""Writes the files of src/test/resources/pytorch: two small networks of PyTorch with all kinds of
layer that have weights, as ONNX (two sets of operators) and as the state_dict in .npz, and what they
compute. Run with Debian's python3-torch (1.13) from the job's directory: python3 src/test/python/pretrained.py
"""

import io
import json
import pathlib

import numpy as np
import torch
from torch import nn

TARGET = pathlib.Path("src/test/resources/pytorch")


class Images(nn.Module):
    def __init__(self):
        super().__init__()
        self.first = nn.Conv2d(2, 3, (3, 2), padding=(1, 0))
        self.normal = nn.BatchNorm2d(3)
        self.second = nn.Conv2d(3, 4, 3, bias=False)
        self.out = nn.Linear(4 * 3 * 2, 3)

    def forward(self, x):
        x = torch.relu(self.normal(self.first(x)))
        return self.out(torch.tanh(self.second(x)).flatten(1))


class Sequences(nn.Module):
    def __init__(self):
        super().__init__()
        self.words = nn.Embedding(7, 6)
        self.places = nn.Embedding(5, 6)
        self.normal = nn.LayerNorm(6)
        self.attention = nn.MultiheadAttention(6, 2, batch_first=True)
        self.up = nn.Linear(6, 8)
        self.lstm = nn.LSTM(8, 4, batch_first=True)
        self.gru = nn.GRU(4, 3, batch_first=True)
        self.out = nn.Linear(3, 2)

    def forward(self, x):
        y = self.words(x.long()) + self.places.weight
        z = self.normal(y)
        y = y + self.attention(z, z, z, need_weights=False)[0]
        y = nn.functional.gelu(self.up(y))
        y, _ = self.lstm(y)
        y, _ = self.gru(y)
        return self.out(y[:, -1])


def write(name, network, features):
    with torch.no_grad():
        for tensor in network.state_dict().values():
            if tensor.dtype == torch.float32:
                tensor += 0.3 * torch.rand_like(tensor)  # biases and statistics too
    network.eval()
    for opset in (13, 17):
        file = io.BytesIO()
        torch.onnx.export(
            network,
            features,
            file,
            opset_version=opset,
            training=torch.onnx.TrainingMode.PRESERVE,  # else it merges normalisation into conv
            input_names=["features"],
            output_names=["outputs"],
            dynamic_axes={"features": {0: "batch"}},
        )
        (TARGET / f"{name}-{opset}.onnx").write_bytes(file.getvalue())
    arrays = {key: value.numpy() for key, value in network.state_dict().items()}
    np.savez_compressed(TARGET / f"{name}.npz", **arrays)
    with torch.no_grad():
        outputs = network(features)
    case = {"features": features.flatten().tolist(), "outputs": outputs.flatten().tolist()}
    (TARGET / f"{name}.json").write_text(json.dumps(case) + "\n")


torch.manual_seed(7)
write("images", Images(), torch.randn(2, 2, 5, 5))
write("sequences", Sequences(), torch.randint(7, (2, 5)).float())
