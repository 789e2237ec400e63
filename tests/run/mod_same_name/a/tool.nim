proc run*(): string = "a"
