"""What the directory decides, as pure functions over values."""
