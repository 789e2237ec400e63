var kept* = 2
proc text*(): string = "new "
