"""Preparing pictures with Pillow and PyTorch: what fastai's loaders do, without fastai."""

import math
from concurrent.futures import ThreadPoolExecutor

import torch
from torch.nn import functional as F


def load(path, size, generator):
    """Decodes, scales the shorter side, cuts a random square; [3, size, size] of bytes."""
    import numpy
    from PIL import Image

    image = Image.open(path)
    w, h = image.size
    scale = size / min(w, h)
    image.draft("RGB", (math.ceil(w * scale), math.ceil(h * scale)))
    image = image.convert("RGB")
    image = image.resize((max(size, round(w * scale)), max(size, round(h * scale))), Image.BILINEAR)
    left, top = (int(generator.random() * (n - size + 1)) for n in image.size)
    image = image.crop((left, top, left + size, top + size))
    return torch.from_numpy(numpy.array(image)).permute(2, 0, 1)


def between(n, low, high, p):
    """One number a picture, or nothing to do (nan) with probability 1 - p."""
    return torch.empty(n).uniform_(low, high).masked_fill(torch.rand(n) >= p, float("nan"))


def warped(grid, up, side):
    """Tilts the coordinates: a perspective whose corners move by these shares."""
    n = len(grid)
    src = torch.tensor([[-1.0, -1], [-1, 1], [1, -1], [1, 1]]).expand(n, 4, 2)
    x, y = up.nan_to_num(0), side.nan_to_num(0)
    dst = torch.stack(
        [
            torch.stack([-1 - y, -1 - x], 1),
            torch.stack([-1 + y, 1 + x], 1),
            torch.stack([1 + y, -1 + x], 1),
            torch.stack([1 - y, 1 - x], 1),
        ],
        1,
    )
    rows, right = [], []
    for i in range(4):
        (px, py), (qx, qy) = dst[:, i].unbind(1), src[:, i].unbind(1)
        one, zero = torch.ones(n), torch.zeros(n)
        rows.append(torch.stack([px, py, one, zero, zero, zero, -qx * px, -qx * py], 1))
        rows.append(torch.stack([zero, zero, zero, px, py, one, -qy * px, -qy * py], 1))
        right += [qx, qy]
    k = torch.linalg.solve(torch.stack(rows, 1), torch.stack(right, 1))
    k = torch.cat([k, torch.ones(n, 1)], 1).view(n, 3, 3)
    flat = F.pad(grid.view(n, -1, 2), (0, 1), value=1.0) @ k.transpose(1, 2)
    return (flat[..., :2] / flat[..., 2:]).view_as(grid)


def augment(x, size):
    """Flip, rotation, zoom, warp in one interpolation, then lighting; fastai's defaults."""
    n = len(x)
    flip = torch.where(torch.rand(n) < 0.5, -1.0, 1.0)
    angle = between(n, -10, 10, 0.75).nan_to_num(0) * math.pi / 180
    zoom = 1 / between(n, 1, 1.1, 0.75).nan_to_num(1)
    dx, dy = ((1 - zoom) * (2 * torch.rand(n) - 1) for _ in range(2))
    cos, sin = angle.cos() * zoom, angle.sin() * zoom
    theta = torch.stack(
        [torch.stack([cos * flip, sin, dx], 1), torch.stack([-sin * flip, cos, dy], 1)], 1
    )
    grid = F.affine_grid(theta, (n, 3, size, size), align_corners=True)
    grid = warped(grid, between(n, -0.2, 0.2, 0.75), between(n, -0.2, 0.2, 0.75))
    x = F.grid_sample(x, grid, mode="bilinear", padding_mode="reflection", align_corners=True)
    light = torch.logit(between(n, 0.4, 0.6, 0.75).nan_to_num(0.5))
    contrast = between(n, math.log(0.8), math.log(1 / 0.8), 0.75).nan_to_num(0).exp()
    x = torch.logit(x.clamp_(1e-7, 1 - 1e-7))
    return x.add_(light.view(n, 1, 1, 1)).mul_(contrast.view(n, 1, 1, 1)).sigmoid_()


def epochs(inputs, threads):
    """Returns a function that runs through one epoch."""
    import random

    files, item, size = inputs["photos"], inputs["item"], inputs["size"]
    n, bs = inputs["epoch"], inputs["batch"]
    paths = [files[i % len(files)] for i in range(n)]
    generator = random.Random(inputs["seed"])
    pool = ThreadPoolExecutor(threads)

    def epoch():
        generator.shuffle(paths)
        jobs = [pool.submit(load, p, item, generator) for p in paths]
        for i in range(0, n, bs):
            batch = torch.stack([j.result() for j in jobs[i : i + bs]])
            augment(batch.float().div_(255), size)
            jobs[i : i + bs] = [None] * bs

    return n, epoch
