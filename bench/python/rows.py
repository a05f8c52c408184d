"""The rows in plain PyTorch."""

import torch
from torch.nn import functional as F

from peer import NotHere


def adam(parameters):
    return torch.optim.Adam(parameters, lr=1e-3, betas=(0.9, 0.99), eps=1e-5)


def training(model, inputs, loss_of, trained=None):
    """A plain training loop on one batch."""
    opt = adam([p for p in (trained or model.parameters()) if p.requires_grad])
    model.train()

    def run(pace):
        more = True
        while more:
            loss = loss_of(model)
            loss.backward()
            opt.step()
            opt.zero_grad(set_to_none=True)
            more = pace.next(loss.item())

    return run


def freeze_but_norms(model):
    for module in model.modules():
        norm = isinstance(module, torch.nn.modules.batchnorm._BatchNorm)
        for p in module.parameters(recurse=False):
            p.requires_grad_(norm)


def classify(inputs, frozen=False, autocast=False):
    import vision

    model = vision.ResNet34(inputs["classes"])
    if frozen:
        freeze_but_norms(model)
        for p in model.fc.parameters():
            p.requires_grad_(True)
    x, y = inputs.tensor("x"), inputs.tensor("y")

    def loss_of(model):
        if not autocast:
            return F.cross_entropy(model(x), y)
        with torch.autocast("cpu", dtype=torch.bfloat16):
            out = model(x)
        return F.cross_entropy(out.float(), y)

    return len(y), training(model, inputs, loss_of)


def forward(inputs):
    import vision

    model = vision.ResNet34(inputs["classes"]).eval()
    x, y = inputs.tensor("x"), inputs.tensor("y")

    def run(pace):
        more = True
        with torch.no_grad():
            while more:
                more = pace.next(F.cross_entropy(model(x), y).item())

    return len(y), run


def siamese(inputs):
    import vision

    model = vision.Siamese(inputs["classes"])
    freeze_but_norms(model.encoder)
    x, x2, y = inputs.tensor("x"), inputs.tensor("x2"), inputs.tensor("y")
    return len(y), training(model, inputs, lambda m: F.cross_entropy(m(x, x2), y))


def unet(inputs):
    import vision

    model = vision.Unet34(inputs["classes"])
    x, y = inputs.tensor("x"), inputs.tensor("y")
    return len(y), training(model, inputs, lambda m: F.cross_entropy(m(x), y))


def autocast(inputs):
    if not hasattr(torch, "autocast"):
        raise NotHere("this PyTorch has no autocast")
    return classify(inputs, autocast=True)


WORK = {
    "resnet34_forward": forward,
    "resnet34_train": classify,
    "resnet34_frozen": lambda inputs: classify(inputs, frozen=True),
    "siamese_frozen": siamese,
    "unet34_train": unet,
    "resnet34_train_bf16": autocast,
}


def work(row, inputs, threads):
    """Returns the items of a step and what runs steps."""
    if row not in WORK:
        raise NotHere("not written")
    return WORK[row](inputs)
