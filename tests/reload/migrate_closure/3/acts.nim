type
  Unit = object
    name: string
    hp: int
var unit = Unit(hp: 3)
var names = @["a"]
proc named(): proc () =
  let n = names.len
  result = proc () = echo "closure ", n
proc captured(): proc () =
  let u = unit
  result = proc () = echo "captured ", u.hp
var acts = @[named()]
var other: proc ()
proc run*() =
  for act in acts: act()
  echo unit.hp, " ", unit.name
