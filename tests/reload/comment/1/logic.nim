# The answer.


proc helper(x: int): int = x + 1 # one more
proc answer*(): int = helper(41)
