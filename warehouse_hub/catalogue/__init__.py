"""The catalogue: numbered, frozen editions of what the directory has in print, and their files."""
