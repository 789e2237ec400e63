import kinds
proc plain(kind: Kind) = echo "plain ", kind
proc made(n: int): proc (kind: Kind) =
  result = proc (kind: Kind) = echo n, " ", kind
proc gives(kind: Kind): proc (): Kind =
  result = proc (): Kind = kind
var all*: seq[proc (kind: Kind)]
var procs: seq[proc (kind: Kind) {.nimcall.}] = @[plain]
var source: proc (): Kind
proc show*() =
  for act in procs: act(axe)
  for act in all: act(axe)
  if source != nil: echo source()
  case round
  of 0: all.add made(4)
  of 1:
    all = @[]
    source = gives(axe)
  else:
    source = nil
  inc round
