type Vault* = object
  secret: int
