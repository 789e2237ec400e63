import acts, kinds
var held*: proc (): string
var kind*: set[Kind] = {gun}
held = keep([axe: 1, bow: 2, gun: 3])
proc show*() =
  echo held(), kind
