var
  kept = 2
  first = kept * 10
  second = first + 1
  renamed = "again"
proc show*() = echo kept, " ", first, " ", second, " ", renamed
