var
  kept = 1
  renamed = "first"
kept += 100
proc show*() = echo kept, " ", renamed
