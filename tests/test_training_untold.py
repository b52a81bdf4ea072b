from pathlib import Path

from index.build import read_report
from index.words import fold
from training.untold import TEMPLATES, untold_questions

ROOT = Path(__file__).parents[1]


def test_no_report_of_the_province_holds_the_words_of_a_question_it_does_not_answer() -> None:
    report = read_report(ROOT / "reports", "dong-thap-2024.md")
    asked = {str(row["question"]): row for row in untold_questions([report])}
    assert len(asked) > 20
    text = fold(report.text)
    for template in TEMPLATES:
        if template.question.format("Đồng Tháp") in asked:
            assert not any(fold(words) in text for words in template.lacking)
    assert all(row["must"] == [] for row in asked.values())


def test_every_template_names_a_province_and_what_must_be_lacking() -> None:
    assert all("{}" in template.question and template.lacking for template in TEMPLATES)
