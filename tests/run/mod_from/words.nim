proc one*(): string = "word one"
proc two*(): string = "word two"
