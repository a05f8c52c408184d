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
        with torch.inference_mode():
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


def language_model(inputs, awd):
    import text

    none = [0, 0, 0, 0, 0]
    model = text.LanguageModel(inputs, inputs["dropouts"] if awd else none)
    x, y = inputs.tensor("x"), inputs.tensor("y").flatten()

    def loss_of(model):
        if not awd:
            model.encoder.reset()
        out, dropped, raw = model(x)
        loss = F.cross_entropy(out.flatten(0, 1), y)
        if awd:
            loss = loss + text.regularization(dropped, raw, inputs["regularization"])
        return loss

    return len(y), training(model, inputs, loss_of)


def text_classifier(inputs):
    import text

    model = text.Classifier(inputs)
    x, y = inputs.tensor("x"), inputs.tensor("y")

    def loss_of(model):
        logits, out = model(x)
        more = text.regularization(out, out, inputs["regularization"])
        return F.cross_entropy(logits, y) + more

    return len(y), training(model, inputs, loss_of)


def tabular(inputs):
    import table

    cats, conts, y = inputs.tensor("cats"), inputs.tensor("conts"), inputs.tensor("y")
    model = table.Tabular(inputs, conts.size(1))
    return len(y), training(model, inputs, lambda m: F.cross_entropy(m(cats, conts), y))


def images(inputs):
    try:
        import PIL  # noqa: F401
    except ImportError:
        raise NotHere("Pillow is not installed (Debian: python3-pil)")
    import pictures

    items, epoch = pictures.epochs(inputs, torch.get_num_threads())

    def run(pace):
        with torch.no_grad():
            epoch()
            while pace.next():
                epoch()

    return items, run


WORK = {
    "resnet34_forward": forward,
    "resnet34_train": classify,
    "resnet34_frozen": lambda inputs: classify(inputs, frozen=True),
    "siamese_frozen": siamese,
    "unet34_train": unet,
    "awd_lm_train": lambda inputs: language_model(inputs, awd=True),
    "lstm_lm_train": lambda inputs: language_model(inputs, awd=False),
    "text_classifier_train": text_classifier,
    "tabular_train": tabular,
    "image_pipeline": images,
    "image_presize": images,
    "resnet34_train_bf16": autocast,
}


def work(row, inputs, threads):
    """Returns the items of a step and what runs steps."""
    if row not in WORK:
        raise NotHere("not written")
    return WORK[row](inputs)
