"""Networks for pictures."""

import torch
from torch import nn
from torch.nn import functional as F


def conv3(ni, nf, stride=1):
    return nn.Conv2d(ni, nf, 3, stride, 1, bias=False)


class Block(nn.Module):
    """Two convolutions and a way past them."""

    def __init__(self, ni, nf, stride):
        super().__init__()
        self.conv1, self.bn1 = conv3(ni, nf, stride), nn.BatchNorm2d(nf)
        self.conv2, self.bn2 = conv3(nf, nf), nn.BatchNorm2d(nf)
        self.relu = nn.ReLU(inplace=True)
        self.past = None
        if stride != 1 or ni != nf:
            self.past = nn.Sequential(
                nn.Conv2d(ni, nf, 1, stride, bias=False), nn.BatchNorm2d(nf)
            )

    def forward(self, x):
        y = self.relu(self.bn1(self.conv1(x)))
        y = self.bn2(self.conv2(y))
        return self.relu(y + (x if self.past is None else self.past(x)))


def stage(ni, nf, blocks, stride):
    first = [Block(ni, nf, stride)]
    return nn.Sequential(*first, *[Block(nf, nf, 1) for _ in range(blocks - 1)])


def body():
    """ResNet-34 without its end: the children of torchvision's, in order."""
    return [
        nn.Conv2d(3, 64, 7, 2, 3, bias=False),
        nn.BatchNorm2d(64),
        nn.ReLU(inplace=True),
        nn.MaxPool2d(3, 2, 1),
        stage(64, 64, 3, 1),
        stage(64, 128, 4, 2),
        stage(128, 256, 6, 2),
        stage(256, 512, 3, 2),
    ]


def start(model):
    """First values as usual for networks that are not pretrained."""
    for m in model.modules():
        if isinstance(m, nn.Conv2d):
            nn.init.kaiming_normal_(m.weight, mode="fan_out", nonlinearity="relu")
    return model


class ResNet34(nn.Module):
    def __init__(self, classes):
        super().__init__()
        self.body = start(nn.Sequential(*body()))
        self.fc = nn.Linear(512, classes)

    def forward(self, x):
        return self.fc(F.adaptive_avg_pool2d(self.body(x), 1).flatten(1))


class ConcatPool(nn.Module):
    """Maximum and mean."""

    def forward(self, x):
        return torch.cat([F.adaptive_max_pool2d(x, 1), F.adaptive_avg_pool2d(x, 1)], 1)


class Siamese(nn.Module):
    """One encoder for two pictures, fastai's head on both results."""

    def __init__(self, classes):
        super().__init__()
        self.encoder = start(nn.Sequential(*body()))
        self.head = nn.Sequential(
            ConcatPool(),
            nn.Flatten(),
            nn.BatchNorm1d(2048),
            nn.Dropout(0.25),
            nn.Linear(2048, 512, bias=False),
            nn.ReLU(inplace=True),
            nn.BatchNorm1d(512),
            nn.Dropout(0.5),
            nn.Linear(512, classes, bias=False),
        )

    def forward(self, x, x2):
        return self.head(torch.cat([self.encoder(x), self.encoder(x2)], 1))


def conv_relu(ni, nf, kernel=3):
    return nn.Sequential(nn.Conv2d(ni, nf, kernel, 1, kernel // 2), nn.ReLU(inplace=True))


class Shuffle(nn.Module):
    """Twice the height and width."""

    def __init__(self, ni, nf):
        super().__init__()
        self.conv = conv_relu(ni, 4 * nf, 1)

    def forward(self, x):
        return F.pixel_shuffle(self.conv(x), 2)


class UpBlock(nn.Module):
    """Enlarges, joins a skip, two convolutions."""

    def __init__(self, up, skip, last):
        super().__init__()
        self.shuf, self.bn = Shuffle(up, up // 2), nn.BatchNorm2d(skip)
        ni = up // 2 + skip
        self.out = ni // 2 if last else ni
        self.conv1, self.conv2 = conv_relu(ni, self.out), conv_relu(self.out, self.out)

    def forward(self, x, skip):
        y = F.relu(torch.cat([self.shuf(x), self.bn(skip)], 1))
        return self.conv2(self.conv1(y))


class Unet34(nn.Module):
    """The U-Net that fastai makes of a ResNet-34 for sizes that 32 divides."""

    TAPS = (2, 4, 5, 6)

    def __init__(self, classes):
        super().__init__()
        self.body = start(nn.ModuleList(body()))
        self.middle = nn.Sequential(
            nn.BatchNorm2d(512), nn.ReLU(inplace=True), conv_relu(512, 1024), conv_relu(1024, 512)
        )
        skips, up, blocks = (256, 128, 64, 64), 512, []
        for i, skip in enumerate(skips):
            blocks.append(UpBlock(up, skip, i == len(skips) - 1))
            up = blocks[-1].out
        self.blocks = nn.ModuleList(blocks)
        self.last = Shuffle(up, up)
        nf = up + 3
        self.cross1, self.cross2 = conv_relu(nf, nf), nn.Conv2d(nf, nf, 3, 1, 1)
        self.end = nn.Conv2d(nf, classes, 1)

    def forward(self, x):
        y, skips = x, []
        for i, m in enumerate(self.body):
            y = m(y)
            if i in self.TAPS:
                skips.append(y)
        y = self.middle(y)
        for block in self.blocks:
            y = block(y, skips.pop())
        y = torch.cat([self.last(y), x], 1)
        y = F.relu(self.cross2(self.cross1(y)) + y)
        return self.end(y)
