## Access to what another module keeps to itself.

proc privateAccess*(t: typedesc) {.magic: "PrivateAccess".}
  ## From here to the end of the module or routine, private fields of `t` can be named.
