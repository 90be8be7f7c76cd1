"""Writes what torch.optim does to a few parameters: src/test/resources/optimizers.json.

Run with Debian's python3-torch:  /usr/bin/python3 optimizers.py > ../resources/optimizers.json
"""

import json

import torch

STEPS = 20
RATE = 0.05
L2 = 0.125
START = [0.5, -0.25, 1.0, -2.0, 0.0]

CASES = {
    "sgd": lambda p: torch.optim.SGD(p, lr=RATE),
    "momentum": lambda p: torch.optim.SGD(p, lr=RATE, momentum=0.9),
    "nesterov": lambda p: torch.optim.SGD(p, lr=RATE, momentum=0.9, nesterov=True),
    "adam": lambda p: torch.optim.Adam(p, lr=RATE, betas=(0.9, 0.999), eps=1e-8),
    "adamw": lambda p: torch.optim.AdamW(
        p, lr=RATE, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.01),
    "sgd-l2": lambda p: torch.optim.SGD(p, lr=RATE, weight_decay=L2),
    "momentum-l2": lambda p: torch.optim.SGD(p, lr=RATE, momentum=0.9, weight_decay=L2),
    "nesterov-l2": lambda p: torch.optim.SGD(
        p, lr=RATE, momentum=0.9, nesterov=True, weight_decay=L2),
    "adam-l2": lambda p: torch.optim.Adam(
        p, lr=RATE, betas=(0.9, 0.999), eps=1e-8, weight_decay=L2),
}


def gradients():
    """Gradients that binary32 holds exactly; the last parameter's are all zero."""
    generator = torch.Generator().manual_seed(1)
    g = torch.randint(-64, 65, (STEPS, len(START)), generator=generator).double() / 32
    g[:, -1] = 0
    return g


def run(make, dtype, grads):
    p = torch.tensor(START, dtype=dtype, requires_grad=True)
    optimizer = make([p])
    path = []
    for g in grads:
        p.grad = g.to(dtype)
        optimizer.step()
        path.append(p.detach().double().tolist())
    return path


grads = gradients()
print(json.dumps({
    "torch": torch.__version__,
    "rate": RATE,
    "start": START,
    "gradients": grads.tolist(),
    "float64": {name: run(make, torch.float64, grads) for name, make in CASES.items()},
    "float32": {name: run(make, torch.float32, grads)[-1] for name, make in CASES.items()},
}, indent=1))
