import torch
from tokenizers import Tokenizer, models

from training.bags import Bags
from training.refine import tie_unmarked, weigh_by_rarity

PIECES = ["<unk>", "▁ca", "▁cá", "▁cà", "▁cho"]
TOKENIZER = Tokenizer(models.Unigram([(piece, 0.0) for piece in PIECES], unk_id=0))


def test_a_bag_knows_its_pieces_and_texts() -> None:
    bags = Bags(ids=torch.tensor([1, 1, 2, 2]), bounds=torch.tensor([0, 3, 3, 4]))
    assert bags.occurrences(4).tolist() == [0, 2, 2, 0]
    assert bags.containing(4).tolist() == [0, 1, 2, 0]


def test_a_text_without_pieces_embeds_as_zero() -> None:
    bags = Bags(ids=torch.tensor([1]), bounds=torch.tensor([0, 1, 1]))
    table = torch.nn.EmbeddingBag.from_pretrained(torch.tensor([[0.0, 0.0], [3.0, 4.0]]), mode="mean")
    torch.testing.assert_close(bags.embed(table, 0, 2), torch.tensor([[0.6, 0.8], [0.0, 0.0]]))


def test_rare_pieces_get_longer() -> None:
    lengths = weigh_by_rarity(torch.ones(2, 1), torch.tensor([99, 0]), texts=100, power=1.0).flatten()
    assert lengths.tolist() == torch.log(torch.tensor([2.0, 101.0])).tolist()


def test_a_power_of_zero_changes_no_length() -> None:
    assert weigh_by_rarity(torch.ones(2, 1), torch.tensor([99, 0]), 100, power=0.0).tolist() == [[1.0], [1.0]]


def test_an_unmarked_piece_moves_to_the_forms_it_stands_for() -> None:
    vectors = torch.tensor([[0.0], [0.0], [1.0], [2.0], [5.0]])
    tied = tie_unmarked(vectors, TOKENIZER, torch.tensor([0, 0, 30, 10, 0]), share=1.0)
    torch.testing.assert_close(tied.flatten(), torch.tensor([0.0, 1.2512, 1.0, 2.0, 5.0]), atol=1e-4, rtol=0)


def test_a_word_that_needs_no_marks_stays() -> None:
    vectors = torch.tensor([[0.0], [7.0], [1.0], [2.0], [5.0]])
    tied = tie_unmarked(vectors, TOKENIZER, torch.tensor([0, 20, 30, 10, 0]), share=1.0)
    assert tied.tolist() == vectors.tolist()
