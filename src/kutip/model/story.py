"""Story: the articles that report the same event."""

import msgspec


class Story(msgspec.Struct, frozen=True):
    """The articles of one event, in order of publication (unknown dates last, then by id).

    id derives from the first article, so that a story keeps its id while later articles join. copies: article
    to the article that it repeats nearly word for word (a syndicated copy or a second printing); copies stand
    in ``articles`` too. since, until: ISO days of the first and last publication, None where no article has a
    date.
    """

    id: str
    articles: tuple[str, ...]
    copies: dict[str, str] = {}
    since: str | None = None
    until: str | None = None
