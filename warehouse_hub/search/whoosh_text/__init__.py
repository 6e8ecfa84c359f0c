"""The text engine: Whoosh indexes whose posting lists are plain arrays, written in bulk and mapped into NumPy."""
