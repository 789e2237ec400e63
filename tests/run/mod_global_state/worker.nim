import state
proc work*() =
  bump(score)
  names.add("w" & $score)
proc report*(): string = "score " & $score & " of " & $names.len
