type
  Kind# = enum idle#, moving#, attacking#
  Unit# = object
    id: int
    name: string
    x, y: float
    kind: Kind#
    tags: seq[string]

const speeds# = [0.0, 3.0, 1.5]

proc initUnit#(id: int, name: string): Unit# =
  result = Unit#(id: id, name: name, x: float(id), y: 0.5)
  for i in 0 ..< id mod 5:
    result.tags.add name & $i

proc distance#(a, b: Unit#): float =
  let dx = a.x - b.x
  let dy = a.y - b.y
  dx * dx + dy * dy

proc step#(units: var seq[Unit#], dt: float): int =
  for i in 0 ..< units.len:
    case units[i].kind
    of idle#: discard
    of moving#:
      units[i].x += dt * speeds#[1]
      if units[i].x > 100.0:
        units[i].x = 0.0
        inc result
    of attacking#:
      for tag in units[i].tags:
        if tag.len > 3 and tag[0] == 'a':
          result += tag.len
        else:
          result -= 1

proc nearest#(units: seq[Unit#], to: Unit#): int =
  result = -1
  var least = high(float)
  for i in 0 ..< units.len:
    let far = distance#(units[i], to)
    if far < least and units[i].id != to.id:
      least = far
      result = i

proc play#(): int =
  var units = @[initUnit#(1, "abc"), initUnit#(7, "soldier"), initUnit#(3, "alarm")]
  units[0].kind = moving#
  units[2].kind = attacking#
  for round in 1 .. 3:
    result += step#(units, 0.5 * float(round))
  result += nearest#(units, units[1])

