"""The body of an article as plain text."""

from kutip.model import Article, Role


def body_of(article: Article) -> str:
    """Lead and body with their subheads, a paragraph a line; a dateline opens the paragraph that it heads."""
    lines: list[str] = []
    dateline = ""
    for block in article.blocks:
        words = " ".join(article.text[block.start : block.end].split())
        if block.role in (Role.LEAD, Role.BODY, Role.SUBHEAD):
            lines.append(f"{dateline}{words}")
        dateline = f"{words} " if block.role is Role.DATELINE else ""
    return "\n".join(lines)
