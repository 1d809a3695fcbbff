"""Pages of a record: HTML, charts, feeds."""
