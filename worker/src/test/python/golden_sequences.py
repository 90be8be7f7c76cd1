#!/usr/bin/python3
"""Writes src/test/resources/golden/sequences.json: networks over sequences, as PyTorch computes
them in float64, in the form of golden.py.

Needs Debian's python3-torch. Run from the worker's directory:
    /usr/bin/python3 src/test/python/golden_sequences.py
Inputs and parameters are exact in float32, so that both sides start from the same numbers. Where
PyTorch has the layer, its own is what is compared with, its weights transposed.
"""
import json
import pathlib

import torch
from torch.nn import functional

INITIALIZER = "zeros"


class Case:
    """A network built layer after layer: each method draws a layer's tensors and applies it."""

    def __init__(self, seed, examples, shape, vocabulary=None):
        self.generator = torch.Generator().manual_seed(seed)
        self.shape = shape
        self.tensors = []
        self.layers = []
        self.outputs = {}
        self.remark = ""
        if vocabulary is None:
            self.x = self.draw(examples, *shape)
        else:
            self.x = torch.randint(0, vocabulary, (examples, *shape), generator=self.generator)
        self.z = self.x

    def draw(self, *shape):
        values = torch.rand(*shape, generator=self.generator) * 2 - 1
        return (values.double() * 1e4).round().div(1e4).float().double()

    def tensor(self, *shape):
        self.tensors.append(self.draw(*shape).requires_grad_())
        return self.tensors[-1]

    def done(self, kind, layer, z, name=None):
        written = {kind: layer}
        if name is not None:
            written = {"named": {"name": name, "layer": written}}
            self.outputs[name] = z
        self.layers.append(written)
        self.z = z
        return self

    def embedding(self, vocabulary, units, name=None):
        table = self.tensor(vocabulary, units)
        layer = {"vocabulary": vocabulary, "units": units, "initializer": INITIALIZER}
        return self.done("embedding", layer, functional.embedding(self.z, table), name)

    def positional(self, name=None):
        table = self.tensor(*self.z.shape[1:])
        layer = {"initializer": INITIALIZER}
        return self.done("positional-embedding", layer, self.z + table, name)

    def recurrent(self, kind, units, sequences, name=None):
        features = self.z.shape[2]
        gates = (4 if kind == "lstm" else 3) * units
        kernel = self.tensor(features, gates)
        recurrent = self.tensor(units, gates)
        bias = self.tensor(gates)
        other = torch.zeros_like(bias) if kind == "lstm" else self.tensor(gates)
        weights = [kernel.t(), recurrent.t(), bias, other]
        zero = torch.zeros(1, self.z.shape[0], units, dtype=torch.float64)
        if kind == "lstm":
            h = torch.lstm(self.z, (zero, zero), weights, True, 1, 0.0, True, False, True)[0]
        else:
            h = torch.gru(self.z, zero, weights, True, 1, 0.0, True, False, True)[0]
        layer = {"units": units, "sequences": sequences, "initializer": INITIALIZER}
        return self.done(kind, layer, h if sequences else h[:, -1], name)

    def normalization(self, epsilon=1e-3, name=None):
        features = self.z.shape[-1]
        scale, offset = self.tensor(features), self.tensor(features)
        z = functional.layer_norm(self.z, [features], scale, offset, epsilon)
        return self.done("layer-normalization", {"epsilon": epsilon}, z, name)

    def attention(self, heads, causal, name=None):
        n, time, features = self.z.shape
        kernel, bias = self.tensor(features, 3 * features), self.tensor(3 * features)
        out, offset = self.tensor(features, features), self.tensor(features)
        self.remark = " (causal)" if causal else ""
        mask = torch.triu(torch.full((time, time), float("-inf")), 1) if causal else None
        x = self.z.transpose(0, 1)
        z, _ = functional.multi_head_attention_forward(
            x, x, x, features, heads, kernel.t(), bias, None, None, False, 0.0, out.t(), offset,
            need_weights=False, attn_mask=mask)
        layer = {"heads": heads, "causal": causal, "initializer": INITIALIZER}
        return self.done("multi-head-attention", layer, z.transpose(0, 1), name)

    def dense(self, units, activation="linear", name=None):
        f = {"linear": lambda z: z, "tanh": torch.tanh, "gelu": functional.gelu}[activation]
        kernel, bias = self.tensor(self.z.shape[-1], units), self.tensor(units)
        layer = {"units": units, "activation": activation}
        return self.done("dense", layer, f(self.z @ kernel + bias), name)

    def average(self, name=None):
        dims = [1] if self.z.dim() == 3 else [2, 3]
        return self.done("global-average-pooling", {}, self.z.mean(dims), name)

    def add(self, addend, name=None):
        return self.done("add", {"addend": addend}, self.z + self.outputs[addend], name)

    def block(self, number, heads, causal):
        """A transformer's block, normalised first: Xiong et al. (2020), figure 1b."""
        before = f"block{number}"
        first = self.layers[-1]
        self.layers[-1] = {"named": {"name": before, "layer": first}}
        self.outputs[before] = self.z
        features = self.z.shape[-1]
        self.normalization().attention(heads, causal).add(before, name=before + "-middle")
        return self.normalization().dense(2 * features, "gelu").dense(features).add(
            before + "-middle")

    def golden(self, loss):
        n, outputs = self.z.shape
        if loss == "softmax-cross-entropy":
            y = torch.randint(0, outputs, (n, 1), generator=self.generator)
            total = functional.cross_entropy(self.z, y[:, 0], reduction="sum")
            loss = {loss: {"labelSmoothing": 0, "classWeights": []}}
        else:
            y = self.draw(n, outputs)
            total = ((self.z - y) ** 2).sum() / 2
            loss = {loss: {}}
        total.backward()
        kinds = [next(iter(plain(layer))) for layer in self.layers]
        return {
            "title": f"{n} of {list(self.shape)}: " + ", ".join(kinds) + self.remark,
            "network": {"input": list(self.shape), "layers": self.layers, "loss": loss},
            "examples": n,
            "seed": 0,
            "features": flat([self.x], 7),
            "labels": flat([y], 7),
            "parameters": flat(self.tensors, 7),
            "outputs": flat([self.z], 10),
            "lossSum": total.item(),
            "gradient": flat([t.grad for t in self.tensors], 10),
        }


def plain(layer):
    return layer["named"]["layer"] if "named" in layer else layer


def flat(tensors, digits):
    values = [v for t in tensors for v in t.detach().reshape(-1).tolist()]
    return [float(f"{v:.{digits}g}") for v in values]


def recurrences(kind):
    yield Case(1, 3, [5, 4]).recurrent(kind, 6, False).dense(3)
    yield Case(2, 2, [4, 3]).recurrent(kind, 5, True).recurrent(kind, 4, False)
    yield Case(3, 1, [1, 2]).recurrent(kind, 1, False)
    yield Case(4, 2, [1, 1]).recurrent(kind, 3, True).average()
    yield Case(5, 7, [3, 1]).dense(2, "tanh").recurrent(kind, 1, True).average()
    yield Case(6, 3, [6], 5).embedding(5, 3).recurrent(kind, 4, True).average().dense(2)


def others():
    yield Case(11, 3, [4], 7).embedding(7, 2).average()
    yield Case(12, 1, [1], 1).embedding(1, 1).positional().average()
    yield Case(13, 4, [5], 3).embedding(3, 4).positional().average().dense(3)
    yield Case(14, 3, [5, 4]).dense(6, "tanh").average().dense(2)
    yield Case(15, 5, [7]).dense(5, "tanh").normalization().dense(3)
    yield Case(16, 3, [4, 6]).dense(6).normalization().dense(4, "tanh").average()
    yield Case(17, 2, [1, 3]).dense(3, "tanh").normalization(0.1).average()
    yield Case(18, 3, [2, 4, 3]).average().dense(2)


def attentions():
    for causal in (False, True):
        yield Case(21, 3, [5, 4]).dense(4, "tanh").attention(2, causal).average().dense(3)
        yield Case(22, 1, [1, 3]).attention(1, causal).average()
        yield Case(23, 2, [6, 3]).dense(3, "tanh").attention(3, causal).average()
        yield Case(24, 2, [7, 6]).attention(1, causal).dense(2, "tanh").average()
        yield (Case(25, 2, [4], 9).embedding(9, 4).positional().attention(2, causal)
               .attention(4, causal).average())


def transformers():
    for causal in (False, True):
        case = Case(31, 3, [5], 11).embedding(11, 6).positional()
        yield case.block(1, 2, causal).block(2, 3, causal).average().dense(4)


def main():
    cases = [*recurrences("lstm"), *recurrences("gru"), *others(), *attentions(), *transformers()]
    losses = ["softmax-cross-entropy", "half-squared-error"]
    goldens = [case.golden(losses[i % 2 if case.z.shape[1] > 1 else 1])
               for i, case in enumerate(cases)]
    text = ",\n".join(json.dumps(g, separators=(",", ":")) for g in goldens)
    path = pathlib.Path(__file__).parents[1] / "resources" / "golden" / "sequences.json"
    path.write_text("[\n" + text + "\n]\n")


if __name__ == "__main__":
    main()
