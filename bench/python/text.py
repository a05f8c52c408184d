"""Networks for words: the AWD-LSTM as in Merity et al. 2017 and Howard and Ruder 2018."""

import torch
from torch import nn
from torch.nn import functional as F


def mask(x, shape, p):
    """Zeros with probability p, the others 1 / (1 - p)."""
    return x.new_empty(shape).bernoulli_(1 - p).div_(1 - p)


def over_time(x, p):
    """Drops the same elements at all time steps of [N, T, C]."""
    return x * mask(x, (x.size(0), 1, x.size(2)), p)


class DroppedLstm(nn.Module):
    """An LSTM whose hidden-to-hidden weights are dropped."""

    def __init__(self, ni, nh, p):
        super().__init__()
        self.lstm, self.p = nn.LSTM(ni, nh, batch_first=True), p

    def forward(self, x, state):
        m = self.lstm
        hh = F.dropout(m.weight_hh_l0, self.p, self.training) if self.p else m.weight_hh_l0
        weights = [m.weight_ih_l0, hh, m.bias_ih_l0, m.bias_hh_l0]
        out, h, c = torch._VF.lstm(x, state, weights, True, 1, 0.0, self.training, False, True)
        return out, (h, c)


class Encoder(nn.Module):
    """Embedding and LSTMs; the state goes on from call to call, without its gradient."""

    def __init__(self, inputs, dropouts):
        super().__init__()
        _, self.hidden_p, self.input_p, self.embed_p, weight_p = dropouts
        vocab, emb, hidden, layers = (inputs[k] for k in ("vocab", "emb", "hidden", "layers"))
        self.embedding = nn.Embedding(vocab, emb, padding_idx=inputs["pad"])
        nn.init.uniform_(self.embedding.weight, -0.1, 0.1)
        sizes = [emb] + [hidden] * (layers - 1) + [emb]
        self.rnns = nn.ModuleList(
            DroppedLstm(sizes[i], sizes[i + 1], weight_p) for i in range(layers)
        )
        self.sizes, self.state = sizes, None

    def reset(self):
        self.state = None

    def embed(self, words):
        e, weight = self.embedding, self.embedding.weight
        if self.embed_p:
            weight = weight * mask(weight, (weight.size(0), 1), self.embed_p)
        return F.embedding(words, weight, e.padding_idx)

    def forward(self, words):
        n = len(words)
        state = self.state or [
            (self.embedding.weight.new_zeros(1, n, s),) * 2 for s in self.sizes[1:]
        ]
        state = [tuple(self.fit(s, n) for s in pair) for pair in state]
        x = self.embed(words)
        if self.input_p:
            x = over_time(x, self.input_p)
        new = []
        for i, rnn in enumerate(self.rnns):
            x, s = rnn(x, state[i])
            new.append(tuple(t.detach() for t in s))
            if self.hidden_p and i < len(self.rnns) - 1:
                x = over_time(x, self.hidden_p)
        self.state = new
        return x

    @staticmethod
    def fit(s, n):
        """A state for n rows: the last are dropped, new ones start from zeros."""
        had = s.size(1)
        if had == n:
            return s
        if had > n:
            return s[:, :n].contiguous()
        return torch.cat([s, s.new_zeros(1, n - had, s.size(2))], 1)


class LanguageModel(nn.Module):
    """Predicts next words with the embedding's weights."""

    def __init__(self, inputs, dropouts):
        super().__init__()
        self.encoder, self.output_p = Encoder(inputs, dropouts), dropouts[0]
        self.bias = nn.Parameter(torch.zeros(inputs["vocab"]))

    def forward(self, words):
        """Returns logits, outputs after and before dropout."""
        raw = self.encoder(words)
        dropped = over_time(raw, self.output_p) if self.output_p else raw
        return F.linear(dropped, self.encoder.embedding.weight, self.bias), dropped, raw


def regularization(dropped, raw, weights):
    alpha, beta = weights
    changes = raw[:, 1:] - raw[:, :-1]
    return alpha * dropped.pow(2).mean() + beta * changes.pow(2).mean()


class Classifier(nn.Module):
    """Encodes texts in chunks, pools, classifies."""

    def __init__(self, inputs):
        super().__init__()
        dropouts = inputs["dropouts"]
        self.encoder = Encoder(inputs, dropouts)
        self.bptt, self.pad = inputs["bptt"], inputs["pad"]
        self.head = nn.Sequential(
            nn.BatchNorm1d(3 * inputs["emb"]),
            nn.Dropout(dropouts[0]),
            nn.Linear(3 * inputs["emb"], 50, bias=False),
            nn.ReLU(inplace=True),
            nn.BatchNorm1d(50),
            nn.Dropout(inputs["head_dropouts"][0]),
            nn.Linear(50, inputs["classes"], bias=False),
        )

    def forward(self, words):
        """Returns logits and outputs."""
        self.encoder.reset()
        outs = []
        for i in range(0, words.size(1), self.bptt):
            begun = int((words[:, i] != self.pad).sum())
            out = self.encoder(words[:begun, i : i + self.bptt])
            if begun < len(words):
                out = F.pad(out, (0, 0, 0, 0, 0, len(words) - begun))
            outs.append(out)
        out = torch.cat(outs, 1)
        padding = words == self.pad
        lengths = (~padding).sum(1)
        mean = out.masked_fill(padding[:, :, None], 0).sum(1) / lengths[:, None]
        high = out.masked_fill(padding[:, :, None], -float("inf")).max(1)[0]
        positions = torch.arange(words.size(1)).expand_as(words).masked_fill(padding, -1)
        last = out[torch.arange(len(words)), positions.max(1)[0]]
        return self.head(torch.cat([last, high, mean], 1)), out
