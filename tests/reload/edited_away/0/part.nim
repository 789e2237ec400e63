var kept* = 1
proc text*(): string = "old "
