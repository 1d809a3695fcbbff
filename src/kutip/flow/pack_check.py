"""A language pack tried on its own examples: what a schema cannot tell."""

from collections.abc import Iterator

from kutip.flow.article_to_attributions.lexicon import lexicon_of
from kutip.flow.article_to_attributions.step import find_attributions
from kutip.flow.page_to_article.blocks import split_blocks
from kutip.languages import Pack, PackError
from kutip.languages.grammar import Frame
from kutip.model import Block


def problems(pack: Pack) -> Iterator[str]:
    """What is wrong in ``pack``: each with file and field, and what to do."""
    try:
        lexicon_of(pack)
    except PackError as error:
        yield str(error)
        return
    yield from _names(pack)
    for frame in pack.grammar.frames.frame:
        found = [a.rule for a in find_attributions(frame.example, example_blocks(frame, pack), pack)]
        if frame.name not in found:
            instead = f"{', '.join(found)} found it" if found else "nothing was found"
            yield (
                f"frames.toml: frame {frame.name!r} does not find its example {frame.example!r}: {instead}; "
                f"see kutip explain --lang {pack.code}"
            )


def example_blocks(frame: Frame, pack: Pack) -> tuple[Block, ...]:
    """The blocks of a frame's example, in the role that the frame asks for."""
    blocks = split_blocks(frame.example, pack)
    return tuple(Block(b.start, b.end, frame.roles[0]) for b in blocks) if frame.roles else blocks


def _names(pack: Pack) -> Iterator[str]:
    names = [frame.name for frame in pack.grammar.frames.frame]
    for name in sorted({name for name in names if names.count(name) > 1}):
        yield f"frames.toml: {names.count(name)} frames are called {name!r}; each attribution names one: rename them"


def hidden_cues(pack: Pack) -> Iterator[str]:
    """Cues that stand in a list of other words, which comes first, so that they are no cues."""
    lists = {
        word: name for name, words in reversed(pack.grammar.words.classes.items()) for word in words.split()
    }
    for cue in pack.grammar.cues.cue:
        for word in () if cue.paradigm else cue.words.split():
            if lists.get(word, cue.cls) != cue.cls:
                yield f"cues.toml: {word!r} stands in words.toml as <{lists[word]}>, which wins: take it out of one"
