"""The peer of `drey bench worker`: the same gradients in PyTorch, on one thread.

Reads lines of JSON from stdin and answers each with one. {"prepare": task} builds the network and
computes one gradient; {"steps": n} computes it n times and tells how long each took, in
milliseconds: forward, backward, and a copy of the gradient to one flat vector. Ends with stdin.
"""

import json
import os
import sys
import time

for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[variable] = "1"
os.environ.pop("OPENBLAS_CORETYPE", None)

import numpy as np
import torch
from torch import nn

from torch_network import Network


def floats(path):
    return torch.from_numpy(np.fromfile(path, "<f4"))


class Work:
    """A task that is ready."""

    def __init__(self, task):
        (loss, options), = task["network"]["loss"].items()
        if loss != "softmax-cross-entropy" or options["labelSmoothing"] or options["classWeights"]:
            sys.exit(f"the peer has no loss {loss} {options}")
        self.network = Network(task["network"])
        self.network.load(floats(task["parameters"]))
        self.features = floats(task["features"]).view(task["batch"], -1)
        self.labels = floats(task["labels"]).long()
        self.loss = nn.CrossEntropyLoss()
        self.trained = [p for p in self.network.parameters() if p.requires_grad]
        self.flat = torch.zeros(sum(p.numel() for p in self.trained))

    def step(self):
        for parameter in self.trained:
            parameter.grad = None
        loss = self.loss(self.network(self.features), self.labels)
        loss.backward()
        torch.cat([parameter.grad.reshape(-1) for parameter in self.trained], out=self.flat)
        return loss

    def first(self):
        loss = self.step()
        return {
            "torch": torch.__version__,
            "parameters": len(self.flat),
            "loss": loss.item(),
            "gradientNorm": self.flat.double().norm().item(),
        }

    def steps(self, count):
        millis = []
        for _ in range(count):
            start = time.perf_counter()
            self.step()
            millis.append(1000 * (time.perf_counter() - start))
        return {"millis": millis}


def main():
    torch.set_num_threads(1)
    work = None
    for line in sys.stdin:
        request = json.loads(line)
        if "prepare" in request:
            work = Work(request["prepare"])
            answer = work.first()
        else:
            answer = work.steps(request["steps"])
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
