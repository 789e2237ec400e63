type Owner = object
  name: string
proc `=destroy`(owner: var Owner) =
  if owner.name.len > 0: echo "destroyed ", owner.name
  `=destroy`(owner.name)
var
  first = Owner(name: "first")
  second = @[Owner(name: "second"), Owner(name: "third")]
  kept = Owner(name: "kept")
