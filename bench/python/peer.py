"""PyTorch's side of a row: plain PyTorch, in a process of its own.

Usage: peer.py ROW FOLDER THREADS. Speaks the driver's protocol: one JSON object a line, orders in
({"steps": 5, "seconds": 2.0}; no steps: end), messages out.
"""

import json
import os
import sys
import time


class NotHere(Exception):
    """This side can't do the row."""


def send(**message):
    print(json.dumps(message), flush=True)


class Pace:
    """Decides how many steps are done, and times them."""

    def wait(self):
        line = sys.stdin.readline()
        order = json.loads(line) if line.strip() else {"steps": 0}
        self.wanted, self.least = order["steps"], order.get("seconds", 0)
        self.steps, self.start = 0, time.perf_counter()
        return self.wanted > 0

    def next(self, loss=None):
        self.steps += 1
        seconds = time.perf_counter() - self.start
        if self.steps < self.wanted or seconds < self.least:
            return True
        message = {"steps": self.steps, "seconds": seconds}
        if loss is not None:
            message["loss"] = float(loss)
        send(**message)
        return self.wait()


def peak_kb():
    with open("/proc/self/status") as status:
        for line in status:
            if line.startswith("VmHWM:"):
                return int("".join(c for c in line if c.isdigit()))
    return 0


class Inputs:
    """The numbers and sizes that all sides share."""

    def __init__(self, folder):
        self.folder = folder
        with open(os.path.join(folder, "spec.json")) as f:
            spec = json.load(f)
        self.sizes, self.arrays = spec["sizes"], spec["arrays"]

    def __getitem__(self, name):
        return self.sizes[name]

    def tensor(self, name):
        import torch

        about = self.arrays[name]
        with open(os.path.join(self.folder, name), "rb") as f:
            data = torch.frombuffer(bytearray(f.read()), dtype=getattr(torch, about["dtype"]))
        return data.reshape(about["shape"])


def main():
    row, folder, threads = sys.argv[1], sys.argv[2], int(sys.argv[3])
    try:
        try:
            import torch
        except ImportError:
            raise NotHere("PyTorch is not installed for " + sys.executable)
        torch.set_num_threads(threads)
        inputs = Inputs(folder)
        torch.manual_seed(inputs["seed"])
        import rows

        items, run = rows.work(row, inputs, threads)
    except NotHere as e:
        send(absent=str(e))
        return
    send(ready="PyTorch " + torch.__version__, items=items)
    pace = Pace()
    if pace.wait():
        run(pace)
    send(peak_kb=peak_kb())


if __name__ == "__main__":
    sys.modules["peer"] = sys.modules["__main__"]
    main()
