import making
proc name*(): string = named(abc)
proc twice*(x: int): int = doubled(x)
proc other*(): int = plain()
