"""A receipt as one HTML page that asks for nothing: no script, no request, no font; made to be printed on A4.

The receipt's JSON lies in the page too, in a ``<template>``, which browsers neither show nor run, so that the page
alone can be verified. Whatever people, reports and models wrote is escaped here.
"""

import base64
import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from html import escape

from assistant.figure_marks import mark_spans
from assistant.phrase import ESCAPED_LITERAL
from assistant.receipt import FORMAT, Receipt, Stretch, Surroundings, digest_of, times
from assistant.types import Check, Citation

_STYLE = """@page{size:A4;margin:18mm}
body{font:11pt/1.5 "Times New Roman",Times,serif;color:#111;background:#fff;max-width:174mm;margin:0 auto;padding:8mm}
h1{font-size:17pt;margin:0 0 2mm}h2{font-size:13pt;margin:7mm 0 2mm;break-after:avoid}h3{font-size:11pt;margin:0}
p{margin:0 0 2mm}p,td,blockquote,li{overflow-wrap:anywhere}.text,blockquote{white-space:pre-wrap}
.verdict{border:1.5pt solid;padding:2mm 3mm;font-weight:bold}.holds{color:#14532d}.fails{color:#991b1b}
article{break-inside:avoid;border-top:.5pt solid #888;padding:2mm 0}
blockquote{margin:2mm 0;padding-left:4mm;border-left:2pt solid #888;color:#444}
mark{background:#fff3bf;color:#111;border-bottom:1pt solid #b45309}mark strong{background:#ffd43b}
table{border-collapse:collapse;width:100%}td,th{border:.5pt solid #888;padding:1mm 2mm;text-align:left}
tr{break-inside:avoid}.place,footer{font-size:9pt;color:#444}code{font-family:monospace}
@media print{body{max-width:none;padding:0}mark,mark strong{print-color-adjust:exact}}
"""
_POLICY = (
    "default-src 'none'; base-uri 'none'; form-action 'none'; "
    f"style-src 'sha256-{base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()}'"
)
_DATA = re.compile(r'<template id="receipt">([^<]*)</template>')
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufffe\uffff]")
"""Characters a page cannot hold, or that turn the letters around them about."""
_BOLD = re.compile(r"\*\*(?=\S)([^*\n]+)(?<=\S)\*\*")
_STATUS = {"answered": "Trả lời được", "partial": "Trả lời được một phần", "abstained": "Báo cáo không nêu"}


def as_html(receipt: Receipt) -> str:
    """The receipt as an HTML file."""
    return page(receipt, receipt.to_dict())


def data_of(html: str) -> str | None:
    """The JSON that lies in a page, or None when there is not exactly one."""
    found = _DATA.findall(html)
    return str(found[0]) if len(found) == 1 else None


def page(receipt: Receipt, body: Mapping[str, object]) -> str:
    """The page of a receipt.

    Args:
        receipt: What is shown.
        body: The same as JSON-ready values, laid into the page.
    """
    data = json.dumps(body, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    for char in "<>&":  # so that no text can end the template
        data = data.replace(char, f"\\u{ord(char):04x}")
    footer = f'{_footer(receipt, digest_of(body))}<template id="receipt">{data}</template>'
    return shell("Biên nhận kiểm chứng câu trả lời", f"{proof(receipt)}{footer}")


def shell(title: str, body: str) -> str:
    """A page of its own that asks for nothing.

    Args:
        title: Shown as its heading.
        body: Safe HTML.
    """
    return (
        '<!DOCTYPE html>\n<html lang="vi">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{_shown(title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n"
        f"<h1>{_shown(title)}</h1>\n{body}\n</body>\n</html>\n"
    )


def proof(receipt: Receipt) -> str:
    """The verdict, question, answer, figures and quotes of a receipt as safe HTML."""
    answer, checks = receipt.answer, receipt.verification.checks
    return (
        f"{_verdict(receipt)}\n"
        f'<h2>Câu hỏi</h2>\n<p class="text">{_shown(answer.question)}</p>\n'
        f'<h2>Trả lời</h2>\n<p class="text">{_markdown(answer.text)}</p>\n'
        f'<p class="place">Trạng thái: {_STATUS[answer.status]} · Người đọc: {_reader(answer.reader)}</p>\n'
        f"{_checks(checks)}{_problems(receipt)}{_quotes(receipt)}{_near(answer.near_misses)}"
    )


def _verdict(receipt: Receipt) -> str:
    if receipt.verification.holds:
        return '<p class="verdict holds">ĐẠT: mọi trích dẫn và số liệu khớp với báo cáo lúc lập biên nhận.</p>'
    return '<p class="verdict fails">KHÔNG ĐẠT: có điều không khớp với báo cáo lúc lập biên nhận, xem bên dưới.</p>'


def _reader(name: str) -> str:
    return "trích nguyên văn, không dùng mô hình" if name == "extractive" else _shown(name or "không ghi")


def _checks(checks: Sequence[Check]) -> str:
    if not checks:
        return ""
    rows = "".join(
        f'<tr><td>{_shown(check.figure)}</td><td class="{"holds" if check.supported else "fails"}">'
        f"{'Đạt' if check.supported else 'Không đạt'}</td><td>{_shown(check.reason)}</td></tr>\n"
        for check in checks
    )
    return f"<h2>Số liệu</h2>\n<table>\n<tr><th>Số liệu</th><th>Kết luận</th><th>Lý do</th></tr>\n{rows}</table>\n"


def _problems(receipt: Receipt) -> str:
    problems = receipt.verification.problems
    rows = "".join(f"<li>{_shown(problem.about)}: {_shown(problem.reason)}</li>\n" for problem in problems)
    return f'<h2>Điều không khớp</h2>\n<ul class="fails">\n{rows}</ul>\n' if rows else ""


def _quotes(receipt: Receipt) -> str:
    placed = zip(receipt.answer.citations, receipt.surroundings, strict=True)
    cards = "".join(_card(citation, around) for citation, around in placed)
    return f"<h2>Trích dẫn</h2>\n{cards}" if cards else ""


def _near(near_misses: Iterable[Citation]) -> str:
    cards = "".join(_card(citation, None) for citation in near_misses)
    return f"<h2>Đoạn gần nhất (không phải câu trả lời)</h2>\n{cards}" if cards else ""


def _card(citation: Citation, around: Surroundings | None) -> str:
    about = (citation.province, f"năm {citation.year}" if citation.year else "", citation.source)
    told = " · ".join(_shown(part) for part in about if part)
    quote = f"<mark>{mark_spans(_seen(citation.quote), around.figures if around else ())}</mark>"
    page = f"trang {citation.page}, " if citation.page else ""
    before = _beside(around.before if around else None)
    after = _beside(around.after if around else None)
    return (
        f"<article><h3>[{citation.marker}] {_shown(citation.title or 'Không có tiêu đề')}</h3><p>{told}</p>"
        f"<blockquote>{before}{' ' if before else ''}{quote}{' ' if after else ''}{after}</blockquote>"
        f'<p class="place">Tệp {_shown(citation.report)}, {page}ký tự {citation.start}–{citation.end}<br>'
        f"SHA-256 của báo cáo: <code>{_shown(citation.sha256)}</code></p></article>\n"
    )


def _beside(stretch: Stretch | None) -> str:
    return _shown(stretch.text) if stretch else ""


def _footer(receipt: Receipt, digest: str) -> str:
    made = times(receipt.made)
    return (
        f"<footer><h2>Về biên nhận này</h2>\n<p>Lập lúc {made['vietnam']} (giờ Việt Nam), {made['utc']} (UTC), bằng "
        f"Hỏi đáp báo cáo {_shown(receipt.program)}; dạng biên nhận {FORMAT}.<br>Mã kiểm: <code>{digest}</code></p>\n"
        "<p>Kiểm lại với các báo cáo: <code>assistant verify TỆP_NÀY --reports THƯ_MỤC</code></p></footer>\n"
    )


def _markdown(text: str) -> str:
    """An answer's text with its bold words; any other Markdown stays text."""
    return ESCAPED_LITERAL.sub(r"\1", _BOLD.sub(r"<strong>\1</strong>", _shown(text)))


def _seen(text: str) -> str:
    return _UNSEEN.sub("\ufffd", text)


def _shown(text: str) -> str:
    return escape(_seen(text))
