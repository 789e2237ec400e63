## Files: all of it is in `system`.
