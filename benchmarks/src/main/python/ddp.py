"""The peer of `drey bench train`: the same training in PyTorch.

One process per slot, DistributedDataParallel over gloo on the loopback interface, one thread each.
Reads one line of JSON from stdin, the task; prints one line of JSON, the result. Ends at once when
its stdin is closed, that is, when whoever started it is gone.

The data lie in memory as float32, normalized; an epoch is a permutation that all processes draw
from the same seed, dealt out in order; what is left for its last step is shared out evenly. After
each epoch every process scores its share of the held-out rows.
"""

import ctypes
import gzip
import json
import math
import os
import signal
import socket
import struct
import sys
import threading
import time
from datetime import timedelta

for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[variable] = "1"
os.environ.pop("OPENBLAS_CORETYPE", None)

import numpy as np
import torch
import torch.distributed as dist
import torch.multiprocessing as mp
from torch import nn
from torch.nn.parallel import DistributedDataParallel

from torch_network import Network

IDX_UNSIGNED_BYTE = 8
GLOO_TIMEOUT = timedelta(minutes=2)
PR_SET_PDEATHSIG = 1


def read_idx(path):
    """An IDX file of unsigned bytes, plain or gzip, as an array of its shape."""
    with open(path, "rb") as file:
        data = file.read()
    if data[:2] == b"\x1f\x8b":
        data = gzip.decompress(data)
    zero, kind, dimensions = struct.unpack(">HBB", data[:4])
    if zero != 0 or kind != IDX_UNSIGNED_BYTE:
        raise ValueError(f"{path} is no IDX file of unsigned bytes")
    shape = struct.unpack(f">{dimensions}I", data[4 : 4 + 4 * dimensions])
    return np.frombuffer(data, np.uint8, offset=4 + 4 * dimensions).reshape(shape)


def read_examples(data, normalization):
    """Features [rows, columns], normalized, and labels [rows]."""
    features = read_idx(data["features"])
    features = features.reshape(len(features), -1).astype(np.float32)
    features -= np.array(normalization["mean"], np.float32)
    features /= np.array(normalization["deviation"], np.float32)
    labels = read_idx(data["labels"]).astype(np.int64)
    return torch.from_numpy(features), torch.from_numpy(labels)


def network(spec):
    made = Network(spec)
    for name, parameter in made.named_parameters():
        if parameter.dim() > 1:
            nn.init.xavier_uniform_(parameter)
        elif "bias" in name:
            nn.init.zeros_(parameter)
    return made


def optimizer(parameters, kind, rate):
    (name, options), = kind.items()
    if name == "sgd":
        return torch.optim.SGD(parameters, rate)
    if name in ("momentum", "nesterov"):
        return torch.optim.SGD(parameters, rate, options["momentum"], nesterov=name == "nesterov")
    betas = (options["beta1"], options["beta2"])
    if name == "adam":
        return torch.optim.Adam(parameters, rate, betas, options["epsilon"])
    decay = options["weightDecay"]
    return torch.optim.AdamW(parameters, rate, betas, options["epsilon"], decay)


def share(count, parts, index):
    """The half-open range of the index-th of nearly equal parts."""
    return count * index // parts, count * (index + 1) // parts


def train(rank, task, port, results):
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    torch.set_num_threads(1)
    processes = task["processes"]
    dist.init_process_group(
        "gloo",
        init_method=f"tcp://127.0.0.1:{port}",
        rank=rank,
        world_size=processes,
        timeout=GLOO_TIMEOUT,
    )
    torch.manual_seed(task["seed"])
    features, labels = read_examples(task["training"], task["normalization"])
    train_rows = torch.tensor(task["trainRows"])
    test_rows = torch.tensor(task["testRows"])
    test_features, test_labels = features, labels
    if task["test"] != task["training"]:
        test_features, test_labels = read_examples(task["test"], task["normalization"])
    from_row, to_row = share(len(test_rows), processes, rank)
    test_features = test_features[test_rows[from_row:to_row]]
    test_labels = test_labels[test_rows[from_row:to_row]]

    model = DistributedDataParallel(network(task["network"]))
    loss_function = nn.CrossEntropyLoss()
    update = optimizer(model.parameters(), task["optimizer"], task["rate"])
    shuffle = torch.Generator().manual_seed(task["seed"])

    step_examples = processes * task["miniBatch"]
    epochs = task["epochs"]
    first_measured = task["warmUpEpochs"]
    marks = []  # per measured epoch: start, end of its steps, end of its evaluation
    correct = 0
    for epoch in range(epochs):
        if epoch == first_measured:
            dist.barrier()
        start = time.perf_counter()
        order = train_rows[torch.randperm(len(train_rows), generator=shuffle)]
        for at in range(0, len(order), step_examples):
            count = min(step_examples, len(order) - at)
            low, high = share(count, processes, rank)
            batch = order[at + low : at + high]
            update.zero_grad(set_to_none=True)
            loss = loss_function(model(features[batch]), labels[batch])
            loss.backward()
            update.step()
        trained = time.perf_counter()
        if len(test_rows) > 0:
            with torch.no_grad():
                predicted = model.module(test_features).argmax(1)
                score = (predicted == test_labels).sum()
            dist.all_reduce(score)
            correct = score.item()
        if epoch >= first_measured:
            marks.append((start, trained, time.perf_counter()))
    if rank == 0:
        measured = len(marks)
        steps = measured * math.ceil(len(train_rows) / step_examples)
        results.put(
            {
                "torch": torch.__version__,
                "steps": steps,
                "examples": measured * len(train_rows),
                "seconds": marks[-1][2] - marks[0][0],
                "trainingSeconds": sum(trained - start for start, trained, _ in marks),
                "testAccuracy": correct / len(test_rows) if len(test_rows) > 0 else None,
            }
        )
    dist.barrier()


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def end_with_stdin():
    sys.stdin.read()
    os.kill(os.getpid(), signal.SIGKILL)


def main():
    task = json.loads(sys.stdin.readline())
    threading.Thread(target=end_with_stdin, daemon=True).start()
    context = mp.get_context("spawn")
    results = context.SimpleQueue()
    mp.spawn(train, args=(task, free_port(), results), nprocs=task["processes"])
    print(json.dumps(results.get()), flush=True)


if __name__ == "__main__":
    os.environ["GLOO_SOCKET_IFNAME"] = "lo"
    main()
