"""Page to Article: main text, blocks and their roles, metadata, language."""
