"""On which day something was said."""

from collections.abc import Sequence

from kutip.languages import Pack
from kutip.model import Span
from kutip.text.dates import article_dates, find_dates, resolve


class Days:
    """Resolves the dates of one article against its publication date, else against the dates that it names itself."""

    def __init__(self, text: str, pack: Pack, published: str | None) -> None:
        self.text, self.pack, self.published = text, pack, published
        self._own: tuple[str, ...] | None = None

    def of(self, spans: Sequence[Span]) -> tuple[str | None, str]:
        """(ISO date, its words) of the first of ``spans`` that tells a day, else (None, "")."""
        for span in spans:
            for mention in find_dates(self.text, self.pack, span.start, span.end):
                day = resolve(mention, self.published) or resolve(mention, self.published, self._own_dates())
                if day:
                    return day, span.of(self.text)
        return None, ""

    def _own_dates(self) -> tuple[str, ...]:
        if self.published:
            return ()
        if self._own is None:
            self._own = article_dates(self.text, self.pack)
        return self._own
