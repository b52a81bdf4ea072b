import torch

from training.bags import Bags


def test_a_part_of_the_bags_starts_at_zero() -> None:
    part = Bags.of([[1, 1, 2], [], [3]]).part(1, 3)
    assert (part.ids.tolist(), part.bounds.tolist()) == ([3], [0, 0, 1])


def test_passages_of_sentences_become_passages_of_pieces() -> None:
    sentences = Bags.of([[1, 2], [], [3]])
    pieces = Bags.of([[2, 0], [1], [0]]).replaced(sentences)
    assert (pieces.ids.tolist(), pieces.bounds.tolist()) == ([3, 1, 2, 1, 2], [0, 3, 3, 5])


def test_a_text_without_pieces_embeds_as_zero() -> None:
    vectors = torch.tensor([[0.0, 0.0], [3.0, 4.0]])
    torch.testing.assert_close(Bags.of([[1], []]).embed(vectors), torch.tensor([[0.6, 0.8], [0.0, 0.0]]))
