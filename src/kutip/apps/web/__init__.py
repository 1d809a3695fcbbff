"""The record in the browser: a local server and a static site from one set of templates."""
