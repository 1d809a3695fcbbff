"""What stories cost over a growing number of articles in the window. Run: ``python -m bench.stories
[SIZE…]``.

The stream is made up, and uneven as news is: most stories have one article, few have hundreds; stories belong
to long-running issues with words of their own, so that articles of two stories of one issue resemble each
other; words are drawn by rank. Each article is a text of 1,500 characters or so, whose features are taken as
from any other.
"""

import datetime
import random
import resource
import sys
import time
from collections.abc import Hashable, Iterator, Mapping, Sequence
from itertools import accumulate

import msgspec

from kutip.flow.articles_to_stories.features import ArticleFeatures, Source, features
from kutip.flow.articles_to_stories.stream import StoryStream
from kutip.flow.page_to_article.blocks import split_blocks
from kutip.languages import Pack, available, load

SIZES = (1_000, 3_000, 10_000, 30_000, 100_000)
DAYS = 30
FIRST_DAY = datetime.date(2025, 3, 1)
STORIES_OF_AN_ISSUE = 12
WORDS = 40_000
SYLLABLES = tuple(a + b for a in "bdghjklmnprstwy" for b in "aiuo")


class Cost(msgspec.Struct, frozen=True):
    """CPU milliseconds an article for its features, for taking it in, and for all stories at the end.

    memory: MB at the peak. found: stories; clustered: B-cubed F1 against the stories that were made up.
    """

    articles: int
    features: float
    adding: float
    stories: float
    memory: int
    found: int
    clustered: float


class Made(msgspec.Struct, frozen=True):
    """A made-up article. story: number of its story; names: of those who could speak in it."""

    story: int
    name: str
    published: str
    headline: str
    text: str
    names: tuple[str, ...]


class Stream:
    """Makes articles with the number of their story, the same ones each time."""

    def __init__(self, pack: Pack) -> None:
        self.chance = random.Random(7)
        self.pack = pack
        self.words = [self._word() for _ in range(WORDS)]
        self.common = list(accumulate(1 / rank for rank in range(1, WORDS + 1)))

    def articles(self, count: int) -> Iterator[tuple[int, ArticleFeatures]]:
        """Features of articles, each with the number of its story."""
        for one in self.texts(count):
            source = Source(
                one.name, one.text, split_blocks(one.text, self.pack), one.headline, one.published
            )
            yield one.story, features(source, self.pack)

    def texts(self, count: int) -> Iterator[Made]:
        """Articles, story by story."""
        made = story = 0
        issue: list[str] = []
        while made < count:
            if story % STORIES_OF_AN_ISSUE == 0:
                issue = self._some(60)
            size = min(count - made, int(self.chance.paretovariate(1.1)), 400)
            day = FIRST_DAY + datetime.timedelta(self.chance.randrange(DAYS))
            own, names = self._some(40), [word.capitalize() for word in self._some(8)]
            for _ in range(size):
                headline, text = self._written(issue, own, names)
                published = (day + datetime.timedelta(self.chance.random() < 0.2)).isoformat()
                yield Made(story, f"a{made}", published, headline, text, tuple(names))
                made += 1
            story += 1

    def _written(self, issue: list[str], own: list[str], names: list[str]) -> tuple[str, str]:
        chance = self.chance
        headline = " ".join(chance.sample(own, 4) + chance.sample(issue, 2) + chance.sample(names, 2))
        paragraphs = [headline]
        for _ in range(8):
            words = chance.choices(self.words, cum_weights=self.common, k=12)
            words += chance.sample(issue, 4) + chance.sample(own, 6) + chance.sample(names, 2)
            chance.shuffle(words)
            paragraphs.append(" ".join(words) + ".")
        return headline, "\n\n".join(paragraphs)

    def _word(self) -> str:
        return "".join(self.chance.choices(SYLLABLES, k=self.chance.choice((2, 3, 3, 4))))

    def _some(self, count: int) -> list[str]:
        return self.chance.sample(self.words, count)


def measure(count: int) -> Cost:
    """Takes ``count`` articles in, one at a time, and asks for the stories."""
    stream, made = StoryStream(), Stream(load(available()[-1]))
    truth: dict[str, int] = {}
    taking = adding = 0.0
    begun = time.process_time()
    for story, article in made.articles(count):
        taken = time.process_time()
        stream.learn(article)
        stream.add(article)
        adding += time.process_time() - taken
        truth[article.id] = story
    taking = time.process_time() - begun - adding
    begun = time.process_time()
    stories = stream.stories()
    grouping = time.process_time() - begun
    return Cost(
        articles=count,
        features=1000 * taking / count,
        adding=1000 * adding / count,
        stories=1000 * grouping / count,
        memory=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        found=len(stories),
        clustered=b_cubed(truth, {a: n for n, s in enumerate(stories) for a in s.articles}),
    )


def table(costs: Sequence[Cost]) -> list[str]:
    """Lines of a Markdown table."""
    lines = [
        "| articles | features, ms each | taking in | stories | together | peak MB | stories | B-cubed |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for c in costs:
        each = c.features + c.adding + c.stories
        lines.append(
            f"| {c.articles:,} | {c.features:.2f} | {c.adding:.2f} | {c.stories:.2f} | {each:.2f} "
            f"| {c.memory:,} | {c.found:,} | {c.clustered:.3f} |"
        )
    return lines


def b_cubed(gold: Mapping[str, Hashable], found: Mapping[str, int]) -> float:
    """B-cubed F1 of the stories that were found, an article's label each, against those that are known."""
    together: dict[tuple[Hashable, int], int] = {}
    of_gold: dict[Hashable, int] = {}
    of_found: dict[int, int] = {}
    for article, story in gold.items():
        both = (story, found[article])
        together[both] = together.get(both, 0) + 1
        of_gold[both[0]] = of_gold.get(both[0], 0) + 1
        of_found[both[1]] = of_found.get(both[1], 0) + 1
    precision = sum(n * n / of_found[f] for (_, f), n in together.items()) / len(gold)
    recall = sum(n * n / of_gold[g] for (g, _), n in together.items()) / len(gold)
    return 2 * precision * recall / (precision + recall)


if __name__ == "__main__":
    for line in table([measure(int(size)) for size in sys.argv[1:] or map(str, SIZES)]):
        print(line, flush=True)
