proc shown*(): int = hidden()
proc hidden(): int = 1
