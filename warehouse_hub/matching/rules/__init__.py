"""Pure decisions of matching: which listing is excluded and why, and how the others rank."""
