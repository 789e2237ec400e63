import acts, kinds
var held*: proc (): string
var kind*: set[Kind] = {gun}
proc show*() =
  echo held(), show(axe), kind
