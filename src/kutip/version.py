"""The version of Kutip, for those parts that may not know the package as a whole."""

VERSION = "0.1.0"
