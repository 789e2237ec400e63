import kinds
proc show*(x: Kind): string = $x
proc show*[T](x: array[Kind, T]): string =
  for k, v in x.pairs: result.add show(k) & "=" & $v & " "
proc keep*[T](x: T): proc (): string =
  mixin show
  result = proc (): string = show(x)
