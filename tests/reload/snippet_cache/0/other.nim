proc greeting*(): string = "hello"
