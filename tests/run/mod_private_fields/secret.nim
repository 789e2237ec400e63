type Vault* = object
  shown*: string
  hidden: int
proc make*(n: int): Vault = Vault(hidden: n)
proc get*(v: Vault): int = v.hidden
proc set*(v: var Vault, n: int) = v.hidden = n
