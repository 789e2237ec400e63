proc f*(): int =
