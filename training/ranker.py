"""Train ``assistant/ranker.npz``, which tells which candidate answers a question, or that none does.

    python -m training.ranker

learns from the development questions, those on the bundled and published reports and the ``tune`` halves of those on
invented reports, and from questions that no report answers; the ``hold`` halves measure the result at the end, and
nothing is learned from them. Each question is one example: a softmax over its candidates and "none answers" is to give
its probability to those that answer. Several networks with other starts are trained
and averaged, which is one network with the hidden units of all. About three minutes on two cores.
"""

import json
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from assistant.features import NAMES
from assistant.ranker import WEIGHTS, Ranker
from training.ranked_questions import Instance, QuestionSet, instances

ROOT = Path(__file__).resolve().parents[1]
_SHARED, _BENCHMARKS = ROOT.parent / "shared", ROOT / "benchmarks"
UNITS, NETWORKS = 32, 8
_EPOCHS, _RATE = 250, 0.03
_DROPOUT = 0.25
_DECAY = 2e-3
"""Weight of the squared weights in the loss."""
_UNTOLD = 1.5
"""Weight of a question that the reports do not answer: there are few, and a wrong answer is worse than none."""
_LEAST_SPREAD = 0.1
"""A feature is divided by its standard deviation, or by this if that is smaller."""
_FAR = -1e4

Rows = NDArray[np.float32]


def question_sets(half: str) -> list[QuestionSet]:
    """The sets that are there, of one half where a set has halves."""
    published = _SHARED / "reports"
    sets = [
        QuestionSet("published", published, _BENCHMARKS / "published" / "questions.jsonl", half),
        QuestionSet("unseen", _BENCHMARKS / "unseen" / "reports", _BENCHMARKS / "unseen" / "questions.jsonl", half),
        *(
            QuestionSet(
                name,
                _BENCHMARKS / f"unseen_{name}" / "reports",
                _BENCHMARKS / f"unseen_{name}" / "questions.jsonl",
                half,
            )
            for name in ("second", "third", "fourth", "fifth")
        ),
    ]
    if half == "tune":
        sets.append(QuestionSet("development", published, _SHARED / "eval" / "dev_questions.jsonl"))
        sets.append(QuestionSet("bundled", ROOT / "reports", ROOT / "tests" / "bundled_questions.jsonl"))
    return [one for one in sets if one.reports.exists() and one.questions.exists()]


@dataclass(frozen=True, slots=True)
class _Batch:
    """All examples end to end: ``of[i]`` is the example of candidate ``i``."""

    rows: torch.Tensor
    answers: torch.Tensor
    of: torch.Tensor
    none: torch.Tensor
    weights: torch.Tensor


class _Network(torch.nn.Module):
    def __init__(self, features: int) -> None:
        super().__init__()
        self.linear = torch.nn.Linear(features, 1, bias=False)
        self.hidden = torch.nn.Linear(features, UNITS)
        self.output = torch.nn.Linear(UNITS, 1, bias=False)
        self.none = torch.nn.Parameter(torch.zeros(1))
        torch.nn.init.zeros_(self.linear.weight)
        torch.nn.init.normal_(self.hidden.weight, std=0.05)

    def forward(self, rows: torch.Tensor) -> torch.Tensor:
        if self.training:  # features left out for a whole step: as good as for each row apart, and much faster
            rows = rows * ((torch.rand(rows.shape[1]) > _DROPOUT) / (1 - _DROPOUT))
        scores: torch.Tensor = self.linear(rows)[:, 0] + self.output(torch.tanh(self.hidden(rows)))[:, 0]
        return scores


def train(examples: Sequence[Instance], networks: int = NETWORKS) -> Ranker:
    """A ranker that has learned from examples."""
    stacked = np.concatenate([example.rows for example in examples])
    mean = stacked.mean(axis=0)
    scale = np.maximum(stacked.std(axis=0), _LEAST_SPREAD).astype(np.float32)
    batch = _batch(examples, mean, scale)
    trained = [_trained(batch, seed) for seed in range(networks)]
    return Ranker(
        mean=mean,
        scale=scale,
        linear=np.mean([_array(one.linear.weight)[0] for one in trained], axis=0),
        hidden=np.concatenate([_array(one.hidden.weight).T for one in trained], axis=1),
        hidden_bias=np.concatenate([_array(one.hidden.bias) for one in trained]),
        output=(np.concatenate([_array(one.output.weight)[0] for one in trained]) / networks).astype(np.float32),
        none=float(np.mean([_array(one.none)[0] for one in trained])),
    )


def _batch(examples: Sequence[Instance], mean: Rows, scale: Rows) -> _Batch:
    return _Batch(
        rows=torch.tensor((np.concatenate([one.rows for one in examples]) - mean) / scale),
        answers=torch.tensor(np.concatenate([one.answers for one in examples])),
        of=torch.tensor(np.repeat(np.arange(len(examples)), [len(one.answers) for one in examples])),
        none=torch.tensor([not one.answers.any() for one in examples]),
        weights=torch.tensor([1.0 if one.told else _UNTOLD for one in examples]),
    )


def _trained(batch: _Batch, seed: int) -> _Network:
    torch.manual_seed(seed)
    network = _Network(batch.rows.shape[1])
    optimizer = torch.optim.Adam(network.parameters(), lr=_RATE)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, _EPOCHS)
    for _ in range(_EPOCHS):
        optimizer.zero_grad()
        loss = _loss(network, batch)
        loss.backward()  # type: ignore[no-untyped-call]
        optimizer.step()
        schedule.step()
    return network.eval()


def _loss(network: _Network, batch: _Batch) -> torch.Tensor:
    """Mean of the negated log-probability of what answers, and the weights' squares."""
    scores = network(batch.rows)
    none = network.none.expand(len(batch.none))
    right = torch.where(batch.answers, scores, torch.tensor(_FAR))
    total = torch.logaddexp(_log_sums(scores, batch), none)
    good = torch.where(batch.none, none, _log_sums(right, batch))
    squares = sum((part**2).sum() for name, part in network.named_parameters() if "weight" in name)
    return ((total - good) * batch.weights).sum() / batch.weights.sum() + _DECAY * squares


def _log_sums(scores: torch.Tensor, batch: _Batch) -> torch.Tensor:
    """The log of the summed exponentials of each example's scores."""
    count = len(batch.none)
    highest = torch.full((count,), _FAR).scatter_reduce(0, batch.of, scores, "amax").detach()
    sums = torch.zeros(count).index_add(0, batch.of, torch.exp(scores - highest[batch.of]))
    return highest + torch.log(sums + 1e-30)


def _array(tensor: torch.Tensor) -> Rows:
    array: Rows = tensor.detach().numpy().astype(np.float32)
    return array


@dataclass(frozen=True, slots=True)
class Report:
    """How a ranker does on examples that are whole questions.

    Attributes:
        first: Share of the answerable ones whose most probable candidate answers.
        right: Share of them answered right at a least probability.
        precise: Share of the answers given that are right.
    """

    first: float
    right: float
    precise: float


def measure(ranker: Ranker, examples: Sequence[Instance], least: float) -> Report:
    """How a ranker does when it answers from a least probability on."""
    alone = [example for example in examples if example.alone]
    best = [(example, ranker.probabilities(example.rows)) for example in alone]
    firsts = [bool(example.answers[shares.argmax()]) for example, shares in best]
    given = [float(shares.max()) > least for _, shares in best]
    told = sum(example.told for example in alone)
    right = sum(first and gives for first, gives in zip(firsts, given, strict=True))
    return Report(sum(firsts) / told, right / told, right / max(1, sum(given)))


def save(ranker: Ranker, path: Path) -> None:
    """Write a ranker, without pickle."""
    aside = path.with_suffix(".new.npz")
    np.savez_compressed(
        aside,
        names=np.array(NAMES),
        mean=ranker.mean,
        scale=ranker.scale,
        linear=ranker.linear,
        hidden=ranker.hidden,
        hidden_bias=ranker.hidden_bias,
        output=ranker.output,
        none=np.array(ranker.none, dtype=np.float32),
    )
    aside.replace(path)


def main() -> None:
    """Train, print how it does on questions it did not learn from, and write the weights."""
    began = time.monotonic()
    learned = [one for questions in question_sets("tune") for one in instances(questions)]
    held = [one for questions in question_sets("hold") for one in instances(questions)]
    ranker = train(learned)
    save(ranker, ROOT / "assistant" / WEIGHTS)
    for least in (0.4, 0.5, 0.6, 0.7):
        report = measure(ranker, held, least)
        print(
            json.dumps(
                {"held": len(held), "least": least, **{k: round(getattr(report, k), 4) for k in report.__slots__}}
            )
        )
    print(f"{len(learned)} examples, {time.monotonic() - began:.0f} s")


if __name__ == "__main__":
    main()
