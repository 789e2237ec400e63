var count = 10

proc tick*(): int =
  count += 1
  count

proc describe*(n: int): string = "new " & $n
