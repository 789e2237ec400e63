var count = 0
const prefix = "tag:"
proc bump() = inc count
proc total*[T](xs: seq[T]): T =
  for x in xs: result = result + x
proc tagged*[T](x: T): string = prefix & $x
template logged*(body: untyped) =
  bump()
  body
  bump()
proc logCount*(): int = count
type Stack*[T] = object
  items: seq[T]
proc push*[T](s: var Stack[T], x: T) = s.items.add(x)
proc top*[T](s: Stack[T]): T = s.items[^1]
template size*(s: Stack): int = s.items.len
