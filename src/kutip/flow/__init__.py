"""Pure functions from pages to attributions: same input and same language pack, same output."""
