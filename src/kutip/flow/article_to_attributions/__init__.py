"""Article to attributions: a cascade of finite-state steps over data from the language pack."""
