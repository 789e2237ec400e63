proc helper(x: int): int = x + 1
proc answer*(): int = helper(41)
