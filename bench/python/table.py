"""A network for rows of a table."""

import torch
from torch import nn


class Tabular(nn.Module):
    """fastai's: embeddings beside normed continuous columns, then linear layers."""

    def __init__(self, inputs, conts):
        super().__init__()
        sizes = list(zip(inputs["cardinalities"], inputs["emb"]))
        self.embeds = nn.ModuleList(nn.Embedding(n, d) for n, d in sizes)
        self.norm = nn.BatchNorm1d(conts)
        ni, layers = conts + sum(inputs["emb"]), []
        for nh in inputs["hidden"]:
            layers += [nn.Linear(ni, nh, bias=False), nn.ReLU(inplace=True), nn.BatchNorm1d(nh)]
            ni = nh
        self.layers = nn.Sequential(*layers, nn.Linear(ni, inputs["classes"]))

    def forward(self, cats, conts):
        x = [e(cats[:, i]) for i, e in enumerate(self.embeds)]
        return self.layers(torch.cat(x + [self.norm(conts)], 1))
