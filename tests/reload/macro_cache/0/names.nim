import keep
note one
note two
proc all*(): string = $noted()
