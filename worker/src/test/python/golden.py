#!/usr/bin/python3
"""Writes src/test/resources/golden.json: losses and gradients that PyTorch computes in float64.

Needs Debian's python3-torch. Run from the worker's directory:
    /usr/bin/python3 src/test/python/golden.py
Inputs and parameters are exact in float32, so that both sides start from the same numbers.
"""
import json
import pathlib

import torch

ACTIVATIONS = {
    "linear": lambda z: z,
    "relu": torch.relu,
    "tanh": torch.tanh,
    "sigmoid": torch.sigmoid,
}
LOSSES = ["softmax-cross-entropy", "mean-squared-error", "half-squared-error"]


def draw(generator, *shape):
    return (torch.rand(*shape, generator=generator) * 2 - 1).to(torch.float32).to(torch.float64)


def loss_sum(name, z, y):
    if name == "softmax-cross-entropy":
        return torch.nn.functional.cross_entropy(z, y[:, 0].long(), reduction="sum")
    squares = ((z - y) ** 2).sum()
    return squares / z.shape[1] if name == "mean-squared-error" else squares / 2


def case(seed, examples, inputs, layers, loss):
    generator = torch.Generator().manual_seed(seed)
    x = draw(generator, examples, inputs)
    outputs = layers[-1][0]
    if loss == "softmax-cross-entropy":
        y = torch.randint(0, outputs, (examples, 1), generator=generator).to(torch.float64)
    else:
        y = draw(generator, examples, outputs)
    tensors, z, width = [], x, inputs
    for units, activation in layers:
        kernel = draw(generator, width, units).requires_grad_()
        bias = draw(generator, units).requires_grad_()
        tensors += [kernel, bias]
        z = ACTIVATIONS[activation](z @ kernel + bias)
        width = units
    total = loss_sum(loss, z, y)
    total.backward()
    flat = lambda ts: torch.cat([t.reshape(-1) for t in ts]).tolist()
    return {
        "network": {
            "input": [inputs],
            "layers": [{"dense": {"units": u, "activation": a}} for u, a in layers],
            "loss": loss,
        },
        "examples": examples,
        "features": flat([x]),
        "labels": flat([y]),
        "parameters": flat([t.detach() for t in tensors]),
        "outputs": flat([z.detach()]),
        "lossSum": total.item(),
        "gradient": flat([t.grad for t in tensors]),
    }


def main():
    cases = []
    for loss in LOSSES:
        for i, activation in enumerate(ACTIVATIONS):
            layers = [(5 + i, activation), (3, "linear")]
            cases.append(case(len(cases), 3 + 2 * i, 7 - i, layers, loss))
        cases.append(case(len(cases), 11, 5, [(4, "relu"), (7, "tanh"), (3, "sigmoid")], loss))
        cases.append(case(len(cases), 1, 3, [(2, "linear")], loss))
    text = ",\n".join(json.dumps(c) for c in cases)
    path = pathlib.Path(__file__).parents[1] / "resources" / "golden.json"
    path.write_text("[\n" + text + "\n]\n")


if __name__ == "__main__":
    main()
