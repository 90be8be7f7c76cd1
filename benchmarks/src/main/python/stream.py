"""The peer of `drey bench stream`: the same training in a plain PyTorch loop over a file.

Reads one line of JSON from stdin, the task; prints one line of JSON, the result: examples and
seconds of the second half of the file. Records are 4-byte floats, features and then the class, one
record after the other; they are read from the file batch by batch, as they would be polled.
"""

import json
import os
import sys
import threading
import time

import numpy as np
import torch
from torch import nn


def end_with_stdin():
    sys.stdin.read()
    os._exit(1)


def main():
    task = json.loads(sys.stdin.readline())
    threading.Thread(target=end_with_stdin, daemon=True).start()
    torch.set_num_threads(task["threads"])
    torch.manual_seed(1)
    features, batch = task["features"], task["batch"]
    network = nn.Sequential(
        nn.Linear(features, task["units"]),
        nn.ReLU(),
        nn.Linear(task["units"], task["classes"]),
    )
    loss_function = nn.CrossEntropyLoss()
    update = torch.optim.Adam(network.parameters(), task["rate"])
    width = features + 1
    records = os.path.getsize(task["file"]) // (4 * width)
    seen = measured = 0
    start = None
    with open(task["file"], "rb") as file:
        while seen < records:
            if start is None and seen >= records // 2:
                start = time.perf_counter()
            rows = np.fromfile(file, "<f4", batch * width).reshape(-1, width)
            # A copy of each, as a loop that decodes records has them.
            inputs = torch.from_numpy(rows[:, :features].copy())
            labels = torch.from_numpy(rows[:, features].astype(np.int64))
            update.zero_grad(set_to_none=True)
            loss = loss_function(network(inputs), labels)
            loss.backward()
            update.step()
            seen += len(rows)
            if start is not None:
                measured += len(rows)
    print(
        json.dumps(
            {
                "torch": torch.__version__,
                "examples": measured,
                "seconds": time.perf_counter() - start,
                "loss": loss.item(),
            }
        ),
        flush=True,
    )


if __name__ == "__main__":
    main()
