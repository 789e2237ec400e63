type Order* = enum first, second

proc hidden(x: int): int = x * 100

# What a template declares is used in other modules, whose own templates count their names anew.
template make(name, extra: untyped) =
  proc name*[T](x: T, order: Order = second): T =
    if order == second: x + extra else: x
  proc `name Plain`*(x: int, order: Order = second): int =
    if order == second: hidden(x) + extra else: x

make(plus, 10)
