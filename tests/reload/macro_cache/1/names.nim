import keep
note one
note two
note three
proc all*(): string = $noted()
