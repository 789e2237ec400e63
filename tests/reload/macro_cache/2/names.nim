import keep
note three
proc all*(): string = $noted() & "!"
