"""A toy run for tests: its pieces wait, and one may misbehave, as the file that its parameter `orders` names says."""

import os
import resource
import signal
import time
from pathlib import Path

HEAD = """---
cnub:
  files: [tests/runs/toys.py]
kernelspec:
  display_name: Python 3
  language: python
  name: python3
---

# A toy

```{code-cell} ipython3
:tags: [parameters]

pieces = 6
wait = 0.0  # [s, 0 to 10] of a piece
scale = 0.5
orders = ""
output = "."
```

"""
BODY = """```{code-cell} ipython3
import json
from functools import partial
from pathlib import Path

import toys
from cnub.runs import tasks

values = tasks.run(partial(toys.piece, wait=wait, scale=scale, orders=orders), list(range(pieces)))
results = {"values": values, "total": sum(values), "core_seconds": tasks.seconds()}
toys.at_the_end(orders)
Path(output, "results.json").write_text(json.dumps(results))
```
"""
TOY = HEAD + BODY


def order(orders, name):
    """What the file says of ``name``, if it says anything."""
    path = Path(orders) / name if orders else None
    return path.read_text() if path is not None and path.is_file() else None


def piece(number, wait=0.0, scale=1.0, orders=""):
    """One piece: notes that it was computed; may raise, kill its process or fill the disk."""
    time.sleep(wait)
    if orders:
        with (Path(orders) / "computed").open("a") as stream:
            stream.write(f"{number} {os.getpid()}\n")
    if order(orders, "raise") == str(number):
        raise RuntimeError("broken on request")
    if order(orders, "limit") == str(number):
        resource.setrlimit(resource.RLIMIT_FSIZE, (300, resource.RLIM_INFINITY))
    if order(orders, "kill") == str(number):
        (Path(orders) / "kill").unlink()
        os.kill(os.getpid(), signal.SIGKILL)
    return number * scale + 0.1


def at_the_end(orders):
    """Behind the pieces, in the kernel."""
    if order(orders, "kill kernel"):
        os.kill(os.getpid(), signal.SIGKILL)


def computed(orders):
    """Numbers of the pieces computed so far, in the order in which they ended."""
    path = Path(orders) / "computed"
    return [int(line.split()[0]) for line in path.read_text().splitlines()] if path.is_file() else []
