"""What leaves the platform: letters queued with the deed that they tell of, and delivered by the worker."""
