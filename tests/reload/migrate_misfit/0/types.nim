type Mob* = object
  hp*: int
