## Assertions: all of them are in `system`.
