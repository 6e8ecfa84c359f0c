"""The results of a search on a map: bubbles and points that stand still while the map is moved."""
