#!/usr/bin/python3
"""Writes src/test/resources/golden/*.json: losses and gradients that PyTorch computes in float64.

Needs Debian's python3-torch. Run from the worker's directory:
    /usr/bin/python3 src/test/python/golden.py

A case is a network in the worker protocol's JSON, with examples and parameters; what PyTorch makes
of them are the outputs of a prediction, and loss and flat gradient while training. Numbers that
go in have four decimals and are taken as float32, so that both sides start from the same ones.

A kind of layer is a class: tensors() draws its parameters, forward() computes it. Another script
may import write() and add kinds to KINDS.
"""
import json
import math
import pathlib

import torch
import torch.nn.functional as F

RESOURCES = pathlib.Path(__file__).parents[1] / "resources" / "golden"

ACTIVATIONS = {
    "linear": lambda z: z,
    "relu": torch.relu,
    "leaky-relu": lambda z: F.leaky_relu(z, 0.01),
    "gelu": F.gelu,
    "tanh": torch.tanh,
    "sigmoid": torch.sigmoid,
    "softmax": lambda z: torch.softmax(z, -1),
}


class Draw:
    """Numbers of four decimals, as float32 values in float64."""

    def __init__(self, seed):
        self.generator = torch.Generator().manual_seed(seed)

    def __call__(self, *shape, low=-1.0, high=1.0):
        uniform = torch.rand(*shape, generator=self.generator, dtype=torch.float64)
        return torch.round((uniform * (high - low) + low) * 1e4).div(1e4).float().double()

    def whole(self, limit, *shape):
        return torch.randint(0, limit, shape, generator=self.generator).double()


class Context:
    """One way through a network: what the layers need to know besides their input."""

    def __init__(self, training, seed=0):
        self.training = training
        self.seed = seed
        self.index = 0  # of the layer
        self.addend = None  # of an addition


class Layer:
    """Keys of the specification as attributes, and the shape of one example at the input."""

    def __init__(self, keys, shape):
        self.shape = shape
        for key, value in keys.items():
            setattr(self, key, value)

    def tensors(self, draw):
        return []

    def forward(self, x, tensors, context):
        raise NotImplementedError

    def statistics(self, tensors):
        """What the flat gradient holds per example where a tensor is no parameter, by index."""
        return {}


class Activation(Layer):
    def forward(self, x, tensors, context):
        return ACTIVATIONS[self.function](x)


class Add(Layer):
    def forward(self, x, tensors, context):
        return x + context.addend


class Dense(Layer):
    activation = "linear"

    def tensors(self, draw):
        return [draw(self.shape[-1], self.units), draw(self.units)]

    def forward(self, x, tensors, context):
        kernel, bias = tensors
        return ACTIVATIONS[self.activation](x @ kernel + bias)


class Dropout(Layer):
    """The mask is drawn as docs/worker-protocol.md says."""

    def forward(self, x, tensors, context):
        if not context.training:
            return x
        rate = torch.tensor(self.rate).double().item()  # as float32
        stream = split_mix(context.seed, context.index)
        kept = [
            0.0 if split_mix(stream, v) >> 11 < int(rate * 2**53) else 1 / (1 - rate)
            for v in range(x.numel())
        ]
        return x * torch.tensor(kept, dtype=torch.float64).reshape(x.shape)


def split_mix(stream, index):
    mask = 2**64 - 1
    z = (stream + (index + 1) * 0x9E3779B97F4A7C15) & mask
    z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & mask
    z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & mask
    return z ^ (z >> 31)


class Flatten(Layer):
    def forward(self, x, tensors, context):
        return x.reshape(x.shape[0], -1)


class Windowed(Layer):
    """A window over an image."""

    def padded(self, x, value=0.0):
        w = self.window
        if "fixed" in w["padding"]:
            top, left = w["padding"]["fixed"]["extent"]
            return F.pad(x, (left, left, top, top), value=value)
        rows, columns = (
            max(
                0,
                (math.ceil(size / stride) - 1) * stride + (kernel - 1) * dilation + 1 - size,
            )
            for size, kernel, stride, dilation in zip(
                self.shape[1:], w["kernel"], w["stride"], w["dilation"]
            )
        )
        top, left = rows // 2, columns // 2
        return F.pad(x, (left, columns - left, top, rows - top), value=value)


class Conv2d(Windowed):
    def tensors(self, draw):
        return [draw(self.filters, self.shape[0], *self.window["kernel"]), draw(self.filters)]

    def forward(self, x, tensors, context):
        kernel, bias = tensors
        w = self.window
        z = F.conv2d(self.padded(x), kernel, bias, w["stride"], 0, w["dilation"])
        return ACTIVATIONS[self.activation](z)


class MaxPooling2d(Windowed):
    def forward(self, x, tensors, context):
        w = self.window
        return F.max_pool2d(self.padded(x, -math.inf), w["kernel"], w["stride"])


class AveragePooling2d(Windowed):
    def forward(self, x, tensors, context):
        w = self.window
        sums = F.avg_pool2d(self.padded(x), w["kernel"], w["stride"])
        return sums / F.avg_pool2d(self.padded(torch.ones_like(x)), w["kernel"], w["stride"])


class GlobalAveragePooling(Layer):
    def forward(self, x, tensors, context):
        return x.mean((2, 3)) if x.dim() == 4 else x.mean(1)


class LocalResponseNormalization(Layer):
    def forward(self, x, tensors, context):
        return F.local_response_norm(x, self.size, self.alpha, self.beta, self.k)


class BatchNormalization(Layer):
    def tensors(self, draw):
        n = self.shape[0] if len(self.shape) == 3 else self.shape[-1]
        return [draw(n), draw(n), draw(n), draw(n, low=0.5, high=2.0)]

    def forward(self, x, tensors, context):
        scale, offset, mean, variance = tensors
        channels = 1 if len(self.shape) == 3 else x.dim() - 1
        others = [d for d in range(x.dim()) if d != channels]
        if context.training:
            mean = x.mean(others)
            variance = x.var(others, unbiased=False)
            n = x.numel() / x.shape[channels]
            self.measured = {2: mean.detach(), 3: (variance * n / max(1, n - 1)).detach()}
        at = [-1 if d == channels else 1 for d in range(x.dim())]
        normal = (x - mean.reshape(at)) / torch.sqrt(variance.reshape(at) + self.epsilon)
        return scale.reshape(at) * normal + offset.reshape(at)

    def statistics(self, tensors):
        return self.measured


KINDS = {
    "activation": Activation,
    "add": Add,
    "average-pooling2d": AveragePooling2d,
    "batch-normalization": BatchNormalization,
    "conv2d": Conv2d,
    "dense": Dense,
    "dropout": Dropout,
    "flatten": Flatten,
    "global-average-pooling": GlobalAveragePooling,
    "local-response-normalization": LocalResponseNormalization,
    "max-pooling2d": MaxPooling2d,
}


def kind(keyed):
    ((name, keys),) = keyed.items()
    return name, keys


class Network:
    """The graph of a network; its parameters are drawn on the first way through."""

    def __init__(self, json, draw):
        self.json = json
        self.draw = draw
        self.layers = []  # (layer, tensors)

    def forward(self, x, context):
        outputs = {"input": x}
        for index, written in enumerate(self.json["layers"]):
            name, keys = kind(written)
            place = {}
            if name == "named":
                place, (name, keys) = keys, kind(keys["layer"])
            x = outputs[place["from"]] if "from" in place else x
            if index == len(self.layers):
                layer = KINDS[name](keys, list(x.shape[1:]))
                self.layers.append((layer, layer.tensors(self.draw)))
            context.index = index
            context.addend = outputs[keys["addend"]] if name == "add" else None
            layer, tensors = self.layers[index]
            x = layer.forward(x, tensors, context)
            if "name" in place:
                outputs[place["name"]] = x
        return x

    def tensors(self):
        return [t for _, tensors in self.layers for t in tensors]

    def gradient(self, examples):
        parts = []
        for layer, tensors in self.layers:
            measured = layer.statistics(tensors)
            for i, tensor in enumerate(tensors):
                parts.append(examples * measured[i] if i in measured else tensor.grad)
        return parts


def labels(loss, outputs, examples, draw):
    name, _ = kind(loss)
    if name == "softmax-cross-entropy":
        return draw.whole(outputs, examples, 1)
    if name == "binary-cross-entropy":
        return draw.whole(2, examples, outputs)
    return draw(examples, outputs, low=-2.0, high=2.0)


def loss_sum(loss, z, y):
    name, keys = kind(loss)
    k = z.shape[1]
    if name == "softmax-cross-entropy":
        t = y[:, 0].long()
        weights = torch.tensor(keys["classWeights"] or [1.0] * k).double()
        smoothing = torch.tensor(keys["labelSmoothing"]).double()
        q = (1 - smoothing) * F.one_hot(t, k) + smoothing / k
        return -(weights[t] * (q * torch.log_softmax(z, 1)).sum(1)).sum()
    if name == "binary-cross-entropy":
        return F.binary_cross_entropy_with_logits(z, y, reduction="sum")
    if name == "huber":
        delta = torch.tensor(keys["delta"]).double().item()
        return F.huber_loss(z, y, reduction="sum", delta=delta) / k
    squares = ((z - y) ** 2).sum()
    return squares / k if name == "mean-squared-error" else squares / 2


def case(title, network, examples, seed, features=None):
    """Computes one case; features default to numbers in [-1, 1]."""
    draw = Draw(seed)
    x = draw(examples, *network["input"]) if features is None else features(draw)
    model = Network(network, draw)
    z = model.forward(x, Context(training=False))
    tensors = model.tensors()
    for tensor in tensors:
        tensor.requires_grad_()
    y = labels(network["loss"], z.shape[1], examples, draw)
    outputs = model.forward(x, Context(training=False)).detach()
    total = loss_sum(network["loss"], model.forward(x, Context(True, seed)), y)
    total.backward()
    return {
        "title": title,
        "network": network,
        "examples": examples,
        "seed": seed,
        "features": flat([x], 7),
        "labels": flat([y], 7),
        "parameters": flat([t.detach() for t in tensors], 7),
        "outputs": flat([outputs], 10),
        "lossSum": float(f"{total.item():.10g}"),
        "gradient": flat(model.gradient(examples), 10),
    }


def flat(tensors, digits):
    values = [v for t in tensors for v in t.reshape(-1).tolist()]
    return [float(f"{v:.{digits}g}") for v in values]


def write(family, cases):
    """Writes the cases of a family, one per line."""
    RESOURCES.mkdir(exist_ok=True)
    text = ",\n".join(json.dumps(c, separators=(",", ":")) for c in cases)
    (RESOURCES / f"{family}.json").write_text("[\n" + text + "\n]\n")


# What specifications are made of.


def softmax_cross_entropy(smoothing=0.0, weights=()):
    keys = {"labelSmoothing": smoothing, "classWeights": list(weights)}
    return {"softmax-cross-entropy": keys}


SQUARED = {"half-squared-error": {}}
LOSSES = {
    "softmax cross-entropy": softmax_cross_entropy(),
    "label smoothing": softmax_cross_entropy(0.1),
    "class weights": softmax_cross_entropy(0.0, [0.5, 2.0, 1.25]),
    "label smoothing and class weights": softmax_cross_entropy(0.3, [0.5, 0.0, 1.25]),
    "binary cross-entropy": {"binary-cross-entropy": {}},
    "mean squared error": {"mean-squared-error": {}},
    "half squared error": SQUARED,
    "huber": {"huber": {"delta": 0.75}},
}


def network(shape, layers, loss=SQUARED):
    return {"input": list(shape), "layers": layers, "loss": loss}


def dense(units, activation="linear"):
    return {"dense": {"units": units, "activation": activation}}


def named(layer, name=None, source=None):
    keys = {"name": name, "from": source}
    return {"named": {**{k: v for k, v in keys.items() if v}, "layer": layer}}


def add(name):
    return {"add": {"addend": name}}


def activation(function):
    return {"activation": {"function": function}}


def window(kernel, stride=(1, 1), padding=(0, 0), dilation=(1, 1)):
    """padding: "same", or rows and columns."""
    pad = {"same": {}} if padding == "same" else {"fixed": {"extent": list(padding)}}
    return {
        "kernel": list(kernel),
        "stride": list(stride),
        "padding": pad,
        "dilation": list(dilation),
    }


def conv2d(filters, *args, function="linear", **kwargs):
    return {
        "conv2d": {
            "filters": filters,
            "window": window(*args, **kwargs),
            "activation": function,
            "initializer": "glorot-uniform",
        }
    }


def pooling(what, *args, **kwargs):
    return {f"{what}-pooling2d": {"window": window(*args, **kwargs)}}


BATCH_NORMALIZATION = {"batch-normalization": {"momentum": 0.9, "epsilon": 0.001}}
FLATTEN = {"flatten": {}}


# The cases.


def losses():
    for i, (title, loss) in enumerate(LOSSES.items()):
        yield case(title, network([4], [dense(5, "tanh"), dense(3)], loss), 7, 10 + i)
    for title in "binary cross-entropy", "huber", "mean squared error":
        yield case(title + ", one output", network([3], [dense(1)], LOSSES[title]), 1, 20)


def activations():
    for i, function in enumerate(ACTIVATIONS):
        layers = [dense(5 + i, function), dense(3, function), dense(2)]
        yield case(f"dense, {function}", network([7 - i % 3], layers), 3 + 2 * i, 30 + i)
        layers = [dense(6), activation(function), dense(2)]
        yield case(f"activation, {function}", network([5], layers), 5, 40 + i)
        layers = [dense(3, function), FLATTEN, dense(2)]
        yield case(f"dense over time, {function}", network([3, 5], layers), 4, 50 + i)
    yield case("one weight", network([1], [dense(1)]), 1, 60)
    layers = [activation("tanh"), dense(4), activation("softmax")]
    yield case("activation first and last", network([3], layers), 3, 61)
    yield case("flatten first", network([2, 3, 2], [FLATTEN, dense(3, "relu")]), 4, 62)


def residuals():
    block = [named(dense(5, "relu"), "a"), dense(5, "tanh"), add("a"), dense(2)]
    yield case("a skip", network([4], block), 6, 70)
    block = [named(dense(4, "tanh"), "a"), add("a"), dense(2)]
    yield case("what is added to itself", network([4], block), 6, 71)
    block = [
        named(dense(5, "gelu"), "a"),
        named(dense(5), "b"),
        named(add("a"), "sum"),
        named(dense(5, "sigmoid"), "c", "a"),
        named(add("b"), "d", "c"),
        add("sum"),
        activation("relu"),
        add("a"),
        dense(3),
    ]
    yield case("read by three", network([3], block, softmax_cross_entropy()), 5, 72)
    block = [dense(4, "tanh"), dense(4), add("input"), dense(2)]
    yield case("the input added", network([4], block), 3, 73)
    block = [named(FLATTEN, "x"), dense(6, "tanh"), add("x"), dense(2)]
    yield case("a flattened input added", network([2, 3], block), 3, 74)
    block = [
        named(dense(6, "tanh"), "a"),
        named(FLATTEN, "flat"),
        named(dense(12), "b"),
        named(add("flat"), "c"),
        dense(2),
    ]
    yield case("a flattened layer read twice", network([2, 3], block), 3, 75)
    block = [named(dense(4, "relu"), "a"), named(dense(4), "b", "input"), add("a"), add("b")]
    yield case("two branches from the input", network([3], block), 5, 76)
    block = [named({"dropout": {"rate": 0.0}}, "x"), dense(4), add("x"), dense(1)]
    yield case("a layer without parameters first, read twice", network([4], block), 5, 77)


def dropouts():
    def drop(rate):
        return {"dropout": {"rate": rate}}

    for i, rate in enumerate((0.0, 0.5, 0.1, 0.9)):
        layers = [dense(33, "relu"), drop(rate), dense(2)]
        yield case(f"dropout {rate}", network([3], layers), 5, 80 + i)
    layers = [drop(0.3), named(dense(7), "a"), drop(0.5), add("a"), drop(0.5)]
    yield case("dropouts in one network", network([5], layers), 9, -90)
    layers = [dense(3), named(drop(0.25), "a"), dense(3), add("a"), FLATTEN, dense(2)]
    yield case("dropout over time, read twice", network([3, 2], layers), 3, 2**62 + 91)


def image_dropouts():
    layers = [conv2d(3, (2, 2)), {"dropout": {"rate": 0.4}}, conv2d(2, (2, 1)), FLATTEN, dense(2)]
    yield case("dropout between conv2d", network([2, 5, 4], layers), 3, 95)
    layers = [{"dropout": {"rate": 0.4}}, FLATTEN, dense(2)]
    yield case("dropout of an image", network([2, 3, 4], layers), 3, 96)


def images():
    def last(layers, shape, title, examples, seed):
        yield case(title, network(shape, layers + [FLATTEN, dense(2)]), examples, seed)

    convolutions = {
        "conv2d": ([2, 5, 4], conv2d(3, (3, 2))),
        "conv2d of one place": ([3, 2, 3], conv2d(2, (2, 3), function="relu")),
        "conv2d, 1x1": ([3, 3, 2], conv2d(2, (1, 1), function="tanh")),
        "conv2d, stride": ([2, 7, 6], conv2d(2, (3, 2), stride=(2, 3), function="sigmoid")),
        "conv2d, padding": ([1, 4, 5], conv2d(2, (3, 3), padding=(2, 1), function="relu")),
        "conv2d, dilation": ([2, 6, 7], conv2d(2, (2, 3), dilation=(2, 3), function="gelu")),
        "conv2d, same": ([2, 5, 4], conv2d(3, (3, 3), padding="same", function="leaky-relu")),
        "conv2d, same, even kernel": ([2, 5, 5], conv2d(2, (2, 4), padding="same")),
        "conv2d, same, stride and dilation": (
            [1, 7, 8],
            conv2d(2, (3, 2), stride=(3, 2), padding="same", dilation=(2, 1)),
        ),
        "conv2d, stride leaves a rest": ([2, 6, 6], conv2d(2, (3, 3), stride=(2, 2))),
        "conv2d, all at once": (
            [3, 9, 8],
            conv2d(4, (3, 2), stride=(2, 1), padding=(1, 2), dilation=(1, 2), function="relu"),
        ),
    }
    for i, (title, (shape, layer)) in enumerate(convolutions.items()):
        yield from last([layer], shape, title, 2 + i % 3, 100 + i)
    two = [
        conv2d(3, (3, 3), function="relu"),
        pooling("max", (2, 2), stride=(2, 2)),
        conv2d(2, (2, 2), function="tanh"),
    ]
    yield from last(two, [2, 8, 7], "two conv2d", 3, 120)
    yield from image_dropouts()


def poolings():
    windows = {
        "": ([2, 4, 6], dict(kernel=(2, 2), stride=(2, 2))),
        ", overlapping": ([2, 5, 5], dict(kernel=(3, 2), stride=(1, 1))),
        ", gaps and a rest": ([1, 7, 8], dict(kernel=(2, 2), stride=(3, 3))),
        ", padding": ([2, 5, 4], dict(kernel=(3, 3), stride=(2, 2), padding=(1, 1))),
        ", uneven padding": ([1, 4, 5], dict(kernel=(3, 2), stride=(2, 1), padding=(2, 1))),
        ", same": ([2, 5, 6], dict(kernel=(2, 3), stride=(2, 2), padding="same")),
        ", same, stride 1": ([1, 3, 4], dict(kernel=(2, 2), stride=(1, 1), padding="same")),
    }
    seed = 130
    for what in "max", "average":
        for title, (shape, keys) in windows.items():
            layers = [conv2d(shape[0], (1, 1)), pooling(what, **keys), FLATTEN, dense(2)]
            yield case(f"{what} pooling{title}", network(shape, layers), 3, seed)
            seed += 1
    layers = [conv2d(3, (2, 2)), {"global-average-pooling": {}}, dense(2)]
    yield case("global average pooling of an image", network([2, 4, 5], layers), 3, seed)
    layers = [dense(3), {"global-average-pooling": {}}, dense(2)]
    yield case("global average pooling of a sequence", network([5, 2], layers), 3, seed + 1)


def normalizations():
    def response(size, alpha, beta, k):
        keys = {"size": size, "alpha": alpha, "beta": beta, "k": k}
        return {"local-response-normalization": keys}

    rules = (5, 0.75, 0.75, 2.0), (1, 0.5, 1.0, 1.0), (4, 1.5, 0.5, 1.0), (9, 0.01, 0.75, 1.0)
    for i, rule in enumerate(rules):
        layers = [conv2d(7, (1, 1)), response(*rule), FLATTEN, dense(2)]
        yield case(f"response {rule}", network([2, 3, 2], layers), 3, 150 + i)
    normal = BATCH_NORMALIZATION
    layers = [dense(4), normal, activation("relu"), dense(2)]
    yield case("batch normalization", network([3], layers), 6, 160)
    layers = [conv2d(3, (2, 2)), normal, activation("relu"), FLATTEN, dense(2)]
    yield case("batch normalization of an image", network([2, 4, 3], layers), 3, 161)
    layers = [dense(3), normal, FLATTEN, dense(2)]
    yield case("batch normalization of a sequence", network([4, 2], layers), 3, 162)
    layers = [normal, dense(2)]
    yield case("batch normalization first", network([3], layers), 5, 163)
    layers = [
        named(conv2d(2, (3, 3), padding="same"), "a"),
        normal,
        activation("relu"),
        conv2d(2, (3, 3), padding="same"),
        normal,
        add("a"),
        activation("relu"),
        {"global-average-pooling": {}},
        dense(3),
    ]
    yield case("a residual block", network([2, 4, 4], layers, softmax_cross_entropy()), 4, 164)


def main():
    for family in losses, activations, residuals, dropouts, images, poolings, normalizations:
        write(family.__name__, family())


if __name__ == "__main__":
    main()
