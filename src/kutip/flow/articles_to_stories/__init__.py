"""Articles to stories: near-duplicates folded, articles of one event together, as a stream."""
