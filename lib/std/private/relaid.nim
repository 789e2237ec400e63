## Which types a reload can make something else of.

type
  Plain* = SomeInteger | SomeFloat | bool | char | string | cstring
    ## Types whose values, hashes and order no edit changes.
  Relaid* = not Plain
    ## All others.
