"""A network of Drey's, built in PyTorch from the JSON of its specification.

The parameters are those of PyTorch's own modules, in PyTorch's own layouts: what a user of PyTorch
would write.
"""

import sys

import torch
from torch import nn
from torch.nn import functional

ACTIVATIONS = {
    "relu": nn.ReLU,
    "leaky-relu": nn.LeakyReLU,
    "gelu": nn.GELU,
    "tanh": nn.Tanh,
    "sigmoid": nn.Sigmoid,
}


class Positional(nn.Module):
    """x + P, a trained table."""

    def __init__(self, shape):
        super().__init__()
        self.table = nn.Parameter(torch.zeros(shape))

    def forward(self, x):
        return x + self.table


class Recurrent(nn.LSTM):
    """Every h, or the last one. One bias is enough: the other one stays zero."""

    def __init__(self, inputs, units, sequences):
        super().__init__(inputs, units, batch_first=True)
        self.sequences = sequences
        nn.init.zeros_(self.bias_hh_l0)
        self.bias_hh_l0.requires_grad_(False)

    def forward(self, x):
        outputs, (last, _) = super().forward(x)
        return outputs if self.sequences else last[0]


class Attention(nn.MultiheadAttention):
    """Self-attention."""

    def forward(self, x):
        return super().forward(x, x, x, need_weights=False)[0]


class Pooled(nn.Module):
    """The mean over all places."""

    def forward(self, x):
        return x.mean(1) if x.dim() == 3 else x.mean((2, 3))


class Index(nn.Embedding):
    """Rows of a table, by whole numbers that came as floats."""

    def forward(self, x):
        return super().forward(x.long())


def borders(window, image):
    """Zeros before and after, per dimension of the image."""
    (padding, options), = window["padding"].items()
    if padding == "fixed":
        return [(size, size) for size in options["extent"]]
    sides = []
    for size, kernel, stride, dilation in zip(
        image, window["kernel"], window["stride"], window["dilation"]
    ):
        outputs = -(-size // stride)
        total = max(0, (outputs - 1) * stride + (kernel - 1) * dilation + 1 - size)
        sides.append((total // 2, total - total // 2))
    return sides


def convolution(options, shape):
    window = options["window"]
    sides = borders(window, shape[1:])
    if any(before != after for before, after in sides):
        sys.exit("the peer has no convolution with more zeros on one side than on the other")
    return nn.Conv2d(
        shape[0],
        options["filters"],
        window["kernel"],
        window["stride"],
        [before for before, _ in sides],
        window["dilation"],
    )


def pooling(kind, options, shape):
    """The zeros that only the end has are those of PyTorch's ceil_mode."""
    window = options["window"]
    sides = borders(window, shape[1:])
    ends = [after - before for before, after in sides]
    if any(end not in (0, 1) for end in ends) or (kind != "max-pooling2d" and any(ends)):
        sys.exit(f"the peer has no {kind} with so many more zeros at the end")
    pool = nn.MaxPool2d if kind == "max-pooling2d" else nn.AvgPool2d
    return pool(
        window["kernel"],
        window["stride"],
        [before for before, _ in sides],
        ceil_mode=any(ends),
    )


def module(kind, options, shape):
    """One layer without its activation, for inputs of this shape (of one example)."""
    if kind == "dense":
        return nn.Linear(shape[-1], options["units"])
    if kind == "conv2d":
        return convolution(options, shape)
    if kind in ("max-pooling2d", "average-pooling2d"):
        return pooling(kind, options, shape)
    if kind == "local-response-normalization":
        names = ("size", "alpha", "beta", "k")
        return nn.LocalResponseNorm(*(options[name] for name in names))
    if kind == "global-average-pooling":
        return Pooled()
    if kind == "flatten":
        return nn.Flatten()
    if kind == "activation":
        return ACTIVATIONS[options["function"]]()
    if kind == "layer-normalization":
        return nn.LayerNorm(shape[-1], options["epsilon"])
    if kind == "embedding":
        return Index(options["vocabulary"], options["units"])
    if kind == "positional-embedding":
        return Positional(shape)
    if kind == "lstm":
        return Recurrent(shape[-1], options["units"], options["sequences"])
    if kind == "multi-head-attention":
        if options["causal"]:
            sys.exit("the peer has no causal attention")
        return Attention(shape[-1], options["heads"], batch_first=True)
    return sys.exit(f"the peer has no layer {kind}")


class Network(nn.Module):
    """The layers as a graph: each reads the one before it, or the one it names."""

    def __init__(self, spec):
        super().__init__()
        self.input = tuple(spec["input"])
        self.layers = nn.ModuleList()
        self.plan = []  # (index of the module or None, from, addend, name)
        self.eval()  # nothing here drops, and shapes are found by running
        values = {"input": torch.zeros(1, *self.input)}
        previous = "input"
        with torch.no_grad():
            for index, written in enumerate(spec["layers"]):
                previous = self.append(index, written, previous, values)
        self.output = previous
        self.train()

    def append(self, index, written, previous, values):
        (kind, options), = written.items()
        name, source = str(index), previous
        if kind == "named":
            name = options.get("name") or name
            source = options.get("from") or previous
            (kind, options), = options["layer"].items()
        if kind == "add":
            self.plan.append((None, source, options["addend"], name))
        else:
            made = module(kind, options, tuple(values[source].shape[1:]))
            activation = options.get("activation", "linear")
            if activation != "linear":
                made = nn.Sequential(made, ACTIVATIONS[activation]())
            self.layers.append(made)
            self.plan.append((len(self.layers) - 1, source, None, name))
        values[name] = self.step(self.plan[-1], values)
        return name

    def step(self, planned, values):
        layer, source, addend, _ = planned
        if layer is None:
            return values[source] + values[addend]
        return self.layers[layer](values[source])

    def forward(self, x):
        values = {"input": x.view(-1, *self.input)}
        for planned in self.plan:
            values[planned[3]] = self.step(planned, values)
        return values[self.output]

    def tensors(self):
        """The trained parameters in the order of Drey's flat vector, and whether it transposes."""
        for layer in self.layers.modules():
            if isinstance(layer, Attention):
                yield layer.in_proj_weight, True
                yield layer.in_proj_bias, False
                yield layer.out_proj.weight, True
                yield layer.out_proj.bias, False
            elif isinstance(layer, nn.Linear):
                if not isinstance(layer, nn.modules.linear.NonDynamicallyQuantizableLinear):
                    yield layer.weight, True
                    yield layer.bias, False
            elif isinstance(layer, Recurrent):
                yield layer.weight_ih_l0, True
                yield layer.weight_hh_l0, True
                yield layer.bias_ih_l0, False
            elif not isinstance(layer, (nn.Sequential, nn.ModuleList)):
                for parameter in layer.parameters(recurse=False):
                    yield parameter, False

    def load(self, flat):
        """Takes over the parameters of Drey's flat vector."""
        at = 0
        with torch.no_grad():
            for tensor, transposed in self.tensors():
                shape = tensor.t().shape if transposed else tensor.shape
                part = flat[at : at + tensor.numel()].view(shape)
                tensor.copy_(part.t() if transposed else part)
                at += tensor.numel()
        if at != len(flat):
            sys.exit(f"the peer's network has {at} parameters, Drey's {len(flat)}")
