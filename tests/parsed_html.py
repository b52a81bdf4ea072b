"""HTML taken apart as a browser does, so that tests can tell elements from text."""

from html.parser import HTMLParser

ATTACK = (
    "<script>alert(1)</script><img src=x onerror=alert(2)> \" ' onclick=alert(3) "
    "![a](https://evil.example/a.png) [b](javascript:alert(4)) &lt;b&gt;"
)
"""What must stay text wherever people, models or reports write it."""
_EMPTY = frozenset(["br", "hr", "meta"])


class Parsed(HTMLParser):
    """Elements, attributes and text of a piece of HTML whose elements are all closed in order.

    Attributes:
        tags: Names of the elements, in order.
        attributes: ``(element, name, value)`` of every attribute, in order.
        text: What is between the elements.
    """

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str, str]] = []
        self.text = ""
        self._open: list[str] = []
        self.feed(html)
        self.close()
        assert self._open == [], f"not closed: {self._open}"

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += [(tag, name, value or "") for name, value in attrs]
        if tag not in _EMPTY:
            self._open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += [(tag, name, value or "") for name, value in attrs]

    def handle_endtag(self, tag):
        assert self._open.pop() == tag

    def handle_data(self, data):
        self.text += data

    def values(self, tag, name):
        """The values of an attribute of all elements of a name, in order."""
        return [value for element, attribute, value in self.attributes if (element, attribute) == (tag, name)]

    @property
    def actions(self):
        """What the buttons stand for, in order."""
        return self.values("button", "value")


def assert_harmless(html):
    """See that HTML with ``ATTACK`` in it has no element that runs or fetches anything."""
    page = Parsed(html)
    assert {"script", "img", "style", "iframe", "b"} & set(page.tags) == set()
    assert [name for _, name, _ in page.attributes if name.startswith("on") or name == "src"] == []
    assert [value for _, name, value in page.attributes if name == "href" and not value.startswith("http")] == []
    return page
